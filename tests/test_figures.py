"""Promises of figures: what has no room or is not stated is said, sizes have a scale, shades can be told apart."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.chart_sample import money_rows, target_row
from tests.test_charts import SVG, texts, told
from viz import svg
from viz.figures import HUES, RAMP, Speech, shade
from viz.strips import draw_targets
from viz.totals import draw_money, draw_projects

ZH, EN = Speech("zh"), Speech("en")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_has_no_room_is_one_bar_and_counted() -> None:
    figure = draw_money(money_rows(30), ZH)
    assert figure is not None
    words = texts(svg.to_svg(figure))
    assert "其余6个合作方" in words
    assert "2,100" in words, "1 + 2 + … + 6 million"
    assert len(figure.rows) == 30


def test_a_direction_of_several_other_partners_counts_once_among_them() -> None:
    rows = money_rows(26)
    rows[25]["direction"] = rows[24]["direction"]
    rows[25]["budget_max_cny"] = rows[24]["budget_max_cny"]
    figure = draw_money(rows, EN)
    assert figure is not None
    assert any(
        one.startswith("2 other partners · 2021 · 2 million CNY · 1 direction") for one in told(svg.to_svg(figure))
    )


def test_what_states_no_money_is_told_and_adds_none() -> None:
    rows = money_rows(3)
    rows[0]["budget_max_cny"] = rows[1]["budget_max_cny"] = None
    figure = draw_money(rows, ZH)
    assert figure is not None
    assert figure.lines[1] == "3个有合作方的方向中，2个未写经费，未计入；2个合作方因此没有出现。"
    figure = draw_money(rows, EN)
    assert figure is not None
    assert "2 state no money" in figure.lines[1]
    assert figure.rows[1][4] == "not stated"


def test_a_call_without_a_year_is_grey_and_named_so() -> None:
    figure = draw_money([*money_rows(2), *money_rows(1, year=None)], ZH)
    assert figure is not None
    assert "未写年份" in texts(svg.to_svg(figure))
    assert shade([2021, None])[None] != shade([2021, None])[2021]


def test_two_partners_of_one_name_keep_two_bars() -> None:
    rows = money_rows(2)
    rows[1]["label_zh"] = rows[0]["label_zh"]
    figure = draw_money(rows, ZH)
    assert figure is not None
    assert {"合作方0 P00", "合作方0 P01"} <= set(texts(svg.to_svg(figure)))


def test_money_is_drawn_in_a_unit_that_people_use() -> None:
    assert ZH.unit_of(195_000_000).name == "万元"
    assert ZH.unit_of(1_950_000_000).name == "亿元"
    assert ZH.unit_of(1_950_000_000).write(1_950_000_000) == "19.5亿元"
    assert EN.unit_of(1).write(1_500_000) == "1.5 million CNY"


def test_a_call_under_two_programmes_is_told() -> None:
    call = {"call": "call/000", "title": "甲", "year": 2021, "projects_max": 5}
    figure = draw_projects([call | {"programme": "一"}, call | {"programme": "二"}], ZH)
    assert figure is not None
    assert "1份指南属于几个专项，在每个专项各计一次。" in figure.lines


def test_targets_are_those_of_the_unit_and_say_how_they_compare() -> None:
    rows = [target_row(90), target_row(5, comparator="<="), target_row(1, unit="mm"), target_row(3)]
    figure = draw_targets(rows, ZH)
    assert figure is not None
    assert figure.title == "以“%”为单位的考核指标"
    assert [row[3:] for row in figure.rows] == [("至少", "90"), ("至多", "5"), ("至少", "3")]
    figure = draw_targets(rows, ZH, "mm")
    assert figure is not None
    assert len(figure.rows) == 1


@pytest.mark.parametrize(
    "sizes", [[5], [5, 5, 5], [0, 0], [-100, 600], [1, 2_000_000], [1e-9, 1e-3], [0, 1e9], list(range(1, 400))]
)
def test_any_sizes_have_a_scale(sizes: list[float]) -> None:
    figure = draw_targets([target_row(size) for size in sizes], EN)
    assert figure is not None
    drawn = svg.to_svg(figure)
    assert "NaN" not in drawn
    assert "Infinity" not in drawn
    assert len(told(drawn)) == len(sizes)


def test_points_of_one_size_do_not_lie_on_each_other() -> None:
    figure = draw_targets([target_row(5) for _ in range(9)], ZH)
    assert figure is not None
    marks = [
        e for e in ElementTree.fromstring(svg.to_svg(figure)).iter(f"{SVG}path") if e.find(f"{SVG}title") is not None
    ]
    assert len({mark.get("transform") for mark in marks}) == 9


def test_shades_differ_in_lightness_and_hues_stand_out_from_paper() -> None:
    for number in (2, 3, 5, 8):
        lights = [luminance(one) for one in shade(range(2000, 2000 + number)).values() if one]
        assert lights == sorted(lights, reverse=True)
        assert min(a - b for a, b in pairwise(lights)) > 0.02
    for hue in (*HUES.values(), RAMP[3]):
        assert 1.05 / (luminance(hue) + 0.05) >= 3
