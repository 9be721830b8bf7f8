"""How many guides are read in a second on one core, and what each rule card takes on its own worst text.

    python tests/bench/reading.py [SOURCE]

Reads the guides of SOURCE twenty times, from file to call and findings, without a trained model, and prints
documents a second of processor time; the house wants 60. Then each card meets 100 kB of a prefix of its own
examples, repeated: the prefix that takes longest; the house wants no card over 50 ms. SOURCE is the full guides
(ZHINAN_CORPUS) where they are, else the condensed edition. The figures are of this machine: quote them beside
the ratio to reading alone, which is printed too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import process_time

from kg_build.documents import read_document
from kg_build.reading import read_text
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary
from tests.bench.build import find_source
from tests.worst_texts import measure_worst, read_examples

ROUNDS = 20
WANTED, LIMIT = 60.0, 0.050
"""What the house wants: documents a second, and seconds that a card may take on 100 kB."""
LARGE = 100_000


def measure_reading(guides: list[Path]) -> tuple[float, float]:
    """Return the median seconds to read all guides once, and of those what opening and decoding the files takes."""
    vocabulary, rulebook = read_vocabulary(), read_rulebook()
    whole, files = [], []
    for _ in range(ROUNDS + 1):
        begun = process_time()
        documents = [read_document(path) for path in guides]
        opened = process_time()
        for document in documents:
            read_text(document, vocabulary, rulebook)
        whole.append(process_time() - begun)
        files.append(opened - begun)
    return median(whole[1:]), median(files[1:])  # the first round fills what is kept of the rulebook


def measure_cards() -> list[tuple[float, str, str]]:
    """Return seconds on the worst text, id and prefix of each card, the slowest first."""
    examples = read_examples()
    rules = [card for cards in read_rulebook().by_label.values() for card in cards]
    return sorted((measure_worst(card, examples[card.id], LARGE) for card in rules), reverse=True)


def main() -> int:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else find_source()
    guides = sorted(source.glob("*.txt"))
    took, files = measure_reading(guides)
    rate = len(guides) / took
    print(f"reading {len(guides)} guides × {ROUNDS}: {rate:.0f} documents a second on one core (wanted: {WANTED:.0f})")
    print(f"  {took * 1000:.0f} ms for all of them, {took / files:.0f} times what opening the files takes")
    cards = measure_cards()
    over = [card for card in cards if card[0] > LIMIT]
    print(
        f"{len(cards)} rule cards on {LARGE // 1000} kB of their worst prefix: {len(over)} over {LIMIT * 1000:.0f} ms"
    )
    for seconds, name, unit in cards[:5]:
        print(f"  {seconds * 1000:5.1f} ms  {name}  {unit!r}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
