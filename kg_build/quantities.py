"""Numbers with what belongs to them: factor, unit, range, tolerance and words of comparison.

In: a range of a text and the cards for numbers, units and comparators. Out: `Quantity`s in the order
of the text. Numbers that belong to names (standards, models, isotopes) are left out. This module does
not know whether a quantity is money, a quota or a target.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kg_build.numerals import factor, to_number
from kg_build.rules import Rulebook

__all__ = ["Quantity", "find_quantities"]

_RANGE = re.compile(r"\s?(?:[~～〜∼]|[-–—―－]+|至|到)\s?")
_PRODUCT = re.compile(r"\s?[×xX*]\s?")
_TOLERANCE = re.compile(r"\s?±\s?")
_FACTOR = re.compile(r"\s?([十百千]?万亿?|[百千]?亿亿?)(?![里向维])")
_HALF = re.compile(r"半(?!导体|年|径|数|自|封|固|定|实|成)")
_OVER = re.compile(r"[余多](?=[\u4e00-\u9fff])")
_BRACKET = re.compile(r"\s?[（(][^（）()]{1,16}[)）]")
_BREAKS = frozenset("，,；;。、：:（）()+")
_CHINESE = "[一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟]"
_CANDIDATE = re.compile(rf"[-−–\d{_CHINESE[1:-1]}](?:(?<=\d)|(?<=[-−–])\d|(?<={_CHINESE}){_CHINESE}*)")
"""Where a number may begin: a digit with or without a sign, or a run of Chinese numerals."""
_SHARES = {"百分之": "%", "千分之": "‰"}
_CURRENCY = "人民币"
"""What may stand between a word of comparison and a sum: 不超过人民币300万元."""
_REACH = 9
"""Characters between a word of comparison and its number: 至少涵盖5个, 不少于跨区域的3个."""
_NOUN = 4
"""Characters of a counted noun between the classifier and 以上: 6个国家以上."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed number, or a range of two, with all that belongs to it.

    `start` is the first number's, `end` lies behind the last unit or word of comparison; `lead` is
    where the words of comparison before it begin (else `start`). `factor` is the printed 万 or 亿,
    `unit` the unit as printed without it; `kind` is the unit's kind ("" without a unit).
    `comparator` is "" where none is printed; `high` is set for ranges only. `rule` is the card that
    read the (first) number. `shared` is where the words of comparison begin when they stand before an
    earlier number and serve this one too (不低于15%和60%).
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
    shared: int | None = None

    @property
    def lowest(self) -> Decimal:
        """The (lower) number with its factor: 10万 is 100000."""
        return self.low * factor(self.factor)

    @property
    def highest(self) -> Decimal:
        """The higher number of a range, else the number, with its factor."""
        return (self.low if self.high is None else self.high) * factor(self.factor)


@dataclass(slots=True)
class _Number:
    """A number with its unit, before ranges are joined; `stop` lies behind the unit."""

    start: int
    stop: int
    value: Decimal
    factor: str
    unit: str | None
    kind: str
    plus: bool
    rule: str


