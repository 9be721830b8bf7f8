"""Directions as rows of tables: each record with its call, its IRI, the names of its codes and its quotes.

In: holdings. Out: a `Listing` for each direction, in the order of the records, and the code lists. It refuses to
know: what a table looks like.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode

from ontology.errors import GraphError
from ontology.vocabulary import BASE
from queries.answers import shorten, to_text
from queries.holdings import Holdings, Record
from queries.quotations import Quotation, read_quotations
from queries.subjects import select, to_iri

__all__ = ["SCHEMES", "Code", "Listing", "Listings", "fold", "read_listings"]

SCHEMES = ("partners", "fields", "requirements", "research-types", "stages")
"""The schemes whose codes stand in records."""


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of a code list."""

    scheme: str
    notation: str
    iri: str
    zh: str
    en: str
    definition: str


@dataclass(frozen=True, slots=True)
class Listing:
    """One direction: its record, its call's record, and what the graph adds.

    `own` are the quotes for what is said of the direction itself and of its parts; `code` is how the command line
    names it (`001/1.3`), `iri` and `call_iri` are "" where the graph does not have it.
    """

    iri: str
    call_iri: str
    code: str
    direction: Record
    call: Record
    own: tuple[Quotation, ...]

    def find_quotes(self, *properties: str) -> tuple[Quotation, ...]:
        """Return the quotes for these properties (`zn:budgetMax`) of the direction itself."""
        return tuple(one for one in self.own if one.subject == self.iri and shorten(one.predicate) in properties)


@dataclass(frozen=True, slots=True)
class Listings:
    """All directions, all calls by the IRI of the graph, the code lists by scheme and code, the quotes by subject."""

    directions: tuple[Listing, ...]
    calls: Mapping[str, Record]
    codes: Mapping[str, Mapping[str, Code]]
    quotes: Mapping[str, tuple[Quotation, ...]]

    def name(self, scheme: str, notation: str) -> str:
        """Return the Chinese name of a code, the code itself where the scheme does not list it."""
        code = self.codes.get(scheme, {}).get(notation)
        return code.zh if code and code.zh else notation

    def name_in_english(self, scheme: str, notation: str) -> str:
        """Return the English name of a code, the code itself where the scheme does not list it."""
        code = self.codes.get(scheme, {}).get(notation)
        return code.en if code and code.en else notation


def read_listings(holdings: Holdings) -> Listings:
    """Join records and graph; GraphError for a direction whose call has no record."""
    records = holdings.read_records()
    calls = {str(one["document"]): one for one in records if one["kind"] == "call"}
    names = _read_names(holdings)
    quotations = read_quotations(holdings.graph)
    parts = _group(quotations)
    found = []
    for record in records:
        if record["kind"] != "direction":
            continue
        document, number = str(record["document"]), str(record.get("number"))
        if document not in calls:
            where = f"{holdings.folder / 'records.jsonl'}: {document}"
            raise GraphError("a direction has no call", where=where, right="run `zhinan build` again")
        iri, call = names.get((fold(document), number), ""), names.get((fold(document), ""), "")
        found.append(Listing(iri, call, f"{document}/{number}", record, calls[document], parts.get(iri, ())))
    by_iri = {names.get((fold(document), ""), document): call for document, call in calls.items()}
    return Listings(tuple(found), by_iri, _read_codes(holdings), quotations)


def _group(quotations: Mapping[str, tuple[Quotation, ...]]) -> dict[str, tuple[Quotation, ...]]:
    """Return the quotes of each direction with those of its parts, which are named below it."""
    groups: dict[str, list[Quotation]] = {}
    for subject, found in quotations.items():
        head, _, rest = subject.partition("/direction/")
        groups.setdefault(f"{head}/direction/{rest.split('/')[0]}" if rest else subject, []).extend(found)
    return {
        name: tuple(sorted(found, key=lambda one: (one.document, one.start, one.end, one.subject, one.predicate)))
        for name, found in groups.items()
    }


def _read_names(holdings: Holdings) -> dict[tuple[str, str], str]:
    """Return the IRI of each direction by document and number, and of each call by document and ""."""
    rows = select(
        holdings.graph,
        """SELECT ?call ?number ?direction WHERE {
             ?call a zn:Call . OPTIONAL { ?call zn:direction ?direction . ?direction zn:number ?number }
           } ORDER BY ?direction""",
    ).rows
    names = {}
    for call, number, direction in rows:
        document = fold(unquote(to_iri(call).rpartition("/")[2]))
        names[document, ""] = to_iri(call)
        names[document, to_text(number)] = to_iri(direction) if direction is not None else to_iri(call)
    return names


def fold(name: str) -> str:
    """Return a name as it stands in an IRI, before anything is escaped."""
    return "".join(one for one in unicodedata.normalize("NFKC", name) if not one.isspace() and one not in "《》“”")


def _read_codes(holdings: Holdings) -> dict[str, dict[str, Code]]:
    """Return the concepts of the schemes that the graph carries, by scheme and code, in the order of the codes."""
    said: dict[Any, dict[str, str]] = defaultdict(dict)
    schemes = NamedNode(BASE + "graph/schemes")
    for quad in sorted(holdings.graph.store.quads_for_pattern(None, None, None, schemes), key=str):
        name = shorten(quad.predicate.value)
        language = quad.object.language if isinstance(quad.object, Literal) else ""
        said[quad.subject].setdefault(f"{name}@{language}" if language else name, to_text(quad.object))
    codes: dict[str, dict[str, Code]] = {scheme: {} for scheme in SCHEMES}
    for concept, about in sorted(said.items(), key=lambda one: one[1].get("skos:notation", "")):
        scheme = about.get("skos:inScheme", "").removeprefix("scheme/")
        if scheme in codes and "skos:notation" in about:
            names = (about.get(key, "") for key in ("skos:prefLabel@zh", "skos:prefLabel@en", "skos:definition@zh"))
            notation = about["skos:notation"]
            codes[scheme][notation] = Code(scheme, notation, to_iri(concept), *names)
    return codes
