"""A guide's directions are found by the sequence of their numbers, whatever the layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg_build.documents import read_document
from kg_build.reading import read_guide
from kg_build.rules import read_rulebook
from kg_build.sections import Section, split_sections
from kg_build.text import clean
from ontology.vocabulary import read_vocabulary
from tests.making import make_text


def _outline(raw: str) -> list[tuple[str, str, str]]:
    text = make_text(raw)
    parts = split_sections(text, read_rulebook()).walk()
    return [
        (part.kind, part.number or "", text.text[part.title_span.start : part.title_span.end])
        for part in parts
        if part.title_span
    ]


def _directions(raw: str) -> list[tuple[str, str]]:
    return [(number, title) for kind, number, title in _outline(raw) if kind == "direction"]


def test_numbers_run_on_from_nine_to_the_next_ten() -> None:
    raw = "".join(
        f"{n} 某国合作项目\n合作协议：《协定》。\n"
        for n in (["1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "2.0", "2.1"])
    )
    assert [number for number, _ in _directions(raw)][-3:] == ["1.9", "2.0", "2.1"]


def test_numbers_run_on_to_two_digits() -> None:
    raw = "".join(f"1.{n} 某国合作项目\n合作协议：《协定》。\n" for n in range(1, 15))
    assert [number for number, _ in _directions(raw)][-2:] == ["1.13", "1.14"]


@pytest.mark.parametrize("figure", ["0.01mm，误差小", "2.0 wt%", "1.2倍以上", "10 个以上子系统", "1.2%以内"])
def test_a_line_that_starts_with_a_figure_is_no_heading(figure: str) -> None:
    raw = f"1.1 某技术合作研究\n研究内容：实现\n{figure}的目标。\n1.2 另一技术合作研究\n研究内容：其他。\n"
    assert [number for number, _ in _directions(raw)] == ["1.1", "1.2"]


def test_fields_hold_their_directions() -> None:
    raw = "附：方向\n ；1. 农业领域\n1.1 粮食技术研发\n考核指标：——一项。\n2. 能源\n2.1 储能技术研发\n考核指标：——一项。\n"
    assert _outline(raw) == [
        ("field", "1", "农业领域"),
        ("direction", "1.1", "粮食技术研发"),
        ("field", "2", "能源"),
        ("direction", "2.1", "储能技术研发"),
    ]


def test_a_field_may_have_an_introduction() -> None:
    raw = "1. 气候合作\n本领域主要聚焦适应。\n1.1 甲烷监测研究\n研究内容：监测。\n"
    assert _outline(raw)[0] == ("field", "1", "气候合作")


def test_a_title_may_run_over_two_lines() -> None:
    raw = "1.1 遥感产品协同处理关键技术联\n合研发\n研究面向长时间序列的处理技术，提供产品。\n考核指标：——一项。\n"
    assert _directions(raw) == [("1.1", "遥感产品协同处理关键技术联合研发")]


def test_a_label_glued_to_the_text_ends_the_title() -> None:
    assert _directions("1.1 能力建设研究内容: 面向南方。\n") == [("1.1", "能力建设")]


def test_lists_in_the_preamble_are_no_directions() -> None:
    raw = "一、总体目标\n1. 任务目标\n——聚焦。\n2. 重点领域\n支持。\n二、方向\n1.1 某国合作项目\n合作协议：《协定》。\n"
    assert [number for number, _ in _directions(raw)] == ["1.1"]


def test_the_closing_text_is_no_direction() -> None:
    raw = "1.1 某国合作项目\n关键词：水\n“某”重点专项形式审查条件要求\n1. 推荐程序\n（1）推荐。\n"
    text = make_text(raw)
    (direction,) = [part for part in split_sections(text, read_rulebook()).walk() if part.kind == "direction"]
    assert text.text[direction.start : direction.end].endswith("关键词：水")


def test_sections_nest(corpus: Path) -> None:
    def nested(section: Section) -> None:
        edges = [edge for child in section.children for edge in (child.start, child.end)]
        assert edges == sorted(edges)
        assert all(section.start <= edge <= section.end for edge in edges)
        assert section.start <= section.body <= section.end
        for child in section.children:
            nested(child)

    for path in sorted(corpus.glob("*.txt")):
        nested(split_sections(clean(read_document(path), read_rulebook()), read_rulebook()))


@pytest.mark.parametrize(("document", "count"), [("000", 30), ("001", 42), ("002", 17), ("003", 39), ("004", 55)])
def test_the_corpus_has_its_directions(corpus: Path, document: str, count: int) -> None:
    (path,) = corpus.glob(f"{document}_*.txt")
    reading = read_guide(path, read_vocabulary(), read_rulebook())
    assert len(reading.call.directions) == count
    assert sum(direction.parent is not None for direction in reading.call.directions) == (
        15 if document == "001" else 0
    )
