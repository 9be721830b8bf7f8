"""A figure in, its SVG out: drawn by vl-convert, then finished so that it may stand anywhere; PNG from the SVG.

Finished means: its language is told, each mark has a title that a pointer shows, and its ids are its own, so that several
may stand in one page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

from ontology.errors import QueryError
from viz.figures import FONT, Figure, get_theme, to_lines

__all__ = ["clean", "to_png", "to_svg"]

SVG = "http://www.w3.org/2000/svg"
XML = "{http://www.w3.org/XML/1998/namespace}"
MARKS = ("bar", "rect mark", "point", "rule mark")
"""What Vega calls the marks that show data; it describes axes and legends too."""
PROBES = ("以", "列")
DENSITY = 2.0
UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def to_svg(figure: Figure, *, heading: bool = True) -> str:
    """Draw a figure; with `heading`, its title and lines stand in the picture."""
    import vl_convert

    spec: dict[str, Any] = deepcopy(figure.spec)
    spec["config"] = get_theme()
    if heading:
        lines = [line for told in figure.lines for line in to_lines(told, round(figure.width / 6.7))]
        spec["title"] = {"text": figure.title, "subtitle": lines}
    drawn = vl_convert.vegalite_to_svg(clean(spec), allowed_base_urls=[])
    return _finish(drawn, figure)


def to_png(svg: str) -> bytes:
    """Paint an SVG; QueryError where no font of this machine has Chinese characters."""
    import vl_convert

    if _paint(PROBES[0]) == _paint(PROBES[1]):
        raise QueryError(
            "no font here has Chinese characters, a PNG would show boxes",
            right="a font such as Noto Sans CJK (fonts-noto-cjk), or an .svg, which takes the reader's fonts",
        )
    return bytes(vl_convert.svg_to_png(svg, scale=DENSITY))


def _paint(char: str) -> bytes:
    import vl_convert

    text = f'<text x="4" y="30" font-size="28" font-family="{FONT}">{char}</text>'
    return bytes(vl_convert.svg_to_png(f'<svg xmlns="{SVG}" width="40" height="40">{text}</svg>'))


def clean(value: Any) -> Any:
    """Take out what no XML may hold, and what ends a line: controls, halves of characters, line separators."""
    if isinstance(value, str):
        return re.sub(UNFIT, "\ufffd", re.sub(r"[\t\n\r\x85\u2028\u2029]+", " ", value))
    if isinstance(value, dict):
        return {key: clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list) else value


def _finish(drawn: str, figure: Figure) -> str:
    """Tell the language, name what each mark shows, make ids its own, say the font once."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(drawn)
    for element in root.iter():
        if element.get("aria-roledescription") in MARKS and element.get("aria-label"):
            title = ElementTree.Element(f"{{{SVG}}}title")
            title.text = element.get("aria-label")
            element.insert(0, title)
        element.attrib = dict(_iter_attributes(element.attrib, figure.name))
    language = {"zh": "zh-CN"}.get(figure.language, figure.language)
    told = {"lang": language, XML + "lang": language, "font-family": FONT, "role": "img", "aria-label": figure.title}
    root.attrib.update(told)
    return ElementTree.tostring(root, encoding="unicode")


def _iter_attributes(attributes: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    """Keep what is drawn: what Vega tells of a mark is its title by now, and its font is that of all."""
    for key, value in attributes.items():
        if key == "id":
            yield key, f"{name}-{value}"
        elif not (key.startswith("aria-") or key == "role" or (key, value) == ("font-family", FONT)):
            yield key, value.replace("url(#", f"url(#{name}-")
