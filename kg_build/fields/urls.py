"""The web addresses that a direction prints.

In: a direction's block. Out: its addresses in their order, each once, repaired: wrapping puts a
blank or a break at any place inside them. This module knows the shape of an address, no host.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left

from kg_build.slots import Block
from kg_build.spans import Span, Value
from kg_build.text import Text

__all__ = ["find_addresses", "read_urls"]

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_INSIDE = _LETTERS | frozenset("-._~:/?#[]@!$&'()*+,;=%")
_JOINTS = frozenset("-._~/?#&=%+")
"""Marks at which an address cannot end for good: behind or before one, a blank is a break."""
_CLOSED = (".pdf", ".html", ".htm", ".php", ".aspx", ".jsp", ".doc", ".docx", ".zip", ".xls", ".xlsx", ".shtml")
_WORDS = (
    *("and", "or", "see", "for", "the", "in", "of", "to", "at", "on", "with", "from", "is", "are"),
    *("tel", "telephone", "fax", "email", "mail", "phone", "mobile", "web", "website"),
)
"""Words that follow an address without being part of it."""
_FEWEST_WORDS = 3
_DOT = re.compile(r"\.(?:(?=\s?[A-Za-z]|\d{1,3}\.)|(?<=[A-Za-z-]\.)|(?<=[A-Za-z-]\s\.))")
"""What every address holds: a dot beside a letter, or one of two in a number; headings and decimals have no such."""


def read_urls(block: Block) -> tuple[Value[str], ...]:
    """Return the addresses of the whole direction, without the blanks that wrapping left in them."""
    found: dict[str, Value[str]] = {}
    for span in find_addresses(block, block.section.start, block.section.end):
        value = block.say(span).replace(" ", "").replace("：", ":")
        found.setdefault(value, Value(value, span))
    return tuple(found.values())


def find_addresses(block: Block, start: int, end: int) -> tuple[Span, ...]:
    """Return where addresses stand in `[start, end)`, from their first character to their last."""
    text, found = block.text.text, list[Span]()
    dots = _find_dots(block.text)
    first = bisect_left(dots, start)
    if first == len(dots) or dots[first] >= end:
        return ()
    for opening in block.rulebook.find("WebAddress", text, start, end):
        if found and opening.start < found[-1].end:
            continue
        last = _end(text, opening.end, end)
        host = text[opening.start : last].replace(" ", "").partition("//")[2] or block.say(opening)
        if "." in host:
            found.append(Span(opening.start, last, "WebAddress", opening.rule))
    return tuple(found)


@functools.lru_cache(maxsize=2)
def _find_dots(text: Text) -> list[int]:
    """Return the dots that may be an address's: few directions have one, and to look for the cards takes longer."""
    return [match.start() for match in _DOT.finditer(text.text)]


def _end(text: str, start: int, stop: int) -> int:
    """Return where an address ends whose scheme ends at `start`."""
    at = _piece(text, start, stop)
    while at < stop and text[at] == " " and _goes_on(text, start, at, stop):
        at = _piece(text, at + 1, stop)
    while at > start and (text[at - 1] in " .,;:!'([*+" or _unmatched(text[start:at])):
        at -= 1
    return at


def _piece(text: str, start: int, stop: int) -> int:
    """Return the end of the run of characters that an address may hold."""
    at = start
    while at < stop and text[at] in _INSIDE:
        if text[at] in ",;" and not (at + 1 < stop and text[at + 1] in _LETTERS):
            break
        if text[at] in ",;" and text.startswith(("http", "www."), at + 1):
            break
        if text[at] == ")" and "(" not in text[start:at]:
            break
        at += 1
    return at


def _unmatched(address: str) -> bool:
    return address.endswith(")") and address.count(")") > address.count("(")


def _goes_on(text: str, start: int, blank: int, stop: int) -> bool:
    """Say whether the address goes on behind a blank: what follows looks like the rest of it, not like a word."""
    end = _piece(text, blank + 1, stop)
    piece = text[blank + 1 : end]
    if not piece or "@" in piece or piece.startswith(("http", "www.")) or piece.lower() in _WORDS:
        return False
    if text[end : end + 1] in (":", "：") or piece[-1] == ":":
        return False
    before = text[start:blank].replace(" ", "")
    if piece[0] in _JOINTS or before[-1:] in _JOINTS:
        return True
    if before.lower().endswith(_CLOSED):
        return (before + piece).lower().endswith(_CLOSED) and len(piece) == 1
    host = before.partition("//")[2] or before
    if set(piece) & _JOINTS or len(host.rpartition(".")[2]) < 2:
        return True
    return not _is_prose(text, blank, stop) and (piece[0].islower() or piece[0].isdigit() or "/" in host)


def _is_prose(text: str, blank: int, stop: int) -> bool:
    """Say whether three or more plain words follow: then a sentence goes on, not an address."""
    words = text[blank + 1 : min(stop, blank + 100)].split(" ")[:_FEWEST_WORDS]
    return len(words) == _FEWEST_WORDS and all(word.isascii() and word.isalpha() for word in words)
