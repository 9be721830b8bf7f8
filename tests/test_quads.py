"""Every statement read from text has a claim, every claim a quote, and every IRI one place of making."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.documents import Document
from kg_build.iris import extend, mint
from kg_build.quads import read_version, to_quads
from kg_build.records import (
    Agreement,
    Call,
    Contact,
    Direction,
    Envelope,
    Measure,
    Range,
    Requirement,
    SectionTitle,
    Topic,
)
from kg_build.spans import Span, Value
from kg_build.statements import Statement, to_iri, to_line
from kg_build.text import Text
from ontology.errors import TermError
from ontology.vocabulary import BASE, read_vocabulary

RAW = (
    "2021年度“甲乙合作”重点专项指南(征求意见稿)\n第一批,共2个方向,1.能源领域\n"
    "1.1 中国和新西兰\n合作,应用示范类,《中新\t协定》(2012年),科技部;"
    "太阳能:光伏;领域不限;能源不超过2个;300万元;张三,某中心,010-1/010-2,a@b.cn,http://b.cn/x;"
    "须双方提交,1:1配套;储能;效率90.5~95%;1.1.1 子方向,SKA"
)
CLAIM = f"{BASE}ontology#Claim"
DERIVED = {"type", "label", "position", "notation", "hadPrimarySource"}
"""Local names of what the graph says without a quote: classes, codes, orders, labels that repeat a title."""


T = TypeVar("T")


def at(quote: str, value: T, *, start: int = 0) -> Value[T]:
    begin = RAW.index(quote, start)
    return Value(value, Span(begin, begin + len(quote), "Any", "test.rule", confidence=0.9))


def same(quote: str) -> Value[str]:
    return at(quote, quote)


def make_text(raw: str = RAW) -> Text:
    places = range(len(raw))
    return Text(Document("007", Path("007_x.txt"), raw, "ab12"), raw, tuple(places), tuple(i + 1 for i in places), (0,))


def make_call() -> Call:
    two = at("不超过2个", Range(None, 2))
    direction = Direction(
        number=same("1.1"),
        parent=None,
        title=at("中国和新西兰\n合作", "中国和新西兰合作"),
        section="1",
        research_type=at("应用示范类", "demonstration"),
        partners=(at("新西兰", "NZ"), same("SKA")),
        partner_members=(at("新西兰", "NZ"),),
        min_partner_countries=at("2个", 2),
        agreements=(Agreement(at("中新\t协定", "中新协定"), at("2012年", 2012), "agreement"),),
        agencies=(at("科技部", "科学技术部"),),
        topics=(Topic(same("太阳能"), (same("光伏"),)),),
        projects=two,
        budget_cny=at("300万元", Range(3_000_000, 3_000_000)),
        envelopes=(Envelope(same("能源"), two, None),),
        project_budget_cny=at("300万元", Range(None, 3_000_000)),
        duration_years=at("2个", Range(2, 3)),
        contacts=(
            Contact(
                same("张三"),
                same("某中心"),
                (at("010-1/010-2", "010-1"), at("010-1/010-2", "010-2")),
                (same("010-2"),),
                (same("a@b.cn"),),
            ),
        ),
        urls=(same("http://b.cn/x"),),
        requirements=(
            Requirement(at("须双方提交", "dual-submission")),
            Requirement(at("1:1配套", "matching-funds"), same("1:1")),
        ),
        keywords=(same("储能"),),
        indicators=(same("效率90.5~95%"),),
        measures=(Measure(same("效率90.5~95%"), at("效率90.5~95%", "range"), 90.5, 95.0, "%"),),
    )
    part = Direction(
        number=same("1.1.1"),
        parent="1.1",
        title=same("子方向"),
        section="1",
        open_topic=at("领域不限", True),
    )
    return Call(
        document="007",
        title=at("2021年度“甲乙合作”重点专项指南", "2021年度“甲乙合作”重点专项指南"),
        programmes=(same("甲乙合作"),),
        year=at("2021年度", 2021),
        batch=at("第一批", 1),
        stage=at("征求意见稿", "draft"),
        stated_directions=at("2个方向", 2),
        stated_partners=at("2个", 2),
        projects=two,
        budget_cny=at("300万元", Range(None, 3_000_000)),
        duration_years=at("2个", Range(2, 3)),
        max_chinese_participants=at("2个", 2),
        sections=(SectionTitle(at("1", "1", start=RAW.index("1.能源")), at("能源领域", "能源")),),
        requirements=(Requirement(at("须双方提交", "dual-submission")),),
        contacts=(Contact(same("张三"), None),),
        directions=(direction, part),
    )


@pytest.fixture(scope="module")
def store() -> ox.Store:
    lines = "".join(map(to_line, to_quads(make_call(), make_text(), read_vocabulary())))
    store = ox.Store()
    store.extend(ox.parse(input=lines, format=ox.RdfFormat.N_QUADS))
    return store


def default_graph(store: ox.Store) -> Iterator[ox.Quad]:
    return store.quads_for_pattern(None, None, None, ox.DefaultGraph())


def objects(store: ox.Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(read_vocabulary().term(predicate)), None, None)
    return {quad.object.value for quad in found if not isinstance(quad.object, ox.Triple)}


def local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def claimed(store: ox.Store) -> dict[tuple[str, str, str], set[str]]:
    """Return each claimed statement with the names of its claims."""
    found: dict[tuple[str, str, str], set[str]] = {}
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    for quad in store.quads_for_pattern(None, ox.NamedNode(f"{rdf}type"), ox.NamedNode(CLAIM)):
        parts = [
            [str(q.object) for q in store.quads_for_pattern(quad.subject, ox.NamedNode(rdf + name), None)]
            for name in ("subject", "predicate", "object")
        ]
        assert [len(part) for part in parts] == [1, 1, 1], f"{quad.subject} states {parts}"
        found.setdefault((parts[0][0], parts[1][0], parts[2][0]), set()).add(str(quad.subject))
    return found


def test_every_statement_read_from_text_has_a_claim(store: ox.Store) -> None:
    claims = claimed(store)
    facts = {(str(q.subject), str(q.predicate), str(q.object)) for q in default_graph(store)}
    assert claims.keys() <= facts
    unclaimed = facts - claims.keys()
    assert {local(predicate[1:-1]) for _, predicate, _ in unclaimed} == DERIVED
    titles = {(s, o) for s, p, o in claims if local(p[1:-1]) in ("title", "prefLabel", "description", "name")}
    for subject, predicate, label in unclaimed:
        if local(predicate[1:-1]) == "label":
            assert {(subject, label), (subject, f"{label}@zh")} & titles
    assert len(claims) > 75


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (
            "call/007",
            "type title label hadPrimarySource programme year batch stage statedDirections statedPartners "
            "projectsMax budgetMax yearsMin yearsMax maxChineseParticipants section direction requirement contact",
        ),
        (
            "call/007/direction/1.1",
            "type number position title label researchType subdirection partner partnerMember minPartnerCountries "
            "underAgreement agency topic projectsMax budgetMin budgetMax yearsMin yearsMax "
            "projectBudgetMax envelope contact url requirement keyword indicator measure",
        ),
        (
            "call/007/direction/1.1/measure/1",
            "type position label comparator quantity quantityMax unit",
        ),
        ("contact/a@b.cn", "type label name organization-name telephone faxNumber email"),
    ],
)
def test_every_key_of_a_record_reaches_the_graph(store: ox.Store, subject: str, expected: str) -> None:
    said = {q.predicate.value for q in default_graph(store) if q.subject == ox.NamedNode(BASE + subject)}
    assert {local(predicate) for predicate in said} == set(expected.split())
    assert said <= set(read_vocabulary().terms.values())


def test_a_claim_quotes_the_source_and_names_its_place(store: ox.Store) -> None:
    ranges = list(store.quads_for_pattern(None, None, ox.NamedNode(f"{BASE}ontology#SourceRange"), None))
    assert len(ranges) > 25
    for quad in ranges:
        assert isinstance(quad.subject, ox.NamedNode)
        iri = quad.subject.value
        (start,), (end,) = objects(store, iri, "oa:start"), objects(store, iri, "oa:end")
        assert objects(store, iri, "oa:exact") == {RAW[int(start) : int(end)]}
        assert iri == f"{BASE}document/007#char={start},{end}"
        (prefix,), (suffix,) = objects(store, iri, "oa:prefix"), objects(store, iri, "oa:suffix")
        assert RAW[: int(start)].endswith(prefix)
        assert RAW[int(end) :].startswith(suffix)
        assert len(prefix) == min(24, int(start))


def test_a_claim_carries_rule_confidence_and_range(store: ox.Store) -> None:
    start = RAW.index("新西兰")
    claim = f"{BASE}document/007/claim/{start}-{start + 3}/partner/1.1/NZ"
    assert objects(store, claim, "zn:rule") == {"test.rule"}
    assert objects(store, claim, "zn:confidence") == {"0.9"}
    assert objects(store, claim, "prov:wasQuotedFrom") == {f"{BASE}document/007#char={start},{start + 3}"}
    assert objects(store, claim, "rdf:object") == {f"{BASE}country/NZ"}


def test_two_values_in_one_quote_are_two_claims(store: ox.Store) -> None:
    phones = {fact: names for fact, names in claimed(store).items() if fact[1].endswith("/telephone>")}
    assert {fact[2] for fact in phones} == {'"010-1"', '"010-2"'}
    assert len({name for names in phones.values() for name in names}) == 2


def test_evidence_stands_in_the_documents_graph_and_facts_do_not(store: ox.Store) -> None:
    document = ox.NamedNode(f"{BASE}document/007")
    assert set(store.named_graphs()) == {document}
    assert not [q for q in default_graph(store) if str(q.object) == f"<{CLAIM}>"]
    said = {local(q.predicate.value): q.object for q in store.quads_for_pattern(document, None, None, document)}
    assert {"type", "fileName", "sha256", "characters", "readBy"} == said.keys()
    assert str(said["readBy"]) == f"<{BASE}software/zhinan/{read_version()}>"
    assert str(said["fileName"]) == '"007_x.txt"'


def test_no_node_is_blank_and_no_statement_is_written_twice() -> None:
    statements = list(to_quads(make_call(), make_text(), read_vocabulary()))
    assert len(statements) == len(set(statements)) > 900
    assert not [s for s in statements if any(term.startswith("_:") for term in s)]


@pytest.mark.parametrize(
    ("subject", "predicate", "expected"),
    [
        ("call/007", "zn:stage", {"stage/draft"}),
        ("call/007", "zn:programme", {"programme/甲乙合作"}),
        ("call/007", "zn:direction", {"call/007/direction/1.1", "call/007/direction/1.1.1"}),
        ("call/007/section/1", "zn:direction", {"call/007/direction/1.1", "call/007/direction/1.1.1"}),
        ("call/007/direction/1.1", "zn:subdirection", {"call/007/direction/1.1.1"}),
        ("call/007/direction/1.1", "zn:partner", {"country/NZ", "organisation/SKA"}),
        ("call/007/direction/1.1", "zn:underAgreement", {"agreement/中新协定"}),
        ("call/007/direction/1.1", "zn:contact", {"contact/a@b.cn"}),
        ("call/007", "zn:contact", {"contact/张三"}),
        ("call/007/direction/1.1/topic/太阳能", "zn:subtopic", {"call/007/direction/1.1/topic/太阳能/光伏"}),
        ("call/007/direction/1.1", "zn:envelope", {"call/007/direction/1.1/envelope/能源"}),
        ("call/007/direction/1.1/requirement/matching-funds", "zn:requirementType", {"requirement/matching-funds"}),
    ],
)
def test_things_are_linked_by_the_names_of_the_plan(
    store: ox.Store, subject: str, predicate: str, expected: set[str]
) -> None:
    assert objects(store, BASE + subject, predicate) == {BASE + name for name in expected}


def test_unknown_bounds_and_absent_values_are_not_said(store: ox.Store) -> None:
    direction, part = f"{BASE}call/007/direction/1.1", f"{BASE}call/007/direction/1.1.1"
    assert objects(store, direction, "zn:projectsMax") == {"2"}
    assert objects(store, direction, "zn:projectsMin") == set()
    assert objects(store, part, "zn:openTopic") == {"true"}
    assert objects(store, direction, "zn:openTopic") == set()


def test_a_code_that_no_scheme_has_is_an_error() -> None:
    call = Call("007", None, stage=at("征求意见稿", "drafty"))
    with pytest.raises(TermError, match="drafty"):
        list(to_quads(call, make_text(), read_vocabulary()))


def test_a_fact_that_rests_on_no_character_is_an_error() -> None:
    call = Call("007", None, year=Value(2021, Span(3, 3, "Year", "test.rule")))
    with pytest.raises(ValueError, match="rests on no character"):
        list(to_quads(call, make_text(), read_vocabulary()))


@pytest.mark.parametrize(
    ("name", "segment"),
    [
        ("《中国 新西兰》协定", "中国新西兰协定"),
        ("中－新（２０１２）", "中-新(2012)"),
        ("a/b#c?d%", "a%2Fb%23c%3Fd%25"),
        ("“一带一路”[x]", "一带一路%5Bx%5D"),
        ("a|b^\\`{}", "a%7Cb%5E%5C%60%7B%7D"),
        ("x@y.cn", "x@y.cn"),
        ("\ue000", "%EE%80%80"),
    ],
)
def test_an_iri_escapes_what_iris_forbid_and_nothing_else(name: str, segment: str) -> None:
    assert mint("agreement", name) == f"{BASE}agreement/{segment}"
    assert extend(f"{BASE}call/1", "topic", name) == f"{BASE}call/1/topic/{segment}"


def test_a_name_without_characters_makes_no_iri() -> None:
    with pytest.raises(ValueError, match="without characters"):
        mint("topic", "《 》")


characters = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(characters)
def test_every_name_makes_an_iri_that_parsers_accept(name: str) -> None:
    try:
        iri = mint("topic", name)
    except ValueError:
        assert not name.strip("《》“” \t\r\n") or not name.split()
        return
    assert str(ox.NamedNode(iri)) == f"<{iri}>"
    parsed = ox.parse(input=to_line(Statement("", *[to_iri(iri)] * 3)), format=ox.RdfFormat.N_QUADS)
    assert [quad.subject for quad in parsed] == [ox.NamedNode(iri)]
