"""The merged facts as a property graph: things with classes, labels and attributes, joined by links with their quotes.

In: holdings. Out: nodes and edges of plain values. A property with several values for one thing has an attribute for
each: `schema_telephone`, `schema_telephone_2`. It refuses to know: the files that such graphs are written in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pyoxigraph as ox

from ontology.vocabulary import BASE, ZN, read_terms
from queries.answers import is_number, shorten, to_text, to_value
from queries.characters import to_plain
from queries.holdings import Holdings
from queries.quotations import Quotation, read_quotations
from queries.rdf_files import list_facts

__all__ = ["Attributes", "Edge", "Node", "PropertyGraph", "Type", "read_property_graph", "type_attributes"]

Plain: TypeAlias = str | int | float | bool
Attributes: TypeAlias = Mapping[str, Plain]
Type: TypeAlias = Literal["string", "long", "double", "boolean"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABELS = ("dcterms:title@zh", "skos:prefLabel@zh", "rdfs:label@zh", "schema:name", "rdfs:label", "skos:notation")
_TYPES: Mapping[type, Type] = {bool: "boolean", int: "long", float: "double", str: "string"}


@dataclass(frozen=True, slots=True)
class Node:
    """A thing: its IRI, the label that is shown, its classes by their short names, its attributes."""

    iri: str
    label: str
    classes: tuple[str, ...]
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two things of the graph, with the words that state it."""

    source: str
    target: str
    property: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes and edges, both in a fixed order; every end of an edge is a node."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def read_property_graph(holdings: Holdings) -> PropertyGraph:
    """Turn the merged facts into a property graph; codes get the names that the schemes give them."""
    values: dict[str, dict[str, list[ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    classes: dict[str, list[str]] = defaultdict(list)
    links: list[tuple[str, str, str]] = []
    for fact in dict.fromkeys((*list_facts(holdings), *_iter_documents(holdings))):
        subject, property_ = _iri(fact.subject), fact.predicate.value
        values[subject]
        if isinstance(fact.object, ox.Literal):
            values[subject][_key(property_, fact.object.language)].append(fact.object)
        elif property_ == _RDF_TYPE:
            classes[subject].append(_name(fact.object.value if isinstance(fact.object, ox.NamedNode) else ""))
        else:
            links.append((subject, property_, _iri(fact.object)))
            values[_iri(fact.object)]
    names = _read_names(holdings)
    nodes = (_to_node(iri, tuple(classes[iri]), values[iri], names.get(iri, {})) for iri in sorted(values))
    return PropertyGraph(tuple(nodes), tuple(_iter_edges(links, read_quotations(holdings.graph))))


def _iter_documents(holdings: Holdings) -> Iterator[ox.Triple]:
    """Yield what each document's graph says of the document itself, and of what read it."""
    store = holdings.graph.store
    for name in sorted(store.named_graphs(), key=str):
        about = sorted((quad.triple for quad in store.quads_for_pattern(name, None, None, name)), key=str)
        if any(_iri(fact.object) == ZN + "Document" for fact in about):
            yield from about
            linked = {fact.object for fact in about if isinstance(fact.object, ox.NamedNode)}
            for node in sorted(linked, key=str):
                found = store.quads_for_pattern(node, None, None, name)
                yield from sorted((quad.triple for quad in found), key=str)


def type_attributes(things: Iterable[Node | Edge]) -> dict[str, Type]:
    """Return each attribute with the one type that holds all its values, in the order of the names."""
    found: dict[str, set[Type]] = defaultdict(set)
    for thing in things:
        for name, value in thing.attributes.items():
            found[name].add(_TYPES[type(value)])
    return {name: _widest(types) for name, types in sorted(found.items())}


def _widest(types: set[Type]) -> Type:
    if len(types) == 1:
        return next(iter(types))
    return "double" if types == {"long", "double"} else "string"


def _to_node(
    iri: str, classes: tuple[str, ...], values: Mapping[str, list[ox.Literal]], names: Mapping[str, str]
) -> Node:
    attributes: dict[str, Plain] = {}
    for key, literals in values.items():
        for count, literal in enumerate(sorted(literals, key=str), start=1):
            name = key.replace(":", "_").replace("@", "_")
            attributes[name if count == 1 else f"{name}_{count}"] = _to_plain(literal)
    stated = next((values[name][0].value for name in _LABELS if values.get(name)), "")
    label = names.get("zh") or stated or shorten(iri)
    told = {f"label_{language}": to_plain(name) for language, name in names.items()}
    return Node(iri, to_plain(label), classes or ("Thing",), {**told, **attributes})


def _to_plain(literal: ox.Literal) -> Plain:
    """Return a value of a type that graph tools have; a whole number too large for theirs stays a text."""
    value = to_value(literal)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        return literal.value
    if is_number(literal) or isinstance(value, bool):
        assert isinstance(value, int | float)
        return value
    return to_plain(literal.value)


def _iter_edges(links: list[tuple[str, str, str]], quotations: Mapping[str, tuple[Quotation, ...]]) -> Iterable[Edge]:
    labels = _read_labels()
    for subject, property_, target in links:
        told: dict[str, Plain] = {"property": _name(property_), **labels.get(property_, {})}
        for one in quotations.get(subject, ()):
            if one.predicate == property_ and to_text(one.value) == shorten(target):
                told |= {"quote": to_plain(one.exact), "sentence": to_plain(one.sentence)}
                told |= {"document": shorten(one.document), "start": one.start, "end": one.end}
                break
        yield Edge(subject, target, _name(property_), told)


def _read_names(holdings: Holdings) -> dict[str, dict[str, str]]:
    """Return the names that the schemes give to concepts, by language."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    label = ox.NamedNode(read_terms().term("skos:prefLabel"))
    found = holdings.graph.store.quads_for_pattern(None, label, None, ox.NamedNode(BASE + "graph/schemes"))
    for quad in sorted(found, key=str):
        if isinstance(quad.object, ox.Literal) and quad.object.language in ("zh", "en"):
            names[_iri(quad.subject)].setdefault(quad.object.language, quad.object.value)
    return names


def _read_labels() -> dict[str, dict[str, Plain]]:
    """Return the labels of properties in the ontology, by language."""
    from ontology.vocabulary import FOLDER

    labels: dict[str, dict[str, Plain]] = defaultdict(dict)
    label = read_terms().term("rdfs:label")
    for quad in ox.parse(path=str(FOLDER / "zhinan.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == label and isinstance(quad.object, ox.Literal) and quad.object.language:
            labels[_iri(quad.subject)][f"label_{quad.object.language}"] = quad.object.value
    return labels


def _key(property_: str, language: str | None) -> str:
    name = _name(property_)
    return f"{name}@{language}" if language else name


def _name(iri: str) -> str:
    """Return a term's name: bare for ours, with its prefix for others."""
    return iri.removeprefix(ZN) if iri.startswith(ZN) else shorten(iri)


def _iri(term: Any) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)
