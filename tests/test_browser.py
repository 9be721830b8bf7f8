"""Promises of a page in a real browser: it shows, it asks nobody, it finds, it quotes, and hostile names stay text.

Needs Debian's `chromium` and the package `playwright`; its own browsers are not used. Screenshots: build/screens/.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.conftest import lack
from tests.network_sample import HOSTILE, IMAGE, ISRAEL_QUOTE, LINK, SCRIPT, small_graph
from viz.html import draw

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "build" / "screens"
NETWORKS = (
    "agreements-over-years", "contacts-agencies", "keywords", "partners-agreements-agencies", "partners-fields",
    "programme-tree", "requirements-together",
)  # fmt: skip
AROUND = ("around IL", "around 001/1.3", "around field/ICT", "around 001")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE = (1440, 900), (390, 844)

POINT_OF_EDGE = """([from, to]) => {
  const { network, data } = window.zhinan;
  const id = (name) => data.nodes.find((node) => node.label === name || node.code === name).id;
  const places = network.getPositions();
  const [a, b] = [id(from), id(to)].map((one) => network.canvasToDOM(places[one]));
  const box = document.querySelector('#canvas').getBoundingClientRect();
  return [box.left + (a.x + b.x) / 2, box.top + (a.y + b.y) / 2];
}"""
POINT_OF_NODE = POINT_OF_EDGE.replace("[from, to]) =>", "[from]) => { const to = from; return (() =>").replace(
    "/ 2];\n}", "/ 2];\n})(); }"
)
COLOURS = """() => {
  const canvas = document.querySelector('#canvas canvas');
  const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 0) seen.add((pixels[i] >> 4) * 256 + (pixels[i + 1] >> 4) * 16 + (pixels[i + 2] >> 4));
  return seen.size;
}"""


COLOURS_ON_PAPER = """async () => {
  const image = document.querySelector('#paper img');
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight - 120;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.drawImage(image, 0, -60);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
  const seen = new Set();
  for (let i = 0; i < pixels.length; i += 4) seen.add((pixels[i] >> 4) * 256 + (pixels[i + 1] >> 4) * 16 + (pixels[i + 2] >> 4));
  return seen.size;
}"""


@dataclass(slots=True)
class Open:
    """A page in a tab, with all that the tab complained of and asked for."""

    tab: Tab
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def watch(self, address: str) -> None:
        """Open the page and note every console error, every exception and every request but its own."""

        def heard(message: ConsoleMessage) -> None:
            ours = "getImageData" in message.text  # the tests read the canvas back; the page never does
            if message.type in ("error", "warning") and not ours:
                self.complaints.append(message.text)

        def asked(request: Request) -> None:
            if request.url != address:
                self.requests.append(request.url)

        self.tab.on("console", heard)
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.on("request", asked)
        self.tab.goto(address)
        self.tab.wait_for_function("window.zhinan !== undefined")
        self.tab.wait_for_timeout(250)

    def panel(self) -> str:
        return self.tab.inner_text("#panel")

    def click_edge(self, one: str, other: str) -> None:
        x, y = self.tab.evaluate(POINT_OF_EDGE, [one, other])
        self.tab.mouse.click(x, y)
        self.tab.wait_for_timeout(150)

    def click_node(self, name: str) -> None:
        self.tab.locator("#picture").scroll_into_view_if_needed()
        x, y = self.tab.evaluate(POINT_OF_NODE, [name])
        self.tab.mouse.click(x, y)
        self.tab.wait_for_timeout(150)

    def rules_broken(self) -> list[str]:
        """Return what axe finds against WCAG 2.2 A and AA, each with the markup it is about."""
        from axe_playwright_python.sync_playwright import Axe

        found = Axe().run(self.tab, options={"runOnly": RULES}).response
        assert len(found["passes"]) > 10, "axe looked at nothing"
        return [f"{one['id']}: {node['html'][:100]}" for one in found["violations"] for node in one["nodes"]]

    def shoot(self, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.tab.screenshot(path=SCREENS / f"{name}.png")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = os.environ.get("ZHINAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        lack("no Chromium: apt-get install chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        lack("no playwright: pip install playwright (its own browsers are not needed)")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    for name in NETWORKS:
        draw(small_graph(), name, folder / f"{name}.html")
    draw(small_graph(), "around", folder / "around.html", "IL")
    return {name: folder / f"{name}.html" for name in (*NETWORKS, "around")}


def open_page(browser: Browser, path: Path, size: tuple[int, int]) -> Iterator[Open]:
    """Open a page with the network off; at the end nothing may have been asked or complained of."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, accept_downloads=True)
    opened = Open(context.new_page())
    opened.watch(path.as_uri())
    yield opened
    context.close()
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("blob:")] == []


