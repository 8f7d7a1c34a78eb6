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
from kg.link.surroundings import coarse, of_occurrence
from kg.parse.lexicons import word_table
from kg.parse.name_words import (
    gender_of_first_name,
    known_organization,
    noun_class,
    organization_class,
    place_class,
)
from kg.parse.spans import Span

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
    "known_several",  # and the gazetteer has them as they are: "Tamil Nadu"
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
    "generic",  # one word that is a common noun of places or organisations: "Creek", "Law"
    "common_word",  # written small elsewhere in the document
    "behind_in",
    "known_behind_in",
    "behind_going",
    "behind_the",
    "behind_title",
    "before_container",  # "X, Ohio"
    "behind_street",  # "12 Mill Road, X"
    "behind_age",  # "Ann Lee, 31, of X"
    "beside_place",  # "X and Lima", "Lima, X"
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
    surnames: Mapping[str, frozenset[str]]  # to the full names that they end
    organizations: frozenset[str]
    places: frozenset[str]
    small: frozenset[str]
    countries: frozenset[str]
    states: frozenset[str]
    starts: Mapping[int, Span]
    ends: Mapping[int, Span]


def _parts(doc: Doc, spans: Iterable[Span]) -> frozenset[str]:
    """Proper parts, of up to three words, of names: "Oxford Police Department" → "Oxford", "Oxford Police"."""
    found: set[str] = set()
    for span in spans:
        words = [t.text for t in doc[span.start : span.end]]
        for size in range(1, min(4, len(words))):
            found.update(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))
    return frozenset(found)


def _surnames(doc: Doc, persons: Iterable[Span]) -> dict[str, frozenset[str]]:
    """The last words of full names, each with the names: {"Jordan": {"Michael Jordan"}}."""
    found: dict[str, set[str]] = defaultdict(set)
    for span in persons:
        if span.end - span.start > 1:
            found[doc[span.end - 1].text].add(text_of(doc, span))
    return {last: frozenset(full) for last, full in found.items()}


def knowledge(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer, unnamed: Sequence[Span] = ()) -> Known:
    """Gather `Known` of a document; `unnamed` words may become names of places."""
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
        surnames=_surnames(doc, persons),
        organizations=_parts(doc, (s for s in names if coarse(s.type) == "read_organization")),
        places=_parts(doc, (s for s in names if s.type in PLACES)),
        small=frozenset(t.text for t in doc if t.text.islower()),
        countries=frozenset(c for c, n in countries.items() if n >= 0.6),
        states=frozenset(s for s, n in states.items() if n >= 2),
        starts={s.start: s for s in (*names, *unnamed)},
        ends={s.end: s for s in (*names, *unnamed)},
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
        "known_several": several and bool(exact),
        "acronym": 2 <= len(letters) <= 5 and letters.isupper() and letters.isalpha(),
        "first_name": first and not several,
        "first_name_first": first and several,
        "surname": bool(known.surnames.get(words[-1], frozenset()) - {form}),
        "in_person": form in known.persons,
        "in_organization": form in known.organizations,
        "in_place": form in known.places,
        "organization_words": organization_class(words) is not None,
        "known_organization": known_organization(words) is not None,
        "facility_words": kind in ("Facility", "Camp"),
        "place_words": kind is not None and kind not in ("Facility", "Camp"),
        "generic": not several and _generic(words[0]),
        "common_word": not several and len(form) > 3 and form.lower() in known.small,
    }


def _generic(word: str) -> bool:
    """Is it, written small, a noun for places, organisations or people: "Creek", "Bakery", "Port"?"""
    low = word.lower()
    tables = ("place_words.tsv", "organizations.tsv")
    return noun_class(low) is not None or any(low in word_table(name) for name in tables)


def features(
    doc: Doc, occurrences: Sequence[tuple[Span, str | None]], known: Known, gazetteer: Gazetteer
) -> list[float]:
    """The values of FEATURES for a form with these occurrences: spans, and what class reading gave each."""
    first = occurrences[0][0]
    form = text_of(doc, first)
    row: dict[str, float] = {"always": 1.0}
    for span, kind in occurrences:
        for name, value in of_occurrence(doc, span, kind, known.starts, known.ends, gazetteer).items():
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
