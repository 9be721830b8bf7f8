"""Figures of bars: money by partner, projects by programme, requirements by programme.

In: the rows of a picture's query. Out: a `Figure`. Bars stand in the order of their totals; what a picture has no
room for is one bar of its own, and what is unknown is said under the title.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viz.figures import HUES, INK, Figure, Row, Speech, shade, to_data

if TYPE_CHECKING:
    import altair as alt

__all__ = ["draw_money", "draw_projects", "draw_requirements"]

MOST_PARTNERS, MOST_PROGRAMMES, MOST_REQUIREMENTS, MOST_PANELS = 24, 20, 22, 4


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: of which bar and kind, how long, and what a pointer is told."""

    bar: str
    kind: str
    value: float
    told: str


def draw_money(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw the money of each partner, a shade for each year; None where no direction states any."""
    names = {row["code"]: speech.pick(row, "label", "code") for row in rows}
    amounts: dict[tuple[str, int | None], dict[str, int | None]] = defaultdict(dict)
    for row in rows:
        amounts[row["code"], row["year"]][row["direction"]] = row["budget_max_cny"]
    totals: dict[str, int] = defaultdict(int)
    for (code, _), found in amounts.items():
        totals[code] += sum(amount or 0 for amount in found.values())
    order = sorted((code for code in totals if totals[code]), key=lambda code: (-totals[code], code))
    if not order:
        return None
    shown, rest = order[:MOST_PARTNERS], order[MOST_PARTNERS:]
    label = _name_bars(shown, names)
    if rest:
        other = speech(f"其余{len(rest)}个合作方", f"{len(rest)} other partners")
        for year in sorted({year for code, year in amounts if code in rest}, key=_late):
            amounts["", year] = {d: a for code in rest for d, a in amounts.get((code, year), {}).items()}
        shown, label = [*shown, ""], label | {"": other}
    unit = speech.unit_of(max(totals.values()))
    years = sorted(
        {year for (code, year), found in amounts.items() if code in shown and any(found.values())}, key=_late
    )
    parts = [
        Part(label[code], speech.year(year), sum(known) / unit.size, _tell_money(label[code], year, amounts[code, year], speech))
        for code in shown
        for year in years
        if (known := [amount for amount in amounts.get((code, year), {}).values() if amount])
    ]  # fmt: skip
    colours = {speech.year(year): colour for year, colour in shade(years).items()}
    spec = _draw_bars(parts, [label[code] for code in shown], colours, unit.name, rows=23)
    return Figure(
        "money-by-partner", speech.language, speech("各合作方历年经费", "Money by partner and year"),
        _tell_about_money(rows, set(totals) - set(order), unit.name, speech),
        tuple(speech("合作方,年份,方向,未写经费,经费上限", "Partner,Year,Directions,Without money,Money").split(",")),
        tuple(
            (names[code], speech.year(year), str(len(found)), str(sum(not a for a in found.values())), _sum_money(found, speech))
            for (code, year), found in sorted(amounts.items(), key=lambda one: (-totals.get(one[0][0], 0), one[0][0], _late(one[0][1])))
            if code
        ),
        spec,
    )  # fmt: skip


def _sum_money(found: Mapping[str, int | None], speech: Speech) -> str:
    known = [amount for amount in found.values() if amount]
    return speech.money(sum(known) if known else None)


def _tell_money(name: str, year: int | None, found: Mapping[str, int | None], speech: Speech) -> str:
    without = sum(not amount for amount in found.values())
    told = f"{name} · {speech.year(year)} · {_sum_money(found, speech)} · {speech.count(len(found), '个方向', 'direction')}"
    return told + (speech(f"（{without}个未写经费）", f" ({without} without money)") if without else "")


def _tell_about_money(rows: Sequence[Row], silent: set[str], unit: str, speech: Speech) -> tuple[str, ...]:
    directions = {row["direction"] for row in rows}
    known = {row["direction"] for row in rows if row["budget_max_cny"]}
    lines = [speech(
        f"指南方向写明的国拨经费上限之和，单位{unit}。一个方向有几个合作方，就在每一方各计一次，各条不可相加。",
        f"Upper bounds of the grants that directions state, summed, in {unit}. A direction counts for each of its partners, so bars must not be added up.",
    )]  # fmt: skip
    if len(directions) > len(known):
        gone = len(directions) - len(known)
        lines.append(speech(
            f"{len(directions)}个有合作方的方向中，{gone}个未写经费，未计入"
            + (f"；{len(silent)}个合作方因此没有出现。" if silent else "。"),
            f"Of {len(directions)} directions with a partner, {gone} state no money and add none"
            + (f"; {speech.count(len(silent), '', 'partner')} therefore {'does' if len(silent) == 1 else 'do'} not appear." if silent else "."),
        ))  # fmt: skip
    return tuple(lines)


def draw_projects(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw how many projects the calls of each programme foresee; None where no call states any."""
    calls: dict[tuple[str, int | None], list[Row]] = defaultdict(list)
    for row in rows:
        calls[row["programme"], row["year"]].append(row)
    totals = {name: sum(row["projects_max"] or 0 for row in rows if row["programme"] == name) for name, _ in calls}
    order = sorted((name for name in totals if totals[name]), key=lambda name: (-totals[name], name))
    if not order:
        return None
    shown, rest = order[:MOST_PROGRAMMES], order[MOST_PROGRAMMES:]
    years = sorted({row["year"] for row in rows if row["projects_max"]}, key=_late)
    parts = [
        Part(name, speech.year(year), sum(known), f"{name} · {speech.year(year)} · {speech.count(sum(known), '个项目', 'project')}")
        for name in shown
        for year in years
        if (known := [row["projects_max"] for row in calls.get((name, year), ()) if row["projects_max"]])
    ]  # fmt: skip
    colours = {speech.year(year): colour for year, colour in shade(years).items()}
    unit = speech("拟支持项目数", "projects to be supported")
    return Figure(
        "projects-by-programme", speech.language, speech("各重点专项拟支持项目数", "Projects by programme and year"),
        _tell_about_projects(rows, rest, set(totals) - set(order), speech),
        tuple(speech("重点专项,年份,指南,拟支持项目", "Programme,Year,Call,Projects").split(",")),
        tuple(
            (row["programme"], speech.year(row["year"]), str(row["title"] or row["call"]), _write_count(row["projects_max"], speech))
            for row in sorted(rows, key=lambda row: (-totals[row["programme"]], row["programme"], _late(row["year"]), row["call"]))
        ),
        _draw_bars(parts, shown, colours, unit, rows=38),
    )  # fmt: skip


def _write_count(number: int | None, speech: Speech) -> str:
    return speech("未写", "not stated") if number is None else str(number)


def _tell_about_projects(rows: Sequence[Row], rest: Sequence[str], silent: set[str], speech: Speech) -> tuple[str, ...]:
    lines = [speech(
        "指南写明的项目数上限；指南未写总数的，为各方向之和。",
        "Upper bounds of the numbers that calls state; where a call states none, the sum over its directions.",
    )]  # fmt: skip
    programmes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        programmes[row["call"]].add(row["programme"])
    if several := sum(len(names) > 1 for names in programmes.values()):
        lines.append(speech(
            f"{several}份指南属于几个专项，在每个专项各计一次。",
            f"{speech.count(several, '', 'call')} under several programmes {'counts' if several == 1 else 'count'} for each of them.",
        ))  # fmt: skip
    if unknown := {row["call"] for row in rows if row["projects_max"] is None}:
        lines.append(speech(
            f"{len(unknown)}份指南未写项目数，未计入。",
            f"{speech.count(len(unknown), '', 'call')} {'states' if len(unknown) == 1 else 'state'} no number and {'adds' if len(unknown) == 1 else 'add'} none.",
        ))  # fmt: skip
    if gone := len(rest) + len(silent):
        lines.append(speech(f"另有{gone}个专项见表，未画出。", f"{gone} more programmes are in the table only."))
    return tuple(lines)


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
    kept = panels[:MOST_PANELS]
    label = _name_bars(shown, names) | dict.fromkeys(rest, speech(f"其余{len(rest)}类", f"{len(rest)} other kinds"))
    kinds = {
        speech("方向提出", "set by directions"): "directions",
        speech("整份指南提出", "set for a whole call"): "calls",
    }
    panelled: dict[str, list[Part]] = {name: [] for name in kept}
    for name in kept:
        for bar in dict.fromkeys(label[code] for code in order):
            for kind, column in kinds.items():
                number = sum(row[column] for row in rows if row["programme"] == name and label[row["code"]] == bar)
                if number:
                    panelled[name].append(Part(bar, kind, number, f"{name} · {bar} · {kind} · {number}"))
    lines = [speech(
        "提出该要求的方向数，加上对所有方向提出该要求的指南数。一份指南属于几个专项时各计一次。",
        "Directions that set a condition, and calls that set it for all of theirs. A call under several programmes counts for each.",
    )]  # fmt: skip
    if len(panels) > len(kept):
        lines.append(
            speech(
                f"另有{len(panels) - len(kept)}个专项见表，未画出。",
                f"{len(panels) - len(kept)} more programmes are in the table only.",
            )
        )
    return Figure(
        "requirements-by-programme", speech.language, speech("各重点专项的申报要求", "Conditions of application by programme"),
        tuple(lines),
        tuple(speech("重点专项,申报要求,方向提出,整份指南提出", "Programme,Condition,By directions,For whole calls").split(",")),
        tuple(
            (row["programme"], names[row["code"]], str(row["directions"]), str(row["calls"]))
            for row in sorted(rows, key=lambda row: (-weights[row["programme"]], row["programme"], order.index(row["code"])))
        ),
        _draw_panels(panelled, list(dict.fromkeys(label[code] for code in order)), dict(zip(kinds, (HUES["teal"], HUES["orange"]), strict=True))),
    )  # fmt: skip


def _late(year: int | None) -> int:
    return 9999 if year is None else year


def _name_bars(codes: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Name bars so that no two are the same: a name that two codes share is followed by the code."""
    listed = [names[code] for code in names]
    return {code: names[code] if listed.count(names[code]) == 1 else f"{names[code]} {code}" for code in codes}


def _stack(parts: Sequence[Part]) -> list[Row]:
    """Put the parts of each bar end to end; the last one of a bar carries its total."""
    ends: dict[str, float] = defaultdict(float)
    placed: list[Row] = []
    for part in parts:
        begin = ends[part.bar]
        ends[part.bar] += part.value
        placed.append(
            {"bar": part.bar, "kind": part.kind, "from": begin, "to": ends[part.bar], "told": part.told, "total": ""}
        )
    for row in {row["bar"]: row for row in placed}.values():
        row["total"] = f"{round(ends[row['bar']], 2):,}".removesuffix(".0")
    return placed


def _draw_bars(
    parts: Sequence[Part], order: Sequence[str], colours: Mapping[str, str], title: str, *, rows: int
) -> dict[str, Any]:
    import altair as alt

    chart = _to_layers(_stack(parts), order, colours, title).properties(width=560, height=alt.Step(rows))
    found: dict[str, Any] = chart.to_dict()
    return found


def _draw_panels(
    panels: Mapping[str, Sequence[Part]], order: Sequence[str], colours: Mapping[str, str]
) -> dict[str, Any]:
    import altair as alt

    rows = [row | {"panel": name} for name, parts in panels.items() for row in _stack(parts)]
    chart = _to_layers(rows, order, colours, None).properties(width=max(130, 560 // len(panels)), height=alt.Step(23))
    facets = chart.facet(
        column=alt.Column("panel:N", sort=list(panels), title=None, header=alt.Header(labelAnchor="start", labelLimit=150)),
        spacing=26,
    )  # fmt: skip
    found: dict[str, Any] = facets.to_dict()
    return found


def _to_layers(rows: list[Row], order: Sequence[str], colours: Mapping[str, str], title: str | None) -> alt.LayerChart:
    import altair as alt

    bars = alt.Chart().mark_bar(height={"band": 0.72}).encode(
        y=alt.Y("bar:N", sort=list(order), title=None),
        x=alt.X("from:Q", title=title, axis=alt.Axis(tickCount=5, format=",~r", grid=True)),
        x2="to:Q",
        color=alt.Color(
            "kind:N", title=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=alt.Legend() if len(colours) > 1 else None,
        ),
        description="told:N",
    )  # fmt: skip
    above: dict[str, Any] = {"y": alt.Y("bar:N", sort=list(order)), "x": "to:Q", "text": "total:N"}
    beside: dict[str, Any] = {"align": "left", "dx": 6, "aria": False}
    halo = alt.Chart().mark_text(**beside, stroke="#ffffff", strokeWidth=4).encode(**above)
    totals = alt.Chart().mark_text(**beside, color=INK).encode(**above)
    chart = alt.layer(bars, halo, totals, data=to_data(rows))
    assert isinstance(chart, alt.LayerChart)
    return chart
