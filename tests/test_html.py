"""Promises of a page: one file, no request, nothing in it can break out, the same bytes every time, whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import pytest

from ontology.errors import QueryError, ZhinanError
from ontology.vocabulary import BASE
from tests.network_sample import HOSTILE, small_graph
from viz import html
from viz.html import draw, to_page, to_script_json, write_page
from viz.marks import STYLES
from viz.network import Network

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "agreements-over-years", "contacts-agencies", "keywords", "partners-agreements-agencies", "partners-fields",
    "programme-tree", "requirements-together",
)  # fmt: skip


class Page(HTMLParser):
    """Collects the elements of a page and what stands in its scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, dict[str, str], str]] = []
        self.inside: tuple[str, dict[str, str]] | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        self.elements.append((tag, attributes))
        self.inside = (tag, attributes) if tag in ("script", "style") else None

    def handle_endtag(self, tag: str) -> None:
        self.inside = None

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts.append((*self.inside, data))

    def data(self) -> dict[str, list[dict[str, object]]]:
        texts = [text for _, attributes, text in self.texts if attributes.get("id") == "data"]
        loaded: dict[str, list[dict[str, object]]] = json.loads("".join(texts))
        return loaded

    def policy(self) -> str:
        found = [a["content"] for _, a in self.elements if a.get("http-equiv") == "Content-Security-Policy"]
        assert len(found) == 1
        return found[0]


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    return draw(small_graph(), "partners-fields", tmp_path_factory.mktemp("page") / "page.html")


@pytest.fixture(scope="module")
def text(network: Network) -> str:
    return to_page(network, title_zh=f"标题{HOSTILE[0]}", title_en=f"Title {HOSTILE[2]}")


@pytest.mark.parametrize("name", NAMES)
def test_every_network_becomes_one_small_file(name: str, tmp_path: Path) -> None:
    draw(small_graph(), name, tmp_path / "page.html")
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").stat().st_size <= 1_500_000


@pytest.mark.parametrize("graph", ["built", "built_corpus"])
@pytest.mark.parametrize("name", NAMES)
def test_the_guides_fit_into_one_small_file(
    graph: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    drawn = draw(request.getfixturevalue(graph), name, tmp_path / "page.html")
    assert (tmp_path / "page.html").stat().st_size <= 1_500_000
    if name == "programme-tree":
        kinds = [data["class"] for _, data in drawn.nodes(data=True)]
        assert (kinds.count("Call"), kinds.count("Direction")) == (5, 183)
    silent = [ends for *ends, data in drawn.edges(data=True) if not data["sentences"]]
    assert silent == [], "a line without a sentence behind it"


def test_the_page_names_nothing_to_fetch(text: str) -> None:
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert tags.isdisjoint({"link", "img", "iframe", "object", "embed", "base", "form", "a", "video", "audio"})
    for _, attributes in page.elements:
        assert attributes.keys().isdisjoint({"src", "href", "action", "background", "srcset", "ping", "style"})
        assert not [key for key in attributes if key.startswith("on")]
    assert "sourceMappingURL" not in text
    assert "@import" not in text
    styles = "".join(inside for tag, _, inside in page.texts if tag == "style")
    assert "url(" not in styles


def test_the_policy_forbids_the_network_and_admits_only_these_scripts(text: str) -> None:
    page = Page(text)
    policy = page.policy()
    assert policy.startswith("default-src 'none'; ")
    assert "connect-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert (len(scripts), len(styles)) == (2, 1)
    for body in scripts + styles:
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_hostile_values_arrive_whole_and_open_nothing(text: str) -> None:
    page = Page(text)
    assert len([tag for tag, _ in page.elements if tag == "script"]) == 3
    data = page.data()
    said = json.dumps(data, ensure_ascii=False)
    for hostile in HOSTILE:
        assert json.dumps(hostile, ensure_ascii=False)[1:-1] in said
    inside = "".join(t for _, attributes, t in page.texts if attributes.get("id") == "data")
    assert not re.search(r"[<>&\u2028\u2029]", inside)
    assert "{{ 7 * 7 }}" in said, "no value is a template"
    assert "<script>window" not in text


def test_json_survives_a_script_element() -> None:
    value = ["</script>", "<!--", "\u2028\u2029", "&amp;", "𠮷", "\ud800"]
    written = to_script_json(value)
    assert json.loads(written) == value
    assert "<" not in written
    written.encode("utf-8")


def test_directions_and_sentences_stand_once(text: str) -> None:
    data = Page(text).data()
    sentences = [tuple(s) for s in data["sentences"]]
    assert len(sentences) == len(set(sentences)) > 0
    assert [d["number"] for d in data["directions"]] == ["1.1", "1.2", "2.1", "2.1.1"]
    for edge in data["edges"]:
        for direction, sentence in edge["quotes"]:  # type: ignore[attr-defined]
            assert direction in range(-1, len(data["directions"]))
            assert sentence in range(len(sentences))


def test_physics_is_off_and_every_node_has_its_place(text: str) -> None:
    data = Page(text).data()
    options = json.loads(json.dumps(data["options"]))
    assert options["physics"]["enabled"] is False
    assert all(isinstance(node["x"], int) and isinstance(node["y"], int) for node in data["nodes"])


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from tests.network_sample import small_graph; from viz.html import draw\n"
        f"for name in {NAMES!r}: draw(small_graph(), name, pathlib.Path(sys.argv[1]) / name)"
    )
    for hashseed in ("1", "2"):
        (tmp_path / hashseed).mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": hashseed, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, tmp_path / hashseed], env=environment, cwd=ROOT, check=True)
    for name in NAMES:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


