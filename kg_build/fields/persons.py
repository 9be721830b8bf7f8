"""Names of persons and organisations in a list of contacts.

In: a range of a direction's text between phones and addresses. Out: ("name" | "org", value) in the
order of the text. A Chinese name has two to four characters, or parts joined by a dot; one that
stands right behind an organisation is parted from it at the organisation's last word. Where nothing
promises a person, a Chinese name must begin with a surname. This module knows no person and no office.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg_build.fields.pieces import LEADING, Naming, Piece, is_chinese
from kg_build.slots import Block
from kg_build.spans import Span

__all__ = ["Naming", "find_names"]

_MARKS = "，,；;。、|｜:：\n"
_ENUMERATING = "，,、"
_NO_NAME = _MARKS + LEADING + "(（"
_OPENING = ("(", "（")
_SHORTEST, _LONGEST = 2, 4
"""Characters of a Chinese name."""
_MOST_WORDS = 6
_LONGEST_SPELLED = 24
_LONGEST_TORN = 40
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
_DOTS = "·•・"
_JOINT = re.compile(r"\s?[/／]\s?|\s(?:and|&)\s|以及|[和及与]")
"""What may join two names; it does where both sides are names."""
_LATIN_LEAD = re.compile(r"[^\W\d_\u4e00-\u9fff][^\u4e00-\u9fff，,；;]*(?=[\u4e00-\u9fff])")


def find_names(block: Block, start: int, end: int, *, sure: bool = True, first: bool = True) -> tuple[Naming, ...]:
    """Return the names and organisations of a range, in the order of the text.

    `sure` says that a label of persons opened the list; `first` that the range stands right behind
    it, where every short piece is a name; further on, a piece without a surname must stand alone.
    """
    text = block.text.text
    found: list[Naming] = []
    if not text[start:end].strip(_NO_NAME):
        return ()
    edge = text.find("；", start, end)
    for piece in _pieces(Piece(block, start, end, sure)):
        behind = text[piece.end : piece.end + 1]
        alone = behind in _ENUMERATING or (first and (edge < 0 or piece.start < edge))
        piece = Piece(block, piece.start, piece.end, sure and alone and behind not in (":", "："))
        for part in _conjoined(piece):
            found += _read(part)
    return tuple(found)


def _pieces(whole: Piece) -> Iterator[Piece]:
    """Split at marks; an organisation that holds 、 (教育、科学和研究部) stays whole."""
    text = whole.block.text.text
    edges = [at for at in range(whole.start, whole.end) if text[at] in _MARKS]
    if any(text[at] == "、" for at in edges):
        inside = whole.block.rulebook.find("OrganisationMarks", text, whole.start, whole.end)
        edges = [at for at in edges if not any(span.start < at < span.end for span in inside)]
    held: int | None = None
    for begin, last in zip([whole.start, *(at + 1 for at in edges)], [*edges, whole.end], strict=True):
        piece = whole.part(begin if held is None else held, last)
        held = None
        if piece.end <= piece.start:
            continue
        if text[last : last + 1] == "、" and last < whole.end and _is_torn(piece):
            held = piece.start
            continue
        yield piece


def _is_torn(piece: Piece) -> bool:
    """Say whether a piece is too long for a name and ends in no organisation's last word."""
    long = _LONGEST < piece.end - piece.start <= _LONGEST_TORN and all(map(is_chinese, piece.text))
    return long and not piece.cuts() and not piece.has("Honorific") and len(list(_conjoined(piece))) == 1


def _conjoined(piece: Piece) -> Iterator[Piece]:
    """Part names that a stroke or a word joins (张三/李四, Eva Lind and Bo Ek); else yield the piece."""
    edges = [(piece.start + joint.start(), piece.start + joint.end()) for joint in _JOINT.finditer(piece.text)]
    starts, ends = [piece.start, *(end for _, end in edges)], [*(start for start, _ in edges), piece.end]
    parts = [piece.part(start, end) for start, end in zip(starts, ends, strict=True)]
    yield from parts if edges and all(map(_is_name_alone, parts)) else (piece,)


