"""Every shape holds: one thing of each class passes, and for every constraint a copy with one fault fails, for that reason.

A case takes a thing of `test_shapes_fixtures.ttl`, makes one fault in a copy of it, and names the path that
must be blamed. All copies are validated in one run. No property shape and no rule is without its case.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from pyshacl import validate
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from ontology.vocabulary import BASE, FOLDER, read_vocabulary

GOOD = Path(__file__).with_suffix(".ttl")
ZN = Namespace(BASE + "ontology#")


class Case(NamedTuple):
    """A fault: `say` is Turtle for what stands in place of the thing's values of `path`; nothing if empty.

    `blames` is the shape that must find it, where that looks at several properties at once.
    """

    thing: str
    path: str
    say: str
    blames: str = ""


CALL, DIRECTION, SECTION = "call/t", "call/t/direction/1.1", "call/t/section/1"
TOPIC, ENVELOPE = DIRECTION + "/topic/氢能", DIRECTION + "/envelope/氢能"
INDICATOR, MEASURE, RANGE = DIRECTION + "/indicator/1", DIRECTION + "/measure/1", DIRECTION + "/measure/2"
CLAIM, QUOTE = "document/t/claim/5-9/year/t/", "document/t#char=5,9"
CORRECTION = "document/t/correction/call/year/2021"
NOWHERE = "<nowhere>"

LINKS = [
    *(
        Case(CALL, path, NOWHERE)
        for path in ["zn:programme", "zn:stage", "zn:section", "zn:direction", "zn:requirement", "zn:contact"]
    ),
    Case(SECTION, "zn:direction", NOWHERE),
    *(
        Case(DIRECTION, f"zn:{name}", NOWHERE)
        for name in [
            "researchType",
            "subdirection",
            "partner",
            "partnerMember",
            "underAgreement",
            "agency",
            "topic",
            "envelope",
            "contact",
            "requirement",
            "keyword",
            "field",
            "indicator",
            "measure",
        ]
    ),
    Case(DIRECTION, "zn:partner", "<agency/某部>"),
    Case(DIRECTION, "zn:partnerMember", "<group/EU>"),
    Case(TOPIC, "zn:subtopic", NOWHERE),
    Case("region/143", "zn:member", NOWHERE),
    Case("group/EU", "zn:member", "<group/EU>"),
    Case("organisation/XYZ", "zn:member", "<group/EU>"),
    *(Case("agency/某部某司", path, NOWHERE) for path in ("zn:country", "org:unitOf", "org:subOrganizationOf")),
    Case("agency/某部某司", "zn:country", "<organisation/XYZ>"),
    Case("call/t/requirement/min-consortium", "zn:requirementType", NOWHERE),
    Case("document/t", "zn:readBy", NOWHERE),
    Case("document/t", "prov:wasRevisionOf", NOWHERE),
    Case(CLAIM, "prov:wasQuotedFrom", NOWHERE),
    *(Case(CLAIM, path, NOWHERE) for path in ("prov:wasAttributedTo", "prov:wasDerivedFrom")),
    *(Case(CORRECTION, p, NOWHERE) for p in ("zn:corrects", "prov:wasQuotedFrom", "prov:wasAttributedTo")),
    Case(QUOTE, "oa:hasSource", NOWHERE),
]
MISSING = [
    Case("programme/试验专项", "rdfs:label", ""),
    Case(CALL, "dcterms:title", ""),
    Case(CALL, "rdfs:label", ""),
    Case(CALL, "prov:hadPrimarySource", ""),
    Case(CALL, "zn:direction", ""),
    *(Case(SECTION, path, "") for path in ("zn:number", "dcterms:title", "rdfs:label")),
    *(Case(DIRECTION, path, "") for path in ("zn:number", "zn:position", "dcterms:title", "rdfs:label")),
    *(Case(TOPIC, path, "") for path in ("dcterms:title", "rdfs:label")),
    Case(ENVELOPE, "zn:scope", ""),
    *(Case(INDICATOR, path, "") for path in ("zn:position", "dcterms:description", "rdfs:label")),
    *(Case(MEASURE, path, "") for path in ("zn:position", "rdfs:label", "zn:comparator", "zn:quantity")),
    *(Case("keyword/氢", path, "") for path in ("skos:prefLabel", "rdfs:label")),
    *(Case("agreement/协定", path, "") for path in ("dcterms:title", "rdfs:label", "zn:agreementKind")),
    Case("agency/某部", "rdfs:label", "", blames="Agency"),
    Case("contact/a@b.cn", "rdfs:label", ""),
    *(
        Case(thing, path, "")
        for thing in [
            "country/NZ",
            "region/143",
            "group/EU",
            "field/ENE",
            "requirement/matching-funds",
            "research-type/basic",
            "stage/final",
        ]
        for path in ("skos:notation", "skos:prefLabel")
    ),
    Case("organisation/XYZ", "skos:notation", ""),
    *(Case("document/t", path, "") for path in ("zn:fileName", "schema:sha256", "zn:characters")),
    Case("software/zhinan/0.1.0", "schema:softwareVersion", ""),
    *(Case(CLAIM, path, "") for path in ("rdf:subject", "rdf:predicate", "rdf:object", "zn:rule", "zn:confidence")),
    *(Case(QUOTE, path, "") for path in ("oa:start", "oa:end", "oa:exact", "oa:prefix", "oa:suffix")),
    Case(QUOTE, "rdf:type", "zn:SourceRange"),
    *(Case(CORRECTION, f"zn:{name}", "") for name in ("corrects", "recordKey", "oldValue", "reason")),
    Case("agent/李四", "schema:name", ""),
]
COUNTS = [
    Case(CALL, f"zn:{name}", say)
    for name in ["batch", "statedDirections", "statedPartners", "maxChineseParticipants"]
    for say in ("0", '"1"', "1, 2")
]
AMOUNTS = [
    Case(thing, f"zn:{name}{end}", say)
    for thing, names in (
        (CALL, "projects budget years"),
        (DIRECTION, "projects budget years projectBudget"),
        (ENVELOPE, "projects budget"),
    )
    for name in names.split()
    for end, say in (("Min", "-1"), ("Min", "30000000"), ("Max", "30000000.5"), ("Max", "30000000, 30000001"))
]
TITLE = "dcterms:title"
WRONG = [
    Case(CALL, TITLE, '"A title"@en'),
    Case(CALL, TITLE, '"甲"@zh, "乙"@zh'),
    Case(CALL, "zn:year", "21"),
    Case(CALL, "prov:hadPrimarySource", "<call/t>"),
    Case(DIRECTION, "zn:number", '"1.1."'),
    Case(DIRECTION, "zn:position", "0"),
    Case(DIRECTION, "zn:minPartnerCountries", "0"),
    Case(DIRECTION, "zn:openTopic", '"true"'),
    Case(DIRECTION, "zn:openTopic", "true", blames="DirectionOpenTopic"),
    Case(DIRECTION, "schema:url", '"http://example.org/a b"^^xsd:anyURI'),
    Case(ENVELOPE, "zn:projectsMin zn:projectsMax zn:budgetMin zn:budgetMax", "", blames="EnvelopeAmount"),
    Case(MEASURE, "zn:comparator", '"≥"'),
    Case(MEASURE, "zn:quantity", '"80"'),
    Case(MEASURE, "zn:quantityMax", "90.0", blames="MeasureRange"),
    Case(RANGE, "zn:quantityMax", "", blames="MeasureRange"),
    Case(RANGE, "zn:quantityMax", "3.0, 4.0"),
    Case(MEASURE, "zn:unit", '""'),
    Case("country/NZ", "skos:notation", '"NZL"'),
    Case("country/NZ", "skos:prefLabel", '"新西兰"@zh, "纽西兰"@zh'),
    Case("region/143", "skos:notation", '"CAS"'),
    Case("group/EU", "skos:notation", '"eu"'),
    *(
        Case(thing, path, say)
        for thing in ("country/NZ", "region/143", "group/EU")
        for path, say in (("zn:shortForm", '"新西"@zh'), ("zn:excludedForm", '"甲"@zh'))
    ),
    Case("organisation/XYZ", "skos:prefLabel", '"甲"@zh, "乙"@zh'),
    Case("agreement/协定", "zn:agreementKind", '"treaty"'),
    Case("agreement/协定", "zn:year", "218"),
    Case("agency/某部某司", "zn:country", "<country/NZ>, <region/143>"),
    Case("agency/某部某司", "org:unitOf", "<agency/某部>, <agency/某部某司>"),
    Case("agency/某部某司", "org:subOrganizationOf", "<agency/某部>, <agency/某部某司>"),
    Case("contact/a@b.cn", "schema:name", '""'),
    Case("contact/a@b.cn", "vcard:organization-name", '"某部"@zh'),
    Case("contact/a@b.cn", "schema:telephone", '"无"'),
    Case("contact/a@b.cn", "schema:faxNumber", '"无"'),
    Case("contact/a@b.cn", "schema:email", '"a b.cn"'),
    Case("contact/a@b.cn", "schema:name schema:email schema:telephone", "", blames="ContactAddress"),
    Case("call/t/requirement/min-consortium", "zn:value", "", blames="RequirementNumber"),
    Case("call/t/requirement/min-consortium", "zn:value", '"2:1"', blames="RequirementNumber"),
    Case("call/t/direction/1.1/requirement/matching-funds", "zn:value", '"一比一"'),
    Case("field/ENE", "skos:notation", '"Energy"'),
    Case("requirement/matching-funds", "skos:notation", '"Matching funds"'),
    Case("research-type/basic", "skos:notation", '"applied"'),
    Case("stage/final", "skos:notation", '"over"'),
    Case("document/t", "schema:sha256", '"e3b0"'),
    Case("document/t", "zn:characters", "0"),
    Case(CLAIM, "zn:confidence", "1.5"),
    Case(CLAIM, "rdf:object", "2021, 2022"),
    Case(CORRECTION, "zn:recordKey", '"Year"'),
    Case(CORRECTION, "zn:verdict", '"perhaps"'),
    Case(CORRECTION, "zn:verdict", '"accept"', blames="CorrectionValue"),
    Case(CORRECTION, "zn:newValue", "", blames="CorrectionValue"),
    Case(CORRECTION, "zn:newValue", '"2022", "2023"'),
    Case(QUOTE, "oa:start", '"9"^^xsd:nonNegativeInteger'),
    Case(QUOTE, "oa:end", "9"),
    Case(QUOTE, "oa:exact", '""'),
]
CASES = [*LINKS, *MISSING, *COUNTS, *AMOUNTS, *WRONG]


def shapes() -> Graph:
    return Graph().parse(FOLDER / "shapes.ttl")


def faulty(number: int) -> URIRef:
    """Name the copy of a case."""
    return URIRef(f"{BASE}faulty/{number}")


def spoil(graph: Graph, good: Graph, number: int, case: Case) -> None:
    """Add a copy of the case's thing, with its fault, to a graph."""
    terms = read_vocabulary().terms
    paths = {URIRef(terms[path]) for path in case.path.split()}
    for _, predicate, value in good.triples((URIRef(BASE + case.thing), None, None)):
        if predicate not in paths:
            graph.add((faulty(number), predicate, value))
    if case.say:
        header = "".join(f"@prefix {p}: <{n}> .\n" for p, n in read_vocabulary().prefixes.items())
        turtle = f"{header}@base <{BASE}> .\n<{faulty(number)}> {case.path.split()[0]} {case.say} ."
        for triple in Graph().parse(data=turtle, format="turtle"):
            graph.add(triple)
    if case.path == "rdf:type":
        graph.add((faulty(number), RDF.type, ZN.SourceRange))


