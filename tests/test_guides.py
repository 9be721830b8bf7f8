"""The condensed edition holds facts, not sentences: nothing of the official texts is published here."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from kg_build.reading import read_guide
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary

LONGEST = 40
"""Characters without white space: a shared run of this length is somebody else's sentence."""


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _allowed(path: Path) -> list[str]:
    """Return what may be shared: titles, agreement names and keyword lists, as they stand in the edition."""
    reading = read_guide(path, read_vocabulary(), read_rulebook())
    call, text = reading.call, reading.text
    names = [call.title.value] if call.title else []
    for direction in call.directions:
        names += [direction.title.value, *(agreement.title.value for agreement in direction.agreements)]
        if direction.keywords:
            first, last = direction.keywords[0].span, direction.keywords[-1].span
            names.append(text.text[first.start : last.end])
    return [_tight(name) for name in names if name]


def _shared_runs(mine: str, theirs: str) -> list[str]:
    starts = [at for at in range(len(mine) - LONGEST + 1) if mine[at : at + LONGEST] in theirs]
    runs: list[tuple[int, int]] = []
    for start in starts:
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], start + LONGEST)
        else:
            runs.append((start, start + LONGEST))
    return [mine[start:end] for start, end in runs]


def test_no_sentence_of_the_official_texts_is_in_the_edition(guides: Path, corpus: Path) -> None:
    theirs = "|".join(_tight(path.read_text("utf-8-sig")) for path in sorted(corpus.glob("*.txt")))
    found = []
    for path in sorted(guides.glob("*.txt")):
        mine = _tight(path.read_text("utf-8"))
        for name in sorted(_allowed(path), key=len, reverse=True):
            mine = mine.replace(name, "|")
        found += [(path.name, run) for run in _shared_runs(mine, theirs)]
    assert found == []


def test_the_comparison_sees_a_shared_sentence() -> None:
    sentence = "".join(chr(0x4E00 + number) for number in range(60))
    assert _shared_runs("前文" + sentence + "后文", "别的" + sentence) == [sentence]
    assert _shared_runs("前文" + sentence[:39] + "后文", sentence) == []


def test_the_edition_is_the_whole_of_five_guides(guides: Path, root: Path) -> None:
    counts = {}
    for path in sorted(guides.glob("*.txt")):
        call = read_guide(path, read_vocabulary(), read_rulebook()).call
        counts[path.name] = len(call.directions)
    with (root / "data" / "manifest.csv").open(encoding="utf-8-sig", newline="") as rows:
        stated = {row["file"]: int(row["directions"]) for row in csv.DictReader(rows)}
    assert counts == stated
    assert (len(counts), sum(counts.values())) == (5, 183)
