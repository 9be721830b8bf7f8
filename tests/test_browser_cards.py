"""Promises of a network page in a real browser: it finds by any name, quotes what it shows, speaks both languages, and hostile names stay text."""

from __future__ import annotations

import re

import pytest

from tests.browsing import COLOURS, PHONE, Open
from tests.network_sample import HOSTILE, IMAGE, ISRAEL_QUOTE, LINK, SCRIPT

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("typed", ["以色列", "Israel", "israel", "IL", "isr"])
def test_search_finds_by_either_name_and_by_code(fields: Open, typed: str) -> None:
    fields.tab.fill("#search", typed)
    assert "以色列" in fields.tab.inner_text("#hits")
    fields.tab.press("#search", "Enter")
    assert fields.tab.inner_text("#panel h2") == "以色列"
    assert fields.tab.input_value("#search") == ""


def test_search_says_when_there_is_nothing(fields: Open) -> None:
    fields.tab.fill("#search", "亚特兰蒂斯")
    assert "没有找到" in fields.tab.inner_text("#hits")


def test_a_click_on_a_node_shows_its_counts_and_money(fields: Open) -> None:
    fields.click_node("以色列")
    panel = fields.panel()
    assert "Israel" in panel
    assert "2150 万元" in panel
    assert "中国和以色列数字健康合作项目" in panel
    fields.shoot("small-node")


def test_a_click_on_a_node_shows_the_words_that_name_it(fields: Open) -> None:
    fields.click_node("以色列")
    directions = fields.tab.locator("#panel .direction")
    assert directions.count() == 3
    for direction in directions.all():
        assert direction.locator("mark").all_inner_texts() == [ISRAEL_QUOTE]
    assert re.search(r"901 · 第 \d+–\d+ 字", fields.panel())


def test_a_click_on_an_edge_shows_the_sentences_behind_it(fields: Open) -> None:
    fields.click_edge("以色列", "人口与健康")
    assert "以色列 — 人口与健康" in fields.panel()
    quotes = fields.tab.locator("#panel blockquote")
    assert quotes.count() == 4
    assert fields.tab.locator("#panel mark").first.inner_text() == ISRAEL_QUOTE
    assert "根据与以色列方面的约定" in quotes.first.inner_text()
    assert re.search(r"901 · 第 \d+–\d+ 字", fields.panel())
    fields.shoot("small-edge")


def test_the_language_changes_in_place(fields: Open) -> None:
    fields.click_node("以色列")
    fields.tab.click("#en")
    assert fields.tab.inner_text("#title") == "Partners and fields"
    assert fields.tab.inner_text("#panel h2") == "Israel"
    assert "Show all" in fields.tab.inner_text(".tools")
    assert fields.tab.get_attribute("html", "lang") == "en"
    assert not re.search("[\u4e00-\u9fff]", fields.tab.inner_text("#classes").replace(SCRIPT, ""))
    fields.tab.click("#zh")
    assert fields.tab.inner_text("#title") == "合作方与领域"


def test_hostile_names_are_text_everywhere(fields: Open) -> None:
    for wanted in HOSTILE[:2]:
        fields.tab.fill("#search", wanted[:8])
        fields.tab.wait_for_timeout(50)
    fields.tab.press("#search", "Enter")
    fields.click_edge(IMAGE, LINK)
    panel = fields.panel()
    assert IMAGE in panel
    assert LINK in panel
    assert "</script><!--" in panel
    fields.tab.click("#en")
    assert SCRIPT in fields.panel()
    assert fields.tab.evaluate("window.broken") is None
    assert fields.tab.locator("main img, main script, main a, #hits img").count() == 0
    fields.shoot("small-hostile")


def test_everything_is_within_reach_of_the_keyboard(fields: Open) -> None:
    fields.tab.keyboard.press("Tab")
    assert fields.tab.evaluate("document.activeElement.id") == "search"
    fields.tab.focus("#panel .rows button")
    fields.tab.keyboard.press("Enter")
    fields.tab.wait_for_timeout(100)
    assert fields.tab.evaluate("document.activeElement.id") == "panel"
    fields.tab.keyboard.press("Tab")
    assert fields.tab.evaluate("document.activeElement.className") == "back"
    fields.tab.keyboard.press("Escape")
    assert "点一个点" in fields.panel()


def test_every_control_has_a_name(fields: Open) -> None:
    names = fields.tab.evaluate("""() => [...document.querySelectorAll('button, input, canvas, aside, [role]')].map((element) => [
      element.outerHTML.slice(0, 80), element.getAttribute('aria-label') || element.innerText || element.labels?.[0]?.innerText || (element.getAttribute('role') === 'status' && 'status') || (element.getAttribute('role') === 'search' && 'search')])""")
    assert [markup for markup, name in names if not name] == []


def test_a_phone_shows_picture_and_card_without_sideways_scrolling(phone: Open) -> None:
    assert phone.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert phone.tab.evaluate(COLOURS) > 12
    phone.shoot("small-phone")
    phone.click_node("以色列")
    assert phone.tab.inner_text("#panel h2") == "以色列"