def _is_name_alone(piece: Piece) -> bool:
    courtesy = next((span for span in _honorifics(piece) if span.concept == "behind"), None)
    bare = piece.part(piece.start, courtesy.start) if courtesy and courtesy.end == piece.end else piece
    text = bare.text
    if not text or piece.has("NoName") or piece.is_organisation():
        return False
    if not any(map(is_chinese, text)):
        words = text.split()
        return len(text) > _SHORTEST and words[0][0].isupper() and len(words) <= _MOST_WORDS
    return all(map(is_chinese, text)) and len(text) <= _LONGEST and (courtesy is not None or len(text) >= _SHORTEST)


def _honorifics(piece: Piece) -> tuple[Span, ...]:
    return piece.block.rulebook.find("Honorific", piece.block.text.text, piece.start, piece.end)


def _opened(piece: Piece) -> Piece:
    """Return the piece without the words that open it: a side (泰方 Eva), how an employer is told (均为某署)."""
    words = next((span for span in _honorifics(piece) if span.concept == "opening"), None)
    return piece if words is None or words.start > piece.start else piece.part(words.end, piece.end)


def _read(piece: Piece) -> Iterator[Naming]:
    """Read a piece; what stands behind a bracket (某署（ABC）Eva), or in one behind a courtesy, by itself."""
    piece = _opened(piece)
    closing = max(piece.text.rfind(mark, 0, -1) for mark in ")）") + 1
    if closing and max(piece.text.rfind(mark, 0, closing) for mark in "(（") > 0:
        yield from _read_courtesies(piece.part(piece.start, piece.start + closing))
        yield from _read(piece.part(piece.start + closing, piece.end))
    else:
        yield from _read_courtesies(piece)


def _read_courtesies(piece: Piece) -> Iterator[Naming]:
    text, start, end, polite = piece.block.text.text, piece.start, piece.end, piece.polite
    for span in _honorifics(piece):
        if span.start < start:
            continue
        if span.concept == "before" and (span.start == start or is_chinese(text[span.start - 1])):
            if span.start > start:
                yield from _read(piece.part(start, span.start))
            start, polite = span.end, True
        elif span.concept == "behind" and span.end < end and is_chinese(text[span.end]):
            if span.start > start and text[span.start : span.end] in ("女士", "先生"):
                yield from _read(replace(piece, start=start, end=span.end))
                start = span.end
        elif span.concept == "behind":
            end, polite = span.start, True
            break
    behind = (
        _opened(piece.part(span.end, piece.end))
        if end < piece.end and text[span.end : span.end + 1] in _OPENING
        else None
    )
    piece = replace(piece.part(start, end), polite=polite)
    if piece.end > piece.start and not piece.has("NoName", None):
        yield from _read_plain(piece)
    if behind is not None and behind.is_organisation():
        yield behind.naming("org", "organisation-in-brackets")


def _read_plain(piece: Piece) -> Iterator[Naming]:
    """Read a piece without courtesies by its script."""
    text = piece.text
    chinese = [at for at, character in enumerate(text, piece.start) if is_chinese(character)]
    if not chinese:
        yield from _read_latin(piece)
    elif text[-1] in ")）":
        yield from _read_bracket(piece)
    elif not is_chinese(text[-1]):
        cut = chinese[-1] + 1
        yield from _read_chinese(replace(piece.part(piece.start, cut), polite=False))
        yield from _read_latin(piece.part(cut, piece.end))
    elif (lead := _LATIN_LEAD.match(text)) and " " in lead[0].strip() and piece.is_organisation():
        yield from _read_latin(piece.part(piece.start, piece.start + lead.end()))
        yield from _read_chinese(piece.part(piece.start + lead.end(), piece.end))
    else:
        yield from _read_chinese(piece)


def _read_bracket(piece: Piece) -> Iterator[Naming]:
    """Read 米卡(Mika): another spelling stays with the name, an employer is told apart, a role is dropped."""
    text = piece.text
    opening = piece.start + max(text.rfind("("), text.rfind("（"))
    before, inside = piece.part(piece.start, opening), _opened(piece.part(opening + 1, piece.end - 1))
    if opening <= piece.start or not before.text:
        return
    if not inside.text or inside.has("Honorific") or inside.has("NoName", None) or before.is_organisation():
        yield from _read(before)
    elif inside.is_organisation():
        yield from _read(before)
        yield inside.naming("org", "organisation-in-brackets")
    elif _is_other_spelling(before, inside):
        yield piece.naming("name", "name-with-spelling", _mended(piece))
    else:
        yield from _read(before)


