"""The sheets of the workbook: which there are, their columns, and the rows with their links and quotes.

In: listings. Out: sheets of plain cells and links. It refuses to know: how a workbook is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import unquote

from queries.answers import shorten, to_text
from queries.direction_table import COLUMNS, Cell
from queries.holdings import Record
from queries.listings import Listing, Listings, fold
from queries.quotations import Quotation

__all__ = ["Entry", "Link", "Sheet", "list_sheets"]


@dataclass(frozen=True, slots=True)
class Link:
    """A cell that leads to a row of another sheet: `row` counts the rows under the header from 0."""

    text: str
    sheet: str
    row: int


Entry: TypeAlias = Cell | Link


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its columns with their widths in characters, and its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[Entry, ...], ...]


_SHOWN = {
    "direction": ("方向", 12), "call": ("指南", 30), "year": ("年度", 7), "section": ("领域板块", 14),
    "number": ("编号", 8), "title": ("标题", 44), "research_type": ("研究类型", 14), "partners": ("合作方", 22),
    "min_partner_countries": ("最少外方国家数", 10), "agreements": ("依据协议", 30), "agencies": ("合作机构", 30),
    "fields": ("领域", 18), "topics": ("领域方向", 36), "open_topic": ("领域不限", 8), "projects_min": ("项目数下限", 8),
    "projects_max": ("项目数上限", 8), "budget_cny_min": ("经费下限(元)", 13), "budget_cny_max": ("经费上限(元)", 13),
    "years_min": ("年限下限", 7), "years_max": ("年限上限", 7), "envelopes": ("分项", 24),
    "project_budget_cny_max": ("单项经费上限(元)", 13), "requirements": ("申报要求", 36), "contacts": ("联系人", 40),
    "urls": ("网址", 24), "keywords": ("关键词", 24), "indicators": ("考核指标", 40), "quotes": ("原文", 60),
    "iri": ("IRI", 24),
}  # fmt: skip
"""Columns of the first sheet → what its header says, and how wide it is."""
_SCHEMES = {"partners": "partners", "fields": "fields"}
_LISTS = (("partners", "合作方代码"), ("fields", "领域代码"), ("requirements", "要求代码"))
_DIRECTION = ("方向", 12)
_QUOTE = ("原文", 60)
_DASH = re.compile("[‐‑‒–—―−]")


def list_sheets(listings: Listings) -> tuple[Sheet, ...]:
    """Return the sheets in their order: directions, four of their parts, three code lists."""
    places = {one.code: row for row, one in enumerate(listings.directions)}
    parts = (("contacts", "联系人", _CONTACT, _iter_contacts), ("requirements", "申报要求", _REQUIREMENT, _iter_requirements),
             ("measures", "指标数值", _MEASURE, _iter_measures), ("agreements", "依据协议", _AGREEMENT, _iter_agreements))  # fmt: skip
    sheets = [_to_directions(listings)]
    for key, name, columns, iterate in parts:
        rows = []
        for code, iri, record in _iter_records(listings):
            head = Link(code, "方向", places[code]) if code in places else code
            rows += [(head, *row) for row in iterate(listings, iri, record.get(key) or [])]
        sheets.append(Sheet(name, (_DIRECTION, *columns, _QUOTE), tuple(rows)))
    return (*sheets, *(_to_codes(listings, scheme, name) for scheme, name in _LISTS))


def _iter_records(listings: Listings) -> Iterator[tuple[str, str, Record]]:
    """Yield code, IRI and record of each call, then of its directions."""
    for iri, call in listings.calls.items():
        yield str(call["document"]), iri, call
        for one in listings.directions:
            if one.call is call:
                yield one.code, one.iri, one.direction


def _to_directions(listings: Listings) -> Sheet:
    columns = {column.name: column for column in COLUMNS}
    codes = {scheme: list(listings.codes[scheme]) for scheme in _SCHEMES.values()}
    rows = []
    for listing in listings.directions:
        cells: list[Entry] = []
        for name in _SHOWN:
            cell = columns[name].get(listings, listing)
            scheme = _SCHEMES.get(name)
            first = next(iter(listing.direction.get(name) or ()), None) if scheme else None
            if scheme and isinstance(cell, str) and first in codes[scheme]:
                cells.append(Link(cell, dict(_LISTS)[scheme], codes[scheme].index(first)))
            else:
                cells.append(cell)
        rows.append(tuple(cells))
    return Sheet("方向", tuple(_SHOWN.values()), tuple(rows))


_CONTACT = (("姓名", 18), ("单位", 28), ("电话", 24), ("传真", 20), ("邮箱", 32))
_REQUIREMENT = (("代码", 26), ("要求", 32), ("数值", 8), ("比例", 8))
_MEASURE = (("指标", 50), ("比较", 8), ("数值", 12), ("上端", 12), ("单位", 12))
_AGREEMENT = (("协议", 50), ("年份", 8), ("类别", 12))


def _iter_contacts(listings: Listings, iri: str, contacts: list[Record]) -> Iterator[tuple[Entry, ...]]:
    for one in contacts:
        key = next(iter(one.get("emails") or ()), None) or one.get("name") or ""
        lists = ("; ".join(one.get(kind) or ()) or None for kind in ("phones", "faxes", "emails"))
        yield one.get("name"), one.get("org"), *lists, _quote_link(listings, iri, "zn:contact", str(key).lower())


def _iter_requirements(listings: Listings, iri: str, requirements: list[Record]) -> Iterator[tuple[Entry, ...]]:
    codes = list(listings.codes["requirements"])
    for one in requirements:
        code, value = str(one["code"]), one.get("value")
        cell: Entry = Link(code, "要求代码", codes.index(code)) if code in codes else code
        number, ratio = (value, None) if isinstance(value, int) else (None, value)
        yield (
            cell,
            listings.name("requirements", code),
            number,
            ratio,
            _quote_link(listings, iri, "zn:requirement", code),
        )


def _iter_measures(listings: Listings, iri: str, measures: list[Record]) -> Iterator[tuple[Entry, ...]]:
    for position, one in enumerate(measures, start=1):
        values = (one.get(key) for key in ("text", "comparator", "value", "value_max", "unit"))
        yield *values, _quote_link(listings, iri, "zn:measure", str(position))


def _iter_agreements(listings: Listings, iri: str, agreements: list[Record]) -> Iterator[tuple[Entry, ...]]:
    for one in agreements:
        values = (one.get(key) for key in ("title", "year", "kind"))
        yield *values, _quote_link(listings, iri, "zn:underAgreement", str(one["title"]))


def _quote_link(listings: Listings, iri: str, property_: str, name: str) -> str | None:
    """Return the sentence in which a direction or call is said to have this part, under this name or its usual one."""
    levelled = _level(name)
    for one in listings.quotes.get(iri, ()):
        if shorten(one.predicate) == property_ and levelled in (_level(_last(one)), _level(one.exact)):
            return str(one.sentence)
    return None


def _level(name: str) -> str:
    """Return a name without what two writings of it may differ in: layout, case, the kind of its dashes."""
    return _DASH.sub("-", fold(name)).lower()


def _last(quotation: Quotation) -> str:
    return unquote(to_text(quotation.value).rpartition("/")[2])


def _to_codes(listings: Listings, scheme: str, name: str) -> Sheet:
    uses = Counter(code for one in listings.directions for code in set(_iter_codes(one, scheme)))
    rows = tuple(
        (one.notation, one.zh, one.en, uses[one.notation] or None, one.definition or None, one.iri)
        for one in listings.codes[scheme].values()
    )
    columns = (("代码", 26), ("中文", 30), ("English", 34), ("方向数", 8), ("定义", 60), ("IRI", 44))
    return Sheet(name, columns, rows)


def _iter_codes(listing: Listing, scheme: str) -> Iterator[str]:
    for one in listing.direction.get(scheme) or ():
        yield str(one["code"]) if scheme == "requirements" else str(one)
