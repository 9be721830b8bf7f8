"""Every RDF export parses back to the same graph, with the parser that wrote it and with another."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from ontology.vocabulary import ZN, read_terms
from queries.context import read_context
from queries.export import export
from queries.graphs import open_graph
from queries.holdings import open_holdings
from tests.small_graph import write_small

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
"""rdflib warns of itself."""

FACTS = {
    "turtle": (ox.RdfFormat.TURTLE, "turtle"),
    "ntriples": (ox.RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (ox.RdfFormat.RDF_XML, "xml"),
    "jsonld": (ox.RdfFormat.JSON_LD, "json-ld"),
}
GRAPHS = {"trig": (ox.RdfFormat.TRIG, "trig"), "nquads": (ox.RdfFormat.N_QUADS, "nquads")}
"""Kind → how pyoxigraph and rdflib call it."""


@pytest.fixture(scope="module", params=["small", "condensed", "corpus"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each test runs on all three graphs."""
    if request.param == "small":
        return write_small(tmp_path_factory.mktemp("rdf") / "kg")
    found: Path = request.getfixturevalue("built" if request.param == "condensed" else "built_corpus")
    return found


@pytest.fixture(scope="module")
def facts(folder: Path) -> set[ox.Triple]:
    return {quad.triple for quad in open_graph(folder).store.quads_for_pattern(None, None, None, ox.DefaultGraph())}


def to_rdflib(term: object) -> rdflib.term.Node:
    """Return a term as rdflib has it, which normalizes numbers; the other parser shows that every digit is there."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    assert isinstance(term, ox.Literal)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    type_ = None if term.datatype.value.endswith("#string") else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=type_)


@pytest.mark.parametrize("kind", FACTS)
def test_the_facts_parse_back(kind: str, folder: Path, facts: set[ox.Triple], tmp_path: Path) -> None:
    format_, name = FACTS[kind]
    export(kind, folder, tmp_path / "facts")
    read = list(ox.parse(path=str(tmp_path / "facts"), format=format_))
    assert {quad.triple for quad in read} == facts
    assert len(read) == len(facts)
    graph = rdflib.Graph().parse(str(tmp_path / "facts"), format=name)
    wanted = {tuple(map(to_rdflib, (one.subject, one.predicate, one.object))) for one in facts}
    assert set(graph) == wanted


@pytest.mark.parametrize("kind", GRAPHS)
def test_all_graphs_parse_back(kind: str, folder: Path, tmp_path: Path) -> None:
    format_, name = GRAPHS[kind]
    export(kind, folder, tmp_path / "all")
    quads = set(open_graph(folder).store)
    assert set(ox.parse(path=str(tmp_path / "all"), format=format_)) == quads
    if len(quads) > 50_000 and kind == "nquads":
        return  # rdflib takes minutes for both; TriG is the harder one
    dataset = rdflib.Dataset()
    dataset.parse(str(tmp_path / "all"), format=name)
    default = dataset.default_graph.identifier
    read = {(s, p, o, None if g in (None, default) else g) for s, p, o, g in dataset.quads()}
    wanted = {
        (*map(to_rdflib, (one.subject, one.predicate, one.object)),
         None if isinstance(one.graph_name, ox.DefaultGraph) else to_rdflib(one.graph_name))
        for one in quads
    }  # fmt: skip
    assert read == wanted


def test_turtle_and_trig_use_the_prefixes_of_the_ontology(folder: Path, tmp_path: Path) -> None:
    for kind in ("turtle", "trig"):
        export(kind, folder, tmp_path / kind)
        text = (tmp_path / kind).read_text(encoding="utf-8")
        assert "@prefix zn:" in text
        assert "zn:direction" in text


def test_the_context_has_a_term_for_each_term_of_the_ontology() -> None:
    terms = read_terms().terms
    ours = {name.removeprefix("zn:") for name in terms if name.startswith("zn:")}
    assert len(ours) > 70
    assert ours <= read_context().keys()
    assert read_context()["partner"] == {"@id": "zn:partner", "@type": "@id"}
    assert read_context()["budgetMax"] == {"@id": "zn:budgetMax", "@type": "xsd:integer"}
    assert read_context()["dcterms:title"] == {"@id": "dcterms:title", "@language": "zh"}


def test_json_ld_is_what_a_person_expects(built: Path, tmp_path: Path) -> None:
    export("jsonld", built, tmp_path / "facts.jsonld")
    document = json.loads((tmp_path / "facts.jsonld").read_bytes())
    assert document["@context"] == read_context()
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert len(nodes) == len(document["@graph"])
    direction = nodes["https://w3id.org/zhinan/call/001/direction/1.3"]
    assert direction["@type"] == ["Direction"]
    assert direction["partner"] == ["https://w3id.org/zhinan/country/IL"]
    assert direction["budgetMax"] == [20_000_000]
    assert direction["openTopic"] == ["true"]
    assert direction["number"] == ["1.3"]
    assert not any(key.startswith("http") for node in nodes.values() for key in node)


def test_the_context_alone_reads_a_document_that_refers_to_it(folder: Path, tmp_path: Path) -> None:
    """Put in the place of the reference, it gives the same graph as the embedded one."""
    export("jsonld-context", folder, tmp_path / "context.jsonld")
    alone = json.loads((tmp_path / "context.jsonld").read_bytes())
    export("jsonld", folder, tmp_path / "facts.jsonld")
    document = json.loads((tmp_path / "facts.jsonld").read_bytes())
    assert alone == {"@context": document["@context"]}


@pytest.mark.parametrize(
    "literal",
    [
        ox.Literal("标题", language="en"),
        ox.Literal("plain"),
        ox.Literal("007", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("-0", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("99999999999999999999", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("5.50", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
        ox.Literal("x", datatype=ox.NamedNode("http://example.org/type")),
        ox.NamedNode("http://example.org/a:b"),
        ox.NamedNode("urn:x:y"),
    ],
)
def test_a_value_that_its_term_does_not_foresee_is_written_in_full(
    literal: ox.Literal | ox.NamedNode, tmp_path: Path
) -> None:
    thing = ox.NamedNode("http://example.org/thing")
    names = ("budgetMax", "quantity", "number", "partner", "openTopic", "value")
    quads = [ox.Quad(thing, ox.NamedNode(ZN + name), literal) for name in names]
    quads += [ox.Quad(thing, ox.NamedNode("http://purl.org/dc/terms/title"), literal)]
    quads += [ox.Quad(thing, ox.NamedNode("http://example.org/unknown"), literal)]
    folder = write_small(tmp_path / "kg", quads=quads)
    export("jsonld", folder, tmp_path / "facts.jsonld")
    read = {quad.triple for quad in ox.parse(path=str(tmp_path / "facts.jsonld"), format=ox.RdfFormat.JSON_LD)}
    store = open_holdings(folder).graph.store
    assert read == {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    graph = rdflib.Graph().parse(str(tmp_path / "facts.jsonld"), format="json-ld")
    objects = [object_ for _, _, object_ in graph.triples((rdflib.URIRef(thing.value), None, None))]
    assert len(objects) == len(quads)
    wanted = to_rdflib(literal)
    assert all(one.eq(wanted) for one in objects if isinstance(one, rdflib.Literal))
    assert isinstance(wanted, rdflib.Literal) or set(objects) == {wanted}
