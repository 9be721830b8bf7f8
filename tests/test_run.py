"""A parameter is checked before it is used, reaches every filter, and cannot change the query."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import QueryError
from queries.answers import Solutions, Triples, to_text
from queries.catalogue import Query, get_query, load_queries, to_query
from queries.graphs import LocalGraph
from queries.params import ANY, Param, ParamType
from queries.run import ask, to_term
from tests.small_graph import read_small

HEADED = '#+ params: {"word": "text", "least": "integer"}\n'
ECHO = to_query(
    HEADED + "SELECT ?word ?least WHERE { VALUES ?word { UNDEF } values ?least {undef} } ORDER BY ?word", "echo"
)
SAY = "SELECT ?word WHERE { VALUES ?word { UNDEF } } ORDER BY ?word"
SMALL = {"subject": "900/1.1", "word": "芯片", "property": "budgetMax", "partner": "KZ"}
"""What is asked of the small graph where a value must be given."""


@pytest.fixture(scope="module")
def small() -> LocalGraph:
    return read_small()


def column(answer: object, place: int = 0) -> list[str]:
    assert isinstance(answer, Solutions)
    return [to_text(row[place]) for row in answer.rows]


@given(word=st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(lambda word: bool(word.strip())))
def test_any_text_arrives_as_it_was_typed(word: str) -> None:
    answer = ask(read_empty(), ECHO, word=word)
    assert column(answer) == [word.strip()]


def read_empty() -> LocalGraph:
    from pyoxigraph import Store

    return LocalGraph(Store())


def test_a_parameter_that_is_not_given_stays_open(small: LocalGraph) -> None:
    answer = ask(small, ECHO, word=None, least=3)
    assert isinstance(answer, Solutions)
    assert [list(map(to_text, row)) for row in answer.rows] == [["", "3"]]


@pytest.mark.parametrize("word", ["IL", "il", "以色列", "israel"])
def test_a_code_or_a_name_in_any_language_names_the_partner(small: LocalGraph, word: str) -> None:
    assert column(ask(small, get_query("directions"), partner=word), 1) == ["1.1", "2.1"]


def test_an_organisation_that_only_a_text_names_is_a_partner_too() -> None:
    graph = read_small(
        "<call/900/direction/2.1> zn:partner <organisation/SKA> . <organisation/SKA> a zn:InternationalOrganisation ; skos:notation 'SKA' ."
    )
    assert column(ask(graph, get_query("directions"), partner="SKA"), 1) == ["2.1"]


def test_columns_are_those_of_the_header_in_their_order(small: LocalGraph) -> None:
    for query in load_queries():
        answer = ask(small, query, **{name: SMALL[name] for name in query.example})
        assert isinstance(answer, Solutions)
        assert answer.columns == query.columns
        assert all(len(row) == len(query.columns) for row in answer.rows)


@pytest.mark.parametrize(("name", "params", "complaint"), [
    ("directions", {"partnr": "IL"}, "takes no parameter partnr · directions · partner?"),
    ("directions", {"partner": "XX"}, "XX is no partner"),
    ("directions", {"partner": "Isreal"}, "Israel"),
    ("directions", {"partner": "ICT"}, "ICT is no partner"),
    ("directions", {"field": "ICTT"}, "ICT?"),
    ("directions", {"call": "901"}, "there is no call 901 · the graph · 900?"),
    ("directions", {"year": "30"}, "30 is no year"),
    ("directions", {"year": "２０３０"}, "is no year"),
    ("directions", {"partner": "  "}, "empty"),
    ("evidence", {"subject": "1.11"}, "nothing is called 1.11"),
    ("evidence", {}, "evidence needs a subject · evidence · subject 001/1.3, for one"),
    ("quotes-by-property", {"property": "budgetMaxx"}, "zn:budgetMaxx is not declared"),
    ("directions-for-applicant", {"applicant": "company"}, "company is no applicant · applicant · one of enterprise academic"),
    ("targets-by-size", {"least": "many"}, "many is no number · least · a number such as 0.5"),
    ("partners-in-group", {"group": "XX"}, "XX is no group"),
    ("measures", {"partner": "IL"}, "takes no parameter partner"),
])  # fmt: skip
def test_a_wrong_parameter_is_one_line(small: LocalGraph, name: str, params: dict[str, str], complaint: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(small, get_query(name), **params)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_default_holds_until_another_value_or_any_is_given(small: LocalGraph) -> None:
    query = to_query('#+ params: {"word": {"type": "text", "default": "次"}}\n' + SAY, "echo")
    assert column(ask(small, query)) == ["次"]
    assert column(ask(small, query, word="圈")) == ["圈"]
    assert column(ask(small, query, word=ANY)) == column(ask(small, query, word=None)) == [""]


def test_a_value_that_must_be_given_cannot_be_any(small: LocalGraph) -> None:
    query = to_query('#+ params: {"word": {"type": "text", "example": "次"}}\n' + SAY, "echo")
    assert column(ask(small, query, word=ANY)) == ["*"], "without a default the star is a word like others"
    with pytest.raises(QueryError, match="echo needs a word"):
        ask(small, query, word=None)


@pytest.mark.parametrize(("type_", "value", "term"), [
    ("number", "0.5", '"0.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("number", 2, '"2"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
    ("integer", "+3", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
    ("property", "budgetMax", "<https://w3id.org/zhinan/ontology#budgetMax>"),
    ("property", "dcterms:title", "<http://purl.org/dc/terms/title>"),
])  # fmt: skip
def test_a_value_becomes_a_term_of_its_type(small: LocalGraph, type_: ParamType, value: str | int, term: str) -> None:
    assert str(to_term(small, Param("x", type_), value)) == term


def test_a_number_that_several_directions_have_is_asked_back() -> None:
    graph = read_small('<call/901/direction/1.1> a zn:Direction ; zn:number "1.1" .')
    with pytest.raises(QueryError, match=r"1\.1 names 2 things .*call/900/direction/1\.1 or call/901/direction/1\.1"):
        ask(graph, get_query("evidence"), subject="1.1")


@pytest.mark.parametrize("word", ['x" } DELETE', "x\\", "} UNION {", "?x", "<x>", "a\nb", "'''", '"""'])
def test_a_parameter_cannot_leave_its_slot(small: LocalGraph, word: str) -> None:
    assert column(ask(small, get_query("measures"), unit=word)) == []
    with pytest.raises(QueryError):
        ask(small, get_query("directions"), partner=word)
    with pytest.raises(QueryError):
        ask(small, get_query("evidence"), subject=word)


def test_the_other_kinds_of_query_answer_in_their_own_types(small: LocalGraph) -> None:
    construct: Query = to_query("CONSTRUCT { ?call a zn:Call } WHERE { ?call a zn:Call ; zn:direction ?any }", "-e")
    answer = ask(small, construct)
    assert isinstance(answer, Triples)
    assert len(answer.triples) == 1, "a triple stands once"
    assert ask(small, to_query("ASK { ?call a zn:Call }", "-e")) is True
    assert ask(small, to_query("ASK { ?call a zn:Topic }", "-e")) is False
