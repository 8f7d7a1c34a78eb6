"""Time expressions by tokens, with their values against the publication date.

What is written is read by `dates`; the parse tells whether a clause speaks of the future, which decides whether "on
Friday" is ahead or behind.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from spacy.tokens import Doc, Token

from kg import resources
from kg.extract.rules.date_context import Tense
from kg.extract.rules.dates import find_dates

TimeKind = Literal["date", "time", "duration", "set"]
_STEPS = 8
_PRESENT = frozenset({"is", "are", "am", "'s", "'re", "’s", "’re"})


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A time expression: `start` and `end` (exclusive) are token offsets.

    `value` is an ISO 8601 day, date-time, month, year or interval, with `..` for an open end; None where it is not
    known: a relative date without a publication date, a duration, a time of an unknown day. `kind`: "date"; "time"
    (of an unknown day); "duration" ("three hours"); "set" ("every Friday").
    """

    start: int
    end: int
    value: str | None
    kind: TimeKind


def find_times(doc: Doc, date: str | None) -> tuple[TimeSpan, ...]:
    """The time expressions of a document in order; `date` is its publication date. Ages are none.

    "Talks will resume on Friday, after two days" (2021-07-02, itself a Friday) → Friday 2021-07-02, "two days" a
    duration
    """
    offsets = doc.to_array("IDX")

    def at(offset: int) -> int:
        return max(0, int(offsets.searchsorted(offset, "right")) - 1)

    found: list[TimeSpan] = []
    for item in find_dates(doc.text, date, lambda offset: _tense(doc[at(offset)])):
        if item.kind != "age":
            found.append(TimeSpan(at(item.start), at(item.end - 1) + 1, item.value, cast("TimeKind", item.kind)))
    return tuple(found)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(cast("list[str]", resources.toml("en", "calendar.toml")[key]))


def _tense(token: Token) -> Tense:
    """Whether the clause around a token speaks of what is over or of what is still to come."""
    verb = token
    for _ in range(_STEPS):
        if verb.pos_ in {"VERB", "AUX"} and verb.tag_[:2] in {"VB", "MD"}:
            if _speaks_of_future(verb):
                return "future"
            return "past" if verb.tag_ in {"VBD", "VBN"} else None
        verb = verb.head
    return None


def _speaks_of_future(verb: Token) -> bool:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if auxiliaries & _words("future_auxiliaries") and "have" not in auxiliaries:
        return True
    planned = verb.lemma_ in _words("planning") or verb.lower_ in _words("planning")
    present = verb.tag_ in {"VBZ", "VBP"} or bool(auxiliaries & _PRESENT)
    if verb.tag_ == "VB" and "to" in auxiliaries:
        return _plans(verb.head)
    if verb.tag_ == "VBG" and present:
        return True
    if planned and present and any(_infinitive(child) or child.lower_ in _words("planning") for child in verb.children):
        return True
    if (verb.tag_ == "VBN" and planned and present) or (
        verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in _words("scheduled")
    ):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VB" and verb.head.pos_ == "VERB":
        return _speaks_of_future(verb.head)
    return False


def _plans(head: Token) -> bool:
    """Whether an infinitive under `head` is still to come: "plans to leave", not "had to leave"."""
    if head.tag_ in {"VBD", "VBN"} and head.lemma_ in {"have", "be", "go", "want", "need"}:
        return False
    return head.lemma_ in _words("planning") or head.lower_ in _words("planning")


def _infinitive(token: Token) -> bool:
    return token.tag_ == "VB" and token.dep_ == "xcomp" and any(c.lower_ == "to" for c in token.children)
