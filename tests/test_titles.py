"""A title is what the heading says, without number and type."""

from __future__ import annotations

import pytest

from kg_build.fields.keywords import read_keywords
from kg_build.fields.titles import read_title
from tests.making import make_block


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("（基础研究类）", "basic"),
        ("(基础前沿类)", "basic"),
        ("（共性关键技术类）", "key-technology"),
        ("（关键共性技术类）", "key-technology"),
        ("（应用示范类）", "demonstration"),
        ("(示范应用类)", "demonstration"),
    ],
)
def test_the_type_is_read_and_is_no_part_of_the_title(printed: str, code: str) -> None:
    title, research_type = read_title(make_block("研究内容：研究。", title=f"精密测量合作研究{printed}"))
    assert title.value == "精密测量合作研究"
    assert research_type is not None
    assert research_type.value == code


def test_a_bracket_of_another_kind_stays() -> None:
    title, research_type = read_title(make_block("研究内容：研究。", title="观测组织（GEO）合作项目"))
    assert (title.value, research_type) == ("观测组织（GEO）合作项目", None)


def test_keywords_are_split_at_semicolons_only() -> None:
    block = make_block("研究内容：研究。\n关键词：环流、高分辨率模式；海冰; 国际合作")
    assert [value.value for value in read_keywords(block)] == ["环流、高分辨率模式", "海冰", "国际合作"]
