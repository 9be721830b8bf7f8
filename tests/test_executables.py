"""The graph says what it can be asked: each question stands in it as a SPARQL executable that runs as it stands."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

import zhinan
from ontology.vocabulary import BASE, PREFIXES
from queries.catalogue import list_queries
from queries.executables import GRAPH, to_quads

TABLE = f"""
SELECT ?question ?zh ?en ?select (GROUP_CONCAT(?tag; separator=" ") AS ?tags) WHERE {{
  GRAPH <{GRAPH}> {{
    ?question a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ;
      rdfs:comment ?zh , ?en ; sh:select ?select ; schema:keywords ?tag ; sh:prefixes ?ontology .
    FILTER(LANG(?zh) = "zh" && LANG(?en) = "en")
  }}
  GRAPH <{BASE}graph/ontology> {{ ?ontology sh:declare/sh:prefix "zn" }}
}} GROUP BY ?question ?zh ?en ?select ORDER BY ?question
"""


@pytest.fixture(scope="module")
def folder(guides: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("door") / "kg"
    zhinan.build([guides / "000_condensed.txt"], folder)
    return folder


def test_every_question_stands_in_the_graph_with_both_wordings_and_its_tags(folder: Path) -> None:
    found = zhinan.open_graph(folder).sparql(TABLE).to_dicts()
    assert [
        (str(row["question"]).removeprefix("question/"), row["zh"], row["en"], {*str(row["tags"]).split()})
        for row in found
    ] == [(one.name, one.question, one.summary, {*one.tags}) for one in list_queries()]


def test_what_the_graph_says_can_be_asked_as_it_stands(folder: Path) -> None:
    graph = zhinan.open_graph(folder)
    for row in graph.sparql(TABLE).to_dicts():
        graph.query(str(row["select"]))


def test_two_builds_say_the_same(folder: Path, guides: Path, tmp_path: Path) -> None:
    zhinan.build([guides / "000_condensed.txt"], tmp_path / "kg", jobs=2)
    for name in ("graph.trig", "manifest.json"):
        assert (tmp_path / "kg" / name).read_bytes() == (folder / name).read_bytes()


def test_there_is_no_blank_node_and_no_prefix_of_its_own() -> None:
    quads = list(to_quads())
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in quad.triple)
    declared = set(PREFIXES.values())
    assert {
        str(quad.predicate.value) for quad in quads if not quad.predicate.value.startswith(tuple(declared))
    } == set()
