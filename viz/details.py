"""The page of a direction and the page of a call: every fact of theirs, with the words that say it.

In: an `Atlas` and an IRI. Out: a `Page`. It refuses to know: HTML.
"""

from __future__ import annotations

from collections.abc import Iterator

from viz.atlas import Atlas, Link, find_bounds
from viz.facts import Claim, Name
from viz.pages import Page, Row, Section, TableRow, Tile, first_place, number_rows, same, to_row, to_table
from viz.rows import (
    AMOUNTS,
    find_bound_claims,
    iter_addresses,
    iter_agreements,
    iter_amounts,
    iter_contacts,
    iter_envelopes,
    iter_keywords,
    iter_requirements,
    iter_topics,
    iter_values,
)
from viz.strands import draw_neighbours, find_related
from viz.targets import iter_targets

__all__ = ["to_call_page", "to_direction_page"]

_BASICS = ("programme", "year", "batch", "stage", "statedDirections", "statedPartners", "maxChineseParticipants")


def to_direction_page(atlas: Atlas, iri: str) -> Page:
    """Set out a direction: figures, partners, contents, targets, conditions, contacts, neighbours."""
    facts, entry = atlas.facts, atlas.entries[iri]
    children = facts.links(iri, "zn:subdirection")
    relatives = [(facts.term("subdirection"), atlas.link(child)) for child in children]
    related = tuple(
        TableRow(other, shared=tuple(atlas.link(node[1]) for node in shared))
        for other, shared in find_related(atlas, entry, most=12)
    )
    sections = (
        Section("cooperation", "facts", (*iter_values(atlas, iri, "partner", "partnerMember", "minPartnerCountries"),
                                         *iter_agreements(atlas, iri), *iter_values(atlas, iri, "agency"))),
        Section("money", "facts", (*iter_amounts(atlas, iri), *iter_envelopes(atlas, iri))),
        Section("content", "facts", (*iter_values(atlas, iri, "researchType"), *iter_topics(atlas, iri),
                                     *iter_values(atlas, iri, "openTopic", "field"), *iter_keywords(atlas, iri))),
        Section("targets", "facts", tuple(iter_targets(facts, iri))),
        Section("requirements", "facts", tuple(sorted(iter_requirements(atlas, iri), key=_place))),
        Section("contacts", "facts", tuple(iter_contacts(atlas, iri))),
        Section("web", "facts", tuple(iter_addresses(atlas, iri))),
        Section("parts", "facts", tuple(
            to_row(name, [link], facts.find_claims(iri, "zn:subdirection", child))
            for (name, link), child in zip(relatives, children, strict=True))),
        Section("rules", "links", links=tuple(_rules(atlas, entry.call))),
        Section("network", "strands", strands=draw_neighbours(atlas, "direction", iri)),
        Section("related", "table", table=related),
    )  # fmt: skip
    parent = (atlas.link(entry.parent),) if entry.parent else ()
    return Page(
        atlas.paths[iri], "direction", same(entry.title), entry.number,
        crumbs=(*((atlas.link(entry.call),) if entry.call else ()), *_sections_of(atlas, iri), *parent),
        chips=(*atlas.links(entry.partners), *atlas.links(entry.fields)),
        tiles=tuple(_tiles(atlas, iri, entry.call)),
        head=_head(atlas, iri, *_lead(atlas, iri)),
        sections=number_rows(sections),
    )  # fmt: skip


def to_call_page(atlas: Atlas, iri: str) -> Page:
    """Set out a call: figures, what holds for all of it, and its directions under their sections."""
    facts = atlas.facts
    sections = [
        Section("basics", "facts", tuple(iter_values(atlas, iri, *_BASICS))),
        Section("money", "facts", tuple(iter_amounts(atlas, iri))),
        Section("requirements", "facts", tuple(sorted(iter_requirements(atlas, iri), key=_place))),
        Section("contacts", "facts", tuple(iter_contacts(atlas, iri))),
        Section("network", "strands", strands=draw_neighbours(atlas, "call", iri)),
        *_tables(atlas, iri),
    ]
    programmes = tuple(Link(facts.name(one)) for one in facts.links(iri, "zn:programme"))
    return Page(
        atlas.paths[iri], "call", facts.name(iri),
        chips=(*programmes, *(Link(facts.name(one)) for one in facts.links(iri, "zn:stage"))),
        tiles=(*_figures(atlas, iri), *_tiles(atlas, iri, "")),
        head=_head(atlas, iri),
        sections=number_rows(sections),
    )  # fmt: skip


