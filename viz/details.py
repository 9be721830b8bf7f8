"""The page of a direction and the page of a call: every fact of theirs, with the words that say it.

In: an `Atlas` and an IRI. Out: a `Page`. It refuses to know: HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from viz.amounts import to_number
from viz.atlas import Atlas, Link, find_bounds
from viz.facts import Claim, Name
from viz.pages import Page, Row, Section, TableRow, Tile, first_place, number_rows, same, to_row, to_table, to_value
from viz.strands import draw_neighbours, find_related
from viz.targets import iter_targets

__all__ = ["iter_contacts", "to_call_page", "to_direction_page"]

_AMOUNTS = (("projects", "projects"), ("budget", "money"), ("projectBudget", "money"), ("years", "years"))
"""Properties with bounds, without Min and Max, each with its unit."""
_BASICS = ("programme", "year", "batch", "stage", "statedDirections", "statedPartners", "maxChineseParticipants")
_CONTACT = ("vcard:organization-name", "schema:telephone", "schema:email", "schema:faxNumber")


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
        Section("cooperation", "facts", (*_plain(atlas, iri, "partner", "partnerMember", "minPartnerCountries"),
                                         *_agreements(atlas, iri), *_plain(atlas, iri, "agency"))),
        Section("money", "facts", (*_amounts(atlas, iri), *_envelopes(atlas, iri))),
        Section("content", "facts", (*_plain(atlas, iri, "researchType"), *_topics(atlas, iri),
                                     *_plain(atlas, iri, "openTopic", "field"), *_keywords(atlas, iri))),
        Section("targets", "facts", tuple(iter_targets(facts, iri))),
        Section("requirements", "facts", tuple(sorted(_requirements(atlas, iri), key=_place))),
        Section("contacts", "facts", tuple(iter_contacts(atlas, iri))),
        Section("web", "facts", tuple(_addresses(atlas, iri))),
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
        Section("basics", "facts", tuple(_plain(atlas, iri, *_BASICS))),
        Section("money", "facts", tuple(_amounts(atlas, iri))),
        Section("requirements", "facts", tuple(sorted(_requirements(atlas, iri), key=_place))),
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
    for name, unit in _AMOUNTS:
        claims = tuple(_bound_claims(atlas, iri, name))
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


def _bound_claims(atlas: Atlas, iri: str, name: str) -> Iterator[Claim]:
    for end in ("Min", "Max"):
        yield from atlas.facts.find_claims(iri, f"zn:{name}{end}")


def _plain(atlas: Atlas, iri: str, *names: str) -> Iterator[Row]:
    """Yield a row for each value; the members of a group share one."""
    facts = atlas.facts
    for name in names:
        terms = facts.values(iri, f"zn:{name}")
        if name == "partnerMember" and terms:
            yield to_row(
                facts.term(name), [to_value(atlas, term) for term in terms], facts.find_claims(iri, f"zn:{name}")
            )
            continue
        for term in terms:
            shown = Link(Name("不限", "Any")) if name == "openTopic" else to_value(atlas, term)
            yield to_row(facts.term(name), [shown], facts.find_claims(iri, f"zn:{name}", term))


def _amounts(atlas: Atlas, iri: str) -> Iterator[Row]:
    for name, unit in _AMOUNTS:
        shown = find_bounds(atlas.facts, iri, f"zn:{name}", unit)
        if shown:
            yield to_row(_AMOUNT_NAMES[name], [Link(shown)], _bound_claims(atlas, iri, name))


_AMOUNT_NAMES = {
    "projects": Name("拟支持项目数", "Projects"),
    "budget": Name("经费", "Budget"),
    "projectBudget": Name("单项经费", "Budget of a project"),
    "years": Name("实施年限", "Term"),
}


def _agreements(atlas: Atlas, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    for thing in facts.links(iri, "zn:underAgreement"):
        claims = facts.find_claims(iri, "zn:underAgreement", thing)
        year = facts.number(thing, "zn:year")
        link = atlas.link(thing, same(str(int(year))) if year else None)
        yield to_row(facts.term("underAgreement"), [link], (*claims, *_near(atlas, thing, claims)))


def _envelopes(atlas: Atlas, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    for thing in facts.links(iri, "zn:envelope"):
        details = [
            Link(shown)
            for name, unit in (("projects", "projects"), ("budget", "money"))
            if (shown := find_bounds(facts, thing, f"zn:{name}", unit))
        ]
        claims = facts.find_claims(iri, "zn:envelope", thing)
        parts = [claim for name in ("projects", "budget") for claim in _bound_claims(atlas, thing, name)]
        scope = facts.find_claims(thing, "zn:scope")
        yield to_row(facts.term("envelope"), [Link(same(facts.text(thing, "zn:scope")))], (*claims, *scope, *parts),
                     details=details)  # fmt: skip


def _topics(atlas: Atlas, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    found = []
    for thing in facts.links(iri, "zn:topic"):
        claims = [*facts.find_claims(iri, "zn:topic", thing), *facts.find_claims(thing, "dcterms:title")]
        details = []
        parts = [(facts.find_claims(thing, "zn:subtopic", part), part) for part in facts.links(thing, "zn:subtopic")]
        for own, part in sorted(parts, key=lambda pair: first_place(pair[0])):
            details.append(Link(same(facts.text(part, "dcterms:title"))))
            claims += [*own, *facts.find_claims(part, "dcterms:title")]
        found.append(
            to_row(facts.term("topic"), [Link(same(facts.text(thing, "dcterms:title")))], claims, details=details)
        )
    for row in sorted(found, key=lambda row: first_place(row.claims)):
        yield Row(row.name, row.items, row.claims, row.details, (), row.places[:1])


def _keywords(atlas: Atlas, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    words = sorted(
        facts.links(iri, "zn:keyword"), key=lambda word: first_place(facts.find_claims(iri, "zn:keyword", word))
    )
    if not words:
        return
    claims: list[Claim] = []
    for word in words:
        own = facts.find_claims(iri, "zn:keyword", word)
        claims += [*own, *_near(atlas, word, own)]
    yield to_row(facts.term("keyword"), [Link(facts.name(word)) for word in words], claims)


def _requirements(atlas: Atlas, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    for thing in facts.links(iri, "zn:requirement"):
        type_ = next(iter(facts.links(thing, "zn:requirementType")), thing)
        value = facts.text(thing, "zn:value")
        definition = facts.says(type_, "skos:definition")
        claims = [*facts.find_claims(iri, "zn:requirement", thing), *facts.find_claims(thing, "zn:requirementType")]
        claims += facts.find_claims(thing, "zn:value")
        details = [Link(same(to_number(float(value)) if value.isdecimal() else value))] if value else []
        yield to_row(facts.name(type_), details, claims, details=[Link(definition)] if definition else [])


def _place(row: Row) -> tuple[str, int]:
    return first_place(row.claims)


def iter_contacts(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield a row for each contact of a direction or a call: whom to ask, and how to reach them."""
    facts = atlas.facts
    for thing in facts.links(iri, "zn:contact"):
        claims = facts.find_claims(iri, "zn:contact", thing)
        name = facts.text(thing, "schema:name")
        details = [
            Link(same(word), _to_address(property_, word))
            for property_ in _CONTACT
            for word in map(_to_words, facts.values(thing, property_))
        ]
        items = [Link(same(name))] if name else []
        yield to_row(facts.term("contact"), items, (*claims, *_near(atlas, thing, claims)), details=details)


