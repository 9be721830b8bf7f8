"""Names are found where they stand, and nowhere else; spaCy reads only what no list knows."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg_build.recognisers import PATTERNS, SHORT_FORMS, find_names, load_pipeline
from kg_build.spans import Span
from ontology.errors import RuleError
from ontology.vocabulary import read_vocabulary


def _found(text: str, label: str = "partners") -> list[tuple[str, str]]:
    return [
        (text[span.start : span.end], (span.concept or "").rpartition("/")[2])
        for span in find_names(text, read_vocabulary())
        if span.label == label
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("与新西兰、比利时合作", [("新西兰", "NZ"), ("比利时", "BE")]),
        ("德意志联邦共和国的机构", [("德意志联邦共和国", "DE")]),
        ("面向“一带一路”共建国家", [("“一带一路”共建国家", "BRI")]),
        ("中亚地区“一带一路”国家", [("中亚地区", "143"), ("“一带一路”国家", "BRI")]),
        ("与日本国际协力机构", [("日本", "JP")]),
        ("支持亚大区域观测", [("亚大区域", "009"), ("亚大区域", "142")]),
    ],
)
def test_listed_names_are_found_longest_first(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "沿海地区的印度洋观测",
        "内蒙古与高亚洲",
        "优化方法国际合作",
        "算法国家标准",
        "穿越南极冰盖",
        "中东欧的国家",
        "东南非洲象",
    ],
)
def test_a_name_that_only_stands_there_by_chance_is_none(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("参加GEO工作计划", [("GEO", "GEO")]),
        ("研究GEOSS框架", []),
        ("见http://geo.org/GEO页", []),
        ("邮箱a@GEO.org", []),
    ],
)
def test_a_latin_name_is_a_word_of_its_own(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《中韩科技合作协定》", [("韩", "KR")]),
        ("支持中欧科技创新合作", [("欧", "EU")]),
        ("中瑞双方", [("瑞", "CH"), ("瑞", "SE")]),
        ("中瑞（典）双方", [("瑞", "SE")]),
        ("1.1中巴（基斯坦）棉花合作", [("巴", "PK")]),
        ("中波科技合作", [("波", "PL")]),
        ("1.2中俄蒙生态走廊联合研究", [("俄", "RU"), ("蒙", "MN")]),
        ("1.3中日新材料联合研究", [("日", "JP")]),
        ("中日韩联合研究", [("日", "JP"), ("韩", "KR")]),
        ("1.1中美清洁能源技术联合研发", [("美", "US")]),
        ("。以方联系人", [("以", "IL")]),
    ],
)
def test_a_short_form_beside_another_says_all_that_it_can_mean(text: str, found: list[tuple[str, str]]) -> None:
    assert _found(text, SHORT_FORMS) == found


@pytest.mark.parametrize(
    "text",
    ["中西医结合合作", "其中日常合作", "中老年健康合作", "集中以联合方式", "中英文版合作", "双方单位", "地方主管"],
)
def test_characters_that_only_meet_are_no_short_form(text: str) -> None:
    assert _found(text, SHORT_FORMS) == []


def test_a_short_form_with_many_meanings_is_less_sure() -> None:
    spans = [span for span in find_names("中瑞双方与中韩双方", read_vocabulary()) if span.label == SHORT_FORMS]
    assert [span.confidence for span in spans] == [0.5, 0.5, 1.0]


def test_schemes_do_not_hide_each_other() -> None:
    text = "中国科技部与韩国产业通商资源部"
    assert _found(text) == [("中国", "CN"), ("韩国", "KR")]
    assert _found(text, "agencies") == [("中国科技部", "科学技术部"), ("韩国产业通商资源部", "韩国产业通商资源部")]


def test_a_name_that_no_list_knows_is_read_by_the_patterns() -> None:
    text = "外方联系人：国家创新评估署，Anna"
    spans = [span for span in find_names(text, read_vocabulary()) if span.label == "organisation"]
    assert [(text[span.start : span.end], span.rule) for span in spans] == [("国家创新评估署", "spacy.patterns")]


def test_a_trained_pipeline_reads_the_lines_of_contacts() -> None:
    seen: list[str] = []

    def pipeline(text: str) -> list[Span]:
        seen.append(text)
        return [Span(1, 3, "person", "spacy.made")]

    text = "要求：提交报告。韩方联系人：张三，电话1。"
    spans = [span for span in find_names(text, read_vocabulary(), pipeline=pipeline) if span.label == "person"]
    assert seen == ["：张三，电话1"]
    assert [text[span.start : span.end] for span in spans] == ["张三"]


def test_a_model_that_is_not_there_is_an_error_with_its_name() -> None:
    with pytest.raises(RuleError, match="no-such-model"):
        load_pipeline("no-such-model")


def test_no_name_makes_the_patterns_run_away() -> None:
    recognise = load_pipeline()
    recognise("部")
    assert PATTERNS.read_text(encoding="utf-8").count('"OP": "+"') == len(PATTERNS.read_text().splitlines())
    start = time.perf_counter()
    recognise("部会院署备忘协" * 5)
    assert time.perf_counter() - start < 0.5


def test_listed_names_need_no_spacy() -> None:
    code = (
        "import sys\n"
        "from kg_build.recognisers import find_names\n"
        "from ontology.vocabulary import read_vocabulary\n"
        "assert find_names('韩方联系人：韩国研究财团，中国和韩国', read_vocabulary())\n"
        "assert 'spacy' not in sys.modules\n"
    )
    root = Path(__file__).resolve().parent.parent
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
