"""Numbers in words and figures: "two hundred and fifty thousand" → 250000. Words in, values out: no model needed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import cast

from kg import resources

_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_GLUED = re.compile(r"(?P<figure>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<scale>k|m|mn|bn|tn)", re.IGNORECASE)
_DOZENS_END = 99
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Number:
    """From `low` to `high` (equal when exact, None when open), read from `length` words.

    `vague`: the words give no exact number ("hundreds", "a couple of").
    """

    low: Decimal
    high: Decimal | None
    length: int
    vague: bool = False


@cache
def _table(name: str) -> dict[str, int]:
    return cast("dict[str, int]", resources.toml("en", "numbers.toml")[name])


def read_number(words: Sequence[str]) -> Number | None:
    """The number that `words` begin with, as long as it goes; None when they begin with none.

    >>> read_number(["3.5", "million", "people"])
    Number(low=Decimal('3500000.0'), high=Decimal('3500000.0'), length=2, vague=False)
    >>> read_number(["hundreds", "of", "people"])
    Number(low=Decimal('200'), high=Decimal('999'), length=1, vague=True)
    >>> read_number(["people"]) is None
    True
    """
    if not words:
        return None
    lower = [word.lower() for word in words[:12]]
    return _plural(lower) or _set_phrase(lower) or _figure(lower) or _spelled(lower)


def _plural(words: list[str]) -> Number | None:
    """Unknown numbers: "hundreds", "tens of thousands"."""
    plurals = _table("plurals")
    first = plurals.get(words[0])
    if first is None:
        return None
    if words[0] in {"dozens", "scores"}:
        return Number(Decimal(2 * first), Decimal(_DOZENS_END), 1, True)
    length, value = 1, first
    while words[length : length + 1] == ["of"] and len(words) > length + 1 and words[length + 1] in plurals:
        value *= plurals[words[length + 1]]
        length += 2
    if words[0] == "tens" and length == 1:
        return None
    high = None if value >= _MILLION else Decimal(10 * value - 1)
    return Number(Decimal(2 * value), high, length, True)


def _set_phrase(words: list[str]) -> Number | None:
    """Round numbers: "a dozen", "half a million", "a couple of hundred", "several thousand"."""
    scales = _table("scales")
    if words[:2] in (["half", "a"], ["half", "of"]) and len(words) > 2 and len(words[2]) > 2 and words[2] in scales:
        half = Decimal(scales[words[2]]) / 2
        return Number(half, half, 3)
    vague = 1 if words[0] in {"several", "many"} else 2 if words[:2] == ["a", "few"] else 0
    if vague and len(words) > vague and len(words[vague]) > 2 and words[vague] in scales:
        scale = scales[words[vague]]
        return Number(Decimal(2 * scale), Decimal(10 * scale - 1), vague + 1, True)
    if words[:2] == ["a", "couple"]:
        return Number(Decimal(2), Decimal(2), 2, True)
    if words[0] in {"a", "an"} and len(words) > 1 and len(words[1]) > 2 and words[1] in scales:
        return _scaled(Decimal(1), words, 1)
    return None


def _figure(words: list[str]) -> Number | None:
    if _FIGURE.fullmatch(words[0]):
        return _scaled(Decimal(words[0].replace(",", "")), words, 1)
    glued = _GLUED.fullmatch(words[0])
    if glued is None:
        return None
    value = Decimal(glued["figure"].replace(",", "")) * _table("scales")[glued["scale"].lower()]
    return Number(value, value, 1)


def _scaled(value: Decimal, words: list[str], length: int) -> Number:
    scales = _table("scales")
    while length < len(words) and words[length] in scales:
        value *= scales[words[length]]
        length += 1
    return Number(value, value, length)


def _spelled(words: list[str]) -> Number | None:
    """Numbers in words: "twenty-five", "two hundred and fifty thousand", "one million"."""
    ones, tens, scales = _table("ones"), _table("tens"), _table("scales")
    total = group = Decimal(0)
    length = 0
    allowed = {"ones", "tens"}
    for position, word in enumerate(words):
        if word in ones and "ones" in allowed:
            group += ones[word]
            allowed = {"scale"}
        elif word in tens and "tens" in allowed:
            group += tens[word]
            allowed = {"ones", "scale"}
        elif word in scales and len(word) > 2 and length and "scale" in allowed:
            group *= scales[word]
            if scales[word] >= 1000:
                total, group = total + group, Decimal(0)
            allowed = {"ones", "tens", "scale"}
        elif (word == "-" and length and position + 1 < len(words) and words[position + 1] in ones) or (
            word == "and" and length and _continues(words, position)
        ):
            continue
        else:
            hyphenated = word.split("-")
            if len(hyphenated) != 2 or hyphenated[0] not in tens or hyphenated[1] not in ones or "tens" not in allowed:
                break
            group += tens[hyphenated[0]] + ones[hyphenated[1]]
            allowed = {"scale"}
        length = position + 1
    return Number(total + group, total + group, length) if length else None


def _continues(words: list[str], position: int) -> bool:
    """Whether a number goes on behind "and": "two hundred and fifty", not "two and three"."""
    before, after = words[position - 1], words[position + 1 : position + 2]
    known = after and (
        after[0] in _table("ones") or after[0] in _table("tens") or after[0].split("-")[0] in _table("tens")
    )
    return bool(before in _table("scales") and known)


def plain(value: Decimal) -> str:
    """A decimal without exponent and without empty decimal places: Decimal("3.50E+3") → "3500"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
