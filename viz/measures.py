"""A network in, what graph theory says of each of its nodes out: degree, betweenness, community.

Numbers are of the undirected graph without loops in which two nodes are linked once. The same network gives the
same numbers in every process. Knows nothing of places and pages.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

    from viz.network import Network

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
    graph, nodes = _simplify(network)
    size = graph.number_of_nodes()
    between, parts = _by_networkx(graph, seed) if size <= SMALL else _by_igraph(graph, seed)
    community = {node: place for place, part in enumerate(_order(parts)) for node in part}
    return {
        name: Measure(
            degree=int(graph.degree(node)),
            betweenness=None if between is None else round(between[node], 4),
            community=community[node],
        )
        for node, name in enumerate(nodes)
    }


def _simplify(network: Network) -> tuple[nx.Graph[int], list[str]]:
    """Number the nodes in the order of their IRIs, for sets of numbers have the same order in every process."""
    import networkx as nx

    nodes = sorted(network)
    numbers = {node: place for place, node in enumerate(nodes)}
    weights: dict[tuple[int, int], float] = {}
    for start, end, weight in network.edges(data="weight", default=1):
        one, other = numbers[start], numbers[end]
        if one != other:
            pair = min(one, other), max(one, other)
            weights[pair] = weights.get(pair, 0.0) + float(weight)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(nodes)))
    graph.add_weighted_edges_from((one, other, weights[one, other]) for one, other in sorted(weights))
    return graph, nodes


def _by_networkx(graph: nx.Graph[int], seed: int) -> tuple[list[float] | None, list[set[int]]]:
    import networkx as nx

    between = nx.betweenness_centrality(graph)
    parts = nx.community.louvain_communities(graph, weight="weight", seed=seed)
    return [between[node] for node in range(len(between))], [set(part) for part in parts]


def _by_igraph(graph: nx.Graph[int], seed: int) -> tuple[list[float] | None, list[set[int]]]:
    import igraph

    size, links = graph.number_of_nodes(), graph.number_of_edges()
    same = igraph.Graph(n=size, edges=list(graph.edges()))
    igraph.set_random_number_generator(random.Random(seed))
    parts = same.community_multilevel(weights=[data["weight"] for *_, data in graph.edges(data=True)])
    igraph.set_random_number_generator(random)  # as igraph sets it itself at import
    between = None
    if size * links <= MOST:
        pairs = (size - 1) * (size - 2) / 2
        between = [float(value) / pairs for value in same.betweenness()]
    return between, [set(part) for part in parts]


def _order(parts: Iterable[set[int]]) -> list[set[int]]:
    """Set the largest first; among equals the one with the first node."""
    return sorted(parts, key=lambda part: (-len(part), min(part)))
