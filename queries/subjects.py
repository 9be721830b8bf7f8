"""What a word names in the graph: an IRI, a call, a direction, a code or a name.

In: a word as a person types it (`001/1.3`, `1.3`, `IL`, `以色列`, an IRI). Out: the nodes it names.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology.errors import QueryError
from ontology.namespaces import BASE
from queries.answers import Solutions, Term, shorten, to_text
from queries.graphs import Graph
from queries.names import nearest

__all__ = ["Subject", "find_subjects", "get_subject", "select", "to_iri"]

_PREFIXES = """
PREFIX zn: <https://w3id.org/zhinan/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX schema: <https://schema.org/>
"""
_SCHEMES = f"<{BASE}graph/schemes>"
_LABEL = "dcterms:title|rdfs:label|skos:prefLabel|schema:name"
_ANY_LABEL = _LABEL + "|skos:altLabel|skos:hiddenLabel|skos:notation"


@dataclass(frozen=True, slots=True)
class Subject:
    """A node and the name that a list shows for it."""

    iri: str
    label: str

    @property
    def line(self) -> str:
        """Return short IRI and label as one line."""
        return f"{shorten(self.iri)}  {self.label}".rstrip()


def select(graph: Graph, text: str) -> Solutions:
    """Ask a SELECT query whose prefixes are ours."""
    answer = graph.query(_PREFIXES + text)
    if not isinstance(answer, Solutions):
        raise QueryError("a SELECT query got no rows", right="results of a SELECT query")
    return answer


def find_subjects(graph: Graph, word: str) -> tuple[Subject, ...]:
    """Return what the word names, in the order of the IRIs; the first way of naming that hits anything decides.

    The ways: IRI, call, `call/number`, printed number and code of what the graph is about, all at once, for the same
    word may be several of them; a code that only a scheme has; a name in the graph; a name in a scheme.
    """
    word = word.strip()
    text = Literal(word)
    said = (
        f"{{ {_to_iris(word)} }} UNION {{ ?node zn:number {text} }} "
        f"UNION {{ ?node skos:notation {text} . FILTER EXISTS {{ ?user ?uses ?node }} }}"
    )
    for pattern in (
        said,
        f"GRAPH {_SCHEMES} {{ ?node skos:notation {text} }}",
        f"?node schema:email|{_LABEL}|skos:altLabel ?name . FILTER(STR(?name) = {text})",
        f"GRAPH {_SCHEMES} {{ ?node {_ANY_LABEL} ?name . FILTER(LCASE(STR(?name)) = LCASE({text})) }}",
    ):
        if found := _find(graph, pattern):
            return found
    return ()


def get_subject(graph: Graph, word: str) -> Subject:
    """Return the one thing that the word names; raise QueryError for none and for several."""
    found = find_subjects(graph, word)
    if len(found) == 1:
        return found[0]
    if found:
        names = " or ".join(shorten(subject.iri) for subject in found[:6])
        raise QueryError(f"{word} names {len(found)} things", where="the graph", right=names)
    known = _known(graph) + (_coded(graph) if "/" in word else [])
    raise QueryError(f"nothing is called {word}", where="the graph", right=nearest(word, known))


def _to_iris(word: str) -> str:
    """Return a pattern for the IRIs that the word may stand for; IRI() refuses what can be none."""
    call, _, number = word.partition("/")
    short = [BASE + word, f"{BASE}call/{call}" + (f"/direction/{number}" if number else "")]
    names = " ".join(str(Literal(iri)) for iri in ([word] if "://" in word else short))
    return (
        f"VALUES ?word {{ {names} }} BIND(IRI(?word) AS ?node) "
        f"FILTER(ISIRI(?node) && (EXISTS {{ ?node ?p ?o }} || EXISTS {{ GRAPH {_SCHEMES} {{ ?node ?p ?o }} }}))"
    )


def _find(graph: Graph, pattern: str) -> tuple[Subject, ...]:
    found = select(
        graph,
        f"""SELECT ?node (MIN(STR(?label)) AS ?shown) WHERE {{
              {{ SELECT DISTINCT ?node WHERE {{ {pattern} }} }}
              OPTIONAL {{ ?node {_LABEL} ?own }}
              OPTIONAL {{ GRAPH {_SCHEMES} {{ ?node skos:prefLabel ?scheme . FILTER(LANG(?scheme) = "zh") }} }}
              BIND(COALESCE(?scheme, ?own) AS ?label)
            }} GROUP BY ?node ORDER BY ?node""",
    )
    return tuple(Subject(to_iri(node), to_text(label)) for node, label in found.rows)


def to_iri(term: Term | None) -> str:
    """Return the full IRI of a node; blank nodes do not occur in our graphs."""
    return term.value if isinstance(term, NamedNode) else to_text(term)


def _coded(graph: Graph) -> list[str]:
    """Return what has a code as its IRI says it, without the base: `country/IL`."""
    rows = select(
        graph,
        f"""SELECT DISTINCT ?name WHERE {{
              {{ ?node skos:notation ?code }} UNION {{ GRAPH {_SCHEMES} {{ ?node skos:notation ?code }} }}
              FILTER(STRSTARTS(STR(?node), "{BASE}"))
              BIND(STRAFTER(STR(?node), "{BASE}") AS ?name)
            }} ORDER BY ?name""",
    ).rows
    return [to_text(name) for (name,) in rows]


def _known(graph: Graph) -> list[str]:
    """Return what can be asked for by code or number."""
    rows = select(
        graph,
        f"""SELECT DISTINCT ?name WHERE {{
              {{ GRAPH {_SCHEMES} {{ ?node skos:notation|skos:prefLabel ?name }} }}
              UNION {{ ?call zn:direction/zn:number ?number .
                       BIND(CONCAT(REPLACE(STR(?call), "^.*/call/", ""), "/", ?number) AS ?name)
                       FILTER(CONTAINS(STR(?call), "/call/") && !CONTAINS(STR(?call), "/section/")) }}
              UNION {{ ?call a zn:Call . BIND(REPLACE(STR(?call), "^.*/call/", "") AS ?name) }}
            }} ORDER BY ?name""",
    ).rows
    return [to_text(name) for (name,) in rows]
