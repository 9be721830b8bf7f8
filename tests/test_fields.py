"""A direction's fields are what it is about, not what it uses."""

from __future__ import annotations

import pytest

from kg_build.fields.fields import read_fields
from tests.making import make_block, make_directions


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("氢能储运技术合作研究", ["ENE"]),
        ("基于人工智能的新药研发合作研究", ["HEA"]),
        ("棉花精准育种技术合作研究", ["AGR"]),
        ("地下矿山灾害预警技术合作研究", ["RES", "SAF"]),
        ("环境胁迫下粮油保质技术研究", ["AGR"]),
        ("高亚洲冰川遥感监测研究", ["EOB", "OCE"]),
    ],
)
def test_titles_name_fields_and_tools_are_none(title: str, fields: list[str]) -> None:
    found = read_fields(make_block("研究内容：研究。", title=title))
    assert sorted(value.value for value in found) == fields


def test_topics_name_fields_in_their_order() -> None:
    block = make_block("领域方向：新材料、量子计算、中医药。")
    found = read_fields(block)
    assert [(value.value, block.say(value.span)) for value in found] == [
        ("MAT", "新材料"),
        ("QPH", "量子计算"),
        ("HEA", "中医药"),
    ]


def test_an_open_field_stands_beside_what_is_encouraged() -> None:
    found = read_fields(make_block("领域方向：领域不限。鼓励疫苗研发。"))
    assert [value.value for value in found] == ["ALL", "HEA"]


def test_the_heading_speaks_where_the_title_is_silent() -> None:
    blocks = make_directions("1. 能源领域\n1.1 关键部件可靠性联合研究\n研究内容：研究。\n")
    assert read_fields(blocks["1.1"]) == ()


def test_one_keyword_is_not_enough_and_two_are() -> None:
    one = make_block("研究内容：研究。\n关键词：疫苗；方法", title="某方法合作研究")
    two = make_block("研究内容：研究。\n关键词：疫苗；传染病", title="某方法合作研究")
    assert (read_fields(one), [value.value for value in read_fields(two)]) == ((), ["HEA"])
