"""Without contacts no file of any kind shows a name, a phone, a fax number or an e-mail; all else stays."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.vocabulary import BASE, ZN
from ontology.vocabulary import FOLDER as ONTOLOGY
from queries.graphs import open_graph
from queries.holdings import Holdings, open_holdings
from queries.privacy import MARK
from tests.exported import KIND_NAMES, export_files, put_files, read_words
from tests.small_graph import RECORDS, make_record, write_small

CONTACTS = (
    "Noa Levi",
    "noa@example.org",
    "+972-3-5550101",
    "李四",
    "li@example.org",
    "010-5550102",
    "张三",
    "010-5550100",
)


def personal_words(records: Path) -> set[str]:
    """Return every name, phone, fax number and e-mail of a record table."""
    words: set[str] = set()
    for line in records.read_text(encoding="utf-8").splitlines():
        for contact in json.loads(line)["contacts"]:
            words |= {contact["name"]} - {None}
            words |= {one for key in ("phones", "faxes", "emails") for one in contact[key]}
    return words


def find_words(words: set[str], text: str) -> set[str]:
    """Return the words that stand in a text, as printed or as an IRI has them, in any case."""
    folded = re.sub(r"\s", "", text).casefold()
    return {word for word in words if re.sub(r"\s", "", word).casefold() in folded}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("privacy") / "kg")


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_no_kind_shows_a_contact_of_the_small_graph(kind: str, folder: Path, tmp_path: Path) -> None:
    words = personal_words(folder / "records.jsonl")
    assert words == set(CONTACTS)
    words -= find_words(words, (ONTOLOGY / "zhinan.ttl").read_text(encoding="utf-8"))  # its examples name 张三 too
    assert len(words) == 6
    assert find_words(words, read_words(export_files(kind, folder, tmp_path / "out", without_contacts=True))) == set()


@pytest.fixture(scope="module")
def public_edition(built: Path) -> Holdings:
    return open_holdings(built, without_contacts=True)


@pytest.fixture(scope="module")
def public_corpus(built_corpus: Path) -> Holdings:
    return open_holdings(built_corpus, without_contacts=True)


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_no_kind_shows_a_contact_of_the_condensed_edition(kind: str, public_edition: Holdings, tmp_path: Path) -> None:
    words = personal_words(public_edition.folder / "records.jsonl")
    assert len(words) > 90
    assert find_words(words, read_words(put_files(kind, public_edition, tmp_path / "out"))) == set()


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_no_kind_shows_a_contact_of_the_full_guides(kind: str, public_corpus: Holdings, tmp_path: Path) -> None:
    words = personal_words(public_corpus.folder / "records.jsonl")
    assert len(words) > 90
    assert find_words(words, read_words(put_files(kind, public_corpus, tmp_path / "out"))) == set()


@pytest.mark.parametrize("kind", [kind for kind in KIND_NAMES if kind not in ("records-schema", "jsonld-context")])
def test_with_contacts_every_kind_shows_them(kind: str, folder: Path, tmp_path: Path) -> None:
    """Were this not so, the tests above would find nothing wherever they look."""
    words = personal_words(folder / "records.jsonl")
    found = find_words(words, read_words(export_files(kind, folder, tmp_path / "out")))
    assert {"Noa Levi", "noa@example.org"} <= found, kind


def test_what_is_no_personal_data_stays(built: Path) -> None:
    whole, public = (open_holdings(built, without_contacts=flag).graph.store for flag in (False, True))
    default = ox.DefaultGraph()
    facts, left = (set(store.quads_for_pattern(None, None, None, default)) for store in (whole, public))
    contacts = {fact.subject for fact in facts if fact.object == ox.NamedNode(ZN + "Contact")}
    assert len(contacts) > 30
    assert left == {fact for fact in facts if fact.subject not in contacts and fact.object not in contacts}
    for name in ("ontology", "schemes"):
        graph = ox.NamedNode(f"{BASE}graph/{name}")
        assert set(whole.quads_for_pattern(None, None, None, graph)) == set(
            public.quads_for_pattern(None, None, None, graph)
        )
    records = open_holdings(built, without_contacts=True).read_records()
    lines = (built / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [one | {"contacts": []} for one in map(json.loads, lines)] == list(records)


def test_claims_and_quotes_that_stay_are_whole(built: Path) -> None:
    store = open_holdings(built, without_contacts=True).graph.store
    quoted = ox.NamedNode("http://www.w3.org/ns/prov#wasQuotedFrom")
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    ranges = {quad.object for quad in store.quads_for_pattern(None, quoted, None, None)}
    told = {quad.subject for quad in store.quads_for_pattern(None, exact, None, None)}
    assert ranges == told
    assert len(told) > 1000
    whole = set(open_graph(built).store.quads_for_pattern(None, exact, None, None))
    assert set(store.quads_for_pattern(None, exact, None, None)) < whole


def test_the_context_of_a_quote_ends_where_a_contact_begins(folder: Path) -> None:
    store = open_holdings(folder, without_contacts=True).graph.store
    oa = "http://www.w3.org/ns/oa#"
    document = f"{BASE}document/900#char="
    said = {
        (quad.subject.value.removeprefix(document), quad.predicate.value.removeprefix(oa)): quad.object.value
        for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(BASE + "document/900"))
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    assert said["127,135", "suffix"] == "。\n联系人："
    assert said["216,218", "prefix"] == "。\n关键词："
    assert said["105,111", "suffix"] == "资助。支持2项，经费"


def test_a_contact_that_a_fact_repeats_is_marked_and_its_quote_goes(tmp_path: Path) -> None:
    title = ox.NamedNode("http://purl.org/dc/terms/title")
    thing = ox.NamedNode(f"{BASE}call/900/direction/1.1/topic/请联系李四")
    quads = [ox.Quad(thing, title, ox.Literal("请联系李四 NOA@example.org 或 other@example.net", language="zh"))]
    records = [*RECORDS, make_record("direction", number="9.9", title="问 Noa Levi，不问 Noa Levinson")]
    folder = write_small(tmp_path / "kg", quads=quads, records=records)
    holdings = open_holdings(folder, without_contacts=True)
    found = list(holdings.graph.store.quads_for_pattern(None, title, None, None))
    titles = {quad.object.value for quad in found if isinstance(quad.object, ox.Literal)}
    assert f"请联系{MARK} {MARK} 或 {MARK}" in titles
    assert any(MARK in str(quad.subject) for quad in found)
    assert holdings.read_records()[-1]["title"] == f"问 {MARK}，不问 Noa Levinson"


def test_a_short_latin_name_is_no_part_of_a_word(tmp_path: Path) -> None:
    contact: dict[str, object] = {"name": "Li", "org": None, "phones": [], "faxes": [], "emails": []}
    records = [make_record("call", title="Li-ion 与 Lithium，Li 女士", contacts=[contact])]
    title = open_holdings(write_small(tmp_path / "kg", records=records), without_contacts=True).read_records()[0][
        "title"
    ]
    assert title == f"{MARK}-ion 与 Lithium，{MARK} 女士"
