"""Money is whole yuan of this direction; what is for one project or from others stays apart."""

from __future__ import annotations

import pytest

from kg_build.fields.money import read_budget, read_project_budget
from tests.making import make_block

Bounds = tuple[float | None, float | None]


@pytest.mark.parametrize(
    ("body", "bounds"),
    [
        ("共拟支持经费：500万元人民币。", (5_000_000, 5_000_000)),
        ("共拟支持经费: 不超过4500万元。", (None, 45_000_000)),
        ("拟支持经费：1.2亿元。", (120_000_000, 120_000_000)),
        ("共支持经费：不超过人民币3000万元。", (None, 30_000_000)),
        ("经费概算：5000-6000万元", (50_000_000, 60_000_000)),
        ("拟支持经费：人民币３００万元。", (3_000_000, 3_000_000)),
        ("拟支持经费：１,０００万元。", (10_000_000, 10_000_000)),
        ("共拟支持经费：2000万元，每个项目不超过500万元。", (20_000_000, 20_000_000)),
        ("资助强度：每项资助不超过300万元，总经费2000万元。", (20_000_000, 20_000_000)),
        ("资助强度：国拨经费总额800万元。", (8_000_000, 8_000_000)),
        ("资助强度：每个项目150万元左右，经费合计1350万元。", (13_500_000, 13_500_000)),
        ("资助规模：12项，内地资助总额3000万元，香港方另行资助3000万港元。", (30_000_000, 30_000_000)),
        ("资助规模：4项左右，总经费概算600万元。", (6_000_000, 6_000_000)),
        ("支持方向：水；空气。\n资助规模：4个项目（每个支持方向2个），经费合计900万元。", (9_000_000, 9_000_000)),
        ("资助强度：重大项目合计1000万元，种子项目合计100万元。", (11_000_000, 11_000_000)),
        ("拟支持经费与项目数：甲领域3个项目，总经费900万元；乙领域2个项目，总经费600万元。", (15_000_000, 15_000_000)),
    ],
)
def test_budgets_are_read(body: str, bounds: Bounds) -> None:
    found = read_budget(make_block(body))
    assert found is not None
    assert (found.value.min, found.value.max) == bounds


@pytest.mark.parametrize(
    "body",
    [
        "其他要求：双方政府各自投入至少1250万美元。",
        "其他要求：企业自筹经费不低于300万元。",
        "其他要求：配套经费与国拨经费的比例不低于2:1。",
        "资助强度：每项不超过300万元。",
    ],
)
def test_foreign_own_and_single_money_is_no_budget(body: str) -> None:
    assert read_budget(make_block(body)) is None


@pytest.mark.parametrize(
    ("body", "bounds"),
    [
        ("资助强度：100～150万元/项。", (1_000_000, 1_500_000)),
        ("资助强度：300万元。", (3_000_000, 3_000_000)),
        ("资助额度：单个项目支持强度不超过人民币叁佰万元。", (None, 3_000_000)),
        (
            "领域方向：\n（1）材料；\n（2）矿业。\n拟支持10个项目左右，每个项目支持额度为150～200万元。",
            (1_500_000, 2_000_000),
        ),
        ("共拟支持经费：2000万元，每个项目不超过500万元。", (None, 5_000_000)),
        ("其他要求：\n1）单方申报无效；\n2）每个项目国拨经费不超过200万元。", (None, 2_000_000)),
    ],
)
def test_money_for_a_single_project_is_kept_apart(body: str, bounds: Bounds) -> None:
    found = read_project_budget(make_block(body))
    assert found is not None
    assert (found.value.min, found.value.max) == bounds


def test_a_sum_is_quoted_from_its_first_part_to_its_last() -> None:
    block = make_block("拟支持经费与项目数：甲领域1个项目，总经费9万元；乙领域1个项目，总经费6万元。")
    found = read_budget(block)
    assert found is not None
    assert block.say(found.span) == "9万元；乙领域1个项目，总经费6万元"
    assert found.span.rule == "budget.sum-of-parts"
