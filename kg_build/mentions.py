"""What a document names that others may name too: the little that must be kept of it to compare names.

In: a call, and what is known of names. Out: one `Mention` for each thing and spelling. A document's
mentions are a few kilobytes, so that names are compared without reading any document again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from kg_build.identities import Identities, head
from kg_build.records import Call, Contact

__all__ = ["Mention", "find_mentions", "to_mentions"]


class Mention(NamedTuple):
    """A name met in a document, and the name of the thing that it names.

    `phones` are a contact's, in figures alone; `person` is the contact's name, where it has one.
    """

    kind: str
    name: str
    met: str
    person: str = ""
    phones: tuple[str, ...] = ()


def find_mentions(call: Call, identities: Identities) -> tuple[Mention, ...]:
    """Return the mentions of a call and its directions, each once, sorted."""
    return tuple(sorted(set(_iter_mentions(call, identities))))


def _iter_mentions(call: Call, identities: Identities) -> Iterator[Mention]:
    names = [("programmes", programme) for programme in call.programmes]
    for direction in call.directions:
        names += [("agencies", agency) for agency in direction.agencies]
        names += [("agreements", agreement.title) for agreement in direction.agreements]
        names += [("keywords", keyword) for keyword in direction.keywords]
    for kind, value in names:
        known = identities.identify(kind, value.value, value.span.concept)
        yield Mention(kind, known.name, known.met)
    for contact in (*call.contacts, *(contact for direction in call.directions for contact in direction.contacts)):
        known = identities.identify("contacts", contact.key.value)
        phones = tuple(sorted({re.sub(r"\D", "", phone.value) for phone in contact.phones}))
        yield Mention("contacts", known.name, known.met, _person(contact), phones)


def _person(contact: Contact) -> str:
    return "" if contact.name is None else head("contacts", contact.name.value)


def to_mentions(rows: Iterable[Sequence[Any]]) -> tuple[Mention, ...]:
    """Return mentions that were kept as rows of plain values."""
    return tuple(Mention(kind, name, met, person, tuple(phones)) for kind, name, met, person, phones in rows)
