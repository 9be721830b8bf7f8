"""Persons and addresses to ask.

In: a direction's block, or the margins of the call. Out: contacts with name, organisation, phones,
faxes and e-mails. Who has which number is read by order: names first, then what is said of them;
parallel lists are paired. This module knows no person and no office.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg_build.fields.addresses import read_emails, read_phones
from kg_build.fields.persons import Naming, find_names
from kg_build.fields.urls import find_addresses
from kg_build.frozen import frozen
from kg_build.records import Contact
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value

__all__ = ["read_call_contacts", "read_contacts"]

_SLOTS = ("lead", "topics", "projects", "budget", "projects-and-budget", "term", "requirements", "contacts")
_OTHERS = ("agreements", "initiatives", "content", "indicators", "keywords")
"""Slots in which a contact needs its label: a mailbox alone there is none."""

_KINDS = ("phone", "fax", "email")
_BEFORE_A_MARK = "。；;.,，"
_ITEM_MARKS = ("bracket", "brackets", "circle", "dot")
_PEOPLE = ("person", "counsel")
"""Labels that open a list of persons: a new one closes the list before it."""

_NO_EMPLOYER = ("方", "部门")
"""What stands before a label without being whom the person works for."""

_BEFORE_A_LABEL = re.compile(r"[\u4e00-\u9fff][\u4e00-\u9fff—·]*(?:[（(][^（()）]{1,20}[）)])?$")
_SIDE = re.compile(r"[\u4e00-\u9fff]{1,2}方$")
_LONGEST_EMPLOYER = 60
_IN_CHARGE = re.compile(r"由([\u4e00-\u9fff]{3,40})负责[^。；;，,：:]{0,8}[，,]?[\u4e00-\u9fff]{0,3}$")
"""The office that answers, before the label of its person (由某署负责答疑，联系人 …)."""
_OF_ALL = re.compile(r"[均都皆同](?:[为是系属]|来自|[任供就]职)于?$")
"""What stands before the employer of all whom a list has named."""

Event = tuple[str, Value[str]]
"""What is read in a list of contacts: its kind ("name", "org", "phone", "fax", "email") and value."""


@frozen()
class _Region:
    """A part of a slot behind a label, with the organisation that stands before the label or in it.

    `sure` says that the label promises persons.
    """

    start: int
    end: int
    head: Value[str] | None = None
    sure: bool = False


@dataclass(slots=True)
class _Group:
    """Names that stand together with what is said of them, a list for each kind."""

    names: list[tuple[Value[str], Value[str] | None]] = field(default_factory=list)
    said: dict[str, list[Value[str]]] = field(default_factory=dict)

    def employ(self, org: Value[str], *, everyone: bool) -> None:
        """Give the last name its organisation, or all the names that have none."""
        last = len(self.names) - 1
        self.names = [
            (name, own or org if everyone or at == last else own) for at, (name, own) in enumerate(self.names)
        ]

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
    labels = _labels(block)
    for slot in block.slots:
        if slot.name in _SLOTS or slot.name in _OTHERS:
            regions = tuple(_regions(block, slot, labels)) if labels or slot.name == "contacts" else ()
            found += (contact for region in regions for contact in _read_region(block, region))
            if slot.name in _SLOTS:
                found += _read_loose(block, slot, regions)
    return _each_once(found) if found else ()


def read_call_contacts(margins: Iterable[Block]) -> tuple[Contact, ...]:
    """Return the persons that the call itself names; a bare mailbox is none."""
    regions = (
        (block, region) for block in margins for slot in block.slots for region in _regions(block, slot, _labels(block))
    )
    found = (contact for block, region in regions for contact in _read_region(block, region))
    return _each_once(contact for contact in found if contact.name is not None)


def _each_once(contacts: Iterable[Contact]) -> tuple[Contact, ...]:
    kept: dict[object, Contact] = {}
    for contact in contacts:
        addresses = tuple(value.value for value in (*contact.emails, *contact.phones, *contact.faxes))
        kept.setdefault((contact.name and contact.name.value, addresses), contact)
    return tuple(kept.values())


# ---- where contacts stand


def _labels(block: Block) -> tuple[Span, ...]:
    return block.rulebook.find_rare("ContactLabel", block.text.text, block.section.start, block.section.end)


def _regions(block: Block, slot: Slot, labels: Iterable[Span]) -> Iterator[_Region]:
    """Yield the parts of a slot behind a label; 联系电话 inside one is the label of a number only."""
    labels = [label for label in labels if slot.start <= label.start and label.end <= slot.end]
    people = [label.start for label in labels if label.concept in _PEOPLE]
    reached = slot.start
    if slot.name == "contacts":
        reached = _end(block, slot.start, min([slot.end, *people]))
        yield _Region(slot.start, reached, sure="联" in block.say(slot.label))
    for label in labels:
        if label.end <= reached:
            continue
        start, following = label.end, bisect_left(people, label.end)
        edge = people[following] if following < len(people) else slot.end
        reached = _end(block, start, edge if edge == slot.end else _opening(block, start, edge))
        yield _Region(start, reached, _employer(block, slot, label), label.concept == "person")


def _opening(block: Block, start: int, label: int) -> int:
    """Return where what belongs to the next label begins: before 阿方 in 阿方联系人, or the employer's name."""
    text = block.text.text
    run = _BEFORE_A_LABEL.search(text, max(start, label - _LONGEST_EMPLOYER), label)
    side = _SIDE.search(text, max(start, label - 3), label)
    if run is None or side is None:
        return run.start() if run and _organisation(block, run.start(), label) else label
    listed = block.listed("partners", run.start(), label)
    return next(
        (name.start for name in listed if name.end == label - 1),
        label - 2 if run.end() - run.start() > 3 else run.start(),
    )


