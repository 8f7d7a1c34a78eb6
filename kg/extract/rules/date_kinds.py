"""What each kind of date expression means: a match of the pattern → a function from the context to a period."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kg.extract.rules import periods
from kg.extract.rules.date_patterns import Calendar, calendar
from kg.extract.rules.periods import Period

_NUMERAL = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
_WORD_BEFORE = re.compile(r"([\w'’-]+)[\s-]*$")
_WORD_BEHIND = re.compile(r"[\s-]?([\w%]+)")
_NEAR = 4


Tense = Literal["past", "future"] | None


@dataclass(frozen=True, slots=True)
class Context:
    """What a date is read against: the publication date, the tense of its clause, the end of its range."""

    anchor: date | None
    tense: Tense
    before: date | None = None
    year: int | None = None

    @property
    def future(self) -> bool:
        """Whether the clause speaks of what is still to come."""
        return self.tense == "future"


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression: its characters, its kind, and how to resolve it; `clock` is HH:MM of a time of the day."""

    start: int
    end: int
    kind: str
    shape: str
    period: Callable[[Context], Period | None] | None = None
    clock: str | None = None


def read(match: re.Match[str], text: str) -> Found | None:
    """The expression of a match, or None where it only looks like a date ("may", "2016 people")."""
    shape = match.lastgroup or ""
    start, end, words = match.start(), match.end(), match.group()
    if shape == "length" and re.match(r"(?i:an?)[\s-]", words) and not _measured(text, start):
        return None
    if shape in {"age", "each", "length"}:
        kind = {"age": "age", "each": "set", "length": "duration"}[shape]
        if shape == "length" and text[end : end + 5].lower() in {" old,", " old ", " old.", "-old ", "-old,"}:
            kind = "age"
        return Found(start, end, kind, shape)
    if shape == "clock":
        return Found(start, end, "time", shape, None, _clock(words))
    if (shape == "year" and not _is_year(text, match)) or (shape == "month" and not _is_month(text, match)):
        return None
    period = _READERS[shape](words, calendar())
    return Found(start, end, "date", shape, period, words[11:16] or None if shape == "iso" else None)


def _measured(text: str, start: int) -> bool:
    """ "for a week", "within an hour" measure; "twice a week", "a week of protest" do not."""
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    return before is not None and before.group(1).lower() in calendar().measures


def _clock(words: str) -> str | None:
    lower = words.lower()
    if lower.startswith(("noon", "midnight")):
        return "12:00" if lower.startswith("noon") else "00:00"
    numbers = _NUMERAL.findall(words)
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if len(numbers[0]) == 4:
        hour, minute = divmod(hour, 100)
    if re.search(r"\dp|\sp\.?m", lower) and hour < 12:
        hour += 12
    elif re.search(r"\da|\sa\.?m", lower) and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}"


def _is_year(text: str, match: re.Match[str]) -> bool:
    """ "in 2016", "the 2016 election", "(2016)" are years; "2016 people", "No. 1998" are none."""
    number = int(_NUMERAL.findall(match.group())[0])
    if not 1200 <= number <= 2099:
        return False
    before = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    behind = _WORD_BEHIND.match(text, match.end())
    if behind is not None and (behind.group(1).lower() in calendar().counted or behind.group(1)[:1] == "%"):
        return False
    word = before.group(1).lower() if before is not None else ""
    if match.group() != match.group().strip() or word in calendar().year_words or not match.group()[0].isdigit():
        return True
    if number < 1800:
        return False
    if word in calendar().numbered or (text[match.start() - 2 : match.start()] in {"o.", "o "} and word == "no"):
        return False
    touching = text[max(0, match.start() - 1) : match.start()]
    return touching in {"(", ",", "", "\n", "-", "–"} or not word or word[:1].isalpha()


def _is_month(text: str, match: re.Match[str]) -> bool:
    """ "in May", "since March" are months; "protesters may march", "Theresa May" are none."""
    words = match.group().split()
    if len(words) > 1 or "-" in match.group():
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - 20), match.start())
    word = before.group(1) if before is not None else ""
    if word.lower() in calendar().month_prepositions:
        return True
    if match.group().rstrip(".") in calendar().ambiguous or match.group() in calendar().ambiguous:
        return False
    return not word[:1].isupper() or not text[match.end() : match.end() + 2].strip()[:1].isupper()


def _in_words(words: str, names: tuple[re.Pattern[str], ...]) -> int:
    """Index of the name that stands in `words`."""
    return next(n for n, name in enumerate(names) if re.search(rf"(?<!\w)(?:{name.pattern})(?!\w)", words))


def _given_year(words: str) -> int | None:
    years = _YEAR.findall(words)
    return int(years[-1]) if years else None


def _nearest(context: Context, make: Callable[[int], date]) -> date | None:
    """The one of three years whose day lies nearest to the publication date, on the side of the clause's tense."""
    if context.year is not None and context.before is not None:
        same = make(context.year)
        return same if same <= context.before else make(context.year - 1)
    if context.anchor is None:
        return None
    options = []
    for year in (context.anchor.year - 1, context.anchor.year, context.anchor.year + 1):
        try:
            options.append(make(year))
        except ValueError:
            continue
    if context.future:
        options = [d for d in options if d >= context.anchor] or options
    elif context.tense == "past":
        options = [d for d in options if d <= context.anchor] or options
    return min(options, key=lambda d: abs((d - (context.anchor or d)).days), default=None)


