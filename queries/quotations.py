"""The words behind facts: of each statement the quotes that claims give for it, with their place and context.

In: a graph. Out: quotations by subject, in the order of the sources. It knows the claims that a graph holds and
nothing of the texts they come from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from ontology.vocabulary import ZN
from queries.answers import Term, to_text
from queries.graphs import LocalGraph

__all__ = ["Quotation", "read_quotations"]

_RDF, _OA = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/ns/oa#"
_QUOTED_FROM = ox.NamedNode("http://www.w3.org/ns/prov#wasQuotedFrom")
_SAID = {
    _QUOTED_FROM.value: "range",
    **{_RDF + name: name for name in ("subject", "predicate", "object")},
    **{ZN + name: name for name in ("rule", "confidence")},
    **{_OA + name: name for name in ("start", "end", "exact", "prefix", "suffix")},
}
"""Predicates of claims and source ranges → what they say."""
_STOP = re.compile("[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one claim says and quotes; `start` to `end` counts characters of the source."""

    document: str
    start: int
    end: int
    subject: str
    predicate: str
    value: Term
    exact: str
    prefix: str
    suffix: str
    rule: str
    confidence: float | None

    @property
    def sentence(self) -> str:
        """Return the quote on one line, with its context as far as the sentence goes; `…` where the context ends first."""
        before = _STOP.split(self.prefix)[-1]
        after = _STOP.split(self.suffix)[0]
        left = "…" if before and before == self.prefix else ""
        right = "…" if after and after == self.suffix else ""
        return " ".join((left + before + self.exact + after + right).split())


def read_quotations(graph: LocalGraph) -> Mapping[str, tuple[Quotation, ...]]:
    """Return the quotations of a graph by the IRI of their subject, by document and place.

    Reads the statements as they stand; the same as a query of eight patterns takes a hundred times as long.
    """
    found: dict[str, list[Quotation]] = defaultdict(list)
    for name in graph.store.named_graphs():
        if next(iter(graph.store.quads_for_pattern(None, _QUOTED_FROM, None, name)), None) is None:
            continue
        said: dict[Any, dict[str, Any]] = defaultdict(dict)
        for quad in graph.store.quads_for_pattern(None, None, None, name):
            if quad.predicate.value in _SAID:
                said[quad.subject][_SAID[quad.predicate.value]] = quad.object
        for claim in said.values():
            if "subject" in claim and claim.get("range") in said:
                quotation = _to_quotation(_iri(name), claim, said[claim["range"]])
                found[quotation.subject].append(quotation)
    return {subject: tuple(sorted(quotations, key=_place)) for subject, quotations in sorted(found.items())}


def _to_quotation(document: str, claim: Mapping[str, Any], range_: Mapping[str, Any]) -> Quotation:
    exact, prefix, suffix = (to_text(range_.get(name)) for name in ("exact", "prefix", "suffix"))
    sure = claim.get("confidence")
    return Quotation(
        document,
        int(to_text(range_.get("start")) or 0),
        int(to_text(range_.get("end")) or 0),
        _iri(claim["subject"]),
        _iri(claim.get("predicate")),
        claim["object"],
        exact,
        prefix,
        suffix,
        to_text(claim.get("rule")),
        None if sure is None else float(to_text(sure)),
    )


def _iri(term: Term | None) -> str:
    return term.value if isinstance(term, ox.NamedNode) else to_text(term)


def _place(quotation: Quotation) -> tuple[str, int, int, str, str, str]:
    value = str(quotation.value)
    return quotation.document, quotation.start, quotation.end, quotation.predicate, value, quotation.rule
