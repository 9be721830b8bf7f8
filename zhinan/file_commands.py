"""Commands that write files from a graph.

In: words that click has parsed. Out: text on stdout and an exit code. Whatever is heavy is imported inside
the command that needs it.
"""

from __future__ import annotations

from pathlib import Path

import click

from zhinan.options import CLEAN, FILE, FOLDER, PRESENT_FOLDER, reading

__all__ = ["draw", "export", "plot", "report"]


@click.command()
@click.argument("kind")
@click.option("-o", "--output", type=FOLDER, metavar="FILE", help="Where to write: a file, or a folder or .zip.")
@click.option(
    "--without-contacts", is_flag=True, help="Leave out names, phones, fax numbers and e-mails, and quotes with them."
)
@reading
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


@click.command()
@click.argument("network")
@click.argument("node", required=False)
@click.option("-o", "--output", required=True, type=FILE, metavar="FILE.html", help="Where to write the page.")
@reading
def draw(network: str, node: str | None, output: Path, kg: Path) -> int:
    """Draw a network as one page that asks nothing of any server.

    `zhinan draw around NODE` draws what is linked with one thing: a country (IL), a direction (001/1.3), a call (001).
    """
    from viz.html import draw as draw_page

    draw_page(kg, network, output, node)
    click.echo(f"{f'{network} {node}' if node else network} → {output}")
    return CLEAN


@click.command()
@click.argument("name", required=False)
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Where to write: FILE.svg, FILE.png or FILE.html.")
@click.option(
    "--language", default="zh", show_default=True, type=click.Choice(["zh", "en"]), help="What the picture speaks."
)
@click.option("--unit", help="The unit of the targets to draw; the most frequent one if none is told.")
@reading
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


@click.command()
@click.option("-o", "--output", required=True, type=FOLDER, metavar="FOLDER", help="Where to write the pages.")
@click.option(
    "--sources", type=PRESENT_FOLDER, metavar="FOLDER", help="Where the guides are, for the pages to show their text."
)
@click.option("--without-contacts", is_flag=True, help="Leave out names, phones and e-mail addresses of persons.")
@reading
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
