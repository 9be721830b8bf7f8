"""Answers as text: a table for the eye, CSV for a spreadsheet, JSON for a program, Markdown for a page.

In: an `Answer`. Out: one string each. It refuses to know: files, terminals and queries.

A terminal shows a Chinese character in two columns; the widths here count that with the standard library alone
(importing a table library would take half of the time that `zhinan ask` may take).
"""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

from queries.answers import Answer, Term, is_number, to_solutions, to_text, to_value

__all__ = ["FORMATS", "pad", "to_count", "to_csv", "to_json", "to_markdown", "to_table", "width_of"]

_GAP = "  "
_NARROWEST = 8
_SPOILT = re.compile(r"0\d{6,}|\d{12,}", re.ASCII)
"""Figures of a phone that a spreadsheet does not keep: it drops a first 0, and writes twelve as 1.23E+11. Codes (002) stay bare."""
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")


def to_table(answer: Answer, *, width: int | None = None) -> str:
    """Return aligned columns, numbers to the right, money with separators; cut to `width` columns if given."""
    solutions = to_solutions(answer)
    rows = [
        [_to_line(_shown(column, term)) for column, term in zip(solutions.columns, row, strict=True)]
        for row in solutions.rows
    ]
    numeric = [all(term is None or is_number(term) for term in column) for column in _turn(solutions)]
    widths = [max(map(width_of, column)) for column in zip(solutions.columns, *rows, strict=True)]
    widths = _narrow(widths, width)
    lines = [_join(solutions.columns, widths, numeric), _GAP.join("─" * one for one in widths)]
    lines += [_join(row, widths, numeric) for row in rows]
    lines.append(f"({to_count(solutions)})")
    return "\n".join(lines) + "\n"


def to_csv(answer: Answer) -> str:
    """Return CSV as a Chinese Excel opens it right: byte order mark, CRLF, no cell that runs as a formula.

    A text that starts like a formula, or like a guarded one, gets an apostrophe before it.
    """
    solutions = to_solutions(answer)
    return write_csv(solutions.columns, ([_to_cell(term) for term in row] for row in solutions.rows))


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return header and cells as CSV text with a byte order mark and CRLF."""
    import csv

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def to_json(answer: Answer) -> str:
    """Return a list of objects, numbers as numbers, IRIs in full, null where the graph says nothing."""
    solutions = to_solutions(answer)
    rows = [dict(zip(solutions.columns, map(to_value, row), strict=True)) for row in solutions.rows]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def to_markdown(answer: Answer) -> str:
    """Return a pipe table in which no cell can break the table or start markup of its own."""
    solutions = to_solutions(answer)
    numeric = [all(term is None or is_number(term) for term in column) for column in _turn(solutions)]
    lines = [solutions.columns, ["---:" if right else "---" for right in numeric]]
    lines += [[_escape(to_text(term)) for term in row] for row in solutions.rows]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return table + (f"\n*{to_count(solutions)}*\n" if solutions.cut else "")


def to_count(answer: Answer) -> str:
    """Say how many rows there are, or that these are the first of more.

    >>> to_count(True)
    '1 row'
    """
    solutions = to_solutions(answer)
    count = f"{len(solutions.rows)} row{'' if len(solutions.rows) == 1 else 's'}"
    return f"the first {count}, there are more" if solutions.cut else count


FORMATS: Mapping[str, Callable[[Answer], str]] = {
    "table": to_table,
    "csv": to_csv,
    "json": to_json,
    "md": to_markdown,
}
"""The words of `--format`."""


def width_of(text: str) -> int:
    """Return how many columns a terminal takes for a text.

    >>> width_of("以色列 IL")
    9
    """
    if text.isascii():
        return len(text)
    return sum(_width(character) for character in text)


def pad(text: str, width: int) -> str:
    """Fill a text with blanks up to a width, or cut it to that width with an ellipsis.

    >>> pad("以色列", 5)
    '以色…'
    """
    missing = width - width_of(text)
    if missing >= 0:
        return text + " " * missing
    taken = 0
    for place, character in enumerate(text):
        if taken + _width(character) > width - 1:
            return text[:place] + "…" + " " * (width - 1 - taken)
        taken += _width(character)
    return text


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _turn(answer: Answer) -> list[tuple[Term | None, ...]]:
    solutions = to_solutions(answer)
    return [tuple(row[place] for row in solutions.rows) for place in range(len(solutions.columns))]


def _shown(column: str, term: Term | None) -> str:
    text = to_text(term)
    return f"{int(text):,}" if column.endswith("_cny") and text.isdecimal() else text


def _to_line(text: str) -> str:
    """Return a text that stays in its cell: no line break and no control character reaches the terminal."""
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)


def _narrow(widths: list[int], width: int | None) -> list[int]:
    """Take from the widest column until the row fits, or until no column has anything to give."""
    widths = list(widths)
    while width is not None and sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        widest = max(range(len(widths)), key=widths.__getitem__)
        if widths[widest] <= _NARROWEST:
            break
        widths[widest] -= 1
    return widths


def _join(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    parts = []
    for cell, width, right in zip(cells, widths, numeric, strict=True):
        fits = right and width_of(cell) <= width
        parts.append(" " * (width - width_of(cell)) + cell if fits else pad(cell, width))
    return _GAP.join(parts).rstrip()


def _to_cell(term: Term | None) -> str:
    text = to_text(term)
    return text if is_number(term) else guard(text)


def guard(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula, or spoil as a number.

    >>> guard("+972-3-5550101"), guard("01055501234")
    ("'+972-3-5550101", "'01055501234")
    """
    runs = text.lstrip(" \u00a0\u3000'").startswith(_FORMULA)
    return "'" + text if runs or _SPOILT.fullmatch(text) else text


def _escape(text: str) -> str:
    for old, new in (("\\", "\\\\"), ("|", "\\|"), ("<", "&lt;"), ("`", "\\`"), ("*", "\\*"), ("[", "\\[")):
        text = text.replace(old, new)
    return " ".join(text.split())