def _place(row: Row) -> tuple[str, int]:
    return first_place(row.claims)


def _head(atlas: Atlas, iri: str, *claims: Claim) -> Row:
    facts = atlas.facts
    items = [Link(same(text)) for name in ("zn:number", "dcterms:title") if (text := facts.text(iri, name))]
    own = [claim for name in ("zn:number", "dcterms:title") for claim in facts.find_claims(iri, name)]
    return to_row(facts.name(iri), items, (*own, *claims))


def _lead(atlas: Atlas, iri: str) -> Iterator[Claim]:
    """Yield the claims that hang a direction on its call, its section and its parent."""
    for property_ in ("zn:direction", "zn:subdirection"):
        for user in atlas.facts.used_by(iri, property_):
            yield from atlas.facts.find_claims(user, property_, iri)


def _sections_of(atlas: Atlas, iri: str) -> Iterator[Link]:
    for user in atlas.facts.used_by(iri, "zn:direction"):
        if "Section" in atlas.facts.classes(user):
            yield Link(atlas.facts.name(user))


def _tiles(atlas: Atlas, iri: str, call: str) -> Iterator[Tile]:
    for name, unit in AMOUNTS:
        claims = tuple(find_bound_claims(atlas, iri, name))
        shown = find_bounds(atlas.facts, iri, f"zn:{name}", unit)
        if shown:
            yield Tile(name, shown, claims=claims)
        elif name == "years" and call and (shown := find_bounds(atlas.facts, call, "zn:years", unit)):
            yield Tile(name, shown, note="of_call", href=atlas.paths[call])


def _figures(atlas: Atlas, iri: str) -> Iterator[Tile]:
    year = atlas.facts.number(iri, "zn:year")
    if year is not None:
        yield Tile("year", same(str(int(year))), claims=atlas.facts.find_claims(iri, "zn:year"))
    entries = atlas.select("call", iri)
    yield Tile("directions", same(str(len(entries))), claims=atlas.facts.find_claims(iri, "zn:statedDirections"))


def _rules(atlas: Atlas, call: str) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Yield what the call asks of all its directions."""
    if not call:
        return
    facts, path = atlas.facts, atlas.paths[call]
    names = []
    for thing in facts.links(call, "zn:requirement"):
        type_ = next(iter(facts.links(thing, "zn:requirementType")), thing)
        value = facts.text(thing, "zn:value")
        names.append(Link(facts.name(type_), path, same(value) if value else None))
    if names:
        yield "requirements", tuple(names)
    contacts = tuple(Link(facts.name(thing), path) for thing in facts.links(call, "zn:contact"))
    if contacts:
        yield "contacts", contacts


def _tables(atlas: Atlas, call: str) -> Iterator[Section]:
    """Yield the directions of a call, under its sections where it has any."""
    facts = atlas.facts
    entries = atlas.select("call", call)
    placed = set()
    for section in sorted(facts.links(call, "zn:section"), key=lambda one: (facts.number(one, "zn:number") or 0, one)):
        inside = set(facts.links(section, "zn:direction"))
        rows = [entry for entry in entries if entry.iri in inside]
        placed |= {entry.iri for entry in rows}
        number, name = facts.text(section, "zn:number"), facts.name(section)
        title = Name(f"{number} {name.zh}", f"{number} {name.en}")
        claims = facts.find_claims(call, "zn:section", section)
        titles = [*claims, *facts.find_claims(section, "zn:number"), *facts.find_claims(section, "dcterms:title")]
        head = (to_row(facts.term("section"), [Link(name)], titles),) if titles else ()
        yield Section("section", "table", head, to_table((entry, ()) for entry in rows), title=title)
    rest = [entry for entry in entries if entry.iri not in placed]
    yield Section("directions", "table", table=to_table((entry, ()) for entry in rest))
