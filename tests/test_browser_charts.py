"""Promises of a picture's page in a real browser: it shows, asks nobody, passes axe, tells what is under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import DESK, PHONE, Open, open_page
from tests.chart_sample import hostile_graph
from viz.charts import CHARTS, plot

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

NAMES = [chart.name for chart in CHARTS]
READY = "document.querySelector('#picture svg') !== null"
WHITE = "[...document.querySelectorAll('#picture svg [fill]')].every((one) => one.getAttribute('fill') === '#ffffff')"
OUTSIDE = """() => {
  const picture = document.querySelector('#picture svg');
  const box = picture.getBoundingClientRect();
  return [...picture.querySelectorAll('text')].filter((text) => text.textContent.trim()).filter((text) => {
    const own = text.getBoundingClientRect();
    return own.left < box.left || own.right > box.right || own.top < box.top || own.bottom > box.bottom;
  }).map((text) => text.textContent);
}"""


def show(browser: Browser, path: Path, size: tuple[int, int] = DESK) -> Iterator[Open]:
    yield from open_page(browser, path, size, READY)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("graph", ["built", "built_corpus"])
@pytest.mark.parametrize("name", NAMES)
def test_every_picture_shows_without_a_request_or_complaint_and_passes_axe(
    browser: Browser, tmp_path: Path, graph: str, name: str, language: str, request: pytest.FixtureRequest
) -> None:
    plot(request.getfixturevalue(graph), name, tmp_path / "page.html", language=language)
    for opened in show(browser, tmp_path / "page.html"):
        opened.shoot(f"{graph}-plot-{name}-{language}")
        assert not opened.tab.evaluate(WHITE), "the picture is blank"
        assert opened.tab.evaluate(OUTSIDE) == [], "a label is cut off"
        assert opened.tab.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[language]
        assert opened.rules_broken() == []
        opened.tab.click("summary")
        assert opened.tab.locator("tbody tr").count() > 3
        assert opened.rules_broken() == []


def test_the_pointer_is_told_what_a_mark_shows(browser: Browser, tmp_path: Path, built: Path) -> None:
    plot(built, "money-by-partner", tmp_path / "page.html")
    for opened in show(browser, tmp_path / "page.html"):
        assert not opened.tab.is_visible("#tip")
        opened.tab.hover("#picture .told >> nth=0")
        assert opened.tab.inner_text("#tip").startswith("美国 · ")
        assert "元" in opened.tab.inner_text("#tip")
        opened.shoot("plot-tip")
        opened.tab.keyboard.press("Escape")
        assert not opened.tab.is_visible("#tip")


def test_a_phone_scrolls_the_picture_and_not_the_page(browser: Browser, tmp_path: Path, built: Path) -> None:
    plot(built, "partners-by-field", tmp_path / "page.html")
    for opened in show(browser, tmp_path / "page.html", PHONE):
        assert opened.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert opened.tab.evaluate("document.querySelector('#picture svg').getBoundingClientRect().width") >= 600
        opened.shoot("plot-phone")
        assert opened.rules_broken() == []


def test_paper_has_the_whole_picture(browser: Browser, tmp_path: Path, built: Path) -> None:
    plot(built, "money-by-partner", tmp_path / "page.html")
    for opened in show(browser, tmp_path / "page.html"):
        opened.tab.emulate_media(media="print")
        opened.tab.set_viewport_size({"width": 690, "height": 1000})
        opened.shoot("plot-paper")
        assert opened.tab.evaluate("document.documentElement.scrollWidth") <= 690
        assert not opened.tab.is_visible("summary")


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_are_text(browser: Browser, tmp_path: Path, name: str) -> None:
    plot(hostile_graph(), name, tmp_path / "page.html")
    for opened in show(browser, tmp_path / "page.html"):
        opened.shoot(f"plot-hostile-{name}")
        assert opened.tab.evaluate("window.broken") is None
        assert opened.tab.locator("img, iframe, a, main script, foreignObject").count() == 0
        assert "<script>" in opened.tab.inner_text("main") or "<script>" in (opened.tab.text_content("table") or "")
        for mark in opened.tab.locator("#picture .told").all()[:8]:
            mark.dispatch_event("pointermove", {"clientX": 200, "clientY": 200})
        assert opened.tab.evaluate("window.broken") is None


def test_a_picture_saved_as_svg_shows_by_itself(browser: Browser, tmp_path: Path, built: Path) -> None:
    plot(built, "timeline", tmp_path / "picture.svg")
    for opened in open_page(browser, tmp_path / "picture.svg", DESK, "document.querySelector('svg') !== null"):
        opened.shoot("plot-svg")
        assert "合作协议与指南的年份" in (opened.tab.text_content("svg") or "")
