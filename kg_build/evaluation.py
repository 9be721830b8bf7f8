"""How well the records agree with gold records, field by field.

In: a folder of gold records and the record table. Out: precision, recall and F1. The arithmetic is
the contract's: each value of a field is an item, lists are multisets, and layout is no content. This
module does not know how a record was made.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.errors import DocumentError

__all__ = ["Evaluation", "Miss", "Score", "evaluate", "read_records"]

Record = Mapping[str, Any]
Items = Counter[Hashable]
_Key = tuple[str, str, str | None]

_PREFIX = 3
"""Gold files are named by the first characters of a document's id."""
_DROPPED = re.compile("[\\s\"'“”‘’《》<>^]+")
_DASH = re.compile("[-—–‒―－−~～〜]+")
_OCR_DASH = re.compile("(?<=[\u4e00-\u9fff])一(?=[\u4e00-\u9fff])")
_FINAL = ".,;:。，；：、·-"


@dataclass(frozen=True, slots=True)
class Score:
    """The counts of one field: items that are right, in the gold, and in the records."""

    field: str
    right: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Return the share of the predicted items that are right; 1 where there is nothing at all."""
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """Return the share of the gold items that were found; 1 where there is nothing at all."""
        return self.right / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of the two, 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """What is wrong in one field of one record; `number` is None for the call."""

    document: str
    number: str | None
    field: str
    missed: tuple[str, ...]
    invented: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores in the order of the record table, and every difference behind them."""

    documents: tuple[str, ...]
    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]

    @property
    def micro_f1(self) -> float:
        """Return F1 over all items."""
        right = sum(score.right for score in self.scores)
        items = sum(score.gold + score.predicted for score in self.scores)
        return 2 * right / items if items else 0.0

    @property
    def macro_f1(self) -> float:
        """Return the mean of the fields' F1."""
        return sum(score.f1 for score in self.scores) / len(self.scores) if self.scores else 0.0


