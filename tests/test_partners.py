"""Partners are those with whom, or for whom, the work is done, and nobody else."""

from __future__ import annotations

import pytest

from kg_build.fields.countries import read_min_partner_countries
from kg_build.fields.partners import read_partner_members, read_partners
from tests.making import make_block


def _partners(title: str, body: str = "研究内容：开展研究。") -> list[str]:
    return [partner.value for partner in read_partners(make_block(body, title=title))]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("中国和匈牙利政府间联合研究项目", ["HU"]),
        ("中国—东盟病害防控合作研究", ["ASEAN"]),
        ("中美清洁能源合作项目", ["US"]),
        ("中欧对地观测合作", ["EU"]),
        ("中日韩联合研究项目", ["JP", "KR"]),
        ("内地与香港联合资助项目", ["HK"]),
        ("中国和比利时（瓦隆）政府间项目", ["BE"]),
        ("中国和日本某研究所（RIKEN）联合资助项目", ["JP"]),
        ("面向南部非洲的数据服务研发", ["018"]),
        ("中亚地区“一带一路”国家油气勘探研究", ["143", "BRI"]),
        ("参与国际大洋发现计划（IODP）合作研究", ["IODP"]),
        ("平方公里阵列射电望远镜（SKA）专项", ["SKA"]),
        ("中国—中东欧国家（CEEC）科技创新合作项目", ["CEEC"]),
        ("中国与上海合作组织成员国农业合作", ["SCO"]),
        ("上合组织（SCO）技术转移合作", ["SCO"]),
        ("金砖国家（BRICS）框架计划联合研究", ["BRICS"]),
        ("亚太经合组织（APEC）能效合作项目", ["APEC"]),
        ("中国与海湾阿拉伯国家合作委员会（GCC）合作项目", ["GCC"]),
        ("中国—拉共体（CELAC）科技合作项目", ["CELAC"]),
        ("与太平洋岛国论坛（PIF）联合研究", ["PIF"]),
        ("中国与南部非洲发展共同体（SADC）联合研究", ["SADC"]),
        ("中国与阿拉伯国家联盟（LAS）联合研究", ["ARAB"]),
        ("内地与港澳联合资助项目", ["HK", "MO"]),
        ("内地与澳門联合资助项目", ["MO"]),
        ("大陆与臺灣联合资助项目", ["TW"]),
        ("中巴（基斯坦）棉花合作研究", ["PK"]),
        ("中南（非）矿业联合研究项目", ["ZA"]),
        ("中波科技合作联委会交流项目", ["PL"]),
        ("中智天文合作研究", ["CL"]),
        ("中俄蒙生态走廊联合研究", ["RU", "MN"]),
        ("中日新材料联合研究", ["JP"]),
        ("中印尼港口合作项目", ["ID"]),
        ("中塞（尔维亚）产业合作项目", ["RS"]),
        ("中乌（兹别克斯坦）政府间联合研究", ["UZ"]),
        ("中国、加拿大、阿联酋三方合作项目", ["CA", "AE"]),
    ],
)
def test_a_title_names_its_partners(title: str, codes: list[str]) -> None:
    assert _partners(title) == codes


