"""Countries and cities that play: in a sports report, "Sweden beat South Korea" names two teams.

A team is an actor, no place: it has coaches and wins matches, and what is said of it is not said of the country. Only
in a text that is about sports, and only for names that play in it, is the place's name the team's.
"""

import re
from collections.abc import Sequence
from functools import cache

from spacy.tokens import Doc, Token

from kg import resources
from kg.parse.lexicons import word_set
from kg.parse.spans import Span

_TOPICS = 3  # different words of sports that a report has at least
_WORDS = 6  # and how many words of sports in all
_SCORE = re.compile(r"\d{1,3} ?[-–] ?\d{1,3}\b")
_SCORE_BEFORE = re.compile(r"\b\d{1,3} ?[-–] ?\d{1,3}\s*$")
_OBJECTS = frozenset({"dobj", "dative", "nsubj", "nsubjpass"})
_LINKS = frozenset({"against", "over", "to", "for", "by", "with", "of"})


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list of `sports.toml`.

    >>> "goalkeeper" in listed("staff")
    True
    """
    words = resources.toml("en", "sports.toml")[name]
    return frozenset(words if isinstance(words, list) else ())


def reports_sports(doc: Doc) -> bool:
    """Is this a report about sports: does it have several of their words, and often?"""
    found = [t.lemma_ for t in doc if t.lemma_ in listed("topic")]
    return len(found) >= _WORDS and len(set(found)) >= _TOPICS


def plays(doc: Doc, spans: Sequence[Span]) -> bool:
    """Do these occurrences of one name tell that it is a team's, in a text about sports?

    "Sweden defeated South Korea 1-0", "Tunisia's coach": for one in four at least, and one of them surely.
    """
    marks = [_playing(doc, span) for span in spans]
    return 2 in marks and 4 * sum(mark > 0 for mark in marks) >= len(marks)


def located(doc: Doc, span: Span) -> bool:
    """Does this occurrence name the place all the same: "in Sweden"?"""
    return span.start > 0 and doc[span.start - 1].lower_ in word_set("place_prepositions.txt")


def _playing(doc: Doc, span: Span) -> int:
    """2 where the name surely plays, 1 where it may, 0 where nothing tells."""
    if located(doc, span):
        return 0
    if _beside_score(doc, span):
        return 2
    head = doc[span.head]
    owner = head.head
    if head.dep_ == "poss" and owner.lemma_ in listed("staff") | listed("deeds"):
        return 2 if owner.lemma_ in listed("staff") else 1
    if head.dep_ in {"compound", "nmod"} and owner.lemma_ in listed("staff") and owner.i >= span.end:
        return 2
    if head.dep_ == "pobj" and owner.lower_ in _LINKS:
        return _linked(owner.head)
    if head.dep_ in _OBJECTS and owner.lemma_ in listed("verbs"):
        return 2 if owner.lemma_ in listed("sure") else 1
    return 0


def _linked(owner: Token) -> int:
    """What the word before "against X", "over X", "for X" tells: "a goal for Belgium", "lost to England"."""
    if owner.lemma_ in listed("deeds"):
        return 1
    return 1 if owner.lemma_ in listed("verbs") and owner.pos_ == "VERB" else 0


def _beside_score(doc: Doc, span: Span) -> bool:
    """Does a score stand right beside the name: "Sweden 1 – 0 Korea Republic", "beat England 2-1"?"""
    after = doc[span.end : span.end + 3].text
    before = doc[max(0, span.start - 3) : span.start].text
    return bool(_SCORE.match(after) or _SCORE_BEFORE.search(before))
