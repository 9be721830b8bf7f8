"""What pages print around a text: their numbers, running heads and footnotes.

In: the raw text and the cards of labels. Out: ranges of the raw text that are the pages', not the guide's.
A line is a running head only where it comes again beside the ends of pages: what the guide says of each
direction comes again too, but in the middle of pages. This module does not know what a guide says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate

from kg_build.rules import Rulebook

__all__ = ["find_footnotes", "find_page_marks"]

_NUMBER = re.compile(
    r"[—–―·•~～-]{1,2}\s*(\d{1,3})\s*[—–―·•~～-]{1,2}|第\s?(\d{1,3})\s?页(?:[\s,，/]*共\s?\d{1,3}\s?页)?"
    r"|[Pp]age\s?(\d{1,3})(?:\s?of\s?\d{1,3})?|(\d{1,3})(?:\s?/\s?\d{1,3})?"
)
_BARE = 4
"""The group of a number without a sign that it is a page's."""
_LONGEST_NUMBER = 24
_HEAD = range(1, 81)
"""Characters of a running head, or of the rest of one that was wrapped."""
_MOST_LINES = 4
"""Lines of a running head, wrapped ones counted."""
_SHORTEST_NAME = 4
"""Characters of a running head that is not of the title."""
_SURE_HEAD = 16
"""Characters of words of the title that are a running head wherever they fill lines again and again."""
_SHARE = 3
"""One page in so many has a running head: left pages may have another than right ones, and the first has none."""
_NO_HEAD_END = tuple("。；;，,、：:？?！!")
_OPENING = re.compile(
    r"[（(]?\s?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[A-Za-z]|[ivxIVX]{1,4})\s?[)）.．、]|[①-⒛㈠-㈩●◆■▪•○□◇—–#*-]"
    r"|(?:第|专题|板块|主题|方向|子方向|附件)\s?[\d一二三四五六七八九十]|[^，,。；;]{2,12}[：:]"
)
"""How an item, a heading or a labelled part begins."""
_SENTENCE = re.compile(r"[。；：:@＠]")
"""What a sentence, a label or an address holds."""
_TITLE = 300
"""Characters at the beginning of a text in which its title stands."""
_TITLE_END = "指南"
_BLANKS = re.compile(r"\s+")

