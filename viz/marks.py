"""A placed network in, the plain data of its page out: nodes and edges as pyvis writes them for vis-network.

Directions and sentences stand once and are pointed at by number, so a page grows with its facts and not
with its links. Knows neither HTML nor files, but for the table of styles.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from viz.layout import LEAF
from viz.measures import measure

if TYPE_CHECKING:
    from viz.measures import Measure
    from viz.network import Direction, Network, Sentence

STYLES = Path(__file__).parent / "templates" / "styles.toml"


def to_data(network: Network, *, title_zh: str, title_en: str) -> dict[str, object]:
    """Collect all that the page shows; directions and sentences stand once and are pointed at."""
    classes = network.graph["classes"]
    directions = _sort_directions(network)
    numbers = {direction.iri: place for place, direction in enumerate(directions)}
    sentences: dict[Sentence, int] = {}
    indices = {node: place for place, node in enumerate(network)}
    measures = measure(network)
    nodes = [
        _to_node(indices[n], attributes, numbers, sentences, measures[n]) for n, attributes in network.nodes(data=True)
    ]
    relations = sorted({key for *_, key in network.edges(keys=True)} & network.graph.get("relations", {}).keys())
    edges = [
        _to_edge(place, (indices[start], indices[end]), attributes, numbers, sentences)
        | ({"kind": relations.index(key)} if key in relations else {})
        for place, (start, end, key, attributes) in enumerate(network.edges(keys=True, data=True))
    ]
    used = sorted({str(attributes["class"]) for _, attributes in network.nodes(data=True)})
    return {
        "title": {"zh": title_zh, "en": title_en},
        "classes": _to_classes(used, classes),
        "nodes": nodes,
        "edges": edges,
        "relations": [dict(zip(("zh", "en"), network.graph["relations"][name], strict=True)) for name in relations],
        "directions": [
            {
                "number": d.number,
                "title": d.title,
                "call": d.call,
                "year": d.year,
                "money": d.budget_max,
                "parent": numbers.get(d.parent, -1),
            }
            for d in directions
        ],
        "sentences": [[s.prefix, s.quote, s.suffix, s.document, s.start, s.end] for s in sentences],
        "options": _to_options(),
        "tree": any("angle" in attributes for _, attributes in network.nodes(data=True)),
        "leaf": LEAF,
        "centre": indices.get(network.graph.get("centre", ""), -1),
        "axis": [{"x": x, "year": year} for x, year in network.graph.get("axis", ())],
    }


def _sort_directions(network: Network) -> list[Direction]:
    found = {d for _, attributes in network.nodes(data=True) for d in attributes["directions"]}
    return sorted(found, key=lambda d: (d.call, _split_number(d.number), d.iri))


def _split_number(number: str) -> list[int]:
    return [int(part) for part in re.findall(r"[0-9]+", number)]


def _to_node(
    place: int,
    attributes: dict[str, object],
    numbers: dict[str, int],
    sentences: dict[Sentence, int],
    measured: Measure,
) -> dict[str, object]:
    """Write a node as pyvis does, with what the page tells of it beside; `quotes` as those of an edge."""
    from pyvis.node import Node

    directions: Iterable[Direction] = attributes["directions"]  # type: ignore[assignment]
    quotes: Iterable[tuple[str, Sentence]] = attributes["sentences"]  # type: ignore[assignment]
    node = Node(
        place,
        shape="dot",  # the group's shape wins in the page
        label=attributes["label_zh"],
        label_en=attributes["label_en"],
        group=attributes["class"],
        code=attributes["code"],
        weight=attributes["weight"],
        money=attributes["money"],
        stated=attributes["money_stated"],
        year=attributes["year"],
        degree=measured.degree,
        betweenness=measured.betweenness,
        community=measured.community,
        directions=sorted(numbers[d.iri] for d in directions),
        quotes=_to_quotes(quotes, numbers, sentences),
        x=attributes["x"],
        y=attributes["y"],
    )
    options: dict[str, object] = node.options
    del options["shape"]
    if "angle" in attributes:
        options["angle"] = attributes["angle"]
    return options


def _to_edge(
    place: int,
    ends: tuple[int, int],
    attributes: dict[str, object],
    numbers: dict[str, int],
    sentences: dict[Sentence, int],
) -> dict[str, object]:
    """Write an edge as pyvis does; `quotes` pairs a direction (-1: the ends themselves) with a sentence."""
    from pyvis.edge import Edge

    directions: Iterable[Direction] = attributes["directions"]  # type: ignore[assignment]
    quotes: Iterable[tuple[str, Sentence]] = attributes["sentences"]  # type: ignore[assignment]
    edge = Edge(
        *ends,
        id=place,
        weight=attributes["weight"],
        money=attributes["money"],
        directions=sorted(numbers[d.iri] for d in directions),
        quotes=_to_quotes(quotes, numbers, sentences),
    )
    options: dict[str, object] = edge.options
    return options


def _to_quotes(
    quotes: Iterable[tuple[str, Sentence]], numbers: dict[str, int], sentences: dict[Sentence, int]
) -> list[list[int]]:
    return [[numbers.get(iri, -1), sentences.setdefault(sentence, len(sentences))] for iri, sentence in quotes]


def _to_classes(used: list[str], names: dict[str, tuple[str, str]]) -> list[dict[str, str]]:
    styles = tomllib.loads(STYLES.read_text(encoding="utf-8"))
    order = list(styles)
    used = sorted(used, key=lambda name: (order.index(name) if name in order else 99, name))
    return [
        {"id": name, "zh": names[name][0], "en": _capitalise(names[name][1]), **styles.get(name, styles["Thing"])}
        for name in used
    ]


def _capitalise(name: str) -> str:
    """Begin a name as a heading does; the ontology writes class names in lower case."""
    return name[:1].upper() + name[1:]


def _to_options() -> dict[str, object]:
    """Take pyvis's options for vis-network, with physics off: the places are computed already."""
    from pyvis.network import Network as Options

    network = Options(directed=False)
    network.toggle_physics(False)
    network.toggle_hide_edges_on_drag(False)
    network.toggle_drag_nodes(True)
    network.inherit_edge_colors(False)
    options: dict[str, object] = json.loads(network.options.to_json())
    del options["configure"]
    options["edges"] = {"smooth": False}  # straight lines: no support nodes, so 18,000 of them are drawn
    return options
