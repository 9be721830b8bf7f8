"""The graph says of itself what is so: every number is the live count, every hash the file's, every word a declared one."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import URIRef
from rdflib.namespace import DCTERMS, PROV, SH, VOID

from kg_build.build import build, remove
from kg_build.datasets import DATASET, GRAPH, File, describe
from kg_build.descriptions import group
from kg_build.graph import GraphFolder, open_graph
from kg_build.quads import read_version, to_page
from kg_build.statements import Statement
from kg_build.tallies import Census, Tally, count, read_census, take_census
from kg_build.union import read_ontology
from ontology.vocabulary import BASE, PREFIXES, ZN, read_terms, read_vocabulary
from tests.test_build import write_guides
from tests.test_graph import read_all
from tests.test_quads import make_call, make_text
from tests.test_revisions import GUIDES

FACTS, EVIDENCE = f"{DATASET}/facts", f"{DATASET}/evidence"
WHERE = {
    FACTS: "{ %s }",
    EVIDENCE: "GRAPH ?graph { %s } FILTER(STRSTARTS(STR(?graph), 'https://w3id.org/zhinan/document/'))",
}
"""What the parts of the dataset that are not one named graph are, in SPARQL."""


@pytest.fixture(scope="module")
def grown(guides: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a graph folder that builds and removals have made, with names merged, facts judged and a revision."""
    folder = tmp_path_factory.mktemp("grown")
    sources, out = folder / "in", folder / "kg"
    for origin in (guides, GUIDES):
        shutil.copytree(origin, sources, dirs_exist_ok=True)
    build([sources], out)
    judged = "".join(
        f'[[correction]]\ndocument = "{name}"\nproperty = "year"\nverdict = "accept"\nold = {year}\n'
        'who = "王五"\nwhy = "second look"\n'
        for name, year in (("000", 2019), ("001", 2021))
    )
    (sources / "corrections.toml").write_text(judged, encoding="utf-8")
    build([sources], out)
    (sources / "aliases.toml").write_text(
        '[programmes]\n"战略性国际科技创新合作" = "战略性科技创新合作"\n', encoding="utf-8"
    )
    build([sources], out)
    text = (sources / "final.txt").read_text(encoding="utf-8")
    (sources / "final.txt").write_text(text.replace("2024", "2025"), encoding="utf-8")
    build([sources / "final.txt"], out)
    (sources / "final.txt").write_text(text, encoding="utf-8")
    build([sources / "final.txt"], out)
    remove(["004"], out)
    (sources / "004_condensed.txt").unlink()
    assert build([sources], out).errors == ()
    return out


