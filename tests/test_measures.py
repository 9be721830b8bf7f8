"""Every number that is a target becomes a measure; conditions, years, ranks and names do not."""

from __future__ import annotations

import pytest

from kg_build.fields.measures import read_measures
from tests.making import make_block

Seen = tuple[str, float, float | None, str | None]


def _measures(said: str) -> list[Seen]:
    found = read_measures(make_block(f"考核指标：{said}"))
    return [(m.comparator.value, m.value, m.value_max, m.unit) for m in found]


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("建立一套系统，服务量不少于一万景。", [("=", 1, None, "套"), (">=", 1, None, "万景")]),
        ("整机效率≥92%（额定工况下），噪声≤75dB。", [(">=", 92, None, "%"), ("<=", 75, None, "dB")]),
        ("工艺节点达到28nm及以下，良率达到90%。", [("<=", 28, None, "nm"), (">=", 90, None, "%")]),
        ("授权发明专利5/3件。", [("=", 3, None, "件")]),
        ("误差≤10%；氧浓度≥25%。", [("<=", 10, None, "%"), (">=", 25, None, "%")]),
        ("评估> 3项；时效< 10天。", [(">", 3, None, "项"), ("<", 10, None, "天")]),
        (
            "三个大于5km²的示范区，分辨率优于20米。",
            [("=", 3, None, "个"), (">", 5, None, "km²"), ("better", 20, None, "米")],
        ),
        ("平面度误差≤±0.1mm，宽度≥节长的1/3。", [("±", 0.1, None, "mm"), (">=", 0.333333, None, None)]),
        ("网格不大于1/48°，噪声优于3nT/√Hz。", [("<=", 0.020833, None, "°"), ("better", 3, None, "nT/√Hz")]),
        ("漂移≤±2mGal，误码率≤2×10^-9。", [("±", 2, None, "mGal"), ("<=", 2e-9, None, None)]),
        ("效率分别不低于15%和60%。", [(">=", 15, None, "%"), (">=", 60, None, "%")]),
        ("温度分别不低于600摄氏度和不高于-100摄氏度。", [(">=", 600, None, "摄氏度"), ("<=", -100, None, "摄氏度")]),
        ("支持不少于500个原子和50个离子。", [(">=", 500, None, "个"), (">=", 50, None, "个")]),
        ("推演精度分别达到90%和95%以上。", [(">=", 90, None, "%"), (">=", 95, None, "%")]),
        ("分辨率0.25°×0.31°。", [("=", 0.25, None, "°"), ("=", 0.31, None, "°")]),
        ("环境温度-40~70℃，新技术2~3项。", [("range", -40, 70, "℃"), ("range", 2, 3, "项")]),
        ("300nm≤分辨率≤500nm。", [("range", 300, 500, "nm")]),
        ("中心波长1064±1nm。", [("=", 1064, None, "nm")]),
        (
            "能耗降低20%，产能10万吨/年，参数不低于10亿。",
            [("=", 20, None, "%"), ("=", 10, None, "万吨/年"), (">=", 10, None, "亿")],
        ),
        ("速率和距离不低于3kbps@5km。", [(">=", 3, None, "kbps"), (">=", 5, None, "km")]),
        ("研讨会2次（每次不少于3名专家参会）。", [("=", 2, None, "次"), (">=", 3, None, "名")]),
        ("在不少于3个国家（或地区）20个以上机场应用。", [(">=", 3, None, "个"), (">=", 20, None, "个")]),
        ("指南和标准各1项。", [("=", 1, None, "项")]),
        ("示范面积达五千亩，亩均增收百分之二十以上。", [(">=", 5000, None, "亩"), (">=", 20, None, "%")]),
        ("吞吐量达到1万次/秒，时延不大于20毫秒。", [(">=", 1, None, "万次/秒"), ("<=", 20, None, "毫秒")]),
        ("指向精度优于5角秒，触点密度≥64点/cm2。", [("better", 5, None, "角秒"), (">=", 64, None, "点/cm2")]),
        ("灵敏度提高2个数量级，特异性提高5个百分点。", [("=", 2, None, "个数量级"), ("=", 5, None, "个百分点")]),
        ("产能达到500吨/天，能耗下降三分之一。", [(">=", 500, None, "吨/天"), ("=", 0.333333, None, None)]),
        ("能耗≤2.4GJ/tCO2，热导率≥400W/(m·K)。", [("<=", 2.4, None, "GJ/tCO2"), (">=", 400, None, "W/(m·K)")]),
        ("服务企业不少于20家次，开设课程40学时。", [(">=", 20, None, "家次"), ("=", 40, None, "学时")]),
        ("储存期由3天延长至15天，损耗降至5%以下。", [("=", 15, None, "天"), ("<=", 5, None, "%")]),
        ("运行稳定半年以上，覆盖面积不足1%。", [(">=", 0.5, None, "年"), ("<", 1, None, "%")]),
        ("平均速度不低于每小时120公里。", [(">=", 120, None, "公里")]),
        ("形成专著一部，软件著作权不低于五项。", [("=", 1, None, "部"), (">=", 5, None, "项")]),
        ("误码率小于1×10⁻⁹，检出限≤3×10^-8 mol/mol。", [("<", 1e-9, None, None), ("<=", 3e-8, None, "mol/mol")]),
        ("流速达到(50±5)m/s，负荷（30~90）%。", [(">=", 50, None, "m/s"), ("range", 30, 90, "%")]),
        ("定位精度不劣于8m，信噪比不差于20dB。", [("better", 8, None, "m"), ("better", 20, None, "dB")]),
        ("5km×6km试验区2个。", [("=", 5, None, "km"), ("=", 6, None, "km"), ("=", 2, None, "个")]),
        ("点阵规模32 ×48，刷新率60Hz。", [("=", 32, None, None), ("=", 48, None, None), ("=", 60, None, "Hz")]),
        ("①波长850±1nm②功率≥20mW", [("=", 850, None, "nm"), (">=", 20, None, "mW")]),
        ("研制样机三至四型，观测点五个。", [("range", 3, 4, "型"), ("=", 5, None, "个")]),
        ("给出频率2～9范围内不少于4个采样值。", [(">=", 4, None, "个")]),
        ("脉宽短于80as，语料300万句对。", [("<", 80, None, "as"), ("=", 300, None, "万句对")]),
    ],
)
def test_targets_are_read(said: str, seen: list[Seen]) -> None:
    assert _measures(said) == seen


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("0.6Mpa压力下室温时，接触电阻≤2Ω。", [("<=", 2, None, "Ω")]),
        ("经3000次循环后容量保持率≥80%。", [(">=", 80, None, "%")]),
        ("在0.84V恒电位极化3h后，电流密度≤4A。", [("<=", 4, None, "A")]),
        ("当面积不低于20cm2、加湿度≤40%时：功率≥2W。", [(">=", 2, None, "W")]),
        ("时延不大于20s@3km。", [("<=", 20, None, "s")]),
        ("压缩比不小于3dB（@0.1Hz）。", [(">=", 3, None, "dB")]),
        ("持续输出（1h）功率≥1W。", [(">=", 1, None, "W")]),
        ("40摄氏度循环寿命不小于4000次。", [(">=", 4000, None, "次")]),
        ("10K下峰值功率大于1.5W。", [(">", 1.5, None, "W")]),
        ("批量编译500个线路时，吞吐量≥30线路/分钟。", [(">=", 30, None, "线路/分钟")]),
        ("距离不低于3km情况下误码率不高于10^-3。", [("<=", 0.001, None, None)]),
        ("1万次-40°C~120°C冷热循环后涂层无脱落。", [("=", 1, None, "万次")]),
        ("风速优于1.5m/s+测量值×10%。", [("better", 1.5, None, "m/s")]),
    ],
)
def test_test_conditions_are_no_targets(said: str, seen: list[Seen]) -> None:
    assert _measures(said) == seen


