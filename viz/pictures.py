"""The pictures of a report: those that a graph has something for, as SVG in both languages.

In: a graph. Out: `Picture`s. What a picture shows and how it is drawn is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from queries.answers import to_solutions
from queries.catalogue import PICTURES, get_query
from queries.graphs import Graph
from queries.run import ask
from viz.charts import CHARTS
from viz.facts import Name
from viz.figures import Speech
from viz.svg import to_svg

__all__ = ["Picture", "draw_pictures"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its heading, which the page sets: title, lines below it, the SVG by language."""

    name: str
    title: Name
    lines: tuple[Name, ...]
    svgs: Mapping[str, str]

    def size(self, language: str) -> tuple[int, int]:
        """Return width and height in pixels."""
        found = re.search(r'<svg[^>]*? width="(\d+)[^"]*" height="(\d+)', self.svgs[language])
        return (int(found[1]), int(found[2])) if found else (820, 480)


def draw_pictures(graph: Graph) -> tuple[Picture, ...]:
    """Draw every picture for which the graph states enough."""
    found = []
    for chart in CHARTS:
        rows = to_solutions(ask(graph, get_query(chart.name, PICTURES))).to_dicts()
        zh, en = (chart.build(rows, Speech(language), None) for language in ("zh", "en"))
        if zh is not None and en is not None:
            lines = tuple(Name(one, other) for one, other in zip(zh.lines, en.lines, strict=False))
            svgs = {figure.language: to_svg(figure, heading=False) for figure in (zh, en)}
            found.append(Picture(chart.name, Name(zh.title, en.title), lines, svgs))
    return tuple(found)
