"""A typed question: words of the command line become a query, a graph and parameters.

In: words as typed. Out: the answer, and the list of what can be asked. A question names its own
parameters, so `--partner IL` is understood here and not by the command line library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ontology.errors import QueryError
from queries.answers import Answer, to_solutions
from queries.catalogue import Heading, Query, get_query, list_queries, to_query
from queries.graphs import Graph
from queries.names import nearest
from queries.run import ask_first
from queries.tables import to_count, to_table

__all__ = ["answer", "list_questions", "parse_words", "to_catalogue", "to_notice", "to_screen"]

_LIST = "a name that `zhinan questions` lists, FILE.rq or -e 'SELECT …'"


def answer(
    words: Sequence[str], *, text: str | None, graph: Callable[[], Graph], row_limit: int | None = None
) -> Answer:
    """Ask what the words name of a graph, which is called for when the question is known to be one.

    An answer that has more rows than the limit is marked as cut.
    """
    names, params = parse_words(words)
    query = _find_query(names, text)
    return ask_first(graph(), query, row_limit, **params)


def parse_words(words: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Split words into names and parameters; an option takes the next word, or what follows its `=`.

    >>> parse_words(["contacts", "--partner", "IL", "--min-year=2021"])
    (('contacts',), {'partner': 'IL', 'min_year': '2021'})
    """
    names: list[str] = []
    params: dict[str, str] = {}
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        if not word.startswith("-"):
            names.append(word)
            continue
        option, given, value = word.partition("=")
        if not option.startswith("--") or option == "--":
            raise QueryError(f"{word} is no parameter", where="zhinan ask", right="--partner IL")
        if not given and (not waiting or waiting[-1].startswith("--")):
            raise QueryError(f"{option} has no value", where="zhinan ask", right=f"{option} VALUE")
        name = option[2:].replace("-", "_")
        if name in params:
            raise QueryError(f"{option} is given twice", where="zhinan ask", right=f"one {option}")
        params[name] = value if given else waiting.pop()
    return tuple(names), params


def list_questions(tag: str | None = None) -> tuple[Heading, ...]:
    """Return the named questions, or those with a tag; raise QueryError for a tag that none has."""
    found = list_queries()
    tags = {one for query in found for one in query.tags}
    if tag is not None and tag not in tags:
        raise QueryError(f"no question has the tag {tag}", where="zhinan questions", right=nearest(tag, tags))
    return tuple(query for query in found if tag is None or tag in query.tags)


def to_catalogue(queries: Iterable[Heading]) -> str:
    """List questions: name and parameters, then what each answers, in English and Chinese."""
    lines = []
    for query in queries:
        lines += [
            " ".join([query.name, *(param.usage for param in query.params)]),
            f"    {query.summary}",
            f"    {query.question}",
        ]
    return "\n".join(lines)


def to_screen(answered: Answer) -> str:
    """Return an answer as a table, cut to the width of the terminal if it goes to one."""
    width = os.get_terminal_size(sys.stdout.fileno()).columns if sys.stdout.isatty() else None
    return to_table(answered, width=width)


def to_notice(answered: Answer) -> str:
    """Return a line for where no table can say it: that the answer is cut. Nothing when it is whole."""
    return f"zhinan: {to_count(answered)}\n" if to_solutions(answered).cut else ""


def _find_query(names: tuple[str, ...], text: str | None) -> Query:
    if text is not None and names:
        raise QueryError(f"{names[0]} and -e are two questions", where="zhinan ask", right="one of them")
    if text is not None:
        return to_query(text, "-e")
    if len(names) > 1:
        raise QueryError(f"{names[1]} is one word too many", where="zhinan ask", right="one question at a time")
    if not names:
        raise QueryError("no question is asked", where="zhinan ask", right=_LIST)
    if names[0].endswith(".rq"):
        return to_query(Path(names[0]).read_text(encoding="utf-8-sig"), names[0])
    return get_query(names[0])
