"""Periods of the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.rules import periods

DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(9000, 12, 31))


@given(DAYS)
def test_a_day_lies_in_its_week_month_quarter_and_year(day: date) -> None:
    around = (periods.week(day), periods.month(day.year, day.month), periods.quarter(day), periods.year(day.year))
    for period in around:
        assert period.first is not None
        assert period.last is not None
        assert period.first <= day <= period.last


@given(DAYS)
def test_weekends_begin_on_saturday(day: date) -> None:
    weekend = periods.weekend(day)
    assert weekend.first is not None
    assert weekend.last is not None
    assert (weekend.first.weekday(), weekend.last.weekday()) == (5, 6)


@given(DAYS, st.sampled_from(["day", "week", "fortnight", "month", "quarter", "year", "decade"]), st.integers(0, 50))
def test_a_stretch_ends_where_it_begins(day: date, unit: str, number: int) -> None:
    past, future = periods.stretch(day, unit, -number), periods.stretch(day, unit, number)
    assert past is not None
    assert future is not None
    assert past.last == future.first == day


@pytest.mark.parametrize(
    ("unit", "number", "value"),
    [
        ("day", -2, "2021-06-30"),
        ("week", -1, "2021-06-21/2021-06-27"),
        ("month", -1, "2021-06"),
        ("quarter", -1, "2021-04-01/2021-06-30"),
        ("year", 1, "2022"),
        ("decade", -1, "2010-01-01/2019-12-31"),
        ("century", -1, "1901-01-01/2000-12-31"),
    ],
)
def test_shifted(unit: str, number: int, value: str) -> None:
    period = periods.shifted(date(2021, 7, 2), unit, number)
    assert period is not None
    assert period.iso() == value


def test_hours_have_no_day() -> None:
    assert periods.shifted(date(2021, 7, 2), "hour", -3) is None
    assert periods.stretch(date(2021, 7, 2), "minute", 3) is None


def test_months_run_over_the_year() -> None:
    assert periods.month(2021, 13).iso() == "2022-01"
