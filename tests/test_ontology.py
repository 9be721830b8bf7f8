"""What can be said is said in full: terms, schemes, matches and shapes agree with each other and with the contract."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS

from ontology.vocabulary import BASE, FOLDER, ZN, Concept, read_vocabulary

FILES = sorted(FOLDER.rglob("*.ttl"))
SCHEMES = sorted((FOLDER / "schemes").glob("*.ttl"))
TERMS = sorted(name for name in read_vocabulary().terms if name.startswith("zn:"))
CLASSES = (
    "Programme Call Section Direction Agreement Agency Partner Country Region CountryGroup InternationalOrganisation "
    "Topic Field Keyword Contact Requirement Indicator Measure Envelope Document Claim"
)
PROPERTIES = (
    "programme year batch stage section direction subdirection number partner member underAgreement agency topic "
    "subtopic field keyword contact requirement requirementType value indicator measure comparator quantity "
    "quantityMax unit projectsMin projectsMax budgetMin budgetMax yearsMin yearsMax researchType "
    "minPartnerCountries envelope openTopic rule confidence"
)
REQUIREMENTS = (
    "dual-submission enterprise-lead foreign-enterprise-lead enterprise-participation academic-lead "
    "partner-eligibility two-plus-two matching-funds ip-agreement cooperation-agreement balanced-contribution "
    "joint-application-form identical-application government-endorsement framework-participation trilateral "
    "min-consortium max-chinese-participants min-partner-countries required-participant-type core-ip licence "
    "data-submission data-management-plan exchange-plan gender-dimension encourage-industry-academia "
    "encourage-enterprise encourage-sme encourage-young"
)
AMBIGUOUS = {"亚大区域", "亚大地区", "港澳", "港澳地区", "港澳台", "港澳台地区"}
"""Labels that name several concepts at once: Asia and Oceania, 港澳. A label that names one or the other is none."""


@cache
def graph(name: str) -> Graph:
    return Graph().parse(FOLDER / name)


def concepts() -> list[tuple[str, Concept]]:
    vocabulary = read_vocabulary()
    return [(scheme, concept) for scheme in vocabulary.schemes for concept in vocabulary.concepts(scheme)]


def partner(code: str) -> Concept:
    return read_vocabulary().get_concept("partners", code)


def codes(iris: tuple[str, ...]) -> str:
    return " ".join(iri.rpartition("/")[2] for iri in iris)


# ---- files ----


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_both_parsers_read_the_same_statements(path: Path) -> None:
    triples = {(q.subject, q.predicate, q.object) for q in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
    assert triples
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in triples)
    assert isomorphic(Graph().parse(data=lines, format="nt"), Graph().parse(path))


@pytest.mark.parametrize("path", [FOLDER / "zhinan.ttl", *SCHEMES], ids=lambda path: path.name)
def test_what_goes_into_the_store_has_no_blank_node(path: Path) -> None:
    assert not [node for triple in Graph().parse(path) for node in triple if isinstance(node, BNode)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_ends_in_one_line_end_and_holds_no_carriage_return(path: Path) -> None:
    raw = path.read_bytes()
    assert raw.endswith(b".\n")
    assert b"\r" not in raw


@pytest.mark.parametrize("name", ["zhinan.ttl", "shapes.ttl", "alignment.ttl"])
def test_a_release_says_what_it_is(name: str) -> None:
    about = graph(name)
    (ontology,) = about.subjects(RDF.type, OWL.Ontology)
    assert str(about.value(ontology, OWL.versionIRI)) == f"{ontology}/{about.value(ontology, OWL.versionInfo)}"
    assert about.value(ontology, DCTERMS.license)
    assert languages(about, ontology, DCTERMS.title) == ["en", "zh"]


# ---- terms ----


def languages(about: Graph, subject: object, predicate: URIRef) -> list[str]:
    assert isinstance(subject, URIRef)
    return sorted(str(value.language) for value in about.objects(subject, predicate) if isinstance(value, Literal))


def test_every_word_of_the_contract_is_declared() -> None:
    assert [word for word in f"{CLASSES} {PROPERTIES}".split() if f"zn:{word}" not in TERMS] == []


@pytest.mark.parametrize("name", TERMS)
def test_every_term_has_name_definition_and_example(name: str) -> None:
    about, term = graph("zhinan.ttl"), URIRef(read_vocabulary().term(name))
    assert languages(about, term, RDFS.label) == ["en", "zh"]
    assert languages(about, term, SKOS.definition) == ["en", "zh"]
    assert str(about.value(term, SKOS.example) or "").strip()
    assert about.value(term, RDFS.isDefinedBy) == URIRef(BASE + "ontology")


def test_a_class_starts_with_a_capital_and_a_property_does_not() -> None:
    about = graph("zhinan.ttl")
    for name in TERMS:
        is_class = (URIRef(read_vocabulary().term(name)), RDF.type, OWL.Class) in about
        assert name[3].isupper() is is_class, name


def test_every_property_says_what_it_is_of() -> None:
    about = graph("zhinan.ttl")
    for name in TERMS:
        term = URIRef(read_vocabulary().term(name))
        if name[3].islower():
            assert {*about.objects(term, RDFS.domain), *about.objects(term, SDO.domainIncludes)}, name
            assert len(list(about.objects(term, RDFS.domain))) <= 1, f"{name}: two domains mean both at once"


def test_parents_domains_and_ranges_are_declared() -> None:
    about, declared = graph("zhinan.ttl"), {URIRef(iri) for iri in read_vocabulary().terms.values()}
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, SDO.domainIncludes):
        assert set(about.objects(None, predicate)) <= declared


def test_the_forbidden_parents_are_not_asserted() -> None:
    about = graph("zhinan.ttl")
    parents = {*about.objects(None, RDFS.subClassOf), *about.objects(None, RDFS.subPropertyOf)}
    assert not parents & {SDO.FundingAgency, SDO.FundingScheme, URIRef("https://w3id.org/dingo#criterion")}
    assert not [parent for parent in parents if str(parent).startswith("http://data.europa.eu/")]


# ---- schemes ----


def test_the_schemes_hold_what_we_think() -> None:
    sizes = {scheme: len(read_vocabulary().concepts(scheme)) for scheme in read_vocabulary().schemes}
    assert (sizes["partners"], sizes["requirements"], sizes["research-types"], sizes["stages"]) == (324, 30, 3, 3)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.name)
def test_a_file_holds_the_scheme_it_is_named_after_and_every_scheme_introduces_itself(path: Path) -> None:
    about = Graph().parse(path)
    schemes = set(about.subjects(RDF.type, SKOS.ConceptScheme))
    assert URIRef(f"{BASE}scheme/{path.stem}") in schemes
    assert set(about.objects(None, SKOS.inScheme)) == schemes
    for scheme in schemes:
        assert languages(about, scheme, DCTERMS.title) == ["en", "zh"]


def test_every_concept_has_one_name_in_each_language() -> None:
    for scheme, concept in concepts():
        names = Counter(label.language for label in concept.labels if label.kind == "pref")
        assert names == {"zh": 1, "en": 1}, (scheme, concept.notation)
        assert all(label.text == label.text.strip() != "" for label in concept.labels), concept.notation


def test_every_concept_is_of_a_declared_class_and_bears_its_code_in_its_iri() -> None:
    declared = set(read_vocabulary().terms.values())
    for _, concept in concepts():
        assert concept.type in declared
        assert concept.iri.startswith(BASE)
        assert concept.iri.rpartition("/")[2] == concept.notation


def test_no_label_is_shared_by_two_concepts_of_a_scheme() -> None:
    owners: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for scheme, concept in concepts():
        for label in concept.labels:
            owners[scheme, label.language, label.text].append(concept.notation)
    shared = {text for (_, _, text), found in owners.items() if len(found) > 1}
    assert shared == AMBIGUOUS


def test_what_a_concept_points_to_is_there() -> None:
    known = {concept.iri for _, concept in concepts()}
    for _, concept in concepts():
        assert {*concept.members, *concept.broader} <= known, concept.notation


def test_every_requirement_code_of_the_contract_is_defined_in_both_languages() -> None:
    assert {concept.notation for concept in read_vocabulary().concepts("requirements")} == set(REQUIREMENTS.split())
    about = graph("schemes/requirements.ttl")
    for concept in read_vocabulary().concepts("requirements"):
        assert languages(about, URIRef(concept.iri), SKOS.definition) == ["en", "zh"]


def test_every_country_stands_once_below_each_part_of_the_world() -> None:
    regions = [c for c in read_vocabulary().concepts("partners") if c.notation.isdigit()]
    leaves = [c for c in regions if not any(c.iri in other.broader for other in regions)]
    placed = Counter(member for leaf in leaves for member in leaf.members)
    iso = {c.iri for c in read_vocabulary().concepts("partners") if re.fullmatch("[A-Z]{2}", c.notation)} - {
        BASE + "group/EU"
    }
    assert len(iso) == 249
    assert iso - set(placed) == {BASE + "country/AQ"}
    assert set(placed.values()) == {1}


def test_a_region_holds_exactly_what_the_regions_below_it_hold() -> None:
    regions = [c for c in read_vocabulary().concepts("partners") if c.notation.isdigit()]
    assert len(regions) == 29
    for region in regions:
        below = [set(other.members) for other in regions if region.iri in other.broader]
        assert not below or set(region.members) == set().union(*below), region.notation


@pytest.mark.parametrize(
    ("code", "members"),
    [
        ("EU", 27),
        ("ARAB", 22),
        ("ASEAN", 11),
        ("LMC", 6),
        ("ARCTIC", 8),
        ("PIC", 14),
        ("BRICS", 11),
        ("BRI", 0),
        ("MSR", 0),
        ("SCO", 10),
        ("GCC", 6),
        ("SAARC", 8),
        ("EAEU", 5),
        ("MRC", 4),
    ],
)
def test_a_group_has_as_many_members_as_the_world_says(code: str, members: int) -> None:
    group = partner(code)
    assert group.type in (ZN + "CountryGroup", ZN + "InternationalOrganisation")
    assert {member.removeprefix(BASE).partition("/")[0] for member in group.members} <= {"country", "region"}
    assert len(set(group.members)) == len(group.members) == members


def test_central_asia_is_five_countries() -> None:
    assert codes(partner("143").members) == "KG KZ TJ TM UZ"


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("KZ", "143 EAEU SCO 142"),
        ("SA", "ARAB BRICS GCC 145 142"),
        ("LA", "ASEAN LMC MRC 035 142"),
        ("IN", "BRICS SAARC SCO 034 142"),
        ("NO", "ARCTIC 154 150"),
        ("FJ", "PIC 054 009"),
        ("FR", "EU 155 150"),
        ("BR", "BRICS 005 419 019"),
    ],
)
def test_a_country_is_found_in_every_group_and_region_that_it_is_of(code: str, groups: str) -> None:
    country = partner(code).iri
    found = {c.notation for c in read_vocabulary().concepts("partners") if country in c.members}
    assert found - {"001"} == set(groups.split())


@pytest.mark.parametrize("code", ["HK", "MO", "TW"])
def test_the_three_regions_are_regions_with_the_words_of_the_guides(code: str) -> None:
    assert partner(code).type == ZN + "Region"
    assert partner(code).iri == f"{BASE}region/{code}"
    assert partner(code).zh == {"HK": "香港", "MO": "澳门", "TW": "台湾"}[code]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("以色列国", "IL"),
        ("大韩民国", "KR"),
        ("德意志联邦共和国", "DE"),
        ("阿联酋", "AE"),
        ("“一带一路”沿线国家", "BRI"),
        ("一带一路", "BRI"),
        ("海上丝路沿线国家", "MSR"),
        ("澜湄地区", "LMC"),
        ("太平洋岛国", "PIC"),
        ("拉美", "419"),
        ("地球观测组织", "GEO"),
        ("平方公里阵列射电望远镜", "SKA"),
    ],
)
def test_the_names_of_the_guides_are_listed(label: str, code: str) -> None:
    assert label in {found.text for found in partner(code).labels if found.language == "zh"}


def test_names_of_countries_are_those_of_cldr() -> None:
    locale = pytest.importorskip("babel").Locale
    chinese, english = locale("zh").territories, locale("en").territories
    for concept in read_vocabulary().concepts("partners"):
        if concept.type == ZN + "Country":
            assert (concept.zh, concept.en) == (chinese[concept.notation], english[concept.notation])


def test_a_short_form_is_one_character_and_no_label_is_so_short() -> None:
    for concept in read_vocabulary().concepts("partners"):
        assert all(len(form) == 1 for form in concept.short_forms), concept.notation
        assert all(len(label.text) > 1 for label in concept.labels if label.language == "zh"), concept.notation


def test_an_excluded_form_holds_a_label_and_is_none() -> None:
    for _, concept in concepts():
        labels = {label.text for label in concept.labels if label.language == "zh"}
        for form in concept.excluded_forms:
            assert any(label in form and label != form for label in labels), (concept.notation, form)


# ---- schemes: what a librarian asks ----


@cache
def schemes() -> Graph:
    """Return all schemes as one graph."""
    graph = Graph()
    for path in SCHEMES:
        graph.parse(path)
    return graph


def matched(concept: Concept, kind: URIRef) -> dict[str, str]:
    """Return the last part of each match by the prefix of its vocabulary."""
    prefixes = read_vocabulary().prefixes
    names = ("eu-country", "eu-body", "iso3166", "un-m49", "lcc-m49", "pe-ford")
    found: dict[str, str] = {}
    for other in map(str, schemes().objects(URIRef(concept.iri), kind)):
        found |= {name: other.removeprefix(prefixes[name]) for name in names if other.startswith(prefixes[name])}
    return found


def test_a_country_is_the_one_of_the_european_table_and_of_lexvo() -> None:
    countries = [c for c in read_vocabulary().concepts("partners") if c.type == ZN + "Country"]
    assert len(countries) == 246
    aliases = pytest.importorskip("babel.core").get_global("territory_aliases")
    for country in countries:
        found = matched(country, SKOS.exactMatch)
        assert set(found) == {"eu-country", "iso3166"}, country.notation
        assert found["iso3166"] == country.notation
        assert re.fullmatch("[A-Z]{3}", found["eu-country"]), country.notation
        assert aliases[found["eu-country"]] == [country.notation]
    assert len({matched(country, SKOS.exactMatch)["eu-country"] for country in countries}) == 246


@pytest.mark.parametrize(
    ("code", "alpha3"),
    [
        ("CN", "CHN"),
        ("DE", "DEU"),
        ("CH", "CHE"),
        ("KR", "KOR"),
        ("KP", "PRK"),
        ("GB", "GBR"),
        ("ZA", "ZAF"),
        ("IE", "IRL"),
    ],
)
def test_codes_that_are_easily_confused(code: str, alpha3: str) -> None:
    assert matched(partner(code), SKOS.exactMatch)["eu-country"] == alpha3


@pytest.mark.parametrize(("code", "alpha3"), [("HK", "HKG"), ("MO", "MAC"), ("TW", "TWN")])
def test_the_three_regions_are_only_close_to_what_others_list_as_countries(code: str, alpha3: str) -> None:
    assert matched(partner(code), SKOS.exactMatch) == {}
    assert matched(partner(code), SKOS.closeMatch) == {"eu-country": alpha3, "iso3166": code}


def test_a_region_is_the_one_of_lexvo_and_of_the_omg() -> None:
    regions = [c for c in read_vocabulary().concepts("partners") if c.notation.isdigit()]
    for region in regions:
        found = matched(region, SKOS.exactMatch)
        assert found["un-m49"] == region.notation
        name = "".join(word[0].upper() + word[1:] for word in region.en.replace("&", "and").split())
        name = {"SoutheastAsia": "South-easternAsia", "MicronesianRegion": "Micronesia"}.get(name, name)
        assert found["lcc-m49"] == name, region.notation


def test_the_union_is_close_to_its_entry_among_the_bodies() -> None:
    assert matched(partner("EU"), SKOS.closeMatch) == {"eu-body": "EURUN"}


def test_every_scheme_says_what_it_is_and_under_which_licence() -> None:
    for scheme in schemes().subjects(RDF.type, SKOS.ConceptScheme):
        assert languages(schemes(), scheme, DCTERMS.title) == ["en", "zh"]
        assert languages(schemes(), scheme, DCTERMS.description) == ["en", "zh"]
        assert schemes().value(scheme, DCTERMS.license)


def test_schemes_keep_the_rules_of_skos() -> None:
    """S9: no concept is a scheme. S13: a name is of one kind. S27: what is above is not beside. S46: exact is not broad."""
    for _, concept in concepts():
        kinds = Counter((label.text, label.language) for label in concept.labels)
        assert max(kinds.values()) == 1, concept.notation
        node = URIRef(concept.iri)
        above = set(schemes().transitive_objects(node, SKOS.broader)) - {node}
        assert not above & set(schemes().objects(node, SKOS.related)), concept.notation
        assert node not in {up for one in above for up in schemes().objects(one, SKOS.broader)}, concept.notation
        exact = set(schemes().objects(node, SKOS.exactMatch))
        assert not exact & {*schemes().objects(node, SKOS.broadMatch), *schemes().objects(node, SKOS.relatedMatch)}
        assert (node, RDF.type, SKOS.ConceptScheme) not in schemes()


def test_every_requirement_code_says_where_it_ends() -> None:
    for concept in read_vocabulary().concepts("requirements"):
        assert languages(schemes(), URIRef(concept.iri), SKOS.scopeNote) == ["en", "zh"], concept.notation


def test_every_requirement_code_is_a_kind_of_condition_that_dingo_knows() -> None:
    """The kinds are DINGO's; a code that is of none of them is a plain criterion there."""
    dingo = read_vocabulary().prefixes["dingo"]
    found: dict[str, set[str]] = {}
    for concept in read_vocabulary().concepts("requirements"):
        above = map(str, graph("alignment.ttl").objects(URIRef(concept.iri), SKOS.broadMatch))
        related = map(str, graph("alignment.ttl").objects(URIRef(concept.iri), SKOS.relatedMatch))
        found[concept.notation] = {kind.removeprefix(dingo) for kind in (*above, *related) if kind.startswith(dingo)}
    assert {code for code, kinds in found.items() if not kinds} == set()
    assert {kind for kinds in found.values() for kind in kinds} <= {
        "Criterion", "OrganisationalCriterion", "GeographicCriterion", "AgeCriterion", "CareerStageCriterion",
    }  # fmt: skip


