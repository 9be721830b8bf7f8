"""The bodies on both sides are found as written, each once, in the fullest spelling."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from kg_build.fields.agencies import read_agencies
from ontology.vocabulary import FOLDER, read_vocabulary
from tests.making import make_block


def _agencies(body: str) -> list[str]:
    return [agency.value for agency in read_agencies(make_block(body))]


@pytest.mark.parametrize(
    ("title", "agencies"),
    [
        ("中国科技部与以色列创新署关于项目的会议纪要", ["科学技术部", "以色列创新署"]),
        ("中国科技部国际合作司—日本理化学研究所合作备忘录", ["科学技术部国际合作司", "日本理化学研究所"]),
        ("科学技术部与挪威王国教育、科研与创新部关于人才的协议", ["科学技术部", "挪威王国教育、科研与创新部"]),
        ("科技部和西班牙王国科学和创新部谅解备忘录", ["科学技术部", "西班牙王国科学和创新部"]),
        ("中国科技部与德国联邦教育与研究部“制造”创新合作声明", ["科学技术部", "德国联邦教育与研究部"]),
        ("科技部与地球观测组织谅解备忘录", ["科学技术部", "地球观测组织"]),
        (
            "中国科技部和丹麦高等教育与科学部、丹麦创新基金会关于能源的协议",
            ["科学技术部", "丹麦高等教育与科学部", "丹麦创新基金会"],
        ),
        ("科技部与意大利外交与国际合作部关于交流的安排", ["科学技术部", "意大利外交与国际合作部"]),
        (
            "科技部与阿拉伯联合酋长国工业和先进技术部关于合作的备忘录",
            ["科学技术部", "阿拉伯联合酋长国工业和先进技术部"],
        ),
        ("中国科技部与欧盟委员会研究与创新总司关于资助的安排", ["科学技术部", "欧盟委员会研究与创新总司"]),
        ("国家自然科学基金委员会与秘鲁科技部合作协议", ["国家自然科学基金委员会", "秘鲁科技部"]),
        ("中华人民共和国政府和智利共和国政府科技合作协定", []),
        ("中韩科技合作联委会第3次会议纪要", []),
        ("中国和秘鲁共和国科学技术合作委员会例会议定书", []),
        ("中国—比利时—南非关于征集项目的协议", []),
        (
            "生态环境部和德意志联邦共和国联邦环境、自然保护和核安全部环境合作备忘录",
            ["生态环境部", "德意志联邦共和国联邦环境、自然保护和核安全部"],
        ),
        ("科技部与中国气象局、世界气象组织三方协议", ["科学技术部", "中国气象局", "世界气象组织"]),
        (
            "科技部、商务部与澳大利亚工业、科学和资源部关于联合研究中心的安排",
            ["科学技术部", "商务部", "澳大利亚工业、科学和资源部"],
        ),
        ("国家能源局与国际可再生能源署谅解备忘录", ["国家能源局", "国际可再生能源署"]),
        ("中国科学院与智利大学合作框架协议", ["中国科学院", "智利大学"]),
        ("科技部与塞尔维亚教育、科学和技术发展部备忘录", ["科学技术部", "塞尔维亚教育、科学和技术发展部"]),
        ("广东省科技厅与以色列创新署合作协议", ["广东省科技厅", "以色列创新署"]),
        ("科技部与金砖国家科技创新指导委员会合作文件", ["科学技术部"]),
    ],
)
def test_the_parties_of_an_agreement_count_whatever_their_kind(title: str, agencies: list[str]) -> None:
    assert _agencies(f"合作协议：《{title}》") == agencies


@pytest.mark.parametrize(
    ("said", "agencies"),
    [
        ("缅方向缅甸教育部申报。", ["缅甸教育部"]),
        ("奥方主管部门为奥地利联邦教育、科学和研究部，联系人见下。", ["奥地利联邦教育、科学和研究部"]),
        ("分别向中国科技部与秘鲁国家研究理事会提交申请。", ["科学技术部", "秘鲁国家研究理事会"]),
        ("外方联系人：蒙古教育部科技政策司官员，电话1。", ["蒙古教育部科技政策司"]),
        ("成果提交至GEO中国秘书处。", ["GEO中国秘书处"]),
        ("外方联系人：国家创新评估署，Anna。", ["国家创新评估署"]),
        ("由埃及高等教育与科研部资助。", ["埃及高等教育与科研部"]),
        ("数据的提供按国务院台湾事务办公室的规定办理。", ["国务院台湾事务办公室"]),
        ("名单报国家矿山安全监察局备案。", ["国家矿山安全监察局"]),
        ("须取得国家药品监督管理局批准，并向应急管理部报告。", ["国家药品监督管理局", "应急管理部"]),
        ("报国务院学位委员会办公室备案。", ["国务院学位委员会办公室"]),
        ("经江苏省科学技术厅推荐、上海市科学技术委员会审核。", ["江苏省科学技术厅", "上海市科学技术委员会"]),
        ("由中国驻英国大使馆和英国驻华大使馆协调。", ["中国驻英国大使馆", "英国驻华大使馆"]),
        ("由国家卫健委、国家中医药局批准。", ["国家卫健委", "国家中医药局"]),
        ("哥伦比亚国家灾害管理局负责外方。", ["哥伦比亚国家灾害管理局"]),
        ("由爱尔兰科学基金会（SFI）和北爱尔兰经济部征集。", ["爱尔兰科学基金会", "北爱尔兰经济部"]),
        ("联系人：芬兰科学院、冰岛研究中心、波兰国家科学中心。", ["芬兰科学院", "冰岛研究中心", "波兰国家科学中心"]),
        ("提交联合国教科文组织政府间海洋学委员会秘书处。", ["联合国教科文组织政府间海洋学委员会秘书处"]),
        ("由捷克教育、青年和体育部以及捷克科学基金会资助。", ["捷克教育、青年和体育部", "捷克科学基金会"]),
        (
            "联系人：张三（均为安河省经济、创新与能源部），数据须提交ABCO秘书处。",
            ["安河省经济、创新与能源部", "ABCO秘书处"],
        ),
        ("外方向本国国家科学委员会或国家科研管理部门提交。", []),
        ("提交至国家气象科学数据中心，全国各地单位、中央企业均可申报。", []),
        ("由国家有关主管部门批准，经国家机关同意。", []),
        ("须向本国科技部门和主管部门提交，通过驻华使馆照会我部。", []),
        ("挪威环境能源研究中心成员单位和越南某大学均可参加。", []),
        ("外方联系人：台湾工业技术研究院张三。", []),
        ("对参加欧盟计划的单位，由牵头部门协商。", []),
    ],
)
def test_in_conditions_only_public_bodies_with_a_name_count(said: str, agencies: list[str]) -> None:
    assert _agencies(f"其他要求：{said}") == agencies


@pytest.mark.parametrize(
    ("title", "condition", "agencies"),
    [
        (
            "科技部与奥地利共和国联邦教育、科学和研究部关于交流的备忘录",
            "奥方主管部门为奥地利联邦教育、科学和研究部。",
            ["科学技术部", "奥地利共和国联邦教育、科学和研究部"],
        ),
        (
            "科技部与澳门特别行政区科学技术发展基金关于项目的协议",
            "澳门方联系方式：澳门科学技术发展基金李四。",
            ["科学技术部", "澳门特别行政区科学技术发展基金"],
        ),
        ("科技部与秘鲁共和国生产部关于渔业的协议", "向秘鲁生产部提交科技部。", ["科学技术部", "秘鲁共和国生产部"]),
    ],
)
def test_two_spellings_are_one_body_in_the_fuller_one(title: str, condition: str, agencies: list[str]) -> None:
    assert _agencies(f"合作协议：《{title}》\n其他要求：{condition}") == agencies


def test_bodies_in_the_content_and_the_targets_do_not_count() -> None:
    assert _agencies("研究内容：支持韩国研究财团。\n考核指标：获得美国能源部认可。") == []


def test_bodies_that_signed_a_basis_in_prose_and_conditions_behind_a_quota_count() -> None:
    signed = "根据2019年中国科技部与秘鲁科学基金会签署的《联合资助协议》，与韩国研究财团的团队合作。\n领域方向：水。"
    assert _agencies(signed) == ["科学技术部", "秘鲁科学基金会"]
    quota = "领域方向：水。\n拟支持项目数：2项。外方由秘鲁驻华大使馆负责答疑。"
    assert _agencies(quota) == ["秘鲁驻华大使馆"]


def test_the_department_does_not_imply_the_ministry() -> None:
    assert _agencies("合作协议：科技部国际合作司与日本驻华大使馆外交换文。") == [
        "科学技术部国际合作司",
        "日本驻华大使馆",
    ]


def test_the_registry_is_sound() -> None:
    concepts = read_vocabulary().concepts("agencies")
    assert len(concepts) > 150
    assert all(concept.zh and concept.en for concept in concepts)
    labels = Counter(label.text for concept in concepts for label in concept.labels)
    assert [text for text, times in labels.items() if times > 1] == []
    partners = {concept.iri for concept in read_vocabulary().concepts("partners")}
    country = ox.NamedNode(read_vocabulary().term("zn:country"))
    quads = ox.parse(path=str(FOLDER / "schemes" / "agencies.ttl"), format=ox.RdfFormat.TURTLE)
    countries = [quad for quad in quads if quad.predicate == country]
    assert {str(getattr(quad.object, "value", "")) for quad in countries} <= partners
    of_a_country = {str(getattr(quad.subject, "value", "")) for quad in countries}
    assert {concept.zh for concept in concepts if concept.iri not in of_a_country} == {"地球观测组织"}
