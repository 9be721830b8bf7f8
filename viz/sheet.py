"""A figure in, a page of its own out: the picture as SVG, what a pointer is told of its marks, its rows as a table.

The picture stands in the page as it would in a file, so it shows without a script; the script only tells what is under
the pointer. Every value is escaped, scripts and style are admitted by their hashes, everything else is forbidden.
"""

from __future__ import annotations

from viz.figures import Figure, Speech
from viz.html import TEMPLATES, hold_in, to_policy
from viz.svg import clean, to_svg

__all__ = ["to_sheet"]


def to_sheet(figure: Figure) -> str:
    """Render the page; the same figure gives the same text."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    speech = Speech(figure.language)
    script = hold_in((TEMPLATES / "sheet.js").read_text(encoding="utf-8"))
    style = (TEMPLATES / "sheet.css").read_text(encoding="utf-8")
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("sheet.html").render(
        language=speech("zh-CN", "en"),
        title=clean(figure.title),
        lines=clean(list(figure.lines)),
        columns=figure.columns,
        rows=clean([list(row) for row in figure.rows]),
        numbers=[_is_number_column(figure, place) for place in range(len(figure.columns))],
        caption=speech(f"图中数据（{len(figure.rows)}行）", f"The data of the picture ({len(figure.rows)} rows)"),
        shown=speech("图", "Picture"),
        policy=to_policy([script], style),
        picture=Markup(to_svg(figure, heading=False)),
        script=Markup(script),
        style=Markup(style),
    )


def _is_number_column(figure: Figure, place: int) -> bool:
    return bool(figure.rows) and all(row[place][:1].isdigit() and len(row[place]) < 16 for row in figure.rows)
