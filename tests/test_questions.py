"""Competency questions: each has frozen answers on a small graph that a person can check by eye, on the condensed edition
and on the full guides, and docs/questions-checked.md says how a person checked them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from pyoxigraph import Literal

from queries.answers import Solutions, to_text, to_value
from queries.catalogue import CHECKS, QUESTIONS, Query, get_query, list_queries, load_queries
from queries.graphs import Graph, LocalGraph, open_graph
from queries.run import ask
from queries.tables import to_csv
from tests.conftest import GOLDEN, ROOT, Golden
from tests.small_graph import read_small
from tests.test_run import SMALL

NAMES = sorted(path.stem for path in QUESTIONS.glob("*.rq"))
HOW_MANY = 69
EDITIONS = ("small", "condensed", "corpus")

COLUMNS = {
    "agencies": ("name", "partners", "calls", "directions"),
    "agreements": ("title", "year", "partners", "directions"),
    "budget-by-partner-year": ("code", "label_zh", "year", "directions", "projects_max", "budget_max_cny"),
    "calls": ("call", "programme", "year", "batch", "stage", "directions", "projects_max", "budget_max_cny"),
    "contacts": ("call", "number", "title", "name", "org", "phones", "emails"),
    "directions": ("call", "number", "title", "partners", "fields", "projects_max", "budget_max_cny"),
    "directions-by-partner": ("code", "label_zh", "call", "number", "title", "projects_max", "budget_max_cny"),
    "evidence": ("property", "value", "quote", "start", "end", "rule"),
    "keywords": ("keyword", "calls", "directions", "fields"),
    "measures": ("call", "number", "title", "measure", "comparator", "quantity", "quantity_max", "unit"),
    "partners": ("code", "label_zh", "label_en", "calls", "directions", "budget_max_cny"),
    "partners-by-field": ("code", "label_zh", "field_code", "field_zh", "directions", "budget_max_cny"),
    "requirements": ("call", "number", "title", "code", "label_zh", "value"),
}
"""The fixed names and columns; scripts of users rest on them."""

FAULTS = {
    "claim-without-range": "<document/900> { <document/900/claim/x> a zn:Claim }",
    "direction-of-no-call": '<call/900/direction/9> a zn:Direction ; zn:number "9" ; dcterms:title "九"@zh .',
    "direction-without-title": '<call/900> zn:direction <d/9> . <d/9> a zn:Direction ; zn:number "9" .',
    "min-above-max": "<call/900/direction/2.1> zn:projectsMin 6 .",
    "number-twice": '<call/900> zn:direction <d/9> . <d/9> a zn:Direction ; zn:number "2.1" ; dcterms:title "九"@zh .',
    "partner-without-concept": "<call/900/direction/2.1> zn:partner <country/XX> . <country/XX> a zn:Country .",
    "quote-length": '<document/900> { <r> a zn:SourceRange ; oa:start 3 ; oa:end 5 ; oa:exact "三个字" }',
    "undeclared-predicate": "<call/900> <https://w3id.org/zhinan/ontology#hasDirection> <call/900/direction/2.1> .",
}
"""For each check a statement that it has to find."""

BY_PEOPLE = {"corrections"}
"""What the guides alone never answer: people have to say something first."""

EARLIER = """
<agency/以色列示例署> skos:altLabel "示例署"@zh .
<document/900> {
  <document/900/correction/1.1/agencies/以色列示例署> a zn:Correction ; zn:corrects <call/900/direction/1.1> ;
    zn:recordKey "agencies" ; zn:verdict "accept" ; zn:oldValue '"以色列示例署"' ; zn:reason "已核对" ;
    prov:wasAttributedTo <https://example.org/people/wang> ; prov:wasQuotedFrom <document/900#char=105,111> .
  <https://example.org/people/wang> a prov:Person ; schema:name "王五" .
}
<call/899> a zn:Call ; zn:year 2028 ; zn:programme <programme/远山计划> ; zn:direction <call/899/direction/1> , <call/899/direction/2> ;
    zn:maxChineseParticipants 10 ; zn:yearsMin 2 ; zn:yearsMax 3 .
<call/899/direction/1> a zn:Direction ; zn:number "1" ; zn:position 1 ; dcterms:title "中以芯片合作"@zh ; zn:budgetMax 5000000 ; zn:partner <country/IL> ;
    zn:keyword <keyword/人工智能> , <keyword/芯片> ; zn:minPartnerCountries 2 ; zn:yearsMax 4 .
<call/899/direction/2> a zn:Direction ; zn:number "2" ; zn:position 2 ; dcterms:title "中法航天合作"@zh ; zn:budgetMax 1000000 ; zn:partner <country/FR> ;
    zn:keyword <keyword/人工智能> , <keyword/芯片> ; schema:url "https://example.org/fr"^^xsd:anyURI ; zn:topic <topic/a> ; zn:envelope <envelope/a> ;
    zn:requirement <condition/a> , <condition/b> , <condition/c> ; zn:measure <measure/a> , <measure/b> .
