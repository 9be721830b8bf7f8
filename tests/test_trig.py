"""TriG says what the statements say, shorter, and the same every time."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.descriptions import Form, group
from kg_build.iris import mint
from kg_build.statements import Statement, to_boolean, to_decimal, to_integer, to_iri, to_line, to_string, to_typed
from kg_build.trig import Writer, to_head
from ontology.vocabulary import BASE, PREFIXES, ZN

GRAPH = f"<{BASE}document/007>"
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda name: bool(name.strip("《》“” ")))
terms = st.one_of(
    st.builds(to_string, st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["", "zh", "en"])),
    st.builds(to_integer, st.integers()),
    st.builds(to_decimal, st.floats(-1e12, 1e12, allow_nan=False)),
    st.builds(to_boolean, st.booleans()),
    st.builds(to_typed, st.sampled_from(["01", "+1", "-0", "1.", ".5", "1e3", "yes", "", "a b"]), st.sampled_from(["integer", "decimal", "boolean", "double", "anyURI"])),
    st.builds(lambda name: to_iri(f"{BASE}country/{name}"), st.sampled_from(["NZ", "-x", "a.b", "国", "a%20", "2:1", "é"])),
)  # fmt: skip


def to_trig(statements: list[Statement]) -> str:
    writer, graphs = Writer(), group(statements)
    facts = graphs.pop("", {})
    blocks = [writer.to_block(subject, facts[subject]) for subject in sorted(facts)]
    sections = [writer.to_section(graph, graphs[graph]) for graph in sorted(graphs)]
    return "".join([to_head(), *blocks, *sections])


def parse(text: str, form: ox.RdfFormat) -> set[ox.Quad]:
    return set(ox.parse(input=text, format=form))


@given(st.lists(st.builds(
    Statement,
    st.sampled_from(["", GRAPH]),
    st.sampled_from([f"<{BASE}call/1>", f"<{BASE}agency/科技部>", f"<{BASE}agency/a、b>"]),
    st.sampled_from([to_iri(PREFIXES["rdf"] + "type"), to_iri(ZN + "partner"), to_iri(PREFIXES["dcterms"] + "title")]),
    terms,
)))  # fmt: skip
def test_trig_says_what_n_quads_say(statements: list[Statement]) -> None:
    lines = "".join(map(to_line, statements))
    assert parse(to_trig(statements), ox.RdfFormat.TRIG) == parse(lines, ox.RdfFormat.N_QUADS)


@given(st.lists(names, min_size=1))
def test_every_minted_name_is_read_back(made: list[str]) -> None:
    iris = [mint(kind, name) for kind in ("agency", "topic", "country") for name in made if not name.isspace()]
    statements = [Statement("", to_iri(iri), to_iri(ZN + "partner"), to_iri(iri)) for iri in iris]
    found = parse(to_trig(statements), ox.RdfFormat.TRIG)
    assert {quad.subject for quad in found} == {ox.NamedNode(iri) for iri in iris}


def test_a_form_is_written_as_its_statements_are() -> None:
    form = Form(
        (to_iri(ZN + "rule"), to_iri(ZN + "partner")), ((to_iri(PREFIXES["rdf"] + "type"), to_iri(ZN + "Claim")),)
    )
    row, subject = (to_string('{1} "%s"'), f"<{BASE}country/NZ>"), f"<{BASE}document/007/claim/1>"
    by_form = Writer().to_section(GRAPH, {subject: (form, row)})
    pairs = [*zip(form.predicates, row, strict=True), *form.fixed]
    singly = Writer().to_section(GRAPH, group(Statement(GRAPH, subject, *pair) for pair in pairs)[GRAPH])
    assert by_form == singly
    assert by_form == (
        f'{GRAPH} {{\n\t{subject} a zn:Claim ;\n\t\tzn:partner country:NZ ;\n\t\tzn:rule "{{1}} \\"%s\\"" .\n}}\n'
    )


@pytest.mark.parametrize(
    ("term", "written"),
    [
        (to_integer(2021), "2021"),
        (to_decimal(0.9), "0.9"),
        (to_decimal(1.0), '"1"^^xsd:decimal'),
        (to_boolean(True), "true"),
        (to_typed("http://a.cn/x", "anyURI"), '"http://a.cn/x"^^xsd:anyURI'),
        (to_string("新西兰", "zh"), '"新西兰"@zh'),
        (to_iri(f"{BASE}country/NZ"), "country:NZ"),
        (to_iri(f"{BASE}call/007/direction/1.1"), f"<{BASE}call/007/direction/1.1>"),
    ],
)
def test_terms_are_shortened_where_everyone_reads_them(term: str, written: str) -> None:
    statement = Statement("", f"<{BASE}call/1>", to_iri(ZN + "partner"), term)
    assert f"zn:partner {written} ." in to_trig([statement])