def test_eighteen_fields_and_what_stands_below_them() -> None:
    fields = read_vocabulary().concepts("fields")
    top = {c.notation for c in fields if (URIRef(c.iri), SKOS.topConceptOf, None) in schemes()}
    assert len(top) == 18
    below = [c for c in fields if c.broader]
    assert len(below) >= 80
    assert {code for c in below for code in codes(c.broader).split()} <= top - {"ALL"}
    assert len(top) + len(below) == len(fields)
    assert not [c.notation for c in below if not (c.zh and c.en)]


def test_every_field_but_the_open_one_is_matched_with_oecd_ford() -> None:
    ford = {URIRef(concept.iri) for concept in read_vocabulary().concepts("ford")}
    for concept in read_vocabulary().concepts("fields"):
        if not concept.broader and concept.notation != "ALL":
            kinds = (SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
            found = {other for kind in kinds for other in schemes().objects(URIRef(concept.iri), kind)}
            assert found, concept.notation
            assert found <= ford, concept.notation


def test_a_class_of_ford_stands_under_its_first_number() -> None:
    for concept in read_vocabulary().concepts("ford"):
        first, _, second = concept.notation.partition(".")
        assert codes(concept.broader) == (first if second else "")
        expected = {"pe-ford": f"{first}.{int(second):02d}.00"} if second else {}
        assert matched(concept, SKOS.exactMatch) == expected


@pytest.mark.parametrize("name", ["科技部", "中国科技部", "中华人民共和国科学技术部", "科学技术部"])
def test_the_spellings_of_a_ministry_are_one_agency(name: str) -> None:
    found = [c.notation for c in read_vocabulary().concepts("agencies") if name in {label.text for label in c.labels}]
    assert found == ["科学技术部"]


def test_every_agency_has_one_country_and_a_department_has_its_ministry() -> None:
    country, unit = URIRef(ZN + "country"), URIRef(read_vocabulary().term("org:unitOf"))
    part = URIRef(read_vocabulary().term("org:subOrganizationOf"))
    partners = {c.iri for c in read_vocabulary().concepts("partners")}
    agencies = {c.iri: c for c in read_vocabulary().concepts("agencies")}
    bodies = {c.iri for c in read_vocabulary().concepts("partners") if c.type == ZN + "InternationalOrganisation"}
    for iri in agencies:
        of_none = bodies & {str(match) for match in schemes().objects(URIRef(iri), SKOS.exactMatch)}
        countries = [str(value) in partners for value in schemes().objects(URIRef(iri), country)]
        assert countries == ([] if of_none else [True]), iri
    parents = {(str(s), str(o)) for kind in (unit, part) for s, o in schemes().subject_objects(kind)}
    assert (BASE + "agency/科学技术部国际合作司", BASE + "agency/科学技术部") in parents
    assert len(parents) >= 6
    for child, parent in parents:
        assert agencies[child].iri != agencies[parent].iri
        assert schemes().value(URIRef(child), country) == schemes().value(URIRef(parent), country), child


def test_what_a_card_prints_of_others_has_a_name_in_both_languages() -> None:
    names = (
        "dcterms:title dcterms:description schema:name schema:telephone schema:faxNumber schema:email schema:url "
        "vcard:organization-name skos:prefLabel skos:altLabel skos:hiddenLabel skos:notation skos:inScheme "
        "skos:definition skos:scopeNote skos:broader skos:exactMatch prov:hadPrimarySource org:unitOf"
    )
    for name in names.split():
        term = URIRef(read_vocabulary().term(name))
        assert languages(graph("zhinan.ttl"), term, RDFS.label) == ["en", "zh"], name


# ---- shapes ----


def test_every_class_has_one_shape_but_for_the_one_that_stands_for_four() -> None:
    shapes = graph("shapes.ttl")
    with_properties = [
        shape for shape in shapes.subjects(RDF.type, SH.NodeShape) if (shape, SH.property, None) in shapes
    ]
    targets = Counter(str(target) for shape in with_properties for target in shapes.objects(shape, SH.targetClass))
    classes = {read_vocabulary().term(name) for name in TERMS if name[3].isupper()}
    assert classes - set(targets) == {ZN + "Partner"}
    assert set(targets.values()) == {1}


def test_every_property_is_held_by_a_shape() -> None:
    held = {str(path) for path in graph("shapes.ttl").objects(None, SH.path)}
    properties = {read_vocabulary().term(name) for name in TERMS if name[3].islower()}
    assert properties - held == set()


@pytest.mark.parametrize("name", ["shapes.ttl", "alignment.ttl", *(f"schemes/{path.name}" for path in SCHEMES)])
def test_no_file_speaks_of_a_term_of_ours_that_is_not_declared(name: str) -> None:
    spoken = {str(node) for triple in graph(name) for node in triple if str(node).startswith(ZN)}
    assert spoken - set(read_vocabulary().terms.values()) == set()


def test_shapes_use_declared_terms_only() -> None:
    shapes, declared = graph("shapes.ttl"), {URIRef(iri) for iri in read_vocabulary().terms.values()}
    for predicate in (SH.path, SH.targetClass, SH["class"], SH.datatype):
        used = {node for node in shapes.objects(None, predicate) if isinstance(node, URIRef)}
        assert used <= declared, predicate


# ---- glossary ----


def test_the_readme_explains_every_class_and_names_the_python_type() -> None:
    rows = re.findall(r"^\| (\S+) \| ([^|]+) \| `(zn:\w+)` \| ([^|]*) \|", read_readme(), re.MULTILINE)
    about = graph("zhinan.ttl")
    assert {name for _, _, name, _ in rows} >= {name for name in TERMS if name[3].isupper()}
    for chinese, english, name, _ in rows:
        labels = {str(label) for label in about.objects(URIRef(read_vocabulary().term(name)), RDFS.label)}
        assert {chinese, english.strip()} == labels, name


def test_the_python_names_of_the_glossary_are_there() -> None:
    root = FOLDER.parent
    named = re.findall(r"`(kg_build|ontology)\.(\w+)\.(\w+)`", read_readme())
    assert named
    for room, module, name in named:
        tree = ast.parse((root / room / f"{module}.py").read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}, f"{room}.{module}"


def read_readme() -> str:
    return (FOLDER / "README.md").read_text(encoding="utf-8")
