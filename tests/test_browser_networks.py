"""Promises of the network pages in a real browser: each one shows, asks nobody, complains of nothing, and passes axe."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import COLOURS, NAMES_ASTRAY, NETWORKS, Open, open_page
from tests.network_sample import ISRAEL_QUOTE
from viz.html import draw

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AROUND = ("around IL", "around 001/1.3", "around field/ICT", "around 001")


@pytest.fixture(params=(*NETWORKS, "around"))
def each(request: pytest.FixtureRequest, browser: Browser, pages: dict[str, Path]) -> Iterator[tuple[str, Open]]:
    for opened in open_page(browser, pages[request.param]):
        yield request.param, opened


def test_every_network_shows_without_a_request_or_complaint(each: tuple[str, Open]) -> None:
    name, opened = each
    opened.shoot(f"small-{name}")
    assert opened.tab.evaluate(COLOURS) > 12, "the canvas is blank"
    assert opened.tab.evaluate("window.broken") is None


def test_every_network_passes_axe_in_each_state(each: tuple[str, Open]) -> None:
    _, opened = each
    assert opened.rules_broken() == []
    opened.tab.locator("#panel .rows button").first.click()
    assert opened.rules_broken() == []
    opened.tab.click("#en")
    opened.tab.locator("#panel .rows button").first.click()
    opened.tab.click("#as-table")
    opened.tab.select_option("#colour", "community")
    assert opened.rules_broken() == []
    opened.tab.fill("#search", "1")
    assert opened.rules_broken() == []


@pytest.mark.parametrize("words", AROUND)
def test_a_neighbourhood_of_the_guides_can_be_read(
    browser: Browser, tmp_path: Path, built_corpus: Path, words: str
) -> None:
    network, node = words.split()
    draw(built_corpus, network, tmp_path / "page.html", node)
    assert (tmp_path / "page.html").stat().st_size <= 1_500_000
    for opened in open_page(browser, tmp_path / "page.html"):
        opened.shoot(f"corpus-{words.replace(' ', '-').replace('/', '-')}")
        assert opened.tab.evaluate(COLOURS) > 12, "the canvas is blank"


@pytest.mark.parametrize("graph", ["built", "built_corpus"])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_guides_can_be_read_in_their_networks(
    browser: Browser, tmp_path: Path, graph: str, name: str, request: pytest.FixtureRequest
) -> None:
    draw(request.getfixturevalue(graph), name, tmp_path / "page.html")
    for opened in open_page(browser, tmp_path / "page.html"):
        opened.shoot(f"{graph}-{name}")
        assert opened.tab.evaluate(COLOURS) > 12, "the canvas is blank"
        assert opened.tab.evaluate(NAMES_ASTRAY) == [], "a name is cut off"
        assert opened.tab.evaluate("window.zhinan.labels().length") > 20
        opened.tab.click("#as-table")
        opened.shoot(f"{graph}-{name}-table")
        assert opened.tab.locator("#table tbody tr").count() > 5
        opened.tab.click("#as-table")
        opened.tab.select_option("#colour", "community")
        opened.tab.wait_for_timeout(150)
        opened.shoot(f"{graph}-{name}-communities")
        opened.tab.select_option("#colour", "class")
        if name == "partners-fields":
            opened.click_edge("以色列", "人口与健康")
            assert ISRAEL_QUOTE in opened.tab.locator("#panel mark").all_inner_texts()
            opened.shoot(f"{graph}-{name}-edge")
            for typed in ("以色列", "Israel"):
                opened.tab.fill("#search", typed)
                opened.tab.press("#search", "Enter")
                assert opened.tab.inner_text("#panel h2") == "以色列"
            opened.tab.click("#en")
            opened.shoot(f"{graph}-{name}-node-en")
