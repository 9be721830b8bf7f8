"""Whatever was added, replaced, removed or judged, in whatever order: the graph is that of one build from scratch.

The guides are tiny and the ontology is a few statements, as a build costs what these cost; all else is the real thing.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_build.build import build, remove
from kg_build.iris import mint
from kg_build.statements import Statement, to_iri, to_string
from ontology.vocabulary import BASE, PREFIXES, ZN
from tests.test_graph import assert_whole, read_all
from tests.test_incremental import assert_same

IDS = ("001", "002", "003", "004", "005")
SEQUENCES = 50
_ROOM = 1_000_000_000
"""Bytes; the folders of all sequences take a tenth of it."""
AGREEMENTS = ("甲国和乙国海洋合作协定", "甲国与乙国海洋合作的协定")
"""Names that nearly match; an alias makes them one."""

ALIASES = f"""[agreements]
"{AGREEMENTS[1]}" = "{AGREEMENTS[0]}"
"""
BY = 'who = "王五"\nwhy = "第三页"\n'
CORRECTIONS = (
    f'[[correction]]\ndocument = "001"\nproperty = "year"\nverdict = "accept"\nold = 2021\n{BY}',
    f'[[correction]]\ndocument = "001"\ndirection = "1.1"\nproperty = "partners"\nverdict = "correct"\nold = "NZ"\n'
    f'new = "FR"\n{BY}',
    f'[[correction]]\ndocument = "001"\ndirection = "1.1"\nproperty = "partners"\nverdict = "correct"\nold = "FR"\n'
    f'new = "DE"\n{BY}',
    f'[[correction]]\ndocument = "002"\ndirection = "1.1"\nproperty = "keywords"\nverdict = "reject"\nold = "海冰"\n{BY}',
)
"""The third builds on the second; what they judge is not in every version: there they are stale."""
CURATIONS: tuple[Mapping[str, str], ...] = (
    {},
    {"aliases.toml": ALIASES},
    {"corrections.toml": "\n".join(CORRECTIONS)},
    {"corrections.toml": "# a note\n\n" + "\n".join(CORRECTIONS)},
    {"aliases.toml": ALIASES, "corrections.toml": "\n".join(reversed(CORRECTIONS))},
)
"""What people add beside the guides: nothing, aliases, corrections, these some lines lower, both in another order."""


def write_guide(folder: Path, document: str, version: int) -> Path:
    """Write a tiny guide: of two versions each, the first is the draft of the other where nothing else can be."""
    folder.mkdir(parents=True, exist_ok=True)
    stage, partner = ("（征求意见稿）", "")[version % 2], ("新西兰", "法国", "德国")[(version + int(document)) % 3]
    path = folder / f"{document}_guide.txt"
    path.write_text(
        f"“测试”重点专项{2021 + version // 2}年度项目申报指南{stage}\n\n1.1 中国和{partner}政府间科技合作项目\n"
        f"合作协议：《{AGREEMENTS[version // 2]}》。\n领域方向：食品科学。\n"
        f"联系人：张三，邮箱：zhang{document}@example.{('org', 'net')[version % 2]}\n关键词：海冰；储能{version}\n",
        encoding="utf-8",
    )
    return path


def write_curation(folder: Path, curation: int) -> None:
    for name in ("aliases.toml", "corrections.toml"):
        (folder / name).unlink(missing_ok=True)
    for name, text in CURATIONS[curation].items():
        (folder / name).write_text(text, encoding="utf-8")


def read_small_ontology() -> Iterator[Statement]:
    """Yield a class, and a concept with a match: a statement for each thing that is counted of an ontology."""
    schemes, concept = to_iri(mint("graph", "schemes")), f"<{BASE}country/NZ>"
    yield Statement(to_iri(mint("graph", "ontology")), f"<{ZN}Call>", name("rdf", "type"), name("owl", "Class"))
    yield Statement(schemes, concept, name("rdf", "type"), name("skos", "Concept"))
    yield Statement(schemes, concept, name("skos", "prefLabel"), to_string("新西兰", "zh"))
    yield Statement(schemes, concept, name("skos", "exactMatch"), name("eu-country", "NZL"))


def name(prefix: str, rest: str) -> str:
    return to_iri(PREFIXES[prefix] + rest)


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > _ROOM
    folder = Path(mkdtemp(prefix="zhinan-", dir=memory if roomy else None))  # a store waits for its disk
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg_build.build.read_ontology", read_small_ontology)
        patch.setattr("kg_build.build._FEW", 2)  # so that a store is filled anew as often as it is changed
        yield folder
    shutil.rmtree(folder)


Versions = frozenset[tuple[str, int]]


@cache
def build_from_scratch(versions: Versions, curation: int, place: Path) -> Path:
    """Build documents of these versions into a new folder, once for all sequences that end so."""
    title = "-".join((str(curation), *(f"{document}.{version}" for document, version in sorted(versions))))
    sources = place / "scratch" / title
    for one in sorted(versions):
        write_guide(sources, *one)
    write_curation(sources, curation)
    build([sources], place / "scratch" / f"kg-{title}")
    return place / "scratch" / f"kg-{title}"


versions = st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), min_size=1, max_size=2)
removals = st.lists(st.sampled_from(IDS), min_size=1, max_size=2, unique=True).map(tuple)
curations = st.integers(0, len(CURATIONS) - 1)
Step = dict[str, int] | tuple[str, ...] | int
"""Versions of documents that are built, ids that are removed, or what people add."""
steps: st.SearchStrategy[list[Step]] = st.lists(st.one_of(versions, removals, curations), min_size=1, max_size=4)


def grow(step: Step, there: dict[str, int], sources: Path, out: Path) -> dict[str, int]:
    """Take a step; return the versions of the documents that are there then."""
    if isinstance(step, dict):
        build([write_guide(sources, *one) for one in step.items()], out)
        return there | step
    if isinstance(step, int):
        write_curation(sources, step)
        build([sources], out)
        return there
    gone = [name for name in step if name in there]
    if not gone or len(gone) == len(there):
        return there
    remove(gone, out)
    for name in gone:
        (sources / f"{name}_guide.txt").unlink()
    return {name: version for name, version in there.items() if name not in gone}


@given(first=st.dictionaries(st.sampled_from(IDS), st.integers(0, 3), min_size=3), judged=curations, sequence=steps)
@settings(max_examples=SEQUENCES)
def test_adding_replacing_removing_and_judging_equal_a_build_from_scratch(
    place: Path, first: dict[str, int], judged: int, sequence: list[Step]
) -> None:
    out, sources = place / "grown", place / "in"
    for folder in (out, sources):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(build_from_scratch(frozenset(first.items()), judged, place), out)
    for one in first.items():
        write_guide(sources, *one)
    write_curation(sources, judged)
    there, curation = dict(first), judged
    for step in sequence:
        there = grow(step, there, sources, out)
        curation = step if isinstance(step, int) else curation
    assert_same(out, build_from_scratch(frozenset(there.items()), curation, place))


def test_the_sequences_meet_all_that_follows_from_several_documents_or_from_people(place: Path) -> None:
    """Links, names that nearly match, other names, judgements, stale ones, and a description."""
    apart, judged = ((("001", 0), ("002", 1), ("003", 2)), (("001", 2), ("002", 1)))
    plain, merged = (build_from_scratch(frozenset(apart), curation, place) for curation in (0, 1))
    line = f'[agreements] "{AGREEMENTS[1]}" = "{AGREEMENTS[0]}"'
    proposed = [any(said.endswith(line) for said in messages_of(folder)) for folder in (plain, merged)]
    assert proposed == [True, False]
    assert "skos:altLabel" in (merged / "graph.trig").read_text(encoding="utf-8")
    for folder in (plain, merged):
        assert "prov:wasRevisionOf" in (folder / "graph.trig").read_text(encoding="utf-8")
    lines = [build_from_scratch(frozenset(judged), curation, place) for curation in (2, 3, 4)]
    stale = [(folder / "findings.jsonl").read_text(encoding="utf-8") for folder in lines]
    assert "correction.stale" in stale[0]
    assert len(set(stale)) == len(lines)
    assert all("zn:verdict" in (folder / "graph.trig").read_text(encoding="utf-8") for folder in lines)
    store = ox.Store.read_only(str(assert_whole(plain).store))
    assert ox.NamedNode(f"{BASE}graph/dataset") in set(store.named_graphs())


def messages_of(folder: Path) -> list[str]:
    return [json.loads(line)["message"] for line in (folder / "findings.jsonl").read_text("utf-8").splitlines()]


def test_judging_in_steps_is_judging_at_once(place: Path) -> None:
    """Each curation after each other one, and back: the last alone counts."""
    first = frozenset((("001", 2), ("002", 1)))
    out, sources = place / "judged", place / "judged-in"
    for one in sorted(first):
        write_guide(sources, *one)
    for curation in (0, 2, 3, 4, 2, 1, 4, 0):
        write_curation(sources, curation)
        build([sources], out)
        assert read_all(out) == read_all(build_from_scratch(first, curation, place)), curation
