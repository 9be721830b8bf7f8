"""Two real servers, started here, answer every question like the graph folder that was published to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import QueryError
from ontology.vocabulary import BASE
from queries.answers import Answer, Solutions, Triples
from queries.cards import show
from queries.catalogue import get_query, list_queries, load_queries, to_query
from queries.deadlines import Deadline
from queries.endpoints import FACTS, PUBLISHED, RemoteGraph, open_endpoint
from queries.exchanges import Request, open_reply
from queries.graphs import LocalGraph, open_graph
from queries.publications import GraphStore, publish
from queries.run import ask, ask_first
from tests.conftest import lack
from tests.serving import Address, find_oxigraph, find_virtuoso, run_oxigraph, run_virtuoso
from tests.small_graph import write_small
from tests.test_questions import BY_PEOPLE, NAMES, VALUES

Start = Callable[[str, Path], AbstractContextManager[Address]]
SERVERS: dict[str, tuple[Callable[[], str | None], Start, str]] = {
    "oxigraph": (find_oxigraph, run_oxigraph, "the package oxigraph, of the test extra"),
    "virtuoso": (find_virtuoso, run_virtuoso, "virtuoso-t, of the Debian package virtuoso-opensource-7"),
}
WORDS = {"title": "合作", "topic": "医药", "subtopic": "生物", "keyword": "量子", "indicator": "储能"}
"""For each place a word of two characters that stands there in the condensed edition."""


@dataclass(frozen=True, slots=True)
class Both:
    """The same graph twice: in a folder, and published to a server."""

    local: LocalGraph
    remote: RemoteGraph
    folder: Path
    address: Address


@pytest.fixture(scope="session", params=SERVERS)
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Return where a running server is; one after the other."""
    find, start, package = SERVERS[request.param]
    program = find()
    if program is None:
        lack(f"no {request.param} server to start: {package}")
    with start(program, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="session")
def both(address: Address, built: Path) -> Both:
    """Return the condensed edition in its folder and at a server."""
    done = publish(built, address.store)
    assert len(done.sent) > len(list((built / "documents").glob("*.nq")))
    return Both(open_graph(built), open_endpoint(address.query), built, address)


def tell(answer: Answer) -> list[tuple[str, ...]]:
    assert isinstance(answer, Solutions)
    return [tuple(map(str, row)) for row in answer.rows]


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_the_same_answer_from_a_folder_and_from_a_server(name: str, both: Both) -> None:
    query = get_query(name)
    found = ask(both.remote, query, **query.example)
    assert isinstance(found, Solutions)
    assert found.rows or name in BY_PEOPLE
    assert found == ask(both.local, query, **query.example)


@pytest.mark.parametrize("name", [heading.name for heading in list_queries() if heading.params])
def test_a_parameter_means_the_same_to_a_server(name: str, both: Both) -> None:
    query = get_query(name)
    for param in query.params:
        given = {**query.example, param.name: VALUES[param.name][0] if param.name in VALUES else None}
        assert tell(ask(both.remote, query, **given)) == tell(ask(both.local, query, **given)), param.name


@pytest.mark.parametrize("place", WORDS)
def test_a_word_of_two_characters_is_found_in_every_place(place: str, both: Both) -> None:
    found = [ask(graph, get_query("word-occurrences"), word=WORDS[place]) for graph in (both.local, both.remote)]
    assert found[0] == found[1]
    assert isinstance(found[1], Solutions)
    texts = [row["text"] for row in found[1].to_dicts() if row["place"] == place]
    assert texts
    assert all(WORDS[place] in str(text) for text in texts)


@pytest.mark.parametrize("word", ["001/1.3", "IL", "agency/韩国研究财团"])
def test_a_card_is_the_same_from_a_server(word: str, both: Both) -> None:
    assert show(both.remote, word) == show(both.local, word)


def test_triples_arrive_as_such(both: Both) -> None:
    text = "CONSTRUCT { ?call zn:year ?year } WHERE { ?call a zn:Call ; zn:year ?year }"
    found = ask(both.remote, to_query(text, "-e"))
    assert found == ask(both.local, to_query(text, "-e"))
    assert isinstance(found, Triples)
    assert len(found.triples) == 4, "one guide tells no year"


def test_yes_and_no_arrive_as_such(both: Both) -> None:
    for text in ("ASK { ?call a zn:Call }", "ASK { ?call a zn:SourceRange }"):
        assert ask(both.remote, to_query(text, "-e")) is ask(both.local, to_query(text, "-e"))


