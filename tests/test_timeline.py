"""Promises of the years: a call stands in the column of its year, above what rests on it, and nothing covers anything."""

from __future__ import annotations

import itertools

import networkx as nx

from viz.network import Network
from viz.timeline import place_years


def agreements() -> Network:
    """Three calls, of which one has no year; four agreements, one of them used twice; two partners."""
    network: Network = nx.MultiDiGraph()
    for call, year in (("c1", 2019), ("c2", 2021), ("c3", None)):
        network.add_node(call, **{"class": "Call"}, year=year, weight=1, label_zh=call)
    for node in ("a1", "a2", "a3", "a4"):
        network.add_node(node, **{"class": "Agreement"}, year=2002, weight=1, label_zh=node)
    for node in ("p1", "p2"):
        network.add_node(node, **{"class": "Country"}, year=None, weight=2, label_zh=node)
    for start, end in (("a1", "c1"), ("a1", "c2"), ("a2", "c2"), ("a3", "c2"), ("a4", "c3")):
        network.add_edge(start, end, key="underAgreement", weight=1)
    for start, end in (("p1", "a2"), ("p2", "a1"), ("p2", "a4")):
        network.add_edge(start, end, key="partner", weight=1)
    return network


def test_columns_are_the_years_of_the_calls_in_order() -> None:
    placed = place_years(agreements())
    x = {node: data["x"] for node, data in placed.nodes(data=True)}
    assert x["p1"] == x["p2"] < x["a1"] < x["a2"] == x["a3"] < x["a4"]
    assert [year for _, year in placed.graph["axis"]] == [2019, 2021, None]
    assert [place for place, _ in placed.graph["axis"]] == sorted(place for place, _ in placed.graph["axis"])
    assert x["a1"] < x["c1"] < x["a2"] < x["c2"] < x["a4"] < x["c3"]


def test_calls_stand_above_what_rests_on_them() -> None:
    placed = place_years(agreements())
    heights = {node: data["y"] for node, data in placed.nodes(data=True)}
    assert max(heights[call] for call in ("c1", "c2", "c3")) < min(heights[node] for node in ("a1", "a2", "a3", "a4"))


def test_no_two_stand_on_one_spot_and_the_input_keeps_its_own() -> None:
    network = agreements()
    places = [(data["x"], data["y"]) for _, data in place_years(network).nodes(data=True)]
    assert all(isinstance(value, int) for pair in places for value in pair)
    assert all(one != other for one, other in itertools.combinations(places, 2))
    assert not any("x" in data for _, data in network.nodes(data=True))
