"""The figure of the timeline: when agreements were made, and in which years calls rest on them.

In: the rows of a picture's query. Out: a `Figure`. An agreement with a year has a row; those without one share a row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from viz.figures import HUES, INK, Figure, Row, Speech, draw_labels, to_data

__all__ = ["draw_timeline"]

MOST_AGREEMENTS = 24
WIDE = 560  # pixels across the years


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the timeline: in which years it was made, and how much rests on it by the year of the calls."""

    name: str
    made: set[int]
    used: dict[int | None, int]


def draw_timeline(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw when agreements were made and in which years calls rest on them; None without a year."""
    calls = {row["call"]: row for row in rows}
    agreements = {row["agreement"]: row["agreement_title"] for row in rows if row["agreement"]}
    made: dict[str, set[int]] = {one: set() for one in agreements}
    used: dict[str, dict[int | None, dict[str, int]]] = {one: defaultdict(dict) for one in agreements}
    for row in rows:
        if row["agreement"]:
            made[row["agreement"]] |= {row["agreement_year"]} - {None}
            used[row["agreement"]][row["year"]][row["call"]] = row["directions"]
    dated = sorted((one for one in made if made[one]), key=lambda one: (min(made[one]), agreements[one], one))
    shown, rest = dated[-MOST_AGREEMENTS:], dated[:-MOST_AGREEMENTS]
    undated = sorted(one for one in made if not made[one])
    if not shown and all(call["year"] is None for call in calls.values()):
        return None
    lanes = [
        Lane(agreements[one], made[one], {year: sum(found.values()) for year, found in used[one].items()})
        for one in shown
    ]
    for few, zh, en in (
        (rest, "更早的协议", "earlier agreement"),
        (undated, "未写年份的协议", "agreement without a year"),
    ):
        if few:
            name = speech(
                f"{len(few)}份{zh}",
                f"{len(few)} {en}" if len(few) == 1 else f"{len(few)} " + en.replace("agreement", "agreements"),
            )
            lanes.append(Lane(name, set(), _count_under(few, used)))
    return Figure(
        "timeline", speech.language, speech("合作协议与指南的年份", "Agreements and calls over the years"),
        _tell_about_timeline(calls, speech),
        tuple(speech("协议,协议年份,指南,指南年份,方向", "Agreement,Its year,Call,Year of the call,Directions").split(",")),
        tuple(
            (row["agreement_title"] or "", speech.year(row["agreement_year"]) if row["agreement"] else "", str(row["title"] or row["call"]),
             speech.year(row["year"]), str(row["directions"] or 0))
            for row in sorted(rows, key=lambda row: (row["agreement"] is None, row["agreement_year"] or 9999, row["agreement"] or "", row["call"]))
        ),
        _draw_lanes(calls, lanes, speech),
        width=940,
    )  # fmt: skip


def _count_under(agreements: Iterable[str], used: dict[str, dict[int | None, dict[str, int]]]) -> dict[int | None, int]:
    """Count the agreements that calls of each year rest on."""
    found: dict[int | None, int] = defaultdict(int)
    for one in agreements:
        for year in used[one]:
            found[year] += 1
    return dict(found)


def _tell_about_timeline(calls: dict[str, Row], speech: Speech) -> tuple[str, ...]:
    lines = [speech(
        "菱形为指南；方块为指南写明的协议年份；圆圈为以该协议为依据的指南年份，圈中为方向数，合并各行中为协议数。",
        "Diamonds are calls. Squares are the years of agreements, as calls state them. Circles are the years of calls that rest on them, with the number of directions, or of agreements where a row sums them up.",
    )]  # fmt: skip
    if without := sum(call["year"] is None for call in calls.values()):
        lines.append(speech(
            f"{without}份指南未写年份，未画出。",
            f"{speech.count(without, '', 'call')} {'states' if without == 1 else 'state'} no year and {'is' if without == 1 else 'are'} not drawn.",
        ))  # fmt: skip
    return tuple(lines)


def _draw_lanes(calls: dict[str, Row], lanes: Sequence[Lane], speech: Speech) -> dict[str, Any]:
    import altair as alt

    years: dict[int, int] = defaultdict(int)
    for call in calls.values():
        if call["year"] is not None:
            years[call["year"]] += 1
    marks = [
        _mark(0, y, "call", str(n), f"{y} · {speech.count(n, '份指南', 'call')}") for y, n in sorted(years.items())
    ]
    spans = []
    for place, lane in enumerate(lanes, 1):
        basis = {year: number for year, number in lane.used.items() if year is not None}
        marks += [_mark(place, year, "made", "", f"{lane.name} · {year}") for year in sorted(lane.made)]
        for year, number in sorted(basis.items()):
            rests = speech(f"{year}年指南的依据", f"basis of calls of {year}")
            marks.append(_mark(place, year, "used", str(number), f"{lane.name} · {rests} · {number}"))
        if lane.made:
            spans.append({"lane": place, "year": min(lane.made), "end": max({*lane.made, *basis})})
    low, high = min(row["year"] for row in marks), max(row["year"] for row in marks)
    names = {0: speech("全部指南", "All calls")} | {place: lane.name for place, lane in enumerate(lanes, 1)}
    x = alt.X(
        "year:Q", title=None, scale=alt.Scale(domain=[low - 0.6, high + 0.6], nice=False),
        axis=alt.Axis(values=_to_ticks(low, high), format="d", grid=True, orient="top"),
    )  # fmt: skip
    y = alt.Y("lane:O", axis=None)
    kinds = {
        "call": ("diamond", HUES["blue"], 420),
        "made": ("square", HUES["red"], 150),
        "used": ("circle", "#ffffff", 340),
    }
    layers = [
        alt.Chart(to_data(spans)).mark_rule(color="#c9cdc9", strokeWidth=2, aria=False).encode(x=x, x2="end:Q", y=y)
    ]
    for kind, (shape, fill, size) in kinds.items():
        own = to_data([row for row in marks if row["kind"] == kind])
        edge = HUES["blue"] if kind == "used" else fill
        point = alt.Chart(own).mark_point(shape=shape, fill=fill, stroke=edge, strokeWidth=1.6, size=size, opacity=1)
        number = alt.Chart(own).mark_text(fontSize=11, color="#ffffff" if kind == "call" else INK, aria=False)
        layers += [point.encode(x=x, y=y, description="told:N"), number.encode(x=x, y=y, text="number:N")]
    chart = alt.layer(*layers, *draw_labels(names, y, wide=52)).properties(width=WIDE, height=alt.Step(38))
    found: dict[str, Any] = chart.to_dict()
    return found


def _mark(lane: int, year: int, kind: str, number: str, told: str) -> Row:
    return {"lane": lane, "year": year, "kind": kind, "number": number, "told": told}


def _to_ticks(low: int, high: int) -> list[int]:
    """Choose years to print: all, or every second, fifth or tenth where there are many."""
    step = next((one for one in (1, 2, 5, 10, 20) if (high - low) / one <= 11), 50)
    return [year for year in range(low, high + 1) if step == 1 or year % step == 0]
