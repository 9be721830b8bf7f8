"""What a graph answers: rows, triples, or yes and no.

In: RDF terms as pyoxigraph gives them. Out: values that never change, and the two plain forms of a term, text for
people and a Python value for files. Rows become a frame of pandas or polars, and a table in a notebook.
This module knows neither queries nor stores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.namespaces import BASE, ZN

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["Answer", "Solutions", "Term", "Triples", "shorten", "to_solutions", "to_text", "to_value"]

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Value: TypeAlias = str | int | float | bool | None

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset(_XSD + name for name in ("integer", "nonNegativeInteger", "int", "long"))
_REALS = frozenset(_XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to SELECT: a row holds one term for each column, None where the graph says nothing.

    For Python its cells are plain values: numbers as numbers, a node by its short name (`call/001`), which every
    question takes back, None where the graph says nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    cut: bool = False
    """Whether there are more rows than these, which a limit kept back."""

    def to_dicts(self) -> list[dict[str, Value]]:
        """Return each row as a dictionary from column to value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self._iter_values()]

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas frame; raise QueryError where pandas is not installed."""
        from queries.frames import to_pandas

        return to_pandas(self.columns, list(self._iter_values()))

    def to_polars(self) -> pl.DataFrame:
        """Return a polars frame; raise QueryError where polars is not installed."""
        from queries.frames import to_polars

        return to_polars(self.columns, list(self._iter_values()))

    def _iter_values(self) -> Iterator[list[Value]]:
        for row in self.rows:
            yield [to_text(term) if isinstance(term, NamedNode) else to_value(term) for term in row]

    def _repr_html_(self) -> str:
        from queries.frames import to_html

        numeric = [
            all(row[place] is None or is_number(row[place]) for row in self.rows) for place in range(len(self.columns))
        ]
        return to_html(self.columns, [[to_text(term) for term in row] for row in self.rows], numeric, cut=self.cut)

    def __str__(self) -> str:
        from queries.tables import to_table

        return to_table(self).rstrip("\n")


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to CONSTRUCT: each triple once, sorted; `cut` where a limit kept some back."""

    triples: tuple[Triple, ...]
    cut: bool = False


Answer: TypeAlias = Solutions | Triples | bool


def to_solutions(answer: Answer) -> Solutions:
    """Return any answer as rows: triples in three columns, yes or no in one cell."""
    if isinstance(answer, Solutions):
        return answer
    if isinstance(answer, Triples):
        rows = tuple((triple.subject, triple.predicate, triple.object) for triple in answer.triples)
        return Solutions(("subject", "predicate", "object"), rows, answer.cut)
    return Solutions(("answer",), ((Literal(answer),),))


def shorten(iri: str) -> str:
    """Return the short name of an IRI: a path below our base, or prefix:name, else the IRI itself.

    >>> shorten("https://w3id.org/zhinan/call/001/direction/1.3")
    'call/001/direction/1.3'
    >>> shorten("https://w3id.org/zhinan/ontology#partner")
    'zn:partner'
    """
    if iri.startswith(BASE) and not iri.startswith(ZN):
        return iri.removeprefix(BASE)
    from ontology.vocabulary import read_terms  # reads a file: few answers have such a name

    for prefix, namespace in read_terms().prefixes.items():
        name = iri.removeprefix(namespace)
        if name != iri and name and not set("/#") & set(name):
            return f"{prefix}:{name}"
    return iri


def to_text(term: Term | None) -> str:
    """Return what a person reads: a literal's words, a short name for an IRI, nothing for None."""
    match term:
        case None:
            return ""
        case Literal():
            return term.value
        case NamedNode():
            return shorten(term.value)
        case _:
            return str(term)


def to_value(term: Term | None) -> Value:
    """Return the Python value of a literal, the full IRI of a node, None for None."""
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else None if term is None else str(term)
    if is_number(term):
        return int(term.value) if term.datatype.value in _INTEGERS else float(term.value)
    if term.datatype.value == _XSD + "boolean":
        return term.value in ("true", "1")
    return term.value


def is_number(term: Term | None) -> bool:
    """Say whether a term is a literal of a numeric type."""
    return isinstance(term, Literal) and term.datatype.value in _INTEGERS | _REALS
