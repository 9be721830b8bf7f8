"""The figure of strips: the targets of one unit, a strip for each call.

In: the rows of a picture's query. Out: a `Figure`. Where points would lie on each other they are set above and below, by
their order and never by chance.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from ontology.errors import QueryError
from queries.names import nearest
from viz.figures import HUES, INK, WASH, Figure, Row, Speech, draw_labels, to_data, write_number

__all__ = ["draw_targets"]

MOST_CALLS = 14
WIDE = 560  # pixels across the sizes
TALL = 130  # pixels that the points of a strip may take
DOT = 8.5  # pixels from one point to the next beside it
KINDS = {
    ">=": ("至少", "at least"), ">": ("至少", "at least"), "<=": ("至多", "at most"), "<": ("至多", "at most"),
    "range": ("区间", "range"),
}  # fmt: skip
OTHER = ("约或其他", "about, or other")
LOOKS = (("teal", "triangle-up"), ("orange", "triangle-down"), ("violet", "square"), ("blue", "circle"))


def draw_targets(rows: Sequence[Row], speech: Speech, unit: str | None = None) -> Figure | None:
    """Draw the targets of one unit, the most frequent if none is told, a strip for each call; None without targets.

    Raises QueryError for a unit that no target has, with the nearest ones.
    """
    if not rows:
        return None
    numbers = Counter(str(row["unit"]) for row in rows)
    units = sorted(numbers, key=lambda one: (-numbers[one], one))
    unit = units[0] if unit is None else unit
    if unit not in numbers:
        raise QueryError(f"no target has the unit {unit}", where="targets", right=nearest(unit, units))
    calls: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["unit"] == unit:
            calls[row["call"]].append(row)
    order = sorted(calls, key=lambda call: (calls[call][0]["year"] or 9999, call))
    largest = sorted(order, key=lambda call: (-len(calls[call]), call))[:MOST_CALLS]
    lines = [
        speech(
            f"{numbers[unit]}个以“{unit}”为单位的定量考核指标，按指南排列；竖线为中位数。",
            f"{speech.count(numbers[unit], '', 'quantitative target')} with the unit {unit}, by call; the line is the median.",
        ),
        speech(
            f"单位按指南原文，不换算；各指标共用{len(units)}种单位。",
            f"Units stand as the guides print them; all targets together have {speech.count(len(units), '', 'unit')}.",
        ),
    ]
    if gone := len(order) - len(largest):
        lines.append(
            speech(f"另有{gone}份指南见表，未画出。", f"{speech.count(gone, '', 'more call')} in the table only.")
        )
    return Figure(
        "targets", speech.language, speech(f"以“{unit}”为单位的考核指标", f"Targets in {unit}"), tuple(lines),
        tuple(speech("指南,方向,指标,比较,数值", "Call,Direction,Target,Compared,Quantity").split(",")),
        tuple(_to_cells(row, speech) for call in order for row in calls[call]),
        _draw_strips([calls[call] for call in order if call in largest], unit, speech),
        width=900,
    )  # fmt: skip


def _to_cells(row: Row, speech: Speech) -> tuple[str, ...]:
    direction = f"{row['number']} {row['title'] or ''}".strip()
    return (
        str(row["call_title"] or row["call"]),
        direction,
        str(row["measure"] or ""),
        _name_kind(row, speech),
        _write_size(row),
    )


def _name_kind(row: Row, speech: Speech) -> str:
    return speech(*KINDS.get(row["comparator"] or "", OTHER))


def _write_size(row: Row) -> str:
    size = write_number(row["quantity"])
    return size if row["quantity_max"] in (None, row["quantity"]) else f"{size}–{write_number(row['quantity_max'])}"


def _draw_strips(calls: Sequence[Sequence[Row]], unit: str, speech: Speech) -> dict[str, Any]:
    import altair as alt

    scale = _choose_scale([float(row["quantity"]) for call in calls for row in call])
    looks = dict(zip(dict.fromkeys(speech(*pair) for pair in [*KINDS.values(), OTHER]), LOOKS, strict=True))
    marks, ticks, names, below = _place(calls, scale, list(looks), unit, speech)
    kinds = [kind for kind in looks if kind in {row["kind"] for row in marks}]
    title = unit + (speech("（对数刻度）", " (logarithmic)") if scale.logarithmic else "")
    x = alt.X("size:Q", title=title, **scale.to_axis(speech))
    vertical: dict[str, Any] = {"axis": None, "scale": alt.Scale(domain=[below, 0], nice=False)}
    y, edge = alt.Y("y:Q", **vertical), alt.Y("edge:Q", **vertical)
    data = to_data(ticks)
    edges = alt.Chart(data).mark_rule(color=WASH, aria=False).encode(x=alt.value(0), x2=alt.value("width"), y=edge)
    middles = alt.Chart(data).mark_rule(color=INK, strokeWidth=1.5, opacity=0.5, aria=False).encode(x=x, y=y, y2="to:Q")
    hues, shapes = [HUES[looks[kind][0]] for kind in kinds], [looks[kind][1] for kind in kinds]
    points = alt.Chart(to_data(marks)).mark_point(size=52, filled=True, opacity=0.85).encode(
        x=x, y=y, description="told:N",
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=hues)),
        shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=kinds, range=shapes)),
    )  # fmt: skip
    layers = [edges, middles, points, *draw_labels(names, y, wide=44, gap=14)]
    found: dict[str, Any] = alt.layer(*layers).properties(width=WIDE, height=round(below)).to_dict()
    return found


def _place(
    calls: Sequence[Sequence[Row]], scale: Scale, kinds: Sequence[str], unit: str, speech: Speech
) -> tuple[list[Row], list[Row], dict[float, str], float]:
    """Return the points, the medians, the names of the strips by their height, and where the last one ends."""
    marks: list[Row] = []
    ticks: list[Row] = []
    names, below = {}, 0.0
    for call in calls:
        rows = sorted(call, key=lambda row: kinds.index(_name_kind(row, speech)))
        offsets = _spread([float(row["quantity"]) for row in rows], scale)
        half = max(16.0, max(offsets) + DOT)
        middle = below + half + 8
        below = middle + half + 8
        for row, offset in zip(rows, offsets, strict=True):
            kind = _name_kind(row, speech)
            told = f"{row['number']} {row['measure'] or row['title'] or ''} · {kind} {_write_size(row)} {unit}"
            marks.append({"size": row["quantity"], "y": middle + offset, "kind": kind, "told": told})
        centre = median(float(row["quantity"]) for row in call)
        ticks.append({"size": centre, "y": middle - half, "to": middle + half, "edge": below})
        names[middle] = str(call[0]["call_title"] or call[0]["call"])
    return marks, ticks, names, below


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where sizes run, evenly or by their logarithm."""

    low: float
    high: float
    logarithmic: bool

    def place(self, size: float) -> float:
        """Return how many pixels from the left a size stands."""
        if self.logarithmic:
            return WIDE * math.log(size / self.low) / math.log(self.high / self.low)
        return WIDE * (size - self.low) / (self.high - self.low)

    def to_powers(self) -> list[float]:
        """Return the powers of ten on the scale, with twice and five times each where they are few."""
        powers = range(math.floor(math.log10(self.low)), math.ceil(math.log10(self.high)) + 1)
        digits = (1,) if len(powers) > 4 else (1, 2, 5)
        values = [float(f"{digit}e{power}") for power in powers for digit in digits]
        return [value for value in values if self.low <= value <= self.high]

    def to_axis(self, speech: Speech) -> dict[str, Any]:
        """Return what Altair is told of the scale and its axis; ten thousands are named as the language does."""
        import altair as alt

        chinese = "datum.value >= 1e8 ? format(datum.value / 1e8, ',~r') + '亿' : datum.value >= 1e4 ? format(datum.value / 1e4, ',~r') + '万' : "
        english = "datum.value >= 1e6 ? format(datum.value / 1e6, ',~r') + ' million' : "
        ticks: dict[str, Any] = {"values": self.to_powers()} if self.logarithmic else {"tickCount": 6}
        return {
            "scale": alt.Scale(type="log" if self.logarithmic else "linear", domain=[self.low, self.high], nice=False),
            "axis": alt.Axis(labelExpr=f"{speech(chinese, english)}format(datum.value, ',~r')", **ticks),
        }


def _choose_scale(sizes: Sequence[float]) -> Scale:
    """Take the logarithm where the largest sizes would press all others together at one end."""
    low, high = min(sizes), max(sizes)
    if low > 0 and high > 20 * median(sizes):
        return Scale(low / 1.4, high * 1.4, True)
    low, high = min(low, 0.0), max(high, 0.0)
    room = (high - low) * 0.03 or 1.0
    return Scale(low - room, high + room, False)


def _spread(sizes: Sequence[float], scale: Scale) -> list[float]:
    """Give each point its pixels off the middle, so that no two of about the same size lie on each other."""
    places = [round(scale.place(size) / DOT) for size in sizes]
    step = min(DOT, TALL / max(places.count(place) for place in set(places)))
    taken: dict[int, int] = defaultdict(int)
    offsets = []
    for place in places:
        taken[place] += 1
        offsets.append(taken[place] // 2 * step * (1 if taken[place] % 2 else -1))
    return offsets
