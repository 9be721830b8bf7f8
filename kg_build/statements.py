"""Statements as N-Quads terms: how a value is written so that every RDF parser reads it back.

In: IRIs, strings, numbers. Out: terms, statements and lines of N-Quads. Text is several times
faster to write than objects of an RDF library, and sorts as it stands. This module does not know
what any statement means.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

__all__ = [
    "Statement",
    "from_line",
    "to_boolean",
    "to_decimal",
    "to_integer",
    "to_iri",
    "to_line",
    "to_string",
    "to_typed",
]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = str.maketrans(
    {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
    | {ord(mark): f"\\{name}" for mark, name in zip('\\"\n\r\t\b\f', '\\"nrtbf', strict=True)}
)


class Statement(NamedTuple):
    """Four N-Quads terms; the default graph is "". Sorts by graph, subject, predicate, object."""

    graph: str
    subject: str
    predicate: str
    object: str


def to_iri(iri: str) -> str:
    """Write an absolute IRI as a term."""
    return f"<{iri}>"


def to_string(text: str, language: str = "") -> str:
    r"""Write a literal, with a language tag where one is given.

    >>> to_string("中国\\n“以色列”", "zh")
    '"中国\\\\n“以色列”"@zh'
    """
    if not text.isprintable() or '"' in text or "\\" in text:
        text = text.translate(_ESCAPES)
    return f'"{text}"@{language}' if language else f'"{text}"'


def to_typed(text: str, datatype: str) -> str:
    """Write a literal of an XSD datatype, named without its namespace."""
    return f'"{text.translate(_ESCAPES)}"^^<{_XSD}{datatype}>'


def to_integer(number: int) -> str:
    """Write an xsd:integer."""
    return to_typed(str(number), "integer")


@lru_cache(maxsize=4096)
def to_decimal(number: float) -> str:
    """Write an xsd:decimal in canonical form: no exponent, no trailing zeros, whole numbers bare.

    >>> to_decimal(0.50), to_decimal(1e-7), to_decimal(3000.0)[:7]
    ('"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"0.0000001"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"3000"^')
    """
    text = format(Decimal(repr(number)), "f")
    return to_typed(text.rstrip("0").rstrip(".") if "." in text else text, "decimal")


def to_boolean(truth: bool) -> str:
    """Write an xsd:boolean."""
    return to_typed("true" if truth else "false", "boolean")


def from_line(line: bytes) -> Statement:
    """Read a line of the default graph back, as `to_line` wrote it but for its line end.

    >>> from_line('<s:1> <p:1> "中国 新西兰"@zh .'.encode()).object
    '"中国 新西兰"@zh'
    """
    subject, predicate, rest = line.decode().split(" ", 2)
    return Statement("", subject, predicate, rest[:-2])


def to_line(statement: Statement) -> str:
    """Write a statement as one line of N-Quads, with its line end."""
    graph, subject, predicate, object_ = statement
    return f"{subject} {predicate} {object_} {graph} .\n" if graph else f"{subject} {predicate} {object_} .\n"