def _employer(block: Block, slot: Slot, label: Span) -> Value[str] | None:
    """Return the organisation in a label's brackets, or whose name runs up to it (某国研究财团联系人)."""
    inside = label.group("org")
    if inside:
        return _organisation(block, *inside)
    run = _BEFORE_A_LABEL.search(block.text.text, max(slot.start, label.start - _LONGEST_EMPLOYER), label.start)
    if run is None or run[0].endswith(_NO_EMPLOYER):
        charged = _IN_CHARGE.search(block.text.text, max(slot.start, label.start - _LONGEST_EMPLOYER), label.start)
        return _organisation(block, *charged.span(1)) if charged else None
    return _organisation(block, *run.span())


def _organisation(block: Block, start: int, end: int) -> Value[str] | None:
    namings = find_names(block, start, end, sure=False)
    return namings[0][1] if len(namings) == 1 and namings[0][0] == "org" else None


def _end(block: Block, start: int, stop: int) -> int:
    """Return the end of what a label opens: a full stop, a bracket that was open before it, or the next item of a list."""
    text = block.text.text
    full = text.find("。", start, stop)
    stop = _closing(text, start, full if full >= 0 else stop)
    marks = _marks(block, start, stop)
    own = marks[0].concept if marks and not _before(text, start, marks[0].start) else None
    return next((mark.start for mark in marks if mark.concept != own), stop)


def _marks(block: Block, start: int, stop: int) -> tuple[Span, ...]:
    """Return the marks of items in a range: at its beginning, and behind the end of an item."""
    text = block.text.text
    return tuple(
        [
            mark
            for mark in block.rulebook.inside("Marker", text, start, stop)
            if mark.concept in _ITEM_MARKS and _before(text, start, mark.start) in _BEFORE_A_MARK
        ]
    )


def _before(text: str, start: int, at: int) -> str:
    """Return the last character before a place that is no blank; nothing where there is none."""
    while at > start and text[at - 1] == " ":
        at -= 1
    return text[at - 1] if at > start else ""


def _closing(text: str, start: int, stop: int) -> int:
    depth = 0
    for at in range(start, stop):
        if text[at] in "（(":
            depth += 1
        elif text[at] in "）)":
            if depth == 0 and not text[at - 1].isdigit():
                return at
            depth = max(0, depth - 1)
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
            alone = head is None and all(org is None for _, org in group.names)
            group.employ(value, everyone=_serves_all(block.text.text, value.span.start, alone=alone))
        else:
            waiting = value
            head = head or (value if not group.names else None)
    if group.names or group.said:
        yield from group.contacts(head)


def _serves_all(text: str, start: int, *, alone: bool) -> bool:
    """Say whether an employer serves all whom the list has named: 均为某署, or one in brackets that stands alone."""
    return _OF_ALL.search(text, max(0, start - 6), start) is not None or (alone and text[start - 1] in "(（")


def _events(block: Block, region: _Region) -> list[Event]:
    """Return what a region says, in the order of the text; a name in brackets goes before what it stands behind."""
    text, start, end = block.text.text, region.start, region.end
    labels = block.rulebook.find("ContactField", text, start, end)
    numbered = {label.end for label in labels if label.concept == "number"}
    emails = tuple(read_emails(block, start, end))
    spans = [*labels, *find_addresses(block, start, end), *(email.span for email in emails)]
    taken = {at for span in spans for at in range(span.start, span.end)}
    phones = [
        phone for phone in read_phones(block, start, end) if taken.isdisjoint(range(phone.span.start, phone.span.end))
    ]
    spans += [*(phone.span for phone in phones), *_marks(block, start, end)]
    phones = [phone for phone in phones if phone.span.start not in numbered]
    addresses = {value.span.end: value.span.start for value in (*emails, *phones)}
    names: list[tuple[int, Naming]] = []
    at = start
    for first, last in [*sorted([(span.start, span.end) for span in spans]), (end, end)]:
        for naming in find_names(block, at, first, sure=region.sure, first=at == start) if first > at else ():
            opening = naming[1].span.start - 1
            bracketed = opening > start and text[opening] in "(（"
            names.append((addresses.get(opening, opening + 1) if bracketed else opening + 1, naming))
        at = max(at, last)
    kinds = [(label.start, label.concept) for label in labels if label.concept in ("phone", "fax")]
    kinds = sorted([*kinds, *((place, "phone") for place, (kind, _) in names if kind == "name")])
    found = [(email.span.start, 1, ("email", email)) for email in emails]
    found += [(phone.span.start, 1, (_kind(phone, kinds), phone)) for phone in phones]
    found += [(place, 0, naming) for place, naming in names]
    return [event for _, _, event in sorted(found, key=lambda each: each[:2])]


def _kind(phone: Value[str], kinds: Sequence[tuple[int, str]]) -> str:
    """Tell a fax from a phone by the last label before it, as far as the person it stands with."""
    at = bisect_left(kinds, (phone.span.start, ""))
    return kinds[at - 1][1] if at else "phone"


def _read_loose(block: Block, slot: Slot, regions: Sequence[_Region]) -> Iterator[Contact]:
    """Yield the mailboxes that stand in no list of contacts."""
    text, at = block.text.text, slot.start
    for start, end in (*((region.start, region.end) for region in regions), (slot.end, slot.end)):
        if text.find("@", at, start) >= 0:
            break
        at = end
    else:
        return
    for email in read_emails(block, slot.start, slot.end):
        if not any(region.start <= email.span.start < region.end for region in regions):
            yield Contact(None, None, (), (), (email,))
