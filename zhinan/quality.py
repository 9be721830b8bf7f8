"""An evaluation as a page: F1 for each field and document, and every difference beside its source.

In: an `Evaluation`, the graph folder, and the sources where they are at hand. Out: one HTML file that
runs no script and asks nothing of anybody. This module neither compares nor reads texts.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_build.comparisons import say
from kg_build.evaluation import Evaluation, Miss, Score, add_scores, mean_f1, read_records
from kg_build.graph import open_graph
from queries.files import write_file
from zhinan import __version__
from zhinan.evidence import find_concept, find_missed, find_quotes
from zhinan.excerpts import Mark, Piece, cut_out, to_pieces
from zhinan.passages import Quote, Source, read_sources
from zhinan.words import TEMPLATES, Field, read_fields, read_words

__all__ = ["to_page", "write_page"]

_LEVELS = ((1.0, "whole"), (0.95, "high"), (0.9, "good"), (0.75, "fair"), (0.0, "low"))
"""Least F1, rounded as it is printed, for each shade of a cell."""
_Records = Mapping[tuple[str, str | None], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The score of a field in a document, None where neither side has anything; `link` leads to what is wrong."""

    score: Score | None
    level: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A value as a reader sees it, with the names of its code."""

    text: str
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What is wrong in one field of one record; `next` leads to the field's next difference."""

    anchor: str
    field: Field
    name: str
    missed: tuple[Item, ...]
    invented: tuple[Item, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A record with its differences and the text that they are about: pieces of it, or quotes where it is not here."""

    number: str | None
    title: str
    place: str
    differences: tuple[Difference, ...]
    excerpt: tuple[Piece, ...]
    whole: tuple[Piece, ...]
    quotes: tuple[tuple[str, tuple[Piece, ...]], ...]
    note: str


def write_page(evaluation: Evaluation, folder: Path, path: Path, *, texts: Path | None = None) -> None:
    """Write the page whole or not at all; `texts` is the folder of the sources."""
    write_file(path, [to_page(evaluation, folder, texts=texts).encode("utf-8")])


def to_page(evaluation: Evaluation, folder: Path, *, texts: Path | None = None) -> str:
    """Render the page; the same evaluation, graph and sources give the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    style = (TEMPLATES / "quality.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("quality.html").render(
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        style=Markup(style),
        words=read_words(),
        version=__version__,
        evaluation=evaluation,
        total=add_scores(evaluation.scores),
        means={name: mean_f1(scores) for name, scores in evaluation.by_document.items()},
        groups=_to_groups(evaluation),
        documents=_to_documents(evaluation, folder, texts),
    )


def _to_groups(evaluation: Evaluation) -> list[tuple[str, list[tuple[str, Field, list[Cell]]]]]:
    """Return the rows of the matrix, the call's and the directions'; the last cell is of all documents."""
    firsts: dict[tuple[str, str], str] = {}
    for miss in evaluation.misses:
        for document in (miss.document, ""):
            firsts.setdefault((document, miss.field), f"#{_anchor(miss)}")
    rows: dict[str, list[tuple[str, Field, list[Cell]]]] = {"of_call": [], "of_direction": []}
    for total in evaluation.scores:
        name = total.field
        found = [_find_score(evaluation.by_document[document], name) for document in evaluation.documents]
        places = zip((*evaluation.documents, ""), (*found, total), strict=True)
        cells = [Cell(score, _to_level(score), firsts.get((document, name))) for document, score in places]
        rows["of_call" if name.startswith("call.") else "of_direction"].append((name, read_fields()[name], cells))
    return [(name, group) for name, group in rows.items() if group]


def _find_score(scores: Sequence[Score], field: str) -> Score | None:
    return next((score for score in scores if score.field == field), None)


def _to_level(score: Score | None) -> str:
    if score is None:
        return "none"
    if (score.right, score.right) == (score.gold, score.predicted):
        return "whole"
    return next(name for least, name in _LEVELS[1:] if round(score.f1, 3) >= least)


def _anchor(miss: Miss) -> str:
    return f"{miss.document}-{miss.number or 'call'}-{miss.field}".replace(".", "_")


def _to_documents(evaluation: Evaluation, folder: Path, texts: Path | None) -> list[tuple[str, str, list[Passage]]]:
    """Return each document that has differences with its file and its passages, in the order of the text."""
    sources = read_sources(folder, texts) if evaluation.misses else {}
    records = {(str(r["document"]), r.get("number")): r for r in read_records(open_graph(folder).records)}
    following = _follow(evaluation.misses)
    found = []
    for document in evaluation.documents:
        same = [each for name, each in sources.items() if name.startswith(document)]
        source = same[-1] if same else Source(document, "", None, False, (), {}, ())
        grouped: dict[str | None, list[Miss]] = defaultdict(list)
        for miss in evaluation.misses:
            if miss.document == document:
                grouped[miss.number].append(miss)
        order = sorted(grouped, key=lambda number: _position(source, number))
        passages = [_to_passage(source, number, grouped[number], records, following) for number in order]
        if passages:
            found.append((document, source.file, passages))
    return found


def _position(source: Source, number: str | None) -> tuple[float, str]:
    """Return the order of a record: the call, the directions as in the text, those that were not read."""
    return (-1.0, "") if number is None else (source.starts.get(number, float("inf")), number)


def _follow(misses: Sequence[Miss]) -> dict[str, str]:
    """Return for the anchor of each difference the link to the next one in its field."""
    following: dict[str, str] = {}
    last: dict[str, str] = {}
    for miss in misses:
        anchor = _anchor(miss)
        if miss.field in last:
            following[last[miss.field]] = f"#{anchor}"
        last[miss.field] = anchor
    return following


def _to_passage(
    source: Source, number: str | None, misses: Sequence[Miss], records: _Records, following: Mapping[str, str]
) -> Passage:
    record = records.get((source.id, number), {})
    quotes = tuple(dict.fromkeys(_iter_quotes(source, number, misses, record)))
    heads = tuple(_iter_heads(source, number))
    place = source.find_range(number)
    marks = [Mark(quote.start, quote.end, "head") for quote in heads]
    marks += [Mark(*span, "missed") for span in _iter_missed(source, number, misses)]
    marks += [Mark(quote.start, quote.end, "invented") for quote in quotes]
    excerpt, whole = _to_text(source, number, marks)
    shown = () if excerpt else tuple(_iter_quoted(source, heads, quotes))
    note = "unread" if place is None else "" if excerpt else "changed" if source.changed else "quoted"
    title = str(record.get("title") or "")
    printed = "" if place is None else f"{place[0]}–{place[1]}"
    differences = tuple(_to_difference(miss, following) for miss in misses)
    return Passage(number, title, printed, differences, excerpt, () if whole == excerpt else whole, shown, note)


def _to_text(source: Source, number: str | None, marks: Sequence[Mark]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return what stands around the marks, and the whole passage; nothing where the text is not at hand.

    A call speaks before its directions and behind them: its excerpt is of all the text, its passage the beginning.
    """
    place = source.find_range(number)
    if source.raw is None or place is None:
        return (), ()
    start, end = _trim(source.raw, *place)
    stop = end if number is not None else min(source.starts.values(), default=end)
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    return cut_out(source.raw, start, end, inside), to_pieces(source.raw, *_trim(source.raw, start, stop), inside)


def _trim(raw: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(raw[start:end].rstrip())


def _iter_quoted(
    source: Source, heads: Sequence[Quote], quotes: Sequence[Quote]
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    """Yield the place and the pieces of each quote, the record's title first."""
    told = [(quote, "head") for quote in heads if quote.property == "title"] + [(quote, "invented") for quote in quotes]
    for quote, kind in told:
        text = quote.prefix + quote.exact + quote.suffix
        mark = Mark(len(quote.prefix), len(quote.prefix) + len(quote.exact), kind)
        yield f"{source.id}:{quote.start}–{quote.end}", to_pieces(text, 0, len(text), [mark])


def _iter_heads(source: Source, number: str | None) -> Iterator[Quote]:
    """Yield the quotes of a record's number and title."""
    own = source.name(number)
    return (quote for quote in source.quotes if quote.subject == own and quote.property in ("number", "title"))


def _iter_quotes(
    source: Source, number: str | None, misses: Sequence[Miss], record: Mapping[str, Any]
) -> Iterator[Quote]:
    for miss in misses:
        for item in miss.invented:
            yield from find_quotes(source, number, miss.field, item, record)


def _iter_missed(source: Source, number: str | None, misses: Sequence[Miss]) -> Iterator[tuple[int, int]]:
    for miss in misses:
        for item in miss.missed:
            place = find_missed(source, number, miss.field, item)
            if place is not None:
                yield place


def _to_difference(miss: Miss, following: Mapping[str, str]) -> Difference:
    missed, invented = (tuple(_to_item(miss, item) for item in items) for items in (miss.missed, miss.invented))
    anchor = _anchor(miss)
    return Difference(anchor, read_fields()[miss.field], miss.field, missed, invented, following.get(anchor))


def _to_item(miss: Miss, item: Hashable) -> Item:
    concept = find_concept(miss.field, item)
    if concept is None:
        return Item(str(miss.number) if miss.field == "direction" else say(item))
    rest = f" · {say(item[1])}" if isinstance(item, tuple) else ""
    return Item(f"{concept.notation}{rest}", concept.zh, concept.en)
