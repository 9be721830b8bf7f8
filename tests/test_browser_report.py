"""Promises of the report in a real browser: it opens from a disk, asks nobody, finds, leads from a fact to its words
and back, speaks both languages, fits a phone, passes axe, and hostile names stay text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browsing import DESK, PHONE, Open
from tests.network_sample import HOSTILE, IMAGE, SCRIPT, small_graph
from viz.site import write_site
from zhinan.reporting import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

READY = "document.readyState === 'complete' && window.zhinan !== undefined"
KINDS = {
    "overview": "index.html",
    "call": "call/003.html",
    "direction": "direction/001-1.3.html",
    "targets": "direction/004-1.3.html",
    "partner": "partner/IL.html",
    "agency": "agencies.html >> a",
    "agreement": "agreements.html >> a",
    "field": "field/ENE.html",
    "list": "directions.html",
    "source": "source/001.html",
}
"""What each kind of page is tried on: a path, or the first link in the table of a list."""


class Report:
    """A folder of pages, opened with the network off; all that is asked for must lie in it."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder

    def open(self, path: str, size: tuple[int, int] = DESK) -> Iterator[Open]:
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        opened = Open(context.new_page())
        page, _, wanted = path.partition(" >> ")
        opened.watch(f"{self.folder.as_uri()}/{page}", READY)
        if wanted:
            opened.tab.locator(f"tbody th {wanted}").first.click()
            opened.tab.wait_for_load_state()
        yield opened
        context.close()
        assert opened.complaints == []
        assert [url for url in opened.requests if not url.startswith(self.folder.as_uri())] == []


def assert_drawn(opened: Open, language: str) -> None:
    """Wait for the first picture; a page's policy forbids to wait inside of it."""
    width = f"document.querySelector('figure img.{language}').naturalWidth"
    for _ in range(50):
        if opened.tab.evaluate(width) > 300:
            return
        opened.tab.wait_for_timeout(100)
    raise AssertionError("the picture is not drawn")


