"""Layout does not matter: the same guide in another layout gives the same record, with exact evidence."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.documents import Document, read_document
from kg_build.reading import Reading, read_guide, read_text
from kg_build.records import to_records
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary
from tests.layouts import LAYOUTS, rewrap, with_pages

GUIDES = Path(__file__).parent.parent / "data" / "guides"
NAMES = sorted(path.name for path in GUIDES.glob("*.txt"))


def read_raw(raw: str, name: str) -> Reading:
    """Read a text that came from no file."""
    return read_text(Document(name, Path(name), raw, "0" * 64), read_vocabulary(), read_rulebook())


def to_facts(reading: Reading) -> list[object]:
    """Return a reading's records with what layout may change folded away."""
    return [_folded(record) for record in to_records(reading.call)]


def _folded(value: object) -> object:
    """Fold what layout may change in a value: width, blanks, dashes and quotes."""
    if isinstance(value, str):
        return re.sub(r"[\s“”\"'‘’]+", "", unicodedata.normalize("NFKC", value)).replace("—", "-")
    if isinstance(value, dict):
        return {key: _folded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_folded(part) for part in value]
    return value


def _same(one: Reading, other: Reading) -> None:
    for wanted, found in zip(to_facts(one), to_facts(other), strict=True):
        assert found == wanted


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", NAMES)
def test_the_edition_reads_the_same_in_every_layout(name: str, layout: str) -> None:
    raw = (GUIDES / name).read_text("utf-8")
    _same(read_raw(raw, name), read_raw(LAYOUTS[layout](raw), name))


@pytest.mark.parametrize("name", NAMES)
@given(width=st.integers(14, 80), blank_lines=st.booleans(), paged=st.booleans())
@settings(max_examples=8)
def test_the_edition_reads_the_same_at_any_width(name: str, width: int, blank_lines: bool, paged: bool) -> None:
    raw = (GUIDES / name).read_text("utf-8")
    other = rewrap(raw, width, blank_lines=blank_lines)
    _same(read_raw(raw, name), read_raw(with_pages(other) if paged else other, name))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("encoding", "line_end"), [("gb18030", "\n"), ("utf-8-sig", "\r\n")])
def test_encodings_and_line_ends_do_not_matter(tmp_path: Path, name: str, encoding: str, line_end: str) -> None:
    raw = (GUIDES / name).read_text("utf-8")
    path = tmp_path / name
    path.write_bytes(raw.replace("\n", line_end).encode(encoding))
    _same(
        read_guide(GUIDES / name, read_vocabulary(), read_rulebook()),
        read_guide(path, read_vocabulary(), read_rulebook()),
    )


def test_the_official_texts_read_the_same_in_every_layout(corpus: Path) -> None:
    different = []
    for path in sorted(corpus.glob("*.txt")):
        raw = read_document(path).raw
        wanted = to_facts(read_raw(raw, path.name))
        for name, layout in LAYOUTS.items():
            found = to_facts(read_raw(layout(raw), path.name))
            if found != wanted:
                different.append((path.name[:3], name))
    assert different == []
