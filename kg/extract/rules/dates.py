"""Dates of a text as ISO 8601 values, against its publication date. Text in, offsets out: no model needed.

Two steps: each expression is read on its own (`Found`, with a function that gives its period), then neighbours are
           joined ("from Friday to Monday", "at 10:30 on Friday", "since March"). Northern seasons, weeks from Monday.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from kg.extract.rules.date_context import Context, Tense
from kg.extract.rules.date_kinds import Found, read
from kg.extract.rules.date_patterns import calendar
from kg.extract.rules.periods import Period

_BETWEEN = re.compile(r"\s?(?:[-–—]|to|until|till|through|and)\s?(?:on\s)?(?:the\s)?", re.IGNORECASE)
_RANGE_OPENER = re.compile(r"(?P<word>from|between)\s(?:the\s)?$", re.IGNORECASE)
_TIED = re.compile(r",?\s(?:at\s|on\s|at\s(?:about|around)\s)?(?:about\s|around\s)?", re.IGNORECASE)
_APPOSED = re.compile(r",\s(?:from|between)\s", re.IGNORECASE)
_BOUND = re.compile(
    r"(?P<word>since|until|till|before|after|by|from|through)\s(?:the\s)?(?:end\sof\s)?$", re.IGNORECASE
)
_POSSESSIVE = re.compile(r"['’]s\b")
_ARTICLE_FREE = frozenset({"year", "month", "weekday", "md", "dm", "my", "monthw"})
_WORD = re.compile(r"(?<![\w$£€])[\w'’]")
_BACK = 28
_AHEAD = 64


@dataclass(frozen=True, slots=True)
class Dated:
    """Characters of a time expression and its value (None: not known without a publication date, or no date).

    `kind`: date, time, duration, set (a repeated time) or age.
    """

    start: int
    end: int
    value: str | None
    kind: str


def find_dates(
    text: str, published: str | None = None, tense: Callable[[int], Tense] = lambda _: None
) -> tuple[Dated, ...]:
    """The time expressions of `text`; `tense(offset)` says of which time the clause there speaks.

    >>> [(d.value, d.kind) for d in find_dates("on Thursday, and in 2016", "2021-07-02")]
    [('2021-07-01', 'date'), ('2016', 'date')]
    >>> [d.value for d in find_dates("on Thursday, since October 2016")]
    [None, '2016-10-01/..']
    """
    anchor = _anchor(published)
    return tuple(_join(text, _expressions(text), anchor, tense))


def _expressions(text: str) -> list[Found]:
    """What the patterns find, in order. Most of a text is far from any word of the calendar and is not searched."""
    found: list[Found] = []
    pattern, position, reach = calendar().pattern, 0, -1
    for trigger in calendar().trigger.finditer(text):
        if trigger.end() <= reach:
            continue
        begin, reach = max(position, trigger.start() - _BACK), trigger.end()
        for word in _WORD.finditer(text, begin, reach):
            if word.start() < position:
                continue
            match = pattern.match(text, word.start(), reach + _AHEAD)
            if match is None:
                continue
            position = match.end()
            item = read(match, text)
            if item is not None:
                found.append(item)
    return found


def _anchor(published: str | None) -> date | None:
    if published is None:
        return None
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _join(text: str, found: list[Found], anchor: date | None, tense: Callable[[int], Tense]) -> list[Dated]:
    joined: list[Dated] = []
    index = 0
    while index < len(found):
        item = found[index]
        context = Context(anchor, tense(item.start) if anchor is not None else None)
        following = found[index + 1] if index + 1 < len(found) else None
        if following is not None and item.kind == "date" and following.kind == "date":
            third = found[index + 2] if index + 2 < len(found) else None
            if third is not None and _APPOSED.fullmatch(text, item.end, following.start):
                whole = _range(text, following, third, context)
                if whole is not None:
                    joined.append(replace(whole, start=item.start))
                    index += 3
                    continue
            whole = _range(text, item, following, context)
            if whole is not None:
                joined.append(whole)
                index += 2
                continue
        if following is not None and _is_date_time(text, item, following):
            joined.append(_date_time(item, following, context))
            index += 2
            continue
        joined.append(_single(text, item, context))
        index += 1
    return joined


def _period(item: Found, context: Context) -> Period | None:
    if item.period is None:
        return None
    try:
        return item.period(context)
    except (ValueError, OverflowError):
        return None


def _range(text: str, first: Found, last: Found, context: Context) -> Dated | None:
    """One period of two, the end read first and the beginning before it: "from Friday to Monday"."""
    link = _BETWEEN.fullmatch(text, first.end, last.start)
    if link is None:
        return None
    opener = _RANGE_OPENER.search(text, max(0, first.start - 14), first.start)
    word = link.group().strip().lower()
    if opener is None and (word in {"and", ""} or first.shape != last.shape):
        return None
    if opener is not None and opener["word"].lower() == "between" and word != "and":
        return None
    if word == "and" and opener is not None and opener["word"].lower() == "from":
        return None
    end = _period(last, context)
    value = None
    if end is not None and end.last is not None:
        begin = _period(first, replace(context, before=end.last, year=end.last.year))
        if begin is not None and begin.first is not None and begin.first <= end.last:
            value = Period(begin.first, end.last).iso()
    return Dated(first.start, last.end, value, "date")


def _is_date_time(text: str, item: Found, following: Found) -> bool:
    """Whether a date and a time of the day belong together: "at 10:30 on Friday"."""
    return {item.kind, following.kind} == {"date", "time"} and bool(_TIED.fullmatch(text, item.end, following.start))


def _date_time(item: Found, following: Found, context: Context) -> Dated:
    on, clock = (item, following) if item.kind == "date" else (following, item)
    period = _period(on, context)
    value = None
    if period is not None:
        value = f"{period.iso()}T{clock.clock}" if period.unit == "day" and clock.clock else period.iso()
    return Dated(min(item.start, following.start), max(item.end, following.end), value, "date")


def _single(text: str, item: Found, context: Context) -> Dated:
    period = _period(item, context)
    if item.kind != "date" or period is None:
        return Dated(item.start, item.end, None, item.kind)
    if item.clock is not None:
        return Dated(item.start, item.end, f"{period.iso()}T{item.clock}", "date")
    bound = _BOUND.search(text, max(0, item.start - 24), item.start)
    if bound is not None and _POSSESSIVE.match(text, item.end) is None and not _modifies(item, bound):
        period = _bounded(period, bound["word"].lower(), context)
    return Dated(item.start, item.end, period.iso(), "date")


def _modifies(item: Found, bound: re.Match[str]) -> bool:
    """Whether it belongs to a noun behind it, as a date with an article does: "after the 1999 shooting"."""
    return item.shape in _ARTICLE_FREE and bound.group().lower().rstrip().endswith(" the")


def _bounded(period: Period, word: str, context: Context) -> Period:
    """An open interval for "since March", "until Friday", "before 2010", "after Monday"."""
    if word in {"since", "from"}:
        if (
            word == "from"
            and context.anchor is not None
            and period.first is not None
            and period.first <= context.anchor
        ):
            return period
        return Period(period.first, None)
    if word == "after":
        return Period(period.last, None) if period.unit != "day" else Period(period.first, None)
    if word == "before":
        return Period(None, period.first)
    return Period(None, period.last)
