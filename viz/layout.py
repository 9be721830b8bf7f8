"""A network in, the same network with a place for every node out: x, y, and for trees an angle.

The same network and seed give the same whole numbers. Knows nothing of pages: a unit is a pixel at
zoom 1. Trees (every edge a dcterms:hasPart) become rings, everything else a spring layout, one part at a time.
"""

from __future__ import annotations

import math
import random
import re
from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from viz.network import Network

SPACE = 92.0  # what one node takes up, across
RING = 175.0  # from one ring of a tree to the next
LEAF = 19.0  # from one leaf to the next, along its ring
SMALL = 400  # up to here by Kamada–Kawai, which shows distances best but takes the cube of the nodes
PUSHED = 1500  # up to here nodes that overlap are pushed apart; beyond it would take seconds
STEPS = 400_000  # nodes × rounds of the spring layout, for what is too large for Kamada–Kawai

Point = tuple[float, float]


def place(network: Network, *, seed: int = 7) -> Network:
    """Give every node whole-number x and y; nodes of a tree also get `angle`, in degrees."""
    placed = network.copy()
    if _is_tree(network):
        for node, (radius, turn) in _ring_tree(network).items():
            placed.nodes[node]["x"] = round(radius * math.cos(turn))
            placed.nodes[node]["y"] = round(radius * math.sin(turn))
            placed.nodes[node]["angle"] = round(math.degrees(turn)) % 360
        return placed
    for node, (x, y) in _spring(network, seed).items():
        placed.nodes[node]["x"] = round(x)
        placed.nodes[node]["y"] = round(y)
    return placed


def _is_tree(network: Network) -> bool:
    """Tell whether all links say part of; a part with two wholes is still drawn as a tree."""
    return all(key == "hasPart" for *_, key in network.edges(keys=True)) and (nx.is_directed_acyclic_graph(network))


def _ring_tree(network: Network) -> dict[str, tuple[float, float]]:
    """Place a tree on rings by depth: node -> (radius, turn in radians); leaves share the circle evenly."""
    children, depth = _grow_tree(network)
    roots = [node for node, level in depth.items() if level == 0]
    leaves: list[str] = []
    span: dict[str, tuple[int, int]] = {}

    def walk(node: str) -> None:
        first = len(leaves)
        for child in children[node]:
            walk(child)
        if not children[node]:
            leaves.append(node)
        span[node] = (first, len(leaves))

    for root in roots:
        walk(root)
    first_ring = 0.0 if len(roots) == 1 else RING * 0.7
    crowded = max((len(leaves) * LEAF / math.tau / max(depth.values(), default=1)), 0.0)
    ring = max(RING, crowded)
    turn_of = math.tau / max(1, len(leaves))
    return {
        node: (first_ring + ring * depth[node], (start + end - 1) / 2 * turn_of - math.pi / 2)
        for node, (start, end) in span.items()
    }


