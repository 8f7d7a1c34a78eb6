"""Numbers in words and figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.rules.numerals import plain, read_number

NUMBERS = [
    ("one", 1, 1, 1),
    ("twenty-five people", 25, 25, 1),
    ("twenty - five people", 25, 25, 3),
    ("1,500 people", 1500, 1500, 1),
    ("two thousand three hundred and four", 2304, 2304, 6),
    ("3.5 million", 3_500_000, 3_500_000, 2),
    ("10bn", 10_000_000_000, 10_000_000_000, 1),
    ("half a million", 500_000, 500_000, 3),
    ("a dozen", 12, 12, 2),
    ("two dozen", 24, 24, 2),
    ("hundreds of people", 200, 999, 1),
    ("hundreds of thousands of people", 200_000, 999_999, 3),
    ("a few hundred", 200, 999, 3),
    ("two and three", 2, 2, 1),
]


@pytest.mark.parametrize(("text", "low", "high", "length"), NUMBERS)
def test_numbers(text: str, low: int, high: int, length: int) -> None:
    number = read_number(text.split())
    assert number is not None
    assert (number.low, number.high, number.length) == (Decimal(low), Decimal(high), length)


@pytest.mark.parametrize("text", ["people", "third", "and two", "tens", "a man", "1st", ""])
def test_no_numbers(text: str) -> None:
    assert read_number(text.split()) is None


@given(st.integers(0, 10**12))
def test_figures_with_and_without_commas(value: int) -> None:
    for text in (str(value), f"{value:,}"):
        number = read_number([text])
        assert number is not None
        assert plain(number.low) == str(value)


@given(st.decimals(0, 10**9, places=3))
def test_plain_decimals(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
