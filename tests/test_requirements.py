"""Conditions of application are read by meaning: what is demanded, of whom, and what is only hoped or encouraged."""

from __future__ import annotations

import pytest

from kg_build.fields.requirements import read_call_requirements, read_requirements
from kg_build.records import Requirement
from kg_build.rules import read_rulebook
from kg_build.sections import split_sections
from kg_build.slots import read_margins
from tests.making import make_block, make_text

Codes = dict[str, object]


def codes(requirements: tuple[Requirement, ...]) -> Codes:
    return {each.code.value: each.value and each.value.value for each in requirements}


def read(conditions: str) -> Codes:
    return codes(read_requirements(make_block("其他要求：" + conditions)))


DEMANDS = {
    "双方须分别向本国主管部门递交申请材料。": "dual-submission",
    "中法合作单位应同时向各自国家的征集部门提交申请。": "dual-submission",
    "单方提交的申请无效。": "dual-submission",
    "中方申报单位与泰方单位须同时申报。": "dual-submission",
    "泰方合作单位须同时向泰国国家研究署提交申请。": "dual-submission",
    "项目必须由企业牵头申报。": "enterprise-lead",
    "中方牵头单位应为在境内注册的企业法人。": "enterprise-lead",
    "中泰双方均须由企业牵头。": "enterprise-lead",
    "泰方须由企业牵头。": "foreign-enterprise-lead",
    "外方牵头单位必须为企业。": "foreign-enterprise-lead",
    "中方团队中至少包括1家企业。": "enterprise-participation",
    "项目须有企业参与。": "enterprise-participation",
    "应有产业界参与。": "enterprise-participation",
    "申报单位须为高校或科研院所。": "academic-lead",
    "项目应由大学或研究机构牵头申报。": "academic-lead",
    "法方合作单位仅限公立大学。": "partner-eligibility",
    "外方合作机构须为在本国注册的科研院所。": "partner-eligibility",
    "外方团队应来自某组织的成员国。": "partner-eligibility",
    "项目按“2+2”模式组织申报。": "two-plus-two",
    "双方采取2+2方式合作。": "two-plus-two",
    "双方合作单位须签署知识产权协议。": "ip-agreement",
    "应事先明确约定知识产权归属。": "ip-agreement",
    "双方应签署合作协议。": "cooperation-agreement",
    "申报时须提交外方签署的合作意向书。": "cooperation-agreement",
    "双方投入应大致相当。": "balanced-contribution",
    "中外各方的工作量要基本平衡。": "balanced-contribution",
    "须提交双方共同签字的联合申报书。": "joint-application-form",
    "中方单位还须填写英文申请表并交外方提交。": "joint-application-form",
    "双方申报书的题目、负责人和执行期必须一致。": "identical-application",
    "两国提交的申请应有相同的英文标题。": "identical-application",
    "须提供合作国政府部门出具的支持函。": "government-endorsement",
    "应附外方主管部门的认可文件。": "government-endorsement",
    "中方申报单位须为地平线欧洲项目的正式参与方。": "framework-participation",
    "申请人应已获得尤里卡计划立项。": "framework-participation",
    "须由中国、埃及、法国至少各1家单位共同申报。": "trilateral",
    "三国单位须联合申请。": "trilateral",
    "每个项目应由三国各至少一家单位承担。": "trilateral",
    "参加单位应包括第三方检测机构。": "required-participant-type",
    "团队须有经济学研究人员参与。": "required-participant-type",
    "牵头单位应拥有相关技术的核心知识产权。": "core-ip",
    "申报单位须持有核心专利。": "core-ip",
    "涉及人体试验的，须通过伦理审查。": "licence",
    "样本保藏机构应具备相应许可。": "licence",
    "项目数据须汇交至国家科学数据中心。": "data-submission",
    "结题时应向国家平台汇交数据。": "data-submission",
    "研究成果应提交给组织秘书处。": "data-submission",
    "申请时须附数据管理计划。": "data-management-plan",
    "每个项目必须制定数据管理方案。": "data-management-plan",
    "须安排双方人员互访。": "exchange-plan",
    "鼓励青年学者短期交流。": "exchange-plan",
    "应考虑性别因素。": "gender-dimension",
    "鼓励女性科学家牵头。": "gender-dimension",
    "鼓励产学研用联合申报。": "encourage-industry-academia",
    "鼓励高校与企业共同申请。": "encourage-industry-academia",
    "鼓励企业参与。": "encourage-enterprise",
    "本方向鼓励由企业牵头。": "encourage-enterprise",
    "鼓励中小企业申报。": "encourage-sme",
    "欢迎小微企业参加。": "encourage-sme",
    "鼓励青年科研人员参与。": "encourage-young",
    "支持40岁以下青年学者申报。": "encourage-young",
}


@pytest.mark.parametrize("conditions", DEMANDS)
def test_each_code_is_read_in_more_than_one_wording(conditions: str) -> None:
    assert DEMANDS[conditions] in read(conditions)


def test_every_code_that_cards_can_give_is_tried() -> None:
    given = {rule.concept for rule in read_rulebook().rules("Requirement")}
    assert given - set(DEMANDS.values()) == {"matching-funds", "min-consortium"}
    assert len(DEMANDS) >= 50


