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


def with_heads(text: str, every: int = 9) -> str:
    """Print pages as a PDF does: each with its number, in two forms in turn, and the guide's title over the next."""
    head = _head(text)
    return "\n".join(
        f"{page}\n\n{number if number % 2 else f'— {number} —'}\n\n{head}\n" for number, page in _pages(text, every)
    )


def _head(text: str) -> str:
    """Return a guide's title on one line, as running heads have it."""
    return re.sub(r"^[\s#]*(?:附\s*件[\s\d#]*)?|\s", "", text[: text.index("指南") + 2])


def with_heads_on_form_feeds(text: str, every: int = 11) -> str:
    """Print pages that end in a form feed, each below the name of whoever issued them, without blank lines."""
    return "\n".join(f"{page}\n- {number} -\f国际科技合作司文件" for number, page in _pages(text, every))


def with_notes(text: str, every: int = 8, *, marks: str = "", head: str = "") -> str:
    """Put a footnote on each page that has a sentence to hang it on; the number of its page stands below it."""
    printed = []
    for number, page in _pages(text, every):
        mark = marks[number % len(marks)] if marks else f"[{number % 50}]"
        noted = re.sub(r"(?<=[\u4e00-\u9fff])(?=。)", mark, page, count=1)
        note = f"\n\n{mark} 以合作各方最终确定的\n安排为准，共3项。" if noted != page else ""
        printed.append(f"{noted}{note}\n\n{number}\n\n{head}\n")
    return "\n".join(printed)


def _pages(text: str, every: int) -> Iterator[tuple[int, str]]:
    """Yield pages of so many lines with their numbers; a text has them once, its own are gone."""
    text = re.sub(r"(?m)^[ \t]*[—-]?[ ]?\d{1,3}[ ]?[—-]?[ \t]*$|第 ?\d+ ?页.*$", "", text)
    lines = text.rstrip("\n").split("\n")
    for number, at in enumerate(range(0, len(lines), every), 1):
        yield number, "\n".join(lines[at : at + every])


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
    "running heads": with_heads,
    "running heads, wrapped with them": lambda text: rewrap(with_heads(text), 31),
    "wrapped, with running heads": lambda text: with_heads(rewrap(text, 29)),
    "wrapped, with heads on form feeds": lambda text: with_heads_on_form_feeds(rewrap(text, 33)),
    "footnotes": with_notes,
    "wrapped, with circled footnotes": lambda text: with_notes(rewrap(text, 29), marks="①②③"),
    "footnotes and running heads": lambda text: with_notes(text, 12, head=_head(text)),
    "markdown": with_markdown,
    "wrapped, half width and paged": lambda text: with_pages(rewrap(half_width(text), 33)),
}

PRINTED = frozenset(name for name in LAYOUTS if any(word in name for word in ("page", "heads", "footnotes")))
"""The layouts that print pages: for texts that came without."""
