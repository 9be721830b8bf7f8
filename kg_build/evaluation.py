"""How well the records agree with gold records, field by field.

In: a folder of gold records and the record table. Out: precision, recall and F1. The arithmetic is
the contract's: each value of a field is an item, lists are multisets, and layout is no content. This
module does not know how a record was made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_build.comparisons import CALL_FIELDS, DIRECTION_FIELDS, Record
from ontology.errors import DocumentError

__all__ = ["Evaluation", "Miss", "Score", "add_scores", "evaluate", "mean_f1", "read_records"]

Items = Counter[Hashable]
_Key = tuple[str, str, str | None]

_PREFIX = 3
"""Gold files are named by the first characters of a document's id."""


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


def add_scores(scores: Sequence[Score]) -> Score:
    """Return the counts of several fields as one."""
    right, gold, predicted = (sum(getattr(one, name) for one in scores) for name in ("right", "gold", "predicted"))
    return Score("", right, gold, predicted)


def mean_f1(scores: Sequence[Score]) -> float:
    """Return the mean of the fields' F1, each field alike; 0 without any."""
    return sum(score.f1 for score in scores) / len(scores) if scores else 0.0


@dataclass(frozen=True, slots=True)
class Miss:
    """What is wrong in one field of one record; `number` is None for the call, items are as compared."""

    document: str
    number: str | None
    field: str
    missed: tuple[Hashable, ...]
    invented: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores in the order of the record table, those of each document too, and every difference behind them."""

    documents: tuple[str, ...]
    scores: tuple[Score, ...]
    by_document: Mapping[str, tuple[Score, ...]]
    misses: tuple[Miss, ...]

    @property
    def micro_f1(self) -> float:
        """Return F1 over all items."""
        return add_scores(self.scores).f1 if self.scores else 0.0

    @property
    def macro_f1(self) -> float:
        """Return the mean of the fields' F1."""
        return mean_f1(self.scores)


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
    by_document = {name: tuple(_iter_scores([pair for pair in pairs if pair[0][0] == name])) for name in documents}
    return Evaluation(documents, tuple(_iter_scores(pairs)), by_document, tuple(_iter_misses(pairs)))


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
        fields = CALL_FIELDS if key[1] == "call" else DIRECTION_FIELDS
        for field, take in fields.items():
            if field == "measures" and record.get("measures") is None:
                continue  # the gold does not tell
            yield key, field, Counter(take(record)), Counter(take(found) if found else ())
        label = labels.get((key[0], key[2]))
        if label is not None:
            codes = (code for code in found.get("fields") or () if code not in label["maybe"])
            yield key, "fields", Counter(dict.fromkeys(label["fields"], 1)), Counter(dict.fromkeys(codes, 1))


def _iter_scores(pairs: Sequence[_Pair]) -> Iterator[Score]:
    """Sum up the fields in which either side has anything, in the order of the record table."""
    for field in (*CALL_FIELDS, *DIRECTION_FIELDS, "fields"):
        same = [(gold, found) for _, name, gold, found in pairs if name == field]
        right = sum((gold & found).total() for gold, found in same)
        score = Score(field, right, sum(g.total() for g, _ in same), sum(f.total() for _, f in same))
        if score.gold or score.predicted:
            yield score


def _iter_misses(pairs: Sequence[_Pair]) -> Iterator[Miss]:
    for (document, _, number), field, gold, found in pairs:
        if gold != found:
            missed, invented = (tuple((a - b).elements()) for a, b in ((gold, found), (found, gold)))
            yield Miss(document, number, field, missed, invented)
