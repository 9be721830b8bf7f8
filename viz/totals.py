"""Figures of totals: money by partner, projects by programme, a shade for each year.

In: the rows of a picture's query. Out: a `Figure`. What a picture has no room for is one bar of its own or said under
the title, and so is what guides do not state.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from viz.bars import Part, draw_bars, name_bars
from viz.figures import Figure, Row, Speech, Unit, shade

__all__ = ["draw_money", "draw_projects"]

MOST_PARTNERS, MOST_PROGRAMMES = 24, 20
OTHERS = ""
"""Stands for the code of all partners that have no bar of their own."""

Amounts = dict[tuple[str, "int | None"], dict[str, "int | None"]]
"""What each direction with a partner states, by the partner's code and the year of the call."""


def draw_money(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw the money of each partner, a shade for each year; None where no direction states any."""
    names = {row["code"]: speech.pick(row, "label", "code") for row in rows}
    amounts: Amounts = defaultdict(dict)
    for row in rows:
        amounts[row["code"], row["year"]][row["direction"]] = row["budget_max_cny"]
    totals = {code: sum(sum(_known(found)) for (one, _), found in amounts.items() if one == code) for code in names}
    order = sorted((code for code in totals if totals[code]), key=lambda code: (-totals[code], code))
    if not order:
        return None
    shown, rest = order[:MOST_PARTNERS], order[MOST_PARTNERS:]
    bars = name_bars(shown, names)
    cells = {one: found for one, found in amounts.items() if one[0] in shown}
    if rest:
        bars |= {
            OTHERS: speech(
                f"其余{len(rest)}个合作方", f"{len(rest)} other {'partner' if len(rest) == 1 else 'partners'}"
            )
        }
        for year in {year for code, year in amounts if code in rest}:
            cells[OTHERS, year] = {d: a for code in rest for d, a in amounts.get((code, year), {}).items()}
    unit = speech.unit_of(max(totals.values()))
    listed = sorted(amounts.items(), key=lambda one: (-totals[one[0][0]], one[0][0], _late(one[0][1])))
    return Figure(
        "money-by-partner", speech.language, speech("各合作方历年经费", "Money by partner and year"),
        _tell_about_money(rows, len(totals) - len(order), unit.name, speech),
        tuple(speech("合作方,年份,方向,未写经费,经费上限", "Partner,Year,Directions,Without money,Money").split(",")),
        tuple(
            (names[code], speech.year(year), str(len(found)), str(len(found) - len(_known(found))), _sum_money(found, unit, speech))
            for (code, year), found in listed
        ),
        _draw_years(
            {
                (bars[code], year): (sum(_known(found)) / unit.size, _tell_money(bars[code], year, found, unit, speech))
                for (code, year), found in cells.items()
            },
            list(bars.values()), unit.name, speech, rows=23,
        ),
    )  # fmt: skip


def _draw_years(
    cells: Mapping[tuple[str, int | None], tuple[float, str]],
    order: Sequence[str],
    title: str,
    speech: Speech,
    *,
    rows: int,
) -> dict[str, Any]:
    """Draw bars whose parts are years; `cells` has the size of each and what a pointer is told."""
    years = sorted({year for (_, year), (size, _) in cells.items() if size}, key=_late)
    parts = [
        Part(bar, speech.year(year), *cells[bar, year])
        for bar in order
        for year in years
        if cells.get((bar, year), (0, ""))[0]
    ]
    return draw_bars(
        parts, order, {speech.year(year): colour for year, colour in shade(years).items()}, title, rows=rows
    )


def _known(found: Mapping[str, int | None]) -> list[int]:
    return [amount for amount in found.values() if amount]


def _late(year: int | None) -> int:
    return 9999 if year is None else year


def _sum_money(found: Mapping[str, int | None], unit: Unit, speech: Speech) -> str:
    return unit.write(sum(_known(found))) if _known(found) else speech("未写", "not stated")


def _tell_money(name: str, year: int | None, found: Mapping[str, int | None], unit: Unit, speech: Speech) -> str:
    without = len(found) - len(_known(found))
    told = f"{name} · {speech.year(year)} · {_sum_money(found, unit, speech)} · {speech.count(len(found), '个方向', 'direction')}"
    return told + (speech(f"（{without}个未写经费）", f" ({without} without money)") if without else "")


def _tell_about_money(rows: Sequence[Row], silent: int, unit: str, speech: Speech) -> tuple[str, ...]:
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
            + (f"；{silent}个合作方因此没有出现。" if silent else "。"),
            f"Of {len(directions)} directions with a partner, {gone} state no money and add none"
            + (f"; {speech.count(silent, '', 'partner')} therefore {'does' if silent == 1 else 'do'} not appear." if silent else "."),
        ))  # fmt: skip
    return tuple(lines)


def draw_projects(rows: Sequence[Row], speech: Speech) -> Figure | None:
    """Draw how many projects the calls of each programme foresee; None where no call states any."""
    numbers: dict[tuple[str, int | None], int] = defaultdict(int)
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        numbers[row["programme"], row["year"]] += row["projects_max"] or 0
        totals[row["programme"]] += row["projects_max"] or 0
    order = sorted((name for name in totals if totals[name]), key=lambda name: (-totals[name], name))
    if not order:
        return None
    shown = order[:MOST_PROGRAMMES]
    cells = {
        (name, year): (float(number), f"{name} · {speech.year(year)} · {speech.count(number, '个项目', 'project')}")
        for (name, year), number in numbers.items()
    }
    listed = sorted(
        rows, key=lambda row: (-totals[row["programme"]], row["programme"], _late(row["year"]), row["call"])
    )
    return Figure(
        "projects-by-programme", speech.language, speech("各重点专项拟支持项目数", "Projects by programme and year"),
        _tell_about_projects(rows, len(totals) - len(shown), speech),
        tuple(speech("重点专项,年份,指南,拟支持项目", "Programme,Year,Call,Projects").split(",")),
        tuple(
            (row["programme"], speech.year(row["year"]), str(row["title"] or row["call"]), _write_count(row["projects_max"], speech))
            for row in listed
        ),
        _draw_years(cells, shown, speech("拟支持项目数", "projects to be supported"), speech, rows=38),
    )  # fmt: skip


def _write_count(number: int | None, speech: Speech) -> str:
    return speech("未写", "not stated") if number is None else str(number)


def _tell_about_projects(rows: Sequence[Row], gone: int, speech: Speech) -> tuple[str, ...]:
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
    if gone:
        lines.append(speech(f"另有{gone}个专项见表，未画出。", f"{gone} more programmes are in the table only."))
    return tuple(lines)
