"""Labels divide a direction, wherever they stand on the line."""

from __future__ import annotations

import re

import pytest

from kg_build.slots import read_subdirections
from tests.making import make_block


def _slots(body: str) -> list[tuple[str, str]]:
    block = make_block(body)
    return [(slot.name, block.text.text[slot.start : slot.end]) for slot in block.slots]


def test_labels_of_several_guides_are_one_slot() -> None:
    assert _slots("合作协议:《甲》。领域方向：水。拟资助项目数：3项。") == _slots(
        "协议依据:《甲》。支持领域：水。拟支持项目数：3项。"
    )


def test_a_label_may_be_glued_to_the_text_before_it() -> None:
    assert _slots("本方向支持示范应用。考核指标:——一套。") == [
        ("lead", "本方向支持示范应用。"),
        ("indicators", "——一套。"),
    ]


def test_conditions_without_a_label_are_a_slot_of_their_own() -> None:
    names = [name for name, _ in _slots("共拟支持经费: 500万元。\n- 1)鼓励企业参与;\n- 2)执行期2年。")]
    assert names == ["budget", "requirements"]


def test_a_word_in_a_sentence_is_no_label() -> None:
    assert [name for name, _ in _slots("其他要求：应包括项目考核指标和“研究内容：”字样。")] == ["requirements"]


def test_contents_nested_in_topics_end_with_their_item() -> None:
    body = "领域方向：\n1. 风电控制。\n研究内容包括：预报。\n预期考核指标：\n（1）一套。\n2. 低碳社区。\n预期考核指标：\n（1）两套。\n拟支持项目数：3个。"
    indicators = [said for name, said in _slots(body) if name == "indicators"]
    assert indicators == ["（1）一套。", "（1）两套。"]


SUBDIRECTIONS = (
    "领域方向:\n(一)数据服务\n1. 接收系统研究内容: 研制。\n考核指标: 一套。\n(二)评估\n2. 评估方法\n研究内容: 评估。\n考核指标: 两套。\n"
    "其他要求：从中选取一个子方向申报。"
)


def test_items_that_are_chosen_among_are_directions() -> None:
    block = make_block(SUBDIRECTIONS)
    found = read_subdirections(block)
    titles = [block.text.text[part.title_span.start : part.title_span.end] for part in found if part.title_span]
    assert [part.number for part in found] == ["1.1.1", "1.1.2"]
    assert titles == ["接收系统", "评估方法"]


def test_items_are_no_directions_where_nobody_says_so() -> None:
    assert read_subdirections(make_block(SUBDIRECTIONS.replace("子方向", "方向"))) == ()


PLAIN = "合作协议：《甲》。\n领域方向：水。\n拟支持项目数：3项。\n其他要求：双方申报。"
LABEL = re.compile(r"(?m)^([\u4e00-\u9fff]{4,6})：(.*)$")


@pytest.mark.parametrize(
    "printed",
    [
        r"【\1】\2",
        r"【\1】：\2",
        r"\1　\2",
        r"\1\t\2",
        r"| \1 | \2 |",
        r"● \1：\2",
        r"（1）\1：\2",
        r"1. \1：\2",
        r"◆\1\n\2",
        r"**\1**\n\2",
    ],
)
def test_labels_may_be_numbered_bracketed_or_in_a_table(printed: str) -> None:
    assert _slots(LABEL.sub(printed, PLAIN)) == _slots(PLAIN)


def test_numbers_before_labels_count_on() -> None:
    numbered = "".join(f"{at}. {line}\n" for at, line in enumerate(PLAIN.split("\n"), 1))
    assert _slots(numbered) == _slots(PLAIN)
