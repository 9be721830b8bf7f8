"""What all tests share: where the guides are, one built graph, and goldens that are compared or written anew.

A test that needs what is not there is skipped with one clear sentence; where everything has to be there
(`CI=true` or `ZHINAN_DEMAND=1`) the same sentence is a failure.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.browsing import Open

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

Golden = Callable[[str, str], None]
Run = Callable[..., "subprocess.CompletedProcess[str]"]

settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew instead of comparing")


def lack(what: str) -> NoReturn:
    """Skip the test for want of something, or fail it where that has to be there."""
    if os.environ.get("CI") == "true" or os.environ.get("ZHINAN_DEMAND") == "1":
        pytest.fail(f"must be here: {what}", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def guides() -> Path:
    """Return the folder of the condensed edition."""
    folder = ROOT / "data" / "guides"
    if not any(folder.glob("*.txt")):
        lack("data/guides holds no guide")
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of the full official texts, which are not part of the project."""
    told = os.environ.get("ZHINAN_CORPUS")
    folder = Path(told) if told else ROOT.parent / "shared" / "corpus"
    if not any(folder.glob("*.txt")):
        lack(f"the full guides are not at {folder} (ZHINAN_CORPUS)")
    return folder


@pytest.fixture(scope="session")
def gold() -> Path:
    """Return the folder of the gold records, beside the full texts."""
    told = os.environ.get("ZHINAN_CORPUS")
    folder = (Path(told).resolve().parent if told else ROOT.parent / "shared") / "gold"
    if not any(folder.glob("*.jsonl")):
        lack(f"the gold records are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def built(guides: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a graph folder built once from the condensed edition; tests read it and never write to it."""
    return _build(guides, tmp_path_factory.mktemp("built") / "kg")


@pytest.fixture(scope="session")
def built_corpus(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a graph folder built once from the full texts; tests read it and never write to it."""
    return _build(corpus, tmp_path_factory.mktemp("corpus") / "kg")


def _build(source: Path, out: Path) -> Path:
    from kg_build.build import build

    build([source], out)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    from tests.browsing import start_browser

    yield from start_browser()


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the page of each network of the small graph."""
    from tests.browsing import NETWORKS
    from tests.network_sample import small_graph
    from viz.html import draw

    folder = tmp_path_factory.mktemp("pages")
    for name in NETWORKS:
        draw(small_graph(), name, folder / f"{name}.html")
    draw(small_graph(), "around", folder / "around.html", "IL")
    return {name: folder / f"{name}.html" for name in (*NETWORKS, "around")}


@pytest.fixture
def fields(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    """Return the page of partners and fields, opened on a desk; at the end it must not have complained."""
    from tests.browsing import open_page

    yield from open_page(browser, pages["partners-fields"])


@pytest.fixture
def phone(browser: Browser, pages: dict[str, Path]) -> Iterator[Open]:
    """Return the page of partners and fields, opened on a phone; at the end it must not have complained."""
    from tests.browsing import PHONE, open_page

    yield from open_page(browser, pages["partners-fields"], PHONE)


@pytest.fixture(scope="session")
def run() -> Run:
    """Return a function that runs `zhinan WORD…` in a process of its own and returns what it printed."""

    def zhinan(*words: str | Path, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "zhinan", *map(str, words)],
            capture_output=True,
            encoding="utf-8",
            cwd=cwd or ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **env},
            timeout=300,
            check=False,
        )

    return zhinan


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return `(name, text)`, which compares the text with tests/golden/<name>, or writes it when told to."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.exists(), f"no golden {name}: run pytest --update-golden and read what it wrote"
        assert text == path.read_text(encoding="utf-8")

    return compare
