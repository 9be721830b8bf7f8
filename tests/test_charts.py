"""Promises of pictures: the same graph gives the same picture, nothing is cut silently, names stay text, errors are one line."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from ontology.errors import QueryError, ZhinanError
from queries.graphs import LocalGraph
from tests.chart_sample import hostile_graph
from tests.network_sample import SCRIPT
from viz import svg
from viz.charts import CHARTS, get_chart, plot, read_figure, render_html, render_png, render_svg, to_list

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parent.parent
SVG = "{http://www.w3.org/2000/svg}"
CHART_NAMES = [chart.name for chart in CHARTS]


def texts(drawn: str) -> list[str]:
    root = ElementTree.fromstring(drawn)
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def told(drawn: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(drawn).iter(f"{SVG}title")]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", CHART_NAMES)
def test_every_picture_is_one_svg_with_title_words_and_marks(name: str, language: str, built: Path) -> None:
    drawn = render_svg(built, name, language=language)
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == {"zh": "zh-CN", "en": "en"}[language]
    assert "CJK" in str(root.get("font-family"))
    figure = read_figure(built, name, language=language)
    assert figure.title in texts(drawn)
    assert len(told(drawn)) > 3, "a mark says nothing under the pointer"
    assert len(drawn) < 200_000
    width, height = (float(root.get(side, "0")) for side in ("width", "height"))
    assert 600 <= width <= 1000
    assert height <= 1000
    assert not re.search(r"""(?:href|src)=|url\(["']?http""", drawn), "the picture asks for something"


@pytest.mark.parametrize("name", CHART_NAMES)
def test_two_pictures_in_one_page_share_no_id(name: str, built: Path) -> None:
    ids = re.findall(r' id="([^"]*)"', render_svg(built, name))
    assert [one for one in ids if not one.startswith(f"{name}-")] == []
    used = re.findall(r"url\(#([^)]*)\)", render_svg(built, name))
    assert set(used) <= set(ids)


def test_a_page_may_set_the_title_itself(built: Path) -> None:
    figure = read_figure(built, "timeline")
    drawn = render_svg(built, "timeline", heading=False)
    assert figure.title not in texts(drawn)
    assert len(figure.rows[0]) == len(figure.columns)


@pytest.mark.parametrize("suffix", ["svg", "png", "html"])
@pytest.mark.parametrize("name", CHART_NAMES)
def test_two_runs_write_the_same_file(name: str, suffix: str, built: Path, tmp_path: Path) -> None:
    for place in ("one", "two"):
        plot(built, name, tmp_path / f"{place}.{suffix}")
    assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_another_process_writes_the_same_file(built: Path, tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from viz.charts import plot; plot(Path(sys.argv[1]), 'targets', Path(sys.argv[2]))"
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", code, str(built), str(tmp_path / f"{seed}.svg")],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            check=True,
        )
    assert (tmp_path / "1.svg").read_bytes() == (tmp_path / "2.svg").read_bytes()


@pytest.mark.parametrize("name", CHART_NAMES)
def test_hostile_names_are_text(name: str) -> None:
    drawn = render_svg(hostile_graph(), name)
    root = ElementTree.fromstring(drawn)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "rect", "line", "text", "tspan", "title", "defs", "clipPath"}
    keys = {key for element in root.iter() for key in element.attrib}
    assert [key for key in keys if key.startswith("on") or "href" in key] == []
    assert any(SCRIPT in words for words in [*texts(drawn), *told(drawn)])
    assert not re.search("[\x00-\x08\x0e-\x1f\ufffe\uffff\u2028]", drawn)