_NOTE = re.compile(r"(?m)^[ \t\u3000]*(\[\d{1,2}\]|［\d{1,2}］|〔\d{1,2}〕|[①-⑳¹²³⁴-⁹※]|\*)[ \t\u3000]*(?=[^\s*])")
"""A mark at the head of a line, as footnotes begin."""
_NOTE_SIGNS = frozenset("[［〔①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳¹²³⁴⁵⁶⁷⁸⁹※*")
_LONGEST_NOTES = 600
"""Characters that the footnotes of a page may have."""
_BRACKETS = "[［〔"
_BEFORE_REFERENCE = tuple("）)》”")
_BEHIND_REFERENCE = "。，,；;、：:）)》”\n"


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a raw text, a page's end being a line's end: where each begins, its words, which open a page."""

    starts: Sequence[int]
    words: Sequence[str]
    opening: frozenset[int]


def find_page_marks(raw: str, rulebook: Rulebook) -> list[tuple[int, int]]:
    """Return the ranges of page numbers, running heads, and footnotes with their marks, in order, none overlapping."""
    lines, taken = _find_lines(raw, rulebook)
    found = [_range(raw, lines.starts[at], lines.words[at]) for at in sorted(taken)]
    notes = [place for pair in _footnotes(raw, lines, taken) for place in pair]
    return _merged(found + notes) if notes else found


def find_footnotes(raw: str, rulebook: Rulebook) -> list[tuple[int, int]]:
    """Return the ranges of the footnotes that `find_page_marks` takes away, in order: they say something."""
    notes = [note for _, note in _footnotes(raw, *_find_lines(raw, rulebook))]
    return _merged([(start, start + len(raw[start:end].rstrip())) for start, end in notes])


def _find_lines(raw: str, rulebook: Rulebook) -> tuple[_Lines, set[int]]:
    """Return the lines of a text, and which of them are page numbers and running heads."""
    lines, title = _read_lines(raw), _title(raw)
    again = _recurring(lines.words, title, rulebook)
    numbers = set(_page_numbers(lines, again))
    return lines, numbers | _running_heads(lines, title, numbers, again) if again else numbers


def _range(raw: str, start: int, words: str) -> tuple[int, int]:
    """Return where the words of a line stand."""
    at = raw.index(words, start)
    return at, at + len(words)


def _read_lines(raw: str) -> _Lines:
    paged = "\f" in raw
    printed = (raw.replace("\f", "\n") if paged else raw).split("\n")
    starts = list(accumulate([len(line) + 1 for line in printed], initial=0))
    words = [line.strip() for line in printed]
    opening: frozenset[int] = frozenset()
    if paged:
        count, pages = 0, []
        for page in raw.split("\f")[:-1]:
            count += page.count("\n") + 1
            pages.append(count)
        opening = frozenset(pages)
    return _Lines(starts, words, opening)


def _recurring(words: Sequence[str], title: str, rulebook: Rulebook) -> frozenset[str]:
    """Return the lines that come again and may be a running head: no label, item, heading, sentence or address."""
    return frozenset(
        line
        for line, count in Counter(words).items()
        if count > 1
        and len(line) in _HEAD
        and not line.endswith(_NO_HEAD_END)
        and not line.replace(" ", "").isdigit()
        and not _SENTENCE.search(line)
        and (not _OPENING.match(line) or _BLANKS.sub("", line) in title)
        and not any(rule.pattern.fullmatch(line + "：") for rule in rulebook.rules("SlotLabel"))
    )


def _page_numbers(lines: _Lines, again: frozenset[str]) -> list[int]:
    """Return the lines that hold a page's number and count on: …, 3, …, — 4 —, …

    A wrapped line may hold a figure and nothing else; a bare number is a page's only between blank lines or
    beside a running head, and only if it follows or precedes its neighbour by one.
    """
    words, last = lines.words, len(lines.words) - 1
    found: list[tuple[int, int, bool]] = []
    for at, line in enumerate(words):
        if not line or len(line) > _LONGEST_NUMBER or line.isalpha():
            continue
        match = _NUMBER.fullmatch(line)
        if match is None or match.lastindex is None:
            continue
        apart = (
            at in lines.opening or at == 0 or not words[at - 1] or words[at - 1] in again,
            at + 1 in lines.opening or at == last or not words[at + 1] or words[at + 1] in again,
        )
        if match.lastindex != _BARE or all(apart):
            found.append((at, int(match[match.lastindex]), match.lastindex != _BARE))
    signed = {at for at, _, of_page in found if of_page}
    bare = [(at, number) for at, number, of_page in found if not of_page]
    return sorted(signed | _counting(bare) | _counting([(at, number) for at, number, _ in found]))


def _counting(numbers: Sequence[tuple[int, int]]) -> set[int]:
    """Return the lines whose number follows or precedes its neighbour by one."""
    counts = [None, *(number for _, number in numbers), None]
    return {
        at
        for place, (at, number) in enumerate(numbers, 1)
        if number - 1 == counts[place - 1] or number + 1 == counts[place + 1]
    }


def _running_heads(lines: _Lines, title: str, numbers: Set[int], again: frozenset[str]) -> set[int]:
    """Return the lines that come again beside the ends of pages, and hardly anywhere else.

    The first may be the title itself, or a heading that the pages repeat: it stays where no page ends beside it.
    A line that the title holds needs one page's end, and none where it is long.
    """
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines.words):
        if line in again:
            places.setdefault(line, []).append(at)
    beside = _beside_breaks(lines, numbers, again)
    heads: set[int] = set()
    for line, found in places.items():
        of_pages = beside.intersection(found)
        often = len(of_pages) * _SHARE >= len(numbers | lines.opening)
        in_title = _BLANKS.sub("", line) in title
        if in_title and ((of_pages and often) or (len(line) >= _SURE_HEAD and len(found) > 2)):
            heads.update(found[0 if found[0] in of_pages else 1 :])
        elif (
            often and _is_name(line) and len(of_pages) > 1 and len(found) - len(of_pages) <= (found[0] not in of_pages)
        ):
            marks = beside | numbers
            sure = any(_breaks_sentence(lines, at, marks) for at in of_pages)
            heads |= of_pages if sure or all(_opens_page(lines, at, marks - of_pages) for at in of_pages) else set()
    return heads


def _is_name(line: str) -> bool:
    """Say whether a line may be whom or what a document is of; what it says of a direction has figures."""
    return len(line) >= _SHORTEST_NAME and not any(character.isdigit() for character in line)


def _opens_page(lines: _Lines, at: int, of_pages: Set[int]) -> bool:
    """Say whether a line stands at the top of a page: below its number, or that of the page before."""
    while at not in lines.opening and at > 0 and not lines.words[at - 1]:
        at -= 1
    return at in lines.opening or at - 1 in of_pages


def _breaks_sentence(lines: _Lines, at: int, of_pages: Set[int]) -> bool:
    """Say whether a sentence goes on over the page's end that a line stands beside."""
    words = lines.words
    above, below = at, at
    while above >= 0 and (not words[above] or above in of_pages):
        above -= 1
    while below < len(words) and (not words[below] or below in of_pages):
        below += 1
    inside = above >= 0 and below < len(words)
    return inside and not words[above].endswith(_NO_HEAD_END) and not _OPENING.match(words[below])


