"""A network in, the same network laid out along the years out: calls above their year, what rests on them below.

A column is a year of calls; a node without a year of its own stands in the column of the first call that it is
linked with. What is linked with no call stands in a column to the left. Nothing is drawn by chance.
"""

from __future__ import annotations

from collections import defaultdict
from statistics import fmean
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viz.network import Network

COLUMN = 620  # across one year, at least
ROW = 40  # from one node to the next below it
UNDATED = 9999


def place_years(network: Network) -> Network:
    """Give every node whole-number x and y; graph["axis"] lists (x, year), year None for calls without one."""
    placed = network.copy()
    calls = {node for node, data in network.nodes(data=True) if data["class"] == "Call"}
    columns = _to_columns(network, calls)
    years = sorted({year for year in columns.values() if year is not None})
    height = ROW * max((list(columns.values()).count(year) for year in {*columns.values()}), default=1)
    wide = max(COLUMN, round(height * 0.55))
    rows: dict[str, float] = {}
    for column, year in enumerate([None, *years]):
        inside = [node for node in columns if columns[node] == year and node not in calls]
        inside.sort(key=lambda node: _to_rank(network, node, rows))
        step = height / max(1, len(inside))
        for place, node in enumerate(inside):
            rows[node] = (place + 0.5) * step
            placed.nodes[node].update(x=column * wide, y=round(rows[node]))
        above = sorted(node for node in calls if columns[node] == year)
        for place, node in enumerate(above):
            aside = (place + 0.5) / len(above) * 0.6  # off the column, so that its lines do not run over its nodes
            placed.nodes[node].update(x=round((column + aside) * wide), y=-2 * ROW)
    placed.graph["axis"] = [
        (round((place + 1.3) * wide), None if year == UNDATED else year) for place, year in enumerate(years)
    ]
    return placed


def _to_columns(network: Network, calls: set[str]) -> dict[str, int | None]:
    """Say of each node in which year's column it stands, in the order of the IRIs."""
    found: dict[str, set[int]] = defaultdict(set)
    for start, end in network.edges(keys=False):
        for node, other in ((start, end), (end, start)):
            if other in calls and node not in calls:
                found[node].add(network.nodes[other]["year"] or UNDATED)
    return {
        node: (network.nodes[node]["year"] or UNDATED) if node in calls else min(found[node], default=None)
        for node in sorted(network)
    }


def _to_rank(network: Network, node: str, rows: dict[str, float]) -> tuple[float, int, str, str]:
    """Order by the rows of the neighbours that stand already, else by name; heavy ones first among equals."""
    near = {other for pair in (network.predecessors(node), network.successors(node)) for other in pair}
    known = [rows[other] for other in sorted(near) if other in rows]
    data = network.nodes[node]
    return fmean(known) if known else 0.0, -int(data["weight"]), str(data["label_zh"]), node
