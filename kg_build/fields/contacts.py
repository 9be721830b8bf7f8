"""Persons and addresses to ask.

In: a direction's block, or the margins of the call. Out: contacts with name, organisation, phones,
faxes and e-mails. Who has which number is read by order: names first, then what is said of them;
parallel lists are paired. This module knows no person and no office.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg_build.fields.addresses import read_emails, read_phones
from kg_build.fields.persons import find_names
from kg_build.fields.urls import find_addresses
from kg_build.records import Contact
from kg_build.slots import Block, Slot
from kg_build.spans import Value

__all__ = ["read_call_contacts", "read_contacts"]

_SLOTS = ("lead", "topics", "projects", "budget", "projects-and-budget", "term", "requirements", "contacts")
_KINDS = ("phone", "fax", "email")
_BEFORE_A_MARK = "。；;.,，"
_ITEM_MARKS = ("bracket", "brackets", "circle", "dot")
_NO_EMPLOYER = ("方", "部门")
"""What stands before a label without being whom the person works for."""

Event = tuple[str, Value[str]]
"""What is read in a list of contacts: its kind ("name", "org", "phone", "fax", "email") and value."""


@dataclass(frozen=True, slots=True)
class _Region:
    """A part of a slot behind a label, with the organisation that stands before the label."""

    start: int
    end: int
    head: Value[str] | None = None


@dataclass(slots=True)
class _Group:
    """Names that stand together with what is said of them, a list for each kind."""

    names: list[tuple[Value[str], Value[str] | None]] = field(default_factory=list)
    said: dict[str, list[Value[str]]] = field(default_factory=dict)

    def contacts(self, head: Value[str] | None) -> Iterator[Contact]:
        """Give each name its part of each list; what is said once serves all."""
        if not self.names:
            yield Contact(None, head, *(tuple(self.said.get(kind, ())) for kind in _KINDS))
        for at, (name, org) in enumerate(self.names):
            yield Contact(name, org or head, *(_share(self.said.get(kind, ()), at, len(self.names)) for kind in _KINDS))


def _share(values: Sequence[Value[str]], at: int, of: int) -> tuple[Value[str], ...]:
    if len(values) == 1:
        return tuple(values)
    size = max(1, len(values) // of)
    return tuple(values[at * size :] if at == of - 1 else values[at * size : (at + 1) * size])


def read_contacts(block: Block) -> tuple[Contact, ...]:
    """Return whom a direction names to ask, in the order of the text, each once."""
    found: list[Contact] = []
    for slot in block.named(*_SLOTS):
        regions = tuple(_regions(block, slot))
        found += (contact for region in regions for contact in _read_region(block, region))
        found += _read_loose(block, slot, regions)
    return _each_once(found)


def read_call_contacts(margins: Iterable[Block]) -> tuple[Contact, ...]:
    """Return the persons that the call itself names; a bare mailbox is none."""
    regions = ((block, region) for block in margins for slot in block.slots for region in _regions(block, slot))
    found = (contact for block, region in regions for contact in _read_region(block, region))
    return _each_once(contact for contact in found if contact.name is not None)


def _each_once(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    kept: dict[object, Contact] = {}
    for contact in contacts:
        addresses = tuple(value.value for value in (*contact.emails, *contact.phones, *contact.faxes))
        kept.setdefault((contact.name and contact.name.value, addresses), contact)
    return tuple(kept.values())


# ---- where contacts stand


def _regions(block: Block, slot: Slot) -> Iterator[_Region]:
    """Yield the parts of a slot behind a label; 联系电话 inside one is the label of a number only."""
    text = block.text.text
    labels = block.rulebook.find("ContactLabel", text, slot.start, slot.end)
    openings = [(slot.start, slot.start)] if slot.name == "contacts" else []
    reached = slot.start
    openings += [(label.start, label.end) for label in labels]
    people = [label.start for label in labels if label.concept == "person"]
    for before, start in openings:
        if start < reached:
            continue
        end = _end(block, start, min([slot.end, *(at for at in people if at >= start)]))
        head = _employer(block, slot, before) if before > slot.start else None
        reached = end
        yield _Region(start, end, head)


def _employer(block: Block, slot: Slot, label: int) -> Value[str] | None:
    """Return the organisation whose name runs up to a label (某国研究财团联系人)."""
    text, start = block.text.text, label
    while start > slot.start and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    if text[start:label].endswith(_NO_EMPLOYER):
        return None
    namings = find_names(block, start, label)
    return namings[0][1] if len(namings) == 1 and namings[0][0] == "org" else None


def _end(block: Block, start: int, stop: int) -> int:
    """Return the end of what a label opens: a full stop, or the mark of the next item of a list."""
    text = block.text.text
    full = text.find("。", start, stop)
    stop = full if full >= 0 else stop
    for mark in block.rulebook.find("Marker", text, start, stop):
        before = text[start : mark.start].rstrip()
        if mark.concept in _ITEM_MARKS and before.endswith(tuple(_BEFORE_A_MARK)):
            return mark.start
    return stop


# ---- what stands there


def _read_region(block: Block, region: _Region) -> Iterator[Contact]:
    group, head = _Group(), region.head
    waiting: Value[str] | None = None
    for kind, value in _events(block, region):
        if kind == "name":
            if group.said:
                yield from group.contacts(head)
                group = _Group()
            group.names.append((value, waiting))
            waiting = None
        elif kind != "org":
            group.said.setdefault(kind, []).append(value)
        elif group.names and group.names[-1][1] is None and not group.said:
            group.names[-1] = (group.names[-1][0], value)
        else:
            waiting = value
            head = head or (value if not group.names else None)
    if group.names or group.said:
        yield from group.contacts(head)


def _events(block: Block, region: _Region) -> list[Event]:
    """Return what a region says, in the order of the text."""
    text = block.text.text
    labels = block.rulebook.find("ContactField", text, region.start, region.end)
    webs = find_addresses(block, region.start, region.end)
    taken = [(span.start, span.end) for span in (*labels, *webs)]
    found: list[Event] = []
    for email in read_emails(block, region.start, region.end):
        taken.append((email.span.start, email.span.end))
        found.append(("email", email))
    for phone in read_phones(block, region.start, region.end):
        start, end = phone.span.start, phone.span.end
        if not any(first < end and start < last for first, last in taken):
            kinds = [label.concept for label in labels if label.end <= start and label.concept in ("phone", "fax")]
            found.append(("fax" if kinds[-1:] == ["fax"] else "phone", phone))
            taken.append((start, end))
    at = region.start
    for start, end in (*sorted(taken), (region.end, region.end)):
        if start > at:
            found += find_names(block, at, start)
        at = max(at, end)
    return sorted(found, key=lambda event: event[1].span.start)


def _read_loose(block: Block, slot: Slot, regions: Sequence[_Region]) -> Iterator[Contact]:
    """Yield the mailboxes that stand in no list of contacts."""
    if "@" in block.text.text[slot.start : slot.end]:
        for email in read_emails(block, slot.start, slot.end):
            if not any(region.start <= email.span.start < region.end for region in regions):
                yield Contact(None, None, (), (), (email,))
