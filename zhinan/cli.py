"""The command `zhinan`: a command parses its words and calls one function.

In: words. Out: text on stdout, one line on stderr when something is wrong, and an exit code:
0 clean, 1 violations found, 2 an error. Whatever is heavy is imported inside the command that
needs it. This is the only place where an error is caught.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from ontology.errors import QueryError, ZhinanError
from zhinan import __version__

__all__ = ["main", "run", "zhinan"]

CLEAN, VIOLATED, FAILED = 0, 1, 2
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path)
PRESENT_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
Function = TypeVar("Function", bound=Callable[..., Any])


def _reading(command: Function) -> Function:
    """Give a command the options that every command has."""
    return click.option(
        "--kg", default="kg", show_default=True, type=FOLDER, metavar="FOLDER", help="The graph folder to read."
    )(_debugging(command))


def _debugging(command: Function) -> Function:
    """Show `--debug` in the help of a command; `main` acts on it."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(command)


def _writing(default: str) -> Callable[[Function], Function]:
    """Give a building command its graph folder, under both of its names."""

    def add(command: Function) -> Function:
        return click.option(
            "--out", "--kg", "out", default=default, show_default=True, type=FOLDER, metavar="FOLDER",
            help="The graph folder to write; what was there is replaced when the new one is whole.",
        )(_debugging(command))  # fmt: skip

    return add


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="zhinan")
@click.pass_context
def zhinan(context: click.Context) -> None:
    """Read Chinese funding-call guidelines (申报指南) into a knowledge graph in which every
    statement has its sentence.

    Start with `zhinan demo`.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@zhinan.command()
@click.argument("sources", nargs=-1, required=True, type=FOLDER, metavar="SOURCE…")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="How many guides to read at once.")
@click.option(
    "--model", metavar="NAME", help="A trained spaCy pipeline for names that no list has, by its name or path."
)
@_writing("kg")
def build(sources: tuple[Path, ...], jobs: int, model: str | None, out: Path) -> int:
    """Read guides into a graph folder.

    SOURCE is a text file or a folder of them. What cannot be read is a finding; the others are built.
    Into a graph that is there, guides are added, those of the same file name replaced, and what has not
    changed is not read again. What SOURCE does not name stays; `zhinan remove` takes documents out.
    """
    from zhinan.building import build_with_progress, to_summary

    report = build_with_progress(sources, out, jobs=jobs, model=model)
    click.echo(to_summary(report, out))
    return VIOLATED if report.errors or any(one.findings["error"] for one in report.documents) else CLEAN


@zhinan.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@_writing("kg")
def remove(documents: tuple[str, ...], out: Path) -> int:
    """Take documents out of a graph folder, and all that no other document states.

    DOCUMENT is an id (001), or the name of a file that could not be read.
    """
    from zhinan.building import remove_documents

    click.echo(remove_documents(documents, out))
    return CLEAN


@zhinan.command()
@click.option("--tag", help="Only the questions with this tag.")
@_reading
def questions(tag: str | None, kg: Path) -> int:
    """List the questions that `ask` knows, in English and Chinese."""
    from zhinan.asking import list_questions, to_catalogue

    click.echo(to_catalogue(list_questions(tag)))
    return CLEAN


@zhinan.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar="NAME|FILE.rq [--PARAMETER VALUE]…")
@click.option("-e", "text", metavar="SPARQL", help="Ask this query instead of a named one.")
@click.option("--endpoint", metavar="URL", help="Ask a SPARQL endpoint instead of the graph folder.")
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json", "md"]),
    help="How to print the answer.",
)  # fmt: skip
@click.option(
    "--timeout", default=60.0, show_default=True, type=click.FloatRange(0, min_open=True), metavar="SECONDS",
    help="How long an answer may take.",
)  # fmt: skip
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="ROWS",
    help="Print so many rows at the most, and say when there are more.",
)
@_reading
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
    from queries.tables import FORMATS
    from zhinan.asking import answer, to_notice, to_screen

    found = answer(words, text=text, graph=endpoint or kg, timeout=timeout, row_limit=limit)
    if form == "table":
        click.echo(to_screen(found), nl=False)
    else:
        click.echo(FORMATS[form](found).encode("utf-8"), nl=False)
        click.echo(to_notice(found), err=True, nl=False)
    return CLEAN


@zhinan.command()
@click.option("--endpoint", required=True, metavar="URL", help="The graph store of the server (not its query address).")
@click.option("--user", metavar="NAME", help="Who sends; the password stands in ZHINAN_PASSWORD.")
@click.option("--token", is_flag=True, help="Send the token that stands in ZHINAN_TOKEN.")
@click.option(
    "--timeout", default=300.0, show_default=True, type=click.FloatRange(0, min_open=True), metavar="SECONDS",
    help="How long the server may take for one part.",
)  # fmt: skip
@_reading
def publish(endpoint: str, user: str | None, token: bool, timeout: float, kg: Path) -> int:
    """Send the graph to a SPARQL server, graph by graph; what is there already is left alone.

    The server has to speak the SPARQL 1.1 Graph Store Protocol. Broken off, it goes on where it
    stopped. `zhinan ask … --endpoint URL` then asks the server what it asks the folder.
    """
    from zhinan.publishing import publish_graph

    click.echo(publish_graph(kg, endpoint, user=user, with_token=token, timeout=timeout, tell=click.echo))
    return CLEAN


@zhinan.command()
@click.argument("code", metavar="IRI-or-code")
@_reading
def show(code: str, kg: Path) -> int:
    """Print a card: each fact beside its quote and its place in the source.

    A code is what tables print: a country (IL), a direction (000/1.2), a document (000).
    """
    from queries.cards import show as show_card
    from queries.graphs import open_graph

    click.echo(show_card(open_graph(kg), code), nl=False)
    return CLEAN


@zhinan.command()
@click.argument("before", metavar="CALL")
@click.argument("after", metavar="CALL")
@click.option("--other", type=FOLDER, metavar="FOLDER", help="The graph folder of the second call, if it is not --kg.")
@click.option(
    "--format", "form", default="table", show_default=True, type=click.Choice(["table", "csv", "json", "md"]),
    help="How to print the changes; all but the table have the quotes of both sides.",
)  # fmt: skip
@_reading
def diff(before: str, after: str, other: Path | None, form: str, kg: Path) -> int:
    """Tell what changed from one call to another: draft and final guide, or year and year.

    Directions are paired by their titles, not by their numbers.
    """
    from zhinan.differing import diff_calls

    click.echo(diff_calls(kg, before, other or kg, after, form=form).encode("utf-8"), nl=False)
    return CLEAN


@zhinan.command()
@click.argument("kind")
@click.option("-o", "--output", type=FOLDER, metavar="FILE", help="Where to write: a file, or a folder or .zip.")
@click.option(
    "--without-contacts", is_flag=True, help="Leave out names, phones, fax numbers and e-mails, and quotes with them."
)
@_reading
def export(kind: str, output: Path | None, without_contacts: bool, kg: Path) -> int:
    """Write the graph in the form that another tool reads.

    `zhinan export kinds` lists the kinds: records, tables for Excel and Parquet, RDF, graph files, texts to train on,
    a release with checksums.
    """
    from queries.export import export as write
    from queries.export import list_kinds

    if kind == "kinds":
        click.echo(list_kinds(), nl=False)
        return CLEAN
    if output is None:
        raise click.UsageError("Missing option '-o' / '--output'.", click.get_current_context())
    write(kind, kg, output, without_contacts=without_contacts)
    click.echo(f"{kind} → {output}")
    return CLEAN


@zhinan.command()
@click.argument("network")
@click.argument("node", required=False)
@click.option("-o", "--output", required=True, type=FILE, metavar="FILE.html", help="Where to write the page.")
@_reading
def draw(network: str, node: str | None, output: Path, kg: Path) -> int:
    """Draw a network as one page that asks nothing of any server.

    `zhinan draw around NODE` draws what is linked with one thing: a country (IL), a direction (001/1.3), a call (001).
    """
    from viz.html import draw as draw_page

    draw_page(kg, network, output, node)
    click.echo(f"{f'{network} {node}' if node else network} → {output}")
    return CLEAN


@zhinan.command()
@click.argument("name", required=False)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Where to write: FILE.svg, FILE.png or FILE.html.")
@click.option(
    "--language", default="zh", show_default=True, type=click.Choice(["zh", "en"]), help="What the picture speaks."
)
@click.option("--unit", help="The unit of the targets to draw; the most frequent one if none is told.")
@_reading
def plot(name: str | None, output: Path | None, language: str, unit: str | None, kg: Path) -> int:
    """Draw a picture: money by partner and year, partners by field, projects, agreements, requirements, targets.

    Without a NAME it lists the pictures.
    """
    from viz.charts import plot as plot_chart
    from viz.charts import to_list

    if name is None:
        click.echo(to_list())
        return CLEAN
    plot_chart(kg, name, output, language=language, unit=unit)
    click.echo(f"{name} → {output}")
    return CLEAN


@zhinan.command()
@click.option("--reference", is_flag=True, help="Validate by pySHACL: the same report, several times as slow.")
@_reading
def check(reference: bool, kg: Path) -> int:
    """Validate the graph: SHACL shapes and the questions that must stay empty.

    Also tells, by kind, what was doubtful when the guides were read; a doubt is no violation.
    """
    from zhinan.checking import check_by_reference, check_graph, to_report

    soundness = check_by_reference(kg) if reference else check_graph(kg)
    click.echo(to_report(soundness))
    return VIOLATED if soundness.violations else CLEAN


@zhinan.command()
@click.argument("subject", metavar="DOCUMENT[/DIRECTION]")
@click.argument("property_", metavar="PROPERTY")
@click.option("--old", metavar="VALUE", help="What was read; needed where the property has several values.")
@click.option("--new", metavar="VALUE", help="What stands there.")
@click.option("--reject", "verdict", flag_value="reject", help="Nothing of the kind stands there.")
@click.option("--accept", "verdict", flag_value="accept", help="It stands there as it was read.")
@click.option("--who", required=True, metavar="NAME|IRI", help="Who says so.")
@click.option("--why", required=True, metavar="WORDS", help="Why.")
@click.option("--sources", default=".", show_default=True, type=PRESENT_FOLDER, metavar="FOLDER", help="The guides.")
@_reading
def correct(subject: str, property_: str, kg: Path, sources: Path, verdict: str | None, **said: str) -> int:
    """Correct, accept or reject a fact: an entry in corrections.toml beside the guides.

    PROPERTY is a key of the record table (`zhinan correct 001/1.3 budget_cny --new '{"max": 30000000}'
    --who … --why …`). The next build puts it into effect.
    """
    from zhinan.correcting import Wish
    from zhinan.correcting import correct as write

    if (said["new"] is None) == (verdict is None):
        raise QueryError("no verdict, or two", where=subject, right="one of --new VALUE, --accept, --reject")
    correction, path = write(Wish(subject, property_, verdict or "correct", **said), sources, kg)
    click.echo(
        f"{correction.verdict} {subject} {property_} {correction.old} {correction.new or ''}".rstrip() + f" → {path}"
    )
    return CLEAN


@zhinan.command()
@click.argument("gold", type=FOLDER)
@click.option("--report", type=FILE, metavar="FILE.html", help="Also write a page that shows every difference.")
@click.option(
    "--sources", type=PRESENT_FOLDER, metavar="FOLDER", help="Where the guides are, for the page to show their text."
)
@_reading
def evaluate(gold: Path, report: Path | None, sources: Path | None, kg: Path) -> int:
    """Print precision, recall and F1 per field against gold records.

    GOLD is a folder of NNN.jsonl files; NNN is how the document's id begins. The page of --report has F1
    per field and document, and every miss and invention beside the highlighted text of --sources, or
    beside the quotes that the graph holds.
    """
    from zhinan.scoring import score, to_report

    evaluation = score(gold, kg)
    if report is not None:
        from zhinan.quality import write_page

        write_page(evaluation, kg, report, texts=sources)
    click.echo(to_report(evaluation))
    if report is not None:
        click.echo(f"every difference → {report}")
    return CLEAN


@zhinan.command()
@click.option("-o", "--output", required=True, type=FOLDER, metavar="FOLDER", help="Where to write the pages.")
@click.option(
    "--sources", type=PRESENT_FOLDER, metavar="FOLDER", help="Where the guides are, for the pages to show their text."
)
@click.option("--without-contacts", is_flag=True, help="Leave out names, phones and e-mail addresses of persons.")
@_reading
def report(output: Path, sources: Path | None, without_contacts: bool, kg: Path) -> int:
    """Write a folder of pages that open from a disk: start with its index.html.

    An overview with pictures, a page for each call, direction, partner, agreement, agency and field, each fact beside
    its words, and the source texts with what was read from them marked.
    """
    from zhinan.reporting import write_report

    site, note = write_report(kg, output, sources=sources, contacts=not without_contacts)
    if note:
        click.echo(note)
    click.echo(f"{site.pages} pages, {site.size / 1e6:.1f} MB → {output / 'index.html'}")
    return CLEAN


@zhinan.command()
@_writing("kg-demo")
def demo(out: Path) -> int:
    """Build the guides that come with Zhinan, ask five questions, draw three networks."""
    from zhinan.demo import run_demo

    run_demo(out, click.echo)
    return CLEAN


def main(words: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; say an error in one line on stderr."""
    told = list(sys.argv[1:] if words is None else words)
    try:
        return int(zhinan.main(told, prog_name="zhinan", standalone_mode=False) or CLEAN)
    except Exception as error:  # the one place where errors end
        if "--debug" in told:
            raise
        click.echo(f"zhinan: {_to_line(error)}", err=True)
        return FAILED


def run() -> NoReturn:
    """Run the command as a program, and end the process without tidying up.

    All files are closed by then; to take down the interpreter and the store's threads would take a quarter
    of the time of a short answer.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody listens any more: `zhinan ask calls | head -1`
            stream.flush()
    os._exit(code)


def _to_line(error: Exception) -> str:
    """Say what is wrong, where, and what would be right, in one line."""
    if isinstance(error, ZhinanError):
        return str(error)
    if isinstance(error, click.Abort):
        return "stopped · nothing was changed"
    if isinstance(error, click.UsageError):
        asked = error.ctx.command_path if error.ctx else "zhinan"
        return str(QueryError(error.format_message().rstrip("."), where=asked, right=f"see {asked} --help"))
    if isinstance(error, OSError):
        where = str(error.filename or "")
        return str(ZhinanError(error.strerror or type(error).__name__, where=where, right="a place one may use"))
    what = f"unforeseen {type(error).__name__}: {error}"
    return str(ZhinanError(what, right="run it again with --debug and report what it prints"))
