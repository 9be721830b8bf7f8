"""Numbers with what belongs to them: factor, unit, range, tolerance and words of comparison.

In: a range of a text and the cards for numbers, units and comparators. Out: `Quantity`s in the order
of the text. Numbers that belong to names (standards, models, isotopes) are left out. This module does
not know whether a quantity is money, a quota or a target.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal

from kg_build.choices import Openings, choose, choose_by_opening
from kg_build.numerals import factor, to_number
from kg_build.rules import Rulebook

__all__ = ["Quantity", "find_quantities"]

_RANGE = re.compile(r"\s?(?:[~～〜∼]|[-–—―－]+|至|到)\s?")
_PRODUCT = re.compile(r"\s?[×xX*]\s?")
_TOLERANCE = re.compile(r"\s?±\s?")
_FACTOR = re.compile(r"\s?([十百千]?万亿?|[百千]?亿亿?)(?![里向维])")
_HALF = re.compile(r"半(?!导体|年|径|数|自|封|固|定|实|成)")
_OVER = re.compile(r"[余多](?=[\u4e00-\u9fff])")
_FAR = 21
"""Characters behind a number, more than what may stand between it and its 以上."""
_BRACKET = re.compile(r"\s?[（(][^（）()]{1,16}[)）]")
_BREAKS = frozenset("，,；;。、：:（）()+")
_SHARES = {"百分之": "%", "千分之": "‰"}
_CURRENCY = "人民币"
"""What may stand between a word of comparison and a sum: 不超过人民币300万元."""
_FACTOR_OPENINGS = frozenset("十百千万亿 ")
_OVER_OPENINGS = frozenset("余多")
_BEFORE_UNITS = _FACTOR_OPENINGS | _OVER_OPENINGS | {"+"}
"""With what begins what may stand between a number and its unit."""
_TAIL_OPENINGS = frozenset("/·⋅•∙・每 ")
_CODE_ENDS = frozenset(")）.．、")
_GAP = 3
"""Characters between the two numbers of a range."""
_REACH = 9
"""Characters between a word of comparison and its number: 至少涵盖5个, 不少于跨区域的3个."""
_NOUN = 4
"""Characters of a counted noun between the classifier and 以上: 6个国家以上."""


@dataclass(slots=True)
class Quantity:
    """A printed number, or a range of two, with all that belongs to it.

    `start` is the first number's, `end` lies behind the last unit or word of comparison; `lead` is
    where the words of comparison before it begin (else `start`). `factor` is the printed 万 or 亿,
    `unit` the unit as printed without it; `kind` is the unit's kind ("" without a unit).
    `comparator` is "" where none is printed; `high` is set for ranges only. `rule` is the card that
    read the (first) number. `shared` is where the words of comparison begin when they stand before an
    earlier number and serve this one too (不低于15%和60%).

    It is not frozen: a number is read first, and what belongs to it is filled in then.
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
        return self.low * factor(self.factor) if self.factor else self.low

    @property
    def highest(self) -> Decimal:
        """The higher number of a range, else the number, with its factor."""
        return (self.low if self.high is None else self.high) * factor(self.factor)


