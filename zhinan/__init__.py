"""The front door: open a graph, build one, tell the version.

The rooms behind it are imported when a function is called, so that `import zhinan` costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg_build.build import BuildReport
    from queries.library import Library

__all__ = ["__version__", "build", "open_graph"]

__version__ = "0.1.0"


def build(
    sources: Iterable[str | Path], out: str | Path = "kg", *, jobs: int = 1, model: str | None = None
) -> BuildReport:
    """Read guides (files, or folders of them) into the graph folder `out`; other guides that it holds stay.

    What has not changed is not read again. The folder is replaced when all is well. `jobs` guides are read at once; `model` is a trained spaCy pipeline, by its name or path.
    """
    from kg_build.build import build as build_folder
    from queries.executables import to_quads

    return build_folder([Path(source) for source in sources], Path(out), jobs=jobs, model=model, besides=to_quads())


def open_graph(place: str | Path = "kg", *, timeout: float | None = None) -> Library:
    """Open a graph folder, or a SPARQL endpoint by its address, with all named questions at hand.

    `timeout` is what an answer may take, in seconds: for ever when None, but a minute of an endpoint.

    `open_graph("kg").ask("directions-by-partner", partner="IL").to_pandas()`; docs/tour.md shows more.
    """
    from queries.library import Library

    if isinstance(place, str) and place.startswith(("http://", "https://")):
        from queries.endpoints import TIMEOUT, open_endpoint

        return Library(open_endpoint(place, timeout=timeout or TIMEOUT))
    from queries.graphs import open_graph as open_folder

    return Library(open_folder(Path(place), timeout=timeout))
