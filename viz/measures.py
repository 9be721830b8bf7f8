"""A network in, what graph theory says of each of its nodes out: degree, betweenness, community.

Numbers are of the undirected graph without loops in which two nodes are linked once. The same network gives the
same numbers in every process. Knows nothing of places and pages.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from viz.network import Network

Weights: TypeAlias = dict[tuple[int, int], float]

SMALL = 1000  # nodes; up to here by networkx, beyond by igraph, which needs a fortieth of the time
MOST = 20_000_000  # nodes × links; beyond it betweenness takes seconds and is left out


@dataclass(frozen=True, slots=True)
class Measure:
    """`degree` counts neighbours; `betweenness` is between 0 and 1, None where the network is too large for it;
    `community` counts from 0, the largest first.
    """

    degree: int
    betweenness: float | None
    community: int


def measure(network: Network, *, seed: int = 7) -> dict[str, Measure]:
    """Measure every node; communities are Louvain's, links weighted by directions."""
    nodes = sorted(network)
    weights = _simplify(network, nodes)
    between, parts = (_by_networkx if len(nodes) <= SMALL else _by_igraph)(len(nodes), weights, seed)
    community = {node: place for place, part in enumerate(_order(parts)) for node in part}
    degrees = Counter(chain.from_iterable(weights))
    return {
        name: Measure(
            degree=degrees[node],
            betweenness=None if between is None else round(between[node], 4),
            community=community[node],
        )
        for node, name in enumerate(nodes)
    }


def _simplify(network: Network, nodes: list[str]) -> Weights:
    """Number the nodes in the order of their IRIs, for sets of numbers have the same order in every process."""
    numbers = {node: place for place, node in enumerate(nodes)}
    weights: Weights = {}
    for start, end, weight in network.edges(data="weight", default=1):
        one, other = numbers[start], numbers[end]
        if one != other:
            pair = min(one, other), max(one, other)
            weights[pair] = weights.get(pair, 0.0) + float(weight)
    return dict(sorted(weights.items()))


def _by_networkx(size: int, weights: Weights, seed: int) -> tuple[list[float] | None, list[set[int]]]:
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    between = nx.betweenness_centrality(graph)
    parts = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return [between[node] for node in range(len(between))], [set(part) for part in parts]


def _by_igraph(size: int, weights: Weights, seed: int) -> tuple[list[float] | None, list[set[int]]]:
    import igraph

    graph = igraph.Graph(n=size, edges=list(weights))
    igraph.set_random_number_generator(random.Random(seed))
    parts = graph.community_multilevel(weights=list(weights.values()))
    igraph.set_random_number_generator(random)  # as igraph sets it itself at import
    between = None
    if size * len(weights) <= MOST:
        pairs = (size - 1) * (size - 2) / 2
        between = [float(value) / pairs for value in graph.betweenness()]
    return between, [set(part) for part in parts]


def _order(parts: Iterable[set[int]]) -> list[set[int]]:
    """Set the largest first; among equals the one with the first node."""
    return sorted(parts, key=lambda part: (-len(part), min(part)))