def _is_other_spelling(before: Piece, inside: Piece) -> bool:
    if is_chinese(before.text[-1]) == any(map(is_chinese, inside.text)) or len(before.text) > _LONGEST_SPELLED:
        return False
    listed = inside.block.listed("partners", inside.start, inside.end)
    short = all(character in _DOTS or is_chinese(character) for character in inside.text)
    return not listed and (not any(map(is_chinese, inside.text)) or (short and len(inside.text) > 1))


def _read_latin(piece: Piece) -> Iterator[Naming]:
    text = piece.text
    words = text.split()
    if not words or not words[0][0].isalpha() or any(character.isdigit() for character in text):
        return
    if text.endswith((")", "）")) and "(" in text:
        yield from _read_bracket(piece)
    elif piece.is_organisation():
        yield piece.naming("org", "organisation-in-latin")
    elif len(words) <= _MOST_WORDS and any(word[0].isupper() for word in words) and len(text) > _SHORTEST:
        yield piece.naming("name", "name-in-latin", _mended(piece))


def _mended(piece: Piece) -> str:
    """Return a Latin name without the blank at which a line broke one of its words."""
    text = piece.block.text
    mended = text.text[piece.start]
    for at in range(piece.start + 1, piece.end):
        word = text.text[at + 1 : piece.end].split(" ")[0]
        broken = word[:1].islower() and word not in _PARTICLES and text.starts_line(at + 1)
        if not (text.text[at] == " " and (broken or mended.endswith(("-", "(", "（")))):
            mended += text.text[at]
    return mended


def _read_chinese(piece: Piece) -> Iterator[Naming]:
    """Read a Chinese piece: an organisation, a name, or a name right behind or before an organisation."""
    start, end, cuts = piece.start, piece.end, piece.cuts()
    if cuts and cuts[-1] == end and not (piece.polite and end - start <= _LONGEST):
        named = _name_before(piece)
        if named is not None:
            yield named.naming("name", "name-before-organisation", named.printed)
            start = named.end
        yield piece.part(start, end).naming("org", "organisation")
        return
    if _is_name(piece):
        yield piece.naming("name", "name-in-chinese", piece.printed)
        return
    cut = next((cut for cut in reversed(cuts) if _is_name(replace(piece.part(cut, end), sure=True))), None)
    if cut is not None:
        yield piece.part(start, cut).naming("org", "organisation")
        named = piece.part(cut, end)
        yield named.naming("name", "name-behind-organisation", named.printed)
    elif cuts and end - cuts[-1] <= 1:
        yield piece.part(start, cuts[-1]).naming("org", "organisation")


def _is_name(piece: Piece) -> bool:
    """Say whether a piece is one Chinese name: short, or of parts that a dot joins."""
    parts = re.split(f"[{_DOTS}]", piece.printed)
    if not all(part and all(map(is_chinese, part)) for part in parts):
        return False
    if piece.has("NoName"):
        return False
    if len(parts) > 1:
        return all(len(part) <= 2 * _LONGEST for part in parts) and not piece.cuts()
    if len(piece.text) < _SHORTEST:
        return piece.polite and piece.begins_with_surname()
    return len(piece.text) <= _LONGEST and (piece.sure or piece.polite or piece.begins_with_surname())


def _name_before(piece: Piece) -> Piece | None:
    """Return the name before an organisation that is listed (张三某国科技部)."""
    listed = (
        *piece.block.listed("agencies", piece.start, piece.end),
        *piece.block.listed("partners", piece.start, piece.end),
    )
    starts = sorted({span.start - piece.start for span in listed})
    if not starts or starts[0] not in (2, 3) or not piece.begins_with_surname():
        return None
    return piece.part(piece.start, piece.start + starts[0])
