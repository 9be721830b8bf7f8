"""A final guide is linked with its draft where nothing else can be meant, and otherwise with nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.build import build, remove
from kg_build.datasets import GRAPH as DESCRIPTION
from kg_build.faults import find_faults
from kg_build.graph import open_graph
from kg_build.reading import read_guide
from kg_build.records import Call
from kg_build.revisions import _STAGES, GRAPH, Edition, link_revisions, read_edition, to_edition
from kg_build.rules import read_rulebook
from ontology.vocabulary import BASE, read_terms, read_vocabulary

GUIDES = Path(__file__).parent / "documents" / "revisions"
REVISES = ox.NamedNode(read_terms().term("prov:wasRevisionOf"))


def read_call(path: Path) -> Call:
    return read_guide(path, read_vocabulary(), read_rulebook()).call


@pytest.fixture(scope="module")
def draft() -> Edition:
    edition = to_edition(read_call(GUIDES / "draft.txt"))
    assert edition is not None
    return edition


@pytest.fixture(scope="module")
def final() -> Edition:
    edition = to_edition(read_call(GUIDES / "final.txt"))
    assert edition is not None
    return edition


def links(*editions: Edition) -> list[tuple[str, str]]:
    base = f"<{BASE}document/"
    return [
        (one.subject.removeprefix(base)[:-1], one.object.removeprefix(base)[:-1]) for one in link_revisions(editions)
    ]


def find_links(folder: Path) -> set[tuple[str, str]]:
    store = ox.Store.read_only(str(open_graph(folder).store))
    found = store.quads_for_pattern(None, REVISES, None, ox.NamedNode(GRAPH))
    return {
        (str(quad.subject).rpartition("/")[2][:-1], str(quad.object).rpartition("/")[2][:-1])
        for quad in found
        if isinstance(quad.object, ox.NamedNode)
    }


def test_both_guides_say_which_edition_they_are(draft: Edition, final: Edition) -> None:
    assert (draft.stage, final.stage) == ("draft", "final")
    assert (
        draft.work == final.work == (("深海观测",), 2024, 1, "深海观测重点专项2024年度第一批项目申报", ("传感", "观测"))
    )


def test_a_final_guide_revises_its_draft(draft: Edition, final: Edition) -> None:
    assert links(draft, final) == links(final, draft) == [("final", "draft")]


def test_the_graph_has_the_link_in_a_graph_of_its_own_and_is_sound(tmp_path: Path) -> None:
    build([GUIDES], tmp_path / "kg")
    assert find_links(tmp_path / "kg") == {("final", "draft")}
    assert find_faults(tmp_path / "kg") == ()
    store = ox.Store.read_only(str(open_graph(tmp_path / "kg").store))
    assert len(list(store.quads_for_pattern(None, REVISES, None, None))) == 1
    triples = ox.NamedNode(read_terms().term("void:triples"))
    (told,) = store.quads_for_pattern(ox.NamedNode(GRAPH), triples, None, ox.NamedNode(DESCRIPTION))
    assert str(told.object).startswith('"1"')


def test_a_link_comes_with_the_second_edition_and_goes_with_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "kg"
    build([GUIDES / "draft.txt"], folder)
    build([GUIDES / "final.txt"], folder)
    assert find_links(folder) == {("final", "draft")}
    remove(["draft"], folder)
    assert find_links(folder) == set()
    assert GRAPH not in open_graph(folder).trig.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["draft.txt", "final.txt"])
def test_one_edition_alone_has_no_link_and_no_graph_of_links(tmp_path: Path, name: str) -> None:
    build([GUIDES / name], tmp_path / "kg")
    assert find_links(tmp_path / "kg") == set()
    assert GRAPH not in open_graph(tmp_path / "kg").trig.read_text(encoding="utf-8")


def test_the_corpus_has_no_two_editions_of_a_guide(built_corpus: Path, built: Path) -> None:
    assert find_links(built_corpus) == find_links(built) == set()


OTHERS = [
    {"programmes": ("浅海观测",)},
    {"programmes": ("深海观测", "浅海观测")},
    {"year": 2025},
    {"batch": 2},
    {"batch": None},
    {"title": "深海观测重点专项2024年度第一批青年项目申报"},
    {"sections": ("观测",)},
    {"sections": ()},
    {"stage": "final"},
]


@pytest.mark.parametrize("other", OTHERS, ids=str)
def test_guides_that_differ_in_what_names_them_are_not_linked(
    draft: Edition, final: Edition, other: dict[str, object]
) -> None:
    assert links(replace(draft, **other), final) == []  # type: ignore[arg-type]


def test_where_two_may_be_meant_none_is_linked(draft: Edition, final: Edition) -> None:
    for more in (replace(draft, document="draft-again"), replace(final, document="final-again")):
        for order in permutations((draft, final, more)):
            assert links(*order) == []


def test_a_chain_links_each_stage_with_the_one_before(draft: Edition, final: Edition) -> None:
    proposal = replace(draft, document="proposal", stage="proposal")
    for order in permutations((draft, final, proposal)):
        assert links(*order) == [("draft", "proposal"), ("final", "draft")]
    assert links(final, proposal) == [("final", "proposal")]


def test_what_does_not_say_enough_is_no_edition(final: Edition) -> None:
    call = read_call(GUIDES / "final.txt")
    assert to_edition(call) == final
    assert to_edition(replace(call, title=None)) is None
    assert to_edition(replace(call, programmes=())) is None
    assert to_edition(replace(call, year=None)) is None
    assert to_edition(replace(call, directions=())) is None


def test_layout_and_marks_of_a_title_make_no_other_guide(final: Edition) -> None:
    call = read_call(GUIDES / "final.txt")
    assert call.title is not None
    told = replace(
        call.title, value="「深海观测」重点专项 2024年度\n第一批 项目申报指南".replace("「", '"').replace("」", '"')
    )
    assert to_edition(replace(call, title=told)) == final


def test_an_edition_can_be_kept_as_json(draft: Edition) -> None:
    assert read_edition(json.loads(json.dumps(draft.to_plain()))) == draft


def test_the_stages_are_those_of_the_scheme() -> None:
    assert set(_STAGES) == {concept.notation for concept in read_vocabulary().concepts("stages")}