@pytest.fixture(scope="module", params=["built", "built_corpus", "grown"])
def folder(request: pytest.FixtureRequest) -> GraphFolder:
    return open_graph(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def store(folder: GraphFolder) -> ox.Store:
    return ox.Store.read_only(str(folder.store))


def ask(store: ox.Store, query: str) -> Iterator[tuple[str, ...]]:
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
    rows = store.query(prefixes + query)
    assert isinstance(rows, ox.QuerySolutions)
    yield from (tuple("" if cell is None else cell.value for cell in row) for row in rows)


def told(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Ask the graph of the description."""
    return sorted(ask(store, f"SELECT * WHERE {{ GRAPH <{GRAPH}> {{ {query} }} }}"))


def live(store: ox.Store, part: str, columns: str, pattern: str, rest: str = "") -> dict[str, int]:
    """Count in a part of the dataset; return numbers by what they are of."""
    where = WHERE.get(part, f"GRAPH <{part}> {{ %s }}") % pattern
    rows = ask(store, f"SELECT {columns} WHERE {{ {where} }} {rest}")
    return {row[0]: int(row[-1]) for row in rows if row[0]}


def parts_of(store: ox.Store) -> list[str]:
    return [part for (part,) in told(store, f"<{DATASET}> void:subset ?part")]


def partitions(store: ox.Store, part: str, kind: str, measure: str) -> dict[str, int]:
    rows = ask(
        store,
        f"SELECT ?term ?number WHERE {{ GRAPH <{GRAPH}> {{ <{part}> void:{kind}Partition ?partition ."
        f" ?partition void:{kind} ?term ; void:{measure} ?number }} }}",
    )
    return {term: int(number) for term, number in rows}


def test_facts_evidence_and_each_graph_of_its_own_are_the_parts(store: ox.Store) -> None:
    named = {graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)}
    own = {graph for graph in named if "/document/" not in graph} - {GRAPH}
    assert set(parts_of(store)) == {FACTS, EVIDENCE, *own}
    assert {BASE + "graph/ontology", BASE + "graph/schemes"} <= own


def test_the_graph_that_grew_has_what_builds_and_people_add(grown: Path) -> None:
    trig = (grown / "graph.trig").read_text(encoding="utf-8")
    for word in ("prov:wasRevisionOf", "zn:verdict", "skos:altLabel", "战略性国际科技创新合作"):
        assert word in trig
    assert "correction.stale" not in (grown / "findings.jsonl").read_text(encoding="utf-8")
    assert "document/004" not in trig


def test_every_partition_is_the_live_count_and_none_is_lacking(store: ox.Store) -> None:
    seen = 0
    for part in parts_of(store):
        classes = live(store, part, "?class (COUNT(DISTINCT ?s) AS ?n)", "?s a ?class", "GROUP BY ?class")
        distinct = "SELECT DISTINCT ?s ?property ?o"
        triples = (
            f"SELECT ?property (COUNT(*) AS ?n) WHERE {{ {{ {distinct} WHERE {{"
            f" {WHERE.get(part, f'GRAPH <{part}> {{ %s }}') % '?s ?property ?o'} }} }} }} GROUP BY ?property"
        )
        properties = {name: int(number) for name, number in ask(store, triples) if name}
        assert partitions(store, part, "class", "entities") == classes, part
        assert partitions(store, part, "property", "triples") == properties, part
        seen += len(classes) + len(properties)
    assert seen > 150


def test_the_sums_of_every_part_are_live_counts(store: ox.Store) -> None:
    total = 0
    for part in parts_of(store):
        where = WHERE.get(part, f"GRAPH <{part}> {{ %s }}")
        spo, typed = where % "?s ?p ?o", where % "?s a ?o"
        ((triples,),) = ask(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{ {spo} }} }}")
        ((subjects, properties),) = ask(
            store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?p) AS ?m) WHERE {{ {spo} }}"
        )
        ((entities, classes),) = ask(
            store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?o) AS ?m) WHERE {{ {typed} }}"
        )
        names = ("triples", "distinctSubjects", "properties", "entities", "classes")
        for name, number in zip(names, (triples, subjects, properties, entities, classes), strict=True):
            assert told(store, f"<{part}> void:{name} ?number") == [(number,)], (part, name)
        total += int(triples)
    assert told(store, f"<{DATASET}> void:triples ?number") == [(str(total),)]


def test_every_linkset_is_the_live_count_and_none_is_lacking(store: ox.Store) -> None:
    linksets = told(
        store,
        "?set a void:Linkset ; void:linkPredicate ?predicate ; void:triples ?number ; void:objectsTarget/void:uriSpace"
        " ?target ; void:subjectsTarget ?subjects",
    )
    assert len(linksets) >= 5
    listed = 0
    for row in linksets:
        number, predicate, subjects, target = (cell for cell in row if not cell.startswith(DATASET))
        ((found,),) = ask(
            store,
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{subjects}> {{ ?s <{predicate}> ?o FILTER(STRSTARTS(STR(?o), '{target}')) }} }}",
        )
        assert found == number, row
        listed += int(number)
    matches = "?s skos:exactMatch|skos:closeMatch|skos:broadMatch|skos:narrowMatch|skos:relatedMatch ?o"
    ((every,),) = ask(
        store,
        f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{BASE}graph/schemes> {{ {matches} FILTER(!STRSTARTS(STR(?o), '{BASE}')) }} }}",
    )
    assert int(every) == listed > 500


def test_every_file_is_described_and_its_checksum_is_its_own(store: ox.Store, folder: GraphFolder) -> None:
    rows = ask(
        store,
        f"""SELECT ?name ?size ?sha256 ?media WHERE {{ GRAPH <{GRAPH}> {{
          <{DATASET}> dcat:distribution ?file . ?file a dcat:Distribution ; dcterms:identifier ?name ; dcat:mediaType ?media
          OPTIONAL {{ ?file dcat:byteSize ?size ; spdx:checksum [ a spdx:Checksum ; spdx:checksumValue ?sha256 ;
            spdx:algorithm <http://spdx.org/rdf/terms#checksumAlgorithm_sha256> ] }} }} }}""",
    )
    described = {name: (size, sha256) for name, size, sha256, _ in rows}
    assert described.pop("graph.trig") == ("", "")
    manifest = folder.read_manifest()["files"]
    assert set(described) == set(manifest) - {"graph.trig", "parts.jsonl"}
    for name, (size, sha256) in described.items():
        content = (folder.path / name).read_bytes()
        assert (size, sha256) == (str(len(content)), hashlib.sha256(content).hexdigest())
    titled = "?file a dcat:Distribution ; dcterms:title ?title FILTER(LANG(?title) = '%s')"
    assert len(told(store, titled % "zh")) == len(told(store, titled % "en")) == len(described) + 1


def test_it_says_what_it_was_made_from_and_by_what_and_whose_it_is(store: ox.Store, folder: GraphFolder) -> None:
    manifest = folder.read_manifest()
    used = told(store, f"<{DATASET}> prov:wasGeneratedBy/prov:used ?document")
    assert [document.rpartition("/")[2] for (document,) in used] == sorted(row["id"] for row in manifest["documents"])
    software = f"<{DATASET}> prov:wasGeneratedBy [ a prov:Activity ; prov:wasAssociatedWith/schema:softwareVersion ?v ]"
    assert [row[-1] for row in told(store, software)] == [manifest["zhinan"]]
    assert told(store, f"<{DATASET}> void:documents ?number") == [(str(len(manifest["documents"])),)]
    for name in ("title", "description", "rights"):
        assert len(told(store, f"<{DATASET}> a dcat:Dataset, void:Dataset ; dcterms:{name} ?text")) == 2
    assert len(told(store, "?part dcterms:license <https://www.apache.org/licenses/LICENSE-2.0>")) == 2


def test_all_prefixes_stand_in_it(store: ox.Store) -> None:
    rows = ask(
        store,
        f"SELECT ?p ?n WHERE {{ GRAPH <{GRAPH}> {{ <{DATASET}> sh:declare [ sh:prefix ?p ; sh:namespace ?n ] }} }}",
    )
    assert sorted(rows) == sorted(PREFIXES.items())


def test_it_uses_declared_words_and_stable_names_only(store: ox.Store) -> None:
    quads = list(store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH)))
    declared = set(read_terms().terms.values())
    kinds = {
        q.object.value for q in quads if q.predicate.value.endswith("#type") and isinstance(q.object, ox.NamedNode)
    }
    assert {quad.predicate.value for quad in quads} | kinds <= declared
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject.value.startswith(BASE)
        assert not isinstance(quad.object, ox.BlankNode)
    closed = {str(VOID): VOID, str(PROV): PROV, str(SH): SH, str(DCTERMS): DCTERMS}
    for term in {quad.predicate.value for quad in quads} | kinds:
        namespace = next((names for begin, names in closed.items() if term.startswith(begin)), None)
        assert namespace is None or URIRef(term) in namespace


def test_it_says_nothing_of_machine_or_time(folder: GraphFolder, store: ox.Store) -> None:
    quads = store.quads_for_pattern(None, None, None, ox.NamedNode(GRAPH))
    text = "\n".join(str(quad.object) for quad in quads)
    assert str(folder.path) not in text
    assert not [word for word in ("dateTime", "localhost", "/tmp") if word in text]


def test_the_order_of_sources_changes_no_byte_of_it(tmp_path: Path) -> None:
    sources = write_guides(tmp_path / "in", "001.txt", "002.txt", "003.txt")
    build(sources, tmp_path / "a")
    build(sources[::-1], tmp_path / "b")
    assert read_all(tmp_path / "a") == read_all(tmp_path / "b")


# ---- counting ----


def make_census() -> Census:
    return take_census("007", to_page(make_call(), make_text(), read_vocabulary()).graphs)


def test_a_census_counts_what_no_other_document_says_and_hands_on_the_rest() -> None:
    census = make_census()
    assert census.facts.classes[f"<{ZN}Direction>"] == 2
    assert f"<{ZN}Agency>" not in census.facts.classes
    assert census.evidence.classes[f"<{ZN}Document>"] == 1
    assert census.evidence.classes[f"<{ZN}Claim>"] == census.evidence.properties[f"<{ZN}rule>"] > 30
    assert {subject for subject, _, _ in census.common} == {f"<{BASE}software/zhinan/{read_version()}>"}


def test_a_census_can_be_kept_as_json() -> None:
    census = make_census()
    assert read_census(json.loads(json.dumps(census.to_plain()))) == census


def test_a_census_of_one_document_does_not_take_in_one_whose_id_begins_alike() -> None:
    other = [
        Statement("", f"<{BASE}call/0071>", f"<{ZN}year>", '"1"'),
        Statement("", f"<{BASE}call/007>", f"<{ZN}year>", '"1"'),
    ]
    assert take_census("007", group(other)).facts == Tally(1, 1, 0, {}, {f"<{ZN}year>": 1})


def test_counts_add_up_to_the_count_of_all() -> None:
    graphs = to_page(make_call(), make_text(), read_vocabulary()).graphs
    facts = graphs[""]
    subjects = sorted(facts)
    for cut in (0, 1, len(subjects) // 2, len(subjects)):
        one, other = ({s: facts[s] for s in part} for part in (subjects[:cut], subjects[cut:]))
        assert count(one) + count(other) == count(facts)


def test_what_several_documents_say_counts_once_and_their_order_not_at_all() -> None:
    census = make_census()
    shared = [Statement("", f"<{BASE}country/NZ>", f"<{PREFIXES['rdf']}type>", f"<{ZN}Country>")]
    others = list(read_ontology())
    files = [File("records.jsonl", "ab", 3)]
    one = describe({"a": census, "b": census}, shared=shared * 2, others=others * 2, files=files, version="9")
    other = describe({"b": census, "a": census}, shared=shared, others=others[::-1], files=files, version="9")
    assert one == other
    numbers = {(s.subject, s.predicate): s.object for s in one}
    countries = f"<{FACTS}/class/zn:Country>", f"<{PREFIXES['void']}entities>"
    agents = f"<{EVIDENCE}/class/prov:SoftwareAgent>", f"<{PREFIXES['void']}entities>"
    assert numbers[countries].startswith('"1"')
    assert numbers[agents].startswith('"1"')
    assert {statement.graph for statement in one} == {f"<{GRAPH}>"}
