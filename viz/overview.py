"""The first page of a report and its lists: calls, and everything of a kind with how often it is named.

In: an `Atlas`. Out: plain rows for the templates.
"""

from __future__ import annotations

from dataclasses import dataclass

from viz.amounts import to_money
from viz.atlas import LISTS, Atlas, Entry, Link, find_bounds
from viz.facts import Name
from viz.pages import Tile, same

__all__ = ["CallLine", "Choice", "Line", "ListPage", "Overview", "to_list_page", "to_overview"]


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call in the table of calls."""

    link: Link
    source: str
    year: Name | None
    stage: Name | None
    programmes: tuple[Name, ...]
    directions: int
    projects: Name | None
    budget: Name | None
    term: Name | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures, calls, and the most named of each kind."""

    tiles: tuple[Tile, ...]
    calls: tuple[CallLine, ...]
    ranked: tuple[tuple[str, tuple[Link, ...], int], ...]
    """Kind, its most named things, how many there are of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A thing in the list of its kind."""

    link: Link
    other: str
    kind: Name | None
    directions: int
    years: str
    money: Name | None
    partners: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that a list can be narrowed to; rows carry its key."""

    key: str
    name: Name


@dataclass(frozen=True, slots=True)
class ListPage:
    """All things of a kind: `entries` for directions, `lines` for the rest."""

    kind: str
    entries: tuple[tuple[Entry, str], ...]
    lines: tuple[Line, ...]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]


_MOST_RANKED = 18


def to_overview(atlas: Atlas) -> Overview:
    """Set out the first page."""
    facts = atlas.facts
    calls = atlas.things("call")
    budgets = [budget for call in calls if (budget := facts.number(call, "zn:budgetMax")) is not None]
    tiles = [
        Tile("calls", same(str(len(calls)))),
        Tile("directions", same(str(len(atlas.entries))), href=LISTS["direction"]),
        Tile("partners", same(str(len(atlas.things("partner")))), href=LISTS["partner"]),
        Tile("agreements", same(str(len(atlas.things("agreement")))), href=LISTS["agreement"]),
        Tile("facts", same(str(sum(map(len, facts.claims.values()))))),
    ]
    if budgets:
        tiles.insert(1, Tile("budgets", to_money(sum(budgets)), note="budgets_note"))
    ranked = []
    for kind in ("partner", "field", "agreement", "agency"):
        things = _rank(atlas, kind)
        links = tuple(atlas.link(thing, same(str(len(atlas.select(kind, thing))))) for thing in things[:_MOST_RANKED])
        if links:
            ranked.append((kind, links, len(things)))
    return Overview(tuple(tiles), tuple(_to_call_line(atlas, call) for call in calls), tuple(ranked))


def _rank(atlas: Atlas, kind: str) -> list[str]:
    return sorted(atlas.things(kind), key=lambda thing: (-len(atlas.select(kind, thing)), thing))


def _to_call_line(atlas: Atlas, call: str) -> CallLine:
    facts = atlas.facts
    year = facts.number(call, "zn:year")
    document = next(iter(facts.links(call, "prov:hadPrimarySource")), "").rpartition("/document/")[2]
    return CallLine(
        atlas.link(call),
        atlas.sources.get(document, ""),
        same(str(int(year))) if year is not None else None,
        next((facts.name(stage) for stage in facts.links(call, "zn:stage")), None),
        tuple(facts.name(one) for one in facts.links(call, "zn:programme")),
        len(atlas.select("call", call)),
        find_bounds(facts, call, "zn:projects", "projects"),
        find_bounds(facts, call, "zn:budget", "money"),
        find_bounds(facts, call, "zn:years", "years"),
    )


def to_list_page(atlas: Atlas, kind: str) -> ListPage:
    """Set out the list of a kind."""
    if kind == "direction":
        entries = tuple((entry, " ".join(_keys(atlas, entry))) for entry in atlas.entries.values())
        return ListPage(kind, entries, (), tuple(_iter_choices(atlas)))
    return ListPage(kind, (), tuple(_to_line(atlas, kind, thing) for thing in _rank(atlas, kind)), ())


def _to_line(atlas: Atlas, kind: str, thing: str) -> Line:
    facts, entries = atlas.facts, atlas.select(kind, thing)
    years = sorted({entry.year for entry in entries if entry.year})
    money = atlas.sum_money(entries)
    classes = [
        facts.term(name) for name in facts.classes(thing) if name not in ("Partner", "Agreement", "Agency", "Field")
    ]
    partners = dict.fromkeys(partner for entry in entries for partner in entry.partners if kind != "partner")
    return Line(
        atlas.link(thing),
        facts.text(thing, "skos:notation") if kind in ("partner", "field") else "",
        classes[0] if classes else None,
        len(entries),
        ", ".join(map(str, years)),
        None if money is None else to_money(money),
        atlas.links(list(partners)[:8]),
    )


def _iter_choices(atlas: Atlas) -> list[tuple[str, tuple[Choice, ...]]]:
    """Return what directions can be narrowed to: years, partners, fields; keys are the names of their pages."""
    years = sorted({entry.year for entry in atlas.entries.values() if entry.year}, reverse=True)
    found = [("year", tuple(Choice(f"y{year}", same(str(year))) for year in years))]
    for kind in ("partner", "field"):
        things = [thing for thing in _rank(atlas, kind) if atlas.select(kind, thing)]
        found.append((kind, tuple(Choice(_key(atlas, thing), atlas.facts.name(thing)) for thing in things)))
    return [(kind, choices) for kind, choices in found if len(choices) > 1]


def _keys(atlas: Atlas, entry: Entry) -> list[str]:
    keys = [_key(atlas, thing) for thing in (*entry.partners, *entry.fields)]
    return [f"y{entry.year}", *keys] if entry.year else keys


def _key(atlas: Atlas, thing: str) -> str:
    return atlas.paths[thing].removesuffix(".html")
