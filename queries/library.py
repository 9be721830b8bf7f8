"""A graph with its questions at hand, for Python and notebooks.

In: a graph, and questions by name. Out: rows that become frames, and cards. `zhinan.open_graph` gives one.
It refuses to know: how questions are parsed and asked; it only brings the parts together.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal

from queries.answers import Answer, Solutions, to_solutions
from queries.cards import show
from queries.catalogue import Query, get_query, list_queries, to_query
from queries.graphs import Graph
from queries.run import ask, ask_first

__all__ = ["Library"]


@dataclass(frozen=True, slots=True)
class Library:
    """A graph that knows the named questions; it answers plain SPARQL like the graph itself."""

    graph: Graph

    def ask(self, question: str | Query, /, **params: str | int | float | None) -> Solutions:
        """Answer a named question, or a query of one's own: `ask("directions-by-partner", partner="IL")`.

        A parameter that is left out has its default, or does not filter; None sets a default aside.
        """
        return self.ask_first(question, None, **params)

    def ask_first(self, question: str | Query, rows: int | None, /, **params: str | int | float | None) -> Solutions:
        """Answer with the first so many rows: `ask_first("directions", 20)`; `cut` says whether there are more."""
        query = get_query(question) if isinstance(question, str) else question
        return to_solutions(ask_first(self.graph, query, rows, **params))

    def sparql(self, text: str) -> Solutions:
        """Answer a SPARQL query; PREFIX lines of known prefixes may be left out, and terms are checked."""
        return to_solutions(ask(self.graph, to_query(text, "sparql")))

    def query(self, text: str, *, row_limit: int | None = None) -> Answer:
        """Answer a SPARQL query as it stands, which makes this a graph for every other function."""
        return self.graph.query(text, row_limit=row_limit)

    def show(self, word: str) -> str:
        """Return the card of what a word names (`001/1.3`, `IL`, an IRI): each fact beside its quote."""
        return show(self.graph, word)

    def questions(self, tag: str | None = None) -> Solutions:
        """List the named questions, or those with a tag: name, how to ask, what comes back."""
        rows = tuple(
            tuple(
                map(
                    Literal,
                    (query.name, " ".join(param.usage for param in query.params), query.summary, query.question),
                )
            )
            for query in list_queries()
            if tag is None or tag in query.tags
        )
        return Solutions(("name", "parameters", "summary", "question"), rows)
