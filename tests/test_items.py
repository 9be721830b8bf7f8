"""Lists are found by the sequence of their marks."""

from __future__ import annotations

import pytest

from kg_build.items import find_items
from kg_build.rules import read_rulebook
from tests.making import make_text


def _items(raw: str, *, first: int = 1) -> list[str]:
    text = make_text(raw)
    return [
        text.text[item.start : item.end] for item in find_items(text, 0, len(text.text), read_rulebook(), first=first)
    ]


@pytest.mark.parametrize(
    "raw",
    [
        "1. 水；\n2. 能源。",
        "1）水；2）能源。",
        "（1）水；\n（2）能源。",
        "①水；②能源。",
        "（一）水\n（二）能源",
        "——水；\n——能源。",
        "- 1)水;\n- 2)能源。",
        "● 水；\n● 能源。",
        "◆水\n◆能源",
        "\uf06c 水；\n\uf06c 能源。",
        "— 水；\n— 能源。",
        "· 水；\n· 能源。",
        "• （1）水；\n• （2）能源。",
        "(a) 水；\n(b) 能源。",
        "A）水；\nB）能源。",
        "a. 水；\nb. 能源。",
        "(i) 水；\n(ii) 能源。",
        "Ⅰ. 水；\nⅡ. 能源。",
        "I、水；\nII、能源。",
        "⑴水；⑵能源。",
        "⒈水；\n⒉能源。",
        "㈠水\n㈡能源",
        "❶水；❷能源。",
        "【1】水；\n【2】能源。",
        "1°水；\n2°能源。",
        "1：水；\n2：能源。",
        "第一，水；第二，能源。",
        "一是水；二是能源。",
    ],
)
def test_every_kind_of_mark_opens_an_item(raw: str) -> None:
    assert _items(raw) == ["水", "能源"]


def test_inner_lists_stay_in_their_item() -> None:
    assert _items("1. 水\n（1）净化；\n（2）循环。\n2. 能源") == ["水（1）净化；（2）循环", "能源"]


def test_bullets_of_another_sign_lie_inside() -> None:
    assert _items("● 水\n— 净化；\n— 循环。\n● 能源") == ["水—净化；—循环", "能源"]
    assert _items("■ 水\n□ 净化；\n□ 循环。\n■ 能源") == ["水□净化；□循环", "能源"]


@pytest.mark.parametrize(
    "raw", ["面向中国\n—新西兰的合作", "面向中国\n— 新西兰的合作", "阿卜杜\n·拉赫曼", "二\n○三○年", "附录\nA）"]
)
def test_a_wrapped_dash_or_letter_is_no_mark(raw: str) -> None:
    assert _items(raw) == []


def test_figures_are_no_marks() -> None:
    assert _items("面向工业4.0的5G网络，2019至2020年，1.5倍（2）") == []


def test_a_number_out_of_sequence_is_no_mark() -> None:
    assert _items("1. 水；\n3. 三维；\n2. 能源。") == ["水；3.三维", "能源"]


def test_numbers_may_run_on_across_groups() -> None:
    assert _items("\n5. 枢纽\n6. 监测", first=5) == ["枢纽", "监测"]
    assert _items("\n5. 枢纽\n6. 监测") == []


def test_lists_follow_one_another() -> None:
    assert _items("（1）一项；（2）两项。另有：（1）三项；（2）四项。") == ["一项", "两项。另有：", "三项", "四项"]
