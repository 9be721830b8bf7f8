"""Every claim of a built graph quotes its source, and the quote says the value.

The judge below knows the graph and the schemes, not the readers: it takes each claim's quote and looks for
the value in it. What it accepts beyond the plain characters is listed here, and the tests of the judge
itself show that it says no.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from kg_build.documents import read_document
from kg_build.graph import open_graph
from ontology.vocabulary import BASE, read_vocabulary

NAMES = ("title", "label", "prefLabel", "altLabel", "scope", "name", "email", "telephone", "number", "description")
"""Local names of the properties that say what a thing is called."""
COMPARED = {
    ">=": r"≥|>=|⩾|≧|不低于|不少于|不小于|不短于|不弱于|以上|以深|至少|达到|达|\+|超过|大于",
    ">": r">|大于|高于|超|多于|优于|长于",
    "<=": r"≤|<=|⩽|≦|不高于|不大于|不超过|不多于|不长于|以内|以下|至多|最多|控制在",
    "<": r"<|小于|低于|短于|少于",
    "range": r"[~～〜\-—–－一至到∼]|≤.*≤",
    "±": r"±|\+/-|≤|<=|不超过|不大于",
    "better": r"优于|好于",
    "=": r"^(?!.*(≥|≤|不低于|不少于|不超过|不高于|不大于|不小于))",
}
COUNTED = {"min-partner-countries": "countries.", "max-chinese-participants": "counts.chinese-participants"}
"""Requirements that are a number of the record too: the rules that count them begin like this."""
MULTIPLES = {"百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
CHINESE = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "双": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim with the characters that it quotes; `predicate` is a local name."""

    iri: str
    document: str
    subject: str
    predicate: str
    object: ox.NamedNode | ox.Literal
    rule: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A built graph as the judge sees it: claims, and what each thing is called."""

    claims: tuple[Claim, ...]
    names: Mapping[str, frozenset[str]]


def local(iri: str) -> str:
    return iri.replace("#", "/").rpartition("/")[2]


def read_graph(folder: Path) -> Graph:
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, set[str]] = defaultdict(set)
    for quad in ox.parse(path=str(open_graph(folder).trig), format=ox.RdfFormat.TRIG):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        name = local(quad.predicate.value)
        if isinstance(quad.graph_name, ox.NamedNode) and "/document/" in quad.graph_name.value:
            said[quad.subject.value][name].append(quad.object)
        elif quad.graph_name == ox.DefaultGraph() and name in NAMES:
            names[quad.subject.value].add(quad.object.value)
    return Graph(tuple(iter_claims(said)), {iri: frozenset(called) for iri, called in names.items()})


def iter_claims(said: Mapping[str, Mapping[str, list[ox.NamedNode | ox.Literal]]]) -> Iterator[Claim]:
    for iri, about in said.items():
        if f"{BASE}ontology#Claim" not in {kind.value for kind in about["type"]}:
            continue
        (source,), (subject,), (predicate,) = about["wasQuotedFrom"], about["subject"], about["predicate"]
        (object_,), (rule,), place = about["object"], about["rule"], said[source.value]
        (exact,), (start,), (end,), (document,) = place["exact"], place["start"], place["end"], place["hasSource"]
        yield Claim(
            iri,
            local(document.value),
            subject.value,
            local(predicate.value),
            object_,
            rule.value,
            int(start.value),
            int(end.value),
            exact.value,
        )


LATEX = {
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "times": "×",
    "pm": "±",
    "sim": "~",
    "circ": "°",
    "cdot": "·",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "lambda": "λ",
    "mu": "μ",
    "pi": "π",
    "Omega": "Ω",
}
"""Commands that stand for a character; others (text, mathrm, left …) only say how something looks."""


@cache
def show(text: str) -> str:
    """Return a text as a reader sees it: no markup, no white space, one width."""
    text = re.sub(r"\[bookmark:[^\]]*\]|</?su[bp]>|mailto:", "", text)
    text = re.sub(r"\\([A-Za-z]+)", lambda command: LATEX.get(command[1], ""), text)
    return re.sub(r"[\s*#$\\]+", "", unicodedata.normalize("NFKC", text))


@cache
def fold(text: str) -> str:
    """Take out of a text what is layout to the record: marks of quotes and powers, kinds of dashes, case."""
    text = re.sub(r"[\"'“”‘’《》<>{}^_]+", "", show(text))
    return re.sub("[-—–‒―−~～〜]+", "-", text).casefold()


def has(value: str, quote: str) -> bool:
    """Say whether the value's characters stand in the quote, in order, with no Chinese ones between them.

    A bracket that begins with 包括 or 含 may be left out: it holds subtopics, not the title.
    """
    wanted, shown = fold(value), fold(quote)
    if not wanted:
        return False
    if wanted in shown or wanted in re.sub(r"\((?:包括|含)[^()]*\)", "", shown):
        return True
    between = r"[^\u4e00-\u9fff]{0,24}?"
    dashes = {"-": "[-一]"}
    return re.search(between.join(dashes.get(c, re.escape(c)) for c in wanted), shown) is not None


@cache
def numbers(quote: str) -> frozenset[Decimal]:
    """Return every number that a quote says.

    Digits and Chinese numerals, halves, their products with 万, 亿 …, fractions, scales (1:5万), powers of ten,
    and months as years.
    """
    text = show(quote)
    found = {Decimal(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*(?:\.\d+)?", text)}
    found |= {Decimal(value) for value in map(chinese, re.findall("[零〇一二两双三四五六七八九十百千]+", text))}
    if "半" in text:
        found |= {value + Decimal("0.5") for value in found | {Decimal(0)}}
    for under, over in re.findall("([一二两三四五六七八九十百千]+)分之([一二两三四五六七八九十百千]+)", text):
        found.add(Decimal(chinese(over)) / (chinese(under) or 1))
    plain = set(found)
    for word, multiple in MULTIPLES.items():
        found |= {value * multiple for value in plain if word in text}
    for over, under in re.findall(r"(\d+)[/:](\d+)", text):
        found |= {Decimal(over) / (Decimal(under) * multiple) for multiple in (1, 10**4) if int(under)}
    for factor, pi, power in re.findall(r"(?:(\d+(?:\.\d+)?)(π?)×)?10[\^{]*([-−]?\d+)", text):
        turns = Decimal(math.pi) if pi else Decimal(1)
        found.add(Decimal(factor or 1) * turns * Decimal(10) ** int(power.replace("−", "-")))
    if "月" in text:
        found |= {value / 12 for value in plain}
    return frozenset(found)


def chinese(numeral: str) -> int:
    total = current = 0
    for character in numeral:
        if character in CHINESE:
            current = CHINESE[character]
        else:
            total += (current or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            current = 0
    return total + current


def has_number(value: Decimal, quote: str) -> bool:
    said = numbers(quote)
    return (
        value in said or -value in said or any(abs(value - number) < abs(number) * Decimal("1e-5") for number in said)
    )


def has_sum(value: Decimal, quote: str) -> bool:
    """Say whether the value is a sum of up to four numbers of the quote: a total of envelopes."""
    said = sorted(numbers(quote))[:40]
    return any(sum(parts) == value for size in (2, 3, 4) for parts in combinations(said, size))


@cache
def spellings() -> Mapping[str, frozenset[str]]:
    """Return for each concept its labels and code, and those of all that lies below it, folded."""
    vocabulary = read_vocabulary()
    found: dict[str, set[str]] = defaultdict(set)
    listed = {concept.iri: concept for scheme in vocabulary.schemes.values() for concept in scheme.values()}
    for concept in listed.values():
        own = {label.text for label in concept.labels} | {concept.notation, *concept.short_forms}
        own = set(map(fold, own)) - {""}
        above = {concept.iri}
        while above:
            for iri in above:
                found[iri] |= own
            above = {up for iri in above if iri in listed for up in (*listed[iri].broader, *listed[iri].broad_match)}
    return {iri: frozenset(texts) for iri, texts in found.items()}


@cache
def agencies() -> Mapping[str, frozenset[str]]:
    """Return the names of the listed agencies, each with all its spellings."""
    listed = read_vocabulary().schemes.get("agencies", {}).values()
    return {label.text: frozenset(other.text for other in one.labels) for one in listed for label in one.labels}


def says(claim: Claim, graph: Graph) -> bool:
    """Say whether the claim's quote says its value."""
    quote, value = claim.exact, claim.object.value
    if isinstance(claim.object, ox.NamedNode):
        return says_thing(claim, graph)
    kind = local(claim.object.datatype.value)
    if claim.predicate == "comparator":
        return re.search(COMPARED[value], show(quote)) is not None
    if claim.predicate == "agreementKind":
        return any(has(name, quote) for name in graph.names[claim.subject])
    if claim.predicate == "openTopic":
        return value == "true" and "不限" in fold(quote)
    if kind in ("integer", "decimal", "double"):
        number = Decimal(value)
        summed = claim.predicate.startswith(("projects", "budget")) and has_sum(number, quote)
        return has_number(number, quote) or summed
    if claim.predicate == "number":
        return has(value, quote) or has_number(Decimal(value.rpartition(".")[2]), quote)
    if claim.predicate == "value":
        return has(value, quote) or (value == "1:1" and re.search("等额|同等|等比例|对等", quote) is not None)
    return has(value, quote) or any(has(name, quote) for name in agencies().get(value, ()))


