"""A figure: a picture said as data and Vega-Lite, with its title, what it leaves out, and its rows as a table.

Also what all figures share: how they speak (zh, en), write numbers and years, their colours and their theme.
Knows neither graphs nor files.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "GREY",
    "HUES",
    "INK",
    "RAMP",
    "SOFT",
    "WASH",
    "Figure",
    "Row",
    "Speech",
    "Unit",
    "choose_step",
    "draw_labels",
    "get_theme",
    "measure_text",
    "mix",
    "shade",
    "to_data",
    "to_label",
    "to_lines",
    "write_number",
]

Row = dict[str, Any]

FONT = (
    "'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', "
    "'WenQuanYi Micro Hei', sans-serif"
)
INK, SOFT, LINE, WASH, GREY = "#1d2730", "#55616c", "#dfe1dc", "#eceee9", "#a9b0b4"
CLOSING = "，。；：、）》”"
WIDE = r"\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uffe6“”"
PIECES = re.compile(rf" *[{WIDE}]| *[^ {WIDE}]+| +")
"""What a line is not broken within: a wide character, or a word, with the space before it."""
RAMP = ("#cfe6e2", "#93c7c2", "#4f9f9c", "#1f7a78", "#0d4a4e")
"""Light to dark: told apart by lightness alone, in print and by every eye. The dark end is a country's colour in networks."""
HUES = {"teal": "#1f7a78", "orange": "#c07a2b", "blue": "#2f5d8c", "red": "#a8483f", "violet": "#6a5aa8"}


@dataclass(frozen=True, slots=True)
class Figure:
    """`lines` stand under the title: unit and source first, then what is left out or unknown.

    `rows` is all that the picture was made from, also what it leaves out, as texts under `columns`. `spec` is Vega-Lite
    without title and theme; `width` is about that of the picture in pixels.
    """

    name: str
    language: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spec: dict[str, Any]
    width: int = 820


@dataclass(frozen=True, slots=True)
class Unit:
    """What numbers are divided by before they are drawn, and what that is called."""

    size: int
    name: str

    def write(self, value: float) -> str:
        """Write an amount with its unit: 4,500万元, 45 million CNY."""
        return f"{write_number(value / self.size)}{self.name if self.name[0] > '~' else f' {self.name}'}"


@dataclass(frozen=True, slots=True)
class Speech:
    """One of two languages; called with what is said in Chinese and in English."""

    language: str

    def __call__(self, zh: str, en: str) -> str:
        return zh if self.language == "zh" else en

    def pick(self, row: Row, name: str, code: str) -> str:
        """Take `<name>_zh` or `<name>_en` of a row, else the other one, else the code."""
        both = (row.get(f"{name}_zh"), row.get(f"{name}_en"))
        return str(next((label for label in (both if self.language == "zh" else both[::-1]) if label), row[code]))

    def year(self, year: int | None) -> str:
        """Write a year, or that there is none."""
        return self("未写年份", "no year stated") if year is None else str(year)

    def unit_of(self, largest: int) -> Unit:
        """Choose the unit of a money axis."""
        if self.language == "en":
            return Unit(10**6, "million CNY")
        return Unit(10**8, "亿元") if largest >= 10**9 else Unit(10**4, "万元")

    def count(self, number: int, zh: str, en: str) -> str:
        """Write a number of things; `en` is one of them: 3个方向, 3 directions, 2 agencies."""
        if self.language == "zh":
            return f"{number}{zh}"
        plural = f"{en[:-1]}ies" if en.endswith("y") else f"{en}s"
        return f"{number} {en if number == 1 else plural}"


def write_number(number: float) -> str:
    """Write a number with as many decimals as it needs, two at most, and commas.

    >>> [write_number(one) for one in (12000, 1.5, 0.3333, 1e-9)]
    ['12,000', '1.5', '0.33', '1e-09']
    """
    if number and abs(number) < 0.005:
        return f"{number:g}"
    return f"{number:,.2f}".rstrip("0").rstrip(".")


def shade(years: Sequence[int | None]) -> dict[int | None, str]:
    """Give each year a colour, later years darker ones; grey for those without a year."""
    known = sorted({year for year in years if year is not None})
    return dict(zip(known, to_range(len(known)), strict=True)) | ({None: GREY} if None in years else {})


