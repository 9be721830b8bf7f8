"""JSON-LD with our own context: terms instead of IRIs, plain values where a term says the type.

In: the ontology's terms, and holdings. Out: a context, and a document that embeds it, so that no reader has to
fetch anything. What a term's coercion does not fit is written in full, so nothing is lost.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pyoxigraph as ox

from ontology.vocabulary import FOLDER, read_terms
from queries.holdings import Holdings
from queries.rdf_files import list_facts

__all__ = ["read_context", "write_context", "write_jsonld"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE, _RANGE = ox.NamedNode(_RDF + "type"), ox.NamedNode(_RDFS + "range")
_LINKS = (_OWL + "ObjectProperty",)
_CHINESE = ("dcterms:title", "dcterms:description", "rdfs:label", "skos:prefLabel", "zn:scope")
"""Properties whose values are in Chinese unless they say otherwise."""
_UNTYPED = (_XSD + "string", _RDF + "langString")


@cache
def read_context() -> Mapping[str, Any]:
    """Return the context: every prefix, and a term for each class and property that the ontology declares.

    Our own terms go by their bare names, those of others by prefix and name.
    """
    vocabulary = read_terms()
    kinds, ranges = _read_declarations()
    context: dict[str, Any] = {"@version": 1.1, **vocabulary.prefixes}
    for name, iri in vocabulary.terms.items():
        key = name.removeprefix("zn:")
        kind = kinds.get(iri, ())
        if any(one in kind for one in _LINKS) or iri in (_RDFS + "seeAlso", _OWL + "sameAs"):
            context[key] = {"@id": name, "@type": "@id"}
        elif name in _CHINESE:
            context[key] = {"@id": name, "@language": "zh"}
        elif ranges.get(iri, "").startswith(_XSD) and ranges[iri] not in _UNTYPED:
            context[key] = {"@id": name, "@type": "xsd:" + ranges[iri].removeprefix(_XSD)}
        elif name not in ("rdf:type",) and not name.startswith(("xsd:", "owl:")):
            context[key] = {"@id": name}
    return context


def write_context(_: Holdings) -> Iterator[bytes]:
    """Yield the context alone, for documents that refer to it."""
    yield (json.dumps({"@context": read_context()}, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def write_jsonld(holdings: Holdings) -> Iterator[bytes]:
    """Yield the merged facts, an object on a line for each subject."""
    names = _name_terms()
    yield ('{"@context": ' + json.dumps(read_context(), ensure_ascii=False) + ',\n"@graph": [').encode("utf-8")
    subject, node = None, dict[str, Any]()
    before = "\n"
    for fact in [*list_facts(holdings), None]:
        if fact is None or fact.subject != subject:
            if node:
                yield (before + json.dumps(node, ensure_ascii=False)).encode("utf-8")
                before = ",\n"
            if fact is None:
                break
            subject, node = fact.subject, {"@id": _identify(fact.subject)}
        _add(node, fact, names)
    yield b"\n]}\n"


def _add(node: dict[str, Any], fact: ox.Triple, names: Mapping[str, str]) -> None:
    if fact.predicate == _TYPE and isinstance(fact.object, ox.NamedNode):
        key, value = "@type", names.get(fact.object.value, fact.object.value)
    else:
        key = names.get(fact.predicate.value, fact.predicate.value)
        value = _to_value(fact.object, read_context().get(key, {}))
    node.setdefault(key, []).append(value)


def _to_value(term: Any, rule: Mapping[str, str]) -> Any:
    """Return a plain value where the term's own rule gives it back, else one that says everything."""
    if not isinstance(term, ox.Literal):
        return _identify(term) if rule.get("@type") == "@id" else {"@id": _identify(term)}
    if term.language:
        return (
            term.value if rule.get("@language") == term.language else {"@value": term.value, "@language": term.language}
        )
    type_ = term.datatype.value
    if type_ == _XSD + "string":
        return term.value if set(rule) == {"@id"} else {"@value": term.value}
    short = "xsd:" + type_.removeprefix(_XSD) if type_.startswith(_XSD) else type_
    if rule.get("@type") == short:
        return _to_number(term) if type_ == _XSD + "integer" else term.value
    return {"@value": term.value, "@type": short}


def _to_number(term: ox.Literal) -> int | str:
    """Return a whole number as JSON has it, where that is written the same way and any reader holds it."""
    plain = term.value.lstrip("-").isdecimal() and str(int(term.value)) == term.value
    return int(term.value) if plain and abs(int(term.value)) < 2**53 else term.value


def _identify(term: Any) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _name_terms() -> dict[str, str]:
    """Return the key of each term that the context defines, by its IRI."""
    terms = read_terms().terms
    return {terms[name]: key for key in read_context() if (name := key if ":" in key else "zn:" + key) in terms}


def _read_declarations() -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return, from the ontology, the classes of each term and the range of each property that has one."""
    kinds: dict[str, list[str]] = {}
    ranges: dict[str, str] = {}
    for quad in ox.parse(path=str(FOLDER / "zhinan.ttl"), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            if quad.predicate == _TYPE:
                kinds.setdefault(quad.subject.value, []).append(quad.object.value)
            elif quad.predicate == _RANGE:
                ranges[quad.subject.value] = quad.object.value
    return kinds, ranges
