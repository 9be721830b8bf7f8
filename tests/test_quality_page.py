"""The page on quality shows every difference beside the very words, runs no script and asks nobody."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kg_build.build import build
from kg_build.comparisons import say
from kg_build.evaluation import Evaluation, read_records
from tests.conftest import lack
from zhinan.excerpts import CUT, Mark, cut_out, to_pieces
from zhinan.passages import find_words
from zhinan.quality import to_page, write_page
from zhinan.scoring import score
from zhinan.words import TEMPLATES, read_fields

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SCREENS = Path(__file__).resolve().parent.parent / "build" / "screens"
HOSTILE = "<script>x()</script>&“双引\"号'"
GUIDE = f"""“某{HOSTILE}”重点专项2021年度项目申报指南
本批将设立3个指南方向。
1.1 中国和德国联合研究项目
合作协议：《中德科技
合作协定》。
领域方向：新材料；{HOSTILE}。
拟支持项目数：3个。
共拟支持经费：1000万元。
其他要求：德方联系人：Eva Lind，电话：+49 30 123456，邮箱：eva@example.org。
1.2 中国和法国联合研究项目
合作协议：《中法协定》。
拟支持项目数：5个。
考核指标：（1）形成标准2项；（2）申请专利≥10件。
1.3 中国和挪威联合研究项目
领域方向：海洋。
拟支持项目数：1个。
"""
CHANGES: dict[str | None, dict[str, Any]] = {
    None: {"year": 2020, "stated_directions": None},
    "1.1": {
        "partners": ["SE"],
        "projects": {"min": None, "max": 4},
        "topics": [{"title": "新材料", "subtopics": []}],
        "contacts": [{"name": "Lind", "org": None, "phones": [], "faxes": [], "emails": ["eva@example.org"]}],
        "requirements": [{"code": "ip-agreement", "value": None}],
    },
    "1.2": {"partners": ["FR", "DE"], "measures": [], "agreements": [{"title": "中法协定", "year": 2019}]},
}
"""What the gold says otherwise."""


class Page(HTMLParser):
    """The elements of a page, and what stands inside each mark."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.marked: dict[str, list[str]] = {"invented": [], "missed": [], "head": [], "style": []}
        self._inside: str | None = None
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        self.elements.append((tag, attributes))
        if tag in ("mark", "b", "style"):
            self._inside = {"b": "head", "style": "style"}.get(tag) or attributes["class"]
            self.marked[self._inside].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.marked[self._inside][-1] += data
        self.words.append(data)


