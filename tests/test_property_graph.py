"""Graph files hold every fact: GraphML and GEXF in networkx, Neo4j's CSV and Cypher as they are written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from queries.export import export
from queries.graphs import open_graph
from queries.holdings import open_holdings
from queries.property_graph import PropertyGraph, read_property_graph
from tests.exported import export_files

Read = Callable[[str], "nx.MultiDiGraph[str]"]
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module", params=["condensed", "corpus"])
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue("built" if request.param == "condensed" else "built_corpus")
    return found


@pytest.fixture(scope="module")
def graph(folder: Path) -> PropertyGraph:
    return read_property_graph(open_holdings(folder))


def test_every_fact_is_an_attribute_a_class_or_an_edge(folder: Path, graph: PropertyGraph) -> None:
    store = open_graph(folder).store
    literals: Counter[str] = Counter()
    links: Counter[tuple[str, str]] = Counter()
    classes: Counter[str] = Counter()
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        assert isinstance(quad.subject, ox.NamedNode)
        if isinstance(quad.object, ox.Literal):
            literals[quad.subject.value] += 1
        elif quad.predicate.value == TYPE:
            classes[quad.subject.value] += 1
        else:
            assert isinstance(quad.object, ox.NamedNode)
            links[quad.subject.value, quad.object.value] += 1
    nodes = {node.iri: node for node in graph.nodes}
    for iri, count in literals.items():
        own = [name for name in nodes[iri].attributes if name not in ("label_zh", "label_en")]
        assert len(own) == count, iri
    assert all(len(nodes[iri].classes) == count for iri, count in classes.items())
    found = Counter((edge.source, edge.target) for edge in graph.edges)
    assert all(found[ends] == count for ends, count in links.items())
    assert all(node.label for node in graph.nodes)


@pytest.mark.parametrize(("kind", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_networkx_reads_every_attribute(
    kind: str, read: Read, folder: Path, graph: PropertyGraph, tmp_path: Path
) -> None:
    export(kind, folder, tmp_path / "g")
    loaded = read(str(tmp_path / "g"))
    assert loaded.number_of_nodes() == len(graph.nodes)
    assert loaded.number_of_edges() == len(graph.edges)
    for node in graph.nodes:
        told = {"label": node.label, "class": " ".join(node.classes), **node.attributes}
        assert to_texts(loaded.nodes[node.iri]) == to_texts(told)
    edges = {str(data.get("id", key)): (*ends, data) for *ends, key, data in loaded.edges(keys=True, data=True)}
    for place, edge in enumerate(graph.edges):
        source, target, data = edges[str(place)]
        assert (source, target) == (edge.source, edge.target)
        assert to_texts(edge.attributes).items() <= to_texts(data).items()


def to_texts(values: Any) -> dict[str, str]:
    """Return attributes as text; a number in a column of mixed values is written as one."""
    return {name: str(value) for name, value in values.items()}


def test_numbers_are_numbers_and_edges_have_their_sentence(built: Path, tmp_path: Path) -> None:
    export("graphml", built, tmp_path / "g")
    loaded = nx.read_graphml(str(tmp_path / "g"))
    direction = loaded.nodes["https://w3id.org/zhinan/call/001/direction/1.3"]
    assert direction["budgetMax"] == 20_000_000
    assert direction["openTopic"] is True
    country = loaded.nodes["https://w3id.org/zhinan/country/IL"]
    assert (country["label_zh"], country["label_en"], country["class"]) == ("以色列", "Israel", "Country")
    partners = [data for _, _, data in loaded.edges(data=True) if data["property"] == "partner"]
    assert len(partners) > 50
    assert all(data["quote"] and data["quote"].split()[0] in data["sentence"] for data in partners)
    assert all({"label_zh", "label_en", "document", "start", "end"} <= data.keys() for data in partners)


def read_csv(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_neo4j_files_have_typed_heads_and_no_loose_end(folder: Path, graph: PropertyGraph, tmp_path: Path) -> None:
    files = export_files("neo4j", folder, tmp_path / "neo4j")
    nodes = {name: read_csv(data) for name, data in files.items() if name.startswith("nodes/")}
    relationships = {name: read_csv(data) for name, data in files.items() if name.startswith("relationships/")}
    ids = [row[0] for rows in nodes.values() for row in rows[1:]]
    assert sorted(ids) == [node.iri for node in graph.nodes]
    for rows in nodes.values():
        assert rows[0][:2] == ["iri:ID", "label:string"]
        assert rows[0][-1] == ":LABEL"
        assert all(re.fullmatch(r"\w+:(string|long|double|boolean)", head) for head in rows[0][1:-1])
        assert all(len(row) == len(rows[0]) and row[-1].startswith("Zhinan;") for row in rows[1:])
        check_types(rows)
    assert sum(len(rows) - 1 for rows in relationships.values()) == len(graph.edges)
    for rows in relationships.values():
        assert rows[0][:2] == [":START_ID", ":END_ID"]
        assert {end for row in rows[1:] for end in row[:2]} <= set(ids)
        check_types(rows)
    told = files["import.args"].decode().splitlines()
    assert {line.partition("=")[2] for line in told if line.startswith(("--nodes", "--rel"))} == {
        *nodes,
        *relationships,
    }


def check_types(rows: list[list[str]]) -> None:
    kinds: dict[str, Callable[[str], object]] = {"long": int, "double": float, "boolean": ["true", "false"].index}
    for place, head in enumerate(rows[0]):
        convert = kinds.get(head.partition(":")[2], str)
        for row in rows[1:]:
            if row[place]:
                convert(row[place])


def test_the_cypher_script_merges_and_never_creates_twice(built: Path, tmp_path: Path) -> None:
    export("cypher", built, tmp_path / "g.cypher")
    text = (tmp_path / "g.cypher").read_text(encoding="utf-8")
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)
    statements = [one.strip() for one in plain.split(";\n") if one.strip()]
    assert statements[0].startswith("CREATE CONSTRAINT zhinan_iri IF NOT EXISTS")
    assert len(statements) > 20
    for statement in statements[1:]:
        assert statement.startswith("UNWIND [")
        verbs = re.findall(r"^(MERGE|MATCH|SET|CREATE|DELETE|DETACH|REMOVE)\b", statement, re.MULTILINE)
        assert verbs in (["MERGE", "SET"], ["MATCH", "MATCH", "MERGE", "SET"])
    graph = read_property_graph(open_holdings(built))
    assert plain.count("{`iri`: ") == len(graph.nodes)
    assert plain.count("{`source`: ") == len(graph.edges)
    strings = [json.loads(one) for one in re.findall(r'"(?:[^"\\]|\\.)*"', text)]
    assert {node.iri for node in graph.nodes} <= set(strings)
