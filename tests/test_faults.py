"""The fault queries say what pySHACL says, word for word: on a sound graph, on every fault of a fixture, on damage."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, RDFS

from kg_build.constraints import read_shapes
from kg_build.descriptions import group
from kg_build.faults import find_faults, to_fault_queries
from kg_build.findings import Finding
from kg_build.graph import open_graph
from kg_build.merged import KEPT, read_merged
from kg_build.shapes import check
from kg_build.statements import Statement, to_decimal, to_integer, to_string, to_typed
from kg_build.trig import Writer, to_head
from kg_build.union import read_ontology
from ontology.errors import GraphError, TermError
from ontology.vocabulary import BASE, FOLDER
from tests.test_shapes import build, statements
from tests.test_shapes_fixtures import CASES, GOOD, faulty, spoil

__all__ = ["statements"]

SHAPES = FOLDER / "shapes.ttl"
XSD = "http://www.w3.org/2001/XMLSchema#"
DAMAGES = 60
SEEDS = range(6)
NEGATIVE = to_typed("-1", "nonNegativeInteger")
"""A number of at least 0 that is below it."""


def write_trig(path: Path, statements: Iterable[Statement]) -> None:
    """Write statements as `graph.trig` of a graph folder that is there."""
    graphs, writer = group(statements), Writer()
    facts = graphs.pop("", {})
    blocks = [writer.to_block(subject, facts[subject]) for subject in sorted(facts)]
    sections = [writer.to_section(graph, graphs[graph]) for graph in sorted(graphs)]
    (path / "graph.trig").write_text("".join([to_head(), *blocks, *sections]), encoding="utf-8")


def canonical(term: str) -> str:
    """Write a number as Zhinan does: the store knows no other way."""
    value, _, datatype = term.rpartition("^^")
    return to_decimal(float(value.strip('"'))) if datatype == f"<{XSD}decimal>" else term


def read_statements(turtle: bytes) -> list[Statement]:
    found = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    return [Statement("", str(quad.subject), str(quad.predicate), canonical(str(quad.object))) for quad in found]


@pytest.fixture(scope="module")
def folder(statements: frozenset[Statement], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a graph folder whose `graph.trig` the tests write anew."""
    return build(tmp_path_factory.mktemp("faults") / "kg", statements)


def test_a_sound_graph_has_no_fault(built: Path, statements: frozenset[Statement], tmp_path: Path) -> None:
    assert find_faults(built) == ()
    assert find_faults(build(tmp_path / "kg", statements)) == ()


def test_the_corpus_has_no_fault_and_the_reference_agrees(built_corpus: Path) -> None:
    assert find_faults(built_corpus) == check(built_corpus) == ()


def test_every_failing_fixture_is_found_as_the_reference_finds_it(folder: Path) -> None:
    good, graph = Graph().parse(GOOD), Graph().parse(GOOD)
    for number, case in enumerate(CASES):
        spoil(graph, good, number, case)
    write_trig(folder, [*read_statements(graph.serialize(format="nt").encode()), *read_ontology()])
    found = find_faults(folder)
    assert found == check(folder)
    assert {one.subject for one in found} == {str(faulty(number)) for number in range(len(CASES))}


def change_object(dice: random.Random, one: Statement, others: list[Statement]) -> list[Statement]:
    """Put another term in place of an object: of its own property, of any other, or a broken one."""
    stranger = dice.choice(others).object
    wrong = [
        stranger, to_string("", "zh"), to_string("没有"), to_string("none", "en"), to_string("字", "zh-cn"), to_integer(0),
        to_integer(-3), to_integer(10**25), to_decimal(31.5), to_typed("abc", "integer"), to_typed("x", "boolean"),
        NEGATIVE, to_typed("3", "nonNegativeInteger"), f"<{BASE}nowhere>",
    ]  # fmt: skip
    return [one._replace(object=dice.choice(wrong))]


def add_object(dice: random.Random, one: Statement, others: list[Statement]) -> list[Statement]:
    return [one, *change_object(dice, one, others)]