def _title(raw: str) -> str:
    """Return the words that a text opens with, up to where a title ends, without blanks."""
    opening = _BLANKS.sub("", raw[:_TITLE])
    end = opening.find(_TITLE_END)
    return opening[: end + len(_TITLE_END)] if end >= 0 else ""


def _beside_breaks(lines: _Lines, numbers: Set[int], again: frozenset[str]) -> set[int]:
    """Return the recurring lines between which and the end of a page nothing but such lines and blank ones stand."""
    words = lines.words
    found: set[int] = set()
    for end in numbers | lines.opening:
        for step, at in ((-1, end - 1), (1, end + (end in numbers))):
            left = _MOST_LINES
            while left and 0 <= at < len(words) and (not words[at] or words[at] in again or at in numbers):
                if words[at] in again:
                    found.add(at)
                    left -= 1
                at += step
    return found


def _footnotes(raw: str, lines: _Lines, taken: Set[int]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield the mark of each footnote in the text of its page, with what the page says from the first footnote on."""
    if _NOTE_SIGNS.isdisjoint([line[:1] for line in lines.words]):
        return
    start = 0
    for end in [*(lines.starts[at] for at in sorted(taken | lines.opening)), len(raw)]:
        marks: list[tuple[int, int]] = []
        first = end
        for note in _NOTE.finditer(raw, start, end):
            at = _reference(raw, start, note)
            if at >= 0:
                first = min(first, note.start(1))
                if end - first > _LONGEST_NOTES:
                    marks, first = [], end
                    continue
                marks.append((at, at + len(note[1])))
        yield from ((mark, (first, end)) for mark in marks)
        start = end


def _reference(raw: str, start: int, note: re.Match[str]) -> int:
    """Return where a footnote's mark stands in the text above it, behind a word; -1 where it is the mark of an item."""
    above = raw[start : note.start()].rstrip(" \t\u3000")
    for match in re.finditer(re.escape(note[1]), above):
        before, behind = above[: match.start()].rstrip()[-1:], above[match.end() : match.end() + 1]
        word = "\u4e00" <= before <= "\u9fff" or before in _BEFORE_REFERENCE
        apart = word and behind in _BEHIND_REFERENCE and above.endswith("\n\n")
        if before and (note[1][0] in _BRACKETS or apart):
            return start + match.start()
    return -1


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return ranges in order, those that touch or overlap as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
