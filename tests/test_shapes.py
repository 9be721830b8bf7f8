"""`check` finds what breaks a shape, says it in both languages, and is silent on a sound graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg_build.graph import replace_graph, start_graph
from kg_build.quads import to_quads
from kg_build.shapes import check
from kg_build.statements import Statement, to_integer, to_iri, to_string
from ontology.errors import GraphError, TermError
from ontology.vocabulary import BASE, read_vocabulary
from tests.test_graph import finish
from tests.test_quads import make_call, make_text

DIRECTION = f"{BASE}call/007/direction/1.1"
SHA256 = "".join(f"{i % 16:x}" for i in range(64))


@pytest.fixture(scope="module")
def statements() -> frozenset[Statement]:
    """Return the statements of a sound guide; its invented hash is made as long as a real one."""
    told = to_quads(make_call(), make_text(), read_vocabulary())
    return frozenset(s._replace(object=to_string(SHA256)) if s.object == '"ab12"' else s for s in told)


def say(subject: str, name: str, term: str) -> Statement:
    return Statement("", to_iri(subject), to_iri(read_vocabulary().term(name)), term)


def build(out: Path, statements: frozenset[Statement]) -> Path:
    draft = start_graph(out)
    finish(draft, {"007": sorted(statements)})
    replace_graph(draft, out)
    return out


def test_a_sound_graph_has_no_findings(statements: frozenset[Statement], tmp_path: Path) -> None:
    assert check(build(tmp_path / "kg", statements)) == ()


FAULTS = [
    (DIRECTION, "zn:projectsMin", to_integer(5)),
    (DIRECTION, "zn:partner", to_iri(f"{BASE}agency/科学技术部")),
    (DIRECTION, "zn:number", to_string("1.2")),
    (f"{DIRECTION}/measure/1", "zn:comparator", to_string("about")),
    (f"{DIRECTION}/requirement/matching-funds", "zn:value", to_string("plenty")),
    (f"{BASE}contact/a@b.cn", "schema:email", to_string("b.cn")),
    (f"{BASE}agreement/中新协定", "zn:year", to_integer(20112)),
]


@pytest.mark.parametrize(("subject", "name", "term"), FAULTS)
def test_a_statement_too_much_is_found_where_it_stands(
    statements: frozenset[Statement], tmp_path: Path, subject: str, name: str, term: str
) -> None:
    findings = check(build(tmp_path / "kg", statements | {say(subject, name, term)}))
    assert {finding.subject for finding in findings} == {subject}
    assert f"shapes.{name.partition(':')[2]}" in {finding.rule for finding in findings}
    assert {finding.severity for finding in findings} == {"error"}
    for finding in findings:
        chinese, english, *_ = finding.message.split(" · ")
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese)
        assert english.isascii() or "±" in english


@pytest.mark.parametrize("name", ["dcterms:title", "zn:position", "oa:exact", "zn:rule", "zn:requirementType"])
def test_a_statement_too_few_is_found(statements: frozenset[Statement], tmp_path: Path, name: str) -> None:
    predicate = to_iri(read_vocabulary().term(name))
    lost = frozenset(s for s in statements if s.predicate != predicate)
    assert lost != statements
    findings = check(build(tmp_path / "kg", lost))
    assert {f"shapes.{name.partition(':')[2]}"} <= {finding.rule for finding in findings}


def test_no_graph_and_broken_shapes_are_errors(statements: frozenset[Statement], tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here"):
        check(tmp_path / "nothing")
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text("a b c", encoding="utf-8")
    with pytest.raises(TermError, match="cannot be read"):
        check(build(tmp_path / "kg", statements), shapes=shapes)
