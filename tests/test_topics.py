"""What a direction is about is split as a careful reader would."""

from __future__ import annotations

import pytest

from kg_build.fields.topics import read_open_topic, read_topics
from tests.making import make_block


def _topics(said: str) -> list[tuple[str, list[str]]]:
    return [
        (topic.title.value, [part.value for part in topic.subtopics])
        for topic in read_topics(make_block(f"领域方向：{said}\n拟支持项目数：1个。"))
    ]


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("新材料、信息通信和生命科学（含生物技术）。", [("新材料", []), ("信息通信", []), ("生命科学", ["生物技术"])]),
        ("农业、计量和标准能力建设。", [("农业", []), ("计量和标准能力建设", [])]),
        ("物种、气候变化和卫生的相互影响。", [("物种、气候变化和卫生的相互影响", [])]),
        ("新材料和制造；采矿和冶金。", [("新材料和制造", []), ("采矿和冶金", [])]),
        ("农业、交通、防灾等领域。", [("农业", []), ("交通", []), ("防灾", [])]),
        ("重点支持农业、交通。", [("农业", []), ("交通", [])]),
        ("观测技术，包括：浮标、潜标和航标。", [("观测技术", ["浮标", "潜标", "航标"])]),
        ("城市更新技术包括节能、供热。", [("城市更新技术", ["节能", "供热"])]),
        ("双方优先领域包括：能源、交通。", [("能源", []), ("交通", [])]),
        ("海洋，包括渔业、深海；能源。", [("海洋", ["渔业", "深海"]), ("能源", [])]),
        ("环境（包括但不限于城镇化、气候等）。", [("环境", ["城镇化", "气候"])]),
        ("医学研究（包括中医药）（重点支持抗疫）；交通。", [("医学研究（重点支持抗疫）", ["中医药"]), ("交通", [])]),
        ("清洁热电（包括捕集、封存，发电安全）。", [("清洁热电", ["捕集、封存", "发电安全"])]),
        ("教育（信息技术在教育中的应用）、交通。", [("教育（信息技术在教育中的应用）", []), ("交通", [])]),
    ],
)
def test_sentences_are_split_at_the_highest_separator(said: str, topics: list[tuple[str, list[str]]]) -> None:
    assert _topics(said) == topics


@pytest.mark.parametrize(
    ("said", "topics"),
    [
        ("\n1. 医疗器械；\n2. 农业适应性研究。", [("医疗器械", []), ("农业适应性研究", [])]),
        ("\n1. 清洁技术，包括环境、能源或水处理；\n2. 材料", [("清洁技术", ["环境", "能源", "水处理"]), ("材料", [])]),
        (
            "\n1. 网络：5G技术、光通信（含器件）、数据等。\n2. 交通",
            [("网络", ["5G技术", "光通信（含器件）", "数据"]), ("交通", [])],
        ),
        ("\n1. 抗性研究。\n（1）监测方法；\n（2）干预。\n2. 水", [("抗性研究", ["监测方法", "干预"]), ("水", [])]),
        (
            "\n（一）能源领域\n包括但不限于：\n1. 电网\n（1）储能；\n（2）配网。\n2. 制造\n（二）出行\n1. 服务：研究接口",
            [("能源领域", ["电网", "制造"]), ("出行", ["服务"])],
        ),
        (
            "\n1. 控制技术研究。\n研发调度技术，减少损失。\n研究内容包括：预报；算法。\n2. 社区。",
            [("控制技术研究", []), ("社区", [])],
        ),
        (
            "\n1. 数字化：大数据、机器人等技术应用增加。具体可聚焦于矿业、电站等。\n2. 水",
            [("数字化", ["矿业", "电站"]), ("水", [])],
        ),
        ("\n1. 服务：内容技术、机器人等将带来变革。\n2. 水", [("服务", ["内容技术", "机器人"]), ("水", [])]),
        (
            "\n1. 医学：中医药；癌症、脑病等重大疾病防治。\n2. 水",
            [("医学", ["中医药", "癌症、脑病等重大疾病防治"]), ("水", [])],
        ),
    ],
)
def test_lists_give_topics_and_their_parts(said: str, topics: list[tuple[str, list[str]]]) -> None:
    assert _topics(said) == topics


def test_targets_behind_the_topics_are_no_topics() -> None:
    block = make_block("支持方向：预警、溯源、核算。\n考核指标：\n——不短于72小时；\n——浮标6套。\n资助规模：6个项目。")
    assert [topic.title.value for topic in read_topics(block)] == ["预警", "溯源", "核算"]


@pytest.mark.parametrize("said", ["领域不限。鼓励疫苗研发。", "不限领域。"])
def test_an_open_field_is_a_fact_of_its_own(said: str) -> None:
    block = make_block(f"领域方向：{said}")
    found = read_open_topic(block)
    assert found is not None
    assert block.say(found.span) in said
    assert read_topics(block) == ()


def test_a_direction_without_the_slot_has_no_topics() -> None:
    block = make_block("研究内容：水、能源。")
    assert (read_topics(block), read_open_topic(block)) == ((), None)
