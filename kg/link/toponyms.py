"""Place names put right: the gazetteer and the document overrule what the tagger and the words alone gave.

"Mansfield council" with Mansfield, Ohio elsewhere → a place; "Jordan said" after Michael Jordan stays a person; names
that were not found at all are added; "Niles, Ohio" is two names. Whether a form is a place is weighed by
`kg.link.evidence`; this module finds the forms and rewrites the spans.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from spacy.tokens import Doc

from kg.errors import GazetteerError
from kg.link import teams
from kg.link.evidence import FEATURES, features, key_of, knowledge
from kg.link.forms import expand
from kg.link.gazetteer import REMEDY, Gazetteer
from kg.link.scene import PLACES, text_of
from kg.parse.lexicons import word_set
from kg.parse.name_words import gender_of_first_name, is_demonym, measured, noun_class, place_class
from kg.parse.spans import Span

Occurrence = tuple[Span, str | None]
_LONGEST = 4
_INSIDE = frozenset({"of", "de", "la", "le", "del", "du", "and", "-", "'s", "’s"})
_TOWN, _CITY = 1000, 100_000  # inhabitants of a town that a building's name may mean, of a place that a people's may
_PARTIES = frozenset({"D", "R", "I"})
_DASHES = frozenset({"-", "–", "—"})
_SIDES = frozenset({"Country", "Region", "City", "Place"})
_ADJECTIVES = ("ic", "ian", "ish", "ese")
_BEHIND_DATELINE = frozenset({"-", "–", "—", "--", ":", ",", "("})
_FIXED = frozenset({"Facility", "Camp", "Event", "Group"})
BECOMES, STAYS, IS_NEW = 0.4, 0.5, 0.4  # chances from which a name becomes, stays, or newly is a place


@lru_cache(maxsize=1)
def name_weights() -> tuple[float, ...]:
    """The weights of the features of `kg.link.evidence`, in order."""
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))["name"]
    if set(data) != set(FEATURES):
        raise GazetteerError(f"weights.json is of another version of kg than its features: {REMEDY}")
    return tuple(float(data[name]) for name in FEATURES)


def correct(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer) -> tuple[Span, ...]:
    """The names of a document with place names put right, in order of the text, without overlap."""
    spans = read_again(doc, names, gazetteer)
    unnamed = tuple(missing(doc, spans, gazetteer))
    known = knowledge(doc, spans, gazetteer, unnamed)
    sports = teams.reports_sports(doc)
    found: list[Span] = []
    for occurrences in forms(doc, spans, unnamed).values():
        chance = place_chance(features(doc, occurrences, known, gazetteer))
        decisions = [(span, decide(doc, span, kind, chance)) for span, kind in occurrences]
        decided = [replace(span, type=specific(doc, span, kind, gazetteer)) for span, kind in decisions if kind]
        found += _teams(doc, decided) if sports else decided
    return tuple(sorted(found, key=lambda s: s.start))


def _teams(doc: Doc, spans: Sequence[Span]) -> list[Span]:
    """The occurrences of a place's name in a sports report, as a team's where it plays: "Sweden beat Norway"."""
    if not teams.plays(doc, [span for span in spans if span.type in _SIDES]):
        return list(spans)
    return [
        replace(span, type="Organization") if span.type in _SIDES and not teams.located(doc, span) else span
        for span in spans
    ]


def read_again(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer) -> list[Span]:
    """The names with those cut that join several, and those freed for weighing whose class the words alone gave.

    "Fort Worth" and "College Park" are towns and no buildings, and the tagger now and then takes "the US" for a people.
    """
    return [
        replace(part, type="Place") if _misread(doc, part, gazetteer) else part
        for span in _joined(doc, names, gazetteer)
        for part in parted(doc, span, gazetteer)
    ]


def _joined(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer) -> Iterable[Span]:
    """The names, with those joined that make up one: "Trinidad" and "Tobago", "Washington" and "D.C."."""
    at = 0
    while at < len(names):
        first, second = names[at], names[at + 1] if at + 1 < len(names) else None
        if second is not None and _are_one(doc, first, second, gazetteer):
            yield _place(doc, first.start, second.end)
            at += 2
            continue
        yield first
        at += 1


def _are_one(doc: Doc, first: Span, second: Span, gazetteer: Gazetteer) -> bool:
    """Do two names, side by side or around "and" or a comma, make up the name of a country, a state or Washington?"""
    between = doc[first.end : second.start].text.lower()
    whole = doc[first.start : second.end].text
    if second.start - first.end > 1 or between not in ("", "and", "&", ","):
        return False
    if between == ",":
        return expand(whole.replace(",", "")) is not None
    return any(c.place.feature in ("PCLI", "ADM1") for c in gazetteer.lookup(whole) if c.variant == 0)


def _misread(doc: Doc, span: Span, gazetteer: Gazetteer) -> bool:
    """Is it the name of a town that reads like a building's, or of a land that was taken for a people?"""
    form = text_of(doc, span)
    exact = [c.place for c in gazetteer.lookup(form) if c.variant == 0]
    if span.type == "Facility":
        before = doc[span.start - 1] if span.start else None
        the = before is not None and (before.lower_ == "the" or before.text in word_set("ship_prefixes.txt"))
        towns = any(p.type == "City" and p.population >= _TOWN for p in exact)
        return towns and not the and all(p.type != "Facility" for p in exact)
    if span.type == "Group":
        return gazetteer.demonym(form) is None and any(p.type == "Country" or p.population >= _CITY for p in exact)
    return False


