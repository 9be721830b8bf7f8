"""Indicators are the items that the guide lists, split by marks or else by semicolons."""

from __future__ import annotations

import pytest

from kg_build.fields.indicators import read_indicators
from tests.making import make_block


def _indicators(body: str) -> list[str]:
    return [indicator.value for indicator in read_indicators(make_block(body))]


@pytest.mark.parametrize(
    ("body", "items"),
    [
        ("考核指标：研发样机1台；申请专利2项。", ["研发样机1台", "申请专利2项"]),
        ("考核指标：（1）研发样机；申请专利。（2）建立平台。", ["研发样机；申请专利", "建立平台"]),
        ("技术指标：\n(1)精度≥90%；\n(2)互访3次。", ["精度≥90%", "互访3次"]),
        ("预期成果：——样机2套\n——标准1项；\n——示范。", ["样机2套", "标准1项", "示范"]),
        ("考核指标：实现3项突破，包括：（1）设计；（2）评价。提交标准。", ["设计", "评价。提交标准"]),
        ("考核指标：参数（速度；精度）合格；通过验收。", ["参数（速度；精度）合格", "通过验收"]),
        ("考核指标：形成样机一套。", ["形成样机一套"]),
    ],
)
def test_items_are_split_at_their_marks(body: str, items: list[str]) -> None:
    assert _indicators(body) == items


@pytest.mark.parametrize(
    ("body", "items"),
    [
        ("考核指标：应用不少于5个。该项目鼓励企业牵头。", ["应用不少于5个"]),
        ("考核指标：——样机；——示范。本方向鼓励产学研联合申报。", ["样机", "示范"]),
        ("考核指标：——至少3个国家参与；——示范。每个项目选择1个病种申报。", ["至少3个国家参与", "示范"]),
        ("考核指标：——样机；——示范。牵头申报单位应在本行业富有经验，鼓励联合申报。", ["样机", "示范"]),
    ],
)
def test_a_closing_sentence_on_applicants_is_no_item(body: str, items: list[str]) -> None:
    assert _indicators(body) == items


def test_the_lists_of_several_topics_follow_one_another() -> None:
    body = (
        "领域方向：\n1. 风电。\n研发模型。\n预期考核指标：\n（1）精度；\n（2）示范。\n"
        "2. 社区。\n研发系统。\n预期考核指标：\n（1）效率；\n（2）应用。\n拟支持项目数：2个。"
    )
    assert _indicators(body) == ["精度", "示范", "效率", "应用"]


def test_the_same_list_in_other_lines_is_the_same() -> None:
    told = _indicators("考核指标：\n（1）研发便携式样机1台；\n（2）申请专利2项。")
    assert told == _indicators("考核指标：（1）研发便携\n式样机1台；（2）申请\n专利2项。")


def test_without_a_slot_there_is_none() -> None:
    assert _indicators("研究内容：研发样机；申请专利。") == []
