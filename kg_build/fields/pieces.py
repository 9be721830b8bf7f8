"""A piece of a list of contacts: what stands between two marks.

In: a range of a direction's text. Out: its words, as they are printed, and what the cards say of
them: where organisations end, whether a surname opens it. What the piece is, `persons.py` says.
"""

from __future__ import annotations

import re

from kg_build.frozen import frozen
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["LEADING", "Naming", "Piece", "is_chinese"]

Naming = tuple[str, Value[str]]
"""("name" or "org", the value)."""

_BLANKS = " .·-–—/／<>＜＞"
LEADING = _BLANKS + ")）的"
_TRAILING = _BLANKS.replace(".", "") + "(（的"
_ACRONYM = re.compile(r"[A-Z][a-z]{0,3}[A-Z][A-Za-z]{0,6}")


@frozen()
class Piece:
    """A range between marks; `sure` where a person is promised there, `polite` before a word of courtesy."""

    block: Block
    start: int
    end: int
    sure: bool
    polite: bool = False

    @property
    def text(self) -> str:
        return self.block.text.text[self.start : self.end]

    @property
    def printed(self) -> str:
        """The piece as a name: an 一 that was taken for a dash (山本—郎) is itself again."""
        text = self.block.text
        raw = (text.document.raw[text.origin[at]] for at in range(self.start, self.end))
        return "".join("一" if mark == "—" and was == "一" else mark for mark, was in zip(self.text, raw, strict=True))

    def part(self, start: int, end: int) -> Piece:
        """Return a part of the piece without the blanks around it."""
        text = self.block.text.text
        while start < end and text[start] in LEADING:
            start += 1
        while end > start and text[end - 1] in _TRAILING:
            end -= 1
        if start < end and text[start] in "(（":
            start += 1
            end -= text[end - 1] in ")）"
        return Piece(self.block, start, end, self.sure, self.polite)

    def has(self, label: str, *concepts: str | None) -> bool:
        """Say whether the cards of a label (and of these concepts) find anything in the piece."""
        text, rulebook = self.block.text.text, self.block.rulebook
        if not concepts:
            return any(rulebook.matches(label, text, self.start, self.end))
        return any(span.concept in concepts for span in rulebook.find(label, text, self.start, self.end))

    def cuts(self) -> list[int]:
        """Return where organisations end in the piece."""
        found = self.block.rulebook.find("OrganisationEnding", self.block.text.text, self.start, self.end)
        return [span.end for span in found]

    def is_organisation(self) -> bool:
        """Say whether the piece as a whole is an organisation's name."""
        if not self.text or is_chinese(self.text[-1]):
            return self.cuts()[-1:] == [self.end]
        return self.has("OrganisationWord") or bool(_ACRONYM.fullmatch(self.text))

    def begins_with_surname(self) -> bool:
        """Say whether the first character, or pair of characters, is a Chinese surname."""
        text, rules = self.block.text.text, self.block.rulebook.rules("Surname")
        return any(rule.pattern.match(text, self.start, self.end) for rule in rules)

    def naming(self, kind: str, reading: str, value: str | None = None) -> Naming:
        """Return the piece as a name or an organisation."""
        span = Span(self.start, self.end, "Contact", f"contacts.{reading}")
        return kind, Value(self.text if value is None else value, span)


def is_chinese(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
