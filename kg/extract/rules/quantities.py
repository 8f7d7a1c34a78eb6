"""Numbers of things, as values: "more than 3,500 people" → 3500/.. people.

Conventions (also in docs/decisions/0035): "more than", "at least" give an interval that is open above and includes
the number; "up to", "fewer than" one that is open below; "about", "nearly" give the number and `approximate`;
"hundreds" is 200/999, from twice the word to just under ten times, "dozens" 24/99, "millions" 2000000/.. (nobody says
"tens of millions" with care). Years, dates, times, durations, ordinals, names with numbers, scores and telephone
numbers are no quantities; ages have a kind of their own.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from spacy.tokens import Doc, Token

from kg import resources
from kg.extract.rules.ages import QuantityKind, QuantitySpan, find_age
from kg.extract.rules.dates import find_dates
from kg.extract.rules.numerals import Number, plain, read_number
from kg.extract.rules.times import TimeSpan

__all__ = ["QuantitySpan", "find_quantities"]

_LONGEST = 4
_MOST_SHARE = 100
_RANGE = frozenset({"to", "-", "–", "—"})
_DIGITS = re.compile(r"\d")
_NUMBER_DEPS = frozenset({"nummod", "quantmod", "compound", "amod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "SYM"})


def find_quantities(doc: Doc, times: Iterable[TimeSpan] | None = None) -> tuple[QuantitySpan, ...]:
    """The quantities of a document in order; `times` are its time expressions, looked for when not given.

    "Around 1,500 people, hundreds of them children, paid $2 million" → 1500 people (approximate), 200/999, 2000000 $
    """
    openers = _openers()
    candidates = [
        i for i, t in enumerate(doc) if (word := t.text)[0].isdigit() or word.lower() in openers or "-" in word
    ]
    blocked = _in_times(doc, times)
    found: list[QuantitySpan] = []
    end = 0
    for index in candidates:
        if index < end or index in blocked:
            continue
        span = find_age(doc, index) or _quantity(doc, doc[index], blocked)
        if span is not None:
            found.append(span)
            end = span.end
    return tuple(found)


@cache
def _words(table: str, key: str) -> frozenset[str]:
    data = cast("dict[str, list[str]]", resources.toml("en", "numbers.toml")[table])
    return frozenset(data[key])


@cache
def _phrases(table: str) -> dict[tuple[str, ...], str]:
    data = cast("dict[str, str]", resources.toml("en", "numbers.toml")[table])
    return {tuple(phrase.split()): meaning for phrase, meaning in data.items()}


@cache
def _openers() -> frozenset[str]:
    tables = resources.toml("en", "numbers.toml")
    names: set[str] = {"a", "an", "half", "several", "many"}
    for table in ("ones", "tens", "plurals"):
        names.update(cast("dict[str, int]", tables[table]))
    return frozenset(names)


def _in_times(doc: Doc, times: Iterable[TimeSpan] | None) -> set[int]:
    """Tokens of time expressions, which count nothing."""
    if times is not None:
        return {i for span in times for i in range(span.start, span.end)}
    offsets = doc.to_array("IDX")
    blocked: set[int] = set()
    for item in find_dates(doc.text):
        if item.kind != "age":
            start = max(0, int(offsets.searchsorted(item.start, "right")) - 1)
            blocked.update(range(start, int(offsets.searchsorted(item.end - 1, "right"))))
    return blocked


def _quantity(doc: Doc, token: Token, blocked: set[int]) -> QuantitySpan | None:
    number = read_number([t.text for t in doc[token.i : token.i + 12]])
    if number is None or _is_name(doc, token, number):
        return None
    start, end = token.i, token.i + number.length
    number, end = _range(doc, number, end, blocked)
    if end < start or _is_share(doc, number, start, end, blocked):
        return None
    start, bound = _bound(doc, start - (start > 0 and number.low != number.high and doc[start - 1].lower_ == "between"))
    end, tail = _tail(doc, end)
    bound = tail or bound
    start, currency = _currency(doc, start)
    unit, end, kind = _unit(doc, token, end, currency)
    if currency is None and start > 0 and bound is None:
        start, bound = _bound(doc, start)
    if bound is None and currency is not None:
        start, bound = _bound(doc, start)
    if not _counts(token, number, unit, bound, kind):
        return None
    value = _value(number, bound)
    return QuantitySpan(start, end, value, number.vague or bound == "about", unit, kind)


def _value(number: Number, bound: str | None) -> str:
    low, high = plain(number.low), ".." if number.high is None else plain(number.high)
    if bound == "over":
        return f"{low}/.."
    if bound == "under":
        return f"../{high}"
    return low if low == high else f"{low}/{high}"


def _range(doc: Doc, number: Number, end: int, blocked: set[int]) -> tuple[Number, int]:
    """The number with its end: "10 to 20", "between 10 and 20", "10-20 people".

    An end of -1 says that it is a score or a telephone number.
    """
    if end + 1 >= len(doc) or end + 1 in blocked:
        return number, end
    link = doc[end].lower_
    begin = end - number.length
    between = link == "and" and begin > 0 and doc[begin - 1].lower_ == "between"
    if link not in _RANGE and not between:
        return number, end
    second = read_number([t.text for t in doc[end + 1 : end + 8]])
    if second is None or second.low != second.high or number.low != number.high:
        return number, end
    last = end + 1 + second.length
    low = number.low
    scale = second.low
    if link != "and" and low < 1000 <= scale and scale / 1000 >= low and doc[last - 1].lower_ in _scale_words():
        low *= _scale_words()[doc[last - 1].lower_]
    if low >= scale or (link in "-–—" and _noun_behind(doc, last) is None):
        blocked.update(range(end, last))
        return number, -1
    return Number(low, scale, last - begin), last


@cache
def _scale_words() -> dict[str, int]:
    return {
        k: v for k, v in cast("dict[str, int]", resources.toml("en", "numbers.toml")["scales"]).items() if v >= 1000
    }


def _is_share(doc: Doc, number: Number, start: int, end: int, blocked: set[int]) -> bool:
    """Whether it is a share and no number of people: "one in three visitors", "eight of 10 voters"."""
    link = doc[end].lower_ if end < len(doc) else ""
    if (
        link not in {"in", "of", "out"}
        or (link == "of" and number.low == 1)
        or number.low != number.high
        or number.low > _MOST_SHARE
    ):
        return False
    begin = end + 1 + (link == "out")
    whole = read_number([t.text for t in doc[begin : begin + 3]])
    if whole is None or whole.low <= number.low or begin in blocked or whole.low > _MOST_SHARE:
        return False
    blocked.update(range(start, begin + whole.length))
    return True


def _noun_behind(doc: Doc, index: int) -> Token | None:
    """The noun that follows at once, or behind adjectives: 400 (angry) farmers."""
    for token in doc[index : index + 3]:
        if token.pos_ in _NOUNS or token.text == "%":
            return token
        if token.pos_ != "ADJ":
            return None
    return None


def _bound(doc: Doc, start: int) -> tuple[int, str | None]:
    """The longest phrase before `start` that bounds the number, and what it makes of it."""
    phrases = _phrases("bounds")
    for length in range(min(_LONGEST, start), 0, -1):
        meaning = phrases.get(tuple(t.lower_ for t in doc[start - length : start]))
        if meaning is not None:
            return start - length, None if meaning == "exact" else meaning
    return start, None


def _tail(doc: Doc, end: int) -> tuple[int, str | None]:
    phrases = _phrases("tails")
    for length in (2, 1):
        meaning = phrases.get(tuple(t.lower_ for t in doc[end : end + length]))
        if meaning is not None:
            return end + length, meaning
    return end, None


def _currency(doc: Doc, start: int) -> tuple[int, int | None]:
    if start > 0 and doc[start - 1].lower_ in _words("units", "money") and not doc[start - 1].is_alpha:
        return start - 1, start - 1
    return start, None


def _unit(doc: Doc, token: Token, end: int, currency: int | None) -> tuple[int | None, int, QuantityKind]:
    if currency is not None:
        return currency, end, "money"
    if end + 1 < len(doc) and doc[end].is_space and "\n" not in doc[end].text:
        end += 1
    following = doc[end] if end < len(doc) else None
    if following is not None and following.lower_ in _words("units", "percent"):
        return end, end + 1, "percent"
    if following is not None and following.lower_ == "per" and end + 1 < len(doc) and doc[end + 1].lower_ == "cent":
        return end + 1, end + 2, "percent"
    head = _counted(doc, token, end)
    if head is None:
        return None, end, "count"
    lemma = head.lemma_.lower()
    kinds: tuple[QuantityKind, ...] = ("money", "measure")
    for kind in kinds:
        if lemma in _words("units", kind) or head.lower_ in _words("units", kind):
            return head.i, max(end, head.i + 1) if head.i - end < 1 else end, kind
    return head.i, end, "count"


def _counted(doc: Doc, token: Token, end: int) -> Token | None:
    """The noun that the number belongs to: "568 people", "hundreds of officers", "two of the men"."""
    last = doc[end - 1]
    if end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_:
        return doc[end + 1] if doc[end + 1].pos_ == "NOUN" else None
    if end < len(doc) and doc[end].lower_ == "of":
        return next((c for c in doc[end].children if c.dep_ == "pobj"), None)
    for part in (last, token):
        head = part
        while head.dep_ in _NUMBER_DEPS and head.head.i != head.i and head.head.i >= token.i:
            head = head.head
        if head.i >= end and head.pos_ in _NOUNS:
            return head
    return _noun_behind(doc, end)


def _is_name(doc: Doc, token: Token, number: Number) -> bool:
    """Whether the number counts nothing: "Boeing 737", "Article 50", "Group of 20", "007"."""
    if token.text[:1] == "0" and token.text.isdigit():
        return True
    previous = doc[token.i - 1] if token.i else None
    if token.ent_type_ in _words("names", "labels") and number.length <= 2:
        return True
    if previous is None:
        return False
    if previous.lower_ in _words("names", "numbered") or previous.text in {"#", "+", "/", ":"}:
        return True
    if any(t.lower_ in _words("names", "addresses") and t.pos_ == "PROPN" for t in doc[token.i + 1 : token.i + 4]):
        return True
    return previous.pos_ == "PROPN" and token.head.i == previous.i and token.dep_ in {"nummod", "npadvmod", "appos"}


def _counts(token: Token, number: Number, unit: int | None, bound: str | None, kind: QuantityKind) -> bool:
    """A bare "one" or a digit in a list counts nothing; "a million" and "half a dozen" do."""
    word = token.lower_
    if kind != "count" or bound is not None or number.vague:
        return True
    if word in {"one", "a", "an"} and number.length == 1:
        return unit is not None and token.dep_ == "nummod"
    if unit is None and _DIGITS.search(token.text) and token.is_sent_start:
        following = token.nbor(1) if token.i + 1 < len(token.doc) else None
        return following is None or following.text not in {".", ")"}
    return unit is not None or token.dep_ not in {"punct", "dep", "nummod", "ROOT", "npadvmod"}
