"""Parts of quota and money have the scope that the guide gives them."""

from __future__ import annotations

import pytest

from kg_build.fields.envelopes import read_envelopes
from kg_build.records import Range
from kg_build.spans import Value
from tests.making import make_block

Bounds = tuple[float | None, float | None] | None


def _bounds(value: Value[Range] | None) -> Bounds:
    return None if value is None else (value.value.min, value.value.max)


def _envelopes(body: str) -> list[tuple[str, Bounds, Bounds]]:
    return [(e.scope.value, _bounds(e.projects), _bounds(e.budget_cny)) for e in read_envelopes(make_block(body))]


@pytest.mark.parametrize(
    ("body", "envelopes"),
    [
        ("拟支持项目数：2个(生物领域1个,信息领域1个)。", [("生物领域", (1, 1), None), ("信息领域", (1, 1), None)]),
        ("拟支持项目数：不超过10个(原则上每个国别不超过2个)。", [("每个国别", (None, 2), None)]),
        ("拟支持项目数：15个（其中抗旱相关项目7个以内）。", [("抗旱相关项目", (None, 7), None)]),
        ("拟资助项目数：5项（农业2项、能源3项）。", [("农业", (2, 2), None), ("能源", (3, 3), None)]),
        (
            "拟支持经费与项目数：\n能源领域拟支持不超过5个项目，总经费不超过2500万人民币；健康、出行领域拟共支持2个项目，总经费600万元。",
            [("能源领域", (None, 5), (None, 25_000_000)), ("健康、出行领域", (2, 2), (6_000_000, 6_000_000))],
        ),
        (
            "拟支持项目数：3个（甲领域1个，乙领域2个）。\n拟支持经费：90万元（甲领域30万元，乙领域60万元）。",
            [("甲领域", (1, 1), (300_000, 300_000)), ("乙领域", (2, 2), (600_000, 600_000))],
        ),
        (
            "拟支持项目10项，其中联合实验室2项，研究项目8项；共拟支持经费900万元，其中联合实验室不超过400万元。",
            [("联合实验室", (2, 2), (None, 4_000_000)), ("研究项目", (8, 8), None)],
        ),
        ("项目安排：不多于4个，每个国别不超过1个，经费总额600万元。", [("每个国别", (None, 1), None)]),
        (
            "资助标准：拟支持9项，其中装备4项、材料5项；总经费800万元。",
            [("装备", (4, 4), None), ("材料", (5, 5), None)],
        ),
        ("拟支持海洋领域3个项目、健康领域2个项目。", [("海洋领域", (3, 3), None), ("健康领域", (2, 2), None)]),
        (
            "拟支持项目数和经费：国别 项目数 经费 蒙古 3个 300万元 老挝 2个 200万元 合计 5个 500万元",
            [("蒙古", (3, 3), (3_000_000, 3_000_000)), ("老挝", (2, 2), (2_000_000, 2_000_000))],
        ),
        ("拟支持项目数：6项，其中：海洋2项，其他4项。", [("海洋", (2, 2), None), ("其他", (4, 4), None)]),
    ],
)
def test_a_scope_has_its_quota_and_its_money(body: str, envelopes: list[tuple[str, Bounds, Bounds]]) -> None:
    assert _envelopes(body) == envelopes


def test_what_is_for_each_topic_is_one_envelope_a_topic() -> None:
    body = "领域方向：农业、交通（包括航运）。\n拟支持项目数：2个（每个领域方向1个项目）。"
    assert _envelopes(body) == [("农业", (1, 1), None), ("交通", (1, 1), None)]


@pytest.mark.parametrize(
    "body",
    [
        "拟支持项目数：3个左右。",
        "共拟支持经费：人民币500万元。",
        "资助强度：每项300万元。",
        "项目安排：5项，执行期限18个月。",
        "拟支持经费：90万元（中方40万元，德方50万元）。",
        "拟支持项目数：1项，结果相近时可同时支持2项。",
        "拟支持4个，中方拟投入经费90万元，实施周期不超过36个月。",
    ],
)
def test_a_whole_quota_is_no_envelope(body: str) -> None:
    assert _envelopes(body) == []