def says_thing(claim: Claim, graph: Graph) -> bool:
    """Say whether the quote names the thing: by a label of the concept, or by what the graph calls it."""
    iri, quote = claim.object.value, claim.exact
    if claim.predicate in ("requirement", "requirementType"):
        return local(iri) in claim.rule.split(".") or claim.rule.startswith(COUNTED.get(local(iri), ":"))
    if iri == f"{BASE}stage/final":
        return "指南" in quote and re.search("征求意见|建议", fold(quote)) is None
    if claim.predicate in ("direction", "subdirection", "section"):
        return any(
            has(number, quote) or has_number(Decimal(number.rpartition(".")[2]), quote)
            for number in graph.names[iri]
            if re.fullmatch(r"[\d.]+", number)
        )
    if iri in spellings() and claim.predicate != "underAgreement":
        shown = fold(quote)
        return any(spelling in shown for spelling in spellings()[iri]) or (local(iri) == "ALL" and "不限" in shown)
    called = graph.names.get(iri, frozenset()) | {unquote(local(iri))}
    listed = {name for one in called for name in agencies().get(one, ())}
    return any(has(name, quote) for name in called | listed)


def judge(folder: Path, sources: Path, *, at_least: int) -> None:
    """Walk all claims of a graph that was built from a folder of sources."""
    graph = read_graph(folder)
    documents = {row["id"]: row["file"] for row in open_graph(folder).read_manifest()["documents"]}
    raws = {name: read_document(sources / file).raw for name, file in documents.items()}
    assert {claim.document for claim in graph.claims} == raws.keys()
    moved = [claim for claim in graph.claims if raws[claim.document][claim.start : claim.end] != claim.exact]
    assert moved == []
    empty = [claim for claim in graph.claims if not claim.exact.strip()]
    assert empty == []
    silent = [claim for claim in graph.claims if not says(claim, graph)]
    told = [f"{c.iri}  {c.object.value[:40]!r} not in {c.exact[:60]!r} ({c.rule})" for c in silent]
    assert not told, f"{len(told)} of {len(graph.claims)}:\n" + "\n".join(told[:40])
    assert len(graph.claims) >= at_least


