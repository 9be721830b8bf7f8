"""Where everything of a report stands: which things have a page, under which path, and each direction as a table's row.

In: `Facts`. Out: an `Atlas`, from which every page takes its links. Paths are from the root of the site.
It refuses to know: HTML.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from ontology.vocabulary import BASE
from viz.amounts import to_bounds
from viz.facts import Facts, Name
from viz.slugs import to_slugs

__all__ = ["AGREEMENT_KINDS", "KINDS", "LISTS", "Atlas", "Entry", "Link", "find_bounds", "read_atlas"]

KINDS = ("call", "direction", "partner", "agreement", "agency", "field")
LISTS = {
    "direction": "directions.html",
    "partner": "partners.html",
    "agreement": "agreements.html",
    "agency": "agencies.html",
    "field": "fields.html",
}
"""Paths of the lists of a kind."""
AGREEMENT_KINDS = {"agreement": Name("协议", "Agreement"), "initiative": Name("倡议", "Initiative")}
"""What the values of zn:agreementKind read as."""
_PARTNERS = ("zn:partner", "zn:partnerMember")


@dataclass(frozen=True, slots=True)
class Link:
    """A name that leads somewhere, if `href` says where; `note` stands beside it in small print."""

    name: Name
    href: str = ""
    note: Name | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A direction as a row of a table; `budget_max` in yuan, `parent` the IRI of the direction above."""

    iri: str
    call: str
    year: int | None
    stage: Name | None
    number: str
    title: str
    parent: str
    partners: tuple[str, ...]
    fields: tuple[str, ...]
    agreements: tuple[str, ...]
    agencies: tuple[str, ...]
    keywords: tuple[str, ...]
    projects: Name | None
    budget: Name | None
    budget_max: float | None
    order: tuple[object, ...]

    @property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """Return the things that the direction names, by their kinds."""
        return {
            "partner": self.partners,
            "agreement": self.agreements,
            "agency": self.agencies,
            "field": self.fields,
            "keyword": self.keywords,
        }


@dataclass(frozen=True, slots=True)
class Atlas:
    """The facts, the paths of the things that have a page, and the directions in the order of year, call and text."""

    facts: Facts
    paths: Mapping[str, str]
    sources: Mapping[str, str]
    """Paths of the source pages by the ids of documents."""
    entries: Mapping[str, Entry]
    naming: Mapping[tuple[str, str], tuple[str, ...]]
    """The directions that name a thing, by its kind and IRI."""

    def link(self, thing: str, note: Name | None = None) -> Link:
        """Return a thing's name, with the way to its page if it has one."""
        return Link(self.facts.name(thing), self.paths.get(thing, ""), note)

    def links(self, things: Iterable[str]) -> tuple[Link, ...]:
        """Return the links of several things."""
        return tuple(self.link(thing) for thing in things)

    def things(self, kind: str) -> tuple[str, ...]:
        """Return the things of a kind that have a page, directions in the order of the table."""
        if kind == "direction":
            return tuple(self.entries)
        return tuple(thing for thing, path in self.paths.items() if path.startswith(f"{kind}/"))

    def select(self, kind: str, thing: str) -> tuple[Entry, ...]:
        """Return the directions that name a thing of a kind."""
        return tuple(self.entries[iri] for iri in self.naming.get((kind, thing), ()))

    def sum_money(self, entries: Iterable[Entry]) -> float | None:
        """Add greatest budgets in yuan; a sub-direction's lies inside its parent's where that prints any."""
        known = {entry.iri: entry for entry in entries}
        amounts = [
            entry.budget_max
            for entry in known.values()
            if entry.budget_max is not None and (entry.parent not in known or known[entry.parent].budget_max is None)
        ]
        return sum(amounts) if amounts else None


def read_atlas(facts: Facts) -> Atlas:
    """Find what gets a page and name the pages."""
    entries = sorted((_to_entry(facts, iri) for iri in facts.of_class("Direction")), key=lambda entry: entry.order)
    things: dict[str, list[str]] = {
        "call": sorted(facts.of_class("Call"), key=lambda call: _call_order(facts, call)),
        "direction": [entry.iri for entry in entries],
        "partner": sorted({iri for entry in entries for iri in entry.partners}),
        "agreement": sorted({*facts.of_class("Agreement"), *(iri for entry in entries for iri in entry.agreements)}),
        "agency": sorted({*facts.of_class("Agency"), *(iri for entry in entries for iri in entry.agencies)}),
        "field": sorted({iri for entry in entries for iri in entry.fields}),
    }
    paths: dict[str, str] = {}
    for kind, found in things.items():
        slugs = to_slugs(_to_own(iri) for iri in found)
        paths |= {iri: f"{kind}/{slugs[_to_own(iri)]}.html" for iri in found}
    slugs = to_slugs(facts.documents)
    sources = {name: f"source/{slugs[name]}.html" for name in facts.documents}
    naming: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        for kind, names in (("call", (entry.call,)), *entry.names.items()):
            for name in names:
                naming[kind, name].append(entry.iri)
    named = {node: tuple(iris) for node, iris in naming.items()}
    return Atlas(facts, paths, sources, {entry.iri: entry for entry in entries}, named)


def _to_own(iri: str) -> str:
    """Return the part of an IRI that names a file: `001-1.3` for a direction, a code or a title for others."""
    own = iri.removeprefix(BASE).partition("/")[2] or iri
    return unquote(own.replace("/direction/", "-"))


def _to_entry(facts: Facts, iri: str) -> Entry:
    calls = [call for call in facts.used_by(iri, "zn:direction") if "Call" in facts.classes(call)]
    call = calls[0] if calls else ""
    year = facts.number(call, "zn:year") if call else None
    number = facts.text(iri, "zn:number")
    stage = next(iter(facts.links(call, "zn:stage")), "")
    return Entry(
        iri=iri,
        call=call,
        year=None if year is None else int(year),
        stage=facts.name(stage) if stage else None,
        number=number,
        title=facts.text(iri, "dcterms:title") or facts.name(iri).zh,
        parent=next(iter(facts.used_by(iri, "zn:subdirection")), ""),
        partners=tuple(dict.fromkeys(thing for name in _PARTNERS for thing in facts.links(iri, name))),
        fields=facts.links(iri, "zn:field"),
        agreements=facts.links(iri, "zn:underAgreement"),
        agencies=facts.links(iri, "zn:agency"),
        keywords=facts.links(iri, "zn:keyword"),
        projects=find_bounds(facts, iri, "zn:projects", "projects"),
        budget=find_bounds(facts, iri, "zn:budget", "money"),
        budget_max=facts.number(iri, "zn:budgetMax"),
        order=(*_call_order(facts, call), facts.number(iri, "zn:position") or 0.0, _split(number), iri),
    )


def find_bounds(facts: Facts, iri: str, property_: str, unit: str) -> Name | None:
    """Return a span of a thing in words; `property_` is without its Min and Max."""
    return to_bounds(facts.number(iri, property_ + "Min"), facts.number(iri, property_ + "Max"), unit)


def _call_order(facts: Facts, call: str) -> tuple[float, str]:
    """Order calls by year, the latest first; one without a year is the newest of all: a draft."""
    return -(facts.number(call, "zn:year") or 9999.0), call


def _split(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", number))