class Elements(HTMLParser):
    """Collects the elements of a page and the words of its table."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", CHART_NAMES)
def test_a_page_forbids_the_network_and_holds_hostile_names_as_text(name: str) -> None:
    text = render_html(hostile_graph(), name)
    elements = Elements(text).found
    policies = [str(a["content"]) for _, a in elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'")
    assert "unsafe" not in policies[0]
    assert [tag for tag, _ in elements if tag in ("img", "iframe", "link", "a", "object")] == []
    assert [tag for tag, _ in elements].count("script") == 1
    assert [a for _, a in elements if any(key.startswith("on") or key == "style" for key in a)] == []
    assert len(text) < 300_000


def test_a_page_lists_all_that_the_picture_was_made_from(built: Path) -> None:
    figure = read_figure(built, "partners-by-field")
    cells = [tag for tag, _ in Elements(render_html(built, "partners-by-field")).found if tag == "tr"]
    assert len(cells) == len(figure.rows) + 1


def test_a_page_speaks_its_language(built: Path) -> None:
    assert '<html lang="en">' in render_html(built, "timeline", language="en")
    assert '<html lang="zh-CN">' in render_html(built, "timeline")


def test_chinese_characters_are_glyphs_and_no_boxes(built: Path) -> None:
    painted = [svg._paint(char) for char in "以色列"]
    assert len(set(painted)) == 3, "three characters, one picture: these are boxes"
    assert render_png(built, "money-by-partner")[:8] == b"\x89PNG\r\n\x1a\n"


def test_without_a_chinese_font_a_png_is_refused_in_one_line(run: Run, built: Path, tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>", encoding="utf-8")
    for suffix, code in (("png", 2), ("svg", 0)):
        path = tmp_path / f"picture.{suffix}"
        done = run("plot", "timeline", "-o", path, "--kg", built, FONTCONFIG_FILE=str(config))
        assert done.returncode == code, done.stderr
        assert path.exists() == (code == 0)
        assert done.stderr.count("\n") == (1 if code else 0)
        assert ("fonts-noto-cjk" in done.stderr) == bool(code)


def test_a_picture_measured_without_a_chinese_font_has_room_for_its_names(
    run: Run, built: Path, tmp_path: Path
) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{tmp_path / 'none'}</dir></fontconfig>", encoding="utf-8")
    boxes: list[list[float]] = []
    for told in ({}, {"FONTCONFIG_FILE": str(config)}):
        path = tmp_path / f"{len(boxes)}.svg"
        assert run("plot", "targets", "-o", path, "--kg", built, **told).returncode == 0
        boxes.append([float(one) for one in str(ElementTree.parse(path).getroot().get("viewBox")).split()])
    assert boxes[1][2] >= 0.97 * boxes[0][2]


@pytest.mark.parametrize("name", CHART_NAMES)
def test_a_graph_with_nothing_to_draw_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="nothing to draw") as caught:
        plot(LocalGraph(ox.Store()), name, tmp_path / "picture.svg")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["monye-by-partner", "-o", "x.svg"], ["monye", "money-by-partner?"]),
        (["timeline"], ["needs a file", "-o FILE.svg"]),
        (["timeline", "-o", "x.pdf"], [".pdf", ".svg, .png or .html"]),
        (["timeline", "-o", "x"], ["no suffix"]),
        (["timeline", "-o", "no/such/x.svg"], ["no/such/x.svg"]),
        (["targets", "--unit", "mmm", "-o", "x.svg"], ["mmm", "mm"]),
        (["timeline", "--unit", "mm", "-o", "x.svg"], ["units", "targets --unit"]),
        (["timeline", "--language", "fr", "-o", "x.svg"], ["fr", "zh"]),
        (["timeline", "-o", "x.svg", "--kg", "no/such/kg"], ["no/such/kg"]),
    ],
)
def test_a_wrong_word_gets_one_line_and_leaves_nothing(
    run: Run, tmp_path: Path, built: Path, words: list[str], said: list[str]
) -> None:
    kg = [] if "--kg" in words else ["--kg", str(built)]
    done = run("plot", *words, *kg, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    for word in said:
        assert word in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_failed_picture_leaves_the_file_that_was_there(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"before")
    monkeypatch.setattr(svg, "PROBES", ("\ue000", "\ue000"))  # as if no font had any character
    with pytest.raises(ZhinanError, match="no font here"):
        plot(built, "timeline", path)
    assert path.read_bytes() == b"before"


def test_without_a_name_the_pictures_are_listed(run: Run, tmp_path: Path) -> None:
    done = run("plot", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout == to_list() + "\n"
    assert [line.split()[0] for line in done.stdout.splitlines()] == CHART_NAMES


def test_every_picture_has_its_query_and_says_what_it_shows_in_both_languages() -> None:
    from queries.catalogue import PICTURES, load_queries

    assert {query.name for query in load_queries(PICTURES)} == set(CHART_NAMES)
    for name in CHART_NAMES:
        chart = get_chart(name)
        assert re.search("[\u4e00-\u9fff]", chart.zh)
        assert chart.en.isascii()
