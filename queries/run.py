"""Ask a question: check the parameters, write them into their slots, put the query to the graph.

In: a graph, a query and plain values. Out: an `Answer`. The same call serves a folder and an endpoint.
It refuses to know: where queries come from, and how an answer is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pyoxigraph import Literal, NamedNode

from ontology.errors import QueryError, TermError
from ontology.namespaces import BASE
from queries.answers import Answer, Solutions, to_text
from queries.catalogue import Query
from queries.graphs import Graph
from queries.names import nearest
from queries.params import ANY, Param, slot
from queries.subjects import get_subject, select

__all__ = ["ask", "ask_first", "to_term"]

_SCHEMES = f"<{BASE}graph/schemes>"
_CODES = {
    "partner": ("partners", "zn:partner|zn:partnerMember"),
    "group": ("partners", "zn:partner"),
    "field": ("fields", "zn:field"),
    "requirement": ("requirements", "zn:requirementType"),
    "agency": ("agencies", "zn:agency"),
    "stage": ("stages", "zn:stage"),
    "type": ("research-types", "zn:researchType"),
}
"""Parameter of type code → the scheme that lists its concepts, and the facts that use concepts outside of it."""


def ask(graph: Graph, query: Query, /, **params: str | int | float | None) -> Answer:
    """Answer a query; a parameter that is left out has its default, and one that is None does not filter.

    Raise QueryError for an unknown parameter, a value of the wrong type, a code that nothing has, and for
    a parameter that must be given and is not.
    """
    return ask_first(graph, query, None, **params)


def ask_first(graph: Graph, query: Query, rows: int | None, /, **params: str | int | float | None) -> Answer:
    """Answer a query like `ask` with the first so many rows; the answer says when there are more."""
    known = {param.name: param for param in query.params}
    for name in params:
        if name not in known:
            right = nearest(name, known) if known else "no parameter"
            raise QueryError(f"{query.name} takes no parameter {name}", where=query.name, right=right)
    text = query.text
    for param in query.params:
        value = params.get(param.name, param.default)
        if value is None or (param.default is not None and value == ANY):
            if param.example is not None:
                right = f"{param.name} {param.example}, for one"
                raise QueryError(f"{query.name} needs a {param.name}", where=query.name, right=right)
            continue
        text = _fill(text, param, to_term(graph, param, value))
    answer = graph.query(text, row_limit=rows)
    return _shown(answer, query.columns) if isinstance(answer, Solutions) else answer


def to_term(graph: Graph, param: Param, value: str | int | float) -> NamedNode | Literal:
    """Return the term that a parameter's value stands for, checked against its type and the graph."""
    word = str(value).strip()
    if not word:
        raise QueryError(f"parameter {param.name} is empty", where=param.name, right=f"a {param.type}")
    match param.type:
        case "year" | "integer" | "number":
            return _to_number(param, word)
        case "text":
            return Literal(word)
        case "choice":
            return _to_choice(param, word)
        case "property":
            return _to_property(param, word)
        case "call":
            return _to_call(graph, word)
        case "subject":
            return NamedNode(get_subject(graph, word).iri)
        case "code":
            return _to_concept(graph, param, word)


def _fill(text: str, param: Param, term: NamedNode | Literal) -> str:
    """Write a term, in the syntax of N-Triples, into every slot of a parameter."""
    filled = f"VALUES ?{param.name} {{ {term} }}"
    return slot(param.name).sub(lambda _: filled, text)


def _shown(answer: Solutions, columns: tuple[str, ...]) -> Solutions:
    if answer.columns == columns:
        return answer
    places = [answer.columns.index(column) for column in columns]
    return Solutions(columns, tuple(tuple(row[place] for place in places) for row in answer.rows), answer.cut)


_NUMBERS = {
    "year": (r"\d{4}", "integer", "a year such as 2021"),
    "integer": (r"[+-]?\d+", "integer", "a whole number"),
    "number": (r"[+-]?\d+(\.\d+)?", "decimal", "a number such as 0.5"),
}
"""Type of parameter → how it is written, the type of its literal, what is right."""


def _to_number(param: Param, word: str) -> Literal:
    pattern, type_, right = _NUMBERS[param.type]
    if not re.fullmatch(pattern, word, re.ASCII):
        raise QueryError(f"{word} is no {param.type}", where=param.name, right=right)
    return Literal(word.removeprefix("+"), datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{type_}"))


def _to_choice(param: Param, word: str) -> Literal:
    if word not in param.choices:
        raise QueryError(f"{word} is no {param.name}", where=param.name, right=f"one of {' '.join(param.choices)}")
    return Literal(word)


def _to_property(param: Param, word: str) -> NamedNode:
    from ontology.vocabulary import read_terms

    try:
        return NamedNode(read_terms().term(word if ":" in word else f"zn:{word}"))
    except TermError as error:
        raise QueryError(error.what, where=param.name, right=error.right) from error


def _to_call(graph: Graph, word: str) -> NamedNode:
    calls = [to_text(node) for (node,) in select(graph, "SELECT ?call WHERE { ?call a zn:Call } ORDER BY ?call").rows]
    ids = {call.rpartition("/")[2]: call for call in calls}
    chosen = word.removeprefix(BASE).removeprefix("call/")
    if chosen not in ids:
        raise QueryError(f"there is no call {word}", where="the graph", right=nearest(chosen, ids))
    return NamedNode(BASE + ids[chosen])


def _to_concept(graph: Graph, param: Param, word: str) -> NamedNode:
    """Return the concept with this code, else the one with this name in any language."""
    scheme, uses = _CODES.get(param.name, (param.name + "s", f"zn:{param.name}"))
    listed = f"GRAPH {_SCHEMES} {{ ?concept skos:inScheme <{BASE}scheme/{scheme}> ; skos:notation ?code }}"
    minted = f"?any {uses} ?concept . ?concept skos:notation ?code"
    exact = f"VALUES ?code {{ {Literal(word)} }}"
    found = select(graph, f"SELECT DISTINCT ?concept WHERE {{ {exact} {{ {listed} }} UNION {{ {minted} }} }}").rows
    if not found:
        names = _names(graph, listed, minted)
        same = {node for name, nodes in names.items() if name.casefold() == word.casefold() for node in nodes}
        found = tuple((node,) for node in sorted(same, key=str))
        if not found:
            raise QueryError(f"{word} is no {param.name}", where=f"scheme {scheme}", right=nearest(word, names))
    if len(found) > 1:
        right = " or ".join(to_text(node) for (node,) in found)
        raise QueryError(f"{word} names several of {scheme}", where=f"scheme {scheme}", right=right)
    node = found[0][0]
    assert isinstance(node, NamedNode)
    return node


def _names(graph: Graph, listed: str, minted: str) -> Mapping[str, set[NamedNode]]:
    """Return every code and name of a scheme's concepts, codes first."""
    labels = f"GRAPH {_SCHEMES} {{ ?concept skos:prefLabel|skos:altLabel|skos:hiddenLabel ?label }}"
    rows = select(
        graph,
        f"""SELECT DISTINCT ?concept ?code ?label WHERE {{
              {{ {listed} OPTIONAL {{ {labels} }} }} UNION {{ {minted} OPTIONAL {{ ?concept rdfs:label ?label }} }}
            }} ORDER BY ?code ?label""",
    ).rows
    names: dict[str, set[NamedNode]] = {}
    for node, *words in rows:
        for word in words:
            if isinstance(node, NamedNode) and word is not None:
                names.setdefault(to_text(word), set()).add(node)
    return names
