"""Every match is with a word that the other vocabulary has, and every word of ours has a parent, a match or a reason.

The lists below are the neighbours' own names, as far as they concern us, read in their files; what rdflib knows of a
vocabulary is asked of rdflib too. A name that is spelt in another way is no name.
"""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ODRL2, ORG, OWL, PROV, RDF, RDFS, SDO, SKOS, TIME, DefinedNamespace
from rdflib.term import Node

from ontology.vocabulary import BASE, FOLDER, ZN, read_vocabulary

MATCHES = (SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch, SKOS.exactMatch)
KNOWN = {
    # EURIO 2.4
    "eurio": "FundingScheme FundingAgency PublicBody MonetaryAmount Country Grant Project hasSubScheme isSubSchemeOf "
    "hasFundingSchemeProgramme hasFundingSchemeCall hasFundingSchemeTopic hasFundingSchemeType isImplementedBy "
    "hasFundingAmount hasTotalCost hasInvolvedParty hasEuroSciVocClassification keyword duration value currency",
    # DINGO, state of 2020-08-25
    "dingo": "FundingScheme FundingAgency Criterion ThematicCriterion BottomUpCriterion GeographicCriterion "
    "OrganisationalCriterion AgeCriterion CareerStageCriterion CareerPurposeCriterion EmploymentCriterion "
    "WorkingTimeCriterion InfrastructurePurposeCriterion GovernmentalOrganisation IntergovernmentalOrganisation "
    "SupranationalOrganisation criterion thematic_area implementation_country organisation_location implemented_by "
    "budget objective country",
    # FRAPO 1.1.1
    "frapo": "FundingProgramme FundingAgency Deliverable BudgetedAmount hasFundingAgency hasCallIdentifier hasKeyword "
    "hasMonetaryValue hasCountry hasDeliverable",
    # FaBiO 2.3, DoCO 1.3
    "fabio": "CallForApplications ComputerFile SubjectDiscipline SubjectTerm hasSubjectTerm",
    "doco": "Section SectionTitle Paragraph Sentence List",
    # CCCEV 2.1.0, ePO 4.2.0
    "cccev": "Requirement Criterion Constraint InformationRequirement ReferenceFramework InformationConcept isDerivedFrom",
    "epo": "Procedure Notice Lot QualificationCriterion hasEstimatedValue hasEstimatedDuration hasPrimaryContactPoint "
    "hasMaximumNumberOfLotsToBeAwarded",
    # schema.org 30.0
    "schema": "FundingScheme GovernmentOrganization ContactPoint MonetaryAmount DefinedTerm Claim Legislation "
    "eligibleRegion member funder keywords contactPoint value minValue maxValue unitText duration temporalCoverage "
    "position",
    # OpenAIRE's funding types
    "oft": "FundingProgramme Call Tender Grant Contract Award Gift InternalFunding",
    # VIVO 1.9, FAO geopolitical, OMG LCC
    "vivo": "GovernmentAgency Country GeographicRegion hasSubjectArea freetextKeyword",
    "fao": "territory group geographical_region economic_region special_group organization hasMember",
    "lcc-cr": "GeographicRegion Country",
    # QUDT, OM 2, GoodRelations, OWL-Time
    "qudt": "Quantity QuantityValue quantityValue numericValue hasUnit",
    "om": "Measure hasNumericalValue hasUnit",
    "gr": "hasMinCurrencyValue hasMaxCurrencyValue",
    "time": "years",
    # ODRL 2.2
    "odrl": "Constraint operator eq gt gteq lt lteq",
    # W3C
    "oa": "Annotation TextPositionSelector TextQuoteSelector",
    "nif": "Context OffsetBasedString",
    "dcat": "theme keyword contactPoint",
    "dcterms": "identifier type conformsTo",
    "org": "hasMember",
    "prov": "wasAssociatedWith wasGeneratedBy",
    "skos": "member hiddenLabel",
}
CLOSED: dict[str, type[DefinedNamespace]] = {
    "schema": SDO,
    "org": ORG,
    "prov": PROV,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "odrl": ODRL2,
    "time": TIME,
}
"""Vocabularies of which rdflib knows every name."""

