"""A term is what the guide calls one, in years; calendar years are none."""

from __future__ import annotations

import pytest

from kg_build.fields.terms import read_duration
from tests.making import make_block

Bounds = tuple[float | None, float | None]


@pytest.mark.parametrize(
    ("body", "bounds"),
    [
        ("项目周期：24-36个月。", (2, 3)),
        ("执行期：24个月。", (2, 2)),
        ("执行期限：2-3年。", (2, 3)),
        ("实施年限：3年以内。", (None, 3)),
        ("其他要求：项目实施周期原则上不超过2年。", (None, 2)),
        ("其他要求：\n1）鼓励合作；\n2）项目执行期一般为2至3年。", (2, 3)),
        ("其他要求：项目执行期为2021-2023年，原则上不超过3年。", (None, 3)),
        ("其他要求：项目执行期为2021年1月至2023年12月，不超过36个月。", (None, 3)),
        ("其他要求：每个项目实施期为三年。", (3, 3)),
        ("执行期：18个月。", (1.5, 1.5)),
        ("执行期：18—24个月。", (1.5, 2)),
        ("执行期：一年半。", (1.5, 1.5)),
        ("实施期限：二至三年。", (2, 3)),
        ("其他要求：\n1）項目執行期為2年；", (2, 2)),
        ("执行期：不少于24个月，不超过36个月。", (2, 3)),
        ("实施期限：二十四个月。", (2, 2)),
        ("其他要求：项目周期不超过36个月。", (None, 3)),
        ("其他要求：合作期限为3年。", (3, 3)),
        ("本方向拟支持2项，实施周期不少于2年。\n其他要求：无。", (2, None)),
    ],
)
def test_terms_are_years(body: str, bounds: Bounds) -> None:
    found = read_duration(make_block(body))
    assert found is not None
    assert (found.value.min, found.value.max) == bounds


@pytest.mark.parametrize(
    "body",
    [
        "其他要求：应在2018至2020年任务的基础上申请。",
        "其他要求：外方单位应注册3年以上。",
        "其他要求：项目执行期为2021-2023年。",
        "考核指标：系统稳定运行3年。",
    ],
)
def test_other_periods_are_no_term(body: str) -> None:
    assert read_duration(make_block(body)) is None
