"""The pages of what directions share: a partner, an agreement, an agency, a field.

In: an `Atlas` and an IRI. Out: a `Page`: figures, money by year, the directions of all years with the words that name
the thing, and what else they name. It refuses to know: HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from viz.amounts import to_money
from viz.atlas import AGREEMENT_KINDS, Atlas, Entry, Link
from viz.facts import Claim, Name
from viz.pages import Bar, Page, Row, Section, Tile, number_rows, same, to_row, to_table
from viz.rows import iter_contacts
from viz.strands import draw_neighbours

__all__ = ["iter_bars", "to_grouping_page"]

_NAMED_BY = {
    "partner": ("zn:partner", "zn:partnerMember"),
    "agreement": ("zn:underAgreement",),
    "agency": ("zn:agency",),
    "field": ("zn:field",),
}
"""Properties by which a direction names a thing of a kind."""
_OWN = {"agreement": ("dcterms:title", "zn:year", "zn:agreementKind"), "agency": ("rdfs:label",)}
_MOST_LINKS = {"partner": 24, "field": 24, "keyword": 24, "agreement": 8, "agency": 12}


def to_grouping_page(atlas: Atlas, kind: str, iri: str) -> Page:
    """Set out a partner, an agreement, an agency or a field."""
    facts = atlas.facts
    entries = atlas.select(kind, iri)
    code = facts.text(iri, "skos:notation")
    classes = [
        facts.term(name) for name in facts.classes(iri) if name not in ("Partner", "Agreement", "Agency", "Field")
    ]
    sections = (
        Section("basics", "facts", tuple(_own(atlas, kind, iri))),
        Section("by_year", "bars", bars=tuple(iter_bars(atlas, entries))),
        Section("network", "strands", strands=draw_neighbours(atlas, kind, iri)),
        Section("directions", "table", table=to_table((entry, _claims(atlas, kind, iri, entry)) for entry in entries)),
        Section("through_groups", "table", table=to_table((entry, ()) for entry in _through_groups(atlas, kind, iri))),
        Section("together", "links", links=tuple(_together(atlas, kind, iri, entries))),
        Section("contacts", "facts", tuple(_contacts(atlas, kind, entries))),
    )
    return Page(
        atlas.paths[iri], kind, facts.name(iri), code if code.isascii() else "",
        chips=tuple(Link(name) for name in classes),
        tiles=tuple(_tiles(atlas, entries)),
        sections=number_rows(sections),
    )  # fmt: skip


def iter_bars(atlas: Atlas, entries: Sequence[Entry]) -> Iterator[Bar]:
    """Yield, for each year, how many directions and how much money; nothing where all is of one year."""
    years = [(year, list(group)) for year, group in groupby(entries, key=lambda entry: entry.year)]
    if len(years) < 2:
        return
    sums = [atlas.sum_money(group) or 0.0 for _, group in years]
    most = max(sums) or 1.0
    for (year, group), money in zip(reversed(years), reversed(sums), strict=True):
        count = Name(f"{len(group)} 个方向", f"{len(group)} direction{'' if len(group) == 1 else 's'}")
        shown = to_money(money) if money else Name("经费未写明", "Budget not printed")
        label = same(str(year)) if year else Name("年份未写明", "Year not stated")
        yield Bar(label, round(100 * money / most), Name(f"{shown.zh} · {count.zh}", f"{shown.en} · {count.en}"))


def _tiles(atlas: Atlas, entries: Sequence[Entry]) -> Iterator[Tile]:
    years = sorted({entry.year for entry in entries if entry.year})
    yield Tile("directions", same(str(len(entries))))
    yield Tile("calls", same(str(len({entry.call for entry in entries}))))
    if years:
        yield Tile("years_of", same(f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])))
    money = atlas.sum_money(entries)
    if money is not None:
        yield Tile("sum", to_money(money), note="sum_note")


def _own(atlas: Atlas, kind: str, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    if definition := facts.says(iri, "skos:definition"):
        yield Row(Name("定义", "Definition"), (Link(definition),))
    for property_ in _OWN.get(kind, ()):
        for term in facts.values(iri, property_):
            claims = facts.find_claims(iri, property_, term)
            if claims:
                row = to_row(_NAMES.get(property_, facts.term(property_[3:])), [Link(_to_words(term))], claims)
                yield replace(row, excerpts=()) if property_ == "zn:agreementKind" else row
    groups = sorted(thing for thing in facts.names if iri in _members(atlas, thing))
    if kind == "partner" and groups:
        yield Row(Name("所属", "Belongs to"), atlas.links(groups))
    if kind == "partner" and (members := _members(atlas, iri)):
        yield Row(Name("成员", "Members"), atlas.links(members))


_NAMES = {
    "dcterms:title": Name("名称", "Title"),
    "rdfs:label": Name("名称", "Name"),
    "zn:agreementKind": Name("性质", "Kind"),
}


def _to_words(term: object) -> Name:
    text = str(getattr(term, "value", ""))
    return AGREEMENT_KINDS.get(text, same(text))


def _members(atlas: Atlas, thing: str) -> tuple[str, ...]:
    return tuple(getattr(term, "value", "") for term in atlas.facts.names.get(thing, {}).get("zn:member", ()))


def _claims(atlas: Atlas, kind: str, iri: str, entry: Entry) -> tuple[Claim, ...]:
    return tuple(claim for property_ in _NAMED_BY[kind] for claim in atlas.facts.find_claims(entry.iri, property_, iri))


def _through_groups(atlas: Atlas, kind: str, iri: str) -> Iterator[Entry]:
    """Yield the directions whose partner is a group that a country belongs to."""
    if kind != "partner":
        return
    groups = {thing for thing in atlas.facts.names if iri in _members(atlas, thing)}
    for entry in atlas.entries.values():
        if iri not in entry.partners and groups & set(entry.partners):
            yield entry


def _together(atlas: Atlas, kind: str, iri: str, entries: Sequence[Entry]) -> Iterator[tuple[str, tuple[Link, ...]]]:
    for other in ("partner", "field", "agreement", "agency", "keyword"):
        counts = Counter(name for entry in entries for name in entry.names[other] if name != iri)
        ranked = sorted(counts, key=lambda name: (-counts[name], name))[: _MOST_LINKS[other]]
        if ranked:
            yield other, tuple(atlas.link(name, same(str(counts[name]))) for name in ranked)


def _contacts(atlas: Atlas, kind: str, entries: Sequence[Entry]) -> Iterator[Row]:
    """Yield, once each, the contacts of the directions with a partner or of an agency."""
    if kind == "field":
        return
    seen: set[str] = set()
    for entry in entries:
        for thing, row in zip(atlas.facts.links(entry.iri, "zn:contact"), iter_contacts(atlas, entry.iri), strict=True):
            if thing not in seen:
                seen.add(thing)
                yield row
