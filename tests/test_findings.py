"""A finding's line shows the place in the source that the doubt is about, or says that there is none."""

from __future__ import annotations

import json
from pathlib import Path

from kg_build.documents import Document
from kg_build.findings import Finding, count_severities, to_json
from kg_build.spans import Span
from kg_build.text import Text

RAW = "拟支\n持3个"
TEXT = Text(Document("007", Path("007.txt"), RAW, ""), "拟支持3个", (0, 1, 3, 4, 5), (1, 2, 4, 5, 6), (0, 2))


def test_a_line_shows_the_place_in_the_untouched_source() -> None:
    finding = Finding("warning", "1.1", "slot.unread", "为何", Span(1, 3, "Slot", "slot"))
    line = to_json(finding, document="007", text=TEXT)
    assert json.loads(line) == {
        "severity": "warning",
        "document": "007",
        "subject": "1.1",
        "rule": "slot.unread",
        "message": "为何",
        "start": 1,
        "end": 4,
        "quote": "支\n持",
    }
    assert RAW[1:4] == "支\n持"
    assert "为何" in line
    assert "\n" not in line


def test_a_finding_without_a_place_says_so() -> None:
    row = json.loads(to_json(Finding("error", "a.txt", "documents.read", "is empty"), document="a.txt"))
    assert (row["start"], row["end"], row["quote"]) == (None, None, None)


def test_all_severities_are_counted_gravest_first() -> None:
    findings = [Finding("info", "a", "r", "m"), Finding("error", "a", "r", "m"), Finding("info", "b", "r", "m")]
    assert list(count_severities(findings).items()) == [("error", 1), ("warning", 0), ("info", 2)]