def test_every_claim_of_the_condensed_edition_quotes_and_says(built: Path, guides: Path) -> None:
    judge(built, guides, at_least=6000)


def test_every_claim_of_the_full_guides_quotes_and_says(built_corpus: Path, corpus: Path) -> None:
    judge(built_corpus, corpus, at_least=10_000)


def make_claim(predicate: str, object_: str | int | float, exact: str, *, rule: str = "any.rule") -> Claim:
    thing: ox.NamedNode | ox.Literal
    if isinstance(object_, str) and object_.startswith(BASE):
        thing = ox.NamedNode(object_)
    elif isinstance(object_, str):
        thing = ox.Literal(object_, language="zh")
    else:
        thing = ox.Literal(object_)
    return Claim("", "1", f"{BASE}s", predicate, thing, rule, 0, len(exact), exact)


TOPIC = f"{BASE}call/1/direction/1/topic/光伏"
GRAPH = Graph((), {TOPIC: frozenset(["光伏"]), f"{BASE}call/1/direction/1.2": frozenset(["1.2", "题目"])})

TRUE = [
    ("title", "中国—新西兰", "《中国一新\n西兰》"),
    ("title", "太阳能电池", "太阳能\n- 12 -\n电池"),
    ("projectsMax", 10, "不超过10个"),
    ("projectsMax", 2, "两个"),
    ("projectsMax", 12, "十二项"),
    ("budgetMax", 30_000_000, "3000万元"),
    ("budgetMax", 150_000_000, "1.5亿元"),
    ("budgetMax", 5_000_000, "200万元；300万元"),
    ("yearsMax", 2, "24个月"),
    ("budgetMax", 18_000_000, "一千八百万元"),
    ("quantity", 0.5, "半年以上"),
    ("quantity", 2.5, "两年半"),
    ("quantity", 0.25, "四分之一"),
    ("quantity", 90.5, "≥90.5%"),
    ("comparator", ">=", "不低于3"),
    ("openTopic", True, "领域不限"),
    ("partner", f"{BASE}country/NZ", "新西兰"),
    ("field", f"{BASE}field/ICT", "通信"),
    ("topic", TOPIC, "光伏"),
    ("direction", f"{BASE}call/1/direction/1.2", "1. 2"),
    ("value", "1:1", "等额"),
]
FALSE = [
    ("title", "中国—新西兰", "中国与以色列"),
    ("title", "太阳能电池", "太阳能和电池"),
    ("title", "", "太阳能"),
    ("projectsMax", 10, "不超过100个"),
    ("projectsMax", 3, "两个"),
    ("budgetMax", 30_000_000, "3000元"),
    ("budgetMax", 6_000_000, "200万元；300万元"),
    ("yearsMax", 2, "24"),
    ("quantity", 0.5, "五年以上"),
    ("quantity", 90.5, "≥90%"),
    ("comparator", ">=", "3个"),
    ("comparator", "better", "不低于3"),
    ("openTopic", True, "领域"),
    ("partner", f"{BASE}country/NZ", "以色列"),
    ("field", f"{BASE}field/ICT", "气象"),
    ("topic", TOPIC, "风电"),
    ("direction", f"{BASE}call/1/direction/1.2", "1.3"),
    ("value", "1:1", "配套"),
    ("requirement", f"{BASE}requirement/matching-funds", "配套"),
]


@pytest.mark.parametrize(("predicate", "value", "quote"), TRUE)
def test_the_judge_says_yes(predicate: str, value: str | int | float, quote: str) -> None:
    assert says(make_claim(predicate, value, quote), GRAPH)


@pytest.mark.parametrize(("predicate", "value", "quote"), FALSE)
def test_the_judge_says_no(predicate: str, value: str | int | float, quote: str) -> None:
    assert not says(make_claim(predicate, value, quote), GRAPH)


def test_the_judge_knows_a_requirement_by_its_rule() -> None:
    requirement = f"{BASE}requirement/matching-funds"
    assert says(make_claim("requirement", requirement, "配套", rule="requirement.matching-funds.own"), GRAPH)
    assert not says(make_claim("requirement", requirement, "配套", rule="requirement.licence"), GRAPH)
