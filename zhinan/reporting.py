"""A report of a graph folder: the sources are found and checked, the pages are written.

In: a graph folder, the folder of its sources where it is at hand, and where to write. Out: a folder of pages.
It refuses to know: what a page looks like.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg_build.documents import read_document
from kg_build.graph import open_graph as open_folder
from queries.graphs import open_graph
from zhinan import __version__
from zhinan.excerpts import join_lines

if TYPE_CHECKING:
    from viz.site import Site
    from viz.sources import Text

__all__ = ["read_texts", "write_report"]


def write_report(folder: Path, out: Path, *, sources: Path | None = None, contacts: bool = True) -> tuple[Site, str]:
    """Write the report whole or not at all; return what was written, and what is to be said of the sources."""
    from viz.site import write_site

    graph = open_graph(folder)
    texts = {} if sources is None else read_texts(folder, sources)
    site = write_site(graph, out, texts=texts, version=__version__, contacts=contacts)
    return site, "" if sources is None else _to_note(folder, texts)


def read_texts(folder: Path, sources: Path) -> dict[str, Text]:
    """Return the texts of a graph folder's documents that the folder of sources has, by their ids.

    A file whose checksum is not the one that was read is `changed`, and its text is not used.
    """
    from viz.sources import Text

    found = {}
    for row in open_folder(folder).read_manifest()["documents"]:
        path = sources / Path(str(row["file"])).name
        if path.is_file():
            document = read_document(path)
            changed = document.sha256 != row["sha256"]
            raw = "" if changed else document.raw
            found[str(row["id"])] = Text(raw, join_lines(raw, 0, len(raw)), changed)
    return found


def _to_note(folder: Path, texts: dict[str, Text]) -> str:
    """Say in one line which sources are missing or have changed, if any."""
    known = [str(row["id"]) for row in open_folder(folder).read_manifest()["documents"]]
    changed = [name for name in known if name in texts and texts[name].changed]
    missing = [name for name in known if name not in texts]
    parts = [f"changed since the graph was built: {' '.join(changed)}"] if changed else []
    parts += [f"not in the folder of sources: {' '.join(missing)}"] if missing else []
    return f"shown by their quotes only · {' · '.join(parts)}" if parts else ""
