"""A figure in, its SVG out: drawn by vl-convert, then finished so that it may stand anywhere; PNG from the SVG.

Finished means: its language is told, each mark has a title that a pointer shows, and its ids are its own, so that several
may stand in one page.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any
from xml.etree import ElementTree

from ontology.errors import QueryError
from viz.figures import FONT, Figure, get_theme, to_lines

__all__ = ["to_png", "to_svg"]

SVG = "http://www.w3.org/2000/svg"
PROBES = ("以", "列")
DENSITY = 2.0


def to_svg(figure: Figure, *, heading: bool = True) -> str:
    """Draw a figure; with `heading`, its title and lines stand in the picture."""
    import vl_convert

    spec: dict[str, Any] = deepcopy(figure.spec)
    spec["config"] = get_theme()
    if heading:
        lines = [line for told in figure.lines for line in to_lines(told, round(figure.width / 6.7))]
        spec["title"] = {"text": figure.title, "subtitle": lines}
    drawn = vl_convert.vegalite_to_svg(_clean(spec), allowed_base_urls=[])
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


def _clean(value: Any) -> Any:
    """Take out what no XML may hold: control characters and halves of characters."""
    if isinstance(value, str):
        return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list) else value


def _finish(drawn: str, figure: Figure) -> str:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(drawn)
    language = {"zh": "zh-CN"}.get(figure.language, figure.language)
    root.set("lang", language)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    root.set("role", "img")
    root.set("aria-label", figure.title)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set("id", f"{figure.name}-{value}")
            elif "url(#" in value:
                element.set(name, value.replace("url(#", f"url(#{figure.name}-"))
            elif name in ("href", "{http://www.w3.org/1999/xlink}href"):
                element.set(name, value.replace("#", f"#{figure.name}-", 1))
    for element in list(root.iter()):
        if element.get("role") == "graphics-symbol" and element.get("aria-label"):
            title = ElementTree.Element(f"{{{SVG}}}title")
            title.text = element.get("aria-label")
            element.insert(0, title)
    return ElementTree.tostring(root, encoding="unicode")
