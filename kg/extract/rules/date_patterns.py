"""Regular expressions of what English news writes for dates, built from `lang/en/calendar.toml`."""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg import resources

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%]|[.,]\d)"
_YEAR = r"(?:1\d{3}|20\d{2})(?!\d|[.,]\d)"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])[:.][0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\.?(?!\w))|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
    r"|(?:1[0-2]|0?[1-9])\s?[ap]\.?m\.?(?!\w)|(?:[01]\d|2[0-3])[0-5]\d(?=\s(?:hours|GMT|UTC))"
    r"|\bnoon\b|\bmidnight\b"
    r"|(?i:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\so['’]clock)"
)
_ZONE = r"(?:\s(?:local time|\(?(?:GMT|UTC|BST|CET|CEST|EST|EDT|CST|CDT|MST|MDT|PST|PDT|ET|CT|PT|IST|JST|AEST)\)?))*"


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
        pattern=_pattern(months, weekdays, cast("list[str]", data["parts"]), [*feasts, *tables["movable"]], data),
    )


def _pattern(
    months: list[str], weekdays: list[str], parts: list[str], feasts: list[str], data: dict[str, object]
) -> re.Pattern[str]:
    m, w, p = (f"(?:{'|'.join(names)})" for names in (months, weekdays, parts))
    d, y = _DAY, _YEAR
    unit = f"(?:{'|'.join(cast('dict[str, str]', data['units']))})s?"
    small = "|".join(sorted(cast("dict[str, int]", data["numbers"]), key=len, reverse=True))
    number = rf"(?<![A-Za-z]-)(?i:\d{{1,4}}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:one|two|three|four|five|six|seven|eight|nine)|{small})"
    ordinal = "|".join(sorted(cast("dict[str, int]", data["ordinals"]), key=len, reverse=True))
    season = f"(?:{'|'.join(cast('dict[str, int]', data['seasons']))})"
    day_name = rf"(?:{w}(?:\s{p})?,?\s(?:on\s)?(?:the\s)?)?"
    which = r"(?i:this\spast|last|this|next|past|coming|previous|current|following)"
    dash = r"\s?(?:[-–—]|to|through|until|and)\s?(?:the\s)?"
    rules = {
        "iso": r"\d{4}-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:?\d{2})?)?",
        "slash": r"\d{1,2}[/.]\d{1,2}[/.](?:19|20)\d{2}",
        "mdd": rf"{day_name}{m}\s{d}{dash}{d}(?!\s{m})(?:,?\s{y})?",
        "ddm": rf"{d}{dash}{d}\s(?:of\s)?{m}(?:,?\s{y})?",
        "md": rf"{day_name}{m}\s{d}(?:,?\s{y})?",
        "dm": rf"{day_name}(?:the\s)?{d}\s(?:of\s)?{m}(?!\w)(?:,?\s{y})?",
        "my": rf"(?:(?i:early|late|mid)[-\s])?{m}(?:\sof|,)?\s{y}",
        "seasony": rf"(?i:(?:early|late)\s)?(?i:{season})(?:\sof)?\s{y}",
        "seasonw": rf"(?i:last|this|next|past)\s(?i:{season})\b",
        "decade": r"(?i:(?:early|late|mid)[-\s])?(?:1\d|20)\d0['’]?s\b|['’]\d0s\b"
        r"|(?<=[Tt]he\s)(?:(?:early|late|mid)[-\s])?[2-9]0['’]?s\b",
        "century": rf"(?i:(?:early|late|mid)[-\s])?(?i:\d{{1,2}}(?:st|nd|rd|th)|{ordinal})[-\s](?i:centur(?:y|ies))\b",
        "ago": rf"(?:{number}|(?i:a\s(?:few|couple\sof)|several|many|some))(?:\s(?i:and\sa\shalf))?\s(?i:{unit})\s(?i:ago|earlier|later|before|after)\b",
        "stretch": rf"(?i:the\s)?(?i:last|past|previous|next|coming|following)\s(?:(?:{number})\s)(?i:{unit})\b",
        "sofar": r"(?i:so\sfar\sthis\s(?:year|month|week)|(?:this\s(?:year|month|week)\sso\sfar)|(?:year|month)\sto\sdate)\b",
        "weekday": rf"(?i:(?:late|early|earlier|later)\s(?:on\s)?)?(?:{which}\s)?{w}(?!s?\w)(?:\s{p})?(?:\s(?i:(?:of\s)?(?:last|this|next)\sweek))?",
        "unit": rf"(?i:(?:the\s)?(?:late|early|earlier|later|end\sof|beginning\sof|middle\sof)\s)?(?i:the\s)?{which}\s(?i:weekend|week|month|quarter|year|decade|century)(?!\w)",
        "weekend": r"(?i:(?:the|over\sthe|at\sthe)\sweekend)\b",
        "monthw": rf"{which}\s{m}(?!\w)",
        "feast": rf"(?:{which}\s)?(?:{'|'.join(feasts)})(?!\w|\s(?i:tree|market|card|present|party|gift|song))(?:,?\s{y})?",
        "today": rf"(?i:(?:the\sday\s(?:before|after)\s)?(?:yesterday|tomorrow|today)(?:\s{p})?|tonight|last\snight|this\s(?:morning|afternoon|evening))\b",
        "years": rf"{y}\s?[-–/]\s?(?:{y}|\d\d(?!\d))",
        "clock": _CLOCK + _ZONE,
        "month": rf"(?i:(?:early|late|mid)[-\s])?{m}(?!\w)",
        "age": rf"(?:aged\s{number}|{number}[-\s](?i:years?|months?|weeks?)[-\s](?i:olds?)\b)",
        "each": rf"(?i:every|each)\s(?:(?:other|single|{number})\s)?(?:{w}|(?i:{unit}))\b|{w}s\b",
        "length": rf"(?:{number}|(?i:several|few|many|dozens\sof|hundreds\sof))[-\s](?i:{unit})(?:[-\s](?i:long))?\b",
        "year": rf"(?i:(?:early|late|mid)[-\s])?{y}",
    }
    return re.compile(r"(?<![\w$£€])(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in rules.items()) + r")")