@pytest.fixture(scope="module")
def report(browser: Browser, built_corpus: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("report") / "report"
    write_report(built_corpus, folder, sources=corpus)
    return Report(browser, folder)


@pytest.fixture(scope="module")
def hostile(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = tmp_path_factory.mktemp("hostile") / "a report, #1 & 文件"
    write_site(small_graph(), folder, version="0")
    return Report(browser, folder)


@pytest.fixture
def overview(report: Report) -> Iterator[Open]:
    yield from report.open("index.html")


@pytest.fixture
def direction(report: Report) -> Iterator[Open]:
    yield from report.open(KINDS["direction"])


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_shows_passes_axe_and_fits(report: Report, kind: str, size: tuple[int, int]) -> None:
    for opened in report.open(KINDS[kind], size):
        for language in ("zh", "en"):
            opened.tab.click(f"#{language}")
            opened.tab.wait_for_timeout(100)
            assert opened.rules_broken() == []
            assert opened.tab.evaluate("document.documentElement.scrollWidth") <= size[0]
            opened.shoot(f"report-{kind}-{size[0]}-{language}")


@pytest.mark.parametrize("typed", ["以色列", "Israel", "israel", "IL"])
def test_search_finds_by_either_name_and_by_code(overview: Open, typed: str) -> None:
    overview.tab.click("#search")
    overview.tab.fill("#search", typed)
    overview.tab.wait_for_selector("#hits li")
    assert "以色列" in overview.tab.inner_text("#hits")
    assert overview.rules_broken() == []
    overview.shoot("report-search")
    overview.tab.press("#search", "Enter")
    overview.tab.wait_for_url("**/partner/IL.html")


def test_search_finds_what_a_direction_is_about_and_says_where_nothing_is(overview: Open) -> None:
    overview.tab.keyboard.press("/")
    overview.tab.keyboard.type("Nofar")
    overview.tab.wait_for_selector("#hits li")
    assert "1.3 中国和以色列产业技术研发合作项目" in overview.tab.inner_text("#hits")
    overview.tab.fill("#search", "亚特兰蒂斯")
    assert overview.tab.inner_text("#hits") == "没有找到"


def test_a_fact_leads_to_its_words_and_the_words_lead_back(direction: Open) -> None:
    row = direction.tab.locator(".fact", has_text="拟支持项目数").first
    assert "不超过10个" in row.locator("mark").inner_text()
    anchor = row.get_attribute("id")
    row.locator("a.place").first.click()
    direction.tab.wait_for_selector(".m .now")
    assert "/source/001.html#c" in direction.tab.url
    assert direction.tab.locator(".m .now").all_inner_texts() == ["不超过10个"]
    box = direction.tab.locator(".m .now").bounding_box()
    assert box is not None
    assert 0 < box["y"] < DESK[1], "the words are out of sight"
    assert "项目数上限" in direction.panel()
    assert direction.rules_broken() == []
    direction.shoot("report-source-marked")
    direction.tab.locator("#said li a").first.click()
    direction.tab.wait_for_url(f"**/direction/001-1.3.html#{anchor}")
    assert "拟支持项目数" in direction.tab.locator(".fact:target").inner_text()
    direction.tab.go_back()
    direction.tab.wait_for_selector(".m .now")


def test_a_click_on_marked_words_lists_all_that_they_say(report: Report) -> None:
    for opened in report.open(KINDS["source"]):
        assert opened.panel().startswith("读出的事实")
        opened.tab.locator(".m", has_text="以色列创").last.locator("[data-s]").first.click()
        assert "依据协议" in opened.panel()
        assert "方向 1.3" in opened.panel()
        opened.tab.click("#en")
        assert "Direction 1.3" in opened.panel()
        opened.tab.keyboard.press("Escape")
        assert opened.tab.locator(".m .now").count() == 0


def test_the_marks_are_within_reach_of_the_keyboard(report: Report) -> None:
    for opened in report.open(KINDS["source"]):
        opened.tab.locator(".m").nth(3).focus()
        opened.tab.keyboard.press("Enter")
        assert opened.tab.locator("#said li").count() > 0
        assert opened.tab.url.rpartition("/")[2].startswith("001.html")


def test_a_place_that_is_no_evidence_is_passed_over(report: Report) -> None:
    for opened in report.open(f"{KINDS['source']}#c999998-999999"):
        assert opened.tab.is_visible("#panel .hint")
        assert opened.tab.locator(".m .now").count() == 0


def test_a_phone_shows_the_names_of_a_drawing_whole(report: Report) -> None:
    outside = """[...document.querySelectorAll('.strands .left text')].filter((name) => {
      const [own, box] = [name, name.closest('.drawing')].map((one) => one.getBoundingClientRect());
      return own.width && (own.left < box.left || own.right > box.right);
    }).map((name) => name.textContent)"""
    for path in (KINDS["partner"], KINDS["direction"]):
        for opened in report.open(path, PHONE):
            assert opened.tab.locator(".strands .left").count() > 0
            assert opened.tab.evaluate(outside) == []


def test_the_language_is_kept_from_page_to_page(overview: Open) -> None:
    assert overview.tab.get_attribute("html", "lang") == "zh-CN"
    overview.tab.click("#en")
    assert overview.tab.inner_text("h1") == "What the guides say"
    assert overview.tab.get_attribute("#search", "placeholder") == "Find: Israel, 以色列, 氢能 …"
    overview.tab.click("nav >> text=Partners")
    overview.tab.wait_for_load_state()
    assert overview.tab.inner_text("h1") == "All partners"
    assert overview.tab.get_attribute("html", "lang") == "en"
    overview.tab.click("#zh")
    assert overview.tab.inner_text("h1") == "全部合作方"


def test_the_language_is_kept_where_nothing_may_be_stored(report: Report) -> None:
    for opened in report.open("index.html"):
        opened.tab.add_init_script(
            "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
        )
        opened.tab.reload()
        opened.tab.wait_for_load_state()
        opened.tab.click("#en")
        opened.tab.click("nav >> text=Partners")
        opened.tab.wait_for_load_state()
        assert opened.tab.inner_text("h1") == "All partners"
        opened.tab.locator("tbody a").first.click()
        opened.tab.wait_for_load_state()
        assert opened.tab.get_attribute("html", "lang") == "en"


def test_the_list_of_directions_narrows(report: Report) -> None:
    for opened in report.open(KINDS["list"]):
        rows = opened.tab.locator("tbody tr:visible")
        assert rows.count() == 183
        opened.tab.select_option("select >> nth=0", label="2021")
        opened.tab.select_option("select >> nth=1", label="以色列")
        assert rows.count() == 2
        assert opened.tab.inner_text("[data-count]") == "2"
        opened.tab.fill(".narrow input", "产业")
        assert rows.count() == 1
        opened.shoot("report-list-narrowed")


def test_a_neighbour_leads_to_its_page(direction: Open) -> None:
    direction.tab.locator(".strands a.partner").first.click()
    direction.tab.wait_for_url("**/partner/IL.html")


def test_the_pictures_are_drawn_in_the_language_of_the_page(overview: Open) -> None:
    overview.tab.locator("figure img.zh").first.scroll_into_view_if_needed()
    assert_drawn(overview, "zh")
    overview.tab.click("#en")
    overview.tab.locator("figure img.en").first.scroll_into_view_if_needed()
    assert_drawn(overview, "en")
    overview.shoot("report-pictures-en")
    assert overview.tab.locator("figure img.zh:visible").count() == 0


def test_hostile_names_stay_text(hostile: Report) -> None:
    for opened in hostile.open("index.html"):
        for path in sorted(path.relative_to(hostile.folder).as_posix() for path in hostile.folder.rglob("*.html")):
            opened.tab.goto(f"{hostile.folder.as_uri()}/{path}")
            opened.tab.click("#en")
            assert opened.tab.evaluate("window.broken") is None, path
            assert opened.tab.locator("main script:not([type]), main img:not([src^=pictures])").count() == 0
        for wanted in HOSTILE[:2]:
            opened.tab.click("#search")
            opened.tab.fill("#search", wanted)
            opened.tab.wait_for_selector("#hits li:not(.none)")
        assert IMAGE in opened.tab.inner_text("#hits")
        assert opened.tab.locator("#hits img, #hits script").count() == 0
        opened.tab.press("#search", "Enter")
        opened.tab.wait_for_load_state()
        assert IMAGE in opened.tab.inner_text("main")
        assert opened.tab.evaluate("window.broken") is None
        opened.shoot("report-hostile")
    assert SCRIPT


def test_paper_shows_the_facts_and_no_controls(direction: Open, tmp_path: Path) -> None:
    direction.tab.emulate_media(media="print")
    assert not direction.tab.is_visible("#search")
    assert not direction.tab.is_visible("nav")
    assert direction.tab.locator("blockquote:visible").count() > 3
    (tmp_path / "paper.pdf").write_bytes(direction.tab.pdf())
    assert (tmp_path / "paper.pdf").stat().st_size > 20_000
