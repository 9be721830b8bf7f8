"""A number keeps what belongs to it, and numbers in names are left alone."""

from __future__ import annotations

import pytest

from kg_build.quantities import Quantity, find_quantities
from kg_build.rules import read_rulebook

Seen = tuple[str, float, float | None, str | None]


def _find(text: str) -> list[Quantity]:
    return list(find_quantities(text, 0, len(text), read_rulebook()))


def _seen(text: str) -> list[Seen]:
    return [
        (q.comparator, float(q.low), None if q.high is None else float(q.high), (q.factor + (q.unit or "")) or None)
        for q in _find(text)
    ]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("不超过4500万元", [("<=", 4500, None, "万元")]),
        ("≥ 5套", [(">=", 5, None, "套")]),
        ("两次以上", [(">=", 2, None, "次")]),
        ("6个国家以上", [(">=", 6, None, "个")]),
        ("2种（液态/固态）以上", [(">=", 2, None, "种")]),
        ("偏差5%以内", [("<=", 5, None, "%")]),
        ("达到同类的30%(含)以上", [(">=", 30, None, "%")]),
        ("至少涵盖5~8个", [(">=", 5, 8, "个")]),
        ("支持10+设备", [(">=", 10, None, None)]),
        ("5-8项", [("", 5, 8, "项")]),
        ("20摄氏度至80摄氏度", [("", 20, 80, "摄氏度")]),
        ("-40~70℃", [("", -40, 70, "℃")]),
        ("1×10^-6mol/mol~0.1mol/mol", [("", 1e-6, 0.1, "mol/mol")]),
        ("≤1.30±0.01mm", [("<=", 1.3, None, "mm")]),
        ("≤±10μm", [("±", 10, None, "μm")]),
        ("0.25°×0.31°", [("", 0.25, None, "°"), ("", 0.31, None, "°")]),
        ("不少于一万景", [(">=", 1, None, "万景")]),
        ("1万平方公里", [("", 1, None, "万平方公里")]),
        ("≤1ppm mbar·L/s", [("<=", 1, None, "ppm mbar·L/s")]),
        ("1pm/Hz1/2", [("", 1, None, "pm/Hz1/2")]),
        ("63dB(A)", [("", 63, None, "dB(A)")]),
        ("6人月", [("", 6, None, "人月")]),
        ("5人/次", [("", 5, None, "人/次")]),
        ("1台（套）", [("", 1, None, "台（套）")]),
        ("20余家", [("", 20, None, "家")]),
        ("1250万美元", [("", 1250, None, "万美元")]),
    ],
)
def test_a_number_has_its_unit_range_and_comparator(text: str, seen: list[Seen]) -> None:
    assert _seen(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "符合IEC 61853-4:2018标准",
        "GB 2626-2019",
        "同位素Ac-225",
        "卫星04A星",
        "IPv6、5hmC和3D",
        "智能制造（工业4.0）",
        "要求：（1）研发",
        "。2、研制",
        "一体化、唯一、第一个",
        "4K视频",
    ],
)
def test_numbers_in_names_and_marks_are_left_out(text: str) -> None:
    assert _find(text) == []


def test_a_comparator_does_not_reach_over_a_comma() -> None:
    assert _seen("精度不低于国标，共3套") == [("", 3, None, "套")]
    assert _seen("雷达站1套") == [("", 1, None, "套")]


def test_the_ends_are_those_of_the_words() -> None:
    text = "总数不超过10个左右"
    (quantity,) = _find(text)
    assert text[quantity.lead : quantity.end] == "不超过10个"
    assert text[quantity.start : quantity.end] == "10个"


def test_factors_multiply_money() -> None:
    (quantity,) = _find("2~3亿元")
    assert (int(quantity.lowest), int(quantity.highest)) == (2 * 10**8, 3 * 10**8)
