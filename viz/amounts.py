"""Numbers of the graph in, words in both languages out: money, spans from a least to a greatest, years.

Knows neither facts nor pages.
"""

from __future__ import annotations

from viz.facts import Name

__all__ = ["to_bounds", "to_count", "to_money", "to_number"]

_ZH = ((1e8, "亿元"), (1e4, "万元"))
_EN = ((1e9, "bn"), (1e6, "m"))
_UNITS = {"projects": ("项", "project", "projects"), "years": ("年", "year", "years"), "": ("", "", "")}


def to_number(value: float) -> str:
    """Write a number without needless digits.

    >>> to_number(3.0), to_number(2.5), to_number(0.075)
    ('3', '2.5', '0.075')
    """
    return f"{value:.6f}".rstrip("0").rstrip(".")


def to_money(yuan: float) -> Name:
    """Write yuan in the units of each language.

    >>> to_money(20000000)
    Name(zh='2000 万元', en='CNY 20 m')
    """
    zh = next((f"{_round(yuan / size)} {unit}" for size, unit in _ZH if yuan >= size), f"{_round(yuan)} 元")
    en = next((f"{_round(yuan / size)} {unit}" for size, unit in _EN if yuan >= size), f"{yuan:,.0f}")
    return Name(zh, f"CNY {en}")


def _round(value: float) -> str:
    return to_number(round(value, 2))


def to_count(value: float, unit: str) -> Name:
    """Write a number of projects or years."""
    zh, one, more = _UNITS[unit]
    return Name(f"{to_number(value)} {zh}".strip(), f"{to_number(value)} {one if value == 1 else more}".strip())


def to_bounds(least: float | None, most: float | None, unit: str) -> Name | None:
    """Write what lies between two bounds, of which either may be missing; `unit` is a unit or "money".

    >>> to_bounds(None, 10, "projects")
    Name(zh='至多 10 项', en='at most 10 projects')
    """
    if least is None and most is None:
        return None
    if least is None or most is None or least == most:
        shown = _write(most if most is not None else least or 0.0, unit)
        if least == most:
            return shown
        return Name(f"至多 {shown.zh}", f"at most {shown.en}") if least is None else _at_least(shown)
    if unit == "money":
        low, high = _write(least, unit), _write(most, unit)
        return Name(f"{low.zh} – {high.zh}", f"{low.en} – {high.en.removeprefix('CNY ')}")
    high = to_count(most, unit)
    return Name(f"{to_number(least)}–{high.zh}", f"{to_number(least)}–{high.en}")


def _at_least(shown: Name) -> Name:
    return Name(f"至少 {shown.zh}", f"at least {shown.en}")


def _write(value: float, unit: str) -> Name:
    return to_money(value) if unit == "money" else to_count(value, unit)
