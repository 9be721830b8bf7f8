"""What a person says of facts that were read: `corrections.toml` beside the sources.

    [[correction]]
    document = "001"
    direction = "1.3"              # left out: the call itself
    property = "budget_cny"        # a key of the record table
    verdict = "correct"            # or "accept", or "reject"
    old = { max = 3000000 }
    new = { max = 30000000 }
    who = "https://example.org/people/wang"
    why = "the table on page 3 says 万元"

In: the files of the source folders. Out: corrections, checked. This module does not apply them.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from kg_build.properties import PROPERTIES, to_value
from kg_build.spans import Span
from ontology.errors import RuleError
from ontology.vocabulary import Vocabulary

__all__ = [
    "FILE",
    "Correction",
    "JudgedSpan",
    "Verdict",
    "hash_corrections",
    "read_corrections",
    "to_correction",
    "to_json",
]

FILE = "corrections.toml"

Verdict = Literal["accept", "reject", "correct"]

_KEYS = ("document", "direction", "property", "verdict", "old", "new", "who", "why")
_ENTRY = re.compile(r"\s*\[\[\s*correction\s*\]\]")
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]')


@dataclass(frozen=True, slots=True)
class Correction:
    """One judgement of one fact; `old` and `new` are JSON in the form of the record table.

    `place` is the file and the line.
    """

    document: str
    direction: str | None
    key: str
    verdict: Verdict
    old: str
    new: str | None
    who: str
    why: str
    place: str = ""

    @property
    def spot(self) -> str:
        """Return the file's name and the line: a finding must not tell where a folder is."""
        return Path(self.place).name

    @property
    def fact(self) -> tuple[str, str, str, str]:
        """Return what is judged."""
        return self.document, self.direction or "", self.key, self.old


@dataclass(frozen=True, slots=True)
class JudgedSpan(Span):
    """The evidence of a fact that a person has judged: where it was read, and who says what."""

    correction: Correction | None = None


def read_corrections(folder: Path, vocabulary: Vocabulary) -> tuple[Correction, ...]:
    """Read the corrections of a folder, none where it has no file of them.

    Raises RuleError, with file and line, for what cannot be meant: no TOML, a key or a value that
    there is not, a fact that is judged twice.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        text = path.read_text(encoding="utf-8-sig")
        entries = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"cannot be read: {error}", where=str(path), right="[[correction]] entries in TOML") from error
    found = tuple(_iter_corrections(entries, text, path, vocabulary))
    first: dict[tuple[str, str, str, str], Correction] = {}
    for correction in found:
        other = first.setdefault(correction.fact, correction)
        if other is not correction:
            raise RuleError(
                f"{correction.key} is judged twice", where=f"{other.place}, {correction.place}", right="one entry"
            )
    return found


def to_correction(entry: Mapping[str, object], vocabulary: Vocabulary, place: str = "") -> Correction:
    """Make a correction of an entry; raise RuleError, which says what would be right, for one that cannot be."""
    try:
        return _to_correction(entry, vocabulary, place)
    except RuleError as error:
        raise RuleError(error.what, where=place or error.where, right=error.right) from error


def hash_corrections(corrections: Iterable[Correction]) -> str:
    """Return a hash of what corrections say, in which order, and on which lines: one may build on another, and a stale one is told with its line."""
    said = [(*one.fact, one.verdict, one.new, one.who, one.why, one.spot) for one in corrections]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def to_json(value: object) -> str:
    """Write a value of the record table in its one form: no white space, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _iter_corrections(
    entries: Mapping[str, object], text: str, path: Path, vocabulary: Vocabulary
) -> Iterator[Correction]:
    rows = entries.get("correction", [])
    if entries.keys() - {"correction"} or not isinstance(rows, list):
        stranger = next(iter(entries.keys() - {"correction"}), "correction")
        raise RuleError(f"{stranger} is no list of corrections", where=str(path), right="[[correction]] entries")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if _ENTRY.match(line)]
    places = [f"{path}:{line}" for line in lines] if len(lines) == len(rows) else [str(path)] * len(rows)
    for row, place in zip(rows, places, strict=True):
        if not isinstance(row, Mapping):
            raise RuleError("correction is no table", where=place, right="[[correction]] and keys below it")
        yield to_correction(row, vocabulary, place)


def _to_correction(entry: Mapping[str, object], vocabulary: Vocabulary, place: str) -> Correction:
    for key in entry.keys() - set(_KEYS):
        raise RuleError(f"{key} is no key of a correction", right=f"one of {' '.join(_KEYS)}")
    document, direction, name = (
        _word(entry, "document"),
        _word(entry, "direction", needed=False),
        _word(entry, "property"),
    )
    verdict = entry.get("verdict")
    if verdict not in ("accept", "reject", "correct"):
        raise RuleError(f"{verdict!r} is no verdict", right=f"one of {' '.join(get_args(Verdict))}")
    of = "direction" if direction else "call"
    about = PROPERTIES.get(name)
    if about is None or of not in about.of:
        known = " ".join(key for key, one in PROPERTIES.items() if of in one.of)
        raise RuleError(f"{name} of a {of} cannot be corrected", right=f"one of {known}")
    if entry.get("old") is None:
        raise RuleError("old is missing", right="the value that was read: a correction rests on its words")
    if verdict == "reject" and about.needed:
        raise RuleError(f"{name} cannot be rejected", right="correct it: every direction has one")
    if (entry.get("new") is None) == (verdict == "correct"):
        what = "new is missing" if verdict == "correct" else f"new stands beside {verdict}"
        raise RuleError(what, right='new with verdict = "correct", and with no other')
    new = None if entry.get("new") is None else to_value(name, entry["new"], vocabulary, whole=False)
    return Correction(
        document=document,
        direction=direction or None,
        key=name,
        verdict=verdict,
        old=to_json(to_value(name, entry["old"], vocabulary, whole=False)),
        new=None if new is None else to_json(new),
        who=_person(_word(entry, "who")),
        why=_word(entry, "why"),
        place=place,
    )


def _word(entry: Mapping[str, object], key: str, *, needed: bool = True) -> str:
    value = entry.get(key, "" if not needed else None)
    if not isinstance(value, str) or (needed and not value.strip()):
        raise RuleError(f"{key} is {'missing' if value is None else repr(value)}", right=f'{key} = "…"')
    return value.strip()


def _person(who: str) -> str:
    if who.startswith(("http://", "https://")) and _FORBIDDEN.search(who):
        raise RuleError(f"{who} is no IRI", right="a person's name, or an IRI without blanks and quotes")
    return who
