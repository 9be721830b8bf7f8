"""Promises of a network page in a real browser: what is filtered goes and comes back, and measures are shown as size, colour and table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import COLOURS, POINT_OF_NODE, Open, open_page
from viz.html import draw

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_a_class_can_be_taken_out_and_put_back(fields: Open) -> None:
    before = fields.tab.evaluate(COLOURS)
    for box in fields.tab.locator("#classes input").all():
        box.uncheck()
    fields.tab.wait_for_timeout(200)
    assert fields.tab.evaluate(COLOURS) < before / 2
    for box in fields.tab.locator("#classes input").all():
        box.check()
    fields.tab.wait_for_timeout(200)
    assert fields.tab.evaluate(COLOURS) >= before - 3


def test_the_weight_is_directions_or_money(fields: Open) -> None:
    weights = "window.zhinan.now.edge"
    assert fields.tab.evaluate(weights) == fields.tab.evaluate("window.zhinan.data.edges.map((edge) => edge.weight)")
    fields.tab.select_option("#weight", "money")
    assert fields.tab.evaluate(weights) == fields.tab.evaluate("window.zhinan.data.edges.map((edge) => edge.money)")
    fields.tab.focus("#least")
    fields.tab.keyboard.press("End")
    assert "元" in fields.tab.inner_text("#least-now")
    assert fields.tab.evaluate("window.zhinan.now.lines.length") == 1


def test_lines_below_a_weight_go_and_come_back(fields: Open) -> None:
    lines = "window.zhinan.now.lines.length"
    before = fields.tab.evaluate(lines)
    fields.tab.focus("#least")
    fields.tab.keyboard.press("End")
    assert 0 < fields.tab.evaluate(lines) < before
    fields.tab.keyboard.press("Home")
    assert fields.tab.evaluate(lines) == before


def test_years_filter_lines_and_weigh_what_is_left(browser: Browser, tmp_path: Path, built_corpus: Path) -> None:
    draw(built_corpus, "partners-fields", tmp_path / "page.html")
    for opened in open_page(browser, tmp_path / "page.html"):
        nodes = "window.zhinan.now.shown.size"
        before = opened.tab.evaluate(nodes)
        opened.tab.select_option("#from", "2021")
        opened.tab.select_option("#to", "2021")
        assert 0 < opened.tab.evaluate(nodes) < before
        heavier = "window.zhinan.data.edges.some((edge) => (window.zhinan.now.edge[edge.id] || 0) > edge.weight)"
        assert opened.tab.evaluate(heavier) is False
        opened.shoot("corpus-partners-fields-2021")
        opened.tab.select_option("#from", "2019")
        opened.tab.select_option("#to", "2022")
        assert opened.tab.evaluate(nodes) == before


def test_a_double_click_shows_the_neighbourhood_alone(fields: Open) -> None:
    x, y = fields.tab.evaluate(POINT_OF_NODE, ["人口与健康"])
    fields.tab.mouse.dblclick(x, y)
    fields.tab.wait_for_timeout(500)
    assert fields.tab.evaluate("window.zhinan.now.shown.size") == 2
    assert "人口与健康" in fields.tab.inner_text("#near")
    fields.shoot("small-neighbourhood")
    fields.tab.click("#near button")
    assert fields.tab.evaluate("window.zhinan.now.shown.size") == 5


def test_a_node_can_be_hidden_from_its_card_and_brought_back(fields: Open) -> None:
    nodes, lines = "window.zhinan.now.shown.size", "window.zhinan.now.lines.length"
    before = fields.tab.evaluate(nodes), fields.tab.evaluate(lines)
    fields.click_node("以色列")
    fields.tab.click("#panel .hide")
    assert fields.tab.evaluate(nodes) == before[0] - 1
    assert fields.tab.evaluate(lines) == before[1] - 3, "a line to a hidden node is drawn"
    assert "已隐藏 1 个节点" in fields.tab.inner_text("#gone")
    assert fields.tab.inner_text("#status") == "已隐藏：以色列"
    fields.shoot("small-hidden")
    assert fields.rules_broken() == []
    fields.tab.click("#panel .rows button >> nth=0")
    assert (fields.tab.evaluate(nodes), fields.tab.evaluate(lines)) == before
    assert fields.tab.inner_text("#panel h2") == "以色列"
    assert not fields.tab.is_visible("#gone")


def test_nodes_are_hidden_and_brought_back_by_keys_alone(fields: Open) -> None:
    before = fields.tab.evaluate("window.zhinan.now.shown.size")
    for _ in range(2):
        fields.tab.focus("#panel .rows + h3 + .rows button >> nth=0")
        fields.tab.keyboard.press("Enter")
        fields.tab.wait_for_timeout(80)
        fields.tab.keyboard.press("Delete")
        fields.tab.wait_for_timeout(80)
        assert fields.tab.evaluate("document.activeElement.id") == "panel", "the keyboard lost its place"
    assert fields.tab.evaluate("window.zhinan.now.shown.size") == before - 2
    fields.tab.focus("#gone button")
    fields.tab.keyboard.press("Enter")
    assert fields.tab.evaluate("window.zhinan.now.shown.size") == before


def test_a_search_brings_back_what_was_hidden(fields: Open) -> None:
    fields.click_node("以色列")
    fields.tab.keyboard.press("Delete")
    assert fields.tab.evaluate("window.zhinan.chosen.gone.size") == 1
    fields.tab.fill("#search", "Israel")
    fields.tab.keyboard.press("Delete")
    assert fields.tab.evaluate("window.zhinan.chosen.gone.size") == 1, "a key typed in the search hides a node"
    fields.tab.press("#search", "Enter")
    assert fields.tab.evaluate("window.zhinan.chosen.gone.size") == 0
    assert fields.tab.inner_text("#panel h2") == "以色列"


def test_the_table_lists_the_measures_and_sorts(fields: Open) -> None:
    fields.tab.click("#as-table")
    assert fields.tab.locator("#table tbody tr").count() == 5
    assert fields.tab.locator("#table thead th").all_inner_texts()[4:] == ["相连节点", "中介度", "群组"]
    fields.tab.locator("#table th button", has_text="相连节点").press("Enter")
    assert fields.tab.locator("#table tbody th").first.inner_text() == "以色列"
    assert fields.tab.get_attribute("#table thead th:nth-child(5)", "aria-sort") == "descending"
    fields.tab.locator("#table tbody button").first.press("Enter")
    assert fields.tab.inner_text("#panel h2") == "以色列"


def test_size_and_colour_follow_the_measures(fields: Open) -> None:
    sizes = "window.zhinan.data.nodes.map((node) => node.size)"
    before = fields.tab.evaluate(sizes)
    fields.tab.select_option("#size", "betweenness")
    assert fields.tab.evaluate(sizes) != before
    fields.tab.select_option("#colour", "community")
    assert "群组" in fields.panel()
