"""Two calls side by side, as a user asks for them: from folders to printed changes.

In: graph folders and the ids of calls. Out: text. It refuses to know how changes are found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from queries.answers import Solutions
from queries.differences import Change, compare, read_sheet, to_json, to_rows
from queries.graphs import open_graph
from queries.tables import FORMATS
from zhinan.asking import to_screen

__all__ = ["diff_calls"]


def diff_calls(kg: Path, before: str, other: Path, after: str, *, form: str) -> str:
    """Return the changes from a call of one graph folder to a call of another, or of the same, in a format of `ask`."""
    old = read_sheet(open_graph(kg), before)
    new = read_sheet(open_graph(other), after)
    changes = compare(old, new)
    if form == "json":
        return to_json(changes)
    if form != "table":
        return FORMATS[form](to_rows(changes))
    table = _without_quotes(to_rows(changes)) if changes else ""
    return table + _to_summary(changes, len(new.directions))


def _without_quotes(rows: Solutions) -> str:
    """Return what a screen has room for, without the count of rows: the summary tells more."""
    shown = [place for place, column in enumerate(rows.columns) if not column.startswith("quote")]
    kept = replace(
        rows,
        columns=tuple(rows.columns[place] for place in shown),
        rows=tuple(tuple(row[place] for place in shown) for row in rows.rows),
    )
    return to_screen(kept).rpartition("(")[0]


def _to_summary(changes: Sequence[Change], directions: int) -> str:
    kinds = Counter(change.kind for change in changes if not change.property)
    changed = len({change.number for change in changes if change.kind == "changed" and change.number})
    same = directions - kinds["added"] - changed
    told = f"directions: {kinds['added']} added, {kinds['removed']} removed, {changed} changed, {same} the same"
    own = [change.property for change in changes if change.property and not change.number]
    return f"{told}\n" + (f"the call itself: {', '.join(own)}\n" if own else "")