def test_a_page_that_cannot_be_written_leaves_nothing(network: Network, tmp_path: Path) -> None:
    for path in (tmp_path / "none" / "page.html", tmp_path / ("页" * 100)):
        with pytest.raises(ZhinanError) as caught:
            write_page(network, path, title_zh="题", title_en="Title")
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(ZhinanError):
        write_page(network, folder, title_zh="题", title_en="Title")
    assert [file.name for file in tmp_path.rglob("*")] == ["folder"]


def test_a_failed_page_leaves_the_old_one(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    page.write_text("old")

    def fail(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ZhinanError, match="No space left"):
        write_page(network, page, title_zh="题", title_en="Title")
    assert page.read_text() == "old"
    assert list(tmp_path.iterdir()) == [page]


def test_the_page_knows_the_measures_and_years_of_what_it_shows(text: str) -> None:
    data = Page(text).data()
    israel = next(node for node in data["nodes"] if node["code"] == "IL")
    assert (israel["degree"], israel["community"]) == (3, israel["community"])
    assert isinstance(israel["betweenness"], float)
    assert {direction["year"] for direction in data["directions"]} == {2021}
    parents = {direction["number"]: direction["parent"] for direction in data["directions"]}
    assert parents == {"1.1": -1, "1.2": -1, "2.1": -1, "2.1.1": 2}


def test_the_neighbourhood_of_a_node_is_drawn_under_its_name(tmp_path: Path) -> None:
    drawn = draw(small_graph(), "around", tmp_path / "page.html", "IL")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<title>以色列：" in text
    assert BASE + "country/IL" in drawn
    assert {data["class"] for _, data in drawn.nodes(data=True)} >= {"Country", "Direction", "Field", "Agreement"}


def test_an_empty_network_has_no_page() -> None:
    empty: Network = nx.MultiDiGraph(classes={})
    with pytest.raises(QueryError):
        to_page(empty, title_zh="空", title_en="Empty")


def test_vis_network_missing_from_pyvis_is_said(monkeypatch: pytest.MonkeyPatch, network: Network) -> None:
    monkeypatch.setattr(html, "VIS", "lib/vis-0.0.0/vis-network.min.js")
    with pytest.raises(ZhinanError, match="pyvis"):
        to_page(network, title_zh="题", title_en="Title")


def test_classes_are_told_apart_by_shape_or_colour_and_can_be_seen() -> None:
    styles = tomllib.loads(STYLES.read_text(encoding="utf-8"))
    together = [
        ("Country", "Region", "CountryGroup", "InternationalOrganisation", "Field"),
        ("Country", "Region", "CountryGroup", "InternationalOrganisation", "Agreement", "Agency"),
        ("Programme", "Call", "Section", "Direction"),
    ]
    for classes in together:
        for key in ("shape", "color"):
            assert len({styles[name][key] for name in classes}) == len(classes), (classes, key)
    for name, style in styles.items():
        assert contrast(style["color"], "#faf9f6") >= 4.5, name


def test_both_languages_have_the_same_words() -> None:
    script = (STYLES.parent / "words.js").read_text(encoding="utf-8")
    zh, en = (re.findall(r"(?:^|[ {])(\w+): '", part) for part in script.split("  en: {"))
    assert len(zh) > 25
    assert sorted(zh) == sorted(en)
    markup = (STYLES.parent / "network.html").read_text(encoding="utf-8")
    assert set(re.findall(r'data-(?:word|name|hint)="(\w+)"', markup)) <= set(zh)


def test_the_base_is_no_address_the_page_would_ask(text: str) -> None:
    assert BASE not in text, "IRIs stay in the graph; the page shows names"


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
