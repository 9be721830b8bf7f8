"""What a call says of itself is read from its title and preamble, not from what it says of each direction."""

from __future__ import annotations

import pytest

from kg_build.fields.calls import read_call_facts
from kg_build.records import Call, to_records
from kg_build.rules import read_rulebook
from kg_build.sections import split_sections
from kg_build.slots import read_margins
from tests.making import make_text

FINAL = """附件1

“海外合作”重点专项 2023年度第二批项目申报指南

（仅注册用户可见）
2023年第二批项目将设立十二个指南方向，支持与9个国家、地区开展合作，项目任务数100项左右，
国拨经费总概算3.5亿元。每个项目实施周期一般为2～3年。中方参与单位总数不超过8家。
1. 农业领域
1.1 甲作物研究
研究内容：选育。
2. 能源
2.1 乙电池研究
研究内容：储能。
"""
PROPOSAL = """国家重点研发计划海外合作/港澳合作重点专项 2020年度项目申报指南建议
部署30个优先研究方向。每个指南方向拟支持项目数为1~2项，每个方向经费不超过100万元。
1.1 甲作物研究
研究内容：选育。
"""
DRAFT = """“海外合作”重点专项项目申报指南(征求意见稿)
本专项2024年度拟支持约5个项目。企业自筹经费不低于1亿元。
1.1 甲作物研究
研究内容：选育。
"""


def _read(raw: str) -> Call:
    text = make_text(raw)
    root = split_sections(text, read_rulebook())
    return read_call_facts(text, root, read_margins(text, root, read_rulebook()))


def test_a_final_call_says_all_of_itself() -> None:
    record = to_records(_read(FINAL))[0]
    assert record["title"] == "“海外合作”重点专项2023年度第二批项目申报指南"
    assert record["programmes"] == ["海外合作"]
    assert (record["year"], record["batch"], record["stage"]) == (2023, 2, "final")
    assert (record["stated_directions"], record["stated_partners"]) == (12, 9)
    assert record["projects"] == {"min": 100, "max": 100}
    assert record["budget_cny"] == {"min": 350_000_000, "max": 350_000_000}
    assert record["duration_years"] == {"min": 2, "max": 3}
    assert record["max_chinese_participants"] == 8
    assert record["sections"] == [{"number": "1", "title": "农业"}, {"number": "2", "title": "能源"}]


def test_a_proposal_of_a_joint_programme_names_both_programmes() -> None:
    record = to_records(_read(PROPOSAL))[0]
    assert record["title"] == "国家重点研发计划海外合作/港澳合作重点专项2020年度项目申报指南建议"
    assert record["programmes"] == ["海外合作", "港澳合作"]
    assert (record["year"], record["batch"], record["stage"]) == (2020, None, "proposal")


def test_what_is_for_each_direction_is_not_the_calls() -> None:
    record = to_records(_read(PROPOSAL))[0]
    assert record["stated_directions"] == 30
    assert record["projects"] is None
    assert record["budget_cny"] is None
    assert record["sections"] == []


def test_a_draft_takes_its_year_from_the_preamble_and_no_money_of_companies() -> None:
    record = to_records(_read(DRAFT))[0]
    assert record["title"] == "“海外合作”重点专项项目申报指南(征求意见稿)"
    assert (record["year"], record["stage"]) == (2024, "draft")
    assert record["projects"] == {"min": 5, "max": 5}
    assert record["budget_cny"] is None


@pytest.mark.parametrize(
    ("said", "partners"),
    [
        ("我国已同97个国家和地区建立科技合作关系。本批项目涉及8个国家和国际组织。", 8),
        ("我国与97个国家签署了科技合作协定。", None),
        ("支持与9个国家开展科技合作。", 9),
    ],
)
def test_partners_of_the_past_are_not_the_calls(said: str, partners: int | None) -> None:
    call = _read(f"“海外合作”重点专项2024年度项目申报指南\n{said}\n1.1 甲作物研究\n研究内容：选育。\n")
    assert (call.stated_partners.value if call.stated_partners else None) == partners


