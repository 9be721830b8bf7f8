"""Hostile values go through every export inert: nothing runs, nothing breaks, and what can be kept is kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
import spacy
from spacy.tokens import DocBin

from ontology.vocabulary import BASE, ZN
from queries.characters import to_plain, to_unicode
from queries.export import export
from queries.graphs import open_graph
from queries.tables import guard
from queries.workbook import cut
from tests.exported import KIND_NAMES, export_files
from tests.small_graph import RECORDS, make_record, write_small

TEXTS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,2)",
    "\t=1+1",
    "\r=1+1",
    "　=1+1",
    "'=1",
    "<script>alert(1)</script>",
    "</data></node></graphml><!-- ]]>",
    "&lt;script&gt; &#0; &x;",
    "\"double\" 'single' `back` \\slash\\",
    '"""',
    "one\ntwo\r\nthree\rfour",
    "nul\x00nul",
    "noncharacter \ufffe and \uffff",
    "escape \x1b[2J bell \x07 _x0041_",
    "'; MATCH (n) DETACH DELETE n; //",
    "a; b;c\x1fd",
    " \u2028 \u2029 \x85 ",
    "javascript:alert(1)",
    "长" * 3_500_000,
)
"""What a graph can hold; the last is a label of 10 MB."""
HALVES = "half \ud800 and \udfff"
"""What JSON smuggles in and no graph can hold."""
FORMULA = tuple("=+-@\t\r")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OA = "http://www.w3.org/ns/oa#"


def name(place: int) -> str:
    return f"{BASE}call/900/direction/7.{place}"


def iter_quads() -> Iterator[ox.Quad]:
    """Yield a direction of document 900 for each text: its title, a keyword, and a claim that quotes it."""
    document = ox.NamedNode(BASE + "document/900")
    start = 100_000
    for place, text in enumerate(TEXTS):
        direction, keyword = ox.NamedNode(name(place)), ox.NamedNode(f"{BASE}keyword/hostile{place}")
        claim, source = (ox.NamedNode(f"{BASE}document/900/claim/{place}{kind}") for kind in ("", "/range"))
        said: list[tuple[ox.NamedNode, str, Any, Any]] = [
            (ox.NamedNode(BASE + "call/900"), ZN + "direction", direction, None),
            (direction, RDF + "type", ox.NamedNode(ZN + "Direction"), None),
            (direction, ZN + "number", ox.Literal(f"7.{place}"), None),
            (direction, ZN + "position", ox.Literal(100 + place), None),
            (direction, "http://purl.org/dc/terms/title", ox.Literal(text, language="zh"), None),
            (direction, ZN + "keyword", keyword, None),
            (keyword, RDF + "type", ox.NamedNode(ZN + "Keyword"), None),
            (keyword, "http://www.w3.org/2004/02/skos/core#prefLabel", ox.Literal(text, language="en"), None),
            (claim, RDF + "subject", direction, document),
            (claim, RDF + "predicate", ox.NamedNode("http://purl.org/dc/terms/title"), document),
            (claim, RDF + "object", ox.Literal(text, language="zh"), document),
            (claim, "http://www.w3.org/ns/prov#wasQuotedFrom", source, document),
            (source, OA + "start", ox.Literal(start), document),
            (source, OA + "end", ox.Literal(start + len(text)), document),
            (source, OA + "exact", ox.Literal(text), document),
        ]
        for subject, predicate, object_, graph in said:
            yield ox.Quad(subject, ox.NamedNode(predicate), object_, graph or ox.DefaultGraph())
        start += len(text) + 10


