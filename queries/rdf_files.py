"""A graph in the syntaxes of RDF: the merged facts in four of them, every graph in two.

In: holdings. Out: bytes that parse back to the same graph, sorted, so that the same graph is the same file.
RDF/XML alone cannot carry every character; those it cannot are U+FFFD there.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

import ontology.vocabulary
from queries.characters import to_plain
from queries.holdings import Holdings

__all__ = ["list_facts", "write_nquads", "write_ntriples", "write_rdfxml", "write_trig", "write_turtle"]

_LINES_AT_ONCE = 4096


def list_facts(holdings: Holdings) -> list[ox.Triple]:
    """Return the merged facts, the default graph, sorted by subject, predicate and object."""
    quads = holdings.graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return sorted((quad.triple for quad in quads), key=_triple_key)


def write_turtle(holdings: Holdings) -> Iterator[bytes]:
    """Yield the merged facts as Turtle with the prefixes of the ontology."""
    yield _serialize(list_facts(holdings), ox.RdfFormat.TURTLE)


def write_ntriples(holdings: Holdings) -> Iterator[bytes]:
    """Yield the merged facts, a line each."""
    yield _serialize(list_facts(holdings), ox.RdfFormat.N_TRIPLES)


def write_rdfxml(holdings: Holdings) -> Iterator[bytes]:
    """Yield the merged facts as RDF/XML; a carriage return is an escape, as XML reads a bare one as a line feed."""
    facts = [
        ox.Triple(fact.subject, fact.predicate, _to_xml(fact.object)) if isinstance(fact.object, ox.Literal) else fact
        for fact in list_facts(holdings)
    ]
    yield _serialize(facts, ox.RdfFormat.RDF_XML).replace(b"\r", b"&#13;")


def write_trig(holdings: Holdings) -> Iterator[bytes]:
    """Yield every graph as TriG, the merged facts first."""
    quads = sorted(holdings.graph.store, key=_quad_key)
    yield _serialize(quads, ox.RdfFormat.TRIG)


def write_nquads(holdings: Holdings) -> Iterator[bytes]:
    """Yield every statement of every graph, a line each, in the order of the lines."""
    lines = sorted(f"{quad} .\n" for quad in holdings.graph.store)
    for start in range(0, len(lines), _LINES_AT_ONCE):
        yield "".join(lines[start : start + _LINES_AT_ONCE]).encode("utf-8")


def _serialize(statements: list[ox.Triple] | list[ox.Quad], format_: ox.RdfFormat) -> bytes:
    data = ox.serialize(statements, format=format_, prefixes=dict(ontology.vocabulary.PREFIXES))
    assert data is not None
    return data


def _triple_key(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _quad_key(quad: ox.Quad) -> tuple[str, str, str, str]:
    name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
    return name, *_triple_key(quad.triple)


def _to_xml(literal: ox.Literal) -> ox.Literal:
    text = to_plain(literal.value)
    if text == literal.value:
        return literal
    return (
        ox.Literal(text, language=literal.language) if literal.language else ox.Literal(text, datatype=literal.datatype)
    )
