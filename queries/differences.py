"""What changed from one call to another: directions added, removed and changed, with the words of both sources.

In: two calls, of one graph or of two. Out: changes, and the same as rows. It refuses to know: files
and terminals.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from queries.answers import Solutions, Term, to_solutions, to_text
from queries.catalogue import get_query
from queries.graphs import Graph
from queries.pairs import Mark, pair
from queries.run import ask

__all__ = ["Change", "Sheet", "compare", "read_sheet", "to_json", "to_rows"]

DIFFERENCES = Path(__file__).parent / "differences"
_KEYS = (
    "title", "number", "programmes", "year", "batch", "stage", "stated_directions", "stated_partners",
    "max_chinese_participants", "research_type", "partners", "partner_members", "min_partner_countries", "agreements",
    "agencies", "topics", "open_topic", "fields", "projects", "budget_cny", "project_budget_cny", "duration_years",
    "contacts", "urls", "requirements", "keywords", "indicators", "measures",
)  # fmt: skip
"""The keys that are compared, in the order in which changes are told: those of the record table."""
_COLUMNS = ("change", "number_before", "number", "title", "property", "before", "after", "quote_before", "quote")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value as it is shown, and the words of the source that say it, if any do."""

    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class Part:
    """A call or a direction: what it states, by the keys of the record table."""

    facts: Mapping[str, tuple[Fact, ...]]

    def first(self, key: str) -> str:
        """Return the first value under a key, or nothing."""
        return next((fact.value for fact in self.facts.get(key, ())), "")

    def values(self, key: str) -> frozenset[str]:
        """Return all values under a key."""
        return frozenset(fact.value for fact in self.facts.get(key, ()))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A call with its directions, in document order."""

    call: Part
    directions: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: `kind` is added, removed or changed; an empty number stands for the call itself.

    `before` and `after` are the values that only one side has, with their quotes; both are empty, and so is
    `property`, where a whole direction was added or removed.
    """

    kind: str
    number_before: str
    number: str
    title: str
    property: str = ""
    before: tuple[Fact, ...] = ()
    after: tuple[Fact, ...] = ()


def read_sheet(graph: Graph, call: str) -> Sheet:
    """Return what a graph says of a call; raise QueryError, with near names, where it has no such call."""
    quotes: dict[tuple[Term | None, Term | None, Term | None], str] = {}
    said = to_solutions(ask(graph, get_query("quotes", DIFFERENCES), call=call))
    for about, property_, object_, _, quote in said.rows:
        quotes.setdefault((about, property_, object_), to_text(quote))
    parts: dict[int, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    answer = to_solutions(ask(graph, get_query("facts", DIFFERENCES), call=call))
    for _, about, position, key, property_, object_, code, label, value in answer.rows:
        name, _, bound = to_text(key).partition(" ")
        shown = f"{bound} {_show(object_, code, label, value)}".lstrip()
        fact = Fact(shown, quotes.get((about, property_, object_), ""))
        known = parts[int(to_text(position))][name]
        if shown not in [one.value for one in known]:
            known.append(fact)
    call_part, *directions = (
        Part({name: _join_bounds(facts) for name, facts in parts[position].items()}) for position in sorted(parts)
    )
    return Sheet(call_part, tuple(directions))


def compare(before: Sheet, after: Sheet) -> tuple[Change, ...]:
    """Return what differs: the call's own facts, then direction by direction as `after` has them, then the removed."""
    changes = list(_compare_parts(before.call, after.call, named=False))
    old_marks, new_marks = (list(map(_mark, sheet.directions)) for sheet in (before, after))
    old_of = {new: old for old, new in pair(old_marks, new_marks)}
    for place, direction in enumerate(after.directions):
        if place in old_of:
            changes += _compare_parts(before.directions[old_of[place]], direction, named=True)
        else:
            changes.append(Change("added", "", direction.first("number"), direction.first("title")))
    kept = set(old_of.values())
    changes += [
        Change("removed", direction.first("number"), "", direction.first("title"))
        for place, direction in enumerate(before.directions)
        if place not in kept
    ]
    return tuple(changes)


def to_rows(changes: Sequence[Change]) -> Solutions:
    """Return a row for each change; several values stand in one cell with "; " between them."""
    rows = []
    for change in changes:
        cells = (
            change.kind, change.number_before, change.number, change.title, change.property,
            _join(fact.value for fact in change.before), _join(fact.value for fact in change.after),
            _join(fact.quote for fact in change.before), _join(fact.quote for fact in change.after),
        )  # fmt: skip
        rows.append(tuple(Literal(cell) if cell else None for cell in cells))
    return Solutions(_COLUMNS, tuple(rows))


def to_json(changes: Sequence[Change]) -> str:
    """Return a list of objects whose `before` and `after` are lists of values, each with its quote."""
    rows = [{"change" if key == "kind" else key: value for key, value in asdict(one).items()} for one in changes]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _compare_parts(before: Part, after: Part, *, named: bool) -> Iterator[Change]:
    """Yield a change for each key whose values differ; `named` parts are directions."""
    numbers = (before.first("number"), after.first("number")) if named else ("", "")
    for key in _KEYS:
        old, new = before.facts.get(key, ()), after.facts.get(key, ())
        gone = tuple(fact for fact in old if fact.value not in after.values(key))
        come = tuple(fact for fact in new if fact.value not in before.values(key))
        if gone or come:
            yield Change("changed", *numbers, after.first("title"), key, gone, come)


def _mark(direction: Part) -> Mark:
    return Mark(direction.first("title"), direction.first("number"), direction.values("partners"))


def _show(object_: Term | None, code: Term | None, label: Term | None, value: Term | None) -> str:
    """Return a value as people read it: a code with its name, a condition with its number, else what it is called."""
    name = to_text(label) or ("" if isinstance(object_, NamedNode) else to_text(object_)) or to_text(code)
    if code is not None and to_text(code) != name:
        name = f"{name} ({to_text(code)})"
    if value is not None:
        name = f"{name}: {to_text(value)}"
    return name or to_text(object_)


def _join_bounds(facts: list[Fact]) -> tuple[Fact, ...]:
    """Make one fact of the two bounds of a range: equal ones are a number, a single one is said with ≥ or ≤."""
    bounds = {fact.value[:4]: fact for fact in facts}
    if not bounds.keys() <= {"min ", "max "}:
        return tuple(facts)
    low, high = (bounds[name].value[4:] if name in bounds else "" for name in ("min ", "max "))
    shown = (f"{low}–{high}" if low != high else low) if low and high else f"≥{low}" if low else f"≤{high}"
    return (Fact(shown, _join(dict.fromkeys(fact.quote for fact in bounds.values()))),)


def _join(texts: Iterable[str]) -> str:
    return "; ".join(filter(None, texts))
