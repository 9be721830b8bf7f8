"""All graphs of a `graph.trig` as one, in memory: what the shapes are about.

In: the file, as `kg_build.trig` writes it. Out: a store of one graph, each statement once. It is read
as text, because to copy statements from graph to graph would take longer than to ask about them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

from ontology.errors import GraphError

__all__ = ["KEPT", "read_merged"]

KEPT = {"http://www.w3.org/2001/XMLSchema#nonNegativeInteger": "urn:kept:nonNegativeInteger"}
"""Datatypes that the store would take for xsd:integer, and what they are called in it instead."""

_GRAPH = re.compile(rb"^(?:\S+ \{|\})\n", re.MULTILINE)
"""What begins and ends a named graph: alone at the margin. Line ends in literals are escaped."""
_DATATYPE = re.compile(rb'(?<!\\)"\^\^xsd:nonNegativeInteger\b')
"""A quotation mark that is not escaped ends a literal, so this is none's text."""


def read_merged(trig: Path) -> ox.Store:
    """Read a `graph.trig` into a store of one graph; raise GraphError for one that Zhinan did not write."""
    (kept,) = KEPT.values()
    turtle = _DATATYPE.sub(f'"^^<{kept}>'.encode(), _GRAPH.sub(b"", trig.read_bytes()))
    store = ox.Store()
    try:
        store.bulk_load(input=turtle, format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise GraphError(
            f"not as it was written: {str(error)[:120]}", where=str(trig), right="build the graph again"
        ) from error
    return store
