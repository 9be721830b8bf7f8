"""The same guide in other layouts: what a converter, an editor or a printer may do to a text.

Each function takes a text and returns one that says the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Layout = Callable[[str], str]

_WORD = re.compile(r"[!-~]+|\s|.", re.DOTALL)
"""What a wrap does not break: a run of printable ASCII."""


def rewrap(text: str, width: int, *, blank_lines: bool = False) -> str:
    """Break every line at a width in characters, as a PDF converter does; Latin words stay whole."""
    end = "\n\n" if blank_lines else "\n"
    return end.join(piece for line in text.split("\n") for piece in _pieces(line, width)) + "\n"


def _pieces(line: str, width: int) -> Iterator[str]:
    piece = ""
    for match in _WORD.finditer(line):
        if piece and len(piece) + len(match[0]) > width:
            yield piece
            piece = ""
        piece += match[0]
    yield piece


_HALF = str.maketrans("，：；（）！？", ",:;()!?")
_FULL = str.maketrans(",;()!?", "，；（）！？")
_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


def half_width(text: str) -> str:
    """Write punctuation half width, as many converters do; 。 and 、 have no half-width twin."""
    return text.translate(_HALF)


def full_width(text: str) -> str:
    """Write punctuation beside Chinese characters full width."""
    return re.sub(r"(?<=[\u4e00-\u9fff])[,;()!?]|[,;()!?](?=[\u4e00-\u9fff])", lambda m: m[0].translate(_FULL), text)


def full_width_digits(text: str) -> str:
    """Write digits between Chinese characters full width."""
    return re.sub(r"(?<=[\u4e00-\u9fff])\d+(?=[\u4e00-\u9fff])", lambda m: m[0].translate(_DIGITS), text)


def spaced(text: str) -> str:
    """Put a blank between Chinese and Latin characters."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])", " ", text)
    return re.sub(r"(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", text)


def with_pages(text: str, every: int = 7) -> str:
    """Put a page number after some lines."""
    lines = text.split("\n")
    paged = [line if at % every else f"{line}\n\n— {at // every} —\n" for at, line in enumerate(lines, 1)]
    return "\n".join(paged)


def with_markdown(text: str) -> str:
    """Mark headings and labels as a converter to Markdown does."""
    text = re.sub(r"(?m)^(\d+\.\d+ .+)$", r"### **\1**", text)
    text = re.sub(r"(?m)^([一二三四]、.+)$", r"## \1", text)
    return re.sub(r"(?m)^(\d[）)])", r"- \1", text)


LAYOUTS: dict[str, Layout] = {
    "wrapped at 20": lambda text: rewrap(text, 20),
    "wrapped at 29": lambda text: rewrap(text, 29),
    "wrapped at 38 with blank lines": lambda text: rewrap(text, 38, blank_lines=True),
    "half width": half_width,
    "full width": full_width,
    "full-width digits": full_width_digits,
    "spaced": spaced,
    "page numbers": with_pages,
    "markdown": with_markdown,
    "wrapped, half width and paged": lambda text: with_pages(rewrap(half_width(text), 33)),
}