@pytest.fixture
def fields(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    yield from open_page(browser, pages["partners-fields"], DESK)


@pytest.fixture
def phone(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    yield from open_page(browser, pages["partners-fields"], PHONE)


@pytest.fixture(params=(*NETWORKS, "around"))
def each(request: pytest.FixtureRequest, browser: Browser, pages: dict[str, Path]) -> Iterator[tuple[str, Open]]:
    for opened in open_page(browser, pages[request.param], DESK):
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
    for opened in open_page(browser, tmp_path / "page.html", DESK):
        opened.shoot(f"corpus-{words.replace(' ', '-').replace('/', '-')}")
        assert opened.tab.evaluate(COLOURS) > 12, "the canvas is blank"


@pytest.mark.parametrize("graph", ["built", "built_corpus"])
@pytest.mark.parametrize("name", NETWORKS)
def test_the_guides_can_be_read_in_their_networks(
    browser: Browser, tmp_path: Path, graph: str, name: str, request: pytest.FixtureRequest
) -> None:
    draw(request.getfixturevalue(graph), name, tmp_path / "page.html")
    for opened in open_page(browser, tmp_path / "page.html", DESK):
        opened.shoot(f"{graph}-{name}")
        assert opened.tab.evaluate(COLOURS) > 12, "the canvas is blank"
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


def test_the_picture_can_be_saved(fields: Open, tmp_path: Path) -> None:
    with fields.tab.expect_download() as waiting:
        fields.tab.click("#png")
    saved = tmp_path / "picture.png"
    waiting.value.save_as(saved)
    assert waiting.value.suggested_filename == "合作方与领域.png"
    head = io.BytesIO(saved.read_bytes()).read(8)
    assert head == b"\x89PNG\r\n\x1a\n"
    assert saved.stat().st_size > 5000


def test_a_phone_shows_picture_and_card_without_sideways_scrolling(phone: Open) -> None:
    assert phone.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert phone.tab.evaluate(COLOURS) > 12
    phone.shoot("small-phone")
    phone.click_node("以色列")
    assert phone.tab.inner_text("#panel h2") == "以色列"


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
    for opened in open_page(browser, tmp_path / "page.html", DESK):
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


def test_the_picture_can_be_saved_as_svg(fields: Open, browser: Browser, tmp_path: Path) -> None:
    fields.tab.click("#en")
    with fields.tab.expect_download() as waiting:
        fields.tab.click("#svg")
    waiting.value.save_as(tmp_path / "picture.svg")
    root = ElementTree.parse(tmp_path / "picture.svg").getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert waiting.value.suggested_filename == "Partners and fields.svg"
    texts = [element.text for element in root.iter(f"{space}text")]
    assert "Israel" in texts
    assert [text for text in texts if text and text.startswith("<script>")], "a hostile name is text"
    assert len(list(root.iter(f"{space}line"))) == 4
    assert {element.tag.removeprefix(space) for element in root.iter()} <= {
        "svg", "title", "rect", "text", "clipPath", "g", "line", "path",
    }  # fmt: skip
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, offline=True)
    shown = Open(context.new_page())
    shown.tab.goto((tmp_path / "picture.svg").as_uri())
    shown.shoot("small-svg")
    context.close()


def test_a_picture_can_be_saved_while_the_table_is_shown(fields: Open) -> None:
    fields.tab.click("#as-table")
    with fields.tab.expect_download() as waiting:
        fields.tab.click("#png")
    assert waiting.value.path().stat().st_size > 5000


def test_paper_shows_picture_and_card_and_no_buttons(fields: Open, tmp_path: Path) -> None:
    fields.click_node("以色列")
    fields.tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    fields.tab.emulate_media(media="print")
    fields.tab.wait_for_timeout(200)
    assert fields.tab.evaluate(COLOURS_ON_PAPER) > 20, "the picture on paper is blank"
    assert not fields.tab.is_visible("#controls")
    assert fields.tab.is_visible("#panel h2")
    fields.shoot("small-paper")
    (tmp_path / "paper.pdf").write_bytes(fields.tab.pdf())
    assert (tmp_path / "paper.pdf").read_bytes()[:4] == b"%PDF"