def drop(dice: random.Random, one: Statement, others: list[Statement]) -> list[Statement]:
    del dice, one, others
    return []


def move(dice: random.Random, one: Statement, others: list[Statement]) -> list[Statement]:
    """Say it of another thing, or by another property."""
    other = dice.choice(others)
    return [dice.choice([one._replace(subject=other.subject), one._replace(predicate=other.predicate)])]


KINDS: list[Callable[[random.Random, Statement, list[Statement]], list[Statement]]] = [
    change_object,
    add_object,
    drop,
    move,
]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_damage_is_found_as_the_reference_finds_it(
    folder: Path, statements: frozenset[Statement], seed: int
) -> None:
    dice = random.Random(seed)
    told = sorted(statements)
    shaped = [one for one in sorted(read_ontology()) if "graph/schemes" in one.graph]
    hurt = [*dice.sample(told, DAMAGES), *dice.sample(shaped, DAMAGES)]
    damaged = [changed for one in hurt for changed in dice.choice(KINDS)(dice, one, told)]
    write_trig(folder, {*told, *read_ontology()}.difference(hurt).union(damaged))
    found = find_faults(folder)
    assert len(found) > DAMAGES / 2
    blurred = {one.subject[1:-1] for one in damaged if one.object == NEGATIVE}
    known, others = ([one for one in some if not is_blurred(one, blurred)] for some in (found, check(folder)))
    assert known == others


def is_blurred(finding: Finding, subjects: set[str]) -> bool:
    """Say whether a finding compares a lower bound with NEGATIVE: rdflib orders that by the name of its datatype."""
    return finding.subject in subjects and finding.rule.endswith("Min")


def test_no_lower_bound_is_under_an_upper_one_that_is_below_nothing(
    folder: Path, statements: frozenset[Statement]
) -> None:
    uppers = [one for one in statements if not one.graph and one.predicate.endswith("#yearsMax>")]
    lowered = {one._replace(object=NEGATIVE) for one in uppers}
    write_trig(folder, {*statements, *read_ontology()}.difference(uppers).union(lowered))
    found = {(one.subject, one.rule) for one in find_faults(folder)}
    assert len(uppers) == 2
    assert found >= {(one.subject[1:-1], f"shapes.years{end}") for one in uppers for end in ("Min", "Max")}


def test_the_merged_graph_is_the_file_without_its_graphs(built: Path) -> None:
    trig = open_graph(built).trig
    merged = read_merged(trig)
    parsed = {(q.subject, q.predicate, q.object) for q in ox.parse(path=str(trig), format=ox.RdfFormat.TRIG)}
    assert len(merged) == len(parsed)
    (kept,) = KEPT.values()
    assert not any(name.value == kept for name in merged.named_graphs())
    kept_terms = [q for q in merged if isinstance(q.object, ox.Literal) and q.object.datatype.value == kept]
    starts = [term for _, _, term in parsed if isinstance(term, ox.Literal) and term.datatype.value in KEPT]
    assert len(kept_terms) == len(starts) > 1000


def test_a_text_that_looks_like_a_graph_or_a_datatype_stays_as_it_is(folder: Path) -> None:
    texts = ["}\n", "a {\n", '"5"^^xsd:nonNegativeInteger', '\\"^^xsd:nonNegativeInteger', "\n}\n<a:a> {\n"]
    subjects = [f"<{BASE}thing/{place}>" for place in range(len(texts))]
    named = [Statement(f"<{BASE}graph/x>", s, f"<{BASE}p>", to_string(t)) for s, t in zip(subjects, texts, strict=True)]
    write_trig(folder, named)
    assert sorted(quad.object.value for quad in read_merged(folder / "graph.trig")) == sorted(texts)


def test_a_graph_that_was_not_written_by_zhinan_is_an_error(folder: Path) -> None:
    (folder / "graph.trig").write_text("GRAPH <a:a> { <a:a> <a:b> <a:c> }", encoding="utf-8")
    with pytest.raises(GraphError, match="not as it was written") as caught:
        find_faults(folder)
    assert "\n" not in str(caught.value)


HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix s: <https://w3id.org/zhinan/shapes#> . @prefix x: <x:> . "
HEAD += f"@prefix xsd: <{XSD}> . @prefix rdf: <{RDF}> . @prefix rdfs: <{RDFS}> ."
COMPONENTS = [
    *(
        f"sh:{bound} {number}"
        for bound in ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
        for number in (2, 3.5)
    ),
    *(f"sh:{bound} {number}" for bound in ("minCount", "maxCount", "minLength", "maxLength") for number in (0, 1, 2)),
    *(
        f"sh:datatype xsd:{name}"
        for name in ("integer", "decimal", "boolean", "string", "nonNegativeInteger", "anyURI")
    ),
    "sh:datatype rdf:langString",
    *(f"sh:nodeKind sh:{name}" for name in ("IRI", "Literal", "IRIOrLiteral")),
    *(f"sh:class x:{name}" for name in ("Thing", "Parent", "None")),
    'sh:pattern "^[a-z]+$"',
    'sh:in ( 2 "zwei" x:b )',
    'sh:languageIn ( "zh" "de" )',
    "sh:uniqueLang true",
    "sh:lessThan x:q",
    "sh:lessThanOrEquals x:q",
    "sh:or ( [ sh:class x:Parent ] [ sh:datatype xsd:integer ; sh:minInclusive 2 ] )",
    "sh:xone ( [ sh:datatype xsd:integer ] [ sh:minInclusive 2 ] )",
    "sh:not [ sh:class x:Parent ]",
    "sh:not [ sh:property [ sh:path x:p ; sh:minCount 1 ] ; sh:property [ sh:path x:q ; sh:maxCount 0 ] ]",
    "sh:not [ sh:property [ sh:path x:q ; sh:hasValue 3 ] ; sh:property [ sh:path x:p ; sh:datatype xsd:integer ] ]",
]
VALUES = [
    "1", "2", "3", "2.5", "3.5", "true", '"2"', '"abc"', '"zwei"', '""', '"二"@zh', '"zwei"@de', '"b"@zh-cn', '"two"@en',
    '"二"@de', "x:a", "x:b", "x:nowhere", '"5"^^xsd:nonNegativeInteger', '"x:a"^^xsd:anyURI', str(10**25), f"-{10**25}.5",
]  # fmt: skip
QUIET = ["sh:minCount 0", "sh:minLength 0", "sh:nodeKind sh:IRIOrLiteral"]
"""Components that nothing breaks which stands in a graph of ours."""
NUMBERS = [value for value in VALUES if re.match(r"-?[0-9]|\"5", value)]
ORDERED = ("Inclusive", "Exclusive", "lessThan")
EQUAL = [one for one in COMPONENTS if not any(name in one for name in ORDERED)]


def write_component_shapes(path: Path, components: Iterable[str]) -> Path:
    """Write a shape for each component, for values of x:p and for the things themselves, with its own message."""
    parts = [
        f"s:S{place} a sh:NodeShape ; sh:targetClass x:Parent ; sh:property [ sh:path {path_} ; {component} ;"
        f' sh:message "{place}"@zh, "{component.replace(chr(34), "")} of {path_}"@en ] .'
        for place, component in enumerate(components)
        for path_ in ("x:p", "[ sh:alternativePath ( x:p x:q ) ]")
    ]
    path.write_text("\n".join([HEAD, *parts]), encoding="utf-8")
    return path


def write_things(folder: Path, values: list[str]) -> None:
    """Write things with one, two and three of the values, of a class and of one below it."""
    dice = random.Random(7)
    lines = [
        HEAD,
        "x:Thing rdfs:subClassOf x:Parent . x:a a x:Parent . x:b a x:Thing ; a x:Parent . x:a x:p 1 . x:b x:p 4 ; x:q 3 .",
    ]
    for place, value in enumerate(values * 3):
        others = dice.sample(values, place % 3)
        lines.append(f"x:t{place} a x:{dice.choice(['Thing', 'Parent'])} ; x:p {', '.join([value, *others])} .")
        lines.append(f"x:t{place} x:q {', '.join(dice.sample(values, place % 4))} ." if place % 4 else "")
    write_trig(folder, read_statements("\n".join(lines).encode()))


