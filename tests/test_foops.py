"""The FOOPS! tests of FAIR ontologies that need no network, each as FOOPS! itself decides it.

FOOPS! (oeg-upm, https://w3id.org/foops/catalogue) loads an ontology and reads the annotations of its header, its classes
and its properties. The rules below are those of its checks; the identifiers are its own. What the network would answer,
a plain file server on this machine answers here, over the folder that `make docs` writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import urlopen

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SDO, SKOS, VANN
from rdflib.term import Node

from docs.ontology_pages import FORMATS, write_pages
from ontology.vocabulary import BASE, FOLDER, ZN

ONTOLOGY = URIRef(BASE + "ontology")
BIBO = Namespace("http://purl.org/ontology/bibo/")
BUILT_IN = {OWL.versionInfo, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith, RDFS.comment}
METADATA = {
    "title": DCTERMS.title,
    "description": DCTERMS.description,
    "license": DCTERMS.license,
    "author": DCTERMS.creator,
    "namespace URI": VANN.preferredNamespaceUri,
    "namespace prefix": VANN.preferredNamespacePrefix,
    "version info": OWL.versionInfo,
    "creation date": DCTERMS.created,
    "citation": DCTERMS.bibliographicCitation,
    "publisher": DCTERMS.publisher,
    "logo": SDO.logo,
    "status": BIBO.status,
    "source": DCTERMS.source,
    "issued": DCTERMS.issued,
    "previous version": OWL.priorVersion,
    "backwards compatibility": OWL.backwardCompatibleWith,
    "modified": DCTERMS.modified,
    "doi": BIBO.doi,
}
"""FOOPS!'s names of metadata, and of the properties that it accepts for each the one that we use."""

TESTS = {
    "OM1": "title description license author namespace_URI",
    "OM2": "namespace_prefix version_info creation_date citation",
    "OM3": "publisher logo status source issued previous_version backwards_compatibility modified",
    "OM4.1": "license",
    "OM5.1": "creation_date author previous_version",
    "OM5.2": "issued publisher",
}
NO_DOI = "OM3 wants a DOI too; none is registered, and one cannot be made up"
METADATA_VOCABULARIES = ("http://purl.org/dc/terms/", "https://schema.org/", "http://purl.org/vocab/vann/", str(BIBO))


@cache
def ontology() -> Graph:
    return Graph().parse(FOLDER / "zhinan.ttl")


def said() -> set[Node]:
    """Return the properties of the header that are annotations; FOOPS! sees no other."""
    declared = set(ontology().subjects(RDF.type, OWL.AnnotationProperty)) | BUILT_IN
    return {predicate for predicate in ontology().predicates(ONTOLOGY) if predicate in declared}


def terms() -> list[Node]:
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    return [term for kind in kinds for term in ontology().subjects(RDF.type, kind)]


@pytest.mark.parametrize(
    ("test", "name"),
    [
        *((test, name.replace("_", " ")) for test, names in TESTS.items() for name in names.split()),
        pytest.param("OM3", "doi", marks=pytest.mark.xfail(reason=NO_DOI)),
    ],
)
def test_om_the_header_says(test: str, name: str) -> None:
    assert METADATA[name] in said(), test
    for value in ontology().objects(ONTOLOGY, METADATA[name]):
        assert str(value).strip()
        assert isinstance(value, Literal | URIRef)


def test_om1_and_ver1_the_version_has_an_iri_of_its_own() -> None:
    (version,) = ontology().objects(ONTOLOGY, OWL.versionIRI)
    assert isinstance(version, URIRef)
    assert version != ONTOLOGY
    assert str(version) == f"{ONTOLOGY}/{ontology().value(ONTOLOGY, OWL.versionInfo)}"
    assert version not in set(ontology().objects(ONTOLOGY, OWL.priorVersion))


def test_om1_the_namespace_is_that_of_the_terms() -> None:
    assert str(ontology().value(ONTOLOGY, VANN.preferredNamespaceUri)) == ZN
    assert str(ontology().value(ONTOLOGY, VANN.preferredNamespacePrefix)) == "zn"


def test_voc1_the_header_speaks_in_known_vocabularies() -> None:
    used = {vocabulary for vocabulary in METADATA_VOCABULARIES for name in said() if str(name).startswith(vocabulary)}
    assert used == set(METADATA_VOCABULARIES)


def test_voc2_other_vocabularies_are_extended() -> None:
    theirs = {str(term) for term in terms() if not str(term).startswith(ZN)}
    ours = {str(term) for term in terms()} - theirs
    parents = {
        str(parent) for kind in (RDFS.subClassOf, RDFS.subPropertyOf) for parent in ontology().objects(None, kind)
    }
    assert len(parents & theirs) > 10
    assert len(ours) > 60


@pytest.mark.parametrize(
    ("test", "accepted"),
    [("VOC3", (RDFS.label, SKOS.prefLabel)), ("VOC4", (RDFS.comment, SKOS.definition))],
)
def test_voc_every_term_of_ours_has_a_label_and_a_definition(test: str, accepted: tuple[URIRef, ...]) -> None:
    bare = [
        str(term)
        for term in terms()
        if str(term).startswith(str(ONTOLOGY))
        and not any(isinstance(value, Literal) for name in accepted for value in ontology().objects(term, name))
    ]
    assert bare == [], test


# ---- what a server would answer ----


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "pages"
    write_pages(folder)
    return folder


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def served(pages: Path) -> Iterator[str]:
    """Serve the folder as the base IRI would be served; return where."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Quiet(*args, directory=str(pages)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


def fetch(served: str, iri: str) -> bytes:
    with urlopen(served + iri.removeprefix(BASE), timeout=10) as answer:
        assert answer.status == 200
        body: bytes = answer.read()
    return body


@pytest.mark.parametrize("ending", FORMATS)
def test_rdf1_the_ontology_is_had_in_every_format(served: str, ending: str) -> None:
    written = {quad.triple for quad in ox.parse(path=str(FOLDER / "zhinan.ttl"), format=ox.RdfFormat.TURTLE)}
    read = {quad.triple for quad in ox.parse(fetch(served, f"{ONTOLOGY}/index.{ending}"), format=FORMATS[ending])}
    assert read == written


@pytest.mark.parametrize("name", ["zhinan", "alignment", "shapes"])
def test_ver2_the_version_iri_leads_to_that_version(served: str, name: str) -> None:
    release = Graph().parse(FOLDER / f"{name}.ttl")
    (iri,) = release.subjects(RDF.type, OWL.Ontology)
    version = str(release.value(iri, OWL.versionIRI))
    fetch(served, version)
    there = Graph().parse(data=fetch(served, f"{version}/index.ttl"), format="turtle")
    assert str(there.value(iri, OWL.versionIRI)) == version


def test_the_logo_is_where_the_header_says(served: str) -> None:
    assert fetch(served, str(ontology().value(ONTOLOGY, SDO.logo))).startswith(b"<svg")