def _grow_tree(network: Network) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Give each node one parent, the first in order, and its depth below a root."""
    order = sorted(network, key=lambda node: _sort_key(network, node))
    children: dict[str, list[str]] = {node: [] for node in order}
    depth = {node: 0 for node in order if network.in_degree(node) == 0}
    queue = list(depth)
    for node in queue:
        for child in sorted(set(network.successors(node)), key=lambda n: _sort_key(network, n)):
            if child not in depth:
                depth[child] = depth[node] + 1
                children[node].append(child)
                queue.append(child)
    return children, depth


def _sort_key(network: Network, node: str) -> tuple[int, int, list[tuple[int, str]], str]:
    """Order by year, place in the document, number ("1.9" before "1.10"), IRI."""
    data = network.nodes[node]
    parts = re.findall(r"[0-9]+|[^0-9]+", str(data.get("code", "")))
    number = [(int(part), "") if part.isdigit() else (-1, part) for part in parts]
    return data.get("year") or 0, data.get("position") or 0, number, node


def _spring(network: Network, seed: int) -> dict[str, Point]:
    """Lay out each connected part by itself and set the parts side by side, the largest first."""
    parts = sorted(nx.weakly_connected_components(network), key=lambda part: (-len(part), min(part)))
    radii = _radii(network)
    boxes: list[tuple[float, float, dict[str, Point]]] = []
    for part in parts:
        places = _push_apart(_spring_part(network, sorted(part), seed), radii)
        left = min(x for x, _ in places.values())
        top = min(y for _, y in places.values())
        width = max(x for x, _ in places.values()) - left + SPACE * 1.4
        height = max(y for _, y in places.values()) - top + SPACE
        moved = {node: (x - left, y - top) for node, (x, y) in places.items()}
        boxes.append((width, height, moved))
    return _shelve(boxes)


def _spring_part(network: Network, nodes: list[str], seed: int) -> dict[str, Point]:
    """Lay out one connected part with igraph (Fruchterman–Reingold), scaled to SPACE a node."""
    import igraph

    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    index = {node: place for place, node in enumerate(nodes)}
    pairs: dict[tuple[int, int], float] = {}
    for start, end, data in network.edges(nodes, data=True):
        if start != end:
            pair = min(index[start], index[end]), max(index[start], index[end])
            pairs[pair] = pairs.get(pair, 0.0) + float(data["weight"])
    graph = igraph.Graph(n=len(nodes), edges=sorted(pairs))
    dice = random.Random(seed)
    side = math.sqrt(len(nodes))
    start_places = [(dice.uniform(-side, side), dice.uniform(-side, side)) for _ in nodes]
    igraph.set_random_number_generator(dice)
    if len(nodes) <= SMALL:
        layout = graph.layout_kamada_kawai(seed=start_places, maxiter=50 * len(nodes))
    else:
        weights = [math.sqrt(pairs[pair]) for pair in sorted(pairs)]
        rounds = max(40, min(500, STEPS // len(nodes)))
        layout = graph.layout_fruchterman_reingold(weights=weights, niter=rounds, seed=start_places, grid="auto")
    igraph.set_random_number_generator(random)  # as igraph sets it itself at import
    return _scale(nodes, [(float(x), float(y)) for x, y in layout.coords])


def _scale(nodes: list[str], places: list[Point]) -> dict[str, Point]:
    """Stretch to SPACE × SPACE a node and lay the longer side flat: screens are wide."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if height > width:
        places = [(y, x) for x, y in places]
        width, height = height, width
    area = max(width, 1e-9) * max(height, width / 2, 1e-9)
    factor = SPACE * math.sqrt(len(nodes) * 1.6 / area)
    return {node: (x * factor, y * factor) for node, (x, y) in zip(nodes, places, strict=True)}


def _radii(network: Network) -> dict[str, float]:
    """Say how much room each node wants around it, by its weight."""
    weights = {node: float(data["weight"]) for node, data in network.nodes(data=True)}
    most = max(weights.values())
    return {node: 16.0 + 24.0 * math.sqrt(weight / most) for node, weight in weights.items()}


def _push_apart(places: dict[str, Point], radii: dict[str, float]) -> dict[str, Point]:
    """Move nodes that overlap away from each other, a little at a time, always in the same order."""
    if len(places) > PUSHED:
        return places
    nodes = sorted(places)
    xy = [list(places[node]) for node in nodes]
    for _ in range(40):
        moved = False
        for i, here in enumerate(xy):
            for j in range(i):
                there = xy[j]
                dx, dy = here[0] - there[0], here[1] - there[1]
                wanted = radii[nodes[i]] + radii[nodes[j]]
                if abs(dx) >= wanted or abs(dy) >= wanted:
                    continue
                distance = math.sqrt(dx * dx + dy * dy)
                if distance >= wanted:
                    continue
                moved = True
                if distance < 1e-6:
                    dx, dy, distance = 1.0, 0.0, 1.0
                step = (wanted - distance) / 2
                here[0] += dx / distance * step
                here[1] += dy / distance * step
                there[0] -= dx / distance * step
                there[1] -= dy / distance * step
        if not moved:
            break
    return {node: (x, y) for node, (x, y) in zip(nodes, xy, strict=True)}


def _shelve(boxes: list[tuple[float, float, dict[str, Point]]]) -> dict[str, Point]:
    """Set boxes in rows, as books on shelves, the whole about 1.6 times as wide as high."""
    total = sum(width * height for width, height, _ in boxes)
    limit = max([math.sqrt(total * 1.6), *(width for width, _, _ in boxes)])
    places: dict[str, Point] = {}
    left = top = shelf = 0.0
    for width, height, inside in boxes:
        if left and left + width > limit:
            left, top, shelf = 0.0, top + shelf, 0.0
        for node, (x, y) in inside.items():
            places[node] = (left + x, top + y)
        left, shelf = left + width, max(shelf, height)
    return places
