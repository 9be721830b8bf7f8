"""Numbers with what belongs to them: factor, unit, range, tolerance and words of comparison.

In: a range of a text and the cards for numbers, units and comparators. Out: `Quantity`s in the order
of the text. Numbers that belong to names (standards, models, isotopes) are left out. This module does
not know whether a quantity is money, a quota or a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_build.numerals import factor, to_number
from kg_build.rules import Rulebook
from kg_build.spans import Span

__all__ = ["Quantity", "find_quantities"]

_RANGE = re.compile(r"\s?(?:[~～〜∼]|[-–—―－]+|至|到)\s?")
_PRODUCT = re.compile(r"\s?[×xX*]\s?")
_TOLERANCE = re.compile(r"\s?±\s?")
_FACTOR = re.compile(r"\s?([十百千]?万亿?|[百千]?亿)(?![里向维])")
_BRACKET = re.compile(r"\s?[（(][^（）()]{1,16}[)）]")
_REACH = 9
"""Characters between a word of comparison and its number: 至少涵盖5个, 不少于跨区域的3个."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number, or a range of two, with all that belongs to it.

    `start` is the first number's, `end` lies behind the last unit or word of comparison; `lead` is
    where the words of comparison before it begin (else `start`). `factor` is the printed 万 or 亿,
    `unit` the unit as printed without it; `kind` is the unit's kind ("" without a unit).
    `comparator` is "" where none is printed; `high` is set for ranges only. `rule` is the card that
    read the (first) number.
    """

    start: int
    end: int
    lead: int
    low: Decimal
    high: Decimal | None
    factor: str
    unit: str | None
    kind: str
    comparator: str
    rule: str

    @property
    def lowest(self) -> Decimal:
        """The (lower) number with its factor: 10万 is 100000."""
        return self.low * factor(self.factor)

    @property
    def highest(self) -> Decimal:
        """The higher number of a range, else the number, with its factor."""
        return (self.low if self.high is None else self.high) * factor(self.factor)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its unit, before ranges are joined; `stop` lies behind the unit."""

    span: Span
    value: Decimal
    factor: str
    unit: str | None
    kind: str
    stop: int
    plus: bool


