"""A figure in, its SVG out: drawn by vl-convert, then finished so that it may stand anywhere; PNG from the SVG.

Finished means: its language is told, each mark has a title that a pointer shows, and its ids are its own, so that several
may stand in one page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree

from ontology.errors import QueryError
from viz.figures import FONT, Figure, get_theme, measure_text, to_lines

__all__ = ["clean", "to_png", "to_svg"]

SVG = "http://www.w3.org/2000/svg"
XML = "{http://www.w3.org/XML/1998/namespace}"
MARKS = ("bar", "rect mark", "point", "rule mark")
"""What Vega calls the marks that show data; it describes axes and legends too."""
PROBES = ("以", "列")
DENSITY = 2.0
MARGIN = 12
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
    root.attrib.update(told | _to_box(root))
    return ElementTree.tostring(root, encoding="unicode")


def _to_box(root: ElementTree.Element) -> dict[str, str]:
    """Widen the picture where its texts may be wider than they were measured: a machine without a Chinese font
    measures boxes, and whoever looks at the picture has a font.
    """
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    points = [point for one in root for point in _iter_corners(one, Place())]
    left = min([0.0, *(x - MARGIN for x, _ in points)])
    right = max([width, *(x + MARGIN for x, _ in points)])
    top = min([0.0, *(y - MARGIN for _, y in points)])
    wide, tall = math.ceil(right - left), math.ceil(height - top)
    box = f"{math.floor(left)} {math.floor(top)} {wide} {tall}"
    for paper in root.findall(f"{{{SVG}}}rect")[:1]:  # what Vega puts behind all
        paper.attrib.update(x=str(math.floor(left)), y=str(math.floor(top)), width=str(wide), height=str(tall))
    return {"width": str(wide), "height": str(tall), "viewBox": box}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands and how it is turned, in degrees."""

    x: float = 0.0
    y: float = 0.0
    turn: float = 0.0

    def move(self, x: float, y: float) -> Place:
        """Go so far to the right and down, as the turn has it."""
        sine, cosine = math.sin(math.radians(self.turn)), math.cos(math.radians(self.turn))
        return Place(self.x + x * cosine - y * sine, self.y + x * sine + y * cosine, self.turn)


def _iter_corners(element: ElementTree.Element, place: Place) -> Iterator[tuple[float, float]]:
    """Yield where each text begins and ends, as wide as it is with a Chinese font."""
    for kind, numbers in re.findall(r"(translate|rotate)\(([^)]*)\)", element.get("transform", "")):
        x, y = (*(float(number) for number in re.split(r"[ ,]+", numbers.strip())), 0.0)[:2]
        place = place.move(x, y) if kind == "translate" else replace(place, turn=place.turn + x)
    if element.tag == f"{{{SVG}}}text":
        size = float(element.get("font-size", "13px").removesuffix("px"))
        lines = [one.text or "" for one in element.iter() if one.text]
        wide = max((measure_text(line) for line in lines), default=0) * size / 2
        begin = {"end": -wide, "middle": -wide / 2}.get(element.get("text-anchor", "start"), 0.0)
        for along in (begin, begin + wide):
            corner = place.move(along, 0.0)
            yield corner.x, corner.y
    for child in element:
        yield from _iter_corners(child, place)


def _iter_attributes(attributes: Mapping[str, str], name: str) -> Iterator[tuple[str, str]]:
    """Keep what is drawn: what Vega tells of a mark is its title by now, and its font is that of all."""
    for key, value in attributes.items():
        if key == "id":
            yield key, f"{name}-{value}"
        elif not (key.startswith("aria-") or key == "role" or (key, value) == ("font-family", FONT)):
            yield key, value.replace("url(#", f"url(#{name}-")
