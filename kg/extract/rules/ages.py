"""Ages of people: numbers that are neither dates nor counts."""

from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from kg.extract.rules.numerals import Number, plain, read_number

QuantityKind = Literal["count", "percent", "money", "measure", "age"]
_OLDEST = 130
_PERSONAL = frozenset({"he", "she", "who", "i", "you", "they"})
_BEHIND = frozenset({",", ".", ")", ";"})


@dataclass(frozen=True, slots=True)
class QuantitySpan:
    """A number with the words that bound it: `start` and `end` (exclusive) are token offsets.

    `value` is a decimal ("568") or an interval ("3500/..", "10/20", "../5"). `unit` is the token of what is counted
    or measured (people, %, $), None where it is not said ("568 were rescued").
    """

    start: int
    end: int
    value: str | None
    approximate: bool
    unit: int | None
    kind: QuantityKind = "count"


def find_age(doc: Doc, index: int) -> QuantitySpan | None:
    """The age that begins at a token: "aged 34", "34-year-old", "34 years old", "Ms Ortega, 34,", "she was six"."""
    words = [token.text for token in doc[index : index + 7]]
    number = read_number(words)
    if number is None or number.low != number.high or number.low > _OLDEST:
        return None
    end = index + number.length
    following = [word.lower() for word in words[number.length :]]
    glued = "".join(following).lstrip("-")
    if glued.startswith(("year-old", "yearold", "yearsold", "month-old", "monthsold", "yearsofage")):
        return _age(
            index, end + 1 + next(n for n, word in enumerate(following) if "old" in word or word == "age"), number
        )
    if _has_age_words(doc, index) or _apposed(doc, index, following) or _predicated(doc[index], following):
        return _age(index, end, number)
    return None


def _age(start: int, end: int, number: Number) -> QuantitySpan:
    return QuantitySpan(start, end, plain(number.low), False, None, "age")


def _has_age_words(doc: Doc, index: int) -> bool:
    """As in "aged 34", "at age seventeen", "at the age of 34", "people under 30"."""
    if index == 0:
        return False
    before = doc[index - 1]
    if before.lower_ in {"aged", "age"}:
        return True
    if before.lower_ in {"under", "over"} and before.dep_ == "prep" and before.head.i == index - 2:
        return before.head.pos_ in {"NOUN", "PRON", "ADJ"}
    return index > 1 and before.lower_ == "of" and doc[index - 2].lower_ == "age"


def _apposed(doc: Doc, index: int, following: list[str]) -> bool:
    """As in "Maria Ortega, 34, of Lille"."""
    if index < 2 or doc[index - 1].text not in {",", "("} or not doc[index].text[0].isdigit():
        return False
    return doc[index - 2].ent_type_ == "PERSON" and bool(following) and following[0] in _BEHIND


def _predicated(token: Token, following: list[str]) -> bool:
    """As in "until she was eighteen", "Ms Ortega is 34"."""
    head = token.head
    if (
        token.dep_ not in {"attr", "acomp"}
        or head.lemma_ != "be"
        or token.n_lefts
        or (following and following[0] in {"of", "in"})
    ):
        return False
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    return subject is not None and (subject.lower_ in _PERSONAL - {"they"} or subject.ent_type_ == "PERSON")
