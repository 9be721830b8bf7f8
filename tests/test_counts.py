"""How many projects there will be is read from quotas of every wording, and added up only where no total stands."""

from __future__ import annotations

import pytest

from kg_build.fields.counts import read_projects
from tests.making import make_block

Bounds = tuple[float | None, float | None]


def _projects(body: str) -> Bounds | None:
    found = read_projects(make_block(body))
    return None if found is None else (found.value.min, found.value.max)


@pytest.mark.parametrize(
    ("body", "bounds"),
    [
        ("拟支持项目：十项左右。", (10, 10)),
        ("领域方向：\n（1）材料；\n（2）矿业。\n拟支持10个项目左右。", (10, 10)),
        ("拟支持项目数：3个。", (3, 3)),
        ("拟支持项目数: 不超过10个（原则上每个国别不超过2个）。", (None, 10)),
        ("拟支持项目数：5~6个。", (5, 6)),
        ("拟支持项目数：20个项目左右。", (20, 20)),
        ("拟资助项目数：两项。", (2, 2)),
        ("拟支持项目数：不少于3项，不多于5项。", (3, 5)),
        ("拟支持项目数：2个(生物领域1个,信息领域1个)。", (2, 2)),
        (
            "拟支持经费与项目数：能源不超过5个项目，总经费不超过2500万元；健康不超过10个项目，总经费不超过3000万元。",
            (None, 15),
        ),
        ("领域方向：农业、交通。\n拟支持项目数：每个方向支持1项。", (2, 2)),
        ("本方向拟支持2项，经费不超过1000万元。\n其他要求：单方申报无效。", (2, 2)),
        ("拟支持项目数：三至四项。", (3, 4)),
        ("项目安排：7项，每项9万元，执行期24个月。", (7, 7)),
        ("资助额度：定额资助，每项20万元，拟支持9项，执行期12个月。", (9, 9)),
        ("资助额度：每项不超过30万元；蒙古方向4项，越南方向3项。", (7, 7)),
        ("双方拟共同支持不超过5个联合研究项目，我方资助经费共1500万元。", (None, 5)),
        ("本专题计划支持3项，参与单位不超过6个。", (3, 3)),
        ("拟认定并支持4个（每个国别不超过2个）。", (4, 4)),
        ("拟支持项目数和经费：国别 项目数 经费 蒙古 3个 300万元 老挝 2个 200万元 合计 5个 500万元", (5, 5)),
    ],
)
def test_quotas_are_read(body: str, bounds: Bounds) -> None:
    assert _projects(body) == bounds


@pytest.mark.parametrize(
    "body", ["合作协议：《某协定》。", "考核指标：开发3项技术。", "其他要求：每个指南方向拟支持项目数为1~2项。"]
)
def test_what_is_no_quota_of_this_direction_is_none(body: str) -> None:
    assert _projects(body) is None


def test_the_evidence_is_the_words_of_the_quota() -> None:
    block = make_block("拟支持项目数：不超过10个。")
    found = read_projects(block)
    assert found is not None
    assert block.say(found.span) == "不超过10个"