def find_quantities(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[Quantity, ...]:
    """Return the quantities in `text[start:end]`, in the order of the text."""
    numbers = list(_numbers(text, start, end, rulebook))
    if not numbers:
        return ()
    comparators = rulebook.find("Comparator", text, start, end)
    found: list[Quantity] = []
    at = 0
    while at < len(numbers):
        first = numbers[at]
        follower = numbers[at + 1] if at + 1 < len(numbers) else None
        quantity, used = _join(text, first, follower)
        edge = found[-1].end if found else start
        quantity = _compare_before(text, quantity, comparators, edge)
        found.append(_compare_behind(text, quantity, end, rulebook, plus=first.plus))
        at += used
    return tuple(_product_units(text, found))


def _numbers(text: str, start: int, end: int, rulebook: Rulebook) -> Iterator[_Number]:
    names = rulebook.find("NamedNumber", text, start, end)
    reached = start
    for span in rulebook.find("Number", text, start, end):
        if span.start < reached or any(name.start < span.end and span.start < name.end for name in names):
            continue
        value = to_number(text[span.start : span.end])
        if value is None or _is_code(text, span, end):
            continue
        stop = span.end
        plus = text[stop : stop + 1] == "+" and stop < end
        mark = _FACTOR.match(text, stop + plus, end)
        at = mark.end() if mark else stop + plus
        unit_start, unit_end, kind = _unit(text, at, end, rulebook)
        if kind == "" and text[at : at + 1].isascii() and text[at : at + 1].isalpha():
            continue
        unit = text[unit_start:unit_end] if kind else None
        reached = unit_end if kind else at
        yield _Number(span, value, mark[1] if mark else "", unit, kind, reached, plus)


def _is_code(text: str, span: Span, end: int) -> bool:
    """Say whether the digits are the mark of an item, `(3)`, or written like a code, `04A`."""
    printed = text[span.start : span.end]
    before, behind = text[max(0, span.start - 1) : span.start], text[span.end : min(end, span.end + 1)]
    if printed[:1] == "0" and printed[1:2].isdigit():
        return True
    return behind in (")", "）") and before in ("", "(", "（", "；", ";", "。", "：", ":") and printed.isdigit()


def _unit(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[int, int, str]:
    """Return where the unit behind a number stands, and its kind, "" where there is none."""
    at = start + 1 if text[start : start + 1] == " " else start
    best, kind = at, ""
    for rule in rulebook.rules("Unit"):
        match = rule.pattern.match(text, at, end)
        if match and match.end() > best:
            best, kind = match.end(), rule.concept or ""
    if not kind:
        return at, at, ""
    going = True
    while going:
        going = False
        for rule in rulebook.rules("UnitTail"):
            match = rule.pattern.match(text, best, end)
            if match:
                best, going = match.end(), True
                break
    return at, best, kind


def _join(text: str, first: _Number, follower: _Number | None) -> tuple[Quantity, int]:
    """Make one quantity of a number or of two that belong together; return it and how many were used."""
    plain = Quantity(
        first.span.start,
        first.stop,
        first.span.start,
        first.value,
        None,
        first.factor,
        first.unit,
        first.kind,
        "",
        first.span.rule,
    )
    if follower is None:
        return plain, 1
    gap = text[first.stop : follower.span.start]
    if _TOLERANCE.fullmatch(gap):
        if first.unit is None:
            plain = replace(plain, unit=follower.unit, kind=follower.kind)
        return replace(plain, end=follower.stop), 2
    joined = _RANGE.fullmatch(gap) and first.unit in (None, follower.unit) and first.value < follower.value
    if not joined or (gap in ("至", "到") and first.unit is None and follower.unit is None):
        return plain, 1
    return replace(
        plain,
        end=follower.stop,
        high=follower.value,
        factor=follower.factor,
        unit=follower.unit,
        kind=follower.kind,
    ), 2


def _compare_before(text: str, quantity: Quantity, comparators: tuple[Span, ...], edge: int) -> Quantity:
    """Take the last word of comparison before the number, where only a few characters stand between."""
    if _TOLERANCE.search(text, max(edge, quantity.start - 3), quantity.start):
        sign = max(edge, quantity.start - 3)
        return replace(quantity, lead=text.index("±", sign), comparator="±")
    last = None
    for span in comparators:
        if span.end > quantity.start:
            break
        if span.start >= edge:
            last = span
    if last is None:
        return quantity
    between = text[last.end : quantity.start].strip()
    if len(between) > _REACH or (between and (last.concept or "") in ("<", ">", "<=", "better")):
        return quantity
    if any(mark in between for mark in "，,；;。、：:（）()+"):
        return quantity
    return replace(quantity, lead=last.start, comparator=last.concept or "")


def _compare_behind(text: str, quantity: Quantity, end: int, rulebook: Rulebook, *, plus: bool) -> Quantity:
    """Take 以上, 以内 and the like behind the unit, or behind the counted noun of up to four characters."""
    if plus:
        return replace(quantity, comparator=quantity.comparator or ">=")
    at = quantity.end
    bracket = _BRACKET.match(text, at, end)
    places = [at, bracket.end()] if bracket else [at]
    if quantity.kind == "count":
        places += [at + step for step in range(1, 5) if text[at : at + step].isalpha()]
    for place in places:
        for rule in rulebook.rules("BoundBehind"):
            match = rule.pattern.match(text, place, end)
            if match and (place == at or "上" in match[0]):
                return replace(quantity, end=match.end(), comparator=quantity.comparator or rule.concept or "")
    return quantity


def _product_units(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give the factors of A×B one unit and one comparator."""
    for at, quantity in enumerate(found):
        if at + 1 < len(found) and _PRODUCT.fullmatch(text[quantity.end : found[at + 1].start]):
            if quantity.unit is None:
                quantity = replace(quantity, unit=found[at + 1].unit, kind=found[at + 1].kind)
        elif at and _PRODUCT.fullmatch(text[found[at - 1].end : quantity.start]) and not quantity.comparator:
            quantity = replace(quantity, comparator=found[at - 1].comparator)
        yield quantity
