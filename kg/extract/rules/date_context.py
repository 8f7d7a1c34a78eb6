"""What dates are read against, and what all their readers need."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kg.extract.rules.date_patterns import Calendar
from kg.extract.rules.periods import Period

NUMERAL = re.compile(r"\d+")
_THAT_YEAR = re.compile(r"\s(last|this|next)\syear$")
YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)")
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


Resolve = Callable[[Context], Period | None]
Reader = Callable[[str, Calendar], Resolve]


def in_words(words: str, names: tuple[re.Pattern[str], ...]) -> int:
    """Index of the name that stands in `words`."""
    return next(n for n, name in enumerate(names) if re.search(rf"(?<!\w)(?:{name.pattern})(?!\w)", words))


def that_year(words: str, context: Context) -> int | None:
    """The year of "March last year", "3 May of this year"; None without such words or without a publication date."""
    match = _THAT_YEAR.search(words)
    if match is None or context.anchor is None:
        return None
    return context.anchor.year + {"last": -1, "this": 0, "next": 1}[match[1]]


def given_year(words: str) -> int | None:
    """The year that is written in `words`, of several the last."""
    years = YEAR.findall(words)
    return int(years[-1]) if years else None


def nearest(context: Context, make: Callable[[int], date]) -> date | None:
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
    anchor = context.anchor
    return min(options, key=lambda d: abs((d - anchor).days), default=None)
