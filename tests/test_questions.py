"""Competency questions: thirteen questions, each with its answer on a small graph that a person can check by eye."""

from __future__ import annotations

import pytest

from queries.answers import Solutions, to_text, to_value
from queries.catalogue import CHECKS, get_query, load_queries
from queries.run import ask
from queries.tables import to_csv
from tests.conftest import GOLDEN, Golden
from tests.small_graph import read_small

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


def rows(name: str, **params: str | int) -> list[dict[str, object]]:
    answer = ask(read_small(), get_query(name), **params)
    assert isinstance(answer, Solutions)
    return [dict(zip(answer.columns, map(to_value, row), strict=True)) for row in answer.rows]


def numbers(name: str, **params: str | int) -> list[object]:
    return [row["number"] for row in rows(name, **params)]


def test_there_are_thirteen_questions_and_each_has_its_golden() -> None:
    names = {query.name for query in load_queries()}
    assert len(names) == 13
    assert names == COLUMNS.keys()
    assert {path.stem for path in (GOLDEN / "questions").glob("*")} == names


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_a_question_has_its_columns_and_its_frozen_answer(name: str, golden: Golden) -> None:
    answer = ask(read_small(), get_query(name))
    assert isinstance(answer, Solutions)
    assert answer.columns == COLUMNS[name]
    assert answer.rows
    golden(f"questions/{name}.csv", to_csv(answer).replace("\r\n", "\n"))


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_parameter_filters(name: str) -> None:
    """A value that occurs keeps some rows, and one that does not occur keeps none."""
    given: dict[str, tuple[str, str | None]] = {
        "call": ("900", None),
        "partner": ("IL", "FR"),
        "field": ("ICT", "AGR"),
        "requirement": ("matching-funds", "licence"),
        "subject": ("900/1.1", "country/FR"),
        "year": ("2030", "1999"),
        "unit": ("%", "吨"),
    }
    query = get_query(name)
    graph = read_small(
        "<graph/schemes> { <field/AGR> skos:inScheme <scheme/fields> ; skos:notation 'AGR' . "
        "<requirement/licence> skos:inScheme <scheme/requirements> ; skos:notation 'licence' }"
    )
    everything = ask(graph, query)
    assert isinstance(everything, Solutions)
    for param in query.params:
        kept, lost = given[param.name]
        some = ask(graph, query, **{param.name: kept})
        assert isinstance(some, Solutions)
        assert 0 < len(some.rows) <= len(everything.rows)
        if lost is not None:
            none = ask(graph, query, **{param.name: lost})
            assert isinstance(none, Solutions)
            assert none.rows == (), f"{name} --{param.name} {lost}"


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
def test_a_check_finds_its_fault_and_nothing_in_a_sound_graph(check: object) -> None:
    from queries.catalogue import Query

    assert isinstance(check, Query)
    sound = ask(read_small(), check)
    faulty = ask(read_small(FAULTS[check.name]), check)
    assert isinstance(sound, Solutions)
    assert isinstance(faulty, Solutions)
    assert [list(map(to_text, row)) for row in sound.rows] == []
    assert len(faulty.rows) == 1


def test_every_check_has_a_fault_to_find() -> None:
    assert {check.name for check in load_queries(CHECKS)} == FAULTS.keys()
