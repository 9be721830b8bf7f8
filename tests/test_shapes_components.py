"""Every single demand of every shape is broken once: the demand itself is found, and nothing but its path is blamed.

The faults are made from the demands: a copy of a good thing, with values of the path that break this demand.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest

from kg_build.constraints import Constraint, Shape, read_shapes
from kg_build.faults import find_faults, to_fault_queries
from kg_build.merged import read_merged
from kg_build.shapes import check
from kg_build.statements import Statement, to_decimal, to_integer, to_iri, to_string
from ontology.vocabulary import BASE, FOLDER
from tests.test_faults import SHAPES, folder, read_statements, statements, write_trig
from tests.test_shapes_fixtures import GOOD

__all__ = ["folder", "statements"]

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
NOWHERE = to_iri(BASE + "nowhere")
NEVER = {"IRIOrLiteral"}
"""Kinds of node that nothing breaks in a graph without blank nodes."""
OTHER_PATH = {"lessThan", "lessThanOrEquals"}


class Fault(NamedTuple):
    """A demand that is broken, and the terms that break it."""

    shape: Shape
    constraint: Constraint
    terms: tuple[str, ...]

    @property
    def path(self) -> str:
        return "|".join(step[1:-1].replace("#", "/").rpartition("/")[2] for step in self.shape.path)


def spoil(constraint: Constraint, held: list[str]) -> tuple[str, ...]:
    """Return values that break a demand; `held` are those of the good thing."""
    (term,) = constraint.terms[:1] or ("",)
    digits = re.match(r'"([0-9.]+)"\^\^', term)
    number = float(digits[1]) if digits else 0
    match constraint.name:
        case "minCount":
            return ()
        case "maxCount":
            return (*held, *(to_string(f"more {place}") for place in range(int(number) + 1)))
        case "minInclusive" | "minExclusive":
            return (to_integer(int(number) - 1) if number == int(number) else to_decimal(number - 1),)
        case "maxInclusive":
            return (to_integer(int(number) + 1),)
        case "lessThan" | "lessThanOrEquals":
            return (to_integer(10**9),)
        case "nodeKind":
            return (NOWHERE,) if term.endswith("Literal>") else (to_string("no IRI"),)
        case "class" | "or":
            return (NOWHERE,)
        case "datatype":
            return ('"1"^^<http://www.w3.org/2001/XMLSchema#gYear>',)
        case "languageIn":
            return (to_string("rien", "fr"),)
        case "uniqueLang":
            return (*held, to_string("又一个", "zh"), to_string("再一个", "zh"))
        case "maxLength":
            return (to_string("长" * (int(number) + 1), "zh"),)
        case "minLength" | "pattern" | "in":
            return (to_string("" if constraint.name == "minLength" else " "),)
    raise AssertionError(constraint.name)


@cache
def good() -> dict[str, dict[str, list[str]]]:
    """Return what is said of each good thing: predicate → objects."""
    said: dict[str, dict[str, list[str]]] = {}
    for one in read_statements(GOOD.read_bytes()):
        said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)
    return said


def good_thing(shape: Shape, path: str) -> str:
    """Return a good thing of the class; one that has the path, if any has."""
    things = [thing for thing, about in good().items() if {*about[TYPE]} & {*shape.targets}]
    return max(things, key=lambda thing: path in good()[thing])


@cache
def faults() -> tuple[Fault, ...]:
    """Return a fault for each demand on values that can be broken."""
    found = []
    for shape in read_shapes(SHAPES):
        for part in shape.properties:
            held = good()[good_thing(shape, part.path[0])].get(part.path[0], [])
            for constraint in part.constraints:
                if not any(kind in "".join(constraint.terms) for kind in NEVER):
                    found.append(Fault(part, constraint, spoil(constraint, held)))
    return tuple(found)


def copies() -> list[Statement]:
    """Return a copy of a good thing for each fault, with it."""
    targets = {part: shape for shape in read_shapes(SHAPES) for part in shape.properties}
    told = []
    for number, fault in enumerate(faults()):
        copy = to_iri(f"{BASE}faulty/{number}")
        thing = good_thing(targets[fault.shape], fault.shape.path[0])
        for predicate, objects in good()[thing].items():
            kept = [] if predicate in fault.shape.path and predicate != TYPE else objects
            told += [Statement("", copy, predicate, term) for term in kept]
        told += [Statement("", copy, fault.shape.path[0], term) for term in fault.terms]
        if fault.path == "type" and fault.constraint.name == "minCount":
            told = [one for one in told if one.subject != copy or "selector" not in one.object.lower()]
    return told


@pytest.fixture(scope="module")
def broken(folder: Path) -> Path:
    """Return a graph folder with all faults."""
    write_trig(folder, [*read_statements(GOOD.read_bytes()), *copies()])
    return folder


def test_every_demand_is_found_broken_and_nothing_but_its_path_is_blamed(broken: Path) -> None:
    store, found = read_merged(broken / "graph.trig"), dict[str, set[tuple[str, str, str]]]()
    for query in to_fault_queries(read_shapes(SHAPES)):
        rows = store.query(query.text)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            blamed = {(query.shape.name, query.path, name) for name in row["components"].value.split()}
            found.setdefault(row["focus"].value, set()).update(blamed)
    wrong: list[object] = []
    for number, fault in enumerate(faults()):
        blamed = found.get(f"{BASE}faulty/{number}", set())
        if (fault.shape.name, fault.path, fault.constraint.component) not in blamed:
            wrong.append((number, fault.shape.name, fault.path, fault.constraint.component, blamed))
        paths = {path for shape, path, _ in blamed if shape == fault.shape.name}
        if paths != {fault.path} and not is_read_elsewhere(fault):
            wrong.append((number, fault.shape.name, fault.path, "blames", paths))
    assert wrong == []
    assert {name for name in found if "/faulty/" not in name} == set()


def is_read_elsewhere(fault: Fault) -> bool:
    """Say whether another property of the shape is compared with this one."""
    own = set(fault.shape.path)
    return any(
        constraint.name in OTHER_PATH and own & set(constraint.terms)
        for shape in read_shapes(SHAPES)
        for part in shape.properties
        for constraint in part.constraints
    )


def test_the_reference_finds_the_same(broken: Path) -> None:
    """But where a number is compared with what is none: pySHACL has an order of datatypes, SHACL calls that a fault."""
    found, reference = set(find_faults(broken)), set(check(broken))
    compared = {f"shapes.{fault.path}" for fault in faults() if fault.constraint.name in OTHER_PATH}
    assert reference <= found
    assert {one.rule for one in found - reference} <= compared
    assert len(found - reference) <= 3 < len(found) / 100


def test_there_are_as_many_demands_as_we_think() -> None:
    every = [one for shape in read_shapes(SHAPES) for part in shape.properties for one in part.constraints]
    assert len(every) - len(faults()) == 1
    assert len(faults()) > 400
    assert FOLDER / "shapes.ttl" == SHAPES
