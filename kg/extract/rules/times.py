"""Time expressions by tokens, with their values against the publication date.

What is written is read by `dates`; the parse tells whether a clause speaks of the future, which decides whether "on Friday" is
ahead or behind.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Doc, Token

from kg import resources
from kg.extract.rules.dates import find_dates

TimeKind = Literal["date", "time", "duration", "set"]
_STEPS = 8


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression: `start` and `end` (exclusive) are token offsets.

    `value` is an ISO 8601 day, date-time, month, year or interval, with `..` for an open end; None where it is not known: a relative
    date without a publication date, a duration, a time of an unknown day. `kind`: "date"; "time" (of an unknown day); "duration"
    ("three hours"); "set" ("every Friday").
    """

    start: int
    end: int
    value: str | None
    kind: TimeKind


def find_times(doc: Doc, date: str | None) -> tuple[TimeSpan, ...]:
    """The time expressions of a document in order; `date` is its publication date. Ages are none.

    "Talks will resume on Friday, after two days" (2021-07-02, itself a Friday) → Friday 2021-07-02, "two days" a duration
    """
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for token in doc:
        starts[token.idx] = token.i
        ends[token.idx + len(token)] = token.i + 1
    found: list[TimeSpan] = []
    for item in find_dates(doc.text, date, lambda offset: _is_future(_token_at(doc, starts, offset))):
        if item.kind == "age":
            continue
        start = _token_at(doc, starts, item.start)
        end = ends.get(item.end) or ends.get(item.end + 1)
        if start is None:
            continue
        found.append(TimeSpan(start.i, max(end or start.i + 1, start.i + 1), item.value, cast("TimeKind", item.kind)))
    return tuple(found)


def _token_at(doc: Doc, starts: dict[int, int], offset: int) -> Token | None:
    for back in range(12):
        index = starts.get(offset - back)
        if index is not None:
            return doc[index]
    return None


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(cast("list[str]", resources.toml("en", "calendar.toml")[key]))


def _is_future(token: Token | None) -> bool:
    """Whether the clause around a token speaks of what is still to come."""
    verb = token
    for _ in range(_STEPS):
        if verb is None or (verb.pos_ in {"VERB", "AUX"} and verb.tag_[:2] in {"VB", "MD"}):
            break
        verb = None if verb.head.i == verb.i else verb.head
    if verb is None or verb.pos_ not in {"VERB", "AUX"}:
        return False
    return _speaks_of_future(verb)


def _speaks_of_future(verb: Token) -> bool:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & _words("future_auxiliaries") and "have" not in auxiliaries:
        return True
    if verb.tag_ == "VB" and "to" in auxiliaries:
        head = verb.head
        past = head.tag_ in {"VBD", "VBN"} and head.lemma_ in {"have", "be", "go", "want", "need"}
        return not past and (head.lemma_ in _words("planning") or head.lower_ in _words("planning"))
    if verb.tag_ == "VBG" and auxiliaries & {"is", "are", "am", "'s", "'re", "’s", "’re"}:
        return True
    if verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in _words("scheduled"):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ == "VERB":
        return _speaks_of_future(verb.head)
    return False
