"""Quoted passages with their facts as spans, for training: a spaCy DocBin.

In: holdings. Out: the bytes of one `.spacy` file. A graph folder does not hold the full texts, so a Doc is a passage:
the quotes of a direction with their contexts, laid together where they meet. Each fact is a span of `doc.spans["facts"]`
labelled with its property, `kb_id` its object, `span_id` its subject; names and amounts that do not overlap are
`doc.ents` too. A token is a character, as in spaCy's blank Chinese pipeline.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from ontology.vocabulary import ZN
from queries.answers import shorten
from queries.holdings import Holdings
from queries.quotations import Quotation, read_quotations

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

__all__ = ["Passage", "list_passages", "write_docbin"]

SPANS = "facts"
_ENTITIES = frozenset(
    (
        "partner", "partnerMember", "agency", "underAgreement", "keyword", "programme", "schema:name", "schema:email",
        "schema:telephone", "schema:faxNumber", "budgetMin", "budgetMax", "projectsMin", "projectsMax", "yearsMin",
        "yearsMax", "quantity",
    )
)  # fmt: skip
"""Properties whose quotes are names and amounts."""
_LONGEST = 100_000
"""Characters: in a longer passage a token runs from one edge of a span to the next, as a Doc cannot hold so many."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a source text from character `start`, and the quotations that lie in it."""

    document: str
    start: int
    text: str
    quotations: tuple[Quotation, ...]


def list_passages(quotations: Sequence[Quotation]) -> tuple[Passage, ...]:
    """Lay quotes with their contexts together where they overlap or touch, in the order of the sources.

    The number of a direction begins a new passage.
    """
    edges = sorted({(one.document, one.start) for one in quotations if _begins(one)})
    numbers = set(edges)
    framed = [(one.document, *_frame(one, edges), one) for one in quotations]
    passages: list[Passage] = []
    for document, start, text, one in sorted(framed, key=lambda row: (*row[:2], row[3].end, row[3].predicate)):
        last = passages[-1] if passages else None
        begins = last is not None and last.start < start and (document, start) in numbers
        joined = None if last is None or begins else _join(last, document, start, text)
        if last is None or joined is None:
            passages.append(Passage(document, start, text, (one,)))
        else:
            passages[-1] = Passage(document, last.start, joined, (*last.quotations, one))
    return tuple(passages)


def _begins(quotation: Quotation) -> bool:
    return quotation.predicate == ZN + "number" and "/direction/" in quotation.subject


def _frame(quotation: Quotation, edges: Sequence[tuple[str, int]]) -> tuple[int, str]:
    """Return where a quote with its context begins, and its text: the context ends where another direction begins."""
    document, start, end = quotation.document, quotation.start, quotation.end
    before = edges[bisect_right(edges, (document, start)) - 1 :][:1]
    after = edges[bisect_left(edges, (document, end)) :][:1]
    least = before[0][1] if before and before[0][0] == document and before[0][1] <= start else 0
    left = min(len(quotation.prefix), start - least)
    room = after[0][1] - end if after and after[0][0] == document else len(quotation.suffix)
    prefix = quotation.prefix[len(quotation.prefix) - left :]
    return start - left, prefix + quotation.exact + quotation.suffix[: max(0, room)]


def write_docbin(holdings: Holdings) -> Iterator[bytes]:
    """Yield one DocBin of all passages."""
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("zh").vocab
    quotations = [one for found in read_quotations(holdings.graph).values() for one in found]
    docs = [_to_doc(vocab, passage) for passage in list_passages(quotations)]
    yield DocBin(attrs=["ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], docs=docs, store_user_data=True).to_bytes()


def _join(last: Passage, document: str, start: int, text: str) -> str | None:
    """Return the text of a passage and of what overlaps or follows it; None for another place or another text."""
    place = start - last.start
    if last.document != document or place > len(last.text):
        return None
    size = min(len(last.text) - place, len(text))
    if last.text[place : place + size] != text[:size]:
        return None
    return last.text + text[size:]


def _to_doc(vocab: Vocab, passage: Passage) -> Doc:
    from spacy.tokens import Doc, Span
    from spacy.util import filter_spans

    words, edges = _split(passage)
    doc = Doc(vocab, words=words, spaces=[False] * len(words))
    doc.user_data = {"document": shorten(passage.document), "start": passage.start}
    spans, entities = [], []
    for one in passage.quotations:
        start, end = edges[one.start - passage.start], edges[one.start - passage.start + len(one.exact)]
        if start == end:
            continue
        label = _to_label(one.predicate)
        node = one.value.value if isinstance(one.value, NamedNode) else ""
        spans.append(Span(doc, start, end, label=label, kb_id=node, span_id=one.subject))
        entities += [Span(doc, start, end, label=label, kb_id=node)] if label in _ENTITIES else []
    doc.spans[SPANS] = spans
    doc.set_ents(filter_spans(entities))
    return doc


def _split(passage: Passage) -> tuple[list[str], Any]:
    """Return the tokens of a passage, and for each edge of a span the number of tokens before it."""
    if len(passage.text) <= _LONGEST:
        return list(passage.text), range(len(passage.text) + 1)
    starts = {one.start - passage.start for one in passage.quotations}
    ends = {one.start - passage.start + len(one.exact) for one in passage.quotations}
    edges = sorted({0, len(passage.text)} | starts | ends)
    words = [passage.text[start:end] for start, end in pairwise(edges)]
    return words, {edge: count for count, edge in enumerate(edges)}


def _to_label(property_: str) -> str:
    return property_.removeprefix(ZN) if property_.startswith(ZN) else shorten(property_)
