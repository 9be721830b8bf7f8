"""A placed network in, one HTML file out, which asks nothing of anybody.

The page is our template; vis-network and the form of its data are pyvis's. Every value reaches the
page as JSON that cannot end its script, and the page sets it as text only. Scripts and styles are admitted
by their hashes, everything else is forbidden. Knows nothing of RDF.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.errors import QueryError, ZhinanError

if TYPE_CHECKING:
    from queries.catalogue import Query
    from queries.graphs import Graph
    from viz.network import Network

TEMPLATES = Path(__file__).parent / "templates"
SCRIPTS = (
    "words.js", "state.js", "labels.js", "panel.js", "search.js", "picture.js", "table.js", "controls.js",
    "saving.js", "page.js",
)  # fmt: skip
VIS = "lib/vis-9.1.2/vis-network.min.js"


def draw(graph: Path | Graph, name: str, path: Path, node: str | None = None) -> Network:
    """Ask a graph (or the graph folder of that path) for a network, place it, write its page; return it.

    `node` is what the network is about, for those that are about one thing (`around`). Raises QueryError for an
    unknown network or node, for a network without links and for a path that cannot be written, GraphError for
    no graph folder.
    """
    from queries.answers import Triples
    from queries.graphs import open_graph
    from queries.run import ask
    from queries.subjects import get_subject
    from viz.layout import place
    from viz.network import read_network
    from viz.timeline import place_years

    query, param = _get_query(name, node)
    opened = open_graph(graph) if isinstance(graph, Path) else graph
    centre = get_subject(opened, node).iri if node is not None else None
    answer = ask(opened, query, **({param: centre} if param else {}))
    if not isinstance(answer, Triples):
        raise QueryError("a network is drawn from triples", where=query.name, right="a CONSTRUCT query")
    network = read_network(answer.triples)
    network = place_years(network) if "timeline" in query.tags else place(network)
    title_zh, title_en = query.question, query.summary
    if centre:
        network.graph["centre"] = centre
        found = network.nodes[centre]
        title_zh, title_en = f"{found['label_zh']}：{title_zh}", f"{found['label_en']}: {title_en}"
    write_page(network, path, title_zh=title_zh, title_en=title_en)
    return network


def _get_query(name: str, node: str | None) -> tuple[Query, str | None]:
    """Return the query of a network and its parameter for the node, where it is about one."""
    from queries.catalogue import NETWORKS, read_query
    from queries.names import nearest

    known = {file.stem: file for file in sorted(NETWORKS.glob("*.rq"))}
    if name not in known:
        raise QueryError(f"no network is called {name}", where="zhinan draw", right=nearest(name, known))
    query = read_query(known[name])
    about = next((param for param in query.params if param.type == "subject"), None)
    if about is None and node is not None:
        raise QueryError(
            f"{name} is about no single node", where="zhinan draw", right=f"{name} alone, or around {node}"
        )
    if about is not None and node is None:
        raise QueryError(f"{name} needs a node", where="zhinan draw", right=f"{name} {about.example}, for one")
    return query, about.name if about else None


def write_page(network: Network, path: Path, *, title_zh: str, title_en: str) -> None:
    """Write the page whole or not at all; QueryError where it cannot be written."""
    from queries.files import write_file

    write_file(path, [to_page(network, title_zh=title_zh, title_en=title_en).encode("utf-8")])


def to_page(network: Network, *, title_zh: str, title_en: str) -> str:
    """Render the page; the same network gives the same text.

    Raises QueryError for a network without nodes, which no page can show.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from viz.marks import to_data

    if not network:
        raise QueryError("The network is empty", right="a network with at least one link")
    scripts = [_read_vis(), _read_scripts()]
    style = (TEMPLATES / "network.css").read_text(encoding="utf-8")
    data = to_data(network, title_zh=title_zh, title_en=title_en)
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return templates.get_template("network.html").render(
        title_zh=title_zh,
        title_en=title_en,
        policy=to_policy(scripts, style),
        scripts=[Markup(script) for script in scripts],
        style=Markup(style),
        data=Markup(to_script_json(data)),
    )


def to_script_json(value: object) -> str:
    """Write JSON that may stand inside <script>: nothing in it can end or open a tag or a line.

    >>> to_script_json("</script><!--")
    '"\\\\u003c/script\\\\u003e\\\\u003c!--"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub(r"[<>&\u2028\u2029\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text)


def _read_vis() -> str:
    """Read vis-network out of the installed pyvis, without the comment that asks for a source map."""
    spec = find_spec("pyvis")
    if spec is None or not spec.submodule_search_locations:
        raise ZhinanError("pyvis is not installed", right="pip install pyvis")
    path = Path(spec.submodule_search_locations[0]) / VIS
    if not path.is_file():
        raise ZhinanError("vis-network is not in this pyvis", where=str(path), right="pyvis 0.3.2")
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    return hold_in(re.sub(r"\n//# sourceMappingURL=\S*", "", text))


def _read_scripts() -> str:
    """Join our scripts into one that leaves no name behind but `zhinan`."""
    parts = [(TEMPLATES / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return hold_in("(() => {\n'use strict';\n" + "\n".join(parts) + "})();\n")


def hold_in(script: str) -> str:
    """Refuse a script that would end its own element."""
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ZhinanError("A script holds </script or <!--", right="a script that can stand in a page")
    return script


def to_policy(scripts: list[str], style: str) -> str:
    """Forbid everything but these very scripts, this style, and pictures the page makes itself."""
    admitted = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {admitted}; style-src 'sha256-{_digest(style)}'; "
        "img-src data: blob:; connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
