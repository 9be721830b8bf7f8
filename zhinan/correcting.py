"""A judgement that a person types, put into the file of corrections beside the sources.

In: which fact, what of it, who and why. Out: one entry more in `corrections.toml`, all else in it as
the person wrote it. The fact must be in the graph; the next build puts the entry into effect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_build.corrections import FILE, Correction, read_corrections, to_correction, to_json
from kg_build.evaluation import read_records
from kg_build.graph import open_graph
from kg_build.properties import PROPERTIES
from ontology.errors import QueryError
from ontology.vocabulary import read_vocabulary
from queries.files import write_file
from queries.names import nearest

__all__ = ["Wish", "correct"]

_JSON = re.compile(r'\s*([\[{"]|(-?\d+(\.\d+)?|true)\s*$)')
_MOST = 200
"""Characters of the values that an error shows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed: `subject` is a document (001) or a direction (001/1.3), values are JSON or plain words."""

    subject: str
    property: str
    verdict: str
    old: str | None
    new: str | None
    who: str
    why: str


def correct(wish: Wish, sources: Path, kg: Path) -> tuple[Correction, Path]:
    """Write a correction into the folder of the sources; return it with the file.

    Raises QueryError or RuleError, and writes nothing, where there is no such fact in the graph, where
    the value cannot be, and where the fact is judged already.
    """
    document, _, direction = wish.subject.partition("/")
    path = _find_sources(document, sources, kg) / FILE
    row = _find_row(document, direction, kg)
    old = _find_old(wish, row)
    entry = {"document": document, "direction": direction, "property": wish.property, "verdict": wish.verdict}
    entry = {key: value for key, value in entry.items() if value}
    said = {"old": old, "new": _read(wish.new), "who": wish.who, "why": wish.why}
    full: dict[str, Any] = entry | {key: _prune(value) for key, value in said.items() if value is not None}
    vocabulary = read_vocabulary()
    correction = to_correction(full, vocabulary, wish.subject)
    for other in read_corrections(path.parent, vocabulary):
        if other.fact == correction.fact or (other.fact[:3], other.new) == (correction.fact[:3], correction.old):
            raise QueryError(f"{wish.property} is judged already", where=other.place, right="change that entry")
    write_file(path, [_append(path, full).encode("utf-8")])
    return correction, path


def _find_sources(document: str, sources: Path, kg: Path) -> Path:
    """Return the folder that holds the document's file."""
    rows = {row["id"]: row["file"] for row in open_graph(kg).read_manifest()["documents"]}
    if document not in rows:
        raise QueryError(f"no document {document}", where=str(kg), right=nearest(document, rows))
    if not (sources / rows[document]).is_file():
        raise QueryError(
            f"no {rows[document]} here", where=str(sources), right="--sources FOLDER, where the guides are"
        )
    return sources


def _find_row(document: str, direction: str, kg: Path) -> Mapping[str, Any]:
    rows = [row for row in read_records(open_graph(kg).records) if row["document"] == document]
    for row in rows:
        if (row["kind"] == "direction" and row["number"] == direction) or (row["kind"] == "call" and not direction):
            return row
    known = [f"{document}/{row['number']}" for row in rows if row["kind"] == "direction"]
    raise QueryError(
        f"no direction {document}/{direction}", where=str(kg), right=nearest(f"{document}/{direction}", known)
    )


def _find_old(wish: Wish, row: Mapping[str, Any]) -> object:
    """Return the value that is judged, as it was read; the only one there is need not be typed."""
    known = [key for key, one in PROPERTIES.items() if row["kind"] in one.of]
    if wish.property not in known:
        raise QueryError(
            f"{wish.property} cannot be corrected", where=wish.subject, right=nearest(wish.property, known)
        )
    found = row[wish.property]
    values = found if isinstance(found, list) else [found] if found not in (None, False) else []
    if wish.old is None and len(values) == 1:
        return values[0]
    old = _read(wish.old)
    for value in values:
        if value == old or _has(value, old) or _is_written(value, wish.old):
            return value
    shown = to_json(found)[:_MOST]
    right = f"--old with one of {shown}" if values else "a property with a value: a correction rests on its words"
    raise QueryError(f"{wish.property} has no such value: {wish.old or ''}", where=wish.subject, right=right)


def _has(value: object, old: object) -> bool:
    """Say whether a table has the parts that are typed."""
    if not isinstance(value, Mapping) or not isinstance(old, Mapping):
        return False
    return bool(old) and all(value.get(key) == part for key, part in old.items())


def _is_written(value: object, old: str | None) -> bool:
    """Say whether a table is named by what stands first in it: the title of an agreement."""
    return isinstance(value, Mapping) and old is not None and next(iter(value.values()), None) == old


def _read(text: str | None) -> object:
    """Read a typed value: a number, true, or what opens like a table, list or string of JSON; else it is words."""
    if text is None or not _JSON.match(text):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise QueryError(f"{text} is no JSON: {error}", where="--old, --new", right="'{\"max\": 30000000}'") from error


def _prune(value: object) -> object:
    """Leave out what is null or empty: TOML has no null, and a table is known by the parts that it names."""
    if isinstance(value, Mapping):
        return {key: part for key, part in value.items() if part is not None and part != []}
    return value


def _append(path: Path, entry: Mapping[str, Any]) -> str:
    import tomlkit

    text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    table = tomlkit.table()
    for key, value in entry.items():
        item = tomlkit.inline_table() if isinstance(value, Mapping) else None
        if item is not None:
            item.update(value)
        table.add(key, value if item is None else item)
    array = tomlkit.aot()
    array.append(table)
    added = tomlkit.dumps(tomlkit.document().add("correction", array))
    return f"{text.rstrip()}\n\n{added}" if text.strip() else added
