"""Dates as two bounds, quantities as numbers: what an argument's normalised value says.

Virtuoso keeps xsd:gYear and xsd:gYearMonth as strings, so that nothing can be compared: every date is two xsd:date
bounds with the words and a precision beside them.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

Precision = Literal["day", "month", "year", "interval", "open"]

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T.*)?)?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """The first and last day of a time, both included; None where it is open."""

    begin: date | None
    end: date | None
    precision: Precision


@dataclass(frozen=True, slots=True)
class Amount:
    """The bounds of a number, both included; None where it is open. Equal bounds are one value."""

    least: Decimal | None
    most: Decimal | None


def period(value: str | None) -> Period | None:
    """Return the bounds of a day, month, year or interval; None where `value` is none of them.

    >>> period("2021-02").end
    datetime.date(2021, 2, 28)
    >>> period("2021-06-26/2021-06-28").precision
    'interval'
    >>> period("2021-01-01/..").end is None, period("soon") is None
    (True, True)
    """
    if not value:
        return None
    first, slash, last = value.partition("/")
    if not slash:
        return _single(first)
    begin, end = _single(first), _single(last)
    if (begin is None and first not in ("", "..")) or (end is None and last not in ("", "..")):
        return None
    if begin is None or end is None:
        known = begin.begin if begin else None, end.end if end else None
        return Period(*known, "open") if any(known) else None
    return Period(begin.begin, end.end, "interval") if (begin.begin or date.max) <= (end.end or date.min) else None


def amount(value: str | None) -> Amount | None:
    """Return the bounds of a decimal or of an interval of decimals; None where `value` is neither.

    >>> amount("568").least
    Decimal('568')
    >>> amount("3500/..")
    Amount(least=Decimal('3500'), most=None)
    """
    if not value:
        return None
    first, slash, last = value.partition("/")
    if not slash:
        number = _number(first)
        return None if number is None else Amount(number, number)
    least, most = _number(first), _number(last)
    return None if least is None and most is None else Amount(least, most)


def unit(text: str, numbers: frozenset[str] = frozenset()) -> str | None:
    """Return the words of a quantity that say what is counted; `numbers` are words such as "dozen".

    >>> unit("around 1,500 migrants"), unit("568"), unit("two boats"), unit("a dozen", frozenset({"dozen"}))
    ('migrants', None, 'boats', None)
    """
    words = text.split()
    figures = [position for position, word in enumerate(words) if _is_number(word, numbers)]
    rest = words[figures[-1] + 1 :] if figures else words[-1:] if len(words) > 1 else []
    return " ".join(rest).strip(",. ") or None


def approximate(text: str, marks: frozenset[str]) -> bool:
    """Return whether the words of a quantity say that it is no exact figure; `marks` are such phrases.

    >>> approximate("close to 10,000 people", frozenset({"about", "close to"}))
    True
    """
    words = f" {' '.join(text.lower().split())} "
    return any(f" {mark} " in words for mark in marks)


def _is_number(word: str, numbers: frozenset[str]) -> bool:
    return any(c.isdigit() for c in word) or word.strip(",.").lower() in numbers


def _single(value: str) -> Period | None:
    match = _DAY.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if not year:
            return None
        if month is None:
            return Period(date(year, 1, 1), date(year, 12, 31), "year")
        if day is None:
            return Period(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")
        return Period(date(year, month, day), date(year, month, day), "day")
    except ValueError:
        return None


def _number(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
