"""The faults of a graph, found by SPARQL: queries made from `ontology/shapes.ttl`, asked of one store.

In: shapes, or a graph folder. Out: fault queries, or findings, the same that `kg_build.shapes.check`
gets from pySHACL and in the same words. One thing is told here that pySHACL may pass over: a number
that is compared with what is none; SHACL calls it a fault. What a shape means is said in `shapes.ttl` alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg_build.constraints import SHACL, Constraint, Shape, read_shapes
from kg_build.findings import Finding
from kg_build.graph import open_graph
from kg_build.merged import KEPT, read_merged
from ontology.errors import TermError
from ontology.vocabulary import FOLDER

__all__ = ["FaultQuery", "find_faults", "to_fault_queries"]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SUBCLASSES = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>*"
_LEXICAL = {
    "integer": r"^[+-]?[0-9]+$",
    "decimal": r"^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)$",
    "boolean": r"^(true|false|0|1)$",
    "nonNegativeInteger": r"^([+]?[0-9]+|-0+)$",
    "string": "",
    "anyURI": "",
}
"""How a value of each datatype that the shapes use is written; "" where it may be any text."""
_LANGUAGE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#langString>"
_NUMERIC = ", ".join(f"<{name}>" for name in (f"{_XSD}integer", f"{_XSD}decimal", *KEPT.values()))
_OPERATORS = {
    "minInclusive": ">=",
    "maxInclusive": "<=",
    "minExclusive": ">",
    "maxExclusive": "<",
    "lessThan": "<",
    "lessThanOrEquals": "<=",
}
_KINDS = {
    "IRI": "ISIRI({0})",
    "Literal": "ISLITERAL({0})",
    "IRIOrLiteral": "!ISBLANK({0})",
}
_ONE, _NONE = (f'"{number}"^^<{_XSD}integer>' for number in (1, 0))
_COUNTS = ("minCount", "maxCount")
_PAIRS = ("lessThan", "lessThanOrEquals")
_EXISTENCE = (("minCount", _ONE), ("maxCount", _NONE))
"""The two demands on how many values there are that may stand inside a rule."""


@dataclass(frozen=True, slots=True)
class FaultQuery:
    """A SELECT of `?focus`, `?components` (their names, parted by blanks) and perhaps `?value`: one row for each fault.

    `path` names what is blamed, "" where that is the thing as a whole.
    """

    shape: Shape
    path: str
    text: str


def find_faults(folder: Path, *, shapes: Path = FOLDER / "shapes.ttl") -> tuple[Finding, ...]:
    """Ask a graph folder every fault query; return a finding for each fault, each once, by subject.

    Facts, claims, concepts and terms are asked as one graph, so that a class stands beside its
    super-class. Raises GraphError for a path that is no graph folder, TermError for shapes of an unknown kind.
    """
    queries = list(to_fault_queries(read_shapes(shapes)))
    store = read_merged(open_graph(folder).trig)
    found = {finding for query in queries for finding in _ask(store, query)}
    return tuple(sorted(found, key=lambda one: (one.subject, one.rule, one.message, one.severity)))


def _ask(store: ox.Store, query: FaultQuery) -> Iterator[Finding]:
    rows = store.query(query.text)
    assert isinstance(rows, ox.QuerySolutions)
    valued = "?value" in map(str, rows.variables)
    for row in rows:
        value = row["value"] if valued else None
        for component in row["components"].value.split():
            said = (*query.shape.messages, "" if value is None else value.value)
            yield Finding(
                severity=query.shape.severity,
                subject=row["focus"].value,
                rule=f"shapes.{query.path or f'{component}ConstraintComponent'}",
                message=" · ".join(part for part in said if part),
            )


def to_fault_queries(shapes: tuple[Shape, ...]) -> Iterator[FaultQuery]:
    """Write, for each target of each shape, the queries that find all that break it.

    Raises TermError for a constraint where it cannot be checked.
    """
    for shape in shapes:
        for target in shape.targets:
            things = f"?focus a/{_SUBCLASSES} {target} ."
            if shape.constraints:
                yield FaultQuery(
                    shape, "", _select("?value", f"{things} BIND(?focus AS ?value)", shape, shape.constraints)
                )
            for part in shape.properties:
                if part.properties:
                    raise _refuse("sh:property", part)
                path = "|".join(step[1:-1].replace("#", "/").rpartition("/")[2] for step in part.path)
                for text in _write_property(part, things):
                    yield FaultQuery(part, path, text)


def _write_property(shape: Shape, things: str) -> Iterator[str]:
    """Write up to one query for how many values there are, one for the values, one for each pair of properties."""
    path = "|".join(shape.path)
    counts = tuple(one for one in shape.constraints if one.name in _COUNTS)
    values = tuple(one for one in shape.constraints if one.name not in (*_COUNTS, *_PAIRS, "uniqueLang"))
    if counts:
        counted = f"SELECT ?focus (COUNT(DISTINCT ?each) AS ?count) {{ {things} OPTIONAL {{ ?focus {path} ?each }} }} GROUP BY ?focus"
        yield _select("", f"{{ {counted} }}", shape, counts)
    if values:
        yield _select("?value", f"{things} ?focus {path} ?value .", shape, values)
    for constraint in shape.constraints:
        if constraint.name in _PAIRS:
            pair = f"{things} ?focus {path} ?value ; {constraint.terms[0]} ?other ."
            yield _select("?value ?other", pair, shape, (constraint,))
        elif constraint.name == "uniqueLang":
            pair = (
                f"{things} ?focus {path} ?one, ?other . FILTER(!SAMETERM(?one, ?other)) BIND(LANG(?one) AS ?language)"
            )
            yield _select("?language", pair, shape, (constraint,))


def _select(columns: str, pattern: str, shape: Shape, constraints: tuple[Constraint, ...]) -> str:
    names = (f'IF({_to_condition(one, "?value", shape)}, "", "{one.component} ")' for one in constraints)
    said = f'BIND(CONCAT({", ".join(names)}) AS ?components) FILTER(?components != "")'
    return f"SELECT DISTINCT ?focus {columns} ?components WHERE {{ {pattern} {said} }} ORDER BY ?focus"


def _to_condition(constraint: Constraint, value: str, shape: Shape) -> str:
    """Write the expression that is true of a value that holds to a constraint, and never an error."""
    name, terms = constraint.name, constraint.terms
    match name:
        case "minCount" | "maxCount":
            return f"?count {'>=' if name == 'minCount' else '<='} {terms[0]}"
        case "lessThan" | "lessThanOrEquals":
            return _compare(value, _OPERATORS[name], "?other")
        case "uniqueLang":
            return 'LCASE(LANG(?one)) != LCASE(LANG(?other)) || LANG(?one) = ""'
        case "minInclusive" | "maxInclusive" | "minExclusive" | "maxExclusive":
            return _compare(value, _OPERATORS[name], terms[0])
        case "class":
            return f"(EXISTS {{ {value} a {terms[0]} }} || EXISTS {{ {value} a/{_SUBCLASSES} {terms[0]} }})"
        case "datatype":
            return _to_datatype(value, terms[0], shape)
        case "nodeKind" if (kind := terms[0][1:-1].removeprefix(SHACL)) in _KINDS:
            return _KINDS[kind].format(value)
        case "minLength" | "maxLength":
            return f"STRLEN(STR({value})) {'>=' if name == 'minLength' else '<='} {terms[0]}"
        case "pattern":
            return f"REGEX(STR({value}), {terms[0]})"
        case "in":
            return f"({' || '.join(f'SAMETERM({value}, {term})' for term in terms)})"
        case "languageIn":
            tags = " || ".join(f"LANGMATCHES(LANG({value}), {term})" for term in terms)
            return f"COALESCE({tags}, false)"
        case "or" | "xone" | "not":
            return _join(name, [_to_conformance(part, value, shape) for part in constraint.shapes])
    raise _refuse(f"sh:{name} {' '.join(terms)}", shape)


def _compare(left: str, operator: str, right: str) -> str:
    """Compare two numbers; those that are too great for the store's own, as their doubles."""
    doubles = f"<{_XSD}double>(STR({left})) {operator} <{_XSD}double>(STR({right}))"
    numeric = f"DATATYPE({left}) IN ({_NUMERIC}) && DATATYPE({right}) IN ({_NUMERIC})"
    return f"COALESCE({left} {operator} {right}, {numeric} && {doubles}, false)"


