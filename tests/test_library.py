"""`zhinan.open_graph` gives a graph that is asked by name, from Python as from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import zhinan
from ontology.errors import GraphError, QueryError
from queries.catalogue import QUESTIONS, get_query, to_query
from queries.endpoints import RemoteGraph
from queries.library import Library
from queries.run import ask
from tests.serving import serve
from tests.small_graph import read_small, write_small
from tests.test_endpoints import Endpoint


@pytest.fixture(scope="module")
def small() -> Library:
    return Library(read_small())


def test_a_folder_is_opened_and_asked_by_name(tmp_path: Path) -> None:
    graph = zhinan.open_graph(write_small(tmp_path / "kg"))
    assert [row["number"] for row in graph.ask("directions-by-partner", partner="IL").to_dicts()] == ["1.1", "2.1"]


def test_what_is_no_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="there is no graph folder"):
        zhinan.open_graph(tmp_path / "none")


def test_an_address_is_an_endpoint() -> None:
    with serve(Endpoint) as url:
        graph = zhinan.open_graph(url, timeout=5)
        assert graph.graph == RemoteGraph(url, 5)
        assert graph.ask("partners") == Library(read_small()).ask("partners")


def test_the_first_rows_are_marked_as_such(small: Library) -> None:
    first, whole = small.ask_first("directions", 2), small.ask("directions")
    assert (first.rows, first.cut, whole.cut) == (whole.rows[:2], True, False)
    assert "(the first 2 rows, there are more)" in str(first)
    assert "more than were asked for" in first._repr_html_()
    assert "more than" not in whole._repr_html_()


def test_a_name_and_a_query_of_ones_own_answer_alike(small: Library) -> None:
    assert small.ask("partners") == small.ask(get_query("partners")) == ask(small, get_query("partners"))


def test_parameters_are_checked(small: Library) -> None:
    with pytest.raises(QueryError, match="takes no parameter partnr"):
        small.ask("partners-by-field", partnr="IL")
    with pytest.raises(QueryError, match="no question is called partner"):
        small.ask("partner")


def test_sparql_needs_no_prefix_lines_and_its_terms_are_checked(small: Library) -> None:
    assert small.sparql("SELECT ?call WHERE { ?call a zn:Call }").to_dicts() == [{"call": "call/900"}]
    assert small.sparql("ASK { ?call a zn:Call }").to_dicts() == [{"answer": True}]
    with pytest.raises(QueryError, match="zn:Cal is not declared"):
        small.sparql("SELECT ?call WHERE { ?call a zn:Cal }")


def test_a_card_is_a_text(small: Library) -> None:
    assert small.show("900/1.1").startswith("中以芯片合作\n")


def test_the_list_of_questions_names_each_with_its_parameters(small: Library) -> None:
    listed = small.questions().to_dicts()
    assert [row["name"] for row in listed] == sorted(path.stem for path in QUESTIONS.glob("*.rq"))
    usage = {row["name"]: row["parameters"] for row in listed}
    assert usage["evidence"] == "--subject SUBJECT"
    assert usage["partners"] == "[--year YEAR] [--field CODE]"
    assert (
        usage["cycle-life-targets"]
        == "[--word TEXT=循环] [--unit TEXT=次] [--least NUMBER] [--most NUMBER] [--call CALL]"
    )
    assert {row["name"] for row in small.questions("search").to_dicts()} == {"directions-by-word", "word-occurrences"}


def test_a_query_with_a_header_takes_its_parameters(small: Library) -> None:
    query = to_query('#+ params: {"unit": "text"}\nSELECT ?m WHERE { VALUES ?unit { UNDEF } ?m zn:unit ?unit }', "mine")
    assert len(small.ask(query, unit="%").rows) == 1