def find_quantities(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[Quantity, ...]:
    """Return the quantities in `text[start:end]`, in the order of the text; 达到28nm及以下 is what its end says."""
    numbers = list(_numbers(text, start, end, rulebook))
    if not numbers:
        return ()
    signs = _signs(rulebook, "Comparator", text, start, end)
    places = [stop for _, stop, _ in signs]
    bounds = {at: (stop, sign) for at, stop, sign in _signs(rulebook, "BoundBehind", text, start, end)}
    found: list[Quantity] = []
    at, edge = 0, start
    while at < len(numbers):
        first = numbers[at]
        follower = numbers[at + 1] if at + 1 < len(numbers) else None
        high, last, stop = _join(text, first, follower)
        last_sign = bisect_right(places, first.start) - 1
        lead, sign = _compare_before(text, first.start, edge, signs[last_sign] if last_sign >= 0 else None)
        edge, bound = (stop, ">=") if first.plus else _compare_behind(text, stop, end, last.kind, bounds)
        found.append(
            Quantity(
                start=first.start,
                end=edge,
                lead=lead,
                low=first.value,
                high=high,
                factor=last.factor or first.factor,
                unit=last.unit,
                kind=last.kind,
                comparator=bound if (sign, bound) == (">=", "<=") else sign or bound,
                rule=first.rule,
            )
        )
        at += 1 if stop == first.stop else 2
    return tuple(_product_units(text, found)) if "×" in text[start:end] or "*" in text[start:end] else tuple(found)


def _signs(rulebook: Rulebook, label: str, text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return where the words of comparison stand, leftmost, then longest, with their sign."""
    found = [
        (match.start(), -match.end(), rule.concept or "") for rule, match in rulebook.matches(label, text, start, end)
    ]
    kept: list[tuple[int, int, str]] = []
    for first, last, sign in sorted(found):
        if not kept or first >= kept[-1][1]:
            kept.append((first, -last, sign))
    return kept


def _numbers(text: str, start: int, end: int, rulebook: Rulebook) -> Iterator[_Number]:
    at = start
    names = rulebook.find("NamedNumber", text, start, end)
    nearest = 0
    while candidate := _CANDIDATE.search(text, at, end):
        at = candidate.start()
        cards = rulebook.starting("Number", text[at])
        matches = [(match.end(), rule.id) for rule in cards if (match := rule.pattern.match(text, at, end))]
        if not matches:
            at = candidate.end() if candidate[0][0] not in "-−–" else at + 1
            continue
        stop, rule = max(matches)
        while nearest < len(names) and names[nearest].end <= at:
            nearest += 1
        named = nearest < len(names) and names[nearest].start < stop
        number = None if named else _number(text, at, stop, end, rule, rulebook)
        if number is not None:
            yield number
        at = names[nearest].end if named else number.stop if number else stop


def _number(text: str, start: int, stop: int, end: int, rule: str, rulebook: Rulebook) -> _Number | None:
    """Read a number with its factor and unit; None where it is a mark, a code or glued to Latin letters."""
    printed = text[start:stop]
    if printed[:3] in _SHARES:
        value = to_number(printed[3:])
        return None if value is None else _Number(start, stop, value, "", _SHARES[printed[:3]], "measure", False, rule)
    value = _in_myriads(printed)
    if value is None or _is_code(text, start, stop, end):
        return None
    plus = stop < end and text[stop] == "+"
    mark = _FACTOR.match(text, stop + plus, end)
    at = mark.end() if mark else stop + plus
    at += 1 if _OVER.match(text, at, end) else 0
    first, last, kind = _unit(text, at, end, rulebook)
    if not kind:
        glued = at < end and text[at].isascii() and text[at].isalpha()
        return None if glued else _Number(start, at, value, mark[1] if mark else "", None, "", plus, rule)
    unit = text[first:last]
    if kind == "time" and _HALF.match(text, last, end):
        value, last = value + Decimal("0.5"), last + 1
    return _Number(start, last, value, mark[1] if mark else "", unit, kind, plus, rule)


def _in_myriads(printed: str) -> Decimal | None:
    """Read a number; one of two factors (1亿2000 in 1亿2000万) in the lower one, which stands behind it."""
    front, joint, behind = printed.partition("亿")
    if not joint:
        return to_number(printed)
    hundreds, rest = to_number(front), to_number(behind)
    return None if hundreds is None or rest is None else hundreds * 10**4 + rest


def _is_code(text: str, start: int, stop: int, end: int) -> bool:
    """Say whether the digits are the mark of an item, `(3)`, `；2、`, or written like a code, `04A`."""
    printed = text[start:stop]
    if printed[:1] == "0" and printed[1:2].isdigit():
        return True
    before, behind = text[max(0, start - 1) : start], text[stop : min(end, stop + 1)]
    if not printed.isdigit() or not behind:
        return False
    if behind in ")）":
        return before in ("", "(", "（", "；", ";", "。", "：", ":")
    return behind in ".．、" and before in ("", "；", ";", "。", "：", ":")


def _unit(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[int, int, str]:
    """Return where the unit behind a number stands, and its kind, "" where there is none.

    The first card that fits decides: their order is the order of the file.
    """
    at = start + 1 if text[start : start + 1] == " " else start
    for rule in rulebook.starting("Unit", text[at]) if at < end else ():
        match = rule.pattern.match(text, at, end)
        if match:
            return at, _unit_tail(text, match.end(), end, rulebook), rule.concept or ""
    return at, at, ""


def _unit_tail(text: str, at: int, end: int, rulebook: Rulebook) -> int:
    for rule in rulebook.rules("UnitTail") if at < end and text[at] in "/·⋅•∙・每 " else ():
        match = rule.pattern.match(text, at, end)
        if match:
            return _unit_tail(text, match.end(), end, rulebook)
    return at


def _join(text: str, first: _Number, follower: _Number | None) -> tuple[Decimal | None, _Number, int]:
    """Return the higher end of a range, the number that has the unit, and where it all ends."""
    if follower is None or follower.start - first.stop > 3:
        return None, first, first.stop
    gap = text[first.stop : follower.start]
    if _TOLERANCE.fullmatch(gap):
        return None, first if first.unit else follower, follower.stop
    same = first.unit in (None, follower.unit) and first.value < follower.value
    if same and _RANGE.fullmatch(gap) and (gap not in ("至", "到") or follower.unit):
        return follower.value, follower, follower.stop
    return None, first, first.stop


def _compare_before(text: str, start: int, edge: int, last: tuple[int, int, str] | None) -> tuple[int, str]:
    """Take the last word of comparison before the number, where only a few characters stand between."""
    sign = text.rfind("±", max(edge, start - 2), start)
    if sign >= 0:
        return sign, "±"
    if last is None or last[0] < edge or start - last[1] > _REACH:
        return start, ""
    between = text[last[1] : start].strip().removeprefix(_CURRENCY)
    if between and (last[2] != ">=" or not _BREAKS.isdisjoint(between)):
        return start, ""
    return last[0], last[2]


def _compare_behind(text: str, at: int, end: int, kind: str, bounds: dict[int, tuple[int, str]]) -> tuple[int, str]:
    """Take 以上, 以内 and the like behind the unit, or behind the counted noun of a few characters."""
    place = at + 1 if text[at : at + 1] == " " else at
    if place in bounds:
        return bounds[place]
    bracket = _BRACKET.match(text, at, end)
    places = [bracket.end()] if bracket else []
    if kind == "count":
        places += [at + step for step in range(1, _NOUN + 1) if at + step in bounds and text[at : at + step].isalpha()]
    return next((bounds[place] for place in places if bounds.get(place, ("", ""))[1] == ">="), (at, ""))


def _product_units(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Give the factors of A×B one unit and one comparator."""
    for at, quantity in enumerate(found):
        if at + 1 < len(found) and _PRODUCT.fullmatch(text, quantity.end, found[at + 1].start):
            if quantity.unit is None:
                quantity = replace(quantity, unit=found[at + 1].unit, kind=found[at + 1].kind)
        elif at and not quantity.comparator and _PRODUCT.fullmatch(text, found[at - 1].end, quantity.start):
            quantity = replace(quantity, comparator=found[at - 1].comparator)
        yield quantity
