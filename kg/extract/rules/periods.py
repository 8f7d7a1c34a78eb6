"""Periods of the calendar and their ISO 8601 values. Pure functions on dates, no text.

A period knows its first and last day, so that "since March" and "from March to June 2016" come from the same pieces.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

Unit = Literal["day", "month", "year", "span"]
_MOST_YEARS = 9000


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None is an open end. `unit` says how it is written."""

    first: date | None
    last: date | None
    unit: Unit = "span"

    def iso(self) -> str:
        """The value that the contract asks for.

        >>> day(date(2021, 7, 2)).iso(), month(2021, 7).iso(), year(2016).iso()
        ('2021-07-02', '2021-07', '2016')
        >>> Period(date(2021, 6, 26), date(2021, 6, 28)).iso(), Period(date(2021, 1, 1), None).iso()
        ('2021-06-26/2021-06-28', '2021-01-01/..')
        """
        if self.first is not None and self.unit == "day":
            return self.first.isoformat()
        if self.first is not None and self.unit == "month":
            return self.first.isoformat()[:7]
        if self.first is not None and self.unit == "year":
            return self.first.isoformat()[:4]
        if self.first is not None and self.first == self.last:
            return self.first.isoformat()
        first, last = (".." if d is None else d.isoformat() for d in (self.first, self.last))
        return f"{first}/{last}"


def day(on: date) -> Period:
    """One day."""
    return Period(on, on, "day")


def month(in_year: int, number: int) -> Period:
    """A month of a year; `number` may run over its ends (13 is January of the next year)."""
    first = date(in_year + (number - 1) // 12, (number - 1) % 12 + 1, 1)
    return Period(first, first + relativedelta(months=1, days=-1), "month")


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), "year")


def years(first: int, last: int) -> Period:
    """From the first day of a year to the last one of another, at most year 9999."""
    return Period(date(first, 1, 1), date(min(last, 9999), 12, 31))


def week(on: date) -> Period:
    """Monday to Sunday around a day."""
    first = on - timedelta(days=on.weekday())
    return Period(first, first + timedelta(days=6))


def weekend(on: date) -> Period:
    """Saturday and Sunday of the week of a day."""
    first = on - timedelta(days=on.weekday() - 5)
    return Period(first, first + timedelta(days=1))


def quarter(on: date) -> Period:
    """The three months around a day."""
    first = date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    return Period(first, first + relativedelta(months=3, days=-1))


def season(in_year: int, first_month: int) -> Period:
    """Three months from `first_month`: the winter of 2003 runs into 2004."""
    first = date(in_year, first_month, 1)
    return Period(first, first + relativedelta(months=3, days=-1))


def easter_plus(in_year: int, days: int) -> date:
    """A feast that hangs on Easter Sunday."""
    return easter(in_year) + timedelta(days=days)


def shifted(on: date, unit: str, number: int) -> Period | None:
    """The day, week, month, year … that lies `number` units after `on` (before it when negative).

    >>> shifted(date(2021, 7, 2), "month", -1).iso(), shifted(date(2021, 7, 2), "week", -1).iso()
    ('2021-06', '2021-06-21/2021-06-27')
    """
    if unit in {"hour", "minute", "second"} or abs(number) > _MOST_YEARS:
        return None
    if unit == "century":
        base = (on.year - 1) // 100 * 100 + 1 + number * 100
        return years(base, base + 99) if base > 0 else None
    steps = {"fortnight": ("weeks", 2), "quarter": ("months", 3), "decade": ("years", 10), "weekend": ("weeks", 1)}
    name, factor = steps.get(unit, (unit + "s", 1))
    try:
        there = on + relativedelta(**{name: number * factor})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return _around(there, unit)


def _around(on: date, unit: str) -> Period:
    if unit == "day":
        return day(on)
    if unit in {"week", "fortnight"}:
        return week(on)
    if unit == "weekend":
        return weekend(on)
    if unit == "month":
        return month(on.year, on.month)
    if unit == "quarter":
        return quarter(on)
    if unit == "decade":
        return years(on.year // 10 * 10, on.year // 10 * 10 + 9)
    return year(on.year)


def stretch(on: date, unit: str, number: int) -> Period | None:
    """The last (negative) or next `number` units, counted from `on`: "the past three years"."""
    if unit in {"hour", "minute", "second"} or abs(number) > _MOST_YEARS:
        return None
    steps = {"fortnight": ("weeks", 2), "quarter": ("months", 3), "decade": ("years", 10), "century": ("years", 100)}
    name, factor = steps.get(unit, ("weeks" if unit == "weekend" else unit + "s", 1))
    try:
        there = on + relativedelta(**{name: number * factor})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return None
    return Period(min(on, there), max(on, there))
