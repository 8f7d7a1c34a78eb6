"""Matches of the date pattern as time expressions; what only looks like one is thrown out ("may", "2016 people")."""

import re
from dataclasses import dataclass

from kg.extract.rules.date_context import NUMERAL, Resolve
from kg.extract.rules.date_patterns import calendar
from kg.extract.rules.date_readers import READERS

_WORD_BEFORE = re.compile(r"([\w'’-]+\.?)[\s-]*$")
_WORD_BEHIND = re.compile(r"[\s-]?([\w%]+)")


@dataclass(frozen=True, slots=True)
class Found:
    """A time expression: its characters, its kind, and how to resolve it; `clock` is HH:MM of a time of the day."""

    start: int
    end: int
    kind: str
    shape: str
    period: Resolve | None = None
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
    period = READERS[shape](words, calendar())
    return Found(start, end, "date", shape, period, words[11:16] or None if shape == "iso" else None)


def _measured(text: str, start: int) -> bool:
    """Whether it measures: "for a week", "within an hour" do; "twice a week", "a week of protest" do not."""
    before = _WORD_BEFORE.search(text, max(0, start - 20), start)
    return before is not None and before.group(1).lower() in calendar().measures


def _clock(words: str) -> str | None:
    lower = words.lower()
    if lower.startswith(("noon", "midnight")):
        return "12:00" if lower.startswith("noon") else "00:00"
    numbers = NUMERAL.findall(words)
    if not numbers:
        return None
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    if len(numbers[0]) == 4:
        hour, minute = divmod(hour, 100)
    if re.search(r"\dp|\sp\.?m", lower) and hour < 12:
        hour += 12
    elif re.search(r"\da|\sa\.?m", lower) and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}"


def _is_year(text: str, match: re.Match[str]) -> bool:
    """Whether a number is a year: "in 2016", "the 2016 election", "(2016)", not "2016 people", "No. 1998"."""
    number = int(NUMERAL.findall(match.group())[0])
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
    if word in calendar().numbered:
        return False
    touching = text[max(0, match.start() - 1) : match.start()]
    return touching in {"(", ",", "", "\n", "-", "–"} or not word or word[:1].isalpha()


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether a name is that of a month: "in May", "since March", not "protesters may march", "Theresa May"."""
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