def _to_words(term: object) -> str:
    return str(getattr(term, "value", ""))


def _to_address(property_: str, word: str) -> str:
    """Return a link that writes or calls, for what cannot be anything else."""
    import re

    if property_ == "schema:email" and re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", word):
        return f"mailto:{word}"
    digits = re.sub(r"[\s()（）-]", "", word)
    return f"tel:{digits}" if property_ == "schema:telephone" and re.fullmatch(r"\+?[0-9]{5,15}", digits) else ""


def _near(atlas: Atlas, thing: str, mentions: Iterable[Claim]) -> Iterator[Claim]:
    """Yield, of what the sources say of a shared thing in several places, the place nearest to its mention here."""
    places = [(claim.quote.document, claim.quote.start) for claim in mentions]
    if not places:
        return
    document, start = places[0]
    for property_, terms in atlas.facts.objects.get(thing, {}).items():
        for term in terms:
            found = [
                claim for claim in atlas.facts.find_claims(thing, property_, term) if claim.quote.document == document
            ]
            if found:
                yield min(found, key=lambda claim: abs(claim.quote.start - start))


def _addresses(atlas: Atlas, iri: str) -> Iterator[Row]:
    facts = atlas.facts
    for term in facts.values(iri, "schema:url"):
        word = _to_words(term)
        href = word if word.startswith(("https://", "http://")) else ""
        yield to_row(Name("网址", "Web page"), [Link(same(word), href)], facts.find_claims(iri, "schema:url", term))


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
