"""The ontology is OWL 2 DL, and a reasoner that knows our neighbours finds no contradiction and no unwanted class.

What is reasoned over is the ontology with the facts; claims (rdf:Statement names its property, so a property would be a
thing too) and the matches between classes stay outside.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import owlrl
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, XSD
from rdflib.term import Node

from ontology.vocabulary import BASE, FOLDER, ZN, read_vocabulary

HERE = Path(__file__).parent
SCHEMES = sorted((FOLDER / "schemes").glob("*.ttl"))
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDFS.Datatype}
RESERVED = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))
"""Namespaces that OWL 2 keeps for itself (section 2.4): a DL ontology declares nothing in them."""

SYNTAX = {RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.disjointWith, OWL.versionIRI}
BUILT_IN = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.priorVersion}
BUILT_IN |= {OWL.backwardCompatibleWith, OWL.incompatibleWith, OWL.deprecated}
DATATYPES = {XSD.anyURI, XSD.boolean, XSD.dateTime, XSD.decimal, XSD.integer, XSD.nonNegativeInteger, XSD.string}
DATATYPES |= {RDF.PlainLiteral, RDFS.Literal}
"""Those of the OWL 2 datatype map that we use; xsd:date and rdf:langString are not in it."""

SAMPLE = {
    "call/t": "zn:Call prov:Entity",
    "programme/试验专项": "zn:Programme frapo:FundingProgramme",
    "call/t/section/1": "zn:Section",
    "call/t/direction/1.1": "zn:Direction",
    "call/t/direction/1.1/topic/氢能": "zn:Topic",
    "call/t/direction/1.1/envelope/氢能": "zn:Envelope",
    "call/t/direction/1.1/indicator/1": "zn:Indicator",
    "call/t/direction/1.1/measure/1": "zn:Measure schema:QuantitativeValue schema:StructuredValue",
    "keyword/氢": "zn:Keyword",
    "country/NZ": "zn:Country zn:Partner schema:Country schema:AdministrativeArea schema:Place",
    "region/143": "zn:Region zn:Partner schema:Place",
    "group/EU": "zn:CountryGroup zn:Partner",
    "organisation/XYZ": "zn:InternationalOrganisation zn:Partner org:Organization foaf:Organization foaf:Agent",
    "agreement/协定": "zn:Agreement",
    "agency/某部": "zn:Agency org:FormalOrganization org:Organization foaf:Organization foaf:Agent",
    "agency/某部某司": "zn:Agency org:OrganizationalUnit org:Organization foaf:Organization foaf:Agent",
    "contact/a@b.cn": "zn:Contact vcard:Kind schema:ContactPoint schema:StructuredValue",
    "call/t/requirement/min-consortium": "zn:Requirement dingo:Criterion",
    "field/ENE": "zn:Field skos:Concept",
    "requirement/matching-funds": "zn:RequirementType skos:Concept",
    "research-type/basic": "zn:ResearchType skos:Concept",
    "stage/final": "zn:Stage skos:Concept",
    "document/t": "zn:Document prov:Entity schema:DigitalDocument schema:CreativeWork",
    "document/t#char=5,9": "zn:SourceRange oa:TextPositionSelector oa:TextQuoteSelector oa:Selector oa:ResourceSelection "
    "prov:Entity",
    "document/t/correction/call/year/2021": "zn:Correction prov:Entity",
    "agent/李四": "prov:Person prov:Agent",
    "software/zhinan/0.1.0": "prov:SoftwareAgent prov:Agent",
}
"""All classes that each thing is of once every parent, domain and range has fired: no more, no less."""


@cache
def ontology() -> Graph:
    return Graph().parse(FOLDER / "zhinan.ttl")


@cache
def kinds() -> dict[Node, set[Node]]:
    found: dict[Node, set[Node]] = defaultdict(set)
    for subject, kind in ontology().subject_objects(RDF.type):
        if kind in KINDS:
            found[subject].add(kind)
    return found


def is_reserved(term: Node) -> bool:
    return isinstance(term, URIRef) and str(term).startswith(RESERVED)


# ---- OWL 2 DL ----


def test_a_term_is_of_one_kind_and_no_name_of_a_thing() -> None:
    assert {term: kind for term, kind in kinds().items() if len(kind) > 1} == {}
    for path in [FOLDER / "zhinan.ttl", *SCHEMES]:
        things = {s for s, kind in Graph().parse(path).subject_objects(RDF.type) if kind not in {*KINDS, OWL.Ontology}}
        assert things & set(kinds()) == set(), path.name


def test_nothing_is_declared_in_the_namespaces_that_owl_keeps_for_itself() -> None:
    assert [term for term in kinds() if is_reserved(term)] == []


@pytest.mark.parametrize("path", [FOLDER / "zhinan.ttl", *SCHEMES], ids=lambda path: path.name)
def test_every_statement_is_one_that_owl_2_dl_knows(path: Path) -> None:
    """A link leads to a thing, a value is a literal, and what is neither is an annotation."""
    for subject, predicate, value in Graph().parse(path):
        told = f"{subject} {predicate} {value}"
        assert not isinstance(subject, BNode), told
        assert not isinstance(value, BNode), told
        if predicate in SYNTAX | BUILT_IN:
            continue
        assert not is_reserved(predicate), told
        (kind,) = kinds().get(predicate, {None})
        assert kind in KINDS - {OWL.Class, RDFS.Datatype}, told
        assert kind != OWL.ObjectProperty or isinstance(value, URIRef), told
        assert kind != OWL.DatatypeProperty or isinstance(value, Literal), told


def test_classes_and_properties_stand_where_they_belong() -> None:
    """Parents are of the child's kind; a domain is a class; the range of a link is a class, of a value a datatype."""
    links, values = OWL.ObjectProperty, OWL.DatatypeProperty
    for child, predicate, parent in ontology():
        told = f"{child} {predicate} {parent}"
        if predicate in {RDFS.subClassOf, OWL.disjointWith}:
            assert kinds()[child] == kinds()[parent] == {OWL.Class}, told
        elif predicate == RDFS.subPropertyOf:
            assert kinds()[child] == kinds()[parent], told
            assert kinds()[child] <= {links, values}, told
        elif predicate == RDFS.domain:
            assert kinds()[parent] == {OWL.Class}, told
        elif predicate == RDFS.range:
            assert (parent in DATATYPES) if kinds()[child] == {values} else (kinds()[parent] == {OWL.Class}), told
        elif predicate == RDF.type:
            assert parent in KINDS | {OWL.Ontology} or kinds()[parent] == {OWL.Class}, told


