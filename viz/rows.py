"""The rows of a direction or a call: each of its facts beside the claims that say it.

In: an `Atlas` and an IRI. Out: rows, in no order but that of the graph. What stands behind a fact that is a thing of its
own (an agreement, a contact) is told with it. It refuses to know: pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from viz.amounts import to_number
from viz.atlas import Atlas, Link, find_bounds
from viz.facts import Claim, Name
from viz.pages import Row, first_place, same, to_row, to_value

__all__ = [
    "AMOUNTS",
    "find_bound_claims",
    "iter_addresses",
    "iter_agreements",
    "iter_amounts",
    "iter_contacts",
    "iter_envelopes",
    "iter_keywords",
    "iter_requirements",
    "iter_topics",
    "iter_values",
]

AMOUNTS = (("projects", "projects"), ("budget", "money"), ("projectBudget", "money"), ("years", "years"))
"""Properties with bounds, without Min and Max, each with its unit."""
_CONTACT = ("vcard:organization-name", "schema:telephone", "schema:email", "schema:faxNumber")


def find_bound_claims(atlas: Atlas, iri: str, name: str) -> Iterator[Claim]:
    """Yield the claims of both bounds of an amount."""
    for end in ("Min", "Max"):
        yield from atlas.facts.find_claims(iri, f"zn:{name}{end}")


def iter_values(atlas: Atlas, iri: str, *names: str) -> Iterator[Row]:
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


def iter_amounts(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield how many projects, how much money and how long."""
    for name, unit in AMOUNTS:
        shown = find_bounds(atlas.facts, iri, f"zn:{name}", unit)
        if shown:
            yield to_row(_AMOUNT_NAMES[name], [Link(shown)], find_bound_claims(atlas, iri, name))


_AMOUNT_NAMES = {
    "projects": Name("拟支持项目数", "Projects"),
    "budget": Name("经费", "Budget"),
    "projectBudget": Name("单项经费", "Budget of a project"),
    "years": Name("实施年限", "Term"),
}


def iter_agreements(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield the agreements that a direction stands under."""
    facts = atlas.facts
    for thing in facts.links(iri, "zn:underAgreement"):
        claims = facts.find_claims(iri, "zn:underAgreement", thing)
        year = facts.number(thing, "zn:year")
        link = atlas.link(thing, same(str(int(year))) if year else None)
        yield to_row(facts.term("underAgreement"), [link], (*claims, *_near(atlas, thing, claims)))


def iter_envelopes(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield the parts into which money and projects are divided."""
    facts = atlas.facts
    for thing in facts.links(iri, "zn:envelope"):
        details = [
            Link(shown)
            for name, unit in (("projects", "projects"), ("budget", "money"))
            if (shown := find_bounds(facts, thing, f"zn:{name}", unit))
        ]
        claims = facts.find_claims(iri, "zn:envelope", thing)
        parts = [claim for name in ("projects", "budget") for claim in find_bound_claims(atlas, thing, name)]
        scope = facts.find_claims(thing, "zn:scope")
        yield to_row(facts.term("envelope"), [Link(same(facts.text(thing, "zn:scope")))], (*claims, *scope, *parts),
                     details=details)  # fmt: skip


def iter_topics(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield the topics with their subtopics, in the order of the text."""
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


def iter_keywords(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield one row with all keywords."""
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


def iter_requirements(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield the conditions of application, each with what it means."""
    facts = atlas.facts
    for thing in facts.links(iri, "zn:requirement"):
        type_ = next(iter(facts.links(thing, "zn:requirementType")), thing)
        value = facts.text(thing, "zn:value")
        definition = facts.says(type_, "skos:definition")
        claims = [*facts.find_claims(iri, "zn:requirement", thing), *facts.find_claims(thing, "zn:requirementType")]
        claims += facts.find_claims(thing, "zn:value")
        details = [Link(same(to_number(float(value)) if value.isdecimal() else value))] if value else []
        yield to_row(facts.name(type_), details, claims, details=[Link(definition)] if definition else [])


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


def iter_addresses(atlas: Atlas, iri: str) -> Iterator[Row]:
    """Yield the web pages that are named; only those of the web are links."""
    facts = atlas.facts
    for term in facts.values(iri, "schema:url"):
        word = _to_words(term)
        href = word if word.startswith(("https://", "http://")) else ""
        yield to_row(Name("网址", "Web page"), [Link(same(word), href)], facts.find_claims(iri, "schema:url", term))
