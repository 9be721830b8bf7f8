"""Promises of the report: every page, fact and place is linked, the same graph gives the same bytes, nothing of a
guide can become markup, what is not ours is never replaced, and what is left out for privacy is in no file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest

from ontology.errors import QueryError
from ontology.vocabulary import BASE
from queries.graphs import LocalGraph, open_graph
from tests.network_sample import HOSTILE, SCRIPT, small_graph
from viz.amounts import to_bounds, to_money
from viz.atlas import KINDS, read_atlas
from viz.contacts import BLACK
from viz.excerpts import to_excerpts
from viz.facts import Name, Quote, read_facts
from viz.folders import LIST, write_folder
from viz.site import iter_files, write_site
from viz.slugs import to_slug, to_slugs
from zhinan.reporting import read_texts, write_report

MB = 1_000_000
LOADED = {"img": "src", "script": "src", "link": "href", "iframe": "src", "object": "data", "form": "action"}


class Seen(HTMLParser):
    """What a page holds: ids, links, what it loads, its tags, what a browser would run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.tags: set[str] = set()
        self.dangers: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found["href"])
        if tag in LOADED and (target := found.get(LOADED[tag])):
            self.loads.append(target)
        self.dangers += [name for name in found if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in found and found.get("type") != "application/json":
            self.dangers.append("script without src")

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def files(built: Path, guides: Path) -> Mapping[str, bytes]:
    return dict(iter_files(open_graph(built), texts=read_texts(built, guides), version="0"))


@pytest.fixture(scope="module")
def pages(files: Mapping[str, bytes]) -> Mapping[str, Seen]:
    return {name: Seen(content.decode()) for name, content in files.items() if name.endswith(".html")}


@pytest.fixture(scope="module")
def hostile() -> Mapping[str, bytes]:
    return dict(iter_files(small_graph(), texts={}, version="0"))


def read(files: Mapping[str, bytes], name: str) -> str:
    return files[name].decode()


def resolve(page: str, href: str) -> tuple[str, str]:
    """Return path and anchor of a link from a page, as a browser would."""
    parts = urlsplit(href)
    folder = page.rpartition("/")[0].split("/") if "/" in page else []
    steps = [*folder, *unquote(parts.path).split("/")] if parts.path else page.split("/")
    path: list[str] = []
    for step in steps:
        if step == "..":
            path.pop()
        elif step:
            path.append(step)
    return "/".join(path), parts.fragment


def test_each_thing_has_a_page_and_each_kind_a_list(built: Path, files: Mapping[str, bytes]) -> None:
    atlas = read_atlas(read_facts(open_graph(built)))
    for kind in KINDS:
        assert len(atlas.things(kind)) == len([name for name in files if name.startswith(f"{kind}/")]) > 0
    assert {"direction/001-1.3.html", "partner/IL.html", "field/ICT.html", "call/003.html", "source/000.html"} <= set(
        files
    )
    assert {"directions.html", "partners.html", "agreements.html", "agencies.html", "fields.html"} <= set(files)


def test_every_internal_link_leads_to_a_page_and_a_place_on_it(
    files: Mapping[str, bytes], pages: Mapping[str, Seen]
) -> None:
    count = 0
    ids = {name: set(page.ids) for name, page in pages.items()}
    for name, page in pages.items():
        for href in page.links:
            if re.match(r"https?://|mailto:|tel:", href):
                continue
            path, anchor = resolve(name, href)
            assert path in files, f"{name}: {href}"
            if anchor:
                assert anchor in ids[path], f"{name}: {href}"
                count += 1
    assert count > 5000


def test_an_anchor_stands_once_on_its_page(pages: Mapping[str, Seen]) -> None:
    for name, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), name


def test_a_page_loads_nothing_but_what_lies_beside_it(files: Mapping[str, bytes], pages: Mapping[str, Seen]) -> None:
    for name, page in pages.items():
        assert {resolve(name, target)[0] for target in page.loads} <= set(files), name
        assert all(not urlsplit(target).scheme for target in page.loads), name
        assert page.dangers == [], name
    for name in ("assets/site.js", "assets/source.js", "assets/site.css"):
        assert not re.search(
            r"https?://|fetch\(|XMLHttp|@import|innerHTML|insertAdjacentHTML|eval\(", read(files, name)
        ), name


