"""A page in a real browser, for tests: open it with the network off, note what it complains of and asks for, look at it.

Needs Debian's `chromium` and the package `playwright`; its own browsers are not used. Screenshots: build/screens/.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import lack

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request
    from playwright.sync_api import Page as Tab

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "build" / "screens"
NETWORKS = (
    "agreements-over-years", "contacts-agencies", "keywords", "partners-agreements-agencies", "partners-fields",
    "programme-tree", "requirements-together",
)  # fmt: skip
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
NAMES_ASTRAY = """() => {
  const { clientWidth: width, clientHeight: height } = document.querySelector('#canvas canvas');
  return window.zhinan.labels().filter((box) => {
    const turn = (box.angle * Math.PI) / 180;
    const [x, y] = box.turned ? [box.x + Math.cos(turn) * (box.radius + 5 + box.long), box.y + Math.sin(turn) * (box.radius + 5 + box.long)]
      : [box.x + box.w, box.y + box.h];
    return x < 0 || y < 0 || x > width || y > height;
  }).map((box) => box.text);
}"""
"""The names on the canvas that its edge cuts off."""
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

    def watch(self, address: str, ready: str) -> None:
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
        self.tab.wait_for_function(ready)
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

        # told of violations only, axe does not describe each of thousands of elements that are right
        options = {"runOnly": RULES, "preload": False, "resultTypes": ["violations"]}
        found = Axe().run(self.tab, options=options).response
        assert len(found["passes"]) > 10, "axe looked at nothing"
        return [f"{one['id']}: {node['html'][:100]}" for one in found["violations"] for node in one["nodes"]]

    def shoot(self, name: str) -> None:
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.tab.screenshot(path=SCREENS / f"{name}.png")


def start_browser() -> Iterator[Browser]:
    """Start Debian's Chromium and stop it at the end; skip, or fail where it is demanded, without one."""
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


def open_page(
    browser: Browser, path: Path, size: tuple[int, int] = DESK, ready: str = "window.zhinan !== undefined"
) -> Iterator[Open]:
    """Open a page with the network off; at the end nothing may have been asked or complained of.

    `ready` is the expression that is true as soon as the page can be looked at.
    """
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, accept_downloads=True)
    opened = Open(context.new_page())
    opened.watch(path.as_uri(), ready)
    yield opened
    context.close()
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("blob:")] == []
