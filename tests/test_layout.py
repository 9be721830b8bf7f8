"""Promises of a layout: the same places every time, nothing on top of anything, the trunk of a tree inside."""

from __future__ import annotations

import hashlib
import itertools
import math
import os
import random
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

from viz.layout import place
from viz.network import Network

ROOT = Path(__file__).resolve().parent.parent


def two_parts(nodes: int = 60) -> Network:
    """A ring with chords, and beside it a chain of three."""
    network: Network = nx.MultiDiGraph()
    network.add_nodes_from((f"n{i:03}" for i in range(nodes)), weight=1)
    network.add_nodes_from(("x1", "x2", "x3"), weight=3)
    for i in range(nodes):
        network.add_edge(f"n{i:03}", f"n{(i + 1) % nodes:03}", key="field", weight=1)
        network.add_edge(f"n{i:03}", f"n{i * 7 % nodes:03}", key="field", weight=2)
    network.add_edge("x1", "x2", key="field", weight=1)
    network.add_edge("x2", "x3", key="field", weight=1)
    return network


def tree() -> Network:
    """A root with ten numbered parts; the first has three parts of its own."""
    network: Network = nx.MultiDiGraph()
    network.add_node("root", weight=13, code="")
    for i in range(1, 11):
        network.add_node(f"part-{i}", weight=1, code=f"1.{i}")
        network.add_edge("root", f"part-{i}", key="hasPart", weight=1)
    for i in range(1, 4):
        network.add_node(f"leaf-{i}", weight=1, code=f"1.1.{i}")
        network.add_edge("part-1", f"leaf-{i}", key="hasPart", weight=1)
    return network


def places(network: Network) -> dict[str, tuple[int, int]]:
    return {node: (data["x"], data["y"]) for node, data in network.nodes(data=True)}


def fingerprint() -> str:
    both = [sorted(places(place(network)).items()) for network in (two_parts(), two_parts(450), tree())]
    return hashlib.sha256(repr(both).encode()).hexdigest()


def test_places_are_whole_numbers_and_the_input_keeps_its_own() -> None:
    network = two_parts()
    placed = place(network)
    assert all(type(value) is int for pair in places(placed).values() for value in pair)
    assert not any("x" in data for _, data in network.nodes(data=True))


def test_the_same_network_gets_the_same_places_in_every_process() -> None:
    code = "import tests.test_layout as t; print(t.fingerprint())"
    for hashseed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hashseed, "PYTHONPATH": str(ROOT)}
        done = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, capture_output=True, text=True)
        assert done.stdout.strip() == fingerprint(), done.stderr


def test_another_seed_gives_another_picture() -> None:
    network = two_parts(450)
    assert places(place(network, seed=1)) != places(place(network, seed=2))


def test_pythons_own_dice_are_left_alone() -> None:
    random.seed(5)
    state = random.getstate()
    place(two_parts())
    assert random.getstate() == state


@pytest.mark.parametrize("network", [two_parts(), tree()], ids=["spring", "tree"])
def test_no_two_nodes_lie_on_each_other(network: Network) -> None:
    gaps = [math.dist(a, b) for a, b in itertools.combinations(places(place(network)).values(), 2)]
    assert min(gaps) >= 15


def test_parts_that_are_not_linked_stand_apart() -> None:
    found = places(place(two_parts()))
    chain = {node: at for node, at in found.items() if node.startswith("x")}
    ring = {node: at for node, at in found.items() if node.startswith("n")}
    assert min(y for _, y in chain.values()) > max(y for _, y in ring.values()) or min(
        x for x, _ in chain.values()
    ) > max(x for x, _ in ring.values())


def test_a_tree_grows_outwards_in_the_order_of_its_numbers() -> None:
    placed = place(tree())
    found = places(placed)
    radius = {node: math.hypot(*at) for node, at in found.items()}
    assert radius["root"] < radius["part-2"] < radius["leaf-1"]
    turns = [(placed.nodes[f"part-{i}"]["angle"] + 90) % 360 for i in range(1, 11)]
    assert turns == sorted(turns), "1.10 comes after 1.9"


def test_a_part_with_two_wholes_is_still_a_tree() -> None:
    network = tree()
    network.add_node("second", weight=1, code="")
    network.add_edge("second", "part-1", key="hasPart", weight=1)
    placed = place(network)
    assert all("angle" in data for _, data in placed.nodes(data=True))


def test_a_single_node_has_a_place() -> None:
    network: Network = nx.MultiDiGraph()
    network.add_node("alone", weight=1)
    network.add_edge("alone", "alone", key="field", weight=1)
    assert places(place(network)) == {"alone": (0, 0)}
