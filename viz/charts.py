"""Pictures by name: a graph in; an SVG, a PNG or a page out, as text, bytes or a file.

    render_svg(Path("kg"), "money-by-partner", language="en")

The rows come from `queries/pictures/<name>.rq`; what is drawn of them stands in `totals`, `grids`, `lanes`, `conditions` and `strips`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import QueryError
from queries.names import nearest
from viz.figures import Figure, Row, Speech

if TYPE_CHECKING:
    from queries.graphs import Graph

__all__ = ["CHARTS", "Chart", "get_chart", "plot", "read_figure", "render_html", "render_png", "render_svg", "to_list"]

LANGUAGES = ("zh", "en")
Builder = Callable[[Sequence[Row], Speech, "str | None"], "Figure | None"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture that can be asked for: its name, what it shows, what draws it."""

    name: str
    zh: str
    en: str
    build: Builder


def _money(rows: Sequence[Row], speech: Speech, unit: str | None) -> Figure | None:
    from viz.totals import draw_money

    return draw_money(rows, speech)


def _fields(rows: Sequence[Row], speech: Speech, unit: str | None) -> Figure | None:
    from viz.grids import draw_fields

    return draw_fields(rows, speech)


def _projects(rows: Sequence[Row], speech: Speech, unit: str | None) -> Figure | None:
    from viz.totals import draw_projects

    return draw_projects(rows, speech)


def _timeline(rows: Sequence[Row], speech: Speech, unit: str | None) -> Figure | None:
    from viz.lanes import draw_timeline

    return draw_timeline(rows, speech)


def _requirements(rows: Sequence[Row], speech: Speech, unit: str | None) -> Figure | None:
    from viz.conditions import draw_requirements

    return draw_requirements(rows, speech)


def _targets(rows: Sequence[Row], speech: Speech, unit: str | None) -> Figure | None:
    from viz.strips import draw_targets

    return draw_targets(rows, speech, unit)


CHARTS = (
    Chart("money-by-partner", "各合作方历年经费", "money by partner and year", _money),
    Chart("partners-by-field", "合作方与领域", "directions by partner and field", _fields),
    Chart("projects-by-programme", "各重点专项拟支持项目数", "projects by programme and year", _projects),
    Chart("timeline", "合作协议与指南的年份", "agreements and calls over the years", _timeline),
    Chart("requirements-by-programme", "各重点专项的申报要求", "conditions of application by programme", _requirements),
    Chart("targets", "某一单位的考核指标", "targets of one unit", _targets),
)


def to_list() -> str:
    """Return the pictures as text, a line for each: its name, what it shows in English and in Chinese."""
    wide = max(len(chart.name) for chart in CHARTS)
    return "\n".join(f"{chart.name:<{wide}}  {chart.en} · {chart.zh}" for chart in CHARTS)


def get_chart(name: str) -> Chart:
    """Return a chart by name; QueryError with the nearest names where there is none."""
    found = next((chart for chart in CHARTS if chart.name == name), None)
    if found is None:
        right = nearest(name, [chart.name for chart in CHARTS])
        raise QueryError(f"no picture is called {name}", where="zhinan plot", right=right)
    return found


def read_figure(graph: Path | Graph, name: str, *, language: str = "zh", unit: str | None = None) -> Figure:
    """Ask a graph (or the graph folder of that path) for a picture's rows and lay the picture out.

    Raises QueryError for an unknown picture, language or unit, and where the graph has nothing to draw; GraphError for
    no graph folder.
    """
    from queries.answers import Solutions
    from queries.catalogue import PICTURES, get_query
    from queries.graphs import open_graph
    from queries.run import ask

    chart = get_chart(name)
    if language not in LANGUAGES:
        raise QueryError(f"no picture speaks {language}", where="zhinan plot", right="zh or en")
    if unit is not None and name != "targets":
        raise QueryError(f"{name} has no units to choose from", where="zhinan plot", right="targets --unit …")
    opened = open_graph(graph) if isinstance(graph, Path) else graph
    answer = ask(opened, get_query(name, PICTURES))
    assert isinstance(answer, Solutions)
    figure = chart.build(answer.to_dicts(), Speech(language), unit)
    if figure is None:
        right = "a graph of guides that state some"
        raise QueryError(f"nothing to draw: the graph states no {chart.en}", where=name, right=right)
    return figure


def render_svg(
    graph: Path | Graph, name: str, *, language: str = "zh", unit: str | None = None, heading: bool = True
) -> str:
    """Return a picture as one SVG element that may stand in a page beside others; the same graph gives the same text.

    Without `heading` it has no title and no lines under it: `read_figure` has both for a page that sets them itself.
    """
    from viz.svg import to_svg

    return to_svg(read_figure(graph, name, language=language, unit=unit), heading=heading)


def render_png(graph: Path | Graph, name: str, *, language: str = "zh", unit: str | None = None) -> bytes:
    """Return a picture as PNG, twice as dense as a screen; QueryError where this machine has no Chinese font."""
    from viz.svg import to_png, to_svg

    return to_png(to_svg(read_figure(graph, name, language=language, unit=unit)))


def render_html(graph: Path | Graph, name: str, *, language: str = "zh", unit: str | None = None) -> str:
    """Return a picture as a page of its own, with its rows as a table, that asks nothing of any server."""
    from viz.sheet import to_sheet

    return to_sheet(read_figure(graph, name, language=language, unit=unit))


def plot(graph: Path | Graph, name: str, path: Path | None, *, language: str = "zh", unit: str | None = None) -> None:
    """Write a picture, in the form that the file's suffix says; whole, or not at all.

    Raises QueryError for whatever `read_figure` does, for no path, a suffix of another form, and for a path that cannot be
    written.
    """
    from queries.files import write_file

    get_chart(name)
    if path is None:
        raise QueryError("a picture needs a file", where="zhinan plot", right=f"{name} -o FILE.svg, .png or .html")
    suffix = path.suffix.lower()
    if suffix not in (".svg", ".png", ".html"):
        what = f"a picture is not written as {suffix}" if suffix else "the file has no suffix"
        raise QueryError(what, where=str(path), right=".svg, .png or .html")
    match suffix:
        case ".png":
            content = render_png(graph, name, language=language, unit=unit)
        case ".html":
            content = render_html(graph, name, language=language, unit=unit).encode("utf-8")
        case _:
            head = '<?xml version="1.0" encoding="UTF-8"?>\n'
            content = f"{head}{render_svg(graph, name, language=language, unit=unit)}\n".encode()
    write_file(path, [content])