@pytest.mark.parametrize(
    "title",
    [
        "格陵兰冰盖快速消融联合研究",
        "印度洋季风与南美洲陆架合作研究",
        "南极海冰联合观测",
        "高亚洲积雪监测技术",
        "综合地球观测系统（GEOSS）框架研发",
        "中老年健康管理技术合作",
        "神经网络学习方法国际合作研究",
        "中波红外探测国际合作研究",
        "粤港澳大湾区协同创新研究",
        "中高频地波雷达联合研发",
    ],
)
def test_a_place_or_a_chance_is_no_partner(title: str) -> None:
    assert _partners(title) == []


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("研究内容：服务中亚及非洲旱区棉花生产。", ["143", "002"]),
        ("研究内容：针对非洲矿产开发的应用需求，研发装备。", ["002"]),
        ("研究内容：适合东南亚国家的防控技术。", ["035"]),
        ("考核指标：在泰国建立示范点2个。", ["TH"]),
        ("考核指标：应包括来自亚洲、欧洲的合作单位。", ["142", "150"]),
        ("考核指标：其中应包括亚洲、非洲至少各1个国家。", ["142", "002"]),
        ("考核指标：与越南的机构联合开展试验。", ["VN"]),
        ("考核指标：在“一带一路”国家开展示范。", ["BRI"]),
        ("考核指标：性能不低于美国某某标准。", []),
        ("考核指标：比德国同类产品轻10%。", []),
        ("研究内容：在格陵兰冰盖上合作布放设备。", []),
        ("研究内容：满足欧盟认证要求。", []),
        ("研究内容：对接GEO计划项目开展推广。", []),
        ("其他要求：优先支持有“一带一路”国家参与的项目。", []),
        ("关键词：亚洲；非洲", []),
        ("研究内容：联合泰国清迈大学开展热带病害研究。", ["TH"]),
        ("研究内容：会同智利科学家建设观测站。", ["CL"]),
        ("研究内容：支撑中巴经济走廊建设。", ["PK"]),
        ("研究内容：面向上合组织国家推广。", ["SCO"]),
        ("考核指标：成果向东南亚国家推广应用。", ["035"]),
        ("其他要求：外方合作单位应来自巴基斯坦。", ["PK"]),
        ("其他要求：合作国别为塞尔维亚、希腊或匈牙利。", ["RS", "GR", "HU"]),
        ("其他要求：合作对象限肯尼亚、埃塞俄比亚。", ["KE", "ET"]),
        ("考核指标：样品来自巴西。", []),
        ("研究内容：对比日本、韩国的数据。", []),
        ("研究内容：与世界气象组织、欧洲某某预报中心（EXMF）联合开展预报。", ["WMO", "EXMF"]),
        (
            "研究内容：会同联合国教科文组织（UNESCO）、国际土壤学联合会（IXSS）及法国研究机构建库。",
            ["UNESCO", "IXSS", "FR"],
        ),
        ("研究内容：与德国、世界卫生组织（WHO）合作。", ["DE", "WHO"]),
        ("研究内容：与有关国际组织、德国、法国等开展合作。", ["DE", "FR"]),
        ("研究内容：面向金砖国家（BRICS）和上海合作组织（SCO）国家减灾需求。", ["BRICS", "SCO"]),
        ("研究内容：按照世界卫生组织指南，与泰国团队合作。", ["TH"]),
        ("研究内容：数据提交全球某某信息机构（GXIF）共享。", []),
        ("其他要求：项目数据与世界气象组织秘书处联合发布。", []),
        ("其他要求：提交中西文联合申请书和中英文摘要。", []),
    ],
)
def test_a_name_in_the_text_is_a_partner_by_the_words_beside_it(body: str, codes: list[str]) -> None:
    assert _partners("某技术联合研发", body) == codes


def test_an_ambiguous_short_form_is_settled_by_the_full_name_or_not_at_all() -> None:
    body = "合作协议：《中瑞科技合作协定》"
    assert _partners("中国和瑞典政府间项目", body) == ["SE"]
    assert _partners("中国和瑞士政府间项目", body) == ["CH"]
    assert _partners("政府间项目", body) == []


def test_a_short_form_that_begins_a_partners_name_means_that_partner() -> None:
    body = "合作协议：中马科技合作委员会第四届例会议定书。"
    assert _partners("中国—北马其顿人员交流项目", body) == ["MK"]
    assert _partners("中国和巴拿马联合研究项目", "合作协议：《中巴科技合作协定》") == ["PA"]


def test_a_group_and_its_neighbour_are_for_whom_the_work_is_done_over_its_members() -> None:
    body = "研究内容：重点围绕中亚五国（哈萨克斯坦、吉尔吉斯斯坦、塔吉克斯坦）与南亚国家的用水需求开展研究。"
    assert _partners("联合研究", body) == ["143", "034"]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("中加农业技术合作项目", ["CA"]),
        ("中澳科技创新合作项目", ["AU"]),
        ("中印水稻育种合作研究", ["IN"]),
        ("中塞产业技术合作项目", ["RS"]),
        ("中马棕榈油加工合作研究", ["MY"]),
        ("中埃考古合作研究", ["EG"]),
        ("中拉清洁能源合作项目", ["419"]),
        ("中乌农业合作项目", []),
        ("内地与澳门（中澳）合作项目", ["MO"]),
    ],
)
def test_a_shared_short_form_means_in_a_title_what_it_usually_means(title: str, codes: list[str]) -> None:
    assert _partners(title) == codes


def test_a_full_name_anywhere_in_the_direction_settles_a_short_form() -> None:
    contact = "其他要求：加方联系人：加拿大农业部 Ann，电话：1。"
    assert _partners("中加农业技术合作项目", contact) == ["CA"]
    assert _partners("中新水处理合作项目", "其他要求：新方联系人：新加坡国立研究基金会。") == ["SG"]


def test_the_title_comes_first_and_overlaps_stay() -> None:
    body = "合作协议：《中国与阿联酋某办公室谅解备忘录》\n其他要求：合作国应为阿拉伯国家。"
    assert _partners("中国与阿拉伯国家联合实验室", body) == ["ARAB", "AE"]


