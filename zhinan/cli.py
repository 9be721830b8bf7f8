"""The command `zhinan`: a command parses its words and calls one function.

In: words. Out: text on stdout, one line on stderr when something is wrong, and an exit code:
0 clean, 1 violations found, 2 an error. The commands are in three modules beside this one, which is
the only place where an error is caught.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

import click

from ontology.errors import QueryError, ZhinanError
from zhinan import __version__, answer_commands, file_commands, graph_commands
from zhinan.options import CLEAN, FAILED

__all__ = ["main", "run", "zhinan"]


@click.group(
    commands=[
        getattr(module, name) for module in (graph_commands, answer_commands, file_commands) for name in module.__all__
    ],
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
