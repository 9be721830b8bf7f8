"""Guides of the same family whose layout and wording differ: each reads as a careful person reads it.

The guides of `tests/documents/guides` were invented. Nine of them came with records of their own from people
who had not seen the reader. The goldens are the reader's records, compared with theirs value by value: five of the
nine agree in all that is scored, in the other four a dozen values differ (names of facilities and
their acronyms, two targets, a field or two). `numbered-topics` was written after them, and its golden was read.
Five more came in the same way later (`dense-targets`, `large-science`, `multilateral`, `prose-without-labels`,
`province`): in the first reading one had no direction found, and neither had the province's; now micro F1 over
the five is 0.97, and what differs is some fields, and members behind a bracket.
Six more are of calls that are further off (`academy`, `dense-prose`, `exchanges-and-laboratories`, `foundation`,
`municipality`, `out-of-a-pdf`): in the first reading two of them had no direction found; now their records are equal.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg_build.reading import Reading, read_guide
from kg_build.records import to_records
from kg_build.rules import read_rulebook
from kg_build.spans import Span
from ontology.vocabulary import read_vocabulary
from tests.conftest import Golden
from tests.layouts import LAYOUTS, PRINTED
from tests.test_layouts import read_raw, to_facts

GUIDES = Path(__file__).parent / "documents" / "guides"
KINDS = (
    "academy",
    "basic-and-young",
    "chinese-numbering",
    "covering-notice",
    "dense-prose",
    "dense-targets",
    "domestic-programme",
    "exchanges-and-laboratories",
    "foundation",
    "groups-and-leaps",
    "hong-kong-macao-taiwan",
    "labels-of-2020",
    "labels-on-their-own-lines",
    "large-science",
    "multilateral",
    "municipality",
    "numbered-topics",
    "out-of-a-pdf",
    "prose-without-labels",
    "province",
    "short-forms-in-context",
)
PAGED = ("out-of-a-pdf",)
"""Guides that have pages with heads and footnotes of their own."""


def _read(kind: str) -> Reading:
    return read_guide(GUIDES / f"{kind}.txt", read_vocabulary(), read_rulebook())


def test_every_guide_has_a_golden_and_every_golden_a_guide() -> None:
    assert sorted(path.stem for path in GUIDES.glob("*.txt")) == list(KINDS)
    goldens = Path(__file__).parent / "golden" / "kinds"
    assert sorted(path.stem for path in goldens.glob("*.jsonl")) == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_guide_of_this_kind_gives_its_records(kind: str, golden: Golden) -> None:
    lines = [json.dumps(record, ensure_ascii=False) for record in to_records(_read(kind).call)]
    golden(f"kinds/{kind}.jsonl", "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("kind", "layout"),
    [(kind, layout) for kind in KINDS for layout in LAYOUTS if not (kind in PAGED and layout in PRINTED)],
)
def test_a_guide_of_this_kind_reads_the_same_in_every_layout(kind: str, layout: str) -> None:
    raw = (GUIDES / f"{kind}.txt").read_text("utf-8")
    assert to_facts(read_raw(LAYOUTS[layout](raw), kind)) == to_facts(read_raw(raw, kind))


def test_a_notice_that_only_forwards_a_guide_says_so() -> None:
    reading = _read("covering-notice")
    assert reading.call.directions == ()
    assert "call.notice" in [finding.rule for finding in reading.findings]


@pytest.mark.parametrize("kind", KINDS)
def test_every_title_is_quoted_from_where_it_stands(kind: str) -> None:
    reading = _read(kind)
    for direction in reading.call.directions:
        start, end = reading.text.source(Span(direction.title.span.start, direction.title.span.end, "Title", "test"))
        quote = "".join(reading.text.document.raw[start:end].split())
        assert "".join(direction.title.value.split()) in quote
