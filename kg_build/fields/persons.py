"""Names of persons and organisations in a list of contacts.

In: a range of a text without addresses and labels. Out: names and organisations in order, each
with its span, honorifics left out. An organisation is told by its last word; a Chinese name is
what stands alone or behind an organisation; a Latin name is a few words.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["Naming", "find_names"]

Naming = tuple[str, Value[str]]
"""("name" or "org", the value)."""

_MARKS = "，,；;。、|｜:：\n"
_BLANKS = " .·-–—/／"
_SHORTEST, _LONGEST = 2, 4
"""Characters of a Chinese name."""
_MOST_WORDS = 6
_PARTICLES = (
    "de",
    "da",
    "di",
    "do",
    "dos",
    "du",
    "la",
    "le",
    "el",
    "al",
    "van",
    "von",
    "der",
    "den",
    "ter",
    "bin",
    "y",
)
"""Words of a Latin name that begin small, so that one at a line's start is no broken word."""


def find_names(block: Block, start: int, end: int) -> tuple[Naming, ...]:
    """Return the names and organisations of a range, in the order of the text."""
    return tuple(naming for part in _pieces(block, start, end) for naming in _read(block, *part))


def _pieces(block: Block, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split at marks; an organisation that holds 、 (教育、科学和研究部) stays whole."""
    text = block.text.text
    edges = [at for at in range(start, end) if text[at] in _MARKS]
    parts = list(zip([start, *(at + 1 for at in edges)], [*edges, end], strict=True))
    held: int | None = None
    for begin, last in parts:
        trimmed = _trim(text, begin if held is None else held, last)
        held = None
        if trimmed[1] <= trimmed[0]:
            continue
        if text[last : last + 1] == "、" and last < end and _is_torn(block, *trimmed):
            held = trimmed[0]
            continue
        yield trimmed


def _is_torn(block: Block, start: int, end: int) -> bool:
    """Say whether a piece is too long for a name and ends in no organisation's last word."""
    text = block.text.text[start:end]
    return end - start > _LONGEST and all(map(_is_chinese, text)) and not _cuts(block, start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _BLANKS + ")）":
        start += 1
    while end > start and text[end - 1] in _BLANKS.replace(".", "") + "(（":
        end -= 1
    return start, end


def _read(block: Block, start: int, end: int) -> Iterator[Naming]:
    text = block.text.text
    polite = False
    for span in block.rulebook.find("Honorific", text, start, end):
        if span.concept == "before" and (span.start == start or _is_chinese(text[span.start - 1])):
            if span.start > start:
                yield from _read(block, start, span.start)
            start = span.end
        elif span.concept == "behind" and (span.end == end or not _is_chinese(text[span.end])):
            end, polite = span.start, True
            break
    start, end = _trim(text, start, end)
    if end <= start or block.rulebook.find("NoName", text, start, end):
        return
    chinese = [at for at in range(start, end) if _is_chinese(text[at])]
    if not chinese:
        yield from _read_latin(block, start, end)
    elif text[end - 1] in ")）":
        yield from _read_bracket(block, start, end, polite)
    elif not _is_chinese(text[end - 1]):
        cut = chinese[-1] + 1
        yield from _read_chinese(block, start, cut, polite=False)
        yield from _read_latin(block, *_trim(text, cut, end))
    else:
        yield from _read_chinese(block, start, end, polite=polite)


def _read_bracket(block: Block, start: int, end: int, polite: bool) -> Iterator[Naming]:
    """Read 米卡(Mika): another spelling stays with the name, a role in brackets does not."""
    text = block.text.text
    opening = max(text.rfind("(", start, end), text.rfind("（", start, end))
    if opening <= start:
        return
    inside, before = text[opening + 1 : end - 1], text[start:opening]
    if _is_chinese(before[-1]) != any(map(_is_chinese, inside)) and len(before) <= 24 and inside:
        span = _value(text, start, end, "name-with-spelling").span
        yield "name", Value(_mended(block, start, end), span)
    else:
        yield from _read(block, start, opening)


def _read_latin(block: Block, start: int, end: int) -> Iterator[Naming]:
    text = block.text.text[start:end]
    words = text.split()
    if not words or not words[0][0].isalpha() or any(character.isdigit() for character in text):
        return
    if block.rulebook.find("OrganisationWord", block.text.text, start, end):
        yield "org", _value(block.text.text, start, end, "organisation-in-latin")
    elif len(words) <= _MOST_WORDS and any(word[0].isupper() for word in words) and len(text) > _SHORTEST:
        span = _value(block.text.text, start, end, "name-in-latin").span
        yield "name", Value(_mended(block, start, end), span)


def _mended(block: Block, start: int, end: int) -> str:
    """Return a Latin name without the blank at which a line broke one of its words."""
    text = block.text.text
    mended = text[start]
    for at in range(start + 1, end):
        word = text[at + 1 : end].split(" ")[0]
        broken = word[:1].islower() and word not in _PARTICLES and block.text.starts_line(at + 1)
        if not (text[at] == " " and (broken or mended.endswith(("-", "(", "（")))):
            mended += text[at]
    return mended


def _read_chinese(block: Block, start: int, end: int, *, polite: bool) -> Iterator[Naming]:
    """Read a Chinese piece: an organisation, a name, or a name right behind an organisation."""
    text = block.text.text
    cuts = _cuts(block, start, end)
    if cuts and cuts[-1] == end and not (polite and end - start <= _LONGEST):
        yield "org", _value(text, start, end, "organisation")
        return
    if end - start <= _LONGEST:
        if end - start >= _SHORTEST:
            yield "name", _value(text, start, end, "name-in-chinese")
        return
    cut = next((cut for cut in reversed(cuts) if _SHORTEST <= end - cut <= _LONGEST), None)
    if cut is not None:
        yield "org", _value(text, start, cut, "organisation")
        yield "name", _value(text, cut, end, "name-behind-organisation")
    elif cuts and end - cuts[-1] <= 1:
        yield "org", _value(text, start, cuts[-1], "organisation")


def _cuts(block: Block, start: int, end: int) -> list[int]:
    """Return where organisations end in a piece."""
    return [span.end for span in block.rulebook.find("OrganisationEnding", block.text.text, start, end)]


def _is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _value(text: str, start: int, end: int, reading: str) -> Value[str]:
    return Value(text[start:end], Span(start, end, "Contact", f"contacts.{reading}"))
