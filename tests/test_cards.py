"""A card shows each fact beside the words that say it, and asks back when a word names several things."""

from __future__ import annotations

import re

import pytest

from ontology.errors import QueryError
from queries.cards import show
from queries.graphs import LocalGraph
from queries.subjects import find_subjects
from tests.conftest import Golden
from tests.small_graph import SMALL, read_small


@pytest.fixture(scope="module")
def small() -> LocalGraph:
    return read_small()


@pytest.mark.parametrize(
    "word",
    ["1.1", "900/1.1", "call/900/direction/1.1", "https://w3id.org/zhinan/call/900/direction/1.1", "中以芯片合作"],
)
def test_every_way_of_naming_a_direction_gives_its_card(small: LocalGraph, word: str) -> None:
    assert show(small, word) == show(small, "900/1.1")


@pytest.mark.parametrize(("word", "iri"), [
    ("IL", "country/IL"), ("以色列", "country/IL"), ("israel", "country/IL"), ("country/IL", "country/IL"),
    ("FR", "country/FR"), ("900", "call/900"), ("BRI", "group/BRI"), ("中以示例协定", "agreement/中以示例协定"),
    ("noa@example.org", "contact/noa@example.org"), ("Noa Levi", "contact/noa@example.org"), ("人工智能", "keyword/人工智能"),
    ("matching-funds", "requirement/matching-funds"), ("2.1.1", "call/900/direction/2.1.1"),
])  # fmt: skip
def test_a_code_or_a_name_finds_its_thing(small: LocalGraph, word: str, iri: str) -> None:
    assert [subject.iri for subject in find_subjects(small, word)] == ["https://w3id.org/zhinan/" + iri]


def test_each_fact_stands_beside_its_quote_and_place(small: LocalGraph, golden: Golden) -> None:
    card = show(small, "900/1.1")
    lines = [line for line in card.splitlines() if "600" in line]
    assert len(lines) == 1
    assert re.search(r"6000000 +「600万元」 900:121-126$", lines[0])
    golden("cards/direction.txt", card)


def test_every_quote_of_a_card_is_a_quote_of_the_graph(small: LocalGraph) -> None:
    source = SMALL.read_text(encoding="utf-8")
    quotes = re.findall(r"「([^」]*)」 900:(\d+)-(\d+)", show(small, "900") + show(small, "1.10"))
    assert len(quotes) > 15
    for text, start, end in quotes:
        assert len(text) == int(end) - int(start)
        assert f'oa:exact "{text}"' in source


def test_the_card_of_a_country_lists_who_names_it(small: LocalGraph, golden: Golden) -> None:
    card = show(small, "IL")
    assert "1.1 中以芯片合作  「中以」 900:79-81" in card
    golden("cards/country.txt", card)


def test_a_shared_contact_is_quoted_where_the_direction_names_it() -> None:
    """The same person stands at 141 for direction 1.1 and, in another place, for direction 2.1."""
    graph = read_small("""
        <call/900/direction/2.1> zn:contact <contact/noa@example.org> .
        <document/900> {
          <document/900/claim/a> a zn:Claim ; rdf:subject <call/900/direction/2.1> ; rdf:predicate zn:contact ;
            rdf:object <contact/noa@example.org> ; prov:wasQuotedFrom <r1> .
          <document/900/claim/b> a zn:Claim ; rdf:subject <contact/noa@example.org> ;
            rdf:predicate <https://schema.org/email> ; rdf:object "noa@example.org" ; prov:wasQuotedFrom <r2> .
          <r1> oa:start 400 ; oa:end 408 ; oa:exact "Noa Levi" . <r2> oa:start 409 ; oa:end 424 ; oa:exact "noa@example.org" .
        }""")
    assert "「noa@example.org」 900:165-180" in show(graph, "1.1")
    assert "900:409-424" not in show(graph, "1.1")
    assert "「noa@example.org」 900:409-424" in show(graph, "2.1")


def test_a_number_of_several_calls_lists_them() -> None:
    graph = read_small(
        '<call/901/direction/1.1> a zn:Direction ; zn:number "1.1" ; dcterms:title "另一个方向"@zh .'
        '<call/902/direction/1.1> a zn:Direction ; zn:number "1.1" .'
    )
    assert show(graph, "1.1").splitlines() == [
        "1.1 names 3 things:",
        "  call/900/direction/1.1  中以芯片合作",
        "  call/901/direction/1.1  另一个方向",
        "  call/902/direction/1.1",
    ]
    assert "另一个方向" in show(graph, "901/1.1")


@pytest.mark.parametrize("word", ["XX", "1.11", "901/1.1", "", " ", '"', "<x>", "http://[", "%%", "a b\nc", "\\"])
def test_a_word_that_names_nothing_is_one_line(small: LocalGraph, word: str) -> None:
    with pytest.raises(QueryError, match="nothing is called") as caught:
        show(small, word)
    assert "\n" not in str(caught.value)


def test_the_nearest_name_is_offered(small: LocalGraph) -> None:
    with pytest.raises(QueryError, match=r"900/1\.1"):
        show(small, "900/1.11")


def test_a_number_goes_before_a_code_that_only_a_scheme_has_and_beside_one_that_is_used() -> None:
    listed = "<graph/schemes> { <ford/1.1> skos:notation '1.1' ; skos:prefLabel '数学'@zh }"
    assert show(read_small(listed), "1.1") == show(read_small(), "1.1")
    used = "<call/900/direction/2.1> zn:field <ford/1.1> . <ford/1.1> skos:notation '1.1' ."
    assert [line.split()[0] for line in show(read_small(listed, used), "1.1").splitlines()[1:]] == [
        "call/900/direction/1.1",
        "ford/1.1",
    ]
