"""What is said of each subject: pairs of predicate and object, or a row of a form.

In: statements, or rows. Out: the same by graph and subject, which is how both N-Quads and TriG are
written. Claims and source ranges all look alike; a form writes them several times faster than
statement by statement. This module does not know what any statement means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg_build.statements import Statement

__all__ = ["Description", "Descriptions", "Form", "Graphs", "Pair", "count_pairs", "group", "iter_statements"]

Pair = tuple[str, str]
"""A predicate and an object."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Predicates that are said together of every thing of a kind, each once.

    A row has the objects of `predicates`, in their order; `fixed` is the same of every thing.
    """

    predicates: tuple[str, ...]
    fixed: tuple[Pair, ...] = ()

    def slots(self) -> list[Pair]:
        """Return sorted pairs in which `{1}`, `{2}` … stand for the objects of a row."""
        own = [(predicate, f"{{{place}}}") for place, predicate in enumerate(self.predicates, start=1)]
        return sorted([*own, *self.fixed])


Row = tuple[Form, tuple[str, ...]]
Description = dict[Pair, None] | Row
Descriptions = dict[str, Description]
Graphs = dict[str, Descriptions]
"""By the graph's name, `""` for the default graph, what is said of each subject."""


def group(statements: Iterable[Statement]) -> Graphs:
    """Gather statements by graph and subject; one that comes twice is kept once."""
    graphs: dict[str, dict[str, dict[Pair, None]]] = {}
    for graph, subject, predicate, object_ in statements:
        graphs.setdefault(graph, {}).setdefault(subject, {})[predicate, object_] = None
    return {graph: dict(descriptions) for graph, descriptions in graphs.items()}


def iter_statements(graphs: Graphs) -> Iterator[Statement]:
    """Yield every statement once, in no promised order."""
    for graph, descriptions in graphs.items():
        for subject, description in descriptions.items():
            for predicate, object_ in _iter_pairs(description):
                yield Statement(graph, subject, predicate, object_)


def count_pairs(descriptions: Iterable[Description]) -> int:
    """Count the statements of descriptions."""
    return sum(
        len(description) if isinstance(description, dict) else len(description[1]) + len(description[0].fixed)
        for description in descriptions
    )


def _iter_pairs(description: Description) -> Iterator[Pair]:
    if isinstance(description, dict):
        yield from description
        return
    form, objects = description
    yield from zip(form.predicates, objects, strict=True)
    yield from form.fixed
