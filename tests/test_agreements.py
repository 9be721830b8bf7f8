"""Every legal basis is found with its title, its date and its kind, once."""

from __future__ import annotations

import pytest

from kg_build.fields.agreements import read_agreements
from tests.making import make_block

Found = list[tuple[str, int | None, str]]


def _agreements(body: str) -> Found:
    return [
        (found.title.value, found.year.value if found.year else None, found.kind)
        for found in read_agreements(make_block(body))
    ]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (
            "《甲乙合作协定》《甲乙会议纪要》",
            [("甲乙合作协定", None, "agreement"), ("甲乙会议纪要", None, "agreement")],
        ),
        (
            "《甲协定》（2009年）、《乙备忘录》(2017)。",
            [("甲协定", 2009, "agreement"), ("乙备忘录", 2017, "agreement")],
        ),
        ("《甲协定》，2011年5月签署；《乙议定书》", [("甲协定", 2011, "agreement"), ("乙议定书", None, "agreement")]),
        ("2018年签署的《甲乙谅解备忘录》", [("甲乙谅解备忘录", 2018, "agreement")]),
        ("于2019年6月签署的《甲协定》", [("甲协定", 2019, "agreement")]),
        ("2019年11月7日，双方签署《甲协定》。", [("甲协定", 2019, "agreement")]),
        ("2017年甲乙两国科技部签署的《甲协定》", [("甲协定", 2017, "agreement")]),
        ("《甲协定》（2018年11月8日于某地签署）", [("甲协定", 2018, "agreement")]),
        (
            "《甲协定》（签署于2017年）、《乙协定》（2018.6）",
            [("甲协定", 2017, "agreement"), ("乙协定", 2018, "agreement")],
        ),
        ("《甲协定》，签署时间：2018年9月。", [("甲协定", 2018, "agreement")]),
        ("《甲协定》（1995年签署，2015年修订）。", [("甲协定", 1995, "agreement")]),
        ("《甲协定》2018年；《乙协定》。", [("甲协定", 2018, "agreement"), ("乙协定", None, "agreement")]),
        (
            "《甲协定》，自2018年起生效，下设《乙计划》（2020—2022年）。",
            [("甲协定", None, "agreement"), ("乙计划", None, "agreement")],
        ),
        ("《甲规划（2016—2025年）》（2016年）", [("甲规划（2016—2025年）", 2016, "agreement")]),
        ("《甲乙路线图2018-2022》。", [("甲乙路线图2018-2022", None, "agreement")]),
        ("《某组织战略规划（2016—2025年）》（简称：某规划）", [("某组织战略规划（2016—2025年）", None, "agreement")]),
        ("《甲部与乙部“智能制造”联合声明》", [("甲部与乙部“智能制造”联合声明", None, "agreement")]),
    ],
)
def test_titles_stand_alone_with_the_year_beside_them(said: str, found: Found) -> None:
    assert _agreements(f"合作协议：{said}") == found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("《甲协定》、某部国际合作司与某国驻华大使馆外交换文。", ["甲协定", "某部国际合作司与某国驻华大使馆外交换文"]),
        (
            "甲国与乙国联委会第三次会议纪要、甲国与乙国科技合作协定。",
            ["甲国与乙国联委会第三次会议纪要", "甲国与乙国科技合作协定"],
        ),
        ("某部与某国教育、科学部谅解备忘录", ["某部与某国教育、科学部谅解备忘录"]),
        ("双方领导人共识", []),
        ("甲乙科技合作联委会第三次会议共识。", ["甲乙科技合作联委会第三次会议共识"]),
        ("某部与某委联合资助机制（CFM）换文（2021年）。", ["某部与某委联合资助机制（CFM）换文"]),
        ("《甲协定》及2019年续签的补充合作协议。", ["甲协定", "补充合作协议"]),
        (
            "甲部与乙部关于某中心的行政安排、甲乙混委会成果清单",
            ["甲部与乙部关于某中心的行政安排", "甲乙混委会成果清单"],
        ),
        (
            "甲国某部与乙国科学、技术与高等教育部谅解备忘录（2020年9月）",
            ["甲国某部与乙国科学、技术与高等教育部谅解备忘录"],
        ),
    ],
)
def test_named_instruments_need_no_title_marks(said: str, found: list[str]) -> None:
    assert [title for title, _, _ in _agreements(f"合作协议：{said}")] == found


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("外交倡议：落实习近平总书记关于“共建十个实验室”的重要倡议。", "共建十个实验室"),
        ('外交承诺：李克强总理提出的"开展青年交流"倡议。', "开展青年交流"),
        ("外交倡议：落实“实施技术示范”的外交承诺。", "实施技术示范"),
        ("合作协议：习近平主席提出的全球发展倡议", "全球发展倡议"),
        ("外交倡议：“启动某某科技伙伴计划”。", "启动某某科技伙伴计划"),
        ("外交倡议：我国领导人在某峰会上提出的“共建蓝色伙伴关系”的倡议。", "共建蓝色伙伴关系"),
        ("外交承诺：国务院总理宣布的“实施百项减贫示范”举措。", "实施百项减贫示范"),
    ],
)
def test_an_initiative_is_titled_by_its_own_words(body: str, title: str) -> None:
    assert _agreements(body) == [(title, None, "initiative")]


