"""Promises of measures: the numbers of graph theory, the same in every process, by whichever library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from viz import measures
from viz.measures import measure
from viz.network import Network

ROOT = Path(__file__).resolve().parent.parent


def barbell() -> Network:
    """Two groups of four, each linked throughout, with one bridge between a3 and b0."""
    network: Network = nx.MultiDiGraph()
    network.add_nodes_from(f"{side}{i}" for side in "ba" for i in range(4))
    for side in "ab":
        for i in range(4):
            for j in range(i):
                network.add_edge(f"{side}{i}", f"{side}{j}", key="field", weight=2)
    network.add_edge("a3", "b0", key="field", weight=1)
    network.add_edge("b0", "a3", key="agency", weight=1)
    network.add_edge("a0", "a0", key="field", weight=5)
    return network


def fingerprint() -> str:
    return repr(sorted(measure(barbell()).items()))


def test_degree_counts_neighbours_once_and_not_the_node_itself() -> None:
    found = measure(barbell())
    assert {node: found[node].degree for node in ("a0", "a3", "b0")} == {"a0": 3, "a3": 4, "b0": 4}


def test_betweenness_is_that_of_the_bridge() -> None:
    found = measure(barbell())
    assert found["a0"].betweenness == 0
    assert found["a3"].betweenness == pytest.approx(12 / 21, abs=1e-4)


def test_communities_are_the_two_groups() -> None:
    found = measure(barbell())
    assert {node[0]: {found[f"{node[0]}{i}"].community for i in range(4)} for node in found} == {"a": {0}, "b": {1}}


def test_both_libraries_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    by_networkx = measure(barbell())
    monkeypatch.setattr(measures, "SMALL", 0)
    assert measure(barbell()) == by_networkx
    monkeypatch.setattr(measures, "MOST", 0)
    assert {one.betweenness for one in measure(barbell()).values()} == {None}


def test_every_process_measures_the_same() -> None:
    code = "import tests.test_network_measures as t; print(t.fingerprint())"
    for hashseed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hashseed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True)
        assert done.stdout.strip() == fingerprint(), done.stderr


def test_the_smallest_networks_have_measures() -> None:
    network: Network = nx.MultiDiGraph()
    network.add_node("alone")
    assert measure(network)["alone"].degree == 0
    network.add_edge("alone", "other", key="field", weight=1)
    assert measure(network)["other"].degree == 1