@pytest.mark.parametrize(
    ("body", "members"),
    [
        ("其他要求：合作国应为阿拉伯国家（包括埃及、约旦、苏丹）；鼓励申报。", ["EG", "JO", "SD"]),
        ("研究内容：面向中亚五国(哈萨克斯坦、吉尔吉斯斯坦和塔吉克斯坦)开展示范。", ["KZ", "KG", "TJ"]),
        ("其他要求：合作国应为非洲国家（如肯尼亚、埃及、苏丹等）。", []),
        ("其他要求：与埃及、约旦、苏丹合作。", []),
        ("其他要求：须有两个金砖国家的单位参加，可选的合作国为巴西、俄罗斯、印度、南非。", ["BR", "RU", "IN", "ZA"]),
        ("其他要求：与巴西、俄罗斯、印度和南非四个金砖国家合作。", ["BR", "RU", "IN", "ZA"]),
        ("其他要求：面向东盟国家征集。合作国家包括泰国、老挝和越南。", ["TH", "LA", "VN"]),
        ("其他要求：合作国应为东盟国家，参与国别限于泰国、老挝、柬埔寨。", ["TH", "LA", "KH"]),
        ("研究内容：面向中亚五国：哈萨克斯坦、乌兹别克斯坦、土库曼斯坦。", ["KZ", "UZ", "TM"]),
        ("研究内容：与泰国、老挝、越南等东盟国家合作。", []),
        ("其他要求：与金砖国家（BRICS，本批开放巴西、俄罗斯、印度）合作。", ["BR", "RU", "IN"]),
        ("其他要求：面向中东欧国家（本年度为捷克、波兰、保加利亚）。", ["CZ", "PL", "BG"]),
    ],
)
def test_a_group_spelled_out_has_members(body: str, members: list[str]) -> None:
    block = make_block(body, title="联合实验室")
    assert [member.value for member in read_partner_members(block)] == members
    assert not {partner.value for partner in read_partners(block)} & set(members)


@pytest.mark.parametrize(
    ("body", "least"),
    [
        ("考核指标：同2个以上国家（地区、国际组织）开展合作；研制1套。", 2),
        ("考核指标：须有2个以上国家的合作单位参与。", 2),
        ("考核指标：与2~3个“一带一路”共建国家的机构合作；", 2),
        ("考核指标：至少1个“一带一路”共建国家参与；", 1),
        ("考核指标：与澜湄地区2个以上国家开展合作。", 2),
        ("考核指标：与至少1个共建“一带一路”国家联合部署整机。", 1),
        ("考核指标：同2个以上国家开展合作，其中应包括至少1个“一带一路”共建国家。", 2),
        ("考核指标：合作研究国别不少于三个，召开研讨会2次。", 3),
        ("考核指标：获得样品200个，所涉合作国家≥2。", 2),
        ("其他要求：每个项目须由至少两个成员国的单位联合申报。", 2),
        ("其他要求：合作方须来自不少于3个国家。", 3),
        ("考核指标：在3个以上国家开展示范应用。", None),
        ("考核指标：案例至少涵盖5~8个国家，联合研发1项。", None),
        ("考核指标：与2个国际团队合作。", None),
        ("考核指标：形成2项国家标准并合作推广。", None),
        ("考核指标：每方至少各1个国家的单位。", None),
        ("研究内容：与多个国家开展合作。", None),
        ("考核指标：与两个（含）以上国家开展合作。", 2),
        ("考核指标：联合不少于3个国家（地区）的科研机构共同实施。", 3),
        ("考核指标：吸引4个及以上国家科学家加入。", 4),
        ("考核指标：须包括至少两个东盟国家的合作单位。", 2),
        ("其他要求：每个项目的外方参与国不得少于两个。", 2),
        ("其他要求：合作国家（地区）数量不少于3个。", 3),
        ("其他要求：须有至少三国科研机构共同参与。", 3),
        ("考核指标：成果在5个国家推广，产品出口到8个国家。", None),
        ("考核指标：覆盖10个国家的用户参与测试。", None),
        ("考核指标：中泰两国合作建设平台。", None),
    ],
)
def test_the_least_number_of_countries_counts_who_takes_part(body: str, least: int | None) -> None:
    found = read_min_partner_countries(make_block(body, title="某技术联合研发"))
    assert (found and found.value) == least


def test_the_evidence_is_the_name_itself() -> None:
    block = make_block("考核指标：在泰国建立示范点；与2个以上国家开展合作。", title="中国和老挝联合研究")
    assert [block.say(partner.span) for partner in read_partners(block)] == ["老挝", "泰国"]
    least = read_min_partner_countries(block)
    assert least is not None
    assert block.say(least.span) == "2个以上国家"


@pytest.mark.parametrize(
    "body",
    [
        "研究内容：针对日本对某材料的垄断，突破关键技术。",
        "考核指标：替代德国进口设备。",
        "其他要求：鼓励与泰国机构合作。",
    ],
)
def test_a_rival_a_make_and_a_preference_are_no_partners(body: str) -> None:
    assert _partners("某材料制备技术", body) == []