@pytest.mark.parametrize(
    ("conditions", "want"),
    [
        ("配套经费与国拨经费的比例不低于2:1。", "2:1"),
        ("国拨经费与自筹经费的比例不高于1:3。", "3:1"),
        ("参与企业应提供不少于政府资助等额的配套资金。", "1:1"),
        ("企业须按1：1的比例配套。", "1:1"),
        ("自筹经费不低于国拨经费的2倍。", "2:1"),
        ("如有企业参与，企业应提供配套出资。", None),
        ("企业牵头的，其他经费（含地方财政经费、单位出资等）与国拨经费比例不低于2：1。", "2:1"),
        ("配套比例不得低于1.5:1。", "1.5:1"),
        ("牵头企业须自筹研发经费。", None),
    ],
)
def test_own_money_is_told_with_its_ratio(conditions: str, want: str | None) -> None:
    assert read(conditions) == {"matching-funds": want}


@pytest.mark.parametrize(
    ("conditions", "want"),
    [("应包括3家及以上中方参与单位。", 3), ("中方参与单位不少于两家。", 2), ("须由至少4家国内单位联合申报。", 4)],
)
def test_a_consortium_has_its_least_number(conditions: str, want: int) -> None:
    assert read(conditions) == {"min-consortium": want}


def test_one_chinese_unit_is_no_consortium_and_a_cap_is_none() -> None:
    assert "min-consortium" not in read("须有至少1家中方单位。")
    assert read("中方参与单位不超过8家。") == {"max-chinese-participants": 8}


@pytest.mark.parametrize(
    "conditions",
    [
        "不要求配套出资。",
        "对配套经费不作要求。",
        "预申报阶段泰方合作单位不需申报。",
        "进入答辩后，外方合作单位须向本国主管部门提交申请。",
        "企业仅可作为项目参与单位。",
        "旨在支持产学研结合的重大合作。",
        "支持有产业应用潜力、尤其是企业深入参与的项目。",
        "双方应优势互补、平等互利，有深厚合作基础。",
        "优先支持有港澳机构参与的项目。",
        "具备某项资质的平台优先。",
        "鼓励企业早期参与标准化活动。",
        "须有1个国（境）外单位参与。",
        "若由企业牵头，请予说明。",
        "牵头单位应为科研院所、高等学校和企业等法人单位。",
        "中方单位须提交框架项目申请书的英文版。",
        "牵头单位无需为企业。",
        "外方合作单位应具有良好声誉。",
        "境外合作机构应为国际知名大学或科研机构。",
        "企业参与并非必须。",
        "鼓励企业参与标准制定。",
    ],
)
def test_negations_hopes_praise_and_preferences_are_none(conditions: str) -> None:
    assert read(conditions) == {}


def test_an_encouragement_reaches_over_the_comma_and_never_becomes_a_demand() -> None:
    assert read("鼓励企业牵头，产学研联合申报。").keys() == {"encourage-enterprise", "encourage-industry-academia"}
    assert read("为鼓励产学研结合，项目采取2+2模式。").keys() == {"encourage-industry-academia", "two-plus-two"}


def test_the_two_plus_two_model_implies_no_participation_of_its_own() -> None:
    assert read("采取“2+2”模式，即双方各至少有一家大学和一家企业参与。").keys() == {"two-plus-two"}


def test_a_document_on_ip_alone_is_no_cooperation_agreement() -> None:
    assert read("双方应提交知识产权协议。").keys() == {"ip-agreement"}
    both = read("双方应签署合作协议或意向书，其中须含知识产权条款。")
    assert both.keys() == {"cooperation-agreement", "ip-agreement"}
    assert read("须签订含知识产权条款的合作协议。").keys() == both.keys()


def test_among_indicators_only_sentences_on_applicants_are_conditions() -> None:
    body = (
        "研究内容：合作签署协议，鼓励应用。考核指标：——发布数据管理计划1份；——开发系统1套。本方向鼓励产学研联合申报。"
    )
    assert codes(read_requirements(make_block(body))).keys() == {"encourage-industry-academia"}
    body = "考核指标：——至少有2个国家参与，并有法律专家参与；——与企业联合申请专利3项。"
    assert "required-participant-type" in codes(read_requirements(make_block(body)))
    assert "enterprise-participation" not in codes(read_requirements(make_block(body)))


def test_the_evidence_is_the_clause_that_says_it() -> None:
    block = make_block("其他要求：1）项目执行期3年；2）双方须签署合作协议，鼓励青年参加。")
    said = {each.code.value: block.say(each.code.span) for each in read_requirements(block)}
    assert said == {"cooperation-agreement": "双方须签署合作协议", "encourage-young": "鼓励青年参加"}


def test_each_code_is_given_once() -> None:
    found = read_requirements(
        make_block("其他要求：双方须分别向本国部门提交申请，单方申请无效；企业应配套，配套比例为1:1。")
    )
    assert [each.code.value for each in found] == ["dual-submission", "matching-funds"]
    assert found[1].value is not None
    assert found[1].value.value == "1:1"


def test_the_call_gives_rules_but_not_its_praise() -> None:
    preamble = (
        "某专项2020年度项目申报指南\n坚持优势互补，促进企业深度参与合作，推动人员交流。鼓励产学研用合作。"
        "双方需签订合作协议。中方参与单位总数不超过10家。"
    )
    text = make_text(preamble + "\n1.1 中国和某国联合研究项目\n其他要求：鼓励中小企业申报。\n")
    margins = read_margins(text, split_sections(text, read_rulebook()), read_rulebook())
    assert codes(read_call_requirements(margins)) == {
        "encourage-industry-academia": None,
        "cooperation-agreement": None,
        "max-chinese-participants": 10,
    }
