"""The page of the ontology shows every term in both languages, and asks nothing of anyone."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDFS

from docs.ontology_pages import write_pages
from ontology.vocabulary import FOLDER, ZN, read_terms


class Page(HTMLParser):
    """The links, ids and words of a page, and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.linked: set[str] = set()
        self.words: list[str] = []
        self.styles: list[str] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the tag fetches, as a browser would when it opens the page."""
        told = dict(attrs)
        self._in = "data" if tag == "script" and told.get("type") == "application/ld+json" else tag
        if tag == "script" and self._in != "data":
            self.fetched.append("script")
        if tag in {"link", "img", "iframe", "source", "object", "embed", "audio", "video"}:
            source = told.get("href") or told.get("src") or told.get("data") or ""
            if not source.startswith("data:"):
                self.fetched.append(source)
        if tag == "a":
            self.linked.add(told.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        """Leave the tag."""
        self._in = ""

    def handle_data(self, data: str) -> None:
        """Note the words, and the style sheets apart."""
        (self.styles if self._in == "style" else self.words).append(data)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "pages"
    write_pages(folder)
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    page = Page()
    page.feed((folder / "ontology" / "index.html").read_text(encoding="utf-8"))
    return page


def test_the_page_makes_no_request(page: Page) -> None:
    assert page.fetched == []
    styles = "".join(page.styles)
    assert styles
    assert "@import" not in styles
    assert "url(" not in styles.replace("url(data:", "")


def test_every_term_is_on_the_page_with_both_its_names(page: Page) -> None:
    about, words = Graph().parse(FOLDER / "zhinan.ttl"), "\n".join(page.words)
    terms = [iri for iri in read_terms().terms.values() if iri.startswith(ZN)]
    assert len(terms) > 70
    for iri in terms:
        assert iri in words
        for label in about.objects(URIRef(iri), RDFS.label):
            assert str(label) in words, iri


def test_the_pages_are_written_anew_and_alike(folder: Path, tmp_path: Path) -> None:
    """What an older version left is gone; the page does not depend on when and where it is written."""
    old = tmp_path / "pages" / "ontology" / "0.0.1"
    old.mkdir(parents=True)
    write_pages(tmp_path / "pages")
    assert not old.exists()
    names = ("index.html", "index.ttl", "index.nt", "index.rdf", "index.jsonld")
    for name in names:
        here, there = (place / "ontology" / name for place in (folder, tmp_path / "pages"))
        assert here.read_bytes() == there.read_bytes(), name
