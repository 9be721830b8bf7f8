"""Promises of a network page in a real browser: its picture can be saved and printed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from tests.browsing import COLOURS_ON_PAPER, DESK, Open

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_picture_can_be_saved(fields: Open, tmp_path: Path) -> None:
    with fields.tab.expect_download() as waiting:
        fields.tab.click("#png")
    saved = tmp_path / "picture.png"
    waiting.value.save_as(saved)
    assert waiting.value.suggested_filename == "合作方与领域.png"
    head = io.BytesIO(saved.read_bytes()).read(8)
    assert head == b"\x89PNG\r\n\x1a\n"
    assert saved.stat().st_size > 5000


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
