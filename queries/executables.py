"""The catalogue as statements: each question as a SPARQL executable of SHACL, so that a graph says what it can be asked.

In: the question files. Out: quads of the named graph `graph/questions`, in the form in which the public collections of
SPARQL examples (sib-swiss) describe theirs. Prefixes are those that the ontology declares.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ontology.vocabulary import BASE, read_terms
from queries.catalogue import get_query, list_queries

__all__ = ["GRAPH", "to_quads"]

GRAPH = BASE + "graph/questions"


def to_quads() -> Iterator[Quad]:
    """Yield, of each question, class, prefixes, both wordings, keywords and the query itself."""
    term = read_terms().term
    graph, prefixes = NamedNode(GRAPH), NamedNode(BASE + "ontology")
    for heading in list_queries():
        question = NamedNode(f"{BASE}question/{heading.name}")
        said: list[tuple[str, NamedNode | Literal]] = [
            ("rdf:type", NamedNode(term("sh:SPARQLExecutable"))),
            ("rdf:type", NamedNode(term("sh:SPARQLSelectExecutable"))),
            ("rdfs:label", Literal(heading.name)),
            ("rdfs:comment", Literal(heading.summary, language="en")),
            ("rdfs:comment", Literal(heading.question, language="zh")),
            ("sh:prefixes", prefixes),
            ("sh:select", Literal(get_query(heading.name).text)),
            *(("schema:keywords", Literal(tag)) for tag in heading.tags),
        ]
        for predicate, object_ in said:
            yield Quad(question, NamedNode(term(predicate)), object_, graph)
