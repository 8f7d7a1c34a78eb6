"""What speaks for a name being the name of a place: features of a form in its document, weighed by a logistic model.

"Palestine" is a town in Texas, a land, or half of a party's name; "Jordan" a country or a man. The tagger's label is
one witness; what the gazetteer knows, what stands around the name, and what other names of the document say are others.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.link.forms import expand, normal
from kg.link.gazetteer import Candidate, Gazetteer
from kg.link.scene import PLACES, first_order, text_of
from kg.parse.lexicons import word_set
from kg.parse.name_words import (
    gender_of_first_name,
    is_title,
    known_organization,
    noun_class,
    organization_class,
    place_class,
)
from kg.parse.spans import Span

_LABELS = {
    "GPE": "label_gpe",
    "LOC": "label_loc",
    "FAC": "label_fac",
    "PERSON": "label_person",
    "ORG": "label_org",
    "NORP": "label_norp",
}
_GOING = frozenset(
    {"from", "to", "of", "for", "around", "toward", "towards", "between", "into", "through", "leaving", "at", "outside"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})

FEATURES = (
    "always",
    "label_gpe",  # the tagger's label of the occurrences, as shares
    "label_loc",
    "label_fac",
    "label_person",
    "label_org",
    "label_norp",
    "label_other",
    "label_part",  # the tagger's span is another one
    "read_place",  # the class that reading the names gave
    "read_person",
    "read_organization",
    "read_other",
    "read_nothing",
    "known",  # to the gazetteer
    "inhabitants",
    "large",
    "country",
    "first_order",
    "by_hand",
    "changed",
    "abbreviation",
    "demonym",
    "numbered",  # ends in a number: "District 3"
    "saint_owns",  # "St. Mary's" is a school or a church
    "in_evoked_country",  # some place of that name lies in a country that sure places of the document lie in
    "in_evoked_first_order",
    "several_words",
    "acronym",
    "first_name",
    "first_name_first",
    "surname",  # of somebody in the document
    "in_person",  # a part of somebody's full name
    "in_organization",
    "in_place",
    "organization_words",
    "known_organization",
    "facility_words",
    "place_words",
    "common_word",  # written small elsewhere in the document
    "behind_in",
    "known_behind_in",
    "behind_going",
    "behind_the",
    "behind_title",
    "before_container",  # "X, Ohio"
    "behind_content",  # "Akron, X"
    "subject",
    "says",
    "modifies",  # "the X council"
    "modifies_local",  # "an X man"
    "called_place",  # "the village of X", "X, a town in …"
    "dateline",  # "X — The council …", "X (AP)"
    "owns",  # "X's"
    "capitals",
    "not_proper",  # tagged as something else than a proper noun
    "begins",  # the sentence
    "age_follows",
    "capital_before",
    "capital_after",
)


@dataclass(frozen=True, slots=True)
class Known:
    """What the names of a document tell about each other: parts of names by class, and where places lie."""

    persons: frozenset[str]
    surnames: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    small: frozenset[str]
    countries: frozenset[str]
    states: frozenset[str]
    starts: Mapping[int, Span]
    ends: Mapping[int, Span]


def coarse(kind: str | None) -> str:
    """The feature of a class that reading gave: "SecurityForce" → "read_organization", None → "read_nothing"."""
    if kind is None:
        return "read_nothing"
    if kind in PLACES:
        return "read_place"
    if kind in ("Group", "Event", "Position"):
        return "read_other"
    return "read_person" if kind == "Person" else "read_organization"


def _parts(doc: Doc, spans: Iterable[Span]) -> frozenset[str]:
    """Proper parts, of up to three words, of names: "Oxford Police Department" → "Oxford", "Police", "Oxford Police"."""
    found: set[str] = set()
    for span in spans:
        words = [t.text for t in doc[span.start : span.end]]
        for size in range(1, min(4, len(words))):
            found.update(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
    return frozenset(found)


def knowledge(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer) -> Known:
    """Gather `Known` of a document."""
    sure = [s for s in names if s.type in PLACES and doc[s.end - 1].ent_type_ in ("GPE", "LOC")]
    persons = [s for s in names if s.type == "Person"]
    countries: dict[str, float] = defaultdict(float)
    states: Counter[str] = Counter()
    for form in dict.fromkeys(text_of(doc, s) for s in sure):
        found = [c.place for c in gazetteer.lookup(form)]
        weight = 1 / (1 + 0.5 * len({p.country for p in found}))
        for code in {p.country for p in found if p.country}:
            countries[code] += weight
        states.update({state for p in found if (state := first_order(p))})
    return Known(
        persons=_parts(doc, persons),
        surnames=frozenset(doc[s.end - 1].text for s in persons if s.end - s.start > 1),
        organizations=_parts(doc, (s for s in names if coarse(s.type) == "read_organization")),
        places=_parts(doc, (s for s in names if s.type in PLACES)),
        small=frozenset(t.text for t in doc if t.text.islower()),
        countries=frozenset(c for c, n in countries.items() if n >= 0.6),
        states=frozenset(s for s, n in states.items() if n >= 2),
        starts={s.start: s for s in names},
        ends={s.end: s for s in names},
    )


def of_form(form: str, words: Sequence[str], known: Known, gazetteer: Gazetteer) -> dict[str, float]:
    """What the words of a form say wherever it stands."""
    found: Sequence[Candidate] = gazetteer.lookup(form)
    places = [c.place for c in found]
    most = max((p.population for p in places), default=0)
    exact = [p for p, c in zip(places, found, strict=True) if c.variant == 0]
    letters = form.replace(".", "")
    several = len(words) > 1
    kind = place_class(words)
    first = bool(gender_of_first_name(words[0]))
    return {
        "known": bool(found),
        "inhabitants": math.log10(1 + most) / 10,
        "large": max(0.0, min(1.0, (math.log10(1 + most) - 5) / 2)),
        "country": any(p.feature == "PCLI" for p in exact),
        "first_order": any(p.feature == "ADM1" for p in exact),
        "by_hand": any(p.geonames is None for p in places),
        "changed": bool(found) and not exact,
        "abbreviation": expand(form) is not None,
        "demonym": expand(form) is None and gazetteer.demonym(form) is not None,
        "numbered": words[-1][-1:].isdigit(),
        "in_evoked_country": any(p.country in known.countries for p in places),
        "in_evoked_first_order": any(first_order(p) in known.states for p in places),
        "several_words": several,
        "acronym": 2 <= len(letters) <= 5 and letters.isupper() and letters.isalpha(),
        "first_name": first and not several,
        "first_name_first": first and several,
        "surname": words[-1] in known.surnames,
        "in_person": form in known.persons,
        "in_organization": form in known.organizations,
        "in_place": form in known.places,
        "organization_words": organization_class(words) is not None,
        "known_organization": known_organization(words) is not None,
        "facility_words": kind in ("Facility", "Camp"),
        "place_words": kind is not None and kind not in ("Facility", "Camp"),
        "common_word": not several and len(form) > 3 and form.lower() in known.small,
    }


def of_occurrence(doc: Doc, span: Span, kind: str | None, known: Known, gazetteer: Gazetteer) -> dict[str, float]:
    """What stands in and around one occurrence."""
    start, end = span.start, span.end
    labels = {t.ent_type_ for t in doc[start:end]}
    label = doc[span.head].ent_type_
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    head = doc[span.head]
    word = before.lower_ if before is not None else ""
    facts = {
        _LABELS.get(label, "label_other") if label else "": True,
        "label_part": bool(label) and _partly(doc, start, end, labels),
        coarse(kind): True,
        "behind_in": word in word_set("place_prepositions.txt"),
        "behind_going": word in _GOING,
        "behind_the": word == "the",
        "behind_title": before is not None and is_title(before.text),
        "subject": head.dep_ in _SUBJECTS,
        "says": head.dep_ in _SUBJECTS and head.head.lemma_ in ("say", "tell", "add", "claim", "ask", "explain"),
        "modifies": head.dep_ in ("compound", "amod", "nmod") and head.head.i >= end and head.head.pos_ == "NOUN",
        "modifies_local": after is not None and after.text in word_set("place_followers.txt"),
        "called_place": _called_place(doc, start, end),
        "dateline": _dateline(doc, start, end),
        "owns": after is not None and after.text in ("'s", "’s"),
        "saint_owns": after is not None and after.text in ("'s", "’s") and doc[start].lower_ in ("st.", "st", "saint"),
        "capitals": doc[start:end].text.isupper() and len(doc[start:end].text) > 5,
        "not_proper": not any(t.tag_.startswith("NNP") for t in doc[start:end]),
        "begins": doc[start].is_sent_start is True,
        "age_follows": end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text.isdigit(),
        "capital_before": before is not None and _part_of_name(before),
        "capital_after": after is not None and _part_of_name(after),
    }
    return {name: 1.0 for name, value in (facts | _chained(doc, span, known, gazetteer)).items() if value and name}


def _part_of_name(token: object) -> bool:
    text, tag = str(getattr(token, "text", "")), str(getattr(token, "tag_", ""))
    return text[:1].isupper() and tag.startswith("NNP")


def _called_place(doc: Doc, start: int, end: int) -> bool:
    """Does a noun say that it is a place: "the village of X", "the town X", "X, a suburb of …"?"""
    before = doc[start - 2] if start > 1 and doc[start - 1].lower_ == "of" else doc[start - 1] if start else None
    if before is not None and before.text.islower() and noun_class(before.lower_) in PLACES:
        return True
    if end + 2 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ not in ("a", "an", "the", "in", "just"):
        return False
    for token in doc[end + 2 : end + 6]:
        if token.pos_ == "NOUN":
            return noun_class(token.lower_) in PLACES
        if token.pos_ not in ("ADJ", "PROPN", "DET"):
            return False
    return False


def _dateline(doc: Doc, start: int, end: int) -> bool:
    """Does the name open a sentence in capitals, before a dash, a colon or an agency in brackets?"""
    if doc[start].is_sent_start is not True and start and doc[start - 1].text not in ("(", "/"):
        return False
    if not doc[start:end].text.isupper() or end >= len(doc):
        return False
    return doc[end].text in ("—", "–", "-", "--", ":", "(", ",", ")", "/", "_")


def _partly(doc: Doc, start: int, end: int, labels: set[str]) -> bool:
    """Is the tagger's entity shorter or longer than the span, apart from an article?"""
    if "" in labels or len(labels) > 1:
        return True
    if doc[start].ent_iob_ == "I" and start and doc[start - 1].lower_ not in ("the", "a"):
        return True
    return end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].text not in ("'s", "’s", "'", "’")