<country/FR> a zn:Country ; skos:notation "FR" .
<topic/a> a zn:Topic ; dcterms:title "芯片卫星"@zh ; zn:subtopic <topic/b> .
<topic/b> a zn:Topic ; dcterms:title "星载芯片"@zh .
<envelope/a> a zn:Envelope ; zn:scope "卫星"@zh ; zn:projectsMax 1 ; zn:budgetMax 500000 .
<condition/a> a zn:Requirement ; zn:requirementType <requirement/cooperation-agreement> .
<condition/b> a zn:Requirement ; zn:requirementType <requirement/partner-eligibility> .
<condition/c> a zn:Requirement ; zn:requirementType <requirement/min-consortium> ; zn:value 3 .
<requirement/cooperation-agreement> skos:notation "cooperation-agreement" .
<requirement/partner-eligibility> skos:notation "partner-eligibility" .
<requirement/min-consortium> skos:notation "min-consortium" .
<measure/a> a zn:Measure ; zn:position 1 ; rdfs:label "循环寿命不小于2000次"@zh ; zn:comparator ">=" ; zn:quantity 2000.0 ; zn:unit "次" .
<measure/b> a zn:Measure ; zn:position 2 ; rdfs:label "二氧化碳捕集率90%"@zh ; zn:comparator "=" ; zn:quantity 90.0 ; zn:unit "%" .
"""
"""A call of two years before: what the questions about a year before need, and what the small graph lacks."""

VALUES: dict[str, tuple[str | int, ...]] = {
    "agency": ("科学技术部", "韩国研究财团"),
    "applicant": ("enterprise", "academic"),
    "call": ("001", "003", "004"),
    "field": ("ICT", "QPH"),
    "group": ("BRI",),
    "least": (1, 1_000_000),
    "most": (0, 1),
    "own_money": (0,),
    "partner": ("IL", "KR", "EG"),
    "property": ("budgetMax", "dcterms:title"),
    "requirement": ("matching-funds",),
    "subject": ("001/1.3", "IL"),
    "type": ("basic",),
    "unit": ("%", "无此单位"),
    "word": ("量子", "韩国", "无此词"),
    "year": (2019, 2021),
}
"""For each parameter values of which at least one changes the answer on the condensed edition."""

SHOWN_ROWS = 12
SHOWN_CHARACTERS = 24


@pytest.fixture(scope="module")
def condensed(built: Path) -> LocalGraph:
    return open_graph(built)


@pytest.fixture(scope="module")
def full(built_corpus: Path) -> LocalGraph:
    return open_graph(built_corpus)


def answer(graph: Graph, name: str, **params: str | int | float | None) -> Solutions:
    query = get_query(name)
    found = ask(graph, query, **{**query.example, **params})
    assert isinstance(found, Solutions)
    return found


def answer_small(name: str, *more: str, **params: str | int | float | None) -> Solutions:
    given = {param: SMALL[param] for param in get_query(name).example}
    return answer(read_small(*more), name, **{**given, **params})


def rows(name: str, **params: str | int) -> list[dict[str, object]]:
    found = answer_small(name, **params)
    return [dict(zip(found.columns, map(to_value, row), strict=True)) for row in found.rows]


def numbers(name: str, **params: str | int) -> list[object]:
    return [row["number"] for row in rows(name, **params)]


def to_digest(found: Solutions) -> str:
    """Return what is frozen of an answer on the full guides: how many rows, their hash, the first of them.

    A longer text is told by its length: no sentence of a guide stands in the project.
    """
    shown = tuple(tuple(_shorten(to_text(term)) for term in row) for row in found.rows[:SHOWN_ROWS])
    digest = hashlib.sha256(to_csv(found).encode()).hexdigest()
    table = to_csv(Solutions(found.columns, shown)).removeprefix("\ufeff").replace("\r\n", "\n")
    return f"rows {len(found.rows)}\nsha256 {digest}\n{table}"


def _shorten(text: str) -> Literal:
    return Literal(text if len(text) <= SHOWN_CHARACTERS else f"«{len(text)}»")


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_question_has_its_golden_and_every_golden_its_question(edition: str) -> None:
    assert len(NAMES) == HOW_MANY
    assert sorted(path.stem for path in (GOLDEN / "questions" / edition).iterdir()) == NAMES


def test_somebody_checked_every_question() -> None:
    text = (ROOT / "docs" / "questions-checked.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == NAMES


@pytest.mark.parametrize("name", COLUMNS)
def test_the_first_questions_keep_their_columns(name: str) -> None:
    assert get_query(name).columns == COLUMNS[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_its_frozen_answer_on_the_small_graph(name: str, golden: Golden) -> None:
    found = answer_small(name, EARLIER)
    assert found.columns == get_query(name).columns
    assert found.rows
    golden(f"questions/small/{name}.csv", to_csv(found).replace("\r\n", "\n"))


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_its_frozen_answer_on_the_condensed_edition(
    name: str, condensed: LocalGraph, golden: Golden
) -> None:
    golden(f"questions/condensed/{name}.csv", to_csv(answer(condensed, name)).replace("\r\n", "\n"))


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_its_frozen_answer_on_the_full_guides(name: str, full: LocalGraph, golden: Golden) -> None:
    found = answer(full, name)
    assert found.rows or name in BY_PEOPLE, "a question that the guides never answer"
    golden(f"questions/corpus/{name}.txt", to_digest(found))


@pytest.mark.parametrize("name", sorted(set(NAMES) - BY_PEOPLE))
def test_every_parameter_filters(name: str, condensed: LocalGraph) -> None:
    query = get_query(name)
    for param in query.params:
        found = [answer(condensed, name, **{param.name: value}) for value in VALUES.get(param.name, ())]
        if param.example is None:
            found.append(answer(condensed, name, **{param.name: None}))
        assert len({one.rows for one in found}) > 1, f"{name} --{param.name} changes nothing"


def test_tags_are_few_and_shared() -> None:
    tags = [tag for query in list_queries() for tag in query.tags]
    assert {tag for tag in tags if tags.count(tag) == 1} <= {"quality", "sections"}


def test_a_summary_is_a_noun_phrase_without_a_full_stop_and_a_question_ends_in_one() -> None:
    for query in list_queries():
        assert re.fullmatch(r"[A-Z][^.?]+", query.summary), query.name
        assert query.question.endswith(("？", "。", "）")), query.name


def test_a_member_country_finds_the_directions_of_its_group() -> None:
    assert numbers("directions", partner="KZ") == ["1.2", "1.10"]
    assert numbers("directions-by-partner", partner="KZ") == ["1.2", "1.10"]
    assert numbers("directions", partner="EG") == ["1.2"], "spelled out in the text, no member in the scheme"
    assert numbers("directions", partner="BRI") == ["1.2"]


def test_directions_stand_in_the_order_of_the_document() -> None:
    assert numbers("directions") == ["1.1", "1.2", "1.10", "2.1", "2.1.1"]


def test_money_counts_each_direction_once() -> None:
    """2.1 has two partners, 1.10 two fields: neither doubles its money."""
    money = {row["code"]: row["budget_max_cny"] for row in rows("partners")}
    assert money == {"BRI": None, "IL": 46_000_000, "KZ": 8_000_000, "NZ": 40_000_000}
    years = {row["code"]: row["budget_max_cny"] for row in rows("budget-by-partner-year", year=2030)}
    assert years == money


def test_unstated_money_is_no_zero() -> None:
    assert [row["budget_max_cny"] for row in rows("budget-by-partner-year", partner="BRI")] == [None]


def test_contacts_name_persons_with_phone_and_mail() -> None:
    found = [(row["number"], row["name"], row["phones"], row["emails"]) for row in rows("contacts", partner="IL")]
    assert found == [
        ("1.1", "Noa Levi", "+972-3-5550101", "noa@example.org"),
        ("1.1", "李四", "010-5550102", "li@example.org"),
    ]


def test_the_contact_of_the_whole_call_is_listed_without_a_number() -> None:
    assert [row["name"] for row in rows("contacts", call="900") if row["number"] is None] == ["张三"]


def test_evidence_of_a_direction_holds_its_parts_and_its_contacts() -> None:
    found = {(row["property"], row["quote"]) for row in rows("evidence", subject="900/1.1")}
    zn = "https://w3id.org/zhinan/ontology#"
    assert (zn + "requirementType", "牵头单位应为企业") in found
    assert ("https://schema.org/telephone", "+972-3-5550101") in found
    assert ("https://schema.org/telephone", "010-5550100") not in found, "that is the call's own contact"


@pytest.mark.parametrize("check", load_queries(CHECKS), ids=lambda check: check.name)
def test_a_check_finds_its_fault_and_nothing_in_a_sound_graph(check: Query) -> None:
    sound = ask(read_small(), check)
    faulty = ask(read_small(FAULTS[check.name]), check)
    assert isinstance(sound, Solutions)
    assert isinstance(faulty, Solutions)
    assert [list(map(to_text, row)) for row in sound.rows] == []
    assert len(faulty.rows) == 1


def test_every_check_has_a_fault_to_find() -> None:
    assert {check.name for check in load_queries(CHECKS)} == FAULTS.keys()
