"""Bars: parts in, Vega-Lite out. Parts of a bar stand end to end, and its total behind the last one.

Knows neither what bars are of nor where they come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from viz.figures import INK, Row, to_data

if TYPE_CHECKING:
    import altair as alt

__all__ = ["Part", "draw_bars", "draw_panels", "name_bars"]


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


def draw_bars(
    parts: Sequence[Part], order: Sequence[str], colours: Mapping[str, str], title: str, *, rows: int
) -> dict[str, Any]:
    """Draw a bar for each name of `order`, from above; `colours` by kind, `rows` in pixels."""
    import altair as alt

    chart = _to_layers(_stack(parts), order, colours, title).properties(width=560, height=alt.Step(rows))
    found: dict[str, Any] = chart.to_dict()
    return found


def draw_panels(
    panels: Mapping[str, Sequence[Part]], order: Sequence[str], colours: Mapping[str, str]
) -> dict[str, Any]:
    """Draw panels of bars side by side, all with the same scale."""
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
