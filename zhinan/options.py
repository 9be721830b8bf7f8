"""Options that several commands have, and the exit codes.

In: a command of click. Out: the command with its options. This module knows no command.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

__all__ = [
    "CLEAN",
    "FAILED",
    "FILE",
    "FOLDER",
    "PRESENT_FOLDER",
    "SECONDS",
    "VIOLATED",
    "debugging",
    "reading",
    "writing",
]

CLEAN, VIOLATED, FAILED = 0, 1, 2
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path)
PRESENT_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


class _Seconds(click.FloatRange):
    """More than nothing, for ever (`inf`) at the most; `nan`, which no comparison refuses, is no time."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds = float(super().convert(value, param, ctx))
        if seconds != seconds:
            self.fail(f"{value} is no time", param, ctx)
        return seconds


SECONDS = _Seconds(0, min_open=True)
Function = TypeVar("Function", bound=Callable[..., Any])


def reading(command: Function) -> Function:
    """Give a command the options that every command has."""
    return click.option(
        "--kg", default="kg", show_default=True, type=FOLDER, metavar="FOLDER", help="The graph folder to read."
    )(debugging(command))


def debugging(command: Function) -> Function:
    """Show `--debug` in the help of a command; `main` acts on it."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(command)


def writing(default: str) -> Callable[[Function], Function]:
    """Give a building command its graph folder, under both of its names."""

    def add(command: Function) -> Function:
        return click.option(
            "--out", "--kg", "out", default=default, show_default=True, type=FOLDER, metavar="FOLDER",
            help="The graph folder to write; what was there is replaced when the new one is whole.",
        )(debugging(command))  # fmt: skip

    return add
