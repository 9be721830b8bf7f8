"""Cleaning takes layout away and nothing else, and every character remembers where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_build.documents import read_document
from kg_build.rules import read_rulebook
from kg_build.spans import Span
from kg_build.text import Text, clean
from tests.making import make_text


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("开展合 \n作研究", "开展合作研究"),
        ("2019 年度 第一批", "2019年度第一批"),
        ("地平线 20\n\n20 计划", "地平线2020计划"),
        ("Centres for\nResearch", "Centres for Research"),
        ("部署。\n— 2 —\n按照", "部署。按照"),
        ("一项\n\n3\n\n二项\n\n4\n\n三项", "一项二项三项"),
        ("不少于\n\n2\n\n次", "不少于2次"),
        ("共３０００万元", "共3000万元"),
        ("3. [bookmark: 4. 方案]申报", "3.申报"),
        ("## 一、总体\n**1.1 项目**", "一、总体1.1项目"),
        (r"误差 $\leq 10\%$ ；", "误差≤10%；"),
        (r"$65^\circ\text{C}$", "65°C"),
        (r"面积 $\geq 1200\text{cm}^2$", "面积≥1200cm2"),
        ("H<sub>2</sub>S", "H2S"),
        ("$10^{-3}$", "10^-3"),
        ("中国一新西兰", "中国—新西兰"),
        ("云一边一端系统", "云—边—端系统"),
        ("新一代统一标准", "新一代统一标准"),
        ("；一一开发", "；——开发"),
    ],
)
def test_layout_and_misprints_go(raw: str, cleaned: str) -> None:
    assert make_text(raw).text == cleaned


def _holds_together(text: Text) -> None:
    raw = text.document.raw
    assert len(text.text) == len(text.origin) == len(text.ends)
    assert all(a <= b for a, b in zip(text.origin, text.origin[1:], strict=False))
    assert all(a <= b for a, b in zip(text.ends, text.ends[1:], strict=False))
    assert all(0 <= a < b <= len(raw) for a, b in zip(text.origin, text.ends, strict=True))
    assert "\n" not in text.text
    assert list(text.lines) == sorted(set(text.lines))


PIECES = st.sampled_from(
    [
        "中国",
        "合作",
        "一",
        "\n",
        "\n\n",
        " ",
        "　",
        "20",
        "3.1",
        "。",
        "；",
        r"$\leq 5\%$",
        "$",
        "**",
        "# ",
        "- ",
        "<sub>",
        "AB",
        "^{2}",
        "—",
        "2 —\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_character_keeps_an_origin_in_order(raw: str) -> None:
    _holds_together(make_text(raw))


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_mapping(raw: str) -> None:
    _holds_together(make_text(raw.replace("\r", "")))


@given(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.data())
def test_a_kept_character_is_its_own_source(raw: str, data: st.DataObject) -> None:
    text = make_text(raw)
    if text.text:
        at = data.draw(st.integers(0, len(text.text) - 1))
        quote = text.quote(Span(at, at + 1, "Any", "any"))
        assert text.text[at] in quote or text.text[at] in "≤—° "


def test_a_quote_runs_over_line_breaks() -> None:
    text = make_text("共支持经费：30\n00 万元人民\n币。")
    at = text.text.index("3000万元")
    assert text.quote(Span(at, at + 6, "Money", "any")) == "30\n00 万元"


def test_line_starts_are_known() -> None:
    text = make_text("第一行\n第二行\n\nthird line\nfourth")
    assert [text.text[start:][:3] for start in text.lines] == ["第一行", "第二行", "thi", "fou"]


def test_the_corpus_keeps_its_origins(corpus: Path) -> None:
    documents = sorted(corpus.glob("*.txt"))
    for path in documents:
        _holds_together(clean(read_document(path), read_rulebook()))
    assert len(documents) == 5
