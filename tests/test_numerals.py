"""Printed numbers have the value that a reader gives them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg_build.numerals import factor, is_chinese, to_number


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", "12"),
        ("1,250", "1250"),
        ("１２．５", "12.5"),
        ("-40", "-40"),
        ("−5.5", "-5.5"),
        ("两", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("一百零三", "103"),
        ("三千五百", "3500"),
        ("一千八百", "1800"),
        ("二千五百", "2500"),
        ("一千八", "1800"),
        ("一百五", "150"),
        ("一千零八", "1008"),
        ("两千零二十", "2020"),
        ("一点二", "1.2"),
        ("三十点零五", "30.05"),
        ("三分之一", "0.3333333333333333333333333333"),
        ("四分之三", "0.75"),
        ("半", "0.5"),
        ("二〇", "20"),
        ("1×10^-6", "0.000001"),
        ("10^3", "1000"),
        ("2×10⁻³", "0.002"),
        ("10⁺²", "100"),
        ("1/4", "0.25"),
        ("1:5万", "0.00002"),
    ],
)
def test_every_way_to_print_a_number_is_read(printed: str, value: str) -> None:
    assert to_number(printed) == Decimal(value)


def test_pi_is_a_factor() -> None:
    number = to_number("2π×10^-6")
    assert number is not None
    assert float(number) == pytest.approx(6.283185e-6)


@pytest.mark.parametrize("printed", ["", "若干", "1/0", "三个", "1.2.3", "GB", "点五", "三点", "三分之"])
def test_what_is_no_number_has_no_value(printed: str) -> None:
    assert to_number(printed) is None


@pytest.mark.parametrize(("printed", "value"), [("", 1), ("万", 10**4), ("亿", 10**8), ("百万", 10**6)])
def test_factors_multiply(printed: str, value: int) -> None:
    assert factor(printed) == value


def test_digits_are_no_chinese_numerals() -> None:
    assert is_chinese("二十")
    assert not is_chinese("20")
    assert not is_chinese("")