PROMISED = {
    "zn:Programme": "closeMatch eurio:FundingScheme, dingo:FundingScheme, schema:FundingScheme, oft:FundingProgramme",
    "zn:Call": "closeMatch fabio:CallForApplications, oft:Call; broadMatch eurio:FundingScheme, dingo:FundingScheme",
    "zn:Direction": "broadMatch eurio:FundingScheme, dingo:FundingScheme; relatedMatch epo:Lot",
    "zn:Agency": "narrowMatch frapo:FundingAgency, eurio:FundingAgency, dingo:FundingAgency, vivo:GovernmentAgency",
    "zn:Agreement": "broadMatch cccev:ReferenceFramework; relatedMatch schema:Legislation",
    "zn:Country": "closeMatch eurio:Country, vivo:Country, fao:territory",
    "zn:CountryGroup": "closeMatch fao:group; narrowMatch fao:economic_region, fao:special_group",
    "zn:InternationalOrganisation": "closeMatch dingo:IntergovernmentalOrganisation",
    "zn:Contact": "closeMatch schema:ContactPoint",
    "zn:Requirement": "closeMatch cccev:Requirement; relatedMatch epo:QualificationCriterion",
    "zn:Measure": "closeMatch qudt:QuantityValue, om:Measure; relatedMatch cccev:Constraint, odrl:Constraint",
    "zn:Envelope": "closeMatch frapo:BudgetedAmount; relatedMatch schema:MonetaryAmount, eurio:MonetaryAmount",
    "zn:Claim": "closeMatch oa:Annotation",
    "zn:direction": "closeMatch eurio:hasSubScheme; relatedMatch eurio:hasFundingSchemeTopic",
    "zn:programme": "closeMatch eurio:isSubSchemeOf; relatedMatch eurio:hasFundingSchemeProgramme",
    "zn:agency": "closeMatch eurio:isImplementedBy, dingo:implemented_by, frapo:hasFundingAgency",
    "zn:requirement": "closeMatch dingo:criterion",
    "zn:budgetMax": "closeMatch schema:maxValue, gr:hasMaxCurrencyValue; relatedMatch eurio:hasFundingAmount",
    "zn:yearsMax": "closeMatch eurio:duration, time:years",
    "zn:comparator": "relatedMatch odrl:operator",
    "requirement:enterprise-lead": "broadMatch dingo:OrganisationalCriterion",
    "requirement:min-partner-countries": "broadMatch dingo:GeographicCriterion",
    "requirement:dual-submission": "broadMatch dingo:Criterion",
}
"""The matches that users of EURIO, DINGO and the others look for first."""

NEVER = {
    ("zn:Agency", "schema:FundingAgency"),
    ("zn:Agreement", "frapo:Contract"),
    ("zn:Topic", "eurio:FundingScheme"),
    ("zn:CountryGroup", "org:Organization"),
    ("zn:requirement", "cccev:hasRequirement"),
    ("zn:yearsMax", "frapo:hasTemporalDuration"),
}
"""What looks alike and is not."""


@cache
def alignment() -> Graph:
    return Graph().parse(FOLDER / "alignment.ttl")


@cache
def ontology() -> Graph:
    return Graph().parse(FOLDER / "zhinan.ttl")


def matches() -> list[tuple[Node, Node, Node]]:
    return [statement for kind in MATCHES for statement in alignment().triples((None, kind, None))]


