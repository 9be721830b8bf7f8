"""Where a record stands in its source, and the quotes behind its facts.

In: a graph folder and, where it is at hand, the folder of the sources. Out: for each document a
`Source`: the quotes of its claims, the ranges of its directions, the raw text if it is the one that
was read. This module does not know what is right or wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import NamedNode

from kg_build.documents import read_document
from kg_build.graph import open_graph as open_folder
from kg_build.iris import mint
from ontology.errors import QueryError
from queries.answers import Solutions, Term, to_text
from queries.graphs import LocalGraph, open_graph

__all__ = ["Quote", "Source", "find_words", "read_sources"]

_QUOTES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?subject ?property ?value ?start ?end ?exact ?prefix ?suffix WHERE {{
  GRAPH <{document}> {{
    ?claim rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?value ; prov:wasQuotedFrom ?range .
    ?range oa:start ?start ; oa:end ?end ; oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
  }}
}} ORDER BY ?start ?end ?property ?subject ?value
"""
_DASHES = dict.fromkeys("—–‒―－−~～〜", "-")
_IGNORED = frozenset("\"'“”‘’《》<>^")
_SHORTEST = 2
"""Characters: a shorter word stands anywhere."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What one claim says and quotes: `property` and `value` are last names where they are IRIs."""

    subject: str
    property: str
    value: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document as it was read. `raw` is None where the text is not at hand or has `changed` since."""

    id: str
    file: str
    raw: str | None
    changed: bool
    quotes: tuple[Quote, ...]
    starts: Mapping[str, int]
    """Where each direction begins, by its number, in the order of the text."""
    edges: tuple[int, ...]
    """Where directions and the headings of fields begin, in order."""

    def name(self, number: str | None) -> str:
        """Return the IRI of the call, or of the direction of this number."""
        return mint("call", self.id) if number is None else mint("call", self.id, "direction", number)

    def find_range(self, number: str | None) -> tuple[int, int] | None:
        """Return the range of a direction with its sub-directions, for the call of all the text; None if unread."""
        end = len(self.raw) if self.raw is not None else max((quote.end for quote in self.quotes), default=0)
        if number is None:
            return (0, end) if end else None
        if number not in self.starts:
            return None
        start = self.starts[number]
        inside = {place for name, place in self.starts.items() if name.startswith(f"{number}.")}
        later = [place for place in self.edges if place > start and place not in inside]
        return start, later[0] if later else end


def read_sources(folder: Path, texts: Path | None = None) -> dict[str, Source]:
    """Return the documents of a graph folder by their ids, with their texts where the folder `texts` has them."""
    graph = open_graph(folder)
    found = {}
    for row in open_folder(folder).read_manifest()["documents"]:
        name, file = str(row["id"]), str(row["file"])
        quotes = tuple(_iter_quotes(graph, name))
        path = None if texts is None else texts / file
        document = read_document(path) if path is not None and path.is_file() else None
        changed = document is not None and document.sha256 != row["sha256"]
        raw = None if document is None or changed else document.raw
        found[name] = Source(name, file, raw, changed, quotes, *_find_places(name, quotes))
    return found


def _iter_quotes(graph: LocalGraph, document: str) -> Iterator[Quote]:
    answer = graph.query(_QUOTES.format(document=mint("document", document)))
    if not isinstance(answer, Solutions):
        raise QueryError("quotes are rows", where=document, right="SELECT")
    for subject, property_, value, start, end, *texts in answer.rows:
        exact, prefix, suffix = map(to_text, texts)
        place = int(to_text(start)), int(to_text(end))
        yield Quote(str(subject)[1:-1], _last(property_), _last(value), *place, exact, prefix, suffix)


def _last(term: Term | None) -> str:
    """Return a literal's words, or the last name of an IRI as it was before it became one."""
    return unquote(re.split("[/#]", term.value)[-1]) if isinstance(term, NamedNode) else to_text(term)


def _find_places(document: str, quotes: tuple[Quote, ...]) -> tuple[dict[str, int], tuple[int, ...]]:
    """Return where directions begin by their numbers, and all places where they or fields begin."""
    call = mint("call", document)
    numbers = [quote for quote in quotes if quote.property == "number" and quote.subject.startswith(f"{call}/")]
    starts = {quote.value: quote.start for quote in numbers if quote.subject.startswith(f"{call}/direction/")}
    return starts, tuple(sorted(quote.start for quote in numbers))


def find_words(raw: str, start: int, end: int, words: str) -> tuple[int, int] | None:
    """Find words in a range of a source whatever the layout: blanks, width, case, dashes, quotes."""
    wanted = "".join(_fold_character(character) for character in words)
    if len(wanted) < _SHORTEST:
        return None
    places: list[int] = []
    folded: list[str] = []
    for place in range(start, end):
        for character in _fold_character(raw[place]):
            folded.append(character)
            places.append(place)
    at = "".join(folded).find(wanted)
    return None if at < 0 else (places[at], places[at + len(wanted) - 1] + 1)


def _fold_character(character: str) -> str:
    if character.isspace() or character in _IGNORED:
        return ""
    return "".join(_DASHES.get(one, one) for one in unicodedata.normalize("NFKC", character)).lower()