def find_quantities(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[Quantity, ...]:
    """Return the quantities in `text[start:end]`, in the order of the text; 达到28nm及以下 is what its end says."""
    numbers = _read_numbers(text, start, end, rulebook)
    if not numbers:
        return ()
    found = _join_ranges(text, numbers) if len(numbers) > 1 else numbers
    if len(found) < len(numbers):
        _step_out(text, end, found, rulebook)
    _compare(text, start, end, found, rulebook)
    if text.find("×", start, end) >= 0 or text.find("*", start, end) >= 0:
        _share_units(text, found)
    return tuple(found)


def _read_numbers(text: str, start: int, end: int, rulebook: Rulebook) -> list[Quantity]:
    """Read the numbers with their units; a + behind one is its comparator."""
    found: list[Quantity] = []
    numbers, units = choose(rulebook, "Number"), choose_by_opening(rulebook, "Unit")
    search = numbers.places.search
    match = search(text, start, end)
    names = rulebook.find("NamedNumber", text, start, end) if match else ()
    nearest = 0
    while match:
        at, group = match.start(), match.lastindex or 1
        stop = match.end(group)
        while nearest < len(names) and names[nearest].end <= at:
            nearest += 1
        if nearest < len(names) and names[nearest].start < stop:
            at = names[nearest].end
        elif number := _read_number(text, at, stop, end, numbers.rules[group - 1].id, units, rulebook):
            found.append(number)
            at = number.end
        else:
            at = stop
        match = search(text, at, end)
    return found


def _read_number(
    text: str, start: int, stop: int, end: int, rule: str, units: Openings, rulebook: Rulebook
) -> Quantity | None:
    """Read a number with its factor and unit; None where it is a mark, a code or glued to Latin letters."""
    printed = text[start:stop]
    behind = text[stop] if stop < end else ""
    if (behind in _CODE_ENDS or printed[0] == "0") and _is_code(text, start, stop, end):
        return None
    if printed.isascii() and printed.isdigit():
        value: Decimal | None = Decimal(printed)
    elif printed[:3] in _SHARES:
        value, share = to_number(printed[3:]), _SHARES[printed[:3]]
        return None if value is None else Quantity(start, stop, start, value, None, "", share, "measure", "", rule)
    else:
        value = _to_value(printed)
    if value is None:
        return None
    at, first, mark, bound = stop, stop, "", ""
    if behind in _BEFORE_UNITS:
        at, mark, bound = _before_unit(text, stop, end)
        first = at + 1 if text[at : at + 1] == " " else at
    choice = units[text[first]] if first < end else None
    unit = choice.pattern.match(text, first, end) if choice else None
    if choice is None or unit is None:
        glued = at < end and text[at].isascii() and text[at].isalpha()
        return None if glued else Quantity(start, at, start, value, None, mark, None, "", bound, rule)
    last, kind = unit.end(), choice.rules[(unit.lastindex or 1) - 1].concept or ""
    if last < end and text[last] in _TAIL_OPENINGS:
        last = _unit_tail(text, last, end, rulebook)
    name = text[first:last]
    if kind == "time" and text[last : last + 1] == "半" and _HALF.match(text, last, end):
        value, last = value + Decimal("0.5"), last + 1
    return Quantity(start, last, start, value, None, mark, name, kind, bound, rule)


def _before_unit(text: str, at: int, end: int) -> tuple[int, str, str]:
    """Return where the +, the factor and the 余 behind a number end, the factor, and what the + says."""
    mark = bound = ""
    if text[at] == "+":
        at, bound = at + 1, ">="
    if text[at : at + 1] in _FACTOR_OPENINGS and (match := _FACTOR.match(text, at, end)):
        at, mark = match.end(), match[1]
    if text[at : at + 1] in _OVER_OPENINGS and _OVER.match(text, at, end):
        at += 1
    return at, mark, bound


def _to_value(printed: str) -> Decimal | None:
    """Read a number; one of two factors (1亿2000 in 1亿2000万) in the lower one, which stands behind it."""
    if "亿" not in printed:
        return to_number(printed)
    front, _, behind = printed.partition("亿")
    hundreds, rest = to_number(front), to_number(behind)
    return None if hundreds is None or rest is None else hundreds * 10**4 + rest


def _is_code(text: str, start: int, stop: int, end: int) -> bool:
    """Say whether the digits are the mark of an item, `(3)`, `；2、`, or written like a code, `04A`."""
    if text[start] == "0" and stop - start > 1 and text[start + 1].isdigit():
        return True
    if stop == end or text[stop] not in ")）.．、" or not text[start:stop].isdigit():
        return False
    before, behind = text[max(0, start - 1) : start], text[stop]
    if behind in ")）":
        return before in ("", "(", "（", "；", ";", "。", "：", ":")
    return behind in ".．、" and before in ("", "；", ";", "。", "：", ":")


def _unit_tail(text: str, at: int, end: int, rulebook: Rulebook) -> int:
    while at < end and text[at] in _TAIL_OPENINGS and (fit := choose(rulebook, "UnitTail").match(text, at, end)):
        at = fit[1]
    return at


def _join_ranges(text: str, numbers: list[Quantity]) -> list[Quantity]:
    """Make one quantity of two numbers that are the ends of a range, or a number and its tolerance."""
    found: list[Quantity] = []
    open_end: Quantity | None = None
    for number in numbers:
        if open_end is not None and number.start - open_end.end <= _GAP and _take_in(text, open_end, number):
            open_end = None
        else:
            found.append(number)
            open_end = number
    return found


def _take_in(text: str, first: Quantity, second: Quantity) -> bool:
    """Make the second number a part of the first, if it is the higher end of its range or its tolerance."""
    gap = text[first.end : second.start]
    tolerance = bool(_TOLERANCE.fullmatch(gap))
    if not tolerance:
        if first.unit not in (None, second.unit) or first.low >= second.low or not _RANGE.fullmatch(gap):
            return False
        if gap in ("至", "到") and not second.unit:
            return False
        first.high = second.low
    if not (tolerance and first.unit):
        first.factor, first.unit, first.kind = second.factor or first.factor, second.unit, second.kind
    first.end = second.end
    return True


def _step_out(text: str, end: int, found: list[Quantity], rulebook: Rulebook) -> None:
    """Take the unit behind the bracket around a range or a number with its tolerance: (200±20)m/s."""
    units = choose_by_opening(rulebook, "Unit")
    for quantity in found:
        first, at = quantity.start - 1, quantity.end + 1
        if quantity.unit or at >= end or text[at - 1] not in ")）" or first < 0 or text[first] not in "(（":
            continue
        choice = units[text[at]]
        if choice and (unit := choice.match(text, at, end)):
            last = _unit_tail(text, unit[1], end, rulebook)
            quantity.start, quantity.lead, quantity.end = first, first, last
            quantity.unit, quantity.kind = text[at:last], unit[2].concept or ""


def _compare(text: str, start: int, end: int, found: list[Quantity], rulebook: Rulebook) -> None:
    """Give each quantity its word of comparison, which stands before or behind it."""
    signs = choose(rulebook, "Comparator").find(text, start, found[-1].start + 1)
    places = [stop for _, stop, _ in signs]
    fits = choose(rulebook, "BoundBehind").find(text, found[0].end, end)
    bounds = {at: (stop, rule.concept or "") for at, stop, rule in fits}
    openings = [*bounds, end + _FAR]
    tolerance = text.find("±", start, end) >= 0
    edge = start
    for quantity in found:
        first, sign = quantity.start, ""
        if tolerance and (at := text.rfind("±", max(edge, first - 2), first)) >= 0:
            quantity.lead, sign = at, "±"
        elif (place := bisect_right(places, first) - 1) >= 0:
            at, stop, rule = signs[place]
            gap = first - stop
            if at >= edge and (not gap or (gap <= _REACH and _reaches(text[stop:first], rule.concept))):
                quantity.lead, sign = at, rule.concept or ""
        edge, bound = quantity.end, quantity.comparator
        if not bound and openings[bisect_left(openings, edge)] - edge < _FAR:
            quantity.end, bound = _bound_behind(text, quantity, end, bounds)
            edge = quantity.end
        quantity.comparator = bound if (sign, bound) == (">=", "<=") else sign or bound


def _reaches(between: str, sign: str | None) -> bool:
    """Say whether a word of comparison is a number's: only 至少, 不少于 … may stand apart from it."""
    between = between.strip().removeprefix(_CURRENCY)
    return not between or (sign == ">=" and _BREAKS.isdisjoint(between))


def _bound_behind(text: str, quantity: Quantity, end: int, bounds: dict[int, tuple[int, str]]) -> tuple[int, str]:
    """Take 以上, 以内 and the like behind the unit, or behind the counted noun of a few characters."""
    at = quantity.end
    place = at + 1 if text[at : at + 1] == " " else at
    if place in bounds:
        return bounds[place]
    if bracket := _BRACKET.match(text, at, end):
        bound = bounds.get(bracket.end())
        if bound and bound[1] == ">=":
            return bound
    if quantity.kind == "count":
        for place in range(at + 1, at + _NOUN + 1):
            if place in bounds and bounds[place][1] == ">=" and text[at:place].isalpha():
                return bounds[place]
    return at, ""


def _share_units(text: str, found: list[Quantity]) -> None:
    """Give the factors of A×B one unit and one comparator."""
    last = len(found) - 1
    for at, quantity in enumerate(found):
        if at < last and _PRODUCT.fullmatch(text, quantity.end, found[at + 1].start):
            if quantity.unit is None:
                quantity.unit, quantity.kind = found[at + 1].unit, found[at + 1].kind
        elif at and not quantity.comparator and _PRODUCT.fullmatch(text, found[at - 1].end, quantity.start):
            quantity.comparator = found[at - 1].comparator
