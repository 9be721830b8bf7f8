"""A broken guide ends in records or in one clear line, soon: cut, shuffled, doubled, with random bytes."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from kg_build.documents import read_document
from kg_build.reading import read_text
from kg_build.records import to_records
from kg_build.rules import read_rulebook
from kg_build.spans import Span
from ontology.errors import DocumentError
from ontology.vocabulary import read_vocabulary

SOURCES = sorted((Path(__file__).parent / "documents" / "guides").glob("*.txt"))
ROUNDS = 2000
LONGEST = 2.0
"""Seconds: not a measurement, but what only a rule that runs away exceeds."""

Mutation = Callable[[random.Random, bytes], bytes]


def _cut(dice: random.Random, content: bytes) -> bytes:
    start, end = sorted(dice.sample(range(len(content)), 2))
    return content[:start] + content[end:]


def _shuffle(dice: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def _double(dice: random.Random, content: bytes) -> bytes:
    start, end = sorted(dice.sample(range(len(content)), 2))
    return content[:end] + content[start:]


def _noise(dice: random.Random, content: bytes) -> bytes:
    mutated = bytearray(content)
    for _ in range(dice.randint(1, 60)):
        mutated[dice.randrange(len(mutated))] = dice.randrange(256)
    if dice.random() < 0.5:  # as an editor leaves it that could not read some bytes
        return bytes(mutated).decode("utf-8", "replace").encode("utf-8")
    return bytes(mutated)


def _marks(dice: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8")
    for _ in range(20):
        at = dice.randrange(len(text))
        text = text[:at] + dice.choice("（）《》“”，。；：、1一\n$\\{}^_—％") * dice.randint(1, 30) + text[at:]
    return text.encode("utf-8")


MUTATIONS: tuple[Mutation, ...] = (_cut, _shuffle, _double, _noise, _marks)


def _read(path: Path) -> str:
    """Return how reading ended; check that what was read has its evidence."""
    try:
        document = read_document(path)
    except DocumentError:
        return "refused"
    reading = read_text(document, read_vocabulary(), read_rulebook())
    to_records(reading.call)
    for direction in reading.call.directions:
        for value in (direction.title, *direction.keywords, *direction.indicators):
            start, end = reading.text.source(Span(value.span.start, value.span.end, "Any", "test"))
            assert 0 <= start < end <= len(reading.text.document.raw)
    return "read"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__.strip("_"))
def test_a_mutated_guide_ends_well(tmp_path: Path, mutation: Mutation) -> None:
    dice = random.Random(20)
    path = tmp_path / "mutated.txt"
    ends: Counter[str] = Counter()
    for turn in range(ROUNDS // len(MUTATIONS)):
        path.write_bytes(mutation(dice, SOURCES[turn % len(SOURCES)].read_bytes()))
        begun = time.perf_counter()
        ends[_read(path)] += 1
        assert time.perf_counter() - begun < LONGEST
    assert ends.total() == ROUNDS // len(MUTATIONS)
    assert ends["read"] > 0
