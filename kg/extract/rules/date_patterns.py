"""The expression that finds dates, built from `calendar.toml` and `date_patterns.toml` of a language."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg import resources

_PLACEHOLDER = re.compile(r"<([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The lexicon ready for use: names to numbers, and the pattern that finds a date expression by group name."""

    months: tuple[re.Pattern[str], ...]
    weekdays: tuple[re.Pattern[str], ...]
    ambiguous: frozenset[str]
    month_prepositions: frozenset[str]
    year_words: frozenset[str]
    counted: frozenset[str]
    numbered: frozenset[str]
    measures: frozenset[str]
    seasons: dict[str, int]
    feasts: tuple[tuple[re.Pattern[str], int, int], ...]
    movable: tuple[tuple[re.Pattern[str], int], ...]
    units: dict[str, str]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    trigger: re.Pattern[str]
    pattern: re.Pattern[str]

    def month(self, text: str) -> int:
        """January is 1."""
        return next(n for n, p in enumerate(self.months, 1) if p.fullmatch(text))

    def weekday(self, text: str) -> int:
        """Monday is 0."""
        return next(n for n, p in enumerate(self.weekdays) if p.fullmatch(text))

    def unit(self, text: str) -> str:
        """Unit of time: "years" → "year"."""
        return self.units[text.lower().removesuffix("s")]

    def number(self, text: str) -> int:
        """Value of a number word: "three" → 3, "12th" → 12, "twenty-one" → 21."""
        word = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", text.lower().replace(",", ""))
        if word.isdigit():
            return int(word)
        if word in self.ordinals:
            return self.ordinals[word]
        return sum(self.numbers[part] for part in word.split("-"))


@cache
def calendar(language: str = "en") -> Calendar:
    """The calendar of a language."""
    data = resources.toml(language, "calendar.toml")
    tables = {name: cast("dict[str, int]", data[name]) for name in ("seasons", "numbers", "ordinals", "movable")}

    def names(key: str) -> frozenset[str]:
        return frozenset(cast("list[str]", data[key]))

    months, weekdays = cast("list[str]", data["months"]), cast("list[str]", data["weekdays"])
    feasts, units = cast("dict[str, str]", data["feasts"]), cast("dict[str, str]", data["units"])
    return Calendar(
        months=tuple(re.compile(m) for m in months),
        weekdays=tuple(re.compile(w) for w in weekdays),
        ambiguous=names("ambiguous_months"),
        month_prepositions=names("month_prepositions"),
        year_words=names("year_words"),
        counted=names("counted"),
        numbered=names("numbered"),
        measures=names("measures"),
        seasons=tables["seasons"],
        feasts=tuple((re.compile(k), int(v[:2]), int(v[3:])) for k, v in feasts.items()),
        movable=tuple((re.compile(k), v) for k, v in tables["movable"].items()),
        units=units,
        numbers=tables["numbers"],
        ordinals=tables["ordinals"],
        trigger=re.compile(rf"\d|(?<![A-Za-z])[A-Za-z]*?(?:{'|'.join(cast('list[str]', data['triggers']))})"),
        pattern=_pattern(data, language),
    )


def _pattern(data: dict[str, object], language: str) -> re.Pattern[str]:
    """One expression with a named group for each pattern of `date_patterns.toml`, its placeholders filled in."""

    def keys(name: str) -> str:
        return "|".join(sorted(cast("dict[str, int]", data[name]), key=len, reverse=True))

    def either(name: str) -> str:
        return f"(?:{'|'.join(cast('list[str]', data[name]))})"

    patterns = resources.toml(language, "date_patterns.toml")
    filled = {
        "month": either("months"),
        "weekday": either("weekdays"),
        "part": either("parts"),
        "feast": f"(?:{keys('feasts')}|{keys('movable')})",
        "season": f"(?:{keys('seasons')})",
        "unit": f"(?:{keys('units')})s?",
        "ordinal": keys("ordinals"),
        "small": keys("numbers"),
    }
    filled.update({name: _joined(part) for name, part in cast("dict[str, object]", patterns["parts"]).items()})
    groups = []
    for name, rule in cast("dict[str, object]", patterns["patterns"]).items():
        text = _joined(rule)
        while _PLACEHOLDER.search(text):
            text = _PLACEHOLDER.sub(lambda match: filled[match[1]], text)
        groups.append(f"(?P<{name}>{text})")
    return re.compile(rf"(?<![\w$£€])(?:{'|'.join(groups)})")


def _joined(rule: object) -> str:
    return rule if isinstance(rule, str) else "".join(cast("list[str]", rule))