class Blame(NamedTuple):
    """Which shape found a fault, and at which of our terms; None where it looks at several at once."""

    shape: str
    path: str | None


@cache
def blamed() -> dict[Node, set[Blame]]:
    """Validate all cases at once; return what is blamed in each thing."""
    good, graph, rules = Graph().parse(GOOD), Graph().parse(GOOD), shapes()
    for number, case in enumerate(CASES):
        spoil(graph, good, number, case)
    _, report, _ = validate(graph, shacl_graph=rules)
    assert isinstance(report, Graph)
    found: dict[Node, set[Blame]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus, source = report.value(result, SH.focusNode), report.value(result, SH.sourceShape)
        assert focus is not None
        assert source is not None
        path = report.value(result, SH.resultPath)
        shape = source if isinstance(source, URIRef) else rules.value(predicate=SH.property, object=source)
        blame = Blame(str(shape).rpartition("#")[2], curie(path) if isinstance(path, URIRef) else None)
        found.setdefault(focus, set()).add(blame)
    return found


@cache
def classes() -> dict[Node, str]:
    """Return the class of every good thing: our own, where it has one."""
    kinds = sorted(Graph().parse(GOOD).subject_objects(RDF.type), key=lambda pair: str(pair[1]).startswith(ZN))
    return {thing: str(kind).rpartition("#")[2] for thing, kind in kinds}


def curie(iri: Node) -> str:
    return next(name for name, value in read_vocabulary().terms.items() if value == str(iri))


def expected(case: Case) -> Blame:
    if case.blames:
        return Blame(case.blames, None)
    return Blame(classes()[URIRef(BASE + case.thing)], case.path)


def test_a_thing_of_every_class_passes() -> None:
    conforms, _, text = validate(Graph().parse(GOOD), shacl_graph=shapes(), meta_shacl=True)
    assert conforms, text
    shaped = {str(target).rpartition("#")[2] for target in shapes().objects(None, SH.targetClass)}
    assert shaped <= set(classes().values())


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{c.thing}-{c.path}-{c.say or 'nothing'}" for c in CASES])
def test_one_fault_is_blamed_on_its_path_and_on_nothing_else(number: int) -> None:
    assert blamed().get(faulty(number)) == {expected(CASES[number])}


def test_there_are_as_many_cases_as_we_think() -> None:
    assert len(CASES) == 211


def test_every_constraint_has_its_case() -> None:
    graph = shapes()
    exercised = {expected(case) for case in CASES}
    lacking = []
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        name = str(shape).rpartition("#")[2]
        paths = [graph.value(constraint, SH.path) for constraint in graph.objects(shape, SH.property)]
        wanted = [Blame(name, curie(path) if isinstance(path, URIRef) else None) for path in paths]
        lacking += [blame for blame in wanted or [Blame(name, None)] if blame not in exercised]
    assert lacking == []


def test_every_constraint_speaks_both_languages() -> None:
    graph = shapes()
    speaking = {*graph.subjects(SH.targetClass, None), *graph.objects(None, SH.property)}
    constraints = [
        shape
        for shape in speaking
        if (shape, SH.path, None) in graph and (None, SH.property, shape) in graph and outermost(graph, shape)
    ]
    rules = [shape for shape in graph.subjects(RDF.type, SH.NodeShape) if (shape, SH.property, None) not in graph]
    assert len(rules) == 6
    for shape in [*constraints, *rules]:
        messages = [message for message in graph.objects(shape, SH.message) if isinstance(message, Literal)]
        assert sorted(str(message.language) for message in messages) == ["en", "zh"], shape


def outermost(graph: Graph, shape: Node) -> bool:
    """Say whether a property shape stands right under a node shape, not inside a rule."""
    return any((owner, SH.targetClass, None) in graph for owner in graph.subjects(SH.property, shape))