def make_records() -> list[dict[str, object]]:
    contact = {"name": HALVES, "org": TEXTS[0], "phones": ["01055501234", "+1 2"], "faxes": ["-1"], "emails": ["=a@b"]}
    return [
        *RECORDS,
        *(
            make_record("direction", number=f"7.{place}", title=text, keywords=[text], contacts=[contact], urls=[text])
            for place, text in enumerate(TEXTS)
        ),
        make_record("direction", number="8.1", title=HALVES),
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile") / "kg"
    return write_small(place, quads=iter_quads(), records=make_records())


def test_the_texts_are_as_hostile_as_they_should_be() -> None:
    assert len(TEXTS[-1].encode()) >= 10_000_000
    joined = "".join(TEXTS[:-1])
    assert {"\0", "\ufffe", "\n", "\r", "\t", '"', "'", "<", "&", ";"} <= set(joined)


@pytest.mark.parametrize("kind", [kind for kind in KIND_NAMES if kind not in ("directions.xlsx", "parquet", "docbin")])
def test_every_text_file_is_unicode(kind: str, folder: Path, tmp_path: Path) -> None:
    for file, data in export_files(kind, folder, tmp_path / "out").items():
        if not file.endswith((".xlsx", ".parquet")):
            assert "\ud800" not in data.decode("utf-8")


@pytest.mark.parametrize(
    ("kind", "format_", "rdflib_name"),
    [
        ("turtle", ox.RdfFormat.TURTLE, "turtle"),
        ("ntriples", ox.RdfFormat.N_TRIPLES, "turtle"),
        ("jsonld", ox.RdfFormat.JSON_LD, "json-ld"),
        ("rdfxml", ox.RdfFormat.RDF_XML, "xml"),
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_facts_come_back_as_they_were(
    kind: str, format_: ox.RdfFormat, rdflib_name: str, folder: Path, tmp_path: Path
) -> None:
    """N-Triples are Turtle too: rdflib's own reader of them takes minutes for a line of 10 MB."""
    export(kind, folder, tmp_path / "facts")
    store = open_graph(folder).store
    kept = to_plain if kind == "rdfxml" else str
    data = (tmp_path / "facts").read_bytes()
    large = {f"<{name(len(TEXTS) - 1)}>", f"<{BASE}keyword/hostile{len(TEXTS) - 1}>"} if kind == "jsonld" else set()
    if large:  # pyoxigraph reads no JSON string over 8 MB; rdflib, below, does
        data = b"\n".join(line for line in data.split(b"\n") if len(line) < 2**23)
    wanted = {
        (str(quad.subject), kept(quad.object.value) if isinstance(quad.object, ox.Literal) else quad.object)
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if str(quad.subject) not in large
    }
    read = ox.parse(data, format=format_)
    assert wanted == {
        (str(quad.subject), quad.object.value if isinstance(quad.object, ox.Literal) else quad.object) for quad in read
    }
    graph = rdflib.Graph().parse(str(tmp_path / "facts"), format=rdflib_name)
    for place, text in enumerate(TEXTS):
        title = graph.value(rdflib.URIRef(name(place)), rdflib.DCTERMS.title)
        assert str(title) == kept(text), place


@pytest.mark.parametrize(("kind", "format_"), [("trig", ox.RdfFormat.TRIG), ("nquads", ox.RdfFormat.N_QUADS)])
def test_all_graphs_come_back_as_they_were(kind: str, format_: ox.RdfFormat, folder: Path, tmp_path: Path) -> None:
    export(kind, folder, tmp_path / "all")
    assert set(ox.parse(path=str(tmp_path / "all"), format=format_)) == set(open_graph(folder).store)


@pytest.mark.parametrize("kind", ["directions.csv", "directions-full.csv"])
def test_no_cell_of_a_table_starts_a_formula(kind: str, folder: Path, tmp_path: Path) -> None:
    csv.field_size_limit(2**31 - 1)
    export(kind, folder, tmp_path / "d.csv")
    text = (tmp_path / "d.csv").read_bytes().decode("utf-8-sig")
    assert not re.search("[\x00\x07\x1b\ufffe\uffff]", text)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    titles = {row["number"]: row["title"] for row in rows}
    for place, wanted in enumerate(TEXTS):
        assert titles[f"7.{place}"] == guard(to_plain(wanted)), place
    for cell in (cell for row in rows for cell in row.values()):
        assert not cell.startswith(FORMULA), cell[:40]
        assert not cell.lstrip(" \u3000").startswith("="), cell[:40]
        assert not re.fullmatch(r"\d{7,}", cell) or cell.endswith("000"), "a phone alone would lose its first 0"


def test_no_cell_of_the_workbook_is_a_formula_or_a_strange_link(folder: Path, tmp_path: Path) -> None:
    export("directions.xlsx", folder, tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    targets = [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert all(re.fullmatch(r"(mailto:[\w.@+-]+|https?://[!-~]+)", target) for target in targets)
    titles = {row[4].value: row[5].value for row in book["方向"].iter_rows(min_row=2)}
    for place, text in enumerate(TEXTS):
        assert titles[f"7.{place}"] == cut(text), place
    assert "〔截断，原文3500000字 cut〕" in str(titles[f"7.{len(TEXTS) - 1}"])
    assert titles["8.1"] == "half \ufffd and \ufffd"
    phones = {row[3].value for row in book["联系人"].iter_rows(min_row=2)}
    assert "01055501234; +1 2" in phones


def test_parquet_and_records_keep_every_character(folder: Path, tmp_path: Path) -> None:
    export("parquet", folder, tmp_path / "d.parquet")
    rows = {row["number"]: row for row in pq.read_table(tmp_path / "d.parquet").to_pylist()}
    export("records", folder, tmp_path / "r.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_bytes().split(b"\n") if line]
    records = {one.get("number"): one for one in lines}
    for place, text in enumerate(TEXTS):
        assert rows[f"7.{place}"]["title"] == text == records[f"7.{place}"]["title"]
        assert rows[f"7.{place}"]["contacts"][0]["name"] == to_unicode(HALVES)
    assert records["8.1"]["title"] == to_unicode(HALVES) == "half \ufffd and \ufffd"


@pytest.mark.parametrize(("kind", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graph_files_keep_what_xml_can_carry(kind: str, read: Any, folder: Path, tmp_path: Path) -> None:
    export(kind, folder, tmp_path / "g")
    raw = (tmp_path / "g").read_text(encoding="utf-8")
    assert "<script" not in raw
    loaded = read(str(tmp_path / "g"))
    for place, text in enumerate(TEXTS):
        assert loaded.nodes[name(place)]["dcterms_title_zh"] == to_plain(text), place
        assert loaded.nodes[f"{BASE}keyword/hostile{place}"]["skos_prefLabel_en"] == to_plain(text), place


def test_neo4j_gets_values_and_no_commands(folder: Path, tmp_path: Path) -> None:
    csv.field_size_limit(2**31 - 1)
    files = export_files("neo4j", folder, tmp_path / "neo4j")
    text = files["nodes/Direction.csv"].decode("utf-8")
    rows = {row["iri:ID"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    export("cypher", folder, tmp_path / "g.cypher")
    script = (tmp_path / "g.cypher").read_text(encoding="utf-8")
    strings = {json.loads(one) for one in re.findall(r'"(?:[^"\\]|\\.)*"', script)}
    outside = re.sub(r'"(?:[^"\\]|\\.)*"', '""', script)
    assert "DELETE" not in outside
    assert "//" not in outside
    for place, wanted in enumerate(TEXTS):
        assert rows[name(place)]["dcterms_title_zh:string"] == to_plain(wanted), place
        assert to_plain(wanted) in strings, place


def test_spans_say_their_text_whatever_it_is(folder: Path, tmp_path: Path) -> None:
    export("docbin", folder, tmp_path / "facts.spacy")
    docs = list(DocBin().from_disk(tmp_path / "facts.spacy").get_docs(spacy.blank("zh").vocab))
    said = {span.id_: span.text for doc in docs for span in doc.spans["facts"] if span.label_ == "dcterms:title"}
    for place, text in enumerate(TEXTS):
        assert said[name(place)] == text, place
