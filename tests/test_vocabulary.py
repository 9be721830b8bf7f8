"""The vocabulary gives a declared word its IRI and refuses any other, naming the nearest; it reads only whole files."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ontology.vocabulary
from ontology.errors import DocumentError, GraphError, QueryError, RuleError, TermError, ZhinanError
from ontology.vocabulary import BASE, FOLDER, ZN, Label, read_vocabulary

ONTOLOGY = """
@prefix zn: <https://w3id.org/zhinan/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://w3id.org/zhinan/ontology/prefix/zn> sh:prefix "zn" ; sh:namespace "https://w3id.org/zhinan/ontology#" .
zn:Field a owl:Class .
"""
SCHEME = """
@prefix zn: <https://w3id.org/zhinan/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://w3id.org/zhinan/field/{code}> a skos:Concept, zn:Field ;
    skos:inScheme <https://w3id.org/zhinan/scheme/fields> ; {rest}
    skos:prefLabel "能源"@zh, "Energy"@en .
"""


def write_folder(folder: Path, *schemes: str, ontology: str = ONTOLOGY) -> Path:
    (folder / "schemes").mkdir()
    (folder / "zhinan.ttl").write_text(ontology, encoding="utf-8")
    for number, scheme in enumerate(schemes):
        (folder / "schemes" / f"{number}.ttl").write_text(scheme, encoding="utf-8")
    return folder


def test_a_declared_term_is_its_iri() -> None:
    vocabulary = read_vocabulary()
    assert vocabulary.term("zn:partner") == ZN + "partner"
    assert vocabulary.term("oa:exact") == "http://www.w3.org/ns/oa#exact"
    assert vocabulary.term("vcard:organization-name") == "http://www.w3.org/2006/vcard/ns#organization-name"


def test_a_term_that_owl_2_dl_may_not_declare_is_known_by_where_it_is_defined() -> None:
    assert read_vocabulary().term("rdf:subject") == "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject"
    assert read_vocabulary().term("rdfs:label") == "http://www.w3.org/2000/01/rdf-schema#label"
    with pytest.raises(TermError):
        read_vocabulary().term("rdf:subjects")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("zn:hasDirection", "zn:direction?"),
        ("zn:Directions", "zn:Direction?"),
        ("zn:projectMax", "zn:projectsMax?"),
        ("prov:wasQuoteFrom", "prov:wasQuotedFrom?"),
        ("schma:email", "schema?"),
    ],
)
def test_an_undeclared_term_is_refused_and_the_nearest_is_named(name: str, nearest: str) -> None:
    with pytest.raises(TermError) as refused:
        read_vocabulary().term(name)
    assert name in refused.value.what
    assert refused.value.where == "zhinan.ttl"
    assert refused.value.right == nearest


def test_concepts_come_in_the_order_of_their_codes() -> None:
    vocabulary = read_vocabulary()
    for scheme in vocabulary.schemes:
        codes = [concept.notation for concept in vocabulary.concepts(scheme)]
        assert codes == sorted(codes)


def test_a_concept_is_found_by_its_code() -> None:
    concept = read_vocabulary().get_concept("partners", "NZ")
    assert (concept.iri, concept.type) == (BASE + "country/NZ", ZN + "Country")
    assert (concept.zh, concept.en) == ("新西兰", "New Zealand")
    assert concept.short_forms == ("新",)
    assert read_vocabulary().find_concept("partners", "NZ") is concept


def test_a_concept_carries_labels_members_and_what_stands_above_it() -> None:
    vocabulary = read_vocabulary()
    asean, central_asia = vocabulary.get_concept("partners", "ASEAN"), vocabulary.get_concept("partners", "143")
    assert Label("东盟国家", "zh", "hidden") in asean.labels
    assert BASE + "country/VN" in asean.members
    assert central_asia.broader == (BASE + "region/142",)
    assert "中亚热带" in central_asia.excluded_forms


def test_an_unknown_code_is_none_or_refused_with_the_nearest() -> None:
    assert read_vocabulary().find_concept("partners", "XX") is None
    with pytest.raises(TermError, match=r"dual is no code of requirements · .* · dual-submission\?"):
        read_vocabulary().get_concept("requirements", "dual")


def test_an_unknown_scheme_is_refused_and_the_known_are_named() -> None:
    with pytest.raises(TermError, match=r"countries is no scheme .* partners"):
        read_vocabulary().find_concept("countries", "NZ")


def test_prefixes_are_those_of_the_ontology_file() -> None:
    prefixes = ontology.vocabulary.PREFIXES
    assert prefixes["zn"] == ZN
    assert prefixes == read_vocabulary().prefixes
    declared = (FOLDER / "zhinan.ttl").read_text(encoding="utf-8").count("a sh:PrefixDeclaration")
    assert len(prefixes) == declared


def test_a_name_that_the_module_lacks_is_still_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="NAMESPACES"):
        ontology.vocabulary.__getattr__("NAMESPACES")


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.ttl")), ids=lambda path: path.name)
def test_every_file_uses_the_prefixes_of_the_project(path: Path) -> None:
    own = {"shape": BASE + "shapes#"}
    lines = re.findall(r"^@prefix ([\w-]+): <([^>]+)> \.", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert lines
    for prefix, namespace in lines:
        assert {**ontology.vocabulary.PREFIXES, **own}.get(prefix) == namespace


def test_the_own_vocabulary_is_read_once_and_another_each_time(tmp_path: Path) -> None:
    assert read_vocabulary() is read_vocabulary()
    folder = write_folder(tmp_path, SCHEME.format(code="ENE", rest='skos:notation "ENE" ;'))
    assert list(read_vocabulary(folder).terms) == ["zn:Field"]
    assert read_vocabulary(folder).get_concept("fields", "ENE").zh == "能源"


def test_two_concepts_with_one_code_are_refused(tmp_path: Path) -> None:
    files = [SCHEME.format(code=code, rest='skos:notation "ENE" ;') for code in ("ENE", "POW")]
    with pytest.raises(TermError, match=r"ENE names two concepts · 1.ttl: .*field/ENE, .*field/POW"):
        read_vocabulary(write_folder(tmp_path, *files))


def test_a_concept_without_a_code_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TermError, match=r"incomplete · 0.ttl: .*field/ENE · .*one skos:notation"):
        read_vocabulary(write_folder(tmp_path, SCHEME.format(code="ENE", rest="")))


def test_a_concept_without_a_name_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    scheme = SCHEME.format(code="ENE", rest='skos:notation "ENE" ;').replace(', "Energy"@en', "")
    concept = read_vocabulary(write_folder(tmp_path, scheme)).get_concept("fields", "ENE")
    assert concept.zh == "能源"
    with pytest.raises(TermError, match="no prefLabel @en"):
        _ = concept.en


@pytest.mark.parametrize("broken", ["zn:Field a owl:Class", "@prefix zn: <"])
def test_a_file_that_is_no_turtle_is_refused_by_name(tmp_path: Path, broken: str) -> None:
    with pytest.raises(TermError, match=r"cannot be read: .* · .*zhinan\.ttl · a Turtle file"):
        read_vocabulary(write_folder(tmp_path, ontology=broken))


def test_a_folder_without_an_ontology_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(TermError, match=r"zhinan\.ttl"):
        read_vocabulary(tmp_path)


def test_importing_the_vocabulary_reads_no_file_and_loads_no_heavy_library() -> None:
    code = (
        "import sys, ontology.vocabulary as v; "
        "print([m for m in ('rdflib', 'pyshacl', 'spacy') if m in sys.modules], v.read_terms.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=FOLDER.parent)
    assert done.stdout.split() == ["[]", "0"]


@pytest.mark.parametrize("kind", [DocumentError, RuleError, TermError, GraphError, QueryError])
def test_every_error_says_what_where_and_what_would_be_right_in_one_line(kind: type[ZhinanError]) -> None:
    error = kind("it is\nbroken", where="a.txt", right="a whole one")
    assert str(error) == "it is broken · a.txt · a whole one"
    assert str(kind("it is broken")) == "it is broken"
    assert isinstance(error, ZhinanError)


def test_an_error_crosses_to_another_process_whole() -> None:
    error = pickle.loads(pickle.dumps(GraphError("no graph", where="kg", right="zhinan build")))
    assert (type(error), str(error)) == (GraphError, "no graph · kg · zhinan build")