def test_a_fact_leads_to_its_words_and_they_lead_back(files: Mapping[str, bytes]) -> None:
    page = read(files, "direction/001-1.3.html")
    fact = re.search(
        r'id="(f\d+)"[^>]*>\s*<dt>[^/]*拟支持项目数.*?href="\.\./(source/001\.html)#(c(\d+)-(\d+))"', page, re.DOTALL
    )
    assert fact
    source = read(files, fact[2])
    mark = re.search(rf'href="\.\./([^"]+)">(?:<i [^>]*></i>)*<span id="{fact[3]}"[^>]*>([^<]+)<', source)
    assert mark
    assert mark[1] == f"direction/001-1.3.html#{fact[1]}"
    assert "10" in mark[2]


def test_a_source_page_holds_the_whole_text_in_order(files: Mapping[str, bytes], guides: Path) -> None:
    for path in sorted(guides.glob("*.txt")):
        name = path.name.split("_")[0]
        shown = Seen(
            read(files, f"source/{name}.html").partition("<article")[2].partition(">")[2].partition("</article>")[0]
        ).text
        raw = path.read_text(encoding="utf-8")
        assert "".join(shown.split()) == "".join(raw.split()), name


@pytest.fixture
def without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw none: to draw them takes half of the time, and the test is about something else."""
    monkeypatch.setattr("viz.pictures.draw_pictures", lambda graph: ())


@pytest.mark.usefixtures("without_pictures")
def test_without_sources_a_source_page_says_so_and_shows_the_quotes(built: Path, tmp_path: Path) -> None:
    site, note = write_report(built, tmp_path / "report")
    page = (tmp_path / "report" / "source" / "001.html").read_text(encoding="utf-8")
    assert note == ""
    assert 'class="state passages"' in page
    assert "……" in page
    assert "中国和以色列产业技术研发合作项目" in Seen(page).text
    assert site.pages == len(list((tmp_path / "report").rglob("*.html")))


@pytest.mark.usefixtures("without_pictures")
def test_a_changed_source_is_told_and_not_shown(built: Path, guides: Path, tmp_path: Path) -> None:
    folder = tmp_path / "guides"
    folder.mkdir()
    for path in guides.glob("00[01]*.txt"):
        (folder / path.name).write_bytes(path.read_bytes() + ("篡改".encode() if path.name.startswith("001") else b""))
    _, note = write_report(built, tmp_path / "report", sources=folder)
    assert note.count("\n") == 0
    assert "changed since the graph was built: 001" in note
    assert "not in the folder of sources: 002" in note
    page = (tmp_path / "report" / "source" / "001.html").read_text(encoding="utf-8")
    assert 'class="state changed"' in page
    assert "篡改" not in page
    assert 'class="state whole"' in (tmp_path / "report" / "source" / "000.html").read_text(encoding="utf-8")


def test_two_runs_give_the_same_bytes(built: Path, guides: Path, files: Mapping[str, bytes]) -> None:
    again = dict(iter_files(open_graph(built), texts=read_texts(built, guides), version="0"))
    assert again == files


def test_the_report_of_the_corpus_is_small_enough_to_send(built_corpus: Path, corpus: Path, tmp_path: Path) -> None:
    site, note = write_report(built_corpus, tmp_path / "report", sources=corpus)
    assert note == ""
    assert site.pages > 350
    sizes = {path: path.stat().st_size for path in (tmp_path / "report").rglob("*") if path.is_file()}
    assert sum(sizes.values()) <= 25 * MB
    assert max(sizes.values()) <= 1.5 * MB


def test_hostile_names_are_text_on_every_page(hostile: Mapping[str, bytes]) -> None:
    spoken = ""
    for name, content in hostile.items():
        if name.endswith(".html"):
            page = Seen(content.decode())
            spoken += page.text
            assert page.dangers == [], name
            assert not page.tags & {"iframe", "object", "base"}, name
            assert not [link for link in page.links if link.lower().startswith("javascript")], name
            assert all(link.startswith(("pictures/", "../")) or not urlsplit(link).scheme for link in page.loads), name
    assert SCRIPT in spoken
    index = hostile["assets/index.js"].decode()
    assert "<" not in index
    assert "\u2028" not in index


def test_hostile_names_make_no_file_elsewhere(tmp_path: Path) -> None:
    graph = small_graph()
    store = graph.store
    evil = [
        "agency/..%2F..%2Fx",
        "agency/CON",
        "agency/con",
        "agency/" + "长" * 300,
        "agency/%3Cscript%3E",
        "agency/a%00b",
    ]
    direction = ox.NamedNode(BASE + "call/901/direction/1.1")
    for name in evil:
        node = ox.NamedNode(BASE + name)
        store.add(ox.Quad(direction, ox.NamedNode(BASE + "ontology#agency"), node))
        label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
        store.add(ox.Quad(node, label, ox.Literal(HOSTILE[1], language="zh")))
    write_site(LocalGraph(store), tmp_path / "deep" / "report", version="0")
    written = [
        path.relative_to(tmp_path / "deep" / "report") for path in (tmp_path / "deep" / "report").rglob("*.html")
    ]
    assert len([path for path in written if path.parts[0] == "agency"]) == 1 + len(evil)
    assert all(re.fullmatch(r"(?:[a-z]+/)?[A-Za-z0-9][A-Za-z0-9.-]{0,60}\.html", path.as_posix()) for path in written)
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["report"]


@pytest.mark.parametrize("name", [
    "../../x", "CON", "con.txt", "NUL", "com1", "<script>", "a/b", "a\\b", "a b", "..", ".", "-x", "x.", "", "以色列", "x" * 500,
    "a%2Fb", "a:b", "a#b?c", "\ud800", "a\x00", "LPT9.html",
])  # fmt: skip
def test_a_file_name_is_safe_on_every_system(name: str) -> None:
    slug = to_slug(name)
    assert re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", slug)
    assert len(slug) <= 48
    assert slug != name
    assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", slug, re.IGNORECASE)
    assert to_slug(name) == slug


def test_a_plain_name_stays_and_no_two_names_share_a_file() -> None:
    assert [to_slug(name) for name in ("001-1.3", "IL", "419", "IIASA")] == ["001-1.3", "IL", "419", "IIASA"]
    names = ["il", "IL", "Il", "以色列", "韩国", "a b", "a  b", "a/b", "A-B", "a-b"]
    slugs = to_slugs(names)
    assert len({slug.lower() for slug in slugs.values()}) == len(names)
    assert to_slugs(reversed(names)) == slugs
    assert to_slugs([*names, "other"])["以色列"] == slugs["以色列"], "a name moves when others come"


def test_quotes_that_overlap_are_one_passage_with_all_marked() -> None:
    text = "联系人:张三,电话:010-1"
    quotes = [
        Quote("9", start, end, text[start:end], text[max(0, start - 4) : start], text[end : end + 4])
        for start, end in ((4, 6), (10, 15))
    ]
    (found,) = to_excerpts(quotes, most=3)
    assert (found.start, found.end) == (4, 15)
    assert [(piece.text, piece.marked) for piece in found.pieces] == [
        ("联系人:", False), ("张三", True), (",电话:", False), ("010-1", True),
    ]  # fmt: skip


def test_amounts_read_well_in_both_languages() -> None:
    assert to_money(750_000_000) == Name("7.5 亿元", "CNY 750 m")
    assert to_bounds(None, 15_000_000, "money") == Name("至多 1500 万元", "at most CNY 15 m")
    assert to_bounds(1, 1, "projects") == Name("1 项", "1 project")
    assert to_bounds(2, 3, "years") == Name("2–3 年", "2–3 years")
    assert to_bounds(2, None, "years") == Name("至少 2 年", "at least 2 years")
    assert to_bounds(None, None, "years") is None


def test_without_contacts_no_file_has_a_person(built: Path, guides: Path, files: Mapping[str, bytes]) -> None:
    texts = read_texts(built, guides)
    facts = read_facts(open_graph(built))
    told = {"schema:telephone", "schema:email", "schema:name"}
    words = {
        term.value
        for said in facts.objects.values()
        for name in told
        for term in said.get(name, ())
        if isinstance(term, ox.Literal)
    }
    assert len(words) > 40
    with_all = "".join(content.decode() for content in files.values())
    without = "".join(
        content.decode() for _, content in iter_files(open_graph(built), texts=texts, version="0", contacts=False)
    )
    assert {word for word in words if word in with_all} == words
    assert {word for word in words if word in without} == set()
    assert not re.search(r"[\w.]+@[\w-]+\.\w", re.sub(r"<[^>]*>", "", without))
    assert BLACK in without
    assert "中国和以色列产业技术研发合作项目" in without


def test_a_graph_without_calls_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="holds no call"):
        write_site(LocalGraph(ox.Store()), tmp_path / "report", version="0")
    assert list(tmp_path.iterdir()) == []


def test_a_report_replaces_a_report_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "report"
    write_folder(out, {"index.html": b"1", "a/b.html": b"2"})
    write_folder(out, {"index.html": b"3"})
    assert sorted(path.name for path in out.rglob("*")) == [LIST, "index.html"]
    assert (out / "index.html").read_bytes() == b"3"
    (out / "notes.txt").write_text("mine")
    with pytest.raises(QueryError, match=r"not of a report: notes\.txt"):
        write_folder(out, {"index.html": b"4"})
    assert (out / "index.html").read_bytes() == b"3"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_or_file_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("years")
    (tmp_path / "file").write_text("x")
    for name, complaint in (("mine", "not a report"), ("file", "this is a file")):
        with pytest.raises(QueryError, match=complaint):
            write_folder(tmp_path / name, {"index.html": b""})
    assert (tmp_path / "mine" / "thesis.doc").read_text() == "years"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "mine"]


def test_a_write_that_fails_leaves_the_report_that_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "report"
    write_folder(out, {"index.html": b"old"})
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.name == "b.html":
            raise OSError(28, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(QueryError, match="No space left"):
        write_folder(out, {"a.html": b"new", "b.html": b"new"})
    assert (out / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_what_a_killed_write_left_is_brought_back_and_cleared_away(tmp_path: Path) -> None:
    out = tmp_path / "report [1]"
    write_folder(out, {"index.html": b"old", "page.html": b"old"})
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    out.rename(tmp_path / f".{out.name}.{ended.pid}.previous")
    (tmp_path / f".{out.name}.{ended.pid}.next").mkdir()
    (tmp_path / f".{out.name}.{ended.pid}.next" / "index.html").write_bytes(b"half")
    kept = [f".{out.name}.{os.getppid()}.next", f".{out.name}.notes", f".{out.name}.1.txt"]
    for name in kept:
        (tmp_path / name).mkdir()
    with pytest.raises(QueryError, match="cannot write"):
        write_folder(out, {"index.html": b"new", "index.html/x": b"in a file"})
    assert (out / "page.html").read_bytes() == b"old", "the report is lost"
    write_folder(out, {"index.html": b"new"})
    assert (out / "index.html").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, *kept])


def test_a_write_that_is_stopped_between_its_renames_leaves_the_report_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report"
    write_folder(out, {"index.html": b"old"})
    real = Path.rename

    def stop(self: Path, target: Path) -> Path:
        if self.name.endswith(".next"):
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", stop)
    with pytest.raises(KeyboardInterrupt):
        write_folder(out, {"index.html": b"new"})
    assert (out / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_the_command_writes_and_tells_where(run: object, built: Path, tmp_path: Path) -> None:
    done = run("report", "--kg", built, "-o", tmp_path / "report")  # type: ignore[operator]
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"\d+ pages, [\d.]+ MB → .*index\.html\n", done.stdout)
    refused = run("report", "--kg", built, "-o", tmp_path)  # type: ignore[operator]
    assert refused.returncode == 2
    assert refused.stderr.startswith("zhinan: this folder is not a report · ")
    assert refused.stderr.count("\n") == 1