def _chained(doc: Doc, span: Span, known: Known, gazetteer: Gazetteer) -> dict[str, bool]:
    """Does "X, Y" stand here with the one lying in the other?"""
    start, end = span.start, span.end
    found = [c.place for c in gazetteer.lookup(text_of(doc, span))]
    chained = {"before_container": False, "behind_content": False}
    if end + 1 < len(doc) and doc[end].text in (",", "(") and end + 1 in known.starts:
        above = {c.place.key for c in gazetteer.lookup(text_of(doc, known.starts[end + 1]))}
        chained["before_container"] = any(not above.isdisjoint(p.parents) for p in found)
    if start > 1 and doc[start - 1].text == "," and start - 1 in known.ends:
        inside = gazetteer.lookup(text_of(doc, known.ends[start - 1]))
        keys = {p.key for p in found}
        chained["behind_content"] = any(not keys.isdisjoint(c.place.parents) for c in inside)
    return chained


def features(
    doc: Doc, occurrences: Sequence[tuple[Span, str | None]], known: Known, gazetteer: Gazetteer
) -> list[float]:
    """The values of FEATURES for a form with these occurrences: spans, and what class reading gave each."""
    first = occurrences[0][0]
    form = text_of(doc, first)
    row: dict[str, float] = {"always": 1.0}
    for span, kind in occurrences:
        for name, value in of_occurrence(doc, span, kind, known, gazetteer).items():
            row[name] = row.get(name, 0.0) + value / len(occurrences)
    words = [t.text for t in doc[first.start : first.end]]
    row |= {name: float(value) for name, value in of_form(form, words, known, gazetteer).items()}
    if row["known"]:
        row["known_behind_in"] = row.get("behind_in", 0.0)
    if row.get("read_nothing") and not row.get("label_gpe"):
        row["label_other"] = row.get("label_other", 0.0)
    return [row.get(name, 0.0) for name in FEATURES]


def key_of(doc: Doc, span: Span) -> str:
    """Names of one key in a document are one form for `features`; capitals are told apart only when all are."""
    return normal(text_of(doc, span))