@pytest.mark.parametrize("path", [FOLDER / "zhinan.ttl", *SCHEMES], ids=lambda path: path.name)
def test_every_literal_is_of_a_datatype_of_owl_2(path: Path) -> None:
    found = {value.datatype for value in Graph().parse(path).objects() if isinstance(value, Literal)}
    assert found - {None} <= DATATYPES


@pytest.mark.parametrize("name", ["zhinan.ttl", "alignment.ttl", "shapes.ttl"])
def test_an_import_is_one_of_ours(name: str) -> None:
    """The ontology stands alone: it declares what it takes from others, so that reading it fetches nothing."""
    imports = {str(value) for value in Graph().parse(FOLDER / name).objects(None, OWL.imports)}
    assert imports == (set() if name == "zhinan.ttl" else {BASE + "ontology"})


# ---- with our neighbours ----


def close(*more: str) -> Graph:
    """Return what follows, in OWL 2 RL, from the ontology, the neighbours' axioms, the sample and more Turtle."""
    graph = Graph()
    for path in (FOLDER / "zhinan.ttl", HERE / "neighbours.ttl", HERE / "test_shapes_fixtures.ttl"):
        graph.parse(path)
    header = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in read_vocabulary().prefixes.items())
    for text in more:
        graph.parse(data=f"{header}@base <{BASE}> .\n{text}", format="turtle")
    notes = {*graph.subjects(RDF.type, OWL.AnnotationProperty), *BUILT_IN}
    for statement in list(graph):
        if statement[1] in notes or statement[1] in {RDF.subject, RDF.predicate, RDF.object}:
            graph.remove(statement)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def contradictions(graph: Graph) -> list[str]:
    """Return what the reasoner complains of, and the things that cannot be."""
    told = [str(value) for _, predicate, value in graph if str(predicate).endswith("agent-ont#error")]
    return told + [str(thing) for thing in graph.subjects(RDF.type, OWL.Nothing)]


@cache
def closed() -> Graph:
    return close()


def classes(graph: Graph, thing: str) -> set[str]:
    names = graph.namespace_manager
    found = {names.curie(kind) for kind in graph.objects(URIRef(BASE + thing), RDF.type) if isinstance(kind, URIRef)}
    return found - {"owl:Thing", "rdfs:Resource"}


def test_the_reasoner_finds_no_contradiction() -> None:
    assert contradictions(closed()) == []


@pytest.mark.parametrize("thing", SAMPLE)
def test_a_thing_becomes_what_we_mean_and_nothing_else(thing: str) -> None:
    assert classes(closed(), thing) == set(SAMPLE[thing].split())


def test_the_sample_has_a_thing_of_every_class_but_claims() -> None:
    ours = {term for term, kind in kinds().items() if kind == {OWL.Class} and str(term).startswith(ZN)}
    assert ours - {kind for _, kind in closed().subject_objects(RDF.type)} == set()
    shown = {name for names in SAMPLE.values() for name in names.split() if name.startswith("zn:")}
    assert {f"zn:{str(term).removeprefix(ZN)}" for term in ours} - shown == {"zn:Claim"}


@pytest.mark.parametrize(
    "wrong",
    [
        "<country/NZ> a zn:Region .",
        "<call/t/direction/1.1> zn:topic <country/NZ> .",
        "<call/t/direction/1.1> zn:direction <call/t> .",
        "<call/t> zn:section <call/t/direction/1.1> .",
        "<call/t> zn:stage <research-type/basic> .",
        "<call/t/direction/1.1> zn:agency <agreement/协定> .",
        "<call/t/direction/1.1> zn:underAgreement <country/NZ> .",
        "<call/t> a zn:Document .",
        "<field/ENE> a skos:ConceptScheme .",
        "<agency/某部> a <http://xmlns.com/foaf/0.1/Person> .",
        "<document/t> a prov:Activity .",
        "zn:Call rdfs:subClassOf fabio:CallForApplications . <call/t> a fabio:ComputerFile .",
    ],
)
def test_a_thing_in_the_wrong_place_contradicts(wrong: str) -> None:
    assert contradictions(close(wrong)) != []


@pytest.mark.parametrize(
    ("parent", "thing", "unwanted"),
    [
        ("zn:requirement rdfs:subPropertyOf dingo:criterion .", "call/t", "dingo:FundingScheme"),
        ("zn:agency rdfs:subPropertyOf frapo:hasFundingAgency .", "agency/某部", "frapo:FundingAgency"),
        ("zn:Agency rdfs:subClassOf schema:FundingAgency .", "agency/某部", "schema:Project"),
    ],
)
def test_why_a_neighbour_is_matched_and_no_parent(parent: str, thing: str, unwanted: str) -> None:
    """As a parent it would make of our things what they are not."""
    assert unwanted not in classes(closed(), thing)
    assert unwanted in classes(close(parent), thing)
