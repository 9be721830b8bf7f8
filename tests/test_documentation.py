"""What the README says is so: every command stands in it, its reference is the programs' own help, and
its terminal session prints what it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from zhinan.cli import zhinan

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
BEGIN, END = "<!-- reference: written by make golden -->\n", "<!-- /reference -->"
COMMANDS = sorted(zhinan.commands)

Run = Callable[..., subprocess.CompletedProcess[str]]


def help_of(name: str) -> str:
    command = zhinan.commands[name]
    context = click.Context(command, info_name=f"zhinan {name}", terminal_width=100, **dict(zhinan.context_settings))
    return command.get_help(context)


def reference() -> str:
    """Return the command reference: the help of each command, one after the other."""
    return "\n".join(f"```\n{help_of(name)}\n```\n" for name in COMMANDS)


def sessions(readme: str) -> list[tuple[str, str]]:
    """Return the commands of the console blocks with what is printed under each."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append((command, printed.rstrip("\n")))
    return found


def test_the_door_has_the_commands_of_the_plan() -> None:
    assert COMMANDS == [
        "ask",
        "build",
        "check",
        "correct",
        "demo",
        "diff",
        "draw",
        "evaluate",
        "export",
        "plot",
        "publish",
        "questions",
        "remove",
        "report",
        "show",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_explains_each_option(name: str) -> None:
    command = zhinan.commands[name]
    assert command.help, name
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_graph_folder_and_debug(name: str) -> None:
    told = {opt for parameter in zhinan.commands[name].params for opt in parameter.opts}
    assert {"--kg", "--debug"} <= told


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_both_readmes(name: str, readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8").partition(BEGIN)[0]
    assert f"| `zhinan {name}" in text


def test_the_reference_in_the_readme_is_the_help(request: pytest.FixtureRequest) -> None:
    path = ROOT / "README.md"
    before, found, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    held, closed, after = rest.partition(END)
    assert found, "README.md has no place for the reference"
    assert closed, "the reference in README.md has no end"
    if request.config.getoption("--update-golden"):
        path.write_text(before + BEGIN + reference() + END + after, encoding="utf-8", newline="\n")
        return
    assert held == reference()


def test_both_readmes_show_the_same_session() -> None:
    english, chinese = (sessions(readme) for readme in READMES)
    assert len(english) >= 4
    assert english == chinese


def test_the_session_in_the_readme_prints_what_it_shows(run: Run, guides: Path, tmp_path: Path) -> None:
    """A line of `…` stands for lines left out. `make demo` installs, then runs `zhinan demo`: only that runs here."""
    ran = []
    for command, shown in sessions("README.md"):
        words = ["zhinan", "demo"] if command == "make demo" else shlex.split(command)
        if words[0] != "zhinan":
            continue
        done = run(*words[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        pattern = r"(?:.*\n)*".join(re.escape(part) for part in f"{shown}\n".split("…\n"))
        assert re.fullmatch(pattern, done.stdout), f"{command} prints\n{done.stdout}"
        ran.append(words[1])
    assert {"demo", "ask", "show", "draw", "plot"} <= set(ran)


@pytest.mark.parametrize("readme", READMES)
def test_the_library_lines_in_the_readme_run(readme: str, built: Path, tmp_path: Path) -> None:
    (tmp_path / "kg-demo").symlink_to(built, target_is_directory=True)
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / readme).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    assert len([line for line in blocks[0].splitlines() if line.strip()]) <= 8
    done = subprocess.run(
        [sys.executable, "-c", blocks[0]], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
