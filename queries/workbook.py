"""Directions as an Excel workbook: what an office sorts, filters and follows, with the sentence beside each row.

In: holdings. Out: the bytes of one .xlsx. Every text is a text cell, so nothing runs and no phone becomes a number;
a link is made of nothing but a plain address. XlsxWriter is imported when it is written.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from queries.characters import to_plain
from queries.direction_table import COLUMNS
from queries.holdings import Holdings
from queries.listings import read_listings
from queries.sheets import Entry, Link, Sheet, list_sheets

__all__ = ["LONGEST", "cut", "write_workbook"]

LONGEST = 32_767
"""UTF-16 units that a cell of Excel holds."""

_LONGEST_LINK = 2_000
_MOST_LINKS = 60_000
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+")
_WEB = re.compile(r"https?://[!-~]+")
_BEFORE_ALL = datetime(1980, 1, 1)
"""The time that the file states: no clock is in the bytes."""
_NOTE = (
    ("这是什么", "由申报指南文本读出的事实：每个方向一行，每行附原文。"),
    (
        "What this is",
        "Facts read from funding guidelines: a row for each direction, each with the sentence that says it.",
    ),
    ("空格", "原文没有说，不等于零。An empty cell: the text does not say. It is not zero."),
    ("金额", "人民币元，整数。Money is whole yuan."),
    ("上限与下限", "“不超过10个”只有上限；“3个”上下限相同。A bound that the text does not set is empty."),
    ("原文", "含该事实的句子；“…”表示句子在此之外还有。The sentence with the fact; … where it goes on."),
    ("链接", "方向编号跳到方向行，代码跳到代码表。A direction leads to its row, a code to its list."),
    ("长文本", "单元格容不下的文本被截断，并注明原长度。A text too long for a cell is cut, and says its length."),
)


def write_workbook(holdings: Holdings) -> Iterator[bytes]:
    """Yield one workbook: directions, contacts, requirements, measures, agreements, code lists, a note."""
    import xlsxwriter

    sheets = list_sheets(read_listings(holdings))
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": _BEFORE_ALL, "title": "申报指南方向", "comments": "Written by Zhinan"})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#DDE6EE", "text_wrap": True, "valign": "top"}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        "integer": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "plain": book.add_format({"num_format": "0", "valign": "top"}),
        "number": book.add_format({"num_format": "General", "valign": "top"}),
        "link": book.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "font_color": "#0B5394", "underline": 1}
        ),
    }
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, formats)
    _write_note(book.add_worksheet("说明"), sheets, holdings, formats)
    book.close()
    yield out.getvalue()


def cut(text: str) -> str:
    """Return a text that a cell holds: lines end as Excel ends them, and what is too long says how long it was.

    >>> cut("字" * 40_000)[-20:]
    '字字…〔截断，原文40000字 cut〕'
    """
    text = to_plain(text).replace("\r\n", "\n").replace("\r", "\n")
    if len(text.encode("utf-16-le")) // 2 <= LONGEST:
        return text
    mark = f"…〔截断，原文{len(text)}字 cut〕"
    return text.encode("utf-16-le")[: 2 * (LONGEST - len(mark))].decode("utf-16-le", "ignore") + mark


def _write_sheet(page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
    for column, (name, width) in enumerate(sheet.columns):
        page.set_column(column, column, width)
        page.write_string(0, column, name, formats["head"])
    links = 0
    for row, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells):
            links += _write_cell(page, row, column, cell, formats, linked=links < _MOST_LINKS)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)


def _write_cell(page: Any, row: int, column: int, cell: Entry, formats: Mapping[str, Any], *, linked: bool) -> bool:
    """Write one cell and say whether it became a link."""
    if cell is None:
        return False
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell, formats["plain"])
        return False
    if isinstance(cell, int | float):
        kind = "number" if isinstance(cell, float) else "integer" if abs(cell) >= 10_000 else "plain"
        page.write_number(row, column, cell, formats[kind])
        return False
    text = cut(cell.text if isinstance(cell, Link) else cell)
    target = _to_target(cell) if linked else ""
    if target:
        page.write_url(row, column, target, formats["link"], text)
    page.write_string(row, column, text, formats["link" if target else "text"])
    return bool(target)


def _to_target(cell: Link | str) -> str:
    """Return where a cell leads: a row, a mailbox, a web page; "" for a text that is none of them through and through."""
    if isinstance(cell, Link):
        return f"internal:'{cell.sheet}'!A{cell.row + 2}"
    if len(cell) > _LONGEST_LINK:
        return ""
    return "mailto:" + cell if _MAIL.fullmatch(cell) else cell if _WEB.fullmatch(cell) else ""


def _write_note(page: Any, sheets: tuple[Sheet, ...], holdings: Holdings, formats: Mapping[str, Any]) -> None:
    manifest = holdings.read_manifest()
    sources = [f"{one.get('file')} (sha256 {one.get('sha256')})" for one in manifest.get("documents") or ()]
    lines = [*_NOTE, ("表", "、".join(f"{sheet.name} {len(sheet.rows)}" for sheet in sheets))]
    if holdings.secrets is not None:
        lines.append(("联系人", "已去除个人信息。Personal data was left out."))
    lines += [("来源 source", source) for source in sources]
    lines += [("版本 version", str(manifest.get("zhinan", "")))]
    lines += [(f"列 {column.name}", column.note) for column in COLUMNS]
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 110)
    page.write_string(0, 0, "项", formats["head"])
    page.write_string(0, 1, "说明", formats["head"])
    for row, (name, text) in enumerate(lines, start=1):
        page.write_string(row, 0, cut(name), formats["text"])
        page.write_string(row, 1, cut(text), formats["text"])
    page.freeze_panes(1, 0)
