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
        ("3000万港元", [("", 3000, None, "万港元")]),
        ("600万雷亚尔", [("", 600, None, "万雷亚尔")]),
        ("二百万新加坡元", [("", 200, None, "万新加坡元")]),
        ("不超过一千八百万元", [("<=", 1800, None, "万元")]),
        ("国拨经费二千五百万元", [("", 2500, None, "万元")]),
        ("两百万元以内", [("<=", 200, None, "万元")]),
        ("一亿二千万元", [("", 12000, None, "万元")]),
        ("1亿2000万元", [("", 12000, None, "万元")]),
        ("一点五亿元", [("", 1.5, None, "亿元")]),
        ("每人五千元", [("", 5000, None, "元")]),
        ("三千公里", [("", 3000, None, "公里")]),
        ("五十万吨", [("", 50, None, "万吨")]),
        ("一百二十人次", [("", 120, None, "人次")]),
        ("提升一倍以上", [(">=", 1, None, "倍")]),
        ("百分之三十以上", [(">=", 30, None, "%")]),
        ("千分之五以内", [("<=", 5, None, "‰")]),
        ("缩短三分之一", [("", 0.3333333333333333, None, None)]),
        ("半年以上", [(">=", 0.5, None, "年")]),
        ("执行期两年半", [("", 2.5, None, "年")]),
        ("72个小时", [("", 72, None, "个小时")]),
        ("5个百分点", [("", 5, None, "个百分点")]),
        ("≤30角秒", [("<=", 30, None, "角秒")]),
        ("优于3″", [("better", 3, None, "″")]),
        ("40万行以上", [(">=", 40, None, "万行")]),
        ("≥100点/cm2", [(">=", 100, None, "点/cm2")]),
        ("1万次/秒", [("", 1, None, "万次/秒")]),
        ("400W/(m·K)", [("", 400, None, "W/(m·K)")]),
        ("30mg/100g", [("", 30, None, "mg/100g")]),
        ("5cm2 V-1 s-1", [("", 5, None, "cm2 V-1 s-1")]),
        ("2.4GJ/tCO2", [("", 2.4, None, "GJ/tCO2")]),
        ("110kgce/t", [("", 110, None, "kgce/t")]),
        ("10^9CFU/mL", [("", 1e9, None, "CFU/mL")]),
        ("20kN·m", [("", 20, None, "kN·m")]),
        ("0.5千克每升", [("", 0.5, None, "千克每升")]),
        ("350公里/小时", [("", 350, None, "公里/小时")]),
        ("10万人份", [("", 10, None, "万人份")]),
        ("10亿亿次", [("", 10, None, "亿亿次")]),
        ("不得低于3项", [(">=", 3, None, "项")]),
        ("不应超过5%", [("<=", 5, None, "%")]),
        ("大于或等于8个", [(">=", 8, None, "个")]),
        ("逾300家", [(">", 300, None, "家")]),
        ("不足5%", [("<", 5, None, "%")]),
        ("≯3mm", [("<=", 3, None, "mm")]),
        ("应达十五台", [(">=", 15, None, "台")]),
        ("上限为300万元", [("<=", 300, None, "万元")]),
        ("20mm或更高", [(">=", 20, None, "mm")]),
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
        "十余项专利和近百篇论文",
        "数百万元、上千家、几十种",
        "三元材料与二元体系",
        "近三年、下半年和每半年",
        "百万吨级、千亩级",
        "成千上万的数据",
        "半导体与半自动",
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
