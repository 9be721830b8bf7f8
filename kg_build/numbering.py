"""The marks that number the headings of a guide where decimal numbers do not: 一、, （一）, 方向1：, ①, 1-1.

In: a cleaned `Text`. Out: the `Mark`s at the heads of its lines, by their shape: marks of one shape are of one
row. This module does not know which row numbers directions.
"""

from __future__ import annotations

from kg_build.frozen import frozen
from kg_build.items import to_item_number
from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["Mark", "Shape", "keep_sequence", "read_marks"]

Shape = tuple[str, str, str]
"""What marks of one row share: the card, the word (方向) and whether they are digits or other signs."""

_ROMAN = {"I": 1, "V": 5, "X": 10} | {sign: place for place, sign in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ", start=1)}


@frozen()
class Mark:
    """A mark with its number: `number` is the printed number's own range, `value` what it counts."""

    span: Span
    number: tuple[int, int]
    value: int


def read_marks(text: Text, rulebook: Rulebook) -> dict[Shape, list[Mark]]:
    """Return the marks of a text by their shape, each row in the order of the text."""
    rows: dict[Shape, list[Mark]] = {}
    for offset in text.lines:
        for rule in rulebook.starting("HeadingMark", text.text[offset]):
            match = rule.pattern.match(text.text, offset)
            if match is None:
                continue
            span, printed = rule.span(match), match["n"]
            word = match["word"] if "word" in rule.pattern.groupindex else ""
            style = "digits" if printed[-1].isdigit() else "signs"
            rows.setdefault((rule.id, word, style), []).append(Mark(span, match.span("n"), _to_value(printed)))
            break
    return rows


def keep_sequence(marks: list[Mark]) -> list[Mark]:
    """Keep the marks that count on: 3, 4, 5 …; a row may begin anew at 1, as under each field."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.value == 1 or not kept or mark.value == kept[-1].value + 1:
            kept.append(mark)
    return kept


def _to_value(printed: str) -> int:
    last = printed[len(printed.rstrip("0123456789")) :]
    if last:
        return int(last)
    if all(sign in _ROMAN for sign in printed):
        values = [_ROMAN[sign] for sign in printed]
        return sum(-one if one < behind else one for one, behind in zip(values, [*values[1:], 0], strict=True))
    if len(printed) == 1 and "A" <= printed <= "Z":
        return ord(printed) - ord("A") + 1
    return to_item_number(printed)
