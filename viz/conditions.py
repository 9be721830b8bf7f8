"""The figure of conditions: how often the calls of each programme set each kind of requirement.

In: the rows of a picture's query. Out: a `Figure`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from viz.bars import Part, draw_panels, name_bars
from viz.figures import HUES, Figure, Row, Speech

__all__ = ["draw_requirements"]

MOST_REQUIREMENTS, MOST_PANELS = 22, 4


def draw_requirements(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw how often each kind of requirement is set, a panel for each programme; None where none is."""
    names = {row["code"]: speech.pick(row, "label", "code") for row in rows}
    totals: dict[str, int] = defaultdict(int)
    weights: dict[str, int] = defaultdict(int)
    for row in rows:
        totals[row["code"]] += row["directions"] + row["calls"]
        weights[row["programme"]] += row["directions"] + row["calls"]
    if not totals:
        return None
    order = sorted(totals, key=lambda code: (-totals[code], code))
    panels = sorted(weights, key=lambda name: (-weights[name], name))
    shown, rest = order[:MOST_REQUIREMENTS], order[MOST_REQUIREMENTS:]
    bars = name_bars(shown, names) | dict.fromkeys(
        rest, speech(f"其余{len(rest)}类", f"{len(rest)} other {'kind' if len(rest) == 1 else 'kinds'}")
    )
    kinds = {
        "directions": speech("方向提出", "set by directions"),
        "calls": speech("整份指南提出", "set for a whole call"),
    }
    lines = [speech(
        "提出该要求的方向数，加上对所有方向提出该要求的指南数。一份指南属于几个专项时各计一次。",
        "Directions that set a condition, and calls that set it for all of theirs. A call under several programmes counts for each.",
    )]  # fmt: skip
    if gone := len(panels) - MOST_PANELS if len(panels) > MOST_PANELS else 0:
        lines.append(
            speech(f"另有{gone}个专项见表，未画出。", f"{speech.count(gone, '', 'more programme')} in the table only.")
        )
    listed = sorted(rows, key=lambda row: (panels.index(row["programme"]), order.index(row["code"])))
    return Figure(
        "requirements-by-programme", speech.language, speech("各重点专项的申报要求", "Conditions of application by programme"),
        tuple(lines),
        tuple(speech("重点专项,申报要求,方向提出,整份指南提出", "Programme,Condition,By directions,For whole calls").split(",")),
        tuple((row["programme"], names[row["code"]], str(row["directions"]), str(row["calls"])) for row in listed),
        draw_panels(
            {name: _to_parts([row for row in listed if row["programme"] == name], bars, kinds) for name in panels[:MOST_PANELS]},
            list(dict.fromkeys(bars[code] for code in order)),
            dict(zip(kinds.values(), (HUES["teal"], HUES["orange"]), strict=True)),
        ),
    )  # fmt: skip


def _to_parts(rows: Sequence[Row], bars: Mapping[str, str], kinds: Mapping[str, str]) -> list[Part]:
    """Sum up one programme's numbers by bar and kind."""
    numbers: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        for column, kind in kinds.items():
            numbers[bars[row["code"]], kind] += row[column]
    return [
        Part(bar, kind, number, f"{rows[0]['programme']} · {bar} · {kind} · {number}")
        for (bar, kind), number in numbers.items()
        if number
    ]