def test_a_title_said_twice_is_one_agreement_and_keeps_its_year() -> None:
    body = "合作协议：《中法合作协定》\n其他要求：根据2014年《中法合作协定》，双方各自投入。"
    assert _agreements(body) == [("中法合作协定", 2014, "agreement")]


@pytest.mark.parametrize(
    "body",
    [
        "其他要求：须遵守《人类遗传资源管理条例》。",
        "其他要求：填写《项目申报书》，签署合作协议。",
        "考核指标：履行《某某公约》国家报告。",
        "合作协议：《没有收尾的标题",
    ],
)
def test_laws_forms_and_broken_titles_are_none(body: str) -> None:
    assert _agreements(body) == []


def test_a_basis_in_the_conditions_counts() -> None:
    assert _agreements("其他要求：依据《中国和某国科技合作协定》执行。") == [
        ("中国和某国科技合作协定", None, "agreement")
    ]
    assert _agreements("其他要求：按照《项目申报指南》和《中意科技合作执行计划》申报。") == [
        ("中意科技合作执行计划", None, "agreement")
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (
            "根据中国与秘鲁科技合作联委会第三次会议纪要精神，双方征集。",
            [("中国与秘鲁科技合作联委会第三次会议纪要", None, "agreement")],
        ),
        (
            "本方向旨在落实2018年5月中国科技部同秘鲁教育部签署的合作谅解备忘录，联合征集。",
            [("合作谅解备忘录", 2018, "agreement")],
        ),
        (
            "本专题以中国政府与秘鲁政府科技合作协定（二〇一八年）为基础。",
            [("中国政府与秘鲁政府科技合作协定", 2018, "agreement")],
        ),
        (
            "合作依据为中国科技部与秘鲁生产部2021年签署的《关于联合资助的谅解备忘录》。",
            [("关于联合资助的谅解备忘录", 2021, "agreement")],
        ),
        ("双方根据共同签署的合作协议分别资助。", []),
        ("基于中国与秘鲁在农业领域的合作计划，开展研究。", []),
        ("依据《中国科学院项目管理办法》执行。", []),
    ],
)
def test_a_basis_in_prose_counts_where_states_or_their_bodies_agreed(body: str, found: Found) -> None:
    assert _agreements(f"{body}\n拟支持项目数：2项。") == found


def test_a_year_in_chinese_numerals_is_a_year() -> None:
    assert _agreements("合作协议：《甲协定》（二〇一八年）、二○一九年签署的《乙协定》。") == [
        ("甲协定", 2018, "agreement"),
        ("乙协定", 2019, "agreement"),
    ]


def test_the_evidence_of_a_title_is_the_title() -> None:
    block = make_block("合作协议：《中法合作协定》（2009年）")
    agreement = read_agreements(block)[0]
    assert block.say(agreement.title.span) == "中法合作协定"
    assert agreement.year is not None
    assert block.say(agreement.year.span) == "2009"