def expand(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(read_vocabulary().prefixes[prefix] + local)


def split(iri: Node) -> tuple[str, str]:
    """Return prefix and local name of a neighbour's term."""
    for prefix, namespace in read_vocabulary().prefixes.items():
        if str(iri).startswith(namespace) and prefix in KNOWN:
            return prefix, str(iri).removeprefix(namespace)
    return "", str(iri)


def test_every_match_is_with_a_name_that_the_neighbour_has() -> None:
    found = {split(theirs) for _, _, theirs in matches()}
    assert [f"{prefix}:{name}" for prefix, name in sorted(found) if name not in KNOWN.get(prefix, "").split()] == []
    assert len(matches()) > 150


@pytest.mark.parametrize("prefix", CLOSED)
def test_rdflib_knows_the_names_too(prefix: str) -> None:
    strange = [name for name in KNOWN[prefix].split() if expand(f"{prefix}:{name}") not in CLOSED[prefix]]
    assert strange == []


def test_every_match_starts_at_a_thing_of_ours() -> None:
    ours = {*read_vocabulary().terms.values(), *(c.iri for c in read_vocabulary().concepts("requirements"))}
    ours |= {str(concept) for concept in alignment().subjects(SKOS.inScheme, URIRef(BASE + "scheme/comparators"))}
    assert {str(subject) for subject, _, _ in matches()} <= ours
    assert not [theirs for _, _, theirs in matches() if str(theirs).startswith(BASE)]


def test_two_things_are_matched_in_one_way() -> None:
    pairs = Counter((subject, theirs) for subject, _, theirs in matches())
    assert [pair for pair, times in pairs.items() if times > 1] == []


@pytest.mark.parametrize("name", PROMISED)
def test_the_matches_that_are_looked_for_first_are_there(name: str) -> None:
    for part in PROMISED[name].split("; "):
        kind, _, theirs = part.partition(" ")
        for other in theirs.split(", "):
            assert (expand(name), SKOS[kind], expand(other)) in alignment(), f"{name} {kind} {other}"


@pytest.mark.parametrize(("ours", "theirs"), sorted(NEVER))
def test_what_only_looks_alike_is_not_matched(ours: str, theirs: str) -> None:
    namespaces = {**read_vocabulary().prefixes}
    prefix, _, local = theirs.partition(":")
    assert (expand(ours), None, URIRef(namespaces[prefix] + local)) not in alignment() + ontology()


def test_no_parent_is_matched_again() -> None:
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term, parent in ontology().subject_objects(predicate):
            assert not [kind for kind in MATCHES if (term, kind, parent) in alignment()]


def test_every_term_of_ours_has_a_parent_a_match_or_a_reason() -> None:
    parents = {term for kind in (RDFS.subClassOf, RDFS.subPropertyOf) for term in ontology().subjects(kind)}
    matched = {subject for subject, _, _ in matches()}
    reasons = dict(alignment().subject_objects(SKOS.editorialNote))
    terms = {URIRef(iri) for iri in read_vocabulary().terms.values() if iri.startswith(ZN)}
    assert terms - parents - matched - set(reasons) == set()
    assert set(reasons) & matched == set()
    assert all(isinstance(reason, Literal) and len(reason) > 8 for reason in reasons.values())


def test_a_parent_beyond_owl_2_dl_stands_with_the_matches() -> None:
    """rdf:Statement is reserved: the ontology cannot say it, the alignment may."""
    parents = set(alignment().triples((None, RDFS.subClassOf, None)))
    assert parents == {(URIRef(ZN + "Claim"), RDFS.subClassOf, RDF.Statement)}
    assert not [term for term in ontology().objects(None, RDFS.subClassOf) if term == RDF.Statement]


def test_every_requirement_code_has_its_criterion() -> None:
    criteria = {expand(f"dingo:{name}") for name in KNOWN["dingo"].split() if name.endswith("riterion")}
    for concept in read_vocabulary().concepts("requirements"):
        found = {theirs for kind in MATCHES for theirs in alignment().objects(URIRef(concept.iri), kind)}
        assert found, concept.notation
        assert found <= criteria, concept.notation


def test_comparators_are_those_that_a_measure_may_bear() -> None:
    """Their code is what stands in zn:comparator; the shape lists the same."""
    shapes = Graph().parse(FOLDER / "shapes.ttl")
    listed = next(
        {str(value) for value in shapes.items(allowed)}
        for shape, allowed in shapes.subject_objects(URIRef("http://www.w3.org/ns/shacl#in"))
        if (shape, URIRef("http://www.w3.org/ns/shacl#path"), URIRef(ZN + "comparator")) in shapes
    )
    scheme = URIRef(BASE + "scheme/comparators")
    codes = {str(alignment().value(concept, SKOS.notation)) for concept in alignment().subjects(SKOS.inScheme, scheme)}
    assert codes == listed
    matched = {split(theirs)[1] for _, _, theirs in matches() if split(theirs)[0] == "odrl"}
    assert matched >= {"gteq", "gt", "lteq", "lt", "eq"}


def test_the_release_is_that_of_the_ontology() -> None:
    versions = {
        str(Graph().parse(FOLDER / name).value(predicate=OWL.versionInfo, object=None, subject=URIRef(BASE + iri)))
        for name, iri in (("zhinan.ttl", "ontology"), ("alignment.ttl", "alignment"), ("shapes.ttl", "shapes"))
    }
    assert len(versions) == 1
