"""Does a graph hold to its shapes? The reference's answer.

In: a graph folder and `ontology/shapes.ttl`. Out: findings, none where the graph is sound; what
`kg_build.faults` finds has to be the same. This is the only module that knows rdflib and pySHACL;
import it where it is used, it takes half a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import rdflib
from pyshacl import validate
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node

from kg_build.findings import Finding, Severity
from kg_build.graph import open_graph
from ontology.errors import TermError
from ontology.vocabulary import FOLDER

__all__ = ["check"]

_SEVERITIES: dict[Node | None, Severity] = {SH.Violation: "error", SH.Warning: "warning", SH.Info: "info"}


def check(folder: Path, *, shapes: Path = FOLDER / "shapes.ttl") -> tuple[Finding, ...]:
    """Validate all that a graph folder says; return a finding for each result, each once, by subject.

    Facts, claims, concepts and terms are validated as one graph, so that a class stands beside its
    super-class. Raises GraphError for a path that is no graph folder, TermError for broken shapes.
    """
    data = _read_data(open_graph(folder).trig)
    _, results, _ = validate(data, shacl_graph=_read_shapes(shapes), inference="none")
    if not isinstance(results, rdflib.Graph):
        raise TermError(f"the shapes cannot be used: {results}", where=str(shapes), right="valid SHACL")
    found = set(_iter_findings(results))
    return tuple(sorted(found, key=lambda one: (one.subject, one.rule, one.message, one.severity)))


def _read_shapes(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (OSError, SyntaxError) as error:
        raise TermError(f"the shapes cannot be read: {error}", where=str(path), right="a Turtle file") from error


def _read_data(trig: Path) -> rdflib.Graph:
    """Read TriG into one rdflib graph; pyoxigraph parses, which is an order of magnitude faster."""
    graph = rdflib.Graph()
    to_term = _make_converter()
    for quad in ox.parse(path=str(trig), format=ox.RdfFormat.TRIG):
        graph.add((to_term(quad.subject), to_term(quad.predicate), to_term(quad.object)))
    return graph


def _make_converter() -> Callable[[object], Node]:
    """Return a function from pyoxigraph terms to rdflib terms; each term is made once."""

    @cache
    def to_term(term: object) -> Node:
        if isinstance(term, ox.NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, ox.Literal):
            if term.language is not None:
                return rdflib.Literal(term.value, lang=term.language)
            if term.datatype.value == str(XSD.string):
                return rdflib.Literal(term.value)  # to rdflib, a typed string is another literal
            return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
        raise TermError("neither an IRI nor a literal", where=str(term), right="no blank node in a graph")

    return to_term


def _iter_findings(results: rdflib.Graph) -> Iterator[Finding]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        path, value = results.value(result, SH.resultPath), results.value(result, SH.value)
        component = results.value(result, SH.sourceConstraintComponent)
        texts = {
            text.language or "": str(text)
            for text in results.objects(result, SH.resultMessage)
            if isinstance(text, rdflib.Literal)
        }
        parts = (texts.pop("zh", ""), texts.pop("en", ""), *texts.values(), "" if value is None else str(value))
        yield Finding(
            severity=_SEVERITIES.get(results.value(result, SH.resultSeverity), "error"),
            subject=str(results.value(result, SH.focusNode)),
            rule=f"shapes.{_name(results, path) or _last(component)}",
            message=" · ".join(part for part in parts if part),
        )


def _name(results: rdflib.Graph, path: Node | None) -> str:
    """Name a path by its property, or by each of those it chooses from; "" where there is none."""
    choice = None if path is None else results.value(path, SH.alternativePath)
    steps = [path] if choice is None else list(results.items(choice))
    return "|".join(_last(step) for step in steps if step is not None)


def _last(iri: Node | None) -> str:
    return str(iri).replace("#", "/").rpartition("/")[2]
