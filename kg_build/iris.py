"""The names of things: the only place of the project where IRIs are made.

In: names as a document prints them, and codes. Out: IRIs under the project's base. No counter,
clock or hash: the same name is the same IRI in every build. This module writes no statement.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from ontology.vocabulary import BASE

__all__ = [
    "extend",
    "mint",
    "name_claim",
    "name_claim_in_full",
    "name_correction",
    "name_person",
    "name_range",
]

_LAYOUT = re.compile(r"[\s《》“”]+")
# What must be escaped in a segment of an IRI (RFC 3987), with "/" and "%" that would change it: all
# but letters, marks and CJK. The private use areas and noncharacters are forbidden too.
_FORBIDDEN = re.compile(
    r"[^A-Za-z0-9._~!$&'()*+,;=:@\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd"
    r"\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)


def mint(*names: str) -> str:
    """Make the IRI of a thing from its names, most general first.

    Layout (white space, width, 《》“”) is taken out of each name; only what an IRI forbids, or what
    would split the segment, is percent-encoded. Raises ValueError for a name without characters.

    >>> mint("agreement", "《中国 新西兰科技合作五年路线图》")
    'https://w3id.org/zhinan/agreement/中国新西兰科技合作五年路线图'
    """
    return BASE + "/".join(map(_to_segment, names))


def extend(iri: str, *names: str) -> str:
    """Make the IRI of a part of a thing: the thing's own, then the part's names."""
    return "/".join((iri, *map(_to_segment, names)))


def name_range(document: str, start: int, end: int) -> str:
    """Make the IRI of a range of a source text (RFC 5147; code points, half-open)."""
    return f"{document}#char={start},{end}"


def name_claim(document: str, place: tuple[int, int], property_: str, subject: str, object_: str) -> str:
    """Make the IRI of a claim from its place, its property and the last names of what it joins.

    `object_` is an IRI, or "" where the claim states a literal. See `name_claim_in_full`.
    """
    start, end = place
    return f"{document}/claim/{start}-{end}/{_local(property_)}/{_last(subject)}/{_last(object_)}"


def name_claim_in_full(document: str, place: tuple[int, int], property_: str, subject: str, object_: str) -> str:
    """Make the IRI of a claim where last names are not enough: two phones in one quote.

    `object_` is the term that is stated, an IRI or a literal as it is written.
    """
    start, end = place
    base = f"{document}/claim/{start}-{end}/{_local(property_)}"
    return extend(base, subject.removeprefix(BASE), object_.removeprefix(BASE))


def name_correction(document: str, direction: str, property_: str, old: str) -> str:
    """Make the IRI of a correction from the fact that it judges; `direction` is "" for the call's own facts.

    `old` is JSON; a string stands without its quotes.
    """
    value = old[1:-1] if old.startswith('"') else old
    return extend(document, "correction", direction or "call", property_, value)


def name_person(who: str) -> str:
    """Make the IRI of a person, who may be given as an IRI already."""
    return who if who.startswith(("http://", "https://")) else mint("agent", who)


def _local(property_: str) -> str:
    return property_[max(property_.rfind("/"), property_.rfind("#")) + 1 :]


def _last(iri: str) -> str:
    return iri.rpartition("/")[2]


@lru_cache(maxsize=4096)
def _to_segment(name: str) -> str:
    plain = _LAYOUT.sub("", unicodedata.normalize("NFKC", name))
    if not plain:
        raise ValueError(f"a name without characters makes no IRI: {name!r}")
    return _FORBIDDEN.sub(lambda found: quote(found[0], safe=""), plain)