def to_range(number: int) -> list[str]:
    """Return so many colours of the ramp, evenly spread; few of them keep to its middle, a single one is its dark teal."""
    if number == 1:
        return [RAMP[3]]
    low, high = (1.0, 3.0) if number == 2 else (0.6, 3.7) if number == 3 else (0.3, 4.0)
    return [mix(low + (high - low) * place / (number - 1)) for place in range(number)]


def mix(place: float) -> str:
    """Return the colour at a place of the ramp, from 0.0 to 4.0.

    >>> mix(3), mix(9)
    ('#1f7a78', '#0d4a4e')
    """
    place = min(place, len(RAMP) - 1.0)
    low = min(math.floor(place), len(RAMP) - 2)
    pairs = [(int(RAMP[low][i : i + 2], 16), int(RAMP[low + 1][i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * (place - low)):02x}" for a, b in pairs)


def to_lines(text: str, wide: int) -> list[str]:
    """Break a text into lines of so many half-widths; a Chinese character takes two, a word is broken only when it
    is longer than a line. A line may be exceeded by the mark that closes it.

    >>> to_lines("一二三四，five six", 8)
    ['一二三四，', 'five six']
    >>> to_lines("unbreakable", 6)
    ['unbrea', 'kable']
    """
    lines, line = [], ""
    for piece in PIECES.findall(text):
        if measure_text(line + piece.rstrip()) > wide and piece not in CLOSING:
            lines.append(line.rstrip())
            line, piece = "", piece.lstrip()
        while measure_text(piece) > wide:
            lines.append(piece[:wide])
            piece = piece[wide:]
        line += piece
    return [one for one in [*lines, line.rstrip()] if one]


def to_label(text: str, wide: int) -> list[str]:
    """Break a label into two lines at most; what is left of it is an ellipsis.

    >>> to_label("一二三四五六七八九十", 8)
    ['一二三四', '五六七…']
    """
    lines = to_lines(text, wide)
    if len(lines) <= 2:
        return lines
    second = lines[1]
    while measure_text(second) > wide - 2:
        second = second[:-1]
    return [lines[0], f"{second}…"]


def measure_text(text: str) -> int:
    """Count half-widths, two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def choose_step(names: Iterable[str], wide: int, least: int) -> int:
    """Return the pixels from one row to the next: more where a name takes two lines."""
    return max(least, 37 if any(len(to_label(name, wide)) > 1 for name in names) else 0)


def draw_labels(names: Mapping[Any, str], y: alt.Y, *, wide: int, gap: int = 12) -> list[alt.Chart]:
    """Draw names to the left of a picture, by the values of `y`, each in one line or in two."""
    import altair as alt

    layers = []
    for number in (1, 2):
        rows = [
            {y["shorthand"].partition(":")[0]: place, "name": lines}
            for place, name in names.items()
            if len(lines := to_label(name, wide)) == number
        ]
        chart = alt.Chart(to_data(rows)).mark_text(
            align="right", baseline="middle", dx=-gap, dy=-8 * (number - 1), lineHeight=16, fontSize=13, color=INK, aria=False
        )  # fmt: skip
        layers += [chart.encode(x=alt.value(0), y=y, text="name:N")] if rows else []
    return layers


def to_data(rows: Sequence[Row]) -> alt.InlineData:
    """Return rows as the data of a layer, inside of the picture."""
    import altair as alt

    return alt.InlineData(values=list(rows))


def get_theme() -> dict[str, Any]:
    """Return the config of every figure: light paper, thin lines, nothing that shouts."""
    text = {
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": INK,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
    }
    return {
        "font": FONT,
        "background": "#ffffff",
        "padding": 18,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "frame": "bounds", "fontSize": 19, "fontWeight": 600, "color": INK, "offset": 20,
            "subtitleFontSize": 13, "subtitleColor": SOFT, "subtitleLineHeight": 20, "subtitlePadding": 8,
        },
        "axis": text | {
            "domain": False, "ticks": False, "gridColor": LINE, "labelPadding": 8, "titlePadding": 10, "labelLimit": 260, "labelFlush": False,
        },
        "legend": text | {"orient": "top", "symbolType": "square", "symbolSize": 140, "offset": 14, "columnPadding": 30},
        "header": text | {"labelFontWeight": 600, "labelPadding": 8},
        "text": {"fontSize": 12, "color": INK},
        "bar": {"cornerRadius": 0},
    }  # fmt: skip
