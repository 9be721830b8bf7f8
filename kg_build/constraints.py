"""What `ontology/shapes.ttl` demands, as values: shapes and their constraints.

In: a Turtle file of SHACL. Out: one `Shape` for each that has a target. Only the parameters that the
project's shapes use are known; any other is an error here, so that no constraint is ever passed over.
This module does not know how a constraint is checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg_build.findings import Severity
from ontology.errors import TermError

__all__ = ["SHACL", "Constraint", "Shape", "read_shapes"]

SHACL = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_BOUNDS = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "minLength", "maxLength")
_PAIRS = ("lessThan", "lessThanOrEquals")
_TERMS = frozenset(
    ("class", "datatype", "nodeKind", "minCount", "maxCount", "pattern", "uniqueLang", "hasValue", *_BOUNDS, *_PAIRS)
)
"""Parameters whose value is one term."""
_LISTS = frozenset(["in", "languageIn"])
_SHAPES = frozenset(["not"])
_SHAPE_LISTS = frozenset(["or", "xone"])
_SAID = frozenset(
    [_RDF + "type", *(SHACL + name for name in ("targetClass", "path", "property", "message", "severity"))]
)
"""What is said of a shape beside its constraints."""
_SEVERITIES: dict[str, Severity] = {"Violation": "error", "Warning": "warning", "Info": "info"}

Node = ox.NamedNode | ox.BlankNode | ox.Literal
_Facts = Mapping[Node, Mapping[str, list[Node]]]


@dataclass(frozen=True, slots=True)
class Constraint:
    """One demand on a value: a parameter of SHACL by its local name, with terms as SPARQL writes them, or shapes."""

    name: str
    terms: tuple[str, ...] = ()
    shapes: tuple[Shape, ...] = ()

    @property
    def component(self) -> str:
        """Return what SHACL calls the component: MinCount for minCount."""
        return self.name[0].upper() + self.name[1:]


@dataclass(frozen=True, slots=True)
class Shape:
    """Constraints on things, or on their values of a path.

    `path` holds alternatives, and is empty for a node shape. `targets` are classes; a shape without
    any is part of another. `messages` are in Chinese, English, any other language.
    """

    name: str
    targets: tuple[str, ...]
    path: tuple[str, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple[Shape, ...]
    messages: tuple[str, ...]
    severity: Severity


def read_shapes(path: Path) -> tuple[Shape, ...]:
    """Return every shape that has a target class, in the order of the file.

    Raises TermError for a file that is no Turtle, and for whatever of SHACL is not known here.
    """
    facts: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            assert not isinstance(quad.subject, ox.Triple)
            assert not isinstance(quad.object, ox.Triple)
            facts[quad.subject][quad.predicate.value].append(quad.object)
    except (OSError, SyntaxError) as error:
        raise TermError(f"the shapes cannot be read: {error}", where=str(path), right="a Turtle file") from error
    reader = _Reader({node: dict(about) for node, about in facts.items()}, path.name)
    return tuple(reader.read(node) for node, about in facts.items() if SHACL + "targetClass" in about)


@dataclass(frozen=True, slots=True)
class _Reader:
    facts: _Facts
    file: str

    def read(self, node: Node, inside: str = "") -> Shape:
        """Return a shape; `inside` is the name of the one that it is part of."""
        about = self.facts.get(node, {})
        name = node.value.rpartition("#")[2] if isinstance(node, ox.NamedNode) else inside
        severity = next((found.value for found in about.get(SHACL + "severity", [])), SHACL + "Violation")
        return Shape(
            name=name,
            targets=tuple(map(str, about.get(SHACL + "targetClass", []))),
            path=self._path(about, name),
            constraints=tuple(self._constraints(about, name)),
            properties=tuple(self.read(part, name) for part in about.get(SHACL + "property", [])),
            messages=_to_messages(about.get(SHACL + "message", [])),
            severity=_SEVERITIES[severity.removeprefix(SHACL)],
        )

    def _path(self, about: Mapping[str, list[Node]], shape: str) -> tuple[str, ...]:
        paths = about.get(SHACL + "path", [])
        if not paths:
            return ()
        alternatives = self.facts.get(paths[0], {}).get(SHACL + "alternativePath")
        found = tuple(paths if alternatives is None else self._list(alternatives[0]))
        if not all(isinstance(step, ox.NamedNode) for step in found):
            raise self._error("a path that is neither a property nor a choice of properties", shape)
        return tuple(map(str, found))

    def _constraints(self, about: Mapping[str, list[Node]], shape: str) -> Iterator[Constraint]:
        for predicate, values in about.items():
            name = predicate.removeprefix(SHACL)
            for value in values if predicate not in _SAID else ():
                if name in _TERMS:
                    yield Constraint(name, terms=(str(value),))
                elif name in _LISTS:
                    yield Constraint(name, terms=tuple(map(str, self._list(value))))
                elif name in _SHAPES:
                    yield Constraint(name, shapes=(self.read(value, shape),))
                elif name in _SHAPE_LISTS:
                    yield Constraint(name, shapes=tuple(self.read(part, shape) for part in self._list(value)))
                else:
                    raise self._error(f"sh:{name} is not known to the fault queries", shape)

    def _list(self, node: Node) -> Iterator[Node]:
        while node in self.facts:
            yield self.facts[node][_RDF + "first"][0]
            node = self.facts[node][_RDF + "rest"][0]

    def _error(self, what: str, shape: str) -> TermError:
        known = " ".join(sorted(_TERMS | _LISTS | _SHAPES | _SHAPE_LISTS))
        return TermError(what, where=f"{self.file}: {shape}", right=f"one of {known}")


def _to_messages(found: list[Node]) -> tuple[str, ...]:
    by_language = {said.language or "": said.value for said in found if isinstance(said, ox.Literal)}
    first = (by_language.pop("zh", ""), by_language.pop("en", ""))
    return tuple(text for text in (*first, *by_language.values()) if text)