@dataclass(frozen=True, slots=True)
class Case:
    """A graph with its source, and how it compares with a gold that says otherwise."""

    folder: Path
    texts: Path
    evaluation: Evaluation

    def page(self, texts: Path | None = None) -> str:
        return to_page(self.evaluation, self.folder, texts=texts)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("case")
    texts, gold = folder / "texts", folder / "gold"
    for place in (texts, gold):
        place.mkdir()
    (texts / "007_guide.txt").write_text(GUIDE, "utf-8")
    build([texts], folder / "kg")
    records = [r for r in read_records(folder / "kg" / "records.jsonl") if r.get("number") != "1.3"]
    records = [record | {"document": "007"} | CHANGES.get(record.get("number"), {}) for record in records]
    records.append(records[1] | {"number": "1.9", "title": "中国和某国联合研究项目"})
    (gold / "007.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    absent = [records[0] | {"document": "008", "year": 1999}]
    (gold / "008.jsonl").write_text("\n".join(map(json.dumps, absent)), "utf-8")
    labels = [{"document": "007", "number": "1.1", "fields": [*records[1]["fields"], "ENE"], "maybe": []}]
    (gold / "fields.jsonl").write_text("\n".join(map(json.dumps, labels)), "utf-8")
    return Case(folder / "kg", texts, score(gold, folder / "kg"))


@pytest.fixture(scope="module")
def text(case: Case) -> str:
    return case.page(case.texts)


def test_the_page_asks_nobody_and_runs_nothing(text: str) -> None:
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "object", "embed", "base", "form", "svg"})
    for _, attributes in page.elements:
        assert attributes.keys().isdisjoint({"src", "action", "background", "srcset", "ping", "style"})
        assert not [key for key in attributes if key.startswith("on")]
        assert attributes.get("href", "#").startswith("#")
    (style,) = page.marked["style"]
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = (a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_what_a_source_holds_opens_nothing(text: str) -> None:
    page = Page(text)
    assert "<script>" not in text
    assert HOSTILE in "".join(page.words)


def test_every_miss_and_every_invention_is_shown(case: Case, text: str) -> None:
    ids = [attributes["id"] for _, attributes in Page(text).elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    differences = [(tag, a) for tag, a in Page(text).elements if a.get("class") == "difference"]
    assert len(differences) == len(case.evaluation.misses) > 20
    said = "".join(Page(text).words)
    for miss in case.evaluation.misses:
        assert f"{miss.document}-{miss.number or 'call'}-{miss.field}".replace(".", "_") in ids
        assert miss.field in read_fields()
        for item in (*miss.missed, *miss.invented):
            shown = (miss.number or "") if miss.field == "direction" else say(item)
            assert shown.upper() in said.upper(), (miss.field, item)
    counted = sum(len(miss.missed) + len(miss.invented) for miss in case.evaluation.misses)
    assert sum(attributes.get("class") == "item" for _, attributes in Page(text).elements) == counted


def test_every_link_leads_somewhere(text: str) -> None:
    page = Page(text)
    ids = {f"#{attributes['id']}" for _, attributes in page.elements if "id" in attributes}
    links = {attributes["href"] for tag, attributes in page.elements if tag == "a"}
    assert len(links) > 10
    assert links <= ids
    labels = {f"#{attributes['for']}" for tag, attributes in page.elements if tag == "label"}
    assert labels <= ids


def test_invented_values_are_marked_at_their_evidence_and_missed_ones_where_they_stand(text: str) -> None:
    marked = Page(text).marked
    for words in (
        "德国",
        "3个",
        "2021",
        "3个指南方向",
        "Eva Lind",
        "+49 30 123456",
        HOSTILE,
        "形成标准2项",
        "专利≥10件",
    ):
        assert [each for each in marked["invented"] if words.replace("形成", "") in each], words
    assert not [each for each in marked["invented"] if "新材料" in each], "what is right is not marked"
    assert not [each for each in marked["invented"] if "中法协定" in each], "the title is right, its year is missed"
    assert "中法协定" in marked["missed"]
    assert "1.1" in marked["head"]
    assert "联合研究项目" in "".join(marked["head"])


def test_without_the_sources_the_quotes_of_the_graph_are_shown(case: Case) -> None:
    page = Page(case.page())
    assert "没有原文可对照" in "".join(page.words)
    assert "德国" in page.marked["invented"]
    assert "中国和挪威联合研究项目" in page.marked["head"], "an invented direction"
    assert not page.marked["missed"][1:], "only the legend has one"


def test_a_source_that_has_changed_is_not_marked(case: Case, tmp_path: Path) -> None:
    (tmp_path / "007_guide.txt").write_text(GUIDE.replace("“某", "某某某"), "utf-8")
    words = "".join(Page(case.page(tmp_path)).words)
    assert "文件已与建图时不同" in words
    assert "没有原文可对照" not in words


def test_what_was_not_read_at_all_is_shown_too(case: Case, text: str) -> None:
    words = re.sub(r"\s+", " ", "".join(Page(text).words))
    assert words.count("建出的记录里没有它") == 2, "direction 1.9, and the guide 008"
    assert ("008", "call.year") in {(miss.document, miss.field) for miss in case.evaluation.misses}
    assert "1999" in words


def test_every_word_has_both_languages_and_is_used() -> None:
    template = (TEMPLATES / "quality.html").read_text("utf-8") + Path("zhinan/quality.py").read_text("utf-8")
    template += Path("zhinan/scoring.py").read_text("utf-8")
    for key, word in tomllib.loads((TEMPLATES / "words.toml").read_text("utf-8")).items():
        assert set(word) == {"zh", "en"}, key
        assert re.search(rf"[\"'.]{key}\b", template), f"{key} is used nowhere"


def test_the_page_of_a_perfect_reading_says_so(built_corpus: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    lines = [
        line for line in (built_corpus / "records.jsonl").read_text("utf-8").splitlines() if '"document": "002"' in line
    ]
    (gold / "002.jsonl").write_text("\n".join(lines), "utf-8")
    page = Page(to_page(score(gold, built_corpus), built_corpus))
    assert "没有差别" in "".join(page.words)
    assert not [tag for tag, _ in page.elements if tag in ("article", "a")]


def test_a_page_that_cannot_be_written_leaves_the_old_one(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_page(case.evaluation, case.folder, path)
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    assert path.read_text("utf-8") == case.page()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("中德科技\n\n合作。\n下一句", "中德科技合作。\n下一句"),
        ("a word\nbroken", "a word broken"),
        ("项目\n其他要求：无", "项目\n其他要求：无"),
        ("条件如下\n（1）甲", "条件如下\n（1）甲"),
    ],
)
def test_lines_that_a_page_broke_are_joined(raw: str, shown: str) -> None:
    assert "".join(piece.text for piece in to_pieces(raw, 0, len(raw), ())) == shown


def test_marks_may_overlap_and_no_character_is_lost() -> None:
    pieces = to_pieces("零一二三四五", 0, 6, [Mark(1, 4, "head"), Mark(2, 6, "invented")])
    assert [(piece.text, piece.kind) for piece in pieces] == [("零", ""), ("一", "head"), ("二三四五", "invented")]


def test_of_a_long_passage_the_beginning_and_what_is_marked_are_shown() -> None:
    raw = "始" + "无" * 2000 + "证" + "无" * 2000
    pieces = cut_out(raw, 0, len(raw), [Mark(2001, 2002, "invented")])
    assert [piece.kind for piece in pieces] == ["", CUT, "", "invented", "", CUT]
    assert pieces[0].text.startswith("始")
    assert pieces[3].text == "证"
    assert sum(len(piece.text) for piece in pieces) < 600


@pytest.mark.parametrize(
    ("words", "found"), [("中德合作", "中德\n 合作"), ("ａｂ－1", "AB—1"), ("中", None), ("美国", None)]
)
def test_words_are_found_whatever_the_layout(words: str, found: str | None) -> None:
    raw = "甲：中德\n 合作，AB—1。"
    place = find_words(raw, 0, len(raw), words)
    assert (None if place is None else raw[slice(*place)]) == found


CONTRASTS = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (node) => { for (let at = node; at; at = at.parentElement) { const c = rgb(getComputedStyle(at).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const low = [];
  for (const node of document.body.querySelectorAll('*')) {
    if (![...node.childNodes].some((each) => each.nodeType === 3 && each.data.trim())) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) low.push(`${node.tagName}.${node.className} ${((a + .05) / (b + .05)).toFixed(2)}`);
  }
  return low;
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("ZHINAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not program:
        lack("no Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize(("name", "size"), [("desk", (1440, 900)), ("phone", (390, 844))])
def test_the_page_reads_well_on_a_desk_and_a_phone(
    chromium: Browser, case: Case, tmp_path: Path, name: str, size: tuple[int, int]
) -> None:
    path = tmp_path / "page.html"
    write_page(case.evaluation, case.folder, path, texts=case.texts)
    context = chromium.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
    tab = context.new_page()
    complaints: list[str] = []
    requests: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("request", lambda request: requests.append(request.url))
    tab.goto(path.as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert tab.evaluate(CONTRASTS) == []
    SCREENS.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=SCREENS / f"quality-{name}.png", full_page=True)
    assert complaints == []
    assert requests == [path.as_uri()]
    context.close()


@pytest.mark.browser
def test_the_keyboard_reaches_the_language_and_every_difference(chromium: Browser, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    write_page(case.evaluation, case.folder, path, texts=case.texts)
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    tab = context.new_page()
    tab.goto(path.as_uri())
    title = tab.locator("h1")
    assert title.inner_text() == "读得有多准"
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowRight")
    assert title.inner_text() == "How well the guides are read"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    link = tab.evaluate("document.activeElement.getAttribute('href')")
    tab.keyboard.press("Enter")
    tab.wait_for_timeout(100)
    box = tab.locator(":target").bounding_box()
    assert f"#{tab.evaluate('document.querySelector(`:target`).id')}" == link
    assert box is not None
    assert 0 <= box["y"] < 900
    context.close()