def read_records(path: Path) -> tuple[dict[str, Any], ...]:
    """Read a file of records, one JSON object a line; raise DocumentError where it is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(dict(json.loads(line)) for line in lines if line.strip())
    except (OSError, ValueError, TypeError) as error:
        raise DocumentError("no records", where=str(path), right="one JSON object a line, in UTF-8") from error


def evaluate(gold: Path, records: Iterable[Record]) -> Evaluation:
    """Compare records with the gold folder's `NNN.jsonl`, and with its `fields.jsonl` if there is one.

    A record belongs to the gold file whose name its document begins with. Raises DocumentError for
    a folder without gold records.
    """
    predicted = {_key(str(record["document"])[:_PREFIX], record): record for record in records}
    files = sorted(gold.glob("[0-9]" * _PREFIX + ".jsonl"))
    if not files:
        raise DocumentError("no gold records", where=str(gold), right="a folder with 001.jsonl …")
    wanted = {_key(file.stem, record): record for file in files for record in read_records(file)}
    labels = {(row["document"], row["number"]): row for row in _read_labels(gold)}
    pairs = list(_iter_pairs(wanted, predicted, labels))
    documents = tuple(file.stem for file in files)
    strangers = [key for key in predicted if key[0] in documents and key[1] == "direction" and key not in wanted]
    pairs += [(key, "direction", Counter(), Counter(["here"])) for key in strangers]
    return Evaluation(documents, tuple(_iter_scores(pairs)), tuple(_iter_misses(pairs)))


_Pair = tuple[_Key, str, Items, Items]


def _key(document: str, record: Record) -> _Key:
    return document, str(record["kind"]), record.get("number")


def _read_labels(gold: Path) -> tuple[dict[str, Any], ...]:
    path = gold / "fields.jsonl"
    return read_records(path) if path.exists() else ()


def _iter_pairs(
    wanted: Mapping[_Key, Record], predicted: Mapping[_Key, Record], labels: Mapping[tuple[str, str | None], Record]
) -> Iterator[_Pair]:
    """Yield for each gold record and field the items of both sides."""
    for key, record in wanted.items():
        found = predicted.get(key, {})
        fields = _CALL_FIELDS if key[1] == "call" else _DIRECTION_FIELDS
        for field, take in fields.items():
            if field == "measures" and record.get("measures") is None:
                continue  # the gold does not tell
            yield key, field, Counter(take(record)), Counter(take(found) if found else ())
        label = labels.get((key[0], key[2]))
        if label is not None:
            codes = set(found.get("fields") or ()) - set(label["maybe"])
            yield key, "fields", Counter(set(label["fields"])), Counter(codes)


def _iter_scores(pairs: Sequence[_Pair]) -> Iterator[Score]:
    """Sum up the fields in which either side has anything, in the order of the record table."""
    for field in (*_CALL_FIELDS, *_DIRECTION_FIELDS, "fields"):
        same = [(gold, found) for _, name, gold, found in pairs if name == field]
        right = sum((gold & found).total() for gold, found in same)
        score = Score(field, right, sum(g.total() for g, _ in same), sum(f.total() for _, f in same))
        if score.gold or score.predicted:
            yield score


def _iter_misses(pairs: Sequence[_Pair]) -> Iterator[Miss]:
    for (document, _, number), field, gold, found in pairs:
        if gold != found:
            missed, invented = (tuple(map(str, (a - b).elements())) for a, b in ((gold, found), (found, gold)))
            yield Miss(document, number, field, missed, invented)


def _fold(value: object) -> str:
    """Take out of a text what is layout: width, case, white space, dashes, quotes, end marks."""
    text = _DASH.sub("-", unicodedata.normalize("NFKC", str(value)))
    text = _DROPPED.sub("", text).lower()
    if "中国一" in text:
        text = _OCR_DASH.sub("-", text)
    return re.sub("-+", "-", text).strip(_FINAL)


_Take = Callable[[Record], Iterable[Hashable]]


def _single(name: str) -> _Take:
    def take(record: Record) -> Iterable[Hashable]:
        value = record.get(name)
        return () if value in (None, "", False) else (_fold(value),)

    return take


def _listed(name: str) -> _Take:
    return lambda record: map(_fold, record.get(name) or ())


def _ranged(name: str) -> _Take:
    return lambda record: _bounds(record.get(name))


def _bounds(value: Record | None) -> tuple[tuple[object, object], ...]:
    bounds = ((value or {}).get("min"), (value or {}).get("max"))
    return () if bounds == (None, None) else (bounds,)


def _codes(record: Record) -> Iterator[Hashable]:
    for requirement in record.get("requirements") or ():
        yield _fold(requirement["code"] if isinstance(requirement, Mapping) else requirement)


def _codes_with_values(record: Record) -> Iterator[Hashable]:
    for requirement in record.get("requirements") or ():
        if requirement.get("value") not in (None, ""):
            yield _fold(requirement["code"]), _fold(requirement["value"])


def _names(record: Record) -> Iterator[Hashable]:
    return (_fold(contact["name"]) for contact in record.get("contacts") or () if contact.get("name"))


def _emails(record: Record) -> Iterator[Hashable]:
    return (email for _, email in _names_with_emails(record))


def _names_with_emails(record: Record) -> Iterator[tuple[str, str]]:
    for contact in record.get("contacts") or ():
        for email in contact.get("emails") or ():
            yield _fold(contact.get("name") or ""), email.lower()


def _phones(record: Record) -> Iterator[Hashable]:
    for contact in record.get("contacts") or ():
        for phone in (*(contact.get("phones") or ()), *(contact.get("faxes") or ())):
            yield re.sub(r"\D", "", phone).lstrip("0")


def _agreements_with_years(record: Record) -> Iterator[Hashable]:
    return ((_fold(a["title"]), a["year"]) for a in record.get("agreements") or () if a.get("year"))


def _titles(name: str) -> _Take:
    return lambda record: (_fold(item["title"]) for item in record.get(name) or ())


def _subtopics(record: Record) -> Iterator[Hashable]:
    for topic in record.get("topics") or ():
        yield from ((_fold(topic["title"]), _fold(part)) for part in topic.get("subtopics") or ())


def _envelopes(record: Record) -> Iterator[Hashable]:
    for envelope in record.get("envelopes") or ():
        amounts = (*_bounds(envelope.get("projects")), *_bounds(envelope.get("budget_cny")))
        yield (_fold(envelope.get("scope") or ""), *amounts)


def _indicators(record: Record) -> Iterable[Hashable]:
    """Count the indicators: gold records give their number, ours the items."""
    indicators = record.get("indicators") or ()
    count = indicators if isinstance(indicators, int) else len(indicators)
    return (str(count),) if count else ()


def _measures(record: Record) -> Iterator[Hashable]:
    for measure in record.get("measures") or ():
        value, value_max = (_round(measure.get(name)) for name in ("value", "value_max"))
        yield measure["comparator"], value, value_max, _fold(measure.get("unit") or "")


def _round(number: float | None) -> float | None:
    return None if number is None else float(f"{float(number):.6g}")


_CALL_FIELDS: Mapping[str, _Take] = {
    "call.title": _single("title"),
    "call.programmes": _listed("programmes"),
    "call.year": _single("year"),
    "call.batch": _single("batch"),
    "call.stage": _single("stage"),
    "call.stated_directions": _single("stated_directions"),
    "call.stated_partners": _single("stated_partners"),
    "call.projects": _ranged("projects"),
    "call.budget_cny": _ranged("budget_cny"),
    "call.duration_years": _ranged("duration_years"),
    "call.max_chinese_participants": _single("max_chinese_participants"),
    "call.sections": lambda r: ((_fold(s["number"]), _fold(s["title"])) for s in r.get("sections") or ()),
    "call.requirements": _codes,
    "call.contacts": _names,
}
_DIRECTION_FIELDS: Mapping[str, _Take] = {
    "direction": lambda record: ("here",),
    "title": _single("title"),
    "parent": _single("parent"),
    "section": _single("section"),
    "research_type": _single("research_type"),
    "partners": _listed("partners"),
    "partner_members": _listed("partner_members"),
    "min_partner_countries": _single("min_partner_countries"),
    "agreements": _titles("agreements"),
    "agreements.year": _agreements_with_years,
    "agencies": _listed("agencies"),
    "topics": _titles("topics"),
    "subtopics": _subtopics,
    "open_topic": _single("open_topic"),
    "projects": _ranged("projects"),
    "budget_cny": _ranged("budget_cny"),
    "envelopes": _envelopes,
    "duration_years": _ranged("duration_years"),
    "contacts.name": _names,
    "contacts.email": _emails,
    "contacts.phone": _phones,
    "contacts.pairing": _names_with_emails,
    "urls": lambda record: (_fold(url).rstrip("/") for url in record.get("urls") or ()),
    "requirements": _codes,
    "requirements.value": _codes_with_values,
    "keywords": _listed("keywords"),
    "indicators": _indicators,
    "measures": _measures,
}