def forms(doc: Doc, spans: Sequence[Span], unnamed: Sequence[Span]) -> dict[str, list[Occurrence]]:
    """All occurrences of each form: the names given, with their class, and unnamed words that the gazetteer knows."""
    grouped: dict[str, list[Occurrence]] = {}
    for span in spans:
        grouped.setdefault(key_of(doc, span), []).append((span, span.type))
    for span in unnamed:
        grouped.setdefault(key_of(doc, span), []).append((span, None))
    return grouped


def place_chance(row: Sequence[float]) -> float:
    """The probability that a form with the features `row` names a place."""
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(name_weights(), row, strict=True))))


def decide(doc: Doc, span: Span, kind: str | None, chance: float) -> str | None:
    """The class of an occurrence, given how likely its form names a place; None when it is no name at all."""
    if text_of(doc, span) in word_set("not_places.txt"):
        return None if kind is None or kind in PLACES else kind
    if kind is None:
        return "Place" if chance >= IS_NEW else None
    if kind in _FIXED:
        return kind
    if span.start > 1 and doc[span.start - 1].lower_ == "of" and noun_class(doc[span.start - 2].lower_) == "City":
        return kind if kind in PLACES else "Place"  # "the town of X"
    if kind in PLACES and measured([t.lower_ for t in doc[span.end : span.end + 6]]):
        return kind
    if kind in PLACES and span.start and doc[span.start - 1].text in word_set("directions.txt"):
        return kind  # "northern Evia"
    behind = doc[span.end] if span.end < len(doc) else None
    if kind in PLACES and behind is not None and behind.tag_ == "NN" and noun_class(behind.lower_) in PLACES:
        return kind  # "the Mandimba crossing"
    if kind in PLACES:
        return kind if chance >= STAYS else _other(doc, span)
    return "Place" if chance >= BECOMES else kind


def _other(doc: Doc, span: Span) -> str | None:
    """What a name is that reading took for a place and that is none: a person, an organisation, no name at all."""
    words = [t.text for t in doc[span.start : span.end]]
    if len(words) == 1 and words[0].endswith(_ADJECTIVES) and doc[span.head].dep_ in {"amod", "compound"}:
        return None  # "a Hanseatic merchant"
    if doc[span.head].ent_type_ == "PERSON" or (len(words) > 1 and gender_of_first_name(words[0])):
        return "Person"
    return "Organization"


