"""A source is read as it is: its text, its name, its hash, or one line on what is wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg_build.documents import read_document
from ontology.errors import DocumentError

TEXT = "1.1 中国和某国项目\n合作协议：《某协定》\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_give_one_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_document(path).raw == TEXT


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_line_ends_become_newlines(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.replace("\n", line_end).encode())
    assert read_document(path).raw == TEXT


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert read_document(path).sha256 == hashlib.sha256(TEXT.encode("gb18030")).hexdigest()


@pytest.mark.parametrize(
    ("name", "identity"), [("001_ab12.txt", "001"), ("guide.txt", "guide"), ("某 指南.md", "某-指南")]
)
def test_the_id_is_the_name_up_to_its_first_underscore(tmp_path: Path, name: str, identity: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT, "utf-8")
    assert read_document(path).id == identity


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "not text"),
        (b"\xff\xff\xfe" * 40, "not text"),
    ],
    ids=["empty", "blank", "binary", "undecodable"],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    with pytest.raises(DocumentError, match=word) as caught:
        read_document(path)
    assert "bad.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="missing"):
        read_document(tmp_path / "missing.txt")
