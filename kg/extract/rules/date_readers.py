"""What each kind of date expression means: its words → a function from the context to a period."""

import re
from datetime import date

from kg.extract.rules import periods, relative_dates
from kg.extract.rules.date_context import (
    NUMERAL,
    YEAR,
    Context,
    Reader,
    Resolve,
    given_year,
    in_words,
    nearest,
    that_year,
)
from kg.extract.rules.date_patterns import Calendar
from kg.extract.rules.periods import Period


def _month_day(words: str, cal: Calendar) -> Resolve:
    number = in_words(words, cal.months) + 1
    written = given_year(words)
    rest = YEAR.sub("", words) if written is not None else words
    days = [int(n) for n in NUMERAL.findall(rest)]

    def period(context: Context) -> Period | None:
        year = written or that_year(words, context)
        if year is not None:
            first, last = (date(year, number, d) for d in (days[0], days[-1]))
        else:
            near = nearest(context, lambda y: date(y, number, days[0]))
            if near is None:
                return None
            first, last = near, date(near.year, number, days[-1])
        if last < first:
            return None
        return periods.day(first) if first == last else Period(first, last)

    return period


def _month_of(words: str, cal: Calendar) -> Resolve:
    """A month: "March 2016"; "March" alone is the nearest one that is not ahead, or ahead in a future clause."""
    number = in_words(words, cal.months) + 1
    written = given_year(words)
    step = {"next": 1, "last": -1}.get(words.split()[0].lower(), 0)

    def period(context: Context) -> Period | None:
        year = written or that_year(words, context)
        if year is not None:
            return periods.month(year, number)
        if context.year is not None and context.before is not None:
            return periods.month(context.year - (number > context.before.month), number)
        if context.anchor is None:
            return None
        now = context.anchor
        ahead = context.future or step == 1
        if ahead:
            return periods.month(now.year + (number < now.month or (number == now.month and step == 1)), number)
        return periods.month(now.year - (number > now.month or (number == now.month and step == -1)), number)

    return period


def _iso(words: str, _: Calendar) -> Resolve:
    """An ISO day; a time of the day behind it is kept by the reader."""
    return lambda _: periods.day(date.fromisoformat(words[:10]))


def _slash(words: str, _: Calendar) -> Resolve:
    """A day in figures: "31/12/2016" is sure; "03/10/2016" is read in two ways in two countries, and stays open."""
    first, second, year = (int(n) for n in NUMERAL.findall(words))

    def period(context: Context) -> Period | None:
        if first > 12 >= second or first == second:
            return periods.day(date(year, second, first))
        return periods.day(date(year, first, second)) if second > 12 >= first else None

    return period


def _season(words: str, cal: Calendar) -> Resolve:
    lower = words.lower()
    first_month = next(m for name, m in cal.seasons.items() if name in lower)
    year = given_year(words)
    step = {"last": -1, "past": -1, "next": 1}.get(lower.split()[0], 0)

    def period(context: Context) -> Period | None:
        if year is not None:
            return periods.season(year, first_month)
        if context.anchor is None:
            return None
        found = periods.season(context.anchor.year, first_month)
        if step < 0 and found.last is not None and found.last >= context.anchor:
            return periods.season(context.anchor.year - 1, first_month)
        if step > 0 and found.first is not None and found.first <= context.anchor:
            return periods.season(context.anchor.year + 1, first_month)
        return found

    return period


def _decade(words: str, _: Calendar) -> Resolve:
    number = int(NUMERAL.findall(words)[0])
    start = number if number > 99 else 1900 + number if number >= 30 else 2000 + number
    return lambda _: periods.years(start, start + 9)


def _century(words: str, cal: Calendar) -> Resolve:
    lower = words.lower().replace(" ", "-")
    name = re.sub(r"^(?:early|late|mid)-|-centur(?:y|ies)$", "", lower)
    number = cal.number(name)
    return lambda _: periods.years((number - 1) * 100 + 1, number * 100) if number > 0 else None


def _feast(words: str, cal: Calendar) -> Resolve:
    year = given_year(words)
    name = re.sub(r"^(?i:last|this|next|past|coming|previous|current|following)\s", "", words)
    name = re.sub(r",?\s\d{4}$", "", name)
    fixed = next(((m, d) for pattern, m, d in cal.feasts if pattern.fullmatch(name)), None)
    shift = next((n for pattern, n in cal.movable if pattern.fullmatch(name)), 0)
    which = words.split()[0].lower()

    def make(in_year: int) -> date:
        return periods.easter_plus(in_year, shift) if fixed is None else date(in_year, *fixed)

    def period(context: Context) -> Period | None:
        if year is not None:
            return periods.day(make(year))
        if context.anchor is not None and which in {"last", "next"}:
            anchor = context.anchor
            options = [make(anchor.year + step) for step in (-1, 0, 1)]
            past = [d for d in options if d < anchor]
            return periods.day(past[-1]) if which == "last" else periods.day(next(d for d in options if d > anchor))
        near = nearest(context, make)
        return None if near is None else periods.day(near)

    return period


def _years(words: str, _: Calendar) -> Resolve:
    """Several years: "2010-2012", "2010–12"; "2016/17" is a season or a financial year."""
    first, last = NUMERAL.findall(words)
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return lambda _: periods.years(int(first), end) if end >= int(first) else None


def _year(words: str, _: Calendar) -> Resolve:
    number = int(NUMERAL.findall(words)[0])
    return lambda _: periods.year(number)


READERS: dict[str, Reader] = {
    "iso": _iso,
    "slash": _slash,
    "mdd": _month_day,
    "ddm": _month_day,
    "md": _month_day,
    "dm": _month_day,
    "my": _month_of,
    "month": _month_of,
    "monthw": _month_of,
    "seasony": _season,
    "seasonw": _season,
    "decade": _decade,
    "century": _century,
    "ago": relative_dates.ago,
    "stretch": relative_dates.stretch,
    "sofar": relative_dates.so_far,
    "weekday": relative_dates.weekday,
    "unit": relative_dates.unit,
    "weekend": relative_dates.this_weekend,
    "feast": _feast,
    "today": relative_dates.today,
    "years": _years,
    "year": _year,
}
