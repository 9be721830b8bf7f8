"""The demonstration: from guides to answers and pictures in one command.

In: a folder for the graph. Out: the graph, three pages beside it, and on the way what each command
prints, so that a reader sees what to type.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from ontology.errors import DocumentError

__all__ = ["GUIDES", "NETWORKS", "QUESTIONS", "run_demo"]

GUIDES = Path(__file__).resolve().parent.parent / "data" / "guides"
QUESTIONS = (
    ("calls",),
    ("contacts", "--partner", "IL"),
    ("partners-by-field", "--field", "ICT"),
    ("budget-by-partner-year", "--partner", "KR"),
    ("requirements", "--partner", "IL"),
)
NETWORKS = ("partners-fields", "partners-agreements-agencies", "programme-tree")


def run_demo(out: Path, say: Callable[[str], object]) -> None:
    """Build data/guides into a folder, ask five questions, draw three networks, say what to do next."""
    from queries.catalogue import get_query
    from queries.graphs import open_graph
    from viz.html import draw
    from zhinan.asking import answer, to_screen
    from zhinan.building import build_with_progress, to_summary

    if not any(GUIDES.glob("*.txt")):
        raise DocumentError("the guides of the demonstration are missing", where=str(GUIDES), right="a whole checkout")
    command = _command()
    say(f"$ {command} build {_short(GUIDES)} --out {out}")
    say(to_summary(build_with_progress([GUIDES], out, jobs=1), out))
    for name, *params in QUESTIONS:
        query = get_query(name)
        say(f"\n{query.question} {query.summary}.\n$ {command} ask {' '.join((name, *params))} --kg {out}")
        say(to_screen(answer((name, *params), text=None, graph=lambda: open_graph(out))).rstrip())
    pages = out.with_name(f"{out.name}-pages")
    pages.mkdir(parents=True, exist_ok=True)
    say("")
    for network in NETWORKS:
        page = pages / f"{network}.html"
        say(f"$ {command} draw {network} --kg {out} -o {page}")
        draw(out, network, page)
    say(_tell_next(command, out, pages))


def _tell_next(command: str, out: Path, pages: Path) -> str:
    lines = (
        (f"open {pages / NETWORKS[0]}.html", "a page that needs no network; click a line for its sentence"),
        (f"{command} questions", "all questions, in English and Chinese"),
        (f"{command} show 001/1.3 --kg {out}", "a card: each fact beside its quote"),
        (f"{command} export directions.csv -o directions.csv --kg {out}", "a row for each direction, for Excel"),
        (f"{command} build YOUR-GUIDES", "your own texts, into kg; then the same without --kg"),
    )
    width = max(len(words) for words, _ in lines)
    return "\n".join(["", "What to do next", *(f"  {words.ljust(width)}  {why}" for words, why in lines)])


def _command() -> str:
    """Return what a user types to run this program from here."""
    typed = Path(sys.argv[0])
    found = shutil.which("zhinan")
    if typed.stem != "zhinan" or (found and Path(found).resolve() == typed.resolve()):
        return "zhinan"
    return _short(typed)


def _short(path: Path) -> str:
    """Return a path as seen from the current folder, where it lies below it."""
    path, here = path.absolute(), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