def specific(doc: Doc, span: Span, kind: str, gazetteer: Gazetteer) -> str:
    """The most specific class of a place: by its words, unless the gazetteer knows better ("Fall River" is a city)."""
    if kind not in PLACES or kind in _FIXED:
        return kind
    by_words = place_class([t.text for t in doc[span.start : span.end]])
    kinds = {c.place.type for c in gazetteer.lookup(text_of(doc, span)) if c.variant == 0}
    if by_words and (not kinds or by_words in kinds):
        return by_words
    return kinds.pop() if len(kinds) == 1 else "Place"


def parted(doc: Doc, span: Span, gazetteer: Gazetteer) -> Iterable[Span]:
    """A name, cut where it joins several: "Niles, Ohio", "Canada-U.S.", or a politician's party and place, "D-Pa."."""
    words = [t.text for t in doc[span.start : span.end]]
    if (
        len(words) > 2
        and words[0] in _PARTIES
        and words[1] in _DASHES
        and gazetteer.lookup(doc[span.start + 2 : span.end].text)
    ):
        yield _place(doc, span.start + 2, span.end)
        return
    cut = next((i for i in range(1, len(words) - 1) if _joins(doc, span, span.start + i, gazetteer)), None)
    if cut is None:
        yield span
        return
    left = Span(span.start, span.start + cut, doc[span.start : span.start + cut].root.i, "name", span.type)
    yield replace(left, type="Place") if gazetteer.lookup(text_of(doc, left)) else left
    yield from parted(doc, _place(doc, span.start + cut + 1, span.end), gazetteer)


def _joins(doc: Doc, span: Span, at: int, gazetteer: Gazetteer) -> bool:
    """Does the mark at token `at` of a name stand between two places?"""
    left, right = doc[span.start : at].text, doc[at + 1 : span.end].text
    if doc[at].text == "," and expand(f"{left} {right}") is not None:
        return False  # "Washington, D.C."
    if doc[at].text in (",", "/") and span.type != "Person":
        return bool(gazetteer.lookup(right)) and (bool(gazetteer.lookup(left)) or span.type in PLACES)
    if doc[at].text in _DASHES:
        return all(
            any(c.place.feature == "PCLI" and c.variant == 0 for c in gazetteer.lookup(part)) for part in (left, right)
        )
    return False


def _place(doc: Doc, start: int, end: int) -> Span:
    return Span(start, end, doc[start:end].root.i, "name", "Place")


def missing(doc: Doc, spans: Sequence[Span], gazetteer: Gazetteer) -> Iterable[Span]:
    """Stretches of capitalised words that no name covers and that the gazetteer knows, the longest first."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    at = 0
    while at < len(doc):
        size = 0 if at in taken or not _may_begin(doc, at) else _longest(doc, at, taken, gazetteer)
        if size > 1 or (size and not (is_demonym(doc[at].text) and doc[at].tag_ == "JJ")):
            yield _place(doc, at, at + size)
        at += size or 1


def _may_begin(doc: Doc, at: int) -> bool:
    token = doc[at]
    if not token.text[:1].isupper() or token.ent_type_ in ("DATE", "TIME") or token.text in word_set("not_names.txt"):
        return False
    if (
        token.is_sent_start
        and token.text.isupper()
        and len(token) > 3
        and doc[at + 1 : at + 2].text in _BEHIND_DATELINE
    ):
        return True
    return token.pos_ == "PROPN" or (not token.is_sent_start and not token.is_stop)


def _longest(doc: Doc, at: int, taken: set[int], gazetteer: Gazetteer) -> int:
    """How many tokens from `at` on form the longest name that the gazetteer knows."""
    end = at + 1
    while (
        end < min(len(doc), at + _LONGEST)
        and end not in taken
        and (doc[end].text[:1].isupper() or doc[end].text in _INSIDE)
    ):
        end += 1
    for stop in range(end, at, -1):
        part = doc[at:stop]
        if doc[stop - 1].text in _INSIDE or (len(part.text) < 4 and expand(part.text) is None):
            continue
        if gazetteer.lookup(part.text):
            return stop - at
    return 0
