"""Directions and fields are found however a guide numbers them."""

from __future__ import annotations

from itertools import product

import pytest

from kg_build.numbering import keep_sequence, read_marks
from kg_build.reading import read_text
from kg_build.records import Call
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary
from tests.making import make_text

OPENING = (
    "“政府间国际科技创新合作”重点专项2027年度项目申报指南\n\n本批设立4个指南方向，支持项目20项。\n\n二、领域和方向\n\n"
)
CLOSING = "三、申报要求\n\n申报单位须为境内注册的法人。\n"
TITLES = (
    "中国和芬兰政府间合作项目",
    "中国和智利政府间合作项目",
    "中国和希腊政府间联合研究项目",
    "中国和越南联合研究项目",
)
FIELDS = ("农业与食品", "能源与环境")
BODIES = (
    "领域方向：水资源、可再生能源。\n拟支持项目数：5个。\n其他要求：\n1）项目执行期为2年；\n2）双方须分别申报。\n\n",
    "研究内容：建立旱区作物评价体系。\n考核指标：\n1) 育成新品种3个；\n2) 发表论文不少于5篇。\n实施周期：3年\n\n",
)
CHINESE, LETTERS, CIRCLES, ROMAN = "一二三四", "ABCD", "①②③④", "ⅠⅡⅢⅣ"

ROWS = (
    *("1.{n} ", "1.{n}. ", "2.{n} ", "1．{n} ", "1.1.{n} ", "3-{n} ", "A{n}. ", "A{n} ", "A-{n} "),
    *(
        "{n}. ",
        "{n}、",
        "{n} ",
        "0{n} ",
        "（{n}）",
        "【{n}】",
        "方向{n}：",
        "指南方向{n}. ",
        "重点任务{n} ",
        "课题0{n}：",
    ),
    *("{c}、", "{c}. ", "（{c}）", "({c})", "第{c}类 ", "方向{c}、", "专题{c} ", "项目{c}："),
    *("{l}. ", "{l}、", "{o}", "{r}. "),
)
ABOVE = ("{c}、", "（{c}）", "专题{c}、", "板块{n}：", "{n}. ", "{l}. ", "第{c}部分 ")
BELOW = ("{m}.{n} ", "方向{t}：", "{u}{n} ", "1.{m}.{n} ", "（{n}）", "{o}")


def _mark(form: str, at: int, *, field: int = 0, place: int = 0) -> str:
    return form.format(
        n=at + 1, c=CHINESE[at], l=LETTERS[at], o=CIRCLES[at], r=ROMAN[at], m=field + 1, u=LETTERS[field], t=place + 1
    )


def _read(body: str) -> Call:
    return read_text(make_text(OPENING + body + CLOSING).document, read_vocabulary(), read_rulebook()).call


@pytest.mark.parametrize("body", BODIES, ids=("agreed", "targets"))
@pytest.mark.parametrize("form", ROWS)
def test_directions_are_found_in_a_row_of_any_shape(form: str, body: str) -> None:
    marks = [_mark(form, at) for at in range(4)]
    call = _read("".join(f"{mark}{title}\n{body}" for mark, title in zip(marks, TITLES, strict=True)))
    assert [direction.title and direction.title.value for direction in call.directions] == list(TITLES)
    assert all(
        direction.number.value in mark.replace("．", ".")
        for direction, mark in zip(call.directions, marks, strict=True)
    )
    assert call.sections == ()


@pytest.mark.parametrize("body", BODIES, ids=("agreed", "targets"))
@pytest.mark.parametrize(("above", "below"), tuple(product(ABOVE, BELOW)))
def test_directions_of_one_shape_stand_under_fields_of_another(above: str, below: str, body: str) -> None:
    lines = []
    for field, name in enumerate(FIELDS):
        lines.append(f"{_mark(above, field)}{name}领域\n\n")
        for at in range(2):
            place = 2 * field + at
            lines.append(f"{_mark(below, at, field=field, place=place)}{TITLES[place]}\n{body}")
    call = _read("".join(lines))
    assert [direction.title and direction.title.value for direction in call.directions] == list(TITLES)
    assert [section.title.value for section in call.sections] == list(FIELDS)
    assert [direction.section for direction in call.directions] == [
        s.number.value for s in call.sections for _ in range(2)
    ]


def test_a_row_of_marks_counts_on_or_begins_anew() -> None:
    text = make_text("①甲项\n②乙项\n⑦丙项\n①丁项\n②戊项\n")
    (marks,) = read_marks(text, read_rulebook()).values()
    assert [mark.value for mark in keep_sequence(marks)] == [1, 2, 1, 2]


def test_parts_of_a_guide_are_no_directions() -> None:
    body = "（一）咨询方式\n联系人：郑一鸣\n\n（二）资格说明\n其他要求：按通知执行。\n\n"
    assert _read(body).directions == ()
