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
_LONGEST_ADDRESS = 60
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
"""Of a whole number, with its country and area."""
_DATE = re.compile(r"(?:19|20)\d\d([-/])\d{1,2}\1\d{1,2}")
_EXTENSION = re.compile("转|分机|e?x")
_BETWEEN_NUMBERS = re.compile(r" ?[/／] ?| |(?<=\d{7})(?=0\d{2,3}-\d)")
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
    if (
        text[at - 2 : at - 1].isalpha()
        and text[at - 1] in "、，,；;"
        and _is_broken(text[at:start], text[stop : at - 1])
    ):
        return at
    if text[start] in ".-_" and start - 1 > stop and text[start - 1] == " ":
        return text.rfind(" ", at, start - 1) + 1 or at
    return start


def _is_broken(opening: str, before: str) -> bool:
    """Say whether words before an address are its own, in a list of addresses: one piece in small letters."""
    whole = opening.strip()
    return whole.islower() and " " not in whole and "@" in before[-_LONGEST_ADDRESS:].rpartition(" ")[2]


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
        for first, last in _numbers(text, span.start, span.end):
            printed = text[first:last]
            if _digits(printed) >= _FEWEST_DIGITS and not _DATE.fullmatch(printed):
                value = _BEHIND_A_JOINT.sub(r"\1", _JOINED.sub("", printed))
                yield Value(value, Span(first, last, "Phone", span.rule))


def _numbers(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part whole numbers that a slash joins, or a blank where one number would be too long."""
    while start < end and (
        text[start] in " /／)）" or (text[start] in "(（" and not set(")）") & set(text[start:end]))
    ):
        start += 1
    for joint in _BETWEEN_NUMBERS.finditer(text, start, end):
        left, right = _digits(text[start : joint.start()]), _digits(text[joint.end() : end])
        stroke = joint[0].strip() != ""
        if min(left, right) >= _FEWEST_DIGITS and (stroke or left + right > _MOST_DIGITS):
            yield start, joint.start()
            yield from _numbers(text, joint.end(), end)
            return
    yield start, end


def _digits(text: str) -> int:
    """Count the digits of a number without its extension."""
    return sum(character.isdigit() for character in _EXTENSION.split(text)[0])
