"""A direction's fields are what it is about, not what it uses."""

from __future__ import annotations

import pytest

from kg_build.fields.fields import read_fields
from tests.making import make_block, make_directions


@pytest.mark.parametrize(
    ("title", "fields"),
    [
        ("氢能储运技术合作研究", ["ENE"]),
        ("基于人工智能的新药研发合作研究", ["HEA"]),
        ("棉花精准育种技术合作研究", ["AGR"]),
        ("地下矿山灾害预警技术合作研究", ["RES", "SAF"]),
        ("环境胁迫下粮油保质技术研究", ["AGR"]),
        ("高亚洲冰川遥感监测研究", ["EOB", "OCE"]),
        ("小麦条锈病跨境监测与绿色防控联合研究", ["AGR"]),
        ("橄榄油品质鉴别与农药残留检测技术", ["AGR", "SAF"]),
        ("跨境人兽共患病监测合作研究", ["AGR", "HEA"]),
        ("农业机器人与采摘装备合作研究", ["AGR"]),
        ("珍稀濒危野生动物保护合作研究", ["BIO", "ENV"]),
        ("生物基材料绿色制备技术", ["BIO", "MAT"]),
        ("肝癌早期筛查与靶点发现合作研究", ["HEA"]),
        ("外骨骼康复机器人联合研发", ["HEA", "MAN"]),
        ("高端口腔种植体表面涂层研究", ["HEA", "MAT"]),
        ("开源操作系统与大语言模型合作研究", ["ICT"]),
        ("硅光芯片与先进封装联合研发", ["ICT"]),
        ("离子阱量子计算芯片合作研究", ["QPH"]),
        ("射电望远镜与中微子探测国际合作", ["QPH"]),
        ("钠离子电池与绿氢联合研发", ["ENE"]),
        ("页岩油高效开发技术合作", ["ENE", "RES"]),
        ("退役动力电池资源化利用技术", ["ENE", "ENV"]),
        ("潮流能发电装置联合研制", ["ENE", "OCE"]),
        ("再生水安全利用与黑臭水体治理", ["ENV"]),
        ("跨境河流水质与PM2.5联合监测", ["ENV"]),
        ("盐湖提锂与铜矿浮选技术合作", ["RES"]),
        ("冰川融水与水资源管理合作研究", ["RES"]),
        ("近岸海域赤潮预警合作研究", ["OCE"]),
        ("海上溢油应对技术合作", ["ENV", "OCE"]),
        ("高光谱卫星遥感产品研发", ["EOB"]),
        ("碳纤维与高熵合金制备技术", ["MAT"]),
        ("高性能谐波减速器与一体化关节", ["MAN"]),
        ("软体抓持机构多模态驱动与感知", ["MAN"]),
        ("人机共融中的意图理解与安全交互", ["MAN"]),
        ("智能网联汽车与车路协同示范", ["TRA"]),
        ("空管与民用直升机技术合作", ["SPA"]),
        ("装配式结构与海绵城市技术示范", ["URB"]),
        ("地震海啸防灾联合研究", ["SAF"]),
        ("煤矿井下巡检与救援机器人应用示范", ["MAN", "RES", "SAF"]),
        ("危险化学品运输与应急救援技术", ["SAF"]),
        ("普惠金融与数字贸易规则研究", ["SOC"]),
        ("石窟壁画保护与科技考古", ["SOC"]),
        ("历史街区与传统村落保护更新", ["SOC", "URB"]),
        ("内陆冰冻圈变化与高山冰川退缩研究", ["ENV"]),
        ("冰川灾害早期预警合作研究", ["SAF"]),
        ("城市群臭氧协同防控合作研究", ["ENV"]),
        ("流感疫苗国际大科学计划培育", ["HEA"]),
        ("超导磁体与加速器合作研究", ["QPH"]),
        ("传粉昆虫多样性合作研究", ["BIO", "ENV"]),
        ("海洋环境监测合作研究", ["ENV", "OCE"]),
        ("工业软件与精密光学测量", ["MAN"]),
        ("海上风电无人船巡检合作研究", ["ENE"]),
        ("卫星应用和纳米材料合作研究", ["EOB", "MAT"]),
        ("微流控芯片合作研究", ["BIO"]),
    ],
)
def test_titles_name_fields_and_tools_are_none(title: str, fields: list[str]) -> None:
    found = read_fields(make_block("研究内容：研究。", title=title))
    assert sorted(value.value for value in found) == fields


@pytest.mark.parametrize(
    "title",
    [
        "中国和葡萄牙政府间联合研究项目",
        "中国—太平洋岛国科技合作项目",
        "海湾阿拉伯国家青年科学家交流项目",
        "某某种子项目合作研究",
        "长寿命高可靠关键部件研究",
        "科教资源整合与创新资源共享",
        "开发者社区与产业生态培育",
        "自主导航与功能定位方法",
    ],
)
def test_a_label_in_another_word_names_no_field(title: str) -> None:
    assert read_fields(make_block("研究内容：研究。", title=title)) == ()


def test_the_programme_speaks_last() -> None:
    guide = "“智能机器人”重点专项2030年度项目申报指南\n1.1 {}联合研究\n研究内容：研究。\n"
    silent = make_directions(guide.format("某某机构驱动机理"))["1.1"]
    assert [(value.value, silent.say(value.span)) for value in read_fields(silent)] == [("MAN", "智能机器人")]
    spoken = make_directions(guide.format("疫苗"))["1.1"]
    assert [value.value for value in read_fields(spoken)] == ["HEA"]


def test_topics_name_fields_in_their_order() -> None:
    block = make_block("领域方向：新材料、量子计算、中医药。")
    found = read_fields(block)
    assert [(value.value, block.say(value.span)) for value in found] == [
        ("MAT", "新材料"),
        ("QPH", "量子计算"),
        ("HEA", "中医药"),
    ]


def test_an_open_field_stands_beside_what_is_encouraged() -> None:
    found = read_fields(make_block("领域方向：领域不限。鼓励疫苗研发。"))
    assert [value.value for value in found] == ["ALL", "HEA"]


def test_the_heading_speaks_where_the_title_is_silent() -> None:
    blocks = make_directions("1. 能源领域\n1.1 关键部件可靠性联合研究\n研究内容：研究。\n")
    assert read_fields(blocks["1.1"]) == ()


def test_one_keyword_is_not_enough_and_two_are() -> None:
    one = make_block("研究内容：研究。\n关键词：疫苗；方法", title="某方法合作研究")
    two = make_block("研究内容：研究。\n关键词：疫苗；传染病", title="某方法合作研究")
    assert (read_fields(one), [value.value for value in read_fields(two)]) == ((), ["HEA"])
