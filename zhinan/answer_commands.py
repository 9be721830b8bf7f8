"""Commands that print what a graph says.

In: words that click has parsed. Out: text on stdout and an exit code. Whatever is heavy is imported inside
the command that needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhinan.options import CLEAN, FOLDER, SECONDS, reading

if TYPE_CHECKING:
    from queries.graphs import Graph

__all__ = ["ask", "diff", "questions", "show"]


@click.command()
@click.option("--tag", help="Only the questions with this tag.")
@reading
def questions(tag: str | None, kg: Path) -> int:
    """List the questions that `ask` knows, in English and Chinese."""
    from zhinan.asking import list_questions, to_catalogue

    click.echo(to_catalogue(list_questions(tag)))
    return CLEAN


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="NAME|FILE.rq [--PARAMETER VALUE]…")
@click.option("-e", "text", metavar="SPARQL", help="Ask this query instead of a named one.")
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead of the graph folder.")
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json", "md"]),
    help="How to print the answer.",
)  # fmt: skip
@click.option(
    "--timeout", default=60.0, show_default=True, type=SECONDS, metavar="SECONDS",
    help="How long an answer may take.",
)  # fmt: skip
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="ROWS",
    help="Print so many rows at the most, and say when there are more.",
)
@reading
def ask(
    words: tuple[str, ...],
    text: str | None,
    endpoint: str | None,
    form: str,
    timeout: float,
    limit: int | None,
    kg: Path,
) -> int:
    """Answer a question from the graph.

    A question takes its own parameters as options (`zhinan ask contacts --partner IL`);
    `zhinan questions` lists them.
    """
    graph = _begin_opening(endpoint or kg, timeout)
    from queries.tables import FORMATS
    from zhinan.asking import answer, to_notice, to_screen

    found = answer(words, text=text, graph=graph, row_limit=limit)
    if form == "table":
        click.echo(to_screen(found), nl=False)
    else:
        click.echo(FORMATS[form](found).encode("utf-8"), nl=False)
        click.echo(to_notice(found), err=True, nl=False)
    return CLEAN


def _begin_opening(graph: str | Path, timeout: float) -> Callable[[], Graph]:
    """Open a graph folder, or an endpoint given as a string, while the caller goes on to read the question.

    To open a folder takes a third of the time of a short answer, nearly all of it outside of Python.
    """
    if isinstance(graph, str):
        from queries.endpoints import open_endpoint  # the network takes half of the time of a short answer to load

        return lambda: open_endpoint(graph, timeout=timeout)
    from queries.deadlines import begin
    from queries.graphs import open_graph

    return begin(lambda: open_graph(graph, timeout=timeout))


@click.command()
@click.argument("code", metavar="IRI-or-code")
@reading
def show(code: str, kg: Path) -> int:
    """Print a card: each fact beside its quote and its place in the source.

    A code is what tables print: a country (IL), a direction (000/1.2), a document (000).
    """
    from queries.cards import show as show_card
    from queries.graphs import open_graph

    click.echo(show_card(open_graph(kg), code), nl=False)
    return CLEAN


@click.command()
@click.argument("before", metavar="CALL")
@click.argument("after", metavar="CALL")
@click.option("--other", type=FOLDER, metavar="FOLDER", help="The graph folder of the second call, if it is not --kg.")
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json", "md"]),
    help="How to print the changes; all but the table have the quotes of both sides.",
)  # fmt: skip
@reading
def diff(before: str, after: str, other: Path | None, form: str, kg: Path) -> int:
    """Tell what changed from one call to another: draft and final guide, or year and year.

    Directions are paired by their titles, not by their numbers.
    """
    from zhinan.differing import diff_calls

    click.echo(diff_calls(kg, before, other or kg, after, form=form).encode("utf-8"), nl=False)
    return CLEAN