def test_each_fact_is_quoted() -> None:
    text = make_text(FINAL)
    call = _read(FINAL)
    assert call.title is not None
    assert text.text[call.title.span.start : call.title.span.end] == call.title.value
    assert call.budget_cny is not None
    assert text.text[call.budget_cny.span.start : call.budget_cny.span.end] == "3.5亿元"
    assert call.stated_directions is not None
    assert text.text[call.stated_directions.span.start : call.stated_directions.span.end] == "十二个指南方向"


def test_a_text_without_preamble_has_no_facts() -> None:
    call = _read("1.1 甲作物研究\n研究内容：选育。\n")
    assert call.title is None
    assert call.stage is None


NOTICE = """科技部关于发布国家重点研发计划“生物制造”等2个重点专项2021年度项目申报指南的通知
各有关单位：现将“生物制造”“先进计算”2个重点专项2021年度项目申报指南印发你们。
申报事项通知如下。
"""


def test_a_notice_names_all_the_programmes_that_it_forwards() -> None:
    call = _read(NOTICE)
    assert call.title is not None
    assert call.title.value.endswith("项目申报指南的通知")
    assert [name.value for name in call.programmes] == ["生物制造", "先进计算"]
    assert call.year is not None
    assert call.year.value == 2021


@pytest.mark.parametrize(
    "names",
    ["“海外合作”“港澳合作”重点专项", "“海外合作”和“港澳合作”重点专项", "“海外合作”重点专项、“港澳合作”重点专项"],
)
def test_a_title_that_names_two_programmes_has_both(names: str) -> None:
    call = _read(f"{names}2030年度项目申报指南\n一、总体目标\n1.1 甲作物研究\n研究内容：选育。\n")
    assert [name.value for name in call.programmes] == ["海外合作", "港澳合作"]


def test_a_batch_in_a_bracket_belongs_to_the_title() -> None:
    call = _read(
        "2030年度科学基金合作项目指南（第三批）（征求意见稿）\n为落实共识，与甲国、乙国等12个国家合作。\n1.1 甲作物研究\n研究内容：选育。\n"
    )
    assert call.title is not None
    assert call.title.value == "2030年度科学基金合作项目指南（第三批）（征求意见稿）"
    assert call.batch is not None
    assert call.batch.value == 3
    assert call.stage is not None
    assert call.stage.value == "draft"
    assert call.stated_partners is not None
    assert call.stated_partners.value == 12


@pytest.mark.parametrize(
    ("preamble", "projects", "budget"),
    [
        ("拟安排项目一百一十项左右，国拨经费总概算二亿元。", 110, 200_000_000),
        ("计划资助40项左右，直接费用预算约9000万元。", 40, 90_000_000),
        ("支持项目25项左右，国拨经费总概算1600万元。", 25, 16_000_000),
        ("计划支持项目30项左右，省财政科技经费安排4500万元左右。", 30, 45_000_000),
        ("拟立项60项左右，市级财政科技经费概算约三千八百万元。", 60, 38_000_000),
        ("拟支持项目20项，总经费约6000万元。", 20, 60_000_000),
        ("已累计支持合作项目300余项，计划支持与7个国家开展合作。", None, None),
        ("拟安排6个重点方向，中方参与单位不超过4个，企业自筹经费不低于300万元。", None, None),
    ],
)
def test_projects_and_money_of_a_call_have_many_wordings(
    preamble: str, projects: int | None, budget: int | None
) -> None:
    call = _read(f"“海外合作”重点专项2023年度项目申报指南\n{preamble}\n1.1 甲作物研究\n研究内容：选育。\n")
    assert (call.projects and call.projects.value.min) == projects
    assert (call.budget_cny and call.budget_cny.value.min) == budget
