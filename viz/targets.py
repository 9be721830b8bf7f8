"""The targets of a direction: each indicator with the measures that stand in it, then the measures that stand alone.

In: `Facts` and the IRI of a direction. Out: rows in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from viz.amounts import to_number
from viz.atlas import Link
from viz.facts import Claim, Facts, Name
from viz.pages import Row, same, to_row

__all__ = ["iter_targets"]

_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "", "range": "", "about": "≈"}


def iter_targets(facts: Facts, iri: str) -> Iterator[Row]:
    """Yield a row for each indicator, and one for each measure that lies in none of them."""
    measures = {thing: _claims(facts, iri, "zn:measure", thing) for thing in _ordered(facts, iri, "zn:measure")}
    taken: set[str] = set()
    for thing in _ordered(facts, iri, "zn:indicator"):
        claims = _claims(facts, iri, "zn:indicator", thing)
        inside = [one for one, own in measures.items() if one not in taken and _lies_in(own, claims)]
        taken |= set(inside)
        text = facts.text(thing, "dcterms:description") or facts.name(thing).zh
        said = [*claims, *(claim for one in inside for claim in measures[one])]
        row = to_row(
            facts.term("indicator"), [Link(same(text))], said, details=[_to_link(facts, one) for one in inside]
        )
        yield Row(row.name, row.items, row.claims, row.details, (), row.places[:1])
    for thing, claims in measures.items():
        if thing not in taken:
            yield to_row(facts.term("measure"), [Link(facts.name(thing))], claims, details=[_to_link(facts, thing)])


def _ordered(facts: Facts, iri: str, property_: str) -> list[str]:
    return sorted(facts.links(iri, property_), key=lambda thing: (facts.number(thing, "zn:position") or 0.0, thing))


def _claims(facts: Facts, iri: str, property_: str, thing: str) -> tuple[Claim, ...]:
    own = [claim for name in facts.objects.get(thing, {}) for claim in facts.find_claims(thing, name)]
    return (*facts.find_claims(iri, property_, thing), *own)


def _lies_in(inner: tuple[Claim, ...], outer: tuple[Claim, ...]) -> bool:
    if not inner or not outer:
        return False
    place, whole = inner[0].quote, outer[0].quote
    return place.document == whole.document and whole.start <= place.start and place.end <= whole.end


def _to_link(facts: Facts, measure: str) -> Link:
    """Write a measure in short, such as ≥ 30 %."""
    low, high = facts.number(measure, "zn:quantity"), facts.number(measure, "zn:quantityMax")
    sign = _SIGNS.get(facts.text(measure, "zn:comparator"), "")
    unit = facts.text(measure, "zn:unit")
    span = "" if low is None else to_number(low) + (f"–{to_number(high)}" if high is not None else "")
    text = " ".join(filter(None, (sign, span, unit)))
    return Link(Name(text, text))
