"""The front door: open a graph, build one, tell the version.

The rooms behind it are imported when a function is called, so that `import zhinan` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg_build.build import BuildReport
    from queries.graphs import LocalGraph

__all__ = ["__version__", "build", "open_graph"]

__version__ = "0.1.0"


def build(sources: Iterable[str | Path], out: str | Path = "kg", *, jobs: int = 1) -> BuildReport:
    """Read guides (files, or folders of them) into the graph folder `out`, which is replaced when all is well."""
    from kg_build.build import build as build_folder

    return build_folder([Path(source) for source in sources], Path(out), jobs=jobs)


def open_graph(folder: str | Path = "kg") -> LocalGraph:
    """Open a graph folder for questions."""
    from queries.graphs import open_graph as open_folder

    return open_folder(Path(folder))
