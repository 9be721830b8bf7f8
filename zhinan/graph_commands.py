"""Commands that make a graph, keep it right, and send it on.

In: words that click has parsed. Out: text on stdout and an exit code. Whatever is heavy is imported inside
the command that needs it.
"""

from __future__ import annotations

from pathlib import Path

import click

from ontology.errors import QueryError
from zhinan.options import CLEAN, FILE, FOLDER, PRESENT_FOLDER, SECONDS, VIOLATED, reading, writing

__all__ = ["build", "check", "correct", "demo", "evaluate", "publish", "remove"]


@click.command()
@click.argument("sources", nargs=-1, required=True, type=FOLDER, metavar="SOURCE…")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1), help="How many guides to read at once.")
@click.option(
    "--model", metavar="NAME", help="A trained spaCy pipeline for names that no list has, by its name or path."
)
@writing("kg")
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


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT…")
@writing("kg")
def remove(documents: tuple[str, ...], out: Path) -> int:
    """Take documents out of a graph folder, and all that no other document states.

    DOCUMENT is an id (001), or the name of a file that could not be read.
    """
    from zhinan.building import remove_documents

    click.echo(remove_documents(documents, out))
    return CLEAN


@click.command()
@click.argument("subject", metavar="DOCUMENT[/DIRECTION]")
@click.argument("property_", metavar="PROPERTY")
@click.option("--old", metavar="VALUE", help="What was read; needed where the property has several values.")
@click.option("--new", metavar="VALUE", help="What stands there.")
@click.option("--reject", "verdict", flag_value="reject", help="Nothing of the kind stands there.")
@click.option("--accept", "verdict", flag_value="accept", help="It stands there as it was read.")
@click.option("--who", required=True, metavar="NAME|IRI", help="Who says so.")
@click.option("--why", required=True, metavar="WORDS", help="Why.")
@click.option("--sources", default=".", show_default=True, type=PRESENT_FOLDER, metavar="FOLDER", help="The guides.")
@reading
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


@click.command()
@click.option("--reference", is_flag=True, help="Validate by pySHACL: the same report, several times as slow.")
@reading
def check(reference: bool, kg: Path) -> int:
    """Validate the graph: SHACL shapes and the questions that must stay empty.

    Also tells, by kind, what was doubtful when the guides were read; a doubt is no violation.
    """
    from zhinan.checking import check_by_reference, check_graph, to_report

    soundness = check_by_reference(kg) if reference else check_graph(kg)
    click.echo(to_report(soundness))
    return VIOLATED if soundness.violations else CLEAN


@click.command()
@click.argument("gold", type=FOLDER)
@click.option("--report", type=FILE, metavar="FILE.html", help="Also write a page that shows every difference.")
@click.option(
    "--sources", type=PRESENT_FOLDER, metavar="FOLDER", help="Where the guides are, for the page to show their text."
)
@reading
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


@click.command()
@click.option("--endpoint", required=True, metavar="URL", help="The graph store of the server (not its query address).")
@click.option("--user", metavar="NAME", help="Who sends; the password stands in ZHINAN_PASSWORD.")
@click.option("--token", is_flag=True, help="Send the token that stands in ZHINAN_TOKEN.")
@click.option(
    "--timeout", default=300.0, show_default=True, type=SECONDS, metavar="SECONDS",
    help="How long the server may take for one part.",
)  # fmt: skip
@reading
def publish(endpoint: str, user: str | None, token: bool, timeout: float, kg: Path) -> int:
    """Send the graph to a SPARQL server, graph by graph; what is there already is left alone.

    The server has to speak the SPARQL 1.1 Graph Store Protocol. Broken off, it goes on where it
    stopped. `zhinan ask … --endpoint URL` then asks the server what it asks the folder.
    """
    from zhinan.publishing import publish_graph

    click.echo(publish_graph(kg, endpoint, user=user, with_token=token, timeout=timeout, tell=click.echo))
    return CLEAN


@click.command()
@writing("kg-demo")
def demo(out: Path) -> int:
    """Build the guides that come with Zhinan, ask five questions, draw three networks."""
    from zhinan.demo import run_demo

    run_demo(out, click.echo)
    return CLEAN
