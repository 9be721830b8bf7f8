"""What a user must be told about a reading or a graph: one value for doubts, faults and errors.

In: what a reader or a check noticed. Out: `Finding`, and its line in `findings.jsonl`. This module
decides nothing: whoever notices something says how grave it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["Finding", "Severity", "count_severities", "to_json"]

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to be told. `subject` is what it is about (a direction number, a file, an IRI).

    `rule` names what noticed it, `message` says it in one line. `span` is in Text coordinates, None
    where no place in a text can be shown.
    """

    severity: Severity
    subject: str
    rule: str
    message: str
    span: Span | None = None


def to_json(finding: Finding, *, document: str = "", text: Text | None = None) -> str:
    """Write the finding as one line of `findings.jsonl`, without a line end.

    `start` and `end` are offsets in the raw source; they and the quote are null where the finding
    has no span or no text is given.
    """
    start = end = quote = None
    if finding.span is not None and text is not None:
        start, end = text.source(finding.span)
        quote = text.quote(finding.span)
    row = {
        "severity": finding.severity,
        "document": document,
        "subject": finding.subject,
        "rule": finding.rule,
        "message": finding.message,
        "start": start,
        "end": end,
        "quote": quote,
    }
    return json.dumps(row, ensure_ascii=False)


def count_severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """Count the findings of each severity, gravest first; all three are always named."""
    counts: dict[Severity, int] = {"error": 0, "warning": 0, "info": 0}
    for finding in findings:
        counts[finding.severity] += 1
    return counts
