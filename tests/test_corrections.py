"""A person's word on a fact survives rebuilds, is marked as theirs, and is told when the source has moved on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg_build.build import BuildReport, build
from kg_build.corrections import read_corrections, to_correction
from kg_build.curation import read_curation
from kg_build.properties import PROPERTIES
from kg_build.records import Call, Direction, to_records
from kg_build.spans import Value
from ontology.errors import RuleError
from ontology.vocabulary import BASE, read_vocabulary
from tests.test_quads import make_call
from zhinan.cli import main

GUIDE = """“试验”重点专项2021年度指南

1.1 中国和新西兰联合研究项目
合作协议：《甲国和乙国海洋合作协定》（2018年）、《甲国和乙国森林合作协定》。
领域方向：太阳能；风能。
拟支持项目数：2个。
国拨经费总额：300万元。
其他要求：申请者须向科技部提交申请。
联系人：张三，电话：010-11112222，邮箱：zhang@example.org
关键词：储能；海冰

1.2 中国和南非联合研究项目
领域方向：海洋。
"""
WHO = {"who": "https://example.org/people/wang", "why": "the table says so"}
ENTRY: Mapping[str, Any] = {"document": "a", "direction": "1.1", **WHO}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "a.txt").write_text(GUIDE, encoding="utf-8")
    (folder / "b.txt").write_text(GUIDE.replace("2021", "2022"), encoding="utf-8")
    return folder


def to_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {to_toml(part)}" for key, part in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def judge(sources: Path, *entries: Mapping[str, Any]) -> None:
    rows = ["".join(f"{key} = {to_toml(value)}\n" for key, value in {**ENTRY, **entry}.items()) for entry in entries]
    text = "# notes\n" + "".join(f"\n[[correction]]\n{row}" for row in rows)
    (sources / "corrections.toml").write_text(text, encoding="utf-8")


def rows(kg: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (kg / "records.jsonl").read_text(encoding="utf-8").splitlines()]


def row(kg: Path, number: str = "1.1", document: str = "a") -> dict[str, Any]:
    return next(one for one in rows(kg) if one["document"] == document and one.get("number") == number)


def told(kg: Path) -> list[str]:
    found = [json.loads(line) for line in (kg / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    return [one["message"] for one in found if one["severity"] == "error"]


def ask(kg: Path, pattern: str, columns: str = "*") -> list[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in read_vocabulary().prefixes.items())
    found = ox.Store.read_only(str(kg / "store")).query(
        f"{prefixes} BASE <{BASE}> SELECT {columns} WHERE {{ {pattern} }}"
    )
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return sorted(tuple(str(getattr(one[name], "value", "")) for name in names) for one in found)


CORRECT = {
    "property": "budget_cny",
    "verdict": "correct",
    "old": {"min": 3000000, "max": 3000000},
    "new": {"max": 30000000},
}
REJECT = {"property": "keywords", "verdict": "reject", "old": "海冰"}
ACCEPT = {"property": "partners", "verdict": "accept", "old": "NZ"}


def test_a_corrected_fact_stands_in_the_graph_and_in_the_table_with_the_words_that_were_read(
    sources: Path, tmp_path: Path
) -> None:
    judge(sources, CORRECT)
    assert build([sources], tmp_path / "kg").errors == ()
    kg = tmp_path / "kg"
    assert row(kg)["budget_cny"] == {"min": None, "max": 30000000}
    assert row(kg, document="b")["budget_cny"] == {"min": 3000000, "max": 3000000}
    assert ask(kg, "<call/a/direction/1.1> zn:budgetMax ?max") == [("30000000",)]
    assert ask(kg, "<call/a/direction/1.1> zn:budgetMin ?min") == []
    claim = """GRAPH <document/a> {
        ?claim rdf:predicate zn:budgetMax ; rdf:object ?said ; zn:rule ?rule ; zn:confidence ?sure ;
          prov:wasQuotedFrom/oa:exact ?quote ; prov:wasAttributedTo ?who ; prov:wasDerivedFrom ?why .
        ?why zn:oldValue ?old ; zn:newValue ?new ; zn:reason ?reason ; zn:corrects ?about . }"""
    columns = "?said ?rule ?sure ?quote ?who ?old ?new ?reason ?about"
    ((said, rule, sure, quote, who, old, new, reason, about),) = ask(kg, claim, columns)
    assert (said, rule, sure, who, reason) == ("30000000", "correction.correct", "1", WHO["who"], WHO["why"])
    assert (old, new) == ('{"max":3000000,"min":3000000}', '{"max":30000000,"min":null}')
    assert "300" in quote
    assert about == f"{BASE}call/a/direction/1.1"


def test_a_rejected_fact_and_its_claims_are_gone_and_the_rejection_is_told(sources: Path, tmp_path: Path) -> None:
    judge(sources, REJECT)
    build([sources], tmp_path / "kg")
    assert row(tmp_path / "kg")["keywords"] == ["储能"]
    assert ask(tmp_path / "kg", "<call/a/direction/1.1> zn:keyword <keyword/海冰>") == []
    assert ask(tmp_path / "kg", "GRAPH <document/a> { ?claim rdf:object <keyword/海冰> }") == []
    said = "GRAPH <document/a> { ?one zn:verdict ?verdict ; zn:oldValue ?old ; prov:wasQuotedFrom/oa:exact ?quote }"
    assert ask(tmp_path / "kg", said, "?verdict ?old ?quote") == [("reject", '"海冰"', "海冰")]


def test_an_accepted_fact_stays_and_is_sure(sources: Path, tmp_path: Path) -> None:
    build([sources], tmp_path / "before")
    judge(sources, ACCEPT)
    build([sources], tmp_path / "kg")
    assert rows(tmp_path / "kg") == rows(tmp_path / "before")
    said = "GRAPH <document/a> { ?c rdf:predicate zn:partner ; rdf:object <country/NZ> ; zn:rule ?rule }"
    assert ask(tmp_path / "kg", said, "?rule") == [("correction.accept",)]


def test_a_part_of_a_table_is_corrected_and_the_rest_stays(sources: Path, tmp_path: Path) -> None:
    old, new = {"title": "甲国和乙国海洋合作协定"}, {"year": 2019}
    judge(sources, {"property": "agreements", "verdict": "correct", "old": old, "new": new})
    build([sources], tmp_path / "kg")
    assert row(tmp_path / "kg")["agreements"][0] == {"title": old["title"], "year": 2019, "kind": "agreement"}
    assert len(row(tmp_path / "kg")["agreements"]) == 2


def test_a_correction_of_the_call_names_no_direction(sources: Path, tmp_path: Path) -> None:
    judge(sources, {"direction": "", "property": "year", "verdict": "correct", "old": 2021, "new": 2020})
    build([sources], tmp_path / "kg")
    assert rows(tmp_path / "kg")[0]["year"] == 2020


def test_an_agency_that_is_corrected_is_another_node(sources: Path, tmp_path: Path) -> None:
    judge(sources, {"property": "agencies", "verdict": "correct", "old": "科学技术部", "new": "生态环境部"})
    build([sources], tmp_path / "kg")
    assert row(tmp_path / "kg")["agencies"] == ["生态环境部"]
    assert ask(tmp_path / "kg", "<call/a/direction/1.1> zn:agency ?x") == [(f"{BASE}agency/生态环境部",)]


def test_a_doubt_about_a_fact_is_settled_by_who_judges_it(tmp_path: Path) -> None:
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "a.txt").write_text(GUIDE.replace("张三，", ""), encoding="utf-8")
    build([folder], tmp_path / "before")
    assert "contact.no-name" in (tmp_path / "before/findings.jsonl").read_text(encoding="utf-8")
    judge(folder, {"property": "contacts", "verdict": "accept", "old": {"emails": ["zhang@example.org"]}})
    build([folder], tmp_path / "kg")
    assert "contact.no-name" not in (tmp_path / "kg/findings.jsonl").read_text(encoding="utf-8")


def test_corrections_survive_a_rebuild_byte_for_byte_and_say_no_time(sources: Path, tmp_path: Path) -> None:
    judge(sources, CORRECT, REJECT, ACCEPT)
    for name in ("one", "two"):
        build([sources], tmp_path / name)
    for name in ("graph.trig", "records.jsonl", "findings.jsonl"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert ask(tmp_path / "one", "GRAPH <document/a> { ?x ?p ?time FILTER(DATATYPE(?time) = xsd:dateTime) }") == []


def test_a_graph_with_corrections_holds_to_the_shapes(sources: Path, tmp_path: Path) -> None:
    from kg_build.shapes import check

    judge(sources, CORRECT, REJECT, {**ACCEPT, "who": "王 五"})
    build([sources], tmp_path / "kg")
    assert check(tmp_path / "kg") == ()


def test_a_correction_of_a_document_that_is_not_there_is_told(
    sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    judge(sources, {**ACCEPT, "document": "z"})
    assert main(["build", str(sources), "--out", str(tmp_path / "kg")]) == 1
    assert "no such document stands beside it · corrections.toml:3 · not z" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            {**CORRECT, "old": 5000000},
            'budget_cny {"max":5000000,"min":5000000}: now {"min": 3000000, "max": 3000000} is read',
        ),
        ({**REJECT, "old": "海"}, 'keywords "海": now ["储能", "海冰"] is read'),
        ({**ACCEPT, "direction": "1.9"}, "no direction 1.9 is read now"),
        ({**CORRECT, "direction": "1.2"}, "now null is read"),
        ({**ACCEPT, "property": "agreements", "old": {"kind": "agreement"}}, "2 such are read now"),
    ],
)
def test_a_stale_correction_is_an_error_and_changes_nothing(
    sources: Path, tmp_path: Path, entry: dict[str, Any], said: str
) -> None:
    build([sources], tmp_path / "before")
    judge(sources, entry)
    assert main(["build", str(sources), "--out", str(tmp_path / "kg")]) == 1
    (message,) = told(tmp_path / "kg")
    assert said in message
    assert message.startswith("corrections.toml:3: ")
    assert rows(tmp_path / "kg") == rows(tmp_path / "before")
    assert (tmp_path / "kg/documents/a.nq").read_bytes() == (tmp_path / "before/documents/a.nq").read_bytes()


def test_a_document_that_is_not_built_now_but_stands_there_is_no_error(sources: Path, tmp_path: Path) -> None:
    judge(sources, {**CORRECT, "document": "b"})
    report: BuildReport = build([sources / "a.txt"], tmp_path / "kg")
    assert (report.errors, told(tmp_path / "kg")) == ((), [])


BAD = [
    ({"verdict": "perhaps"}, "'perhaps' is no verdict"),
    ({"property": "number"}, "number of a direction cannot be corrected"),
    ({"property": "year"}, "year of a direction cannot be corrected"),
    ({"new": -1}, "budget_cny cannot be -1"),
    ({"new": {"min": 5, "max": 3}}, "a min that is not above max"),
    ({"new": {"max": 1.5}}, "whole numbers"),
    ({"new": {"most": 3}}, "{ min = n, max = n }"),
    ({"new": True}, "budget_cny cannot be True"),
    ({"who": " "}, "who is ' '"),
    ({"who": "https://example.org/a b"}, "is no IRI"),
    ({"why": 3}, "why is 3"),
    ({"extra": "x"}, "extra is no key of a correction"),
    ({"verdict": "accept"}, "new stands beside accept"),
    ({"property": "fields", "old": "ENE", "new": "XYZ"}, "a code of fields"),
    ({"property": "partners", "old": "NZ", "new": "XX"}, "a code of partners"),
    ({"property": "research_type", "old": "basic", "new": "applied"}, "a code of research-types: basic"),
    ({"property": "title", "verdict": "reject", "old": "x"}, "title cannot be rejected"),
    ({"property": "agreements", "old": {"name": "x"}, "new": {"year": 2019}}, "a table of title, year, kind"),
    ({"property": "agreements", "old": {"title": "x"}, "new": {"kind": "treaty"}}, "one of agreement initiative"),
    ({"property": "contacts", "old": {"name": "x"}, "new": {"emails": ["nobody"]}}, "an e-mail address"),
    ({"property": "urls", "old": "http://a.cn", "new": "a.cn"}, "http:// or https://"),
    ({"property": "duration_years", "old": 2, "new": float("inf")}, "numbers"),
]


@pytest.mark.parametrize(("change", "said"), BAD, ids=[said for _, said in BAD])
def test_what_cannot_be_meant_is_refused_and_says_what_would_be_right(change: dict[str, Any], said: str) -> None:
    entry = {key: value for key, value in {**ENTRY, **CORRECT, **change}.items() if value is not None}
    with pytest.raises(RuleError) as error:
        to_correction(entry, read_vocabulary(), "corrections.toml:3")
    assert said in str(error.value)
    assert "corrections.toml:3" in str(error.value)
    assert error.value.right


@pytest.mark.parametrize("key", ["document", "property", "verdict", "old", "new", "who", "why"])
def test_what_is_missing_is_named(key: str) -> None:
    entry = {name: value for name, value in {**ENTRY, **CORRECT}.items() if name != key}
    with pytest.raises(RuleError, match=r"is missing|is no verdict"):
        to_correction(entry, read_vocabulary())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[correction]\n", "cannot be read"),
        ("correction = 3\n", "correction is no list"),
        ("[[corrections]]\n", "corrections is no list"),
        ("[[correction]]\nverdict = 1\n", ":1"),
        ("# a\n\n[[correction]]\n", ":3"),
    ],
)
def test_a_broken_file_is_refused_with_its_line_and_the_old_graph_stands(
    sources: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    build([sources], tmp_path / "kg")
    before = (tmp_path / "kg/graph.trig").read_bytes()
    (sources / "corrections.toml").write_text(text, encoding="utf-8")
    assert main(["build", str(sources), "--out", str(tmp_path / "kg")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert str(sources / "corrections.toml") in line
    assert (tmp_path / "kg/graph.trig").read_bytes() == before


def test_a_fact_that_is_judged_twice_is_refused(sources: Path) -> None:
    judge(sources, CORRECT, {**CORRECT, "new": 4000000})
    with pytest.raises(RuleError, match="budget_cny is judged twice"):
        read_corrections(sources, read_vocabulary())


def test_the_fingerprint_tells_whose_reading_changes(sources: Path) -> None:
    paths = [sources / "a.txt", sources / "b.txt"]
    before = [read_curation(paths, read_vocabulary()).fingerprint(path) for path in paths]
    judge(sources, CORRECT)
    judged = [read_curation(paths, read_vocabulary()).fingerprint(path) for path in paths]
    assert (judged[0] == before[0], judged[1] == before[1]) == (False, True)
    text = (sources / "corrections.toml").read_text(encoding="utf-8")
    (sources / "corrections.toml").write_text(f"{text}\n# more\n", encoding="utf-8")
    assert [read_curation(paths, read_vocabulary()).fingerprint(path) for path in paths] == judged
    (sources / "corrections.toml").write_text(f"# more\n\n{text}", encoding="utf-8")
    moved = [read_curation(paths, read_vocabulary()).fingerprint(path) for path in paths]
    assert (moved[0] == judged[0], moved[1] == judged[1]) == (False, True)  # a stale one is told with its line
    (sources / "aliases.toml").write_text('[keywords]\n"储能" = "海冰"\n', encoding="utf-8")
    assert read_curation(paths, read_vocabulary()).fingerprint(paths[1]) != before[1]


def test_every_key_of_the_table_may_be_judged_but_those_that_number_and_divide() -> None:
    call, direction = to_records(make_call())[:2]
    fixed = {"kind", "document", "number", "parent", "section", "sections"}
    for kind, row_ in (("call", call), ("direction", direction)):
        assert {key for key, one in PROPERTIES.items() if kind in one.of} == row_.keys() - fixed
    for key, one in PROPERTIES.items():
        for kind, holder in (("call", Call), ("direction", Direction)):
            assert kind not in one.of or key in holder.__dataclass_fields__


@pytest.mark.parametrize("key", sorted(PROPERTIES))
def test_every_property_can_be_accepted_rejected_and_corrected_to_what_it_was(key: str) -> None:
    from kg_build.judgements import apply_corrections

    call = make_call()
    fields = (Value("ENE", call.directions[0].title.span),)
    call = replace(call, directions=(replace(call.directions[0], fields=fields), *call.directions[1:]))
    of = "direction" if "direction" in PROPERTIES[key].of else "call"
    record = to_records(call)[1 if of == "direction" else 0]
    if key == "open_topic":
        record = to_records(call)[2]
    value = record[key]
    assert value, key
    one = value[0] if isinstance(value, list) else value
    entry = {"document": "007", "direction": record.get("number", ""), "property": key, "old": one, **WHO}
    for verdict in ("accept", "correct", "reject"):
        if verdict == "reject" and PROPERTIES[key].needed:
            continue
        said = {**entry, "verdict": verdict, **({"new": one} if verdict == "correct" else {})}
        judgement = apply_corrections(call, [to_correction(said, read_vocabulary())])
        assert judgement.findings == ()
        ((span, *_),) = judgement.spans
        assert span.rule == f"correction.{verdict}"
        after = to_records(judgement.call)
        assert (after == to_records(call)) == (verdict != "reject")


# ---- the command ----


@pytest.fixture
def kg(sources: Path, tmp_path: Path) -> Path:
    build([sources], tmp_path / "kg")
    return tmp_path / "kg"


def correct(sources: Path, kg: Path, *words: str) -> int:
    who = ["--who", "王五", "--why", "看错了"]
    return main(["correct", *words, *who, "--sources", str(sources), "--kg", str(kg)])


def test_the_command_writes_what_the_next_build_obeys(sources: Path, kg: Path) -> None:
    (sources / "corrections.toml").write_text("# 张三的笔记\n", encoding="utf-8")
    assert correct(sources, kg, "a/1.1", "budget_cny", "--new", '{"max": 30000000}') == 0
    assert correct(sources, kg, "a/1.1", "keywords", "--old", "海冰", "--reject") == 0
    assert correct(sources, kg, "a", "year", "--old", "2021", "--accept") == 0
    assert (
        correct(sources, kg, "a/1.1", "agreements", "--old", "甲国和乙国海洋合作协定", "--new", '{"year": 2019}') == 0
    )
    assert (sources / "corrections.toml").read_text(encoding="utf-8").startswith("# 张三的笔记\n")
    assert build([sources], kg).errors == ()
    assert told(kg) == []
    assert (row(kg)["budget_cny"]["max"], row(kg)["keywords"]) == (30000000, ["储能"])
    assert row(kg)["agreements"][0]["year"] == 2019


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a/1.1", "budget_cny", "--new", "-1"], "budget_cny cannot be -1"),
        (["a/1.1", "budget_cny", "--old", "5", "--new", "7"], "budget_cny has no such value: 5"),
        (["a/1.1", "keywords", "--reject"], "--old with one of"),
        (["a/1.1", "duration_years", "--accept"], "a correction rests on its words"),
        (["a/1.1", "budgets", "--accept"], "budgets cannot be corrected · a/1.1 · budget_cny"),
        (["a/1.7", "keywords", "--accept"], "no direction a/1.7"),
        (["z/1.1", "keywords", "--accept"], "no document z"),
        (["a/1.1", "budget_cny"], "no verdict, or two"),
        (["a/1.1", "budget_cny", "--new", "7", "--accept"], "no verdict, or two"),
    ],
)
def test_the_command_refuses_in_one_line_and_writes_nothing(
    sources: Path, kg: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert correct(sources, kg, *words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert not (sources / "corrections.toml").exists()


def test_the_command_wants_the_folder_of_the_guides(
    sources: Path, kg: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert correct(tmp_path, kg, "a", "year", "--accept") == 2
    assert "--sources FOLDER" in capsys.readouterr().err
    assert not (sources / "corrections.toml").exists()


def test_the_command_does_not_judge_twice(sources: Path, kg: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert correct(sources, kg, "a", "year", "--new", "2020") == 0
    before = (sources / "corrections.toml").read_bytes()
    assert correct(sources, kg, "a", "year", "--accept") == 2
    build([sources], kg)
    assert correct(sources, kg, "a", "year", "--old", "2020", "--new", "2019") == 2
    assert "judged already" in capsys.readouterr().err
    assert (sources / "corrections.toml").read_bytes() == before


def test_the_question_gives_every_correction_with_its_words(sources: Path, tmp_path: Path) -> None:
    from queries.answers import Solutions, to_text
    from queries.catalogue import get_query
    from queries.graphs import open_graph
    from queries.run import ask as ask_question

    judge(sources, CORRECT, {**REJECT, "document": "b", "who": "王五"})
    build([sources], tmp_path / "kg")
    answer = ask_question(open_graph(tmp_path / "kg"), get_query("corrections"))
    assert isinstance(answer, Solutions)
    found = [tuple(map(to_text, one)) for one in answer.rows]
    assert [one[:3] for one in found] == [
        ("call/a/direction/1.1", "budget_cny", "correct"),
        ("call/b/direction/1.1", "keywords", "reject"),
    ]
    assert found[0][3:7] == ('{"max":3000000,"min":3000000}', '{"max":30000000,"min":null}', WHO["who"], WHO["why"])
    assert found[1][3:] == ('"海冰"', "", "王五", WHO["why"], "海冰")
