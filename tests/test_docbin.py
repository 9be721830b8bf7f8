"""A DocBin loads in spaCy; each span says the words that its claim quotes, at its place in the source."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from pyoxigraph import Literal, NamedNode
from spacy.tokens import Doc, DocBin

from kg_build.documents import read_document
from ontology.vocabulary import BASE
from queries.docbin import list_passages
from queries.export import export
from queries.graphs import open_graph
from queries.quotations import Quotation, read_quotations


@pytest.fixture(scope="module")
def docs(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Doc]:
    path = tmp_path_factory.mktemp("docbin") / "facts.spacy"
    export("docbin", built, path)
    return list(DocBin().from_disk(path).get_docs(spacy.blank("zh").vocab))


def test_every_claim_is_a_span_that_says_its_text(docs: list[Doc], built: Path) -> None:
    told = {
        (doc.user_data["document"], doc.user_data["start"] + span.start_char, span.text, span.id_, span.kb_id_)
        for doc in docs
        for span in doc.spans["facts"]
    }
    claims = [one for found in read_quotations(open_graph(built)).values() for one in found]
    wanted = {
        (
            one.document.removeprefix(BASE),
            one.start,
            one.exact,
            one.subject,
            one.value.value if isinstance(one.value, NamedNode) else "",
        )
        for one in claims
    }
    assert len(wanted) > 4000
    assert told == wanted
    assert sum(len(doc.spans["facts"]) for doc in docs) == len(claims)


def test_a_passage_is_the_text_of_the_source(docs: list[Doc], guides: Path) -> None:
    sources = {f"document/{path.stem.split('_')[0]}": read_document(path).raw for path in guides.glob("*.txt")}
    assert len(docs) > 50
    for doc in docs:
        start = doc.user_data["start"]
        assert sources[doc.user_data["document"]][start : start + len(doc.text)] == doc.text


def test_entities_are_names_and_amounts_and_do_not_overlap(docs: list[Doc]) -> None:
    labels = {entity.label_ for doc in docs for entity in doc.ents}
    assert {"partner", "agency", "keyword", "budgetMax", "schema:email"} <= labels
    assert "indicator" not in labels
    partner = next(entity for doc in docs for entity in doc.ents if entity.label_ == "partner")
    assert partner.kb_id_.startswith(BASE)


def test_a_token_is_a_character(docs: list[Doc]) -> None:
    assert all(len(token) == 1 and not token.whitespace_ for doc in docs for token in doc)


def quote(start: int, prefix: str, exact: str, suffix: str) -> Quotation:
    return Quotation("d", start, start + len(exact), "s", "p", Literal("x"), exact, prefix, suffix, "r", None)


def test_a_passage_lies_in_one_direction(docs: list[Doc]) -> None:
    for doc in docs:
        starts = [span.start for span in doc.spans["facts"] if span.label_ == "number" and "/direction/" in span.id_]
        assert set(starts) <= {0}
    first = [{span.label_ for span in doc.spans["facts"] if span.start == 0} for doc in docs]
    assert sum("number" in labels for labels in first) >= 183


def test_quotes_that_meet_become_one_passage_and_others_do_not() -> None:
    near = [quote(2, "一二", "三四", "五六"), quote(5, "四五"[1:], "六七", "八")]
    assert [(one.start, one.text) for one in list_passages(near)] == [(0, "一二三四五六七八")]
    far = [quote(2, "一二", "三四", "五"), quote(9, "", "十", "")]
    assert [one.text for one in list_passages(far)] == ["一二三四五", "十"]
    other = [quote(2, "一二", "三四", "五六"), quote(4, "三九", "五", "")]
    assert [one.text for one in list_passages(other)] == ["一二三四五六", "三九五"], "texts that differ are not mixed"
