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
    ],
)
def test_a_scope_has_its_quota_and_its_money(body: str, envelopes: list[tuple[str, Bounds, Bounds]]) -> None:
    assert _envelopes(body) == envelopes


def test_what_is_for_each_topic_is_one_envelope_a_topic() -> None:
    body = "领域方向：农业、交通（包括航运）。\n拟支持项目数：2个（每个领域方向1个项目）。"
    assert _envelopes(body) == [("农业", (1, 1), None), ("交通", (1, 1), None)]


@pytest.mark.parametrize(
    "body", ["拟支持项目数：3个左右。", "共拟支持经费：人民币500万元。", "资助强度：每项300万元。"]
)
def test_a_whole_quota_is_no_envelope(body: str) -> None:
    assert _envelopes(body) == []
