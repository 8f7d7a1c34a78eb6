"""Dates that count from the publication date: "yesterday", "on Friday", "last month", "two weeks ago"."""

import re
from datetime import timedelta

from kg.extract.rules import periods
from kg.extract.rules.date_context import Context, Resolve, in_words
from kg.extract.rules.date_patterns import Calendar
from kg.extract.rules.periods import Period


def ago(words: str, cal: Calendar) -> Resolve:
    """A step back: "two days ago"; "a few days ago" and "three days later" have no value of their own."""
    parts = words.lower().split()
    if parts[-1] != "ago" or "half" in parts or len(parts) != 3 or parts[0] in {"several", "many", "some"}:
        return lambda _: None
    number, unit = cal.number(parts[0]), cal.unit(parts[1])
    return lambda context: None if context.anchor is None else periods.shifted(context.anchor, unit, -number)


def stretch(words: str, cal: Calendar) -> Resolve:
    """Some units up to the publication date or from it on: "the past three years", "the next two weeks"."""
    parts = words.lower().removeprefix("the ").split()
    sign = 1 if parts[0] in {"next", "coming", "following"} else -1
    number, unit = cal.number(parts[1]), cal.unit(parts[2])
    return lambda context: None if context.anchor is None else periods.stretch(context.anchor, unit, sign * number)


def so_far(words: str, _: Calendar) -> Resolve:
    """Up to the publication date: "so far this year"."""
    unit = next(u for u in ("year", "month", "week") if u in words.lower())

    def period(context: Context) -> Period | None:
        whole = None if context.anchor is None else periods.shifted(context.anchor, unit, 0)
        return None if whole is None else Period(whole.first, context.anchor)

    return period


def weekday(words: str, cal: Calendar) -> Resolve:
    """The nearest one up to the publication date; ahead with "next" or in a clause about the future."""
    number = in_words(words, cal.weekdays)
    lower = words.lower()
    week = re.search(r"(last|this|next) week$", lower) or re.match(r"(this)\s", lower)
    which = lower.split()[0]

    def period(context: Context) -> Period | None:
        if context.before is not None:
            return periods.day(context.before - timedelta(days=(context.before.weekday() - number) % 7 or 7))
        if context.anchor is None:
            return None
        if week is not None:
            monday = context.anchor - timedelta(days=context.anchor.weekday())
            weeks = {"last": -1, "this": 0, "next": 1}[week[1]]
            found = monday + timedelta(days=7 * weeks + number)
            return periods.day(found + timedelta(days=7 * (context.future and weeks == 0 and found < context.anchor)))
        back = (context.anchor.weekday() - number) % 7
        if which in {"next", "coming"}:
            return periods.day(context.anchor + timedelta(days=7 - back))
        if which in {"last", "past", "previous"}:
            return periods.day(context.anchor - timedelta(days=back or 7))
        if context.future:
            return periods.day(context.anchor + timedelta(days=(7 - back) % 7))
        return periods.day(context.anchor - timedelta(days=back))

    return period


def unit(words: str, cal: Calendar) -> Resolve:
    """A unit of the calendar: "last week", "this year".

    "earlier this month" ends with the publication date, "later this week" begins with it.
    """
    parts = words.lower().split()
    which, unit = parts[-2], cal.unit(parts[-1])
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)

    def period(context: Context) -> Period | None:
        if context.anchor is None or which == "following":
            return None
        if unit == "weekend":
            return _weekend(context, step, near=which == "this" and "past" not in parts)
        if which == "past" or (step and unit in {"decade", "century"}):
            return periods.stretch(context.anchor, unit, -1 if which == "past" else step)
        found = periods.shifted(context.anchor, unit, step)
        if found is not None and step == 0 and parts[0] == "earlier":
            return Period(found.first, context.anchor)
        if found is not None and step == 0 and parts[0] == "later":
            return Period(context.anchor, found.last)
        return found

    return period


def _weekend(context: Context, step: int, *, near: bool = False) -> Period | None:
    """The weekend that is going on or over; "this weekend" is the coming one from Wednesday on."""
    if context.anchor is None:
        return None
    now = periods.weekend(context.anchor)
    if step == 0 and not context.future and context.anchor.weekday() < (2 if near else 5):
        step = -1
    return periods.weekend(context.anchor + timedelta(days=7 * step)) if step else now


def this_weekend(words: str, _: Calendar) -> Resolve:
    """The weekend that is over, or going on: "over the weekend"."""
    return lambda context: _weekend(context, 0)


def today(words: str, _: Calendar) -> Resolve:
    """Days around the publication date: "yesterday evening", "the day after tomorrow"."""
    lower = words.lower()
    shift = -1 if "yesterday" in lower or lower == "last night" else 1 if "tomorrow" in lower else 0
    if lower.startswith("the day before"):
        shift -= 1
    elif lower.startswith("the day after"):
        shift += 1
    return lambda context: None if context.anchor is None else periods.day(context.anchor + timedelta(days=shift))