@pytest.mark.parametrize(
    "said",
    [
        "核算全球前20经济体2018—2022年排放。",
        "符合IEC 61853-4:2018标准。",
        "防护时间不低于GB 2626-2019标准。",
        "获得10米级数据产品。",
        "研发Ac-225核素、5hmC和3D打印技术。",
        "支持5G、IPv6和CBERS-04A卫星。",
        "清单覆盖上述2~3个行业。",
        "形成十年规划和一体化平台。",
        "达到兆瓦级、百万吨级水平，形成十余项专利和近百篇论文。",
        "推广上千家，惠及数十万人。",
    ],
)
def test_years_ranks_levels_and_names_are_no_targets(said: str) -> None:
    assert _measures(said) == []


def test_a_number_before_the_first_mark_of_a_list_counts() -> None:
    assert _measures("实现至少2项突破，包括：（1）设计；（2）评价。") == [(">=", 2, None, "项")]


@pytest.mark.parametrize(
    ("said", "phrases"),
    [
        ("开展不少于两次培训和两个以上示范应用。", ["开展不少于两次培训", "两个以上示范应用"]),
        ("误差（甲、乙）≤±3%、速度≥2次/s。", ["误差（甲、乙）≤±3%", "速度≥2次/s"]),
        ("分辨率0.2°×0.3°。", ["分辨率0.2°", "分辨率0.2°×0.3°"]),
        ("（1）精度≥90%；（2）提出2种方法。", ["精度≥90%", "提出2种方法"]),
        ("①精度≥90%②提出2种方法⑶误差≤3%", ["精度≥90%", "提出2种方法", "误差≤3%"]),
    ],
)
def test_the_phrase_runs_from_the_measured_thing_to_the_number(said: str, phrases: list[str]) -> None:
    block = make_block(f"考核指标：{said}")
    found = read_measures(block)
    assert [m.text.value for m in found] == phrases
    assert all(block.say(m.text.span) == m.text.value for m in found)


def test_other_lines_make_no_other_measures() -> None:
    told = _measures("研发系统1套，精度≥85%；互访不少于12人次。")
    assert told == _measures("研发系\n统1\n套，精度≥8\n5%；互访不少\n于12人次。")