def _month_day(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    number = _in_words(words, cal.months) + 1
    year = _given_year(words)
    rest = _YEAR.sub("", words) if year is not None else words
    days = [int(n) for n in _NUMERAL.findall(rest)]

    def period(context: Context) -> Period | None:
        if year is not None:
            first, last = (date(year, number, d) for d in (days[0], days[-1]))
        else:
            near = _nearest(context, lambda y: date(y, number, days[0]))
            if near is None:
                return None
            first, last = near, date(near.year, number, days[-1])
        if last < first:
            return None
        return periods.day(first) if first == last else Period(first, last)

    return period


def _month_of(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    """ "March 2016"; "March" alone is the nearest one that is not ahead, or ahead in a clause about the future."""
    number = _in_words(words, cal.months) + 1
    year = _given_year(words)
    step = {"next": 1, "last": -1}.get(words.split()[0].lower(), 0)

    def period(context: Context) -> Period | None:
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


def _iso(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    """An ISO day; a time of the day behind it is kept by the reader."""
    return lambda _: periods.day(date.fromisoformat(words[:10]))


def _slash(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    """ "31/12/2016" is sure; "03/10/2016" is read in two ways in two countries, and stays open."""
    first, second, year = (int(n) for n in _NUMERAL.findall(words))

    def period(context: Context) -> Period | None:
        if first > 12 >= second or first == second:
            return periods.day(date(year, second, first))
        return periods.day(date(year, first, second)) if second > 12 >= first else None

    return period


def _season(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    lower = words.lower()
    first_month = next(m for name, m in cal.seasons.items() if name in lower)
    year = _given_year(words)
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


def _decade(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    number = int(_NUMERAL.findall(words)[0])
    start = number if number > 99 else 1900 + number if number >= 30 else 2000 + number
    return lambda _: periods.years(start, start + 9)


def _century(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    lower = words.lower().replace(" ", "-")
    name = re.sub(r"^(?:early|late|mid)-|-centur(?:y|ies)$", "", lower)
    number = cal.number(name)
    return lambda _: periods.years((number - 1) * 100 + 1, number * 100) if number > 0 else None


def _ago(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    """ "two days ago"; "a few days ago" and "three days later" have no value of their own."""
    parts = words.lower().split()
    if parts[-1] != "ago" or "half" in parts or len(parts) != 3 or parts[0] in {"several", "many", "some"}:
        return lambda _: None
    number, unit = cal.number(parts[0]), cal.unit(parts[1])
    return lambda context: None if context.anchor is None else periods.shifted(context.anchor, unit, -number)


def _stretch(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    parts = words.lower().removeprefix("the ").split()
    sign = 1 if parts[0] in {"next", "coming", "following"} else -1
    number, unit = cal.number(parts[1]), cal.unit(parts[2])
    return lambda context: None if context.anchor is None else periods.stretch(context.anchor, unit, sign * number)


def _so_far(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    unit = next(u for u in ("year", "month", "week") if u in words.lower())

    def period(context: Context) -> Period | None:
        whole = None if context.anchor is None else periods.shifted(context.anchor, unit, 0)
        return None if whole is None else Period(whole.first, context.anchor)

    return period


def _weekday(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    """The nearest one up to the publication date; ahead with "next" or in a clause about the future."""
    number = _in_words(words, cal.weekdays)
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


def _unit(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    """ "last week", "this year", "earlier this month" (up to the publication date), "later this week" (from it on)."""
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


def _this_weekend(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    return lambda context: _weekend(context, 0)


def _feast(words: str, cal: Calendar) -> Callable[[Context], Period | None]:
    year = _given_year(words)
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
        near = _nearest(context, make)
        return None if near is None else periods.day(near)

    return period


def _today(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    lower = words.lower()
    shift = -1 if "yesterday" in lower or lower == "last night" else 1 if "tomorrow" in lower else 0
    if lower.startswith("the day before"):
        shift -= 1
    elif lower.startswith("the day after"):
        shift += 1
    return lambda context: None if context.anchor is None else periods.day(context.anchor + timedelta(days=shift))


def _years(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    """ "2010-2012", "2010–12"; "2016/17" is a season or a financial year."""
    first, last = _NUMERAL.findall(words)
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return lambda _: periods.years(int(first), end) if end >= int(first) else None


def _year(words: str, _: Calendar) -> Callable[[Context], Period | None]:
    number = int(_NUMERAL.findall(words)[0])
    return lambda _: periods.year(number)


_READERS: dict[str, Callable[[str, Calendar], Callable[[Context], Period | None]]] = {
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
    "ago": _ago,
    "stretch": _stretch,
    "sofar": _so_far,
    "weekday": _weekday,
    "unit": _unit,
    "weekend": _this_weekend,
    "feast": _feast,
    "today": _today,
    "years": _years,
    "year": _year,
}
