"""Promises of a network: what is linked is drawn once, with its weight, its money and the sentences that say so."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import GraphError, QueryError
from ontology.vocabulary import BASE
from queries.answers import Triples
from queries.catalogue import NETWORKS, load_queries, read_query
from queries.graphs import LocalGraph, open_graph
from queries.run import ask
from tests.network_sample import CALL, IMAGE, ISRAEL_QUOTE, KEYWORDS, small_graph
from viz.html import draw
from viz.network import Direction, Network, read_network, sum_money

ISRAEL, EU = BASE + "country/IL", BASE + "group/EU"
ICT, HEALTH, ALL = BASE + "field/ICT", BASE + "field/HEA", BASE + "field/ALL"


def answer(name: str, **values: str) -> tuple[ox.Triple, ...]:
    found = ask(small_graph(), read_query(NETWORKS / f"{name}.rq"), **values)
    assert isinstance(found, Triples)
    return found.triples


@pytest.fixture(scope="module")
def fields() -> Network:
    return read_network(answer("partners-fields"))


def test_all_networks_are_construct_queries() -> None:
    queries = load_queries(NETWORKS)
    assert [query.name for query in queries] == [
        "agreements-over-years", "around", "contacts-agencies", "keywords", "partners-agreements-agencies",
        "partners-fields", "programme-tree", "requirements-together",
    ]  # fmt: skip
    assert {query.kind for query in queries} == {"CONSTRUCT"}
    assert all("network" in query.tags for query in queries)


def test_partners_meet_fields_and_nothing_else(fields: Network) -> None:
    assert set(fields) == {ISRAEL, EU, ICT, HEALTH, ALL}
    assert set(fields.edges(keys=False)) == {(ISRAEL, ICT), (ISRAEL, HEALTH), (ISRAEL, ALL), (EU, ALL)}


def test_a_node_has_both_names_its_class_and_code(fields: Network) -> None:
    node = fields.nodes[ISRAEL]
    assert (node["label_zh"], node["label_en"], node["class"], node["code"]) == ("以色列", "Israel", "Country", "IL")
    assert fields.graph["classes"]["Country"] == ("国家", "Country")
    assert fields.graph["classes"]["CountryGroup"] == ("CountryGroup", "CountryGroup")


def test_weight_counts_directions(fields: Network) -> None:
    assert fields.edges[ISRAEL, HEALTH, "field"]["weight"] == 2
    assert fields.edges[ISRAEL, ICT, "field"]["weight"] == 1
    assert fields.nodes[ISRAEL]["weight"] == 3
    assert fields.nodes[ICT]["weight"] == 1, "a direction without a partner is in no link"


def test_money_of_a_subdirection_is_not_counted_twice(fields: Network) -> None:
    assert fields.edges[ISRAEL, HEALTH, "field"]["money"] == 9_000_000 + 4_500_000
    assert fields.nodes[EU]["money"] == 8_000_000
    assert fields.nodes[ISRAEL]["money"] == 9_000_000 + 4_500_000 + 8_000_000


def test_money_of_a_subdirection_counts_where_its_parent_prints_none() -> None:
    parent = Direction("p", "1", "一", "指南", 2021, None, "")
    child = Direction("c", "1.1", "一一", "指南", 2021, 5, "p")
    assert sum_money([parent, child]) == 5
    assert sum_money([parent]) is None


def test_an_edge_carries_the_sentences_of_its_ends_and_no_others(fields: Network) -> None:
    sentences = fields.edges[ISRAEL, ICT, "field"]["sentences"]
    assert {(direction, sentence.quote) for direction, sentence in sentences} == {
        (f"{CALL}/direction/1.1", ISRAEL_QUOTE),
        (f"{CALL}/direction/1.1", "健康ICT"),
    }
    sentence = sentences[0][1]
    assert (sentence.document, sentence.prefix, sentence.suffix) == ("901", "根据与", "方面的约定")
    assert sentence.end - sentence.start == len(sentence.quote)


def test_a_node_carries_the_sentences_that_name_it_and_no_others(fields: Network) -> None:
    mentions = fields.nodes[ISRAEL]["sentences"]
    assert [direction for direction, _ in mentions] == [one.iri for one in fields.nodes[ISRAEL]["directions"]]
    assert {sentence.quote for _, sentence in mentions} == {ISRAEL_QUOTE}


def test_a_direction_carries_its_own_sentence_and_that_of_its_money(built: Path) -> None:
    found = ask(open_graph(built), read_query(NETWORKS / "programme-tree.rq"))
    assert isinstance(found, Triples)
    direction = read_network(found.triples).nodes[f"{BASE}call/001/direction/1.3"]
    assert [(where, sentence.quote) for where, sentence in direction["sentences"]] == [
        ("", "1.3"),
        ("", "2000万元人民币"),
    ]
    assert direction["money"] == 20_000_000


def test_what_no_sentence_names_carries_what_it_says_itself() -> None:
    node = read_network(answer("around", subject=ISRAEL)).nodes[f"{CALL}/direction/1.1"]
    assert ISRAEL_QUOTE in {sentence.quote for _, sentence in node["sentences"]}


def test_agreements_stand_between_partner_and_agency() -> None:
    network = read_network(answer("partners-agreements-agencies"))
    agreement, agency = BASE + "agreement/中以协定", BASE + "agency/以色列创新署"
    assert set(network.edges(keys=True)) == {
        (ISRAEL, agreement, "underAgreement"),
        (agreement, agency, "agency"),
        (ISRAEL, agency, "agency"),
    }
    direct = network.edges[ISRAEL, agency, "agency"]["directions"]
    assert [d.number for d in direct] == ["1.2"], "1.1 has an agreement"
    assert network.nodes[agreement]["label_en"] == "中以协定", "a name without a translation is shown as it is"


def test_agreements_lead_to_the_calls_that_rest_on_them() -> None:
    network = read_network(answer("agreements-over-years"))
    agreement = BASE + "agreement/中以协定"
    assert set(network.edges(keys=True)) == {(agreement, CALL, "underAgreement"), (ISRAEL, agreement, "partner")}
    assert network.nodes[CALL]["year"] == 2021
    assert [one.quote for _, one in network.edges[agreement, CALL, "underAgreement"]["sentences"]] == ["中以协定"]


def test_conditions_that_a_direction_sets_together_are_linked() -> None:
    network = read_network(answer("requirements-together"))
    dual, rights = BASE + "requirement/dual-submission", BASE + "requirement/ip-agreement"
    assert list(network.edges(keys=True)) == [(dual, rights, "requirement")]
    edge = network.edges[dual, rights, "requirement"]
    assert [direction.number for direction in edge["directions"]] == ["1.1", "1.2"]
    assert {sentence.quote for _, sentence in edge["sentences"]} == {"双方申报"}
    assert network.nodes[dual]["label_en"] == "Dual submission"


def test_keywords_of_one_direction_are_linked_once() -> None:
    network = read_network(answer("keywords"))
    assert len(network) == 2
    assert [data["weight"] for *_, data in network.edges(data=True)] == [2]


def test_a_contact_is_linked_with_the_agencies_of_its_directions() -> None:
    network = read_network(answer("contacts-agencies"))
    assert set(network.edges()) == {(BASE + "contact/a@example.org", BASE + "agency/以色列创新署")}


@pytest.mark.parametrize("word", ["IL", "country/IL", "以色列", ISRAEL])
def test_a_neighbourhood_reaches_what_the_directions_speak_of(word: str) -> None:
    found = ask(small_graph(), read_query(NETWORKS / "around.rq"), subject=word)
    assert isinstance(found, Triples)
    network = read_network(found.triples)
    direction = f"{CALL}/direction/1.1"
    assert {ISRAEL, direction, ICT, HEALTH, BASE + "agreement/中以协定", BASE + "contact/a@example.org"} <= set(network)
    assert network.has_edge(direction, ISRAEL, "partner")
    assert f"{CALL}/direction/2.2" not in network, "it has no partner"
    silent = [ends for *ends, data in network.edges(data=True) if not data["sentences"]]
    assert silent == []


def test_a_neighbourhood_of_a_direction_holds_its_call_and_conditions() -> None:
    found = ask(small_graph(), read_query(NETWORKS / "around.rq"), subject="901/1.1")
    assert isinstance(found, Triples)
    network = read_network(found.triples)
    condition = f"{CALL}/direction/1.1/requirement/dual-submission"
    assert network.nodes[condition]["label_zh"] == "双方申报"
    assert {CALL, ISRAEL, KEYWORDS["数字健康"]} <= set(network)


def test_the_tree_holds_every_direction_under_one_parent() -> None:
    network = read_network(answer("programme-tree"))
    directions = [node for node, data in network.nodes(data=True) if data["class"] == "Direction"]
    assert len(directions) == 5
    assert all(network.in_degree(node) == 1 for node in directions)
    assert list(network.predecessors(f"{CALL}/direction/2.1.1")) == [f"{CALL}/direction/2.1"]
    assert network.nodes[BASE + "programme/测试合作"]["weight"] == 5
    call = network.nodes[CALL]
    assert (call["money"], call["money_stated"], call["year"]) == (50_000_000, True, 2021)
    edge = network.edges[CALL, f"{CALL}/section/1", "hasPart"]
    assert [sentence.quote for _, sentence in edge["sentences"]] == ["数字"]


def test_the_order_of_triples_does_not_matter(fields: Network) -> None:
    triples = list(answer("partners-fields"))
    random.Random(3).shuffle(triples)
    again = read_network(triples)
    assert list(again.nodes(data=True)) == list(fields.nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(fields.edges(keys=True, data=True))


def test_a_node_without_any_name_is_called_by_its_iri() -> None:
    link, rdf = ox.BlankNode("l"), "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    ends = {"type": rdf + "Statement", "subject": BASE + "organisation/SKA", "object": ICT}
    network = read_network(ox.Triple(link, ox.NamedNode(rdf + key), ox.NamedNode(value)) for key, value in ends.items())
    node = network.nodes[BASE + "organisation/SKA"]
    assert (node["label_zh"], node["label_en"], node["class"]) == ("SKA", "SKA", "Thing")


def test_an_empty_label_is_no_label() -> None:
    triples = [*answer("partners-fields")]
    blank = [t for t in triples if not (str(t.subject) == f"<{ICT}>" and "label" in str(t.predicate))]
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    blank.append(ox.Triple(ox.NamedNode(ICT), label, ox.Literal("  ", language="zh")))
    assert read_network(blank).nodes[ICT]["label_zh"] == "ICT"


def test_hostile_names_stay_as_they_are(fields: Network) -> None:
    assert fields.nodes[EU]["label_zh"] == IMAGE


def test_an_empty_graph_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(QueryError) as caught:
        draw(LocalGraph(ox.Store()), "partners-fields", tmp_path / "page.html")
    assert "empty" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_network_is_told_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="partners-fields"):
        draw(small_graph(), "partner-field", tmp_path / "page.html")


@pytest.mark.parametrize(
    ("network", "node", "said"),
    [
        ("around", "Israle", "Israel"),
        ("around", "country/ILL", r"country/IL\?"),
        ("around", None, "around IL"),
        ("around", "2.2 ", None),
        ("partners-fields", "IL", "around IL"),
        ("arround", "IL", "around"),
    ],
)
def test_an_unknown_node_is_told_the_nearest(network: str, node: str | None, said: str | None, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    if said is None:
        draw(small_graph(), network, page, node)
        return
    with pytest.raises(QueryError, match=said) as caught:
        draw(small_graph(), network, page, node)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_graph_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GraphError):
        draw(tmp_path / "nothing", "partners-fields", tmp_path / "page.html")
