"""A shard has all that a document says, and says which of it others may say too."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg_build.descriptions import group
from kg_build.quads import to_page, to_quads
from kg_build.shards import Shard, write_shard
from kg_build.statements import from_line, to_line
from ontology.vocabulary import BASE, read_vocabulary
from tests.test_quads import make_call, make_text

CALL = f"<{BASE}call/007"


@pytest.fixture
def shard(tmp_path: Path) -> Shard:
    page = to_page(make_call(), make_text(), read_vocabulary())
    return write_shard("007", page.graphs, tmp_path / "0.part")


def test_the_lines_are_the_statements_sorted_by_graph_subject_predicate_and_object(shard: Shard) -> None:
    statements = sorted(to_quads(make_call(), make_text(), read_vocabulary()))
    lines = shard.path.read_bytes()
    assert lines.decode() == "".join(map(to_line, statements))
    assert (len(lines), hashlib.sha256(lines).hexdigest()) == (shard.size, shard.sha256)
    assert shard.quads + len(shard.read_shared()) == len(statements)


def test_forms_and_single_statements_give_the_same_shard(shard: Shard, tmp_path: Path) -> None:
    statements = to_quads(make_call(), make_text(), read_vocabulary())
    other = write_shard("007", group(statements), tmp_path / "1.part")
    assert other.path.read_bytes() == shard.path.read_bytes()
    assert other.trig.read_bytes() == shard.trig.read_bytes()
    assert (other.runs, other.quads) == (shard.runs, shard.quads)
    assert (other.shared, other.own) == (shard.shared, shard.own)


def test_what_others_may_state_is_what_is_not_of_the_call(shard: Shard) -> None:
    facts = [from_line(line) for line in shard.read_shared()]
    assert f"<{BASE}country/NZ>" in {fact.subject for fact in facts}
    assert not [fact for fact in facts if fact.subject.startswith(CALL)]
    own = [from_line(line) for line in shard.read_own()]
    assert {fact.subject.startswith(CALL) for fact in own} == {True}
    default = {s for s in to_quads(make_call(), make_text(), read_vocabulary()) if not s.graph}
    assert {*facts, *own} == default
    assert len(facts) + len(own) == len(default)


def test_the_runs_are_the_whole_file_each_by_its_subjects(shard: Shard) -> None:
    content = shard.trig.read_bytes()
    assert [run.start for run in shard.runs] == [0, *(run.end for run in shard.runs[:-1])]
    assert shard.runs[-1].end == len(content)
    assert [(run.graph, run.key) for run in shard.runs] == [
        ("", f"{CALL}>"),
        ("", f"{CALL}/"),
        (f"<{BASE}document/007>", ""),
    ]
    for run in shard.runs[:2]:
        blocks = content[run.start : run.end].decode().split(" .\n")
        assert [block for block in blocks if block and not block.startswith(run.key)] == []
