"""Bars: parts in, Vega-Lite out. Parts of a bar stand end to end, and its total behind the last one.

Knows neither what bars are of nor where they come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viz.figures import INK, Row, choose_step, draw_labels, to_data, to_label, write_number

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Part", "draw_bars", "draw_panels", "name_bars"]

LABEL = 36  # half-widths of a name beside its bar


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar: of which bar and kind, how long, and what a pointer is told."""

    bar: str
    kind: str
    value: float
    told: str


def name_bars(codes: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Name bars so that no two are the same: a name that two codes share is followed by the code."""
    listed = [names[code] for code in names]
    return {code: names[code] if listed.count(names[code]) == 1 else f"{names[code]} {code}" for code in codes}


def draw_bars(
    parts: Sequence[Part], order: Sequence[str], colours: Mapping[str, str], title: str, *, rows: int
) -> dict[str, Any]:
    """Draw a bar for each name of `order`, from above; `colours` by kind, `rows` in pixels."""
    import altair as alt

    stacked = _stack(parts, order)
    scale = alt.Scale(domain=[0, max(row["to"] for row in stacked)], nice=True)
    layers = [*_to_layers(stacked, len(order), colours, alt.X("from:Q", title=title, scale=scale)), *_name(order)]
    found: dict[str, Any] = (
        alt.layer(*layers).properties(width=560, height=alt.Step(choose_step(order, LABEL, rows))).to_dict()
    )
    return found


def draw_panels(
    panels: Mapping[str, Sequence[Part]], order: Sequence[str], colours: Mapping[str, str]
) -> dict[str, Any]:
    """Draw panels of bars side by side, all with the same scale and the names once."""
    import altair as alt

    stacked = {name: _stack(parts, order) for name, parts in panels.items()}
    scale = alt.Scale(domain=[0, max(row["to"] for rows in stacked.values() for row in rows)], nice=True)
    wide = max(140, 560 // len(panels))
    charts: list[alt.LayerChart | alt.FacetChart] = []
    for name, rows in stacked.items():
        layers = _to_layers(rows, len(order), colours, alt.X("from:Q", title=None, scale=scale))
        heading = alt.Title(
            to_label(name, (wide + 20) // 7), fontSize=13, fontWeight=600, lineHeight=17, offset=10, frame="group"
        )
        chart = alt.layer(*layers, *([] if charts else _name(order)), title=heading)
        charts.append(chart.properties(width=wide, height=alt.Step(choose_step(order, LABEL, 23))))
    found: dict[str, Any] = alt.hconcat(*charts, spacing=26).to_dict()
    return found


def _name(order: Sequence[str]) -> list[alt.Chart]:
    import altair as alt

    return draw_labels(dict(enumerate(order)), alt.Y("bar:O", axis=None), wide=LABEL, gap=9)


def _stack(parts: Sequence[Part], order: Sequence[str]) -> list[Row]:
    """Put the parts of each bar end to end; the last one of a bar carries its total."""
    ends: dict[str, float] = defaultdict(float)
    placed: list[Row] = []
    for part in parts:
        begin = ends[part.bar]
        ends[part.bar] += part.value
        placed.append(
            {
                "bar": order.index(part.bar),
                "kind": part.kind,
                "from": begin,
                "to": ends[part.bar],
                "told": part.told,
                "total": "",
            }
        )
    for row in {row["bar"]: row for row in placed}.values():
        row["total"] = write_number(row["to"])
    return placed


def _to_layers(rows: list[Row], bars: int, colours: Mapping[str, str], x: alt.X) -> list[alt.Chart]:
    """Draw bars by their number, for a name may be no part of an expression; totals behind them, clear of the grid."""
    import altair as alt

    y = alt.Y("bar:O", axis=None, scale=alt.Scale(domain=list(range(bars))))
    data = to_data(rows)
    counts = all(float(row["to"]).is_integer() for row in rows)
    x = x.axis(tickCount=5, tickMinStep=1 if counts else 0, format=",~r", grid=True)
    parts = alt.Chart(data).mark_bar(height={"band": 0.72}).encode(
        x=x, x2="to:Q", y=y, description="told:N",
        color=alt.Color(
            "kind:N", title=None, scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=alt.Legend() if len(colours) > 1 else None,
        ),
    )  # fmt: skip
    above: dict[str, Any] = {"y": y, "x": "to:Q", "text": "total:N"}
    beside: dict[str, Any] = {"align": "left", "dx": 6, "aria": False}
    halo = alt.Chart(data).mark_text(**beside, stroke="#ffffff", strokeWidth=4).encode(**above)
    return [parts, halo, alt.Chart(data).mark_text(**beside, color=INK).encode(**above)]
