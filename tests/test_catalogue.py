"""The catalogue refuses a query that would fail, or silently answer wrong, when somebody asks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.errors import QueryError
from queries.catalogue import (
    CHECKS,
    EXPORTS,
    NETWORKS,
    PICTURES,
    QUESTIONS,
    REPORTS,
    get_query,
    list_queries,
    load_queries,
    read_query,
    read_query_file,
    to_query,
)
from queries.params import Param

GOOD = """#+ summary: Titles
#+ 问题: 有哪些标题？
#+ tags: ["titles"]
#+ params: {"call": "call"}
#+ columns: ["number"]

PREFIX zn: <https://w3id.org/zhinan/ontology#>

SELECT ?number ?call
WHERE {
  VALUES ?call { UNDEF }
  ?call zn:direction/zn:number ?number . # ORDER BY in a comment does not count
}
ORDER BY ?number
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    return tmp_path / "titles.rq"


def read(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    read_query(path)


@pytest.mark.parametrize(("folder", "kind", "least"), [
    (QUESTIONS, "SELECT", 40), (CHECKS, "SELECT", 8), (EXPORTS, "SELECT", 1), (REPORTS, "SELECT", 4), (NETWORKS, "CONSTRUCT", 1),
    (PICTURES, "SELECT", 6),
])  # fmt: skip
def test_every_query_of_the_room_is_right(folder: Path, kind: str, least: int) -> None:
    queries = load_queries(folder)
    assert len(queries) >= least
    assert len(queries) == len(list(folder.iterdir())), "the folder holds something that is no query"
    assert {query.kind for query in queries} == {kind}


def test_a_query_tells_what_it_is(write: Path) -> None:
    write.write_text(GOOD, encoding="utf-8")
    query = read_query(write)
    assert (query.name, query.kind, query.summary, query.question) == ("titles", "SELECT", "Titles", "有哪些标题？")
    assert (query.tags, query.params, query.columns) == (("titles",), (Param("call", "call"),), ("number",))


def test_a_list_of_questions_says_what_the_questions_say() -> None:
    for heading, query in zip(list_queries(), load_queries(), strict=True):
        assert (heading.name, heading.summary, heading.question) == (query.name, query.summary, query.question)
        assert (heading.tags, heading.params, heading.example) == (query.tags, query.params, query.example)


def test_a_question_is_the_same_with_and_without_the_check_of_its_terms() -> None:
    assert [get_query(query.name) for query in load_queries()] == list(load_queries())


@pytest.mark.parametrize(("old", "new", "complaint"), [
    ("#+ summary: Titles\n", "", "summary"),
    ("#+ 问题: 有哪些标题？\n", "", "问题"),
    ('#+ tags: ["titles"]\n', "", "tags"),
    ('#+ params: {"call": "call"}\n', "", "params"),
    ('{"call": "call"}', "{call}", "no JSON"),
    ('{"call": "call"}', '["call"]', "shape"),
    ('{"call": "call"}', '{"call": "IRI"}', "no type of a parameter"),
    ('["number"]', '["nummer"]', "nummer is not projected"),
    ("ORDER BY ?number\n", "", "ORDER BY"),
    ("?number .", "?number . { SELECT ?x WHERE { ?x a zn:Call } ORDER BY ?x }", None),
    ("SELECT ?number ?call", "SELECT ?number", None),
    ('"call": "call"', '"call": {"type": "call", "default": "000"}', None),
    ('"call": "call"', '"call": {"type": "call", "example": "000"}', None),
    ('"call": "call"', '"call": {"type": "call", "default": "000", "example": "000"}', "a default and an example"),
    ('"call": "call"', '"call": {"type": "call", "defualt": "000"}', "call has no defualt"),
    ('"call": "call"', '"call": {"type": "choice"}', "choices"),
    ('"call": "call"', '"call": {"type": "call", "choices": ["000"]}', "choices"),
    ("VALUES ?call { UNDEF }", "?call a zn:Call .", "no slot"),
    ("zn:number", "zn:nummer", "zn:number?"),
    ("zn:number", "<https://w3id.org/zhinan/ontology#nummer>", "zn:number?"),
    ("ontology#>", "ontologie#>", "PREFIX zn: <https://w3id.org/zhinan/ontology#>"),
    ("PREFIX zn:", "PREFIX zm:", "· PREFIX zn: <https"),
    ("?number .", "?number . ?call skos:note ?note .", "PREFIX skos:"),
    ("PREFIX zn:", "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX zn:", None),
    ("?number .", "?number . ?call <http://www.w3.org/2004/02/skos/core#note> ?n .", None),
    ("WHERE {", "WHERE", "line 11"),
    ("SELECT ?number ?call", "INSERT", "line 10"),
])  # fmt: skip
def test_a_wrong_query_is_refused_in_one_line(write: Path, old: str, new: str, complaint: str | None) -> None:
    text = GOOD.replace(old, new)
    assert text != GOOD
    if complaint is None:
        read(write, text)
        return
    with pytest.raises(QueryError) as caught:
        read(write, text)
    message = str(caught.value)
    assert complaint in message
    assert "titles" in message
    assert "\n" not in message
    assert len(message) < 300


def test_an_order_inside_of_a_subselect_orders_nothing(write: Path) -> None:
    text = GOOD.replace("ORDER BY ?number\n", "").replace(
        "?number .", "?number . { SELECT ?x WHERE { ?x a zn:Call } ORDER BY ?x }"
    )
    with pytest.raises(QueryError, match="ORDER BY"):
        read(write, text)


def test_words_in_strings_and_comments_are_no_terms(write: Path) -> None:
    read(write, GOOD.replace("?number .", '?number . FILTER(?number != "zn:nothing # zn:none") # zn:never'))


def test_a_typed_query_needs_neither_header_nor_known_prefixes(tmp_path: Path) -> None:
    query = to_query("SELECT ?call WHERE { ?call a zn:Call }", "-e")
    assert query.columns == ("call",)
    assert query.text.startswith("PREFIX zn: <https://w3id.org/zhinan/ontology#>\n")
    path = tmp_path / "mine.rq"
    path.write_bytes(b"\xef\xbb\xbfASK { ?call a zn:Call }")
    assert read_query_file(path).kind == "ASK"


def test_a_typed_query_with_an_undeclared_term_is_no_empty_answer() -> None:
    with pytest.raises(QueryError, match="zn:hasDirection is not declared"):
        to_query("ASK { ?call zn:hasDirection ?direction }", "-e")


def test_a_query_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "binary.rq").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "none.rq", tmp_path, tmp_path / "binary.rq"):
        with pytest.raises(QueryError, match="cannot read the query"):
            read_query_file(path)


def test_an_unknown_question_gets_the_nearest_name() -> None:
    with pytest.raises(QueryError, match=r"no question is called contact · .* · .*contacts"):
        get_query("contact")
