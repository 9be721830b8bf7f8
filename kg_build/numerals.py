"""Printed numbers as numbers: 12.5, １２, 二十五, 一千八百, 三分之一, 1×10^-6, 1/3, 1:5万; 万, 亿 as factors.

In: the characters of one number. Out: a `Decimal`. This module does not find numbers in a text and
does not know units.
"""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal

__all__ = ["factor", "is_chinese", "to_number"]

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""The numerals of banks and contracts, each with its everyday twin."""
_FACTORS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PARTS = re.compile(r"(?P<other>[一二两三四五六七八九十百千]+)分之(?P<one>[〇零一二两三四五六七八九十百千]+)")
_POWER = re.compile(r"(?:(?P<front>\d+(?:\.\d+)?)?(?P<pi>π)?×)?10\^(?P<sign>-?)(?P<exponent>\d{1,3})")
_SHARE = re.compile(r"(?P<one>\d+)[/:](?P<other>\d+(?:\.\d+)?)(?P<factor>[万亿]?)")
_RAISED = re.compile(r"(?<=10)[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+$")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def to_number(printed: str) -> Decimal | None:
    """Return the value of a printed number, None where it is none.

    >>> to_number("二十五"), to_number("贰仟肆佰"), to_number("1,250"), to_number("２×10^-3")
    (Decimal('25'), Decimal('2400'), Decimal('1250'), Decimal('0.002'))
    """
    if (printed.isascii() and printed.isdigit()) or _PLAIN.fullmatch(printed):
        return Decimal(printed)
    if raised := _RAISED.search(printed):
        printed = f"{printed[: raised.start()]}^{raised[0].removeprefix('⁺')}"
    text = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", printed).replace("−", "-").replace("–", "-"))
    text = text.translate(_FORMAL)
    if power := _POWER.fullmatch(text):
        front = Decimal(power["front"] or 1) * (Decimal(math.pi) if power["pi"] else 1)
        return front * Decimal(10) ** int(power["sign"] + power["exponent"])
    if share := _SHARE.fullmatch(text):
        other = Decimal(share["other"]) * factor(share["factor"])
        return Decimal(share["one"]) / other if other else None
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    if parts := _PARTS.fullmatch(text):
        above, below = _from_chinese(parts["one"]), _from_chinese(parts["other"])
        return above / below if above is not None and below else None
    return Decimal("0.5") if text == "半" else _from_chinese(text)


def factor(printed: str) -> int:
    """Return what 万, 亿, 千万 … multiply by; 1 for nothing.

    >>> factor("千万"), factor("")
    (10000000, 1)
    """
    product = 1
    for character in printed:
        product *= _FACTORS[character]
    return product


def is_chinese(printed: str) -> bool:
    """Say whether a number is written in Chinese numerals.

    >>> is_chinese("两"), is_chinese("2")
    (True, False)
    """
    return bool(printed) and all(character in _DIGITS or character in _PLACES for character in printed)


def _from_chinese(text: str) -> Decimal | None:
    """Read Chinese numerals: 一千八百, 三点五, 一百零三; a last digit behind 百 or 千 is of the next place (一千八)."""
    whole, point, decimals = text.partition("点")
    if point:
        front, behind = _from_chinese(whole), [_DIGITS.get(character) for character in decimals]
        if front is None or not decimals or None in behind:
            return None
        return front + Decimal("0." + "".join(map(str, behind)))
    if not is_chinese(text):
        return None
    if len(text) > 1 and not any(character in _PLACES for character in text):
        return Decimal("".join(str(_DIGITS[character]) for character in text))
    total, pending = 0, None
    for character in text:
        if character in _DIGITS:
            pending = _DIGITS[character]
        else:
            total += (1 if pending is None else pending) * _PLACES[character]
            pending = None
    colloquial = pending and text[-2:-1] in ("百", "千")
    return Decimal(total + (pending or 0) * (_PLACES[text[-2]] // 10 if colloquial else 1))