def test_every_component_finds_what_the_reference_finds(folder: Path, tmp_path: Path) -> None:
    told = ""
    for components, values in ((EQUAL, VALUES), (COMPONENTS, NUMBERS)):
        shapes = write_component_shapes(tmp_path / "shapes.ttl", components)
        write_things(folder, values)
        found = find_faults(folder, shapes=shapes)
        assert found == check(folder, shapes=shapes)
        told += "\n".join(fault.message for fault in found)
    assert [one for one in COMPONENTS if one.replace('"', "") not in told] == QUIET


def test_what_is_no_number_stands_in_no_order(folder: Path, tmp_path: Path) -> None:
    """The one difference: pySHACL puts IRIs, truths and texts in an order, SHACL calls a fault what cannot be compared.

    In a graph both tell such a value, as every ordered property of the shapes has a datatype too.
    """
    shapes = write_component_shapes(tmp_path / "shapes.ttl", COMPONENTS)
    write_things(folder, VALUES)
    found, reference = set(find_faults(folder, shapes=shapes)), set(check(folder, shapes=shapes))
    assert reference < found
    assert {one for one in found - reference if not any(name in one.message for name in ORDERED)} == set()
    for shape in read_shapes(SHAPES):
        for part in shape.properties:
            names = {one.name for one in part.constraints}
            assert "datatype" in names or not names & {"lessThan", "lessThanOrEquals", "minInclusive", "minExclusive"}


THING = "s:Thing a sh:NodeShape ; sh:targetClass x:Thing ; "


@pytest.mark.parametrize(
    ("shape", "told"),
    [
        ("sh:closed true .", "sh:closed"),
        ("sh:sparql [ sh:select 'SELECT' ] .", "sh:sparql"),
        ("sh:property [ sh:path x:a ; sh:equals x:b ] .", "sh:equals"),
        ("sh:property [ sh:path [ sh:inversePath x:a ] ; sh:minCount 1 ] .", "path"),
        ("sh:property [ sh:path ( x:a x:b ) ; sh:minCount 1 ] .", "path"),
        ("sh:property [ sh:path x:a ; sh:datatype x:date ] .", "x:date"),
        ("sh:property [ sh:path x:a ; sh:nodeKind sh:BlankNode ] .", "sh:nodeKind"),
        ("sh:property [ sh:path x:a ; sh:hasValue 1 ] .", "sh:hasValue"),
        ("sh:property [ sh:path x:a ; sh:property [ sh:path x:b ; sh:minCount 1 ] ] .", "sh:property"),
        ("sh:not [ sh:property [ sh:path x:a ; sh:minCount 2 ] ] .", "sh:minCount"),
        ("sh:not [ sh:property [ sh:path x:a ; sh:uniqueLang true ] ] .", "sh:uniqueLang"),
    ],
)
def test_what_the_queries_cannot_say_is_an_error_and_never_passed_over(tmp_path: Path, shape: str, told: str) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + THING + shape, encoding="utf-8")
    with pytest.raises(TermError, match=told) as caught:
        list(to_fault_queries(read_shapes(path)))
    assert "Thing" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_shapes_that_are_no_turtle_are_one_line_with_its_place(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + "\n" + THING, encoding="utf-8")
    for broken in (path, tmp_path / "none.ttl"):
        with pytest.raises(TermError, match="cannot be read") as caught:
            find_faults(folder, shapes=broken)
        assert str(broken) in str(caught.value)
        assert "\n" not in str(caught.value)


def test_every_query_names_what_it_is_about() -> None:
    queries = list(to_fault_queries(read_shapes(SHAPES)))
    assert len(queries) > 200
    for query in queries:
        found = ox.Store().query(query.text)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        assert names[0] == "focus"
        assert names[-1] == "components"
        assert len(query.shape.messages) == 2
