"""Which guide is the later edition of which: a final guide and the draft that was put up for comment.

In: what each call says of itself. Out: statements of `graph/links`. A link is stated only where all that
names a guide agrees and nothing else could be meant; a guide that leaves out its year has no link.
This module reads no text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from kg_build.iris import mint
from kg_build.records import Call
from kg_build.statements import Statement, to_iri
from ontology.vocabulary import BASE, read_terms

__all__ = ["GRAPH", "Edition", "link_revisions", "read_edition", "to_edition"]

GRAPH = BASE + "graph/links"

_STAGES = ("proposal", "draft", "final")
"""In the order in which a guide goes through them."""
_LAYOUT = re.compile(r"[\s《》〈〉“”‘’\"']+")
_GUIDE = "指南"


@dataclass(frozen=True, slots=True)
class Edition:
    """What a guide is an edition of. `title` is what stands before 指南, as behind it stands the stage."""

    document: str
    programmes: tuple[str, ...]
    year: int
    batch: int | None
    title: str
    sections: tuple[str, ...]
    stage: str

    @property
    def work(self) -> tuple[object, ...]:
        """Return what two editions of one guide have in common."""
        return self.programmes, self.year, self.batch, self.title, self.sections

    def to_plain(self) -> dict[str, Any]:
        """Return the edition as JSON has it; `read_edition` reads it back."""
        return asdict(self)


def read_edition(plain: Mapping[str, Any]) -> Edition:
    """Read an edition from what `to_plain` made of one."""
    said: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
    return Edition(**said)


def to_edition(call: Call) -> Edition | None:
    """Return which edition a call is; None for one that does not say enough, or that asks for nothing itself.

    A covering notice has no directions: it is no edition of the guide that it sends round.
    """
    if call.title is None or call.year is None or call.stage is None or not call.programmes or not call.directions:
        return None
    return Edition(
        document=call.document,
        programmes=tuple(sorted({_plain(programme.value) for programme in call.programmes})),
        year=call.year.value,
        batch=None if call.batch is None else call.batch.value,
        title=_plain(call.title.value.partition(_GUIDE)[0]),
        sections=tuple(sorted({_plain(section.title.value) for section in call.sections})),
        stage=call.stage.value,
    )


def _plain(text: str) -> str:
    return _LAYOUT.sub("", unicodedata.normalize("NFKC", text))


def link_revisions(editions: Iterable[Edition]) -> tuple[Statement, ...]:
    """State of each document which one it revises, the last before it.

    Of a guide of which two editions have the same stage, nothing is stated: either may be meant.
    """
    works: dict[tuple[object, ...], list[Edition]] = defaultdict(list)
    for edition in editions:
        works[edition.work].append(edition)
    revises = to_iri(read_terms().term("prov:wasRevisionOf"))
    return tuple(
        sorted(
            Statement(to_iri(GRAPH), _name(later), revises, _name(earlier))
            for same in works.values()
            for earlier, later in _iter_pairs(same)
        )
    )


def _iter_pairs(editions: Iterable[Edition]) -> Iterator[tuple[Edition, Edition]]:
    ordered = sorted(editions, key=lambda edition: _STAGES.index(edition.stage))
    if len({edition.stage for edition in ordered}) == len(ordered):
        yield from pairwise(ordered)


def _name(edition: Edition) -> str:
    return to_iri(mint("document", edition.document))
