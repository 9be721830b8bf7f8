"""Make the values that the readers take from a few lines of an invented guide."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kg_build.documents import Document
from kg_build.recognisers import index_names
from kg_build.rules import read_rulebook
from kg_build.sections import Section, split_sections
from kg_build.slots import Block, read_block
from kg_build.text import Text, clean
from ontology.vocabulary import read_vocabulary


def make_text(raw: str, *, name: str = "made.txt") -> Text:
    """Clean a text that came from no file."""
    sha256 = hashlib.sha256(raw.encode()).hexdigest()
    return clean(Document(Path(name).stem, Path(name), raw, sha256), read_rulebook())


def make_directions(raw: str) -> dict[str, Block]:
    """Return the blocks of a guide's directions by their numbers."""
    text = make_text(raw)
    names = index_names(text.text, read_vocabulary())
    root = split_sections(text, read_rulebook())
    parts: list[Section] = [part for part in root.walk() if part.kind == "direction"]
    return {part.number or "": read_block(text, part, read_rulebook(), names) for part in parts}


def make_block(body: str, *, title: str = "中国和某国联合研究项目") -> Block:
    """Return the block of one direction, numbered 1.1, with this title and body."""
    return make_directions(f"1.1 {title}\n{body}\n")["1.1"]
