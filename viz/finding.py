"""What the search box of a report knows: the names of everything, and the words that a direction is about.

In: an `Atlas`. Out: rows of plain values, written as a script that a page loads by its name, for a page opened
from a disk may fetch nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from viz.atlas import KINDS, Atlas
from viz.excerpts import tidy
from viz.html import to_script_json

__all__ = ["to_index"]

_LONGEST = 90


def to_index(atlas: Atlas) -> str:
    """Return the script: it hands kind, both names, path, weight and further words of each thing to the page."""
    return f"window.zhinanIndex({to_script_json(list(_iter_rows(atlas)))});\n"


def _iter_rows(atlas: Atlas) -> Iterator[list[object]]:
    facts = atlas.facts
    for kind in KINDS:
        for thing in atlas.things(kind):
            if kind == "direction":
                entry = atlas.entries[thing]
                title = f"{entry.number} {entry.title}"
                year = f" {entry.year}" if entry.year else ""
                yield [kind, title, title, atlas.paths[thing], 1, list(_iter_words(atlas, thing)), year.strip()]
                continue
            name = facts.name(thing)
            weight = len(atlas.select(kind, thing))
            yield [kind, name.zh, name.en, atlas.paths[thing], weight, list(_iter_other_names(atlas, thing)), ""]
    for document, path in atlas.sources.items():
        yield ["source", facts.documents[document].file, facts.documents[document].file, path, 1, [document], ""]


def _iter_other_names(atlas: Atlas, thing: str) -> Iterator[str]:
    if code := atlas.facts.text(thing, "skos:notation"):
        yield code
    for term in atlas.facts.names.get(thing, {}).get("skos:altLabel", ()):
        yield getattr(term, "value", "")


def _iter_words(atlas: Atlas, direction: str) -> Iterator[str]:
    """Yield what a direction is about: keywords, topics, indicators, contacts."""
    facts = atlas.facts
    for property_ in ("zn:keyword", "zn:topic", "zn:indicator", "zn:contact"):
        for thing in facts.links(direction, property_):
            yield tidy(facts.name(thing).zh)[:_LONGEST]
            for part in facts.links(thing, "zn:subtopic"):
                yield tidy(facts.name(part).zh)[:_LONGEST]
