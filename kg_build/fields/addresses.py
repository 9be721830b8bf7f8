"""E-mail addresses and phone numbers, as printed and repaired.

In: a range of a text. Out: addresses without the blanks that wrapping left in them. Where an
e-mail's host goes on behind a blank is told by its shape. This module knows no host.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_emails", "read_phones"]

_HOST = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
_NAME = _HOST | frozenset("_%+")
_TOP = ("com", "org", "net", "edu", "gov", "int", "info", "tech", "asia")
"""Ends of hosts that a blank may part so that what stands before it looks like a country's (co m)."""
_LABELS = ("tel", "fax", "phone", "mobile", "email", "mail", "web", "www", "http", "and", "or")
_FEWEST_DIGITS = 7
_JOINED = re.compile(r" (?=[-–—－()（）/])|(?<=[-–—－()（）/]) ")
_BEHIND_A_JOINT = re.compile(r"(?<=[-–—－/])([^ ]*) ")


def read_emails(block: Block, start: int, end: int) -> Iterator[Value[str]]:
    """Yield the e-mail addresses of a range; a host without a dot is none."""
    text = block.text.text
    for span in block.rulebook.find("Email", text, start, end):
        last = _host_end(text, span.end, end)
        first = _name_start(text, span.start, start)
        address = text[first:last].replace(" ", "").replace("＠", "@")
        if re.search(r"\.[A-Za-z]{2,}$", address.partition("@")[2]):
            yield Value(address, Span(first, last, "Email", span.rule))


def _name_start(text: str, start: int, stop: int) -> int:
    """Return where the part before @ begins: behind a label's colon all of it, however broken."""
    at = start
    while at > stop and (text[at - 1] in _NAME or text[at - 1] == " "):
        at -= 1
    at += text[at] == " "
    if text[max(0, at - 2) : at].rstrip().endswith((":", "：")):
        return at
    if text[start] in ".-_" and start - 1 > stop and text[start - 1] == " ":
        return text.rfind(" ", at, start - 1) + 1 or at
    return start


def _host_end(text: str, start: int, stop: int) -> int:
    """Return where a host ends, over the blanks at which it cannot be complete."""
    at = _run(text, start, stop)
    while at + 1 < stop and text[at] == " " and text[at + 1] in _HOST:
        end = _run(text, at + 1, stop)
        if not _goes_on(text[start:at].replace(" ", ""), text[at + 1 : end], text[end : end + 1]):
            break
        at = end
    while text[at - 1] in ".- ":
        at -= 1
    return at


def _run(text: str, start: int, stop: int) -> int:
    while start < stop and text[start] in _HOST:
        start += 1
    return start


def _goes_on(host: str, piece: str, behind: str) -> bool:
    if behind == "@" or piece.rstrip(".").lower() in _LABELS or piece.startswith(("www", "http")):
        return False
    if host.endswith((".", "-")) or piece[0] in ".-" or "." not in host:
        return True
    last, rest = host.rpartition(".")[2], piece.rstrip(".")
    if len(last) < 2 or last + rest in _TOP:
        return True
    return "." in rest and rest.islower() and behind not in ":："


def read_phones(block: Block, start: int, end: int) -> Iterator[Value[str]]:
    """Yield the phone numbers of a range as printed; blanks at a joint, and behind one, go."""
    text = block.text.text
    for span in block.rulebook.find("Phone", text, start, end):
        for first, last in _numbers(text, span):
            printed = text[first:last]
            if sum(character.isdigit() for character in printed) >= _FEWEST_DIGITS:
                value = _BEHIND_A_JOINT.sub(r"\1", _JOINED.sub("", printed))
                yield Value(value, Span(first, last, "Phone", span.rule))


def _numbers(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Part two whole numbers that a slash joins; a slash inside a number stays."""
    slash = text.find("/", span.start, span.end)
    sides = ((span.start, slash), (slash + 1, span.end))
    if slash >= 0 and all(sum(c.isdigit() for c in text[a:b]) >= _FEWEST_DIGITS for a, b in sides):
        for first, last in sides:
            while text[first] == " ":
                first += 1
            while text[last - 1] == " ":
                last -= 1
            yield first, last
        return
    first = span.start + (text[span.start] in "(（" and not set(")）") & set(text[span.start : span.end]))
    yield first, span.end
