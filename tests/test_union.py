"""The union says each statement of all shards once, sorted, whatever the documents are called."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.descriptions import group
from kg_build.shards import Shard, write_shard
from kg_build.statements import Statement, to_line, to_string
from kg_build.union import merge_shared, read_ontology, write_union
from ontology.errors import TermError
from ontology.vocabulary import BASE

NAMES = ("001", "001-1", "0010", "001.a", "甲", "x")
"""Ids of which one begins like another: their subjects stand between each other's."""


def say(subject: str, label: str, graph: str = "") -> Statement:
    return Statement(
        graph, f"<{BASE}{subject}>", "<http://www.w3.org/2000/01/rdf-schema#label>", to_string(label, "zh")
    )


def make_documents() -> dict[str, list[Statement]]:
    return {
        name: [
            say(f"call/{name}", "a"),
            say(f"call/{name}/direction/1.1", "b"),
            say(f"call/{name}/direction/1.10", name),
            say("country/NZ", "新西兰"),
            say("call", "of none"),
            say(f"agency/{name}", "c"),
            say(f"document/{name}", "d", f"<{BASE}document/{name}>"),
            say(f"document/{name}/claim/1", "e", f"<{BASE}document/{name}>"),
        ]
        for name in NAMES
    }


def write(folder: Path, documents: Mapping[str, Sequence[Statement]]) -> list[Shard]:
    folder.mkdir()
    return [
        write_shard(name, group(said), folder / f"{place}.part") for place, (name, said) in enumerate(documents.items())
    ]


def test_the_union_is_sorted_by_graph_subject_predicate_and_object(tmp_path: Path) -> None:
    documents = make_documents()
    shards = write(tmp_path / "in", documents)
    union = write_union(shards, merge_shared(shards), read_ontology(), tmp_path / "trig")
    quads = list(ox.parse(path=str(tmp_path / "trig"), format=ox.RdfFormat.TRIG))
    found = [
        Statement("" if quad.graph_name == ox.DefaultGraph() else str(quad.graph_name), *map(str, quad.triple))
        for quad in quads
    ]
    expected = {*read_ontology(), *(statement for said in documents.values() for statement in said)}
    assert [to_line(statement) for statement in found] == [to_line(statement) for statement in sorted(expected)]
    assert union.quads == len(expected)
    assert union.sha256 == hashlib.sha256((tmp_path / "trig").read_bytes()).hexdigest()


def test_the_order_of_documents_changes_no_byte(tmp_path: Path) -> None:
    documents = make_documents()
    for name, order in (("a", documents), ("b", dict(reversed(documents.items())))):
        shards = write(tmp_path / f"in-{name}", order)
        write_union(shards, merge_shared(shards), [], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_union_of_parts_of_a_union_is_the_same(tmp_path: Path) -> None:
    """What is told of where each shard's parts are is so: the next union is made of them."""
    shards = write(tmp_path / "in", make_documents())
    first = write_union(shards, merge_shared(shards), read_ontology(), tmp_path / "a")
    again = write_union(first.shards[::-1], merge_shared(first.shards), read_ontology(), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert {shard.trig.name for shard in first.shards} == {"a"}
    assert (again.quads, again.sha256, again.sections) == (first.quads, first.sha256, first.sections)
    few = write_union(first.shards[:2], merge_shared(shards[:2]), [], tmp_path / "c")
    scratch = write_union(shards[:2], merge_shared(shards[:2]), [], tmp_path / "d")
    assert (few.sha256, few.quads) == (scratch.sha256, scratch.quads)


def test_a_blank_node_in_the_ontology_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "zhinan.ttl").write_text("<a:a> <a:b> [] .", encoding="utf-8")
    with pytest.raises(TermError, match="blank node"):
        list(read_ontology(tmp_path))
