"""Dates and quantities as bounds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.values import amount, approximate, period, unit

MARKS = frozenset({"about", "close to"})
NUMBERS = frozenset({"three", "hundred"})


@pytest.mark.parametrize(
    ("value", "begin", "end", "precision"),
    [
        ("2021-06-26", "2021-06-26", "2021-06-26", "day"),
        ("2021-06-26T10:00", "2021-06-26", "2021-06-26", "day"),
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2016", "2016-01-01", "2016-12-31", "year"),
        ("2021-06-26/2021-06-28", "2021-06-26", "2021-06-28", "interval"),
        ("2021-06/2022", "2021-06-01", "2022-12-31", "interval"),
        ("2021-01-01/..", "2021-01-01", None, "open"),
        ("../2021", None, "2021-12-31", "open"),
        ("2021-01-01/", "2021-01-01", None, "open"),
    ],
)
def test_a_time_has_two_bounds(value: str, begin: str | None, end: str | None, precision: str) -> None:
    found = period(value)
    assert found is not None
    assert found.begin == (date.fromisoformat(begin) if begin else None)
    assert found.end == (date.fromisoformat(end) if end else None)
    assert found.precision == precision


@pytest.mark.parametrize(
    "value", [None, "", "soon", "2021-13", "2021-02-30", "0000", "../..", "2021/x", "2022/2021", "PT2H", "202"]
)
def test_what_is_no_time_has_none(value: str | None) -> None:
    assert period(value) is None


@given(st.dates(), st.integers(min_value=0, max_value=5000))
def test_an_interval_keeps_its_ends(first: date, days: int) -> None:
    last = min(first, date.max - timedelta(days)) + timedelta(days)
    found = period(f"{first.isoformat()}/{max(first, last).isoformat()}")
    assert found is not None
    assert (found.begin, found.end) == (first, max(first, last))


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("568", "568", "568"),
        ("1.5", "1.5", "1.5"),
        ("3500/..", "3500", None),
        ("../40", None, "40"),
        ("20/30", "20", "30"),
    ],
)
def test_a_number_has_two_bounds(value: str, least: str | None, most: str | None) -> None:
    found = amount(value)
    assert found is not None
    assert (found.least, found.most) == (Decimal(least) if least else None, Decimal(most) if most else None)


@pytest.mark.parametrize("value", [None, "", "many", "NaN", "Infinity", "../..", "/"])
def test_what_is_no_number_has_none(value: str | None) -> None:
    assert amount(value) is None


@pytest.mark.parametrize(
    ("words", "counted", "rough"),
    [
        ("About 120 people", "people", True),
        ("568 people", "people", False),
        ("more than 3,500", None, False),
        ("close to 12", None, True),
        ("three hundred small boats", "small boats", False),
        ("several boats", "boats", False),
        ("", None, False),
    ],
)
def test_the_words_say_what_is_counted_and_how_well(words: str, counted: str | None, rough: bool) -> None:
    assert unit(words, NUMBERS) == counted
    assert approximate(words, MARKS) is rough
