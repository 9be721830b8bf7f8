"""A property graph for Neo4j: the CSV files of `neo4j-admin database import`, and a Cypher script.

In: holdings. Out: a file for each class and each property with typed heads, and how to import them; or statements
that may be run twice. The CSV files are for that program and no spreadsheet: no byte order mark, and a value that
starts like a formula stays as it is.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from queries.holdings import Holdings
from queries.property_graph import Edge, Node, Type, read_property_graph, type_attributes

__all__ = ["to_relationship", "write_admin_files", "write_cypher"]

Thing = TypeVar("Thing", Node, Edge)

_ROWS_AT_ONCE = 200
_ODD = re.compile(r"[^A-Za-z0-9_]")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ARGUMENTS = "import.args"
_NOTE = """Import into a new database (Neo4j 5 or later), from this folder:

    neo4j-admin database import full @{arguments} zhinan

Every node has the label Zhinan besides that of its class, and its IRI as `iri`.
"""


def to_relationship(property_: str) -> str:
    """Return the type of a relationship, as Neo4j writes them.

    >>> to_relationship("underAgreement")
    'UNDER_AGREEMENT'
    """
    return _ODD.sub("_", _CAPITAL.sub("_", property_)).upper()


def write_admin_files(holdings: Holdings) -> Mapping[str, bytes]:
    """Return the files by name: nodes by class, relationships by type, the arguments of the import, a note."""
    graph = read_property_graph(holdings)
    files: dict[str, bytes] = {}
    arguments = ["--id-type=string", "--multiline-fields=true", "--skip-bad-relationships=false"]
    for name, nodes in _group(graph.nodes, lambda node: _ODD.sub("_", node.classes[0])).items():
        path = f"nodes/{name}.csv"
        files[path] = _to_nodes(nodes)
        arguments.append(f"--nodes={path}")
    for name, edges in _group(graph.edges, lambda edge: to_relationship(edge.property)).items():
        path = f"relationships/{name}.csv"
        files[path] = _to_edges(edges)
        arguments.append(f"--relationships={path}")
    files[_ARGUMENTS] = "".join(f"{argument}\n" for argument in arguments).encode()
    files["README.txt"] = _NOTE.format(arguments=_ARGUMENTS).encode()
    return files


def write_cypher(holdings: Holdings) -> Iterator[bytes]:
    """Yield a script for `cypher-shell`: a constraint, then MERGE of every node and relationship.

    Running it again changes nothing; running that of a newer graph adds to what is there and takes nothing away.
    """
    graph = read_property_graph(holdings)
    yield b"CREATE CONSTRAINT zhinan_iri IF NOT EXISTS FOR (n:Zhinan) REQUIRE n.iri IS UNIQUE;\n"
    for labels, nodes in _group(graph.nodes, lambda node: ":".join(map(_quote_name, node.classes))).items():
        rows = [{"iri": node.iri, "own": {"label": node.label, **node.attributes}} for node in nodes]
        for batch in _iter_batches(rows):
            yield f"UNWIND {batch} AS row\nMERGE (n:Zhinan {{iri: row.iri}})\nSET n:{labels}, n += row.own;\n".encode()
    for name, edges in _group(graph.edges, lambda edge: to_relationship(edge.property)).items():
        rows = [{"source": edge.source, "target": edge.target, "own": dict(edge.attributes)} for edge in edges]
        for batch in _iter_batches(rows):
            ends = "MATCH (a:Zhinan {iri: row.source})\nMATCH (b:Zhinan {iri: row.target})"
            merge = f"MERGE (a)-[r:{_quote_name(name)}]->(b)\nSET r += row.own"
            yield f"UNWIND {batch} AS row\n{ends}\n{merge};\n".encode()


def _group(things: Iterable[Thing], key: Callable[[Thing], str]) -> dict[str, list[Thing]]:
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return dict(sorted(groups.items()))


def _to_nodes(nodes: Sequence[Node]) -> bytes:
    types = type_attributes(nodes)
    head = ["iri:ID", "label:string", *_to_heads(types), ":LABEL"]
    rows = [
        [node.iri, node.label, *(_to_cell(node.attributes.get(name)) for name in types), ";".join(("Zhinan", *(_ODD.sub("_", one) for one in node.classes)))]
        for node in nodes
    ]  # fmt: skip
    return _to_csv([head, *rows])


def _to_edges(edges: Sequence[Edge]) -> bytes:
    types = type_attributes(edges)
    rows = [[edge.source, edge.target, *(_to_cell(edge.attributes.get(name)) for name in types)] for edge in edges]
    return _to_csv([[":START_ID", ":END_ID", *_to_heads(types)], *rows])


def _to_heads(types: Mapping[str, Type]) -> list[str]:
    return [f"{_ODD.sub('_', name)}:{type_}" for name, type_ in types.items()]


def _to_cell(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode("utf-8")


def _iter_batches(rows: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """Yield lists of maps as Cypher writes them."""
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        yield "[\n" + ",\n".join(map(_to_literal, rows[start : start + _ROWS_AT_ONCE])) + "\n]"


def _to_literal(value: object) -> str:
    r"""Return a value as Cypher writes it; JSON's escapes are Cypher's too.

    >>> _to_literal({"a": "'; MATCH (n) DETACH DELETE n; //\n"})
    '{`a`: "\'; MATCH (n) DETACH DELETE n; //\\n"}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_quote_name(str(name))}: {_to_literal(one)}" for name, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _quote_name(name: str) -> str:
    return f"`{_ODD.sub('_', name)}`"
