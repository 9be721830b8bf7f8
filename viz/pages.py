"""What a page of the report is made of: a head, tiles, and sections of a few forms, which the templates know how to set.

In: an `Atlas` and a thing. Out: `Row`s that pair a fact with the claims behind it. Knows neither HTML nor files.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from queries.answers import Term, to_text
from viz.atlas import Atlas, Entry, Link
from viz.excerpts import Excerpt, tidy, to_excerpts
from viz.facts import Claim, Name

if TYPE_CHECKING:
    from viz.strands import Strands

__all__ = ["Bar", "Page", "Row", "Section", "TableRow", "Tile", "number_rows", "same", "to_row", "to_table"]

_MOST_EXCERPTS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """A fact: what it is called, its values, smaller values beneath them, and the claims that say so.

    `excerpts` shows what the source says around the values; it is empty where the values are the quote itself.
    """

    name: Name
    items: tuple[Link, ...]
    claims: tuple[Claim, ...] = ()
    details: tuple[Link, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    places: tuple[tuple[str, int, int], ...] = ()
    """Where the quotes stand: document, start, end."""
    anchor: str = ""
    repeats: bool = False
    """The row above has the same name."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A direction in a table, with the claims why it stands there, or in words what it shares."""

    entry: Entry
    claims: tuple[Claim, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()
    shared: tuple[Link, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of a bar chart: `share` of the longest, 0 to 100."""

    label: Name
    share: int
    text: Name


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure that stands out; `claims` say where it is printed, `href` where else it comes from."""

    key: str
    value: Name
    note: str = ""
    claims: tuple[Claim, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page under a heading; `form` names the macro that sets it, `key` its words."""

    key: str
    form: str
    rows: tuple[Row, ...] = ()
    table: tuple[TableRow, ...] = ()
    bars: tuple[Bar, ...] = ()
    links: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    strands: Strands | None = None
    title: Name | None = None
    """A heading of its own, such as a section of a call."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page at a path from the root of the site."""

    path: str
    kind: str
    title: Name
    number: str = ""
    crumbs: tuple[Link, ...] = ()
    chips: tuple[Link, ...] = ()
    tiles: tuple[Tile, ...] = ()
    head: Row | None = None
    sections: tuple[Section, ...] = field(default=())


def same(text: str) -> Name:
    """Return words that read the same in both languages."""
    return Name(text, text)


def to_row(name: Name, items: Sequence[Link], claims: Iterable[Claim], *, details: Sequence[Link] = ()) -> Row:
    """Return a row with the passages of its claims, each place once."""
    found = tuple(claims)
    quotes = sorted({claim.quote for claim in found})
    shown = {_fold(item.name.zh) for item in items if item.name.zh == item.name.en}
    plain = all(_fold(quote.exact) in shown for quote in quotes)
    places = [(quote.document, quote.start, quote.end) for quote in quotes]
    widest = [place for place in places if not any(_holds(other, place) for other in places)]
    return Row(
        name, tuple(items), found, tuple(details),
        excerpts=() if plain else to_excerpts(quotes, most=_MOST_EXCERPTS),
        places=tuple(widest),
    )  # fmt: skip


def _holds(other: tuple[str, int, int], place: tuple[str, int, int]) -> bool:
    return other != place and other[0] == place[0] and other[1] <= place[1] and place[2] <= other[2]


def _fold(text: str) -> str:
    return "".join(tidy(text).split())


def to_value(atlas: Atlas, term: Term) -> Link:
    """Return what a term reads as: a link for a thing, words for a literal."""
    from pyoxigraph import NamedNode

    return atlas.link(term.value) if isinstance(term, NamedNode) else Link(same(tidy(to_text(term))))


def number_rows(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Give each row of a page an anchor, and note where a name is the one of the row above."""
    numbered, count = [], 0
    for section in sections:
        rows: list[Row] = []
        for row in _sort_rows(section.rows):
            count += 1
            repeats = bool(rows) and rows[-1].name == row.name
            rows.append(replace(row, anchor=f"f{count}", repeats=repeats))
        table = []
        for line in section.table:
            count += 1
            table.append(replace(line, anchor=f"f{count}"))
        numbered.append(replace(section, rows=tuple(rows), table=tuple(table)))
    return tuple(section for section in numbered if section.rows or section.table or section.bars
                 or section.links or section.strands)  # fmt: skip


def _sort_rows(rows: Sequence[Row]) -> list[Row]:
    """Bring rows of one name together, and set them in the order of the source."""
    order = {name: place for place, name in reversed(list(enumerate(row.name for row in rows)))}
    return sorted(rows, key=lambda row: (order[row.name], first_place(row.claims)))


def first_place(claims: Iterable[Claim]) -> tuple[str, int]:
    """Return document and place of the claim that comes first."""
    return min(((claim.quote.document, claim.quote.start) for claim in claims), default=("", 0))


def to_table(rows: Iterable[tuple[Entry, Iterable[Claim]]]) -> tuple[TableRow, ...]:
    """Return the rows of a table with the passages why each direction stands there."""
    lines = []
    for entry, claims in rows:
        found = tuple(claims)
        lines.append(TableRow(entry, found, to_excerpts((claim.quote for claim in found), most=1)))
    return tuple(lines)
