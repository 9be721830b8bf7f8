"""The neighbours of a thing as three columns of names with strands between them, ready to be drawn.

In: an `Atlas` and a thing. Out: `Strands`: dots, labels and curves in whole pixels. Columns never let two labels meet,
whatever their length, which a spring layout of so many long names does. Knows no SVG.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from viz.atlas import Atlas, Entry, Link
from viz.facts import Name

__all__ = ["Dot", "Strand", "Strands", "draw_neighbours"]

WIDTH = 1180
ROW = 30
TOP = 18
LETTER = 13.5
"""Pixels: the width of a Chinese character."""
_MOST = 14
"""Names in a column; a column of directions that would be longer is drawn as the thing itself."""
_COLUMNS = (335, 590, 845)
"""Where the dots stand; the labels of the first column end there, those of the last begin."""
_WIDEST = {"left": 23.0, "middle": 17.0, "right": 23.0}
"""Widths of labels, in Chinese characters."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A name at a place; `anchor` is SVG's text-anchor, `full` is the name that was shortened."""

    x: int
    y: int
    radius: int
    kind: str
    label: Name
    full: Name
    href: str
    side: str
    half: int
    """Half the width of a label in the middle, in pixels."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A curve between two dots, as an SVG path."""

    path: str
    width: float


@dataclass(frozen=True, slots=True)
class Strands:
    """A drawing of so many pixels; `kinds` are in it, `left_out` names had no room."""

    width: int
    height: int
    dots: tuple[Dot, ...]
    strands: tuple[Strand, ...]
    kinds: tuple[str, ...]
    left_out: int


_WEIGHTS = {"agreement": 3.0, "partner": 3.0, "agency": 1.5, "keyword": 1.5, "field": 0.6}
"""How much it tells that two directions share a thing of a kind, before its rarity."""
_LEAST = 0.2
"""Directions with less than this part of the best one's weight are no relations."""
_DRAWN = ("partner", "agreement", "agency", "field")
_Node = tuple[str, str]
"""The kind of a thing and its IRI."""


def draw_neighbours(atlas: Atlas, kind: str, thing: str) -> Strands | None:
    """Draw what a thing is linked with, through its directions; None where that is nothing."""
    entries = atlas.select(kind, thing) if kind != "direction" else (atlas.entries[thing],)
    if kind == "direction":
        columns, edges = _around_direction(atlas, entries[0])
    else:
        columns, edges = _around_thing(kind, thing, entries)
    return _draw(atlas, columns, edges) if edges else None


def _around_thing(
    kind: str, thing: str, entries: Sequence[Entry]
) -> tuple[list[list[_Node]], Counter[tuple[_Node, _Node]]]:
    """Put what its directions share on either side of them; of the thing itself where they are too many."""
    edges: Counter[tuple[_Node, _Node]] = Counter()
    left_kinds = [one for one in ("partner", "agreement", "agency") if one != kind]
    for entry in entries:
        middle = ("direction", entry.iri) if len(entries) <= _MOST else (kind, thing)
        shares = entry.names
        for one in left_kinds:
            edges.update(((one, iri), middle) for iri in shares[one])
        edges.update((middle, ("field", iri)) for iri in shares["field"] if iri != thing)
    middles = [("direction", entry.iri) for entry in entries] if len(entries) <= _MOST else [(kind, thing)]
    return [_ends(edges, 0, middles), middles, _ends(edges, 1, middles)], edges


def _around_direction(atlas: Atlas, entry: Entry) -> tuple[list[list[_Node]], Counter[tuple[_Node, _Node]]]:
    """Put what a direction names in the middle, and the directions that name the rarest of it on the right."""
    own: _Node = ("direction", entry.iri)
    named = [(kind, iri) for kind in _DRAWN for iri in entry.names[kind]][:_MOST]
    edges: Counter[tuple[_Node, _Node]] = Counter({(own, node): 1 for node in named})
    for other, shared in find_related(atlas, entry, most=10):
        edges.update((node, ("direction", other.iri)) for node in shared if node in named)
    return [[own], named, _ends(edges, 1, named)], edges