def test_facts_alone_are_the_default_graph_of_a_server(both: Both) -> None:
    """Virtuoso's own default graph is the union of all graphs, Oxigraph's holds nothing of ours."""
    count = to_query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "-e")
    assert tell(ask(both.remote, count)) == tell(ask(both.local, count))
    plain = RemoteGraph(both.address.query)
    assert tell(ask(plain, count)) != tell(ask(both.local, count))


def test_a_named_graph_holds_at_a_server_what_it_holds_in_the_folder(both: Both) -> None:
    count = to_query("SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", "-e")
    found = tell(ask(both.remote, count))
    assert found == tell(ask(both.local, count))
    assert {FACTS, PUBLISHED} & {graph.strip("<>") for graph, _ in found} == set()


def test_every_statement_arrives_as_it_is(both: Both) -> None:
    for graph in (BASE + "document/000", BASE + "graph/ontology", BASE + "graph/dataset"):
        quads = both.local.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        url = f"{both.address.store.url}?graph={graph}"
        request = Request(url, headers={"Accept": "application/n-triples"})
        with open_reply(request, Deadline(60), login=both.address.store.login) as reply:
            arrived = {quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)}
        assert arrived == {quad.triple for quad in quads}


def test_what_is_published_is_not_sent_again(both: Both) -> None:
    again = publish(both.folder, both.address.store)
    assert (again.sent, again.removed) == ((), ())


def test_a_row_limit_and_the_limit_of_the_server_are_told(both: Both) -> None:
    found = ask_first(both.remote, get_query("directions"), 3)
    assert isinstance(found, Solutions)
    assert found.cut
    assert found == ask_first(both.local, get_query("directions"), 3)
    many = ask(both.remote, to_query("SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } }", "-e"))
    assert isinstance(many, Solutions)
    assert many.cut == (len(many.rows) == 10_000), "Virtuoso gives 10,000 rows and no word of warning in the answer"


def test_a_query_that_takes_too_long_is_left(both: Both) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) > CONCAT(STR(?f), STR(?i))) }"
    with pytest.raises(QueryError, match=r"no answer within 0\.3 seconds|gave up"):
        replace(both.remote, timeout=0.3).query(text)


def test_a_query_that_a_server_refuses_is_one_line(both: Both) -> None:
    with pytest.raises(QueryError, match="the endpoint refuses: 400") as caught:
        both.remote.query("SELECT nothing")
    assert "\n" not in str(caught.value)


def test_a_server_without_the_login_lets_nobody_write(both: Both, tmp_path: Path) -> None:
    if both.address.store.login is None:
        with pytest.raises(QueryError, match=r"refuses: 4|answers in text/html"):
            publish(write_small(tmp_path / "kg"), GraphStore(both.address.query))
    else:
        with pytest.raises(QueryError, match="without the right login: 401"):
            publish(write_small(tmp_path / "kg"), replace(both.address.store, login=None))


def test_the_full_guides_have_the_same_answers_from_a_server(both: Both, built_corpus: Path) -> None:
    """Here stand addresses, names and numbers that the condensed edition does not have; replaces what is asked above."""
    publish(built_corpus, both.address.store)
    remote, local = open_endpoint(both.address.query), open_graph(built_corpus)
    for query in load_queries():
        assert ask(remote, query, **query.example) == ask(local, query, **query.example), query.name


def test_another_folder_takes_the_place_of_the_first(both: Both, tmp_path: Path) -> None:
    """Stands last, for it replaces what the tests above ask; a part of it is not taken for the whole."""
    small = write_small(tmp_path / "kg")
    unfinished = f'<{FACTS}> <https://schema.org/sha256> "" .\n'
    both.address.store.put(PUBLISHED, [*_list_graphs(both.remote), unfinished])
    with pytest.raises(QueryError, match="a part only of what is being published"):
        open_endpoint(both.address.query)
    done = publish(small, both.address.store)
    assert {*done.sent, *done.kept} - {FACTS} == set(open_endpoint(both.address.query).graphs or ())
    assert set(done.removed) == {*(both.remote.graphs or ())} - {*done.sent, *done.kept}
    assert len(done.removed) >= len(list((both.folder / "documents").glob("*.nq")))
    query = get_query("directions")
    assert ask(open_endpoint(both.address.query), query) == ask(open_graph(small), query)


def _list_graphs(remote: RemoteGraph) -> list[str]:
    return [f'<{graph}> <https://schema.org/sha256> "" .\n' for graph in remote.graphs or ()]
