"""The plan of the house holds: floors, sizes, names, where errors are caught, and what no file may say."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("ontology", "kg_build", "queries", "viz", "zhinan")
STANDS_ON = {
    "ontology": {"ontology"},
    "kg_build": {"ontology", "kg_build"},
    "queries": {"ontology", "queries"},
    "viz": {"ontology", "queries", "viz"},
    "zhinan": set(ROOMS),
}
HEAVY_AT_HOME = {
    "spacy": {"kg_build/recognisers.py"},
    "rdflib": {"kg_build/shapes.py"},
    "pyshacl": {"kg_build/shapes.py"},
    "networkx": {"viz/network.py", "viz/layout.py"},
    "igraph": {"viz/layout.py"},
    "pyvis": {"viz/html.py"},
    "rich": set[str](),
    "altair": set[str](),
    "vl_convert": set[str](),
    "pyarrow": set[str](),
    "xlsxwriter": set[str](),
}
"""Library and the modules that may import it at their top; elsewhere it is imported inside a function."""
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "processor", "base"}
LONGEST_MODULE = 330
LONGEST_FUNCTION = 45
"""The plan says "under ~300 lines" and "under ~40"; the tenth above is what "~" means here."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules() -> list[str]:
    return sorted(str(path.relative_to(ROOT).as_posix()) for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text(encoding="utf-8"), module)


def imports(node: ast.AST, *, package: str) -> Iterator[str]:
    """Yield the full name of each module that is imported anywhere under the node."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield child.module or "" if child.level == 0 else f"{package}.{child.module or ''}"


def imports_when_loaded(module: ast.Module) -> Iterator[str]:
    """Yield the imports that run with the module: not those in functions nor under TYPE_CHECKING."""
    waiting: list[ast.stmt] = list(module.body)
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, Function):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            continue
        if isinstance(statement, ast.Import | ast.ImportFrom):
            yield from imports(statement, package="")
        waiting += [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)]


def repository_files() -> list[Path]:
    """Return the files of the project: what git tracks or would track."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return sorted(path for path in paths if path.is_file())


def test_every_room_is_there_and_holds_modules() -> None:
    found = modules()
    for room in ROOMS:
        assert any(module.startswith(f"{room}/") for module in found), room
    assert {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()} <= {*ROOMS, "tests"}


@pytest.mark.parametrize("module", modules())
def test_no_import_runs_upward_or_sideways(module: str) -> None:
    room = module.split("/")[0]
    used = {name.split(".")[0] for name in imports(tree(module), package=room)} & set(ROOMS)
    assert used <= STANDS_ON[room], f"{module} imports {used - STANDS_ON[room]}"


@pytest.mark.parametrize("module", modules())
def test_a_heavy_library_is_imported_where_it_is_used(module: str) -> None:
    loaded = {name.split(".")[0] for name in imports_when_loaded(tree(module))}
    strangers = {name for name in loaded & HEAVY_AT_HOME.keys() if module not in HEAVY_AT_HOME[name]}
    assert not strangers, f"{module} loads {strangers} for everyone who imports it"


def test_only_the_shapes_module_knows_the_validation_stack() -> None:
    knowing = {
        module
        for module in modules()
        for name in imports(tree(module), package="")
        if name.split(".")[0] in {"rdflib", "pyshacl"}
    }
    assert knowing <= {"kg_build/shapes.py"}


@pytest.mark.parametrize("module", modules())
def test_a_module_and_its_functions_stay_short(module: str) -> None:
    lines = (ROOT / module).read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE, f"{module} has {lines} lines"
    for node in ast.walk(tree(module)):
        if isinstance(node, Function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{module}: {node.name} has {length} lines"


@pytest.mark.parametrize("module", modules())
def test_a_module_is_named_for_its_noun_and_says_what_it_is(module: str) -> None:
    path = Path(module)
    assert not {*path.parts[:-1], path.stem} & FORBIDDEN_NAMES
    assert ast.get_docstring(tree(module)), f"{module} has no docstring"


@pytest.mark.parametrize("module", modules())
def test_errors_are_caught_at_the_door_and_only_translated_elsewhere(module: str) -> None:
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, Function)]
    inside = {
        handler: function
        for function in functions  # outer ones come first, so the innermost stays
        for handler in ast.walk(function)
        if isinstance(handler, ast.ExceptHandler)
    }
    handlers = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ExceptHandler)]
    assert len(handlers) == len(inside), f"{module} catches at import"
    for handler, function in inside.items():
        if (module, function.name) == ("zhinan/cli.py", "main"):
            continue
        caught = ast.unparse(handler.type) if handler.type else "everything"
        assert caught not in {"everything", "Exception", "BaseException"}, f"{module}: {function.name}"
        assert any(isinstance(node, ast.Raise) for node in ast.walk(function)), (
            f"{module}: {function.name} swallows {caught}"
        )


@pytest.mark.parametrize("module", [module for module in modules() if module != "zhinan/__main__.py"])
def test_nothing_happens_at_import(module: str) -> None:
    """A module states names and runs nothing; only `__main__` is the program."""
    loops = (ast.For, ast.While, ast.With, ast.Try)
    for statement in tree(module).body:
        assert not isinstance(statement, loops), f"{module}:{statement.lineno}"
        if isinstance(statement, ast.Expr):
            assert isinstance(statement.value, ast.Constant), f"{module}:{statement.lineno}"


def test_no_file_names_a_machine_or_a_registry() -> None:
    homes = "|".join(("/" + "work/", "/" + "root/", "/" + "home/[a-z]", "/" + "Users/", "/opt" + "/"))
    hosts = "|".join(("py" + r"pi\.org", "python" + "hosted", "index" + "-url", "extra" + "-index"))
    forbidden = re.compile(f"(?<![A-Za-z0-9_.~])(?:{homes})|{hosts}|file:" + "///")
    files = repository_files()
    assert len(files) > 40, "the list of files is not the project"
    for path in files:
        found = forbidden.search(path.read_bytes().decode("utf-8", errors="replace"))
        assert found is None, f"{path.relative_to(ROOT)} says {found.group()!r}" if found else ""


def test_constraints_pin_names_and_versions_and_nothing_else() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 50
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!-]+", pin)] == []


def test_every_dependency_is_pinned_and_its_reason_is_told() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.split(r"[\[<>=]", line)[0] for line in asked}
    pinned = {
        line.split("==")[0].lower() for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    told = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert {name for name in names if name.lower() not in pinned} == set()
    assert {name for name in names if f"| {name.lower()} |" not in told} == set()


def test_the_squatted_model_is_never_asked_for() -> None:
    words = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    words += (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "zh-core-web" not in words.lower().replace("_", "-")