def find_related(atlas: Atlas, entry: Entry, *, most: int) -> list[tuple[Entry, tuple[_Node, ...]]]:
    """Return the directions that share the most with one, what is rare counting more, and what they share."""
    named = {(kind, iri) for kind, iris in entry.names.items() for iri in iris}
    weights: dict[str, float] = {}
    found: dict[str, list[_Node]] = {}
    for node in sorted(named):
        others = [iri for iri in atlas.naming.get(node, ()) if iri != entry.iri]
        weight = _WEIGHTS[node[0]] * math.log(2 * len(atlas.entries) / max(len(others), 1))
        for iri in others:
            weights[iri] = weights.get(iri, 0.0) + weight
            found.setdefault(iri, []).append(node)
    places = {iri: place for place, iri in enumerate(atlas.entries)}
    least = _LEAST * max(weights.values(), default=0.0)
    near = [iri for iri in found if weights[iri] >= least]
    best = sorted(near, key=lambda iri: (-round(weights[iri], 9), places[iri]))[:most]
    return [(atlas.entries[iri], tuple(found[iri])) for iri in best]


def _ends(edges: Counter[tuple[_Node, _Node]], end: int, middles: Sequence[_Node]) -> list[_Node]:
    """Return the nodes at one end of the edges, in the order of the places of what they are linked with."""
    places = {node: place for place, node in enumerate(middles)}
    linked: dict[_Node, list[int]] = {}
    weights: Counter[_Node] = Counter()
    for pair, count in edges.items():
        if pair[1 - end] in places:
            linked.setdefault(pair[end], []).append(places[pair[1 - end]])
            weights[pair[end]] += count
    return sorted(linked, key=lambda node: (sum(linked[node]) / len(linked[node]), -weights[node], node))


def _draw(atlas: Atlas, columns: list[list[_Node]], edges: Counter[tuple[_Node, _Node]]) -> Strands:
    weights: Counter[_Node] = Counter()
    for (start, end), count in edges.items():
        weights[start] += count
        weights[end] += count
    kept = [_keep(column, weights) for column in columns]
    height = max(len(column) for column in kept) * ROW + 2 * TOP
    dots = {}
    for x, side, column in zip(_COLUMNS, ("left", "middle", "right"), kept, strict=True):
        first = (height - len(column) * ROW) // 2 + ROW // 2
        for place, node in enumerate(column):
            dots[node, side] = _to_dot(atlas, node, (x, first + place * ROW), side, weights[node])
    most = max(edges.values())
    strands = []
    for (start, end), count in sorted(edges.items()):
        for sides in (("left", "middle"), ("middle", "right")):
            one, other = dots.get((start, sides[0])), dots.get((end, sides[1]))
            if one and other:
                strands.append(_to_strand(one, other, count / most))
    kinds = tuple(dict.fromkeys(node[0] for column in kept for node in column))
    return Strands(WIDTH, height, tuple(dots.values()), tuple(strands), kinds, sum(map(len, columns)) - len(dots))


def _keep(column: list[_Node], weights: Counter[_Node]) -> list[_Node]:
    """Keep the heaviest names of a column that is too long, in their order."""
    heaviest = set(sorted(column, key=lambda node: (-weights[node], node))[:_MOST])
    return [node for node in column if node in heaviest]


def _to_dot(atlas: Atlas, node: _Node, place: tuple[int, int], side: str, weight: int) -> Dot:
    kind, iri = node
    if kind == "direction":
        entry = atlas.entries[iri]
        short = f"{entry.year or ''} {entry.number}".strip() if side == "middle" else f"{entry.number} {entry.title}"
        name, full = Name(short, short), Name(f"{entry.number} {entry.title}", f"{entry.number} {entry.title}")
        if side == "right" and entry.year:
            name = Name(f"{entry.year} · {short}", f"{entry.year} · {short}")
        link = Link(full, atlas.paths[iri])
    else:
        link = atlas.link(iri)
        name = full = link.name
    label = Name(_shorten(name.zh, _WIDEST[side]), _shorten(name.en, _WIDEST[side]))
    half = round(max(measure(label.zh), measure(label.en)) * LETTER / 2) + 14
    return Dot(*place, min(5 + weight // 2, 9), kind, label, full, link.href, side, half)


def _to_strand(one: Dot, other: Dot, share: float) -> Strand:
    half = (one.x + other.x) // 2
    return Strand(f"M{one.x} {one.y}C{half} {one.y} {half} {other.y} {other.x} {other.y}", round(1.4 + 3.1 * share, 1))


def _shorten(text: str, widest: float) -> str:
    """Cut a label to a width in Chinese characters; a Latin letter is about half of one."""
    if measure(text) <= widest:
        return text
    kept = text
    while kept and measure(kept) > widest - 1:
        kept = kept[:-1]
    return kept.rstrip(" ，、,·") + "…"


@cache  # the same names stand on many pages
def measure(text: str) -> float:
    """Return the width of a text in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.56 for character in text)