def _to_datatype(value: str, datatype: str, shape: Shape) -> str:
    if datatype == _LANGUAGE:
        return f'COALESCE(LANG({value}) != "", false)'
    form = _LEXICAL.get(datatype[1:-1].removeprefix(_XSD))
    if form is None:
        raise _refuse(f"sh:datatype {datatype}", shape)
    datatype = f"<{KEPT.get(datatype[1:-1], datatype[1:-1])}>"
    written = f' && REGEX(STR({value}), "{form}")' if form else ""
    return f"COALESCE(DATATYPE({value}) = {datatype}{written}, false)"


def _join(name: str, conformances: list[str]) -> str:
    """Join what parts of a rule demand as sh:or, sh:xone or sh:not does."""
    if name == "not":
        return f"!{conformances[0]}"
    if name == "or":
        return f"({' || '.join(conformances)})"
    return f"({' + '.join(f'IF({one}, 1, 0)' for one in conformances)} = 1)"


def _to_conformance(part: Shape, value: str, shape: Shape) -> str:
    """Write the expression that is true of a value that holds to a shape inside a rule."""
    if not part.path:
        own = [_to_condition(one, value, shape) for one in part.constraints]
        return f"({' && '.join([*own, *(_to_conformance(one, value, shape) for one in part.properties)])})"
    inner, path = f"{value}_", "|".join(part.path)
    demands = []
    for one in part.constraints:
        if (one.name, *one.terms) in _EXISTENCE:
            demands.append(f"{'' if one.name == 'minCount' else '!'}EXISTS {{ {value} {path} {inner} }}")
        elif one.name == "hasValue":
            demands.append(f"EXISTS {{ {value} {path} {one.terms[0]} }}")
        elif one.name in _COUNTS or one.name in _PAIRS or one.name == "uniqueLang" or part.properties:
            raise _refuse(f"sh:{one.name} {' '.join(one.terms)} inside a rule", shape)
        else:
            holds = _to_condition(one, inner, shape)
            demands.append(f"!EXISTS {{ {value} {path} {inner} FILTER(!{holds}) }}")
    return f"({' && '.join(demands)})"


def _refuse(what: str, shape: Shape) -> TermError:
    return TermError(f"{what} is not known to the fault queries", where=shape.name, right="see kg_build/faults.py")
