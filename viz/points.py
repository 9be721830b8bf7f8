"""Figures of points: the timeline of agreements and calls, and the targets of one unit.

In: the rows of a picture's query. Out: a `Figure`. Where points would lie on each other they are set side by side, by
their order and never by chance.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from ontology.errors import QueryError
from queries.names import nearest
from viz.figures import HUES, INK, SOFT, Figure, Row, Speech, write_number

__all__ = ["draw_targets", "draw_timeline"]

MOST_AGREEMENTS, MOST_PROGRAMMES, MOST_CALLS = 24, 8, 14
WIDE = 560
DOT = 8  # pixels from one point to the next beside it
KINDS = {
    ">=": ("至少", "at least"), ">": ("至少", "at least"), "<=": ("至多", "at most"), "<": ("至多", "at most"),
    "range": ("区间", "range"),
}  # fmt: skip


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
    lanes: list[tuple[str, set[int], dict[int | None, int]]] = [
        (agreements[one], made[one], {year: sum(found.values()) for year, found in used[one].items()}) for one in shown
    ]
    for few, zh, en in ((rest, "更早的协议", "earlier agreement"), (undated, "未写年份的协议", "agreement without a year")):
        if few:
            name = speech(f"{len(few)}份{zh}", f"{len(few)} {en}" if len(few) == 1 else f"{len(few)} " + en.replace("agreement", "agreements"))
            lanes.append((name, set(), _count_under(few, used)))
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


def _count_under(
    agreements: Iterable[str], used: dict[str, dict[int | None, dict[str, int]]]
) -> dict[int | None, int]:
    """Count the agreements that calls of each year rest on."""
    found: dict[int | None, int] = defaultdict(int)
    for one in agreements:
        for year in used[one]:
            found[year] += 1
    return dict(found)


def _tell_about_timeline(calls: dict[str, Row], speech: Speech) -> tuple[str, ...]:
    lines = [speech(
        "方块为指南写明的协议年份，圆圈为以其为依据的指南年份，圈旁为方向数（末行为协议数）。",
        "Squares: the year of an agreement as calls state it. Circles: years of the calls that rest on it, with the number of directions (of agreements in the rows that sum up).",
    )]  # fmt: skip
    if without := sum(call["year"] is None for call in calls.values()):
        lines.append(speech(
            f"{without}份指南未写年份，未画出。",
            f"{speech.count(without, '', 'call')} {'states' if without == 1 else 'state'} no year and {'is' if without == 1 else 'are'} not drawn.",
        ))  # fmt: skip
    return tuple(lines)


def _draw_lanes(
    calls: dict[str, Row], lanes: Sequence[tuple[str, set[int], dict[int | None, int]]], speech: Speech
) -> dict[str, Any]:
    import altair as alt

    kinds = {"call": speech("指南", "call"), "made": speech("协议签订", "agreement made"), "used": speech("作为指南依据", "basis of calls")}
    marks, spans, names = [], [], []
    top = speech("全部指南", "All calls")
    years: dict[int, int] = defaultdict(int)
    for call in calls.values():
        if call["year"] is not None:
            years[call["year"]] += 1
    names.append({"lane": 0, "name": top})
    marks += [{"lane": 0, "year": y, "kind": kinds["call"], "number": str(n), "told": f"{y} · {speech.count(n, '份指南', 'call')}"} for y, n in sorted(years.items())]
    for place, (name, made, used) in enumerate(lanes, 1):
        names.append({"lane": place, "name": name})
        marks += [{"lane": place, "year": y, "kind": kinds["made"], "number": "", "told": f"{name} · {y}"} for y in sorted(made)]
        basis = {year: number for year, number in used.items() if year is not None}
        marks += [{"lane": place, "year": y, "kind": kinds["used"], "number": str(n), "told": f"{name} · {kinds['used']} {y} · {n}"} for y, n in sorted(basis.items())]
        if made:
            spans.append({"lane": place, "year": min(made), "end": max({*made, *basis})})
    known = [row["year"] for row in marks]
    low, high = min(known), max(known)
    x = alt.X("year:Q", title=None, scale=alt.Scale(domain=[low - 0.5, high + 0.9], nice=False),
              axis=alt.Axis(values=_to_ticks(low, high), format="d", grid=True, orient="top"))
    y = alt.Y("lane:O", axis=None)
    colours = (HUES["blue"], HUES["red"], HUES["blue"])
    lines = alt.Chart(alt.Data(values=spans)).mark_rule(color="#c9cdc9", strokeWidth=2, aria=False).encode(x=x, x2="end:Q", y=y)
    points = alt.Chart(alt.Data(values=marks)).mark_point(size=110, strokeWidth=2, opacity=1).encode(
        x=x, y=y, description="told:N",
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=list(kinds.values()), range=list(colours))),
        shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=list(kinds.values()), range=["diamond", "square", "circle"])),
        fill=alt.Color("kind:N", title=None, legend=None, scale=alt.Scale(domain=list(kinds.values()), range=[HUES["blue"], HUES["red"], "#ffffff"])),
    )  # fmt: skip
    numbers = alt.Chart(alt.Data(values=marks)).mark_text(align="left", dx=10, color=SOFT, aria=False).encode(x=x, y=y, text="number:N")
    left = alt.Chart(alt.Data(values=names)).mark_text(align="right", dx=-12, fontSize=13, color=INK, limit=330, aria=False).encode(
        x=alt.value(0), y=y, text="name:N"
    )  # fmt: skip
    chart = alt.layer(lines, points, numbers, left).properties(width=WIDE, height=alt.Step(28))
    found: dict[str, Any] = chart.to_dict()
    return found


def _to_ticks(low: int, high: int) -> list[int]:
    """Choose years to print: all, or every second, fifth or tenth where there are many."""
    step = next((one for one in (1, 2, 5, 10, 20) if (high - low) / one <= 11), 50)
    return [year for year in range(low, high + 1) if step == 1 or year % step == 0]


def draw_targets(rows: Sequence[Row], speech: Speech, unit: str | None = None) -> Figure | None:
    """Draw the targets of one unit, the most frequent if none is told, a strip for each call; None without targets.

    Raises QueryError for a unit that no target has, with the nearest ones.
    """
    numbers: dict[str, int] = defaultdict(int)
    for row in rows:
        numbers[row["unit"]] += 1
    if not numbers:
        return None
    units = sorted(numbers, key=lambda one: (-numbers[one], one))
    unit = units[0] if unit is None else unit
    if unit not in numbers:
        raise QueryError(f"no target has the unit {unit}", where="targets", right=nearest(unit, units))
    chosen = [row for row in rows if row["unit"] == unit]
    calls: dict[str, list[Row]] = defaultdict(list)
    for row in chosen:
        calls[row["call"]].append(row)
    order = sorted(calls, key=lambda call: (calls[call][0]["year"] or 9999, call))
    largest = sorted(order, key=lambda call: (-len(calls[call]), call))[:MOST_CALLS]
    lines = [speech(
        f"单位为{unit}的{len(chosen)}个定量考核指标，按指南排列；竖线为中位数。",
        f"{speech.count(len(chosen), '', 'quantitative target')} with the unit {unit}, by call; the line is the median.",
    )]  # fmt: skip
    others = len(units) - 1
    lines.append(speech(
        f"单位按指南原文，不换算；另有{others}种单位，可用 --unit 选取。",
        f"Units stand as the guide prints them; {others} others can be chosen by --unit.",
    ))  # fmt: skip
    if len(order) > len(largest):
        lines.append(speech(f"另有{len(order) - len(largest)}份指南见表，未画出。", f"{len(order) - len(largest)} more calls are in the table only."))
    return Figure(
        "targets", speech.language, speech(f"考核指标：{unit}", f"Targets in {unit}"), tuple(lines),
        tuple(speech("指南,方向,指标,比较,数值", "Call,Direction,Target,Compared,Quantity").split(",")),
        tuple(
            (str(row["call_title"] or row["call"]), f"{row['number']} {row['title'] or ''}".strip(), str(row["measure"] or ""), _name_kind(row, speech), _write_size(row))
            for call in order for row in calls[call]
        ),
        _draw_strips([calls[call] for call in order if call in largest], unit, speech),
        width=900,
    )  # fmt: skip


def _name_kind(row: Row, speech: Speech) -> str:
    return speech(*KINDS.get(row["comparator"] or "", ("约或其他", "about, or other")))


def _write_size(row: Row) -> str:
    size = write_number(row["quantity"])
    return size if row["quantity_max"] in (None, row["quantity"]) else f"{size}–{write_number(row['quantity_max'])}"


def _draw_strips(calls: Sequence[Sequence[Row]], unit: str, speech: Speech) -> dict[str, Any]:
    import altair as alt

    sizes = [float(row["quantity"]) for call in calls for row in call]
    logarithmic = min(sizes) > 0 and max(sizes) > 50 * min(sizes)
    marks, ticks, names, below = [], [], [], 0.0
    for call in calls:
        offsets = _spread([float(row["quantity"]) for row in call], min(sizes), max(sizes), logarithmic)
        half = max(14.0, max(offsets) + DOT)
        middle = below + half + 6
        below = middle + half + 6
        for row, offset in zip(call, offsets, strict=True):
            told = f"{row['number']} {row['measure'] or row['title'] or ''} · {_name_kind(row, speech)} {_write_size(row)} {unit}"
            marks.append({"size": row["quantity"], "y": middle + offset, "kind": _name_kind(row, speech), "told": told})
        centre = median(float(row["quantity"]) for row in call)
        ticks.append({"size": centre, "from": middle - half, "to": middle + half})
        title = str(call[0]["call_title"] or call[0]["call"])
        names.append({"y": middle, "name": title})
    kinds = [kind for kind in dict.fromkeys(speech(*pair) for pair in [*KINDS.values(), ("约或其他", "about, or other")]) if kind in {row["kind"] for row in marks}]
    looks = dict(zip(dict.fromkeys(speech(*pair) for pair in [*KINDS.values(), ("约或其他", "about, or other")]), (("teal", "triangle-up"), ("orange", "triangle-down"), ("violet", "square"), ("blue", "circle")), strict=True))
    x = alt.X("size:Q", title=unit + (speech("（对数刻度）", " (logarithmic)") if logarithmic else ""),
              scale=alt.Scale(type="log" if logarithmic else "linear", nice=True, zero=not logarithmic), axis=alt.Axis(tickCount=6, format="~s" if max(sizes) >= 10**6 else ",~r"))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[below, 0], nice=False))
    points = alt.Chart(alt.Data(values=marks)).mark_point(size=42, filled=True, opacity=0.8).encode(
        x=x, y=y, description="told:N",
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[HUES[looks[k][0]] for k in kinds])),
        shape=alt.Shape("kind:N", title=None, scale=alt.Scale(domain=kinds, range=[looks[k][1] for k in kinds])),
    )  # fmt: skip
    lines = alt.Chart(alt.Data(values=ticks)).mark_rule(color=INK, strokeWidth=1.5, opacity=0.55, aria=False).encode(
        x=x, y=alt.Y("from:Q", axis=None, scale=alt.Scale(domain=[below, 0], nice=False)), y2="to:Q"
    )  # fmt: skip
    left = alt.Chart(alt.Data(values=names)).mark_text(align="right", dx=-14, fontSize=13, color=INK, limit=300, aria=False).encode(
        x=alt.value(0), y=y, text="name:N"
    )  # fmt: skip
    chart = alt.layer(lines, points, left).properties(width=WIDE, height=round(below))
    found: dict[str, Any] = chart.to_dict()
    return found


def _spread(sizes: Sequence[float], low: float, high: float, logarithmic: bool) -> list[float]:
    """Give each point its pixels off the middle, so that no two of about the same size lie on each other."""
    wide = (math.log(high) - math.log(low) if logarithmic else high - low) or 1.0
    taken: dict[int, int] = defaultdict(int)
    places = []
    for size in sizes:
        across = (math.log(size) - math.log(low) if logarithmic else size - low) / wide * WIDE
        places.append(round(across / DOT))
    most = max(places.count(place) for place in set(places))
    step = min(DOT, 96 / most)
    offsets = []
    for place in places:
        number = taken[place]
        taken[place] += 1
        offsets.append((number + 1) // 2 * step * (1 if number % 2 else -1))
    return offsets
