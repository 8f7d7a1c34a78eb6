"""What class a name has: the evidence of all its occurrences in a document, weighed.

spaCy's label is one vote among others. The words of the name itself, the gazetteer, titles, appositions, what the name
does and what stands before it (`kg.parse.name_evidence`) say more, and one form has one class in a document.
"""

import re
from collections.abc import Sequence
from math import log2

from kg.parse.lexicons import word_set, word_table
from kg.parse.name_descriptions import Votes, described_votes
from kg.parse.name_evidence import local_votes
from kg.parse.name_spans import Candidate
from kg.parse.name_words import (
    CLASSES,
    Gazetteer,
    gender_of_first_name,
    is_demonym,
    is_thing,
    joined,
    known_organization,
    noun_class,
    organization_class,
    place_class,
    two_words_place,
)
from kg.parse.tree import Tree

_INITIALS = re.compile(r"(?:[A-Z]\.){1,3}")
_ROMAN = frozenset("IVX")
_VOWELS = frozenset("AEIOUY")


def vote(tree: Tree, occurrences: Sequence[Candidate], gazetteer: Gazetteer) -> Votes:
    """The weights of the classes for a form with these occurrences."""
    total: Votes = {}
    for candidate in occurrences:
        for name, weight in local_votes(tree, candidate).items():
            total[name] = total.get(name, 0.0) + weight
    count = len(occurrences)
    scale = (1 + 0.5 * log2(count)) / count
    votes = {name: weight * scale for name, weight in total.items()}
    described = [found for candidate in occurrences if (found := described_votes(tree, candidate))]
    for name in sorted({name for found in described for name in found}):
        weights = [found[name] for found in described if name in found]
        votes[name] = votes.get(name, 0.0) + max(weights, key=abs) * (1 + 0.5 * log2(len(weights)))
    first = occurrences[0]
    words = tree.words[first.start : first.end]
    if len(words) == 1 and is_demonym(words[0]) and not _in_nature(words[0], gazetteer):
        return {"Group": 1.2}  # "the Belgian", "Kyrgyz police": whatever else is beside it
    for name, weight in form_votes(words, gazetteer).items():
        votes[name] = votes.get(name, 0.0) + weight
    acts = votes.get("Person", 0.0) - (1.2 * scale if any(c.label == "PERSON" for c in occurrences) else 0.0)
    if acts > 0.3 and votes.get("Person", 0.0) > votes.get("Place", 0.0) and not gazetteer.candidates(joined(words)):
        votes["Place"] = votes.get("Place", 0.0) - 0.8
    return votes


def _in_nature(word: str, gazetteer: Gazetteer) -> bool:
    """Is the word of a people the name of a sea or of mountains as well: "the Baltic"?"""
    return any(place.type in {"Water", "Landform"} for place in gazetteer.candidates(word))


def winner(votes: Votes) -> str | None:
    """The class with most weight; on a tie the one that comes first in CLASSES; None when nothing speaks for any."""
    best = max(CLASSES, key=lambda name: (votes.get(name, 0.0), -CLASSES.index(name)))
    return best if votes.get(best, 0.0) > 0 else None


def form_votes(words: Sequence[str], gazetteer: Gazetteer) -> Votes:
    """What the words of a name say, wherever it stands."""
    votes: Votes = {}

    def add(name: str, weight: float) -> None:
        votes[name] = votes.get(name, 0.0) + weight

    known = known_organization(words)
    if known:
        add("Organization", 3.0)
    place = place_class(words)
    if place:
        add("Place", 2.2)
    if is_thing(words) and not known:
        add("Other", 3.0)
    elif organization_class(words) and not (place and two_words_place(words)):
        add("Organization", 2.0)
    if len(words) > 1 and words[-1].lower() in word_table("event_words.tsv"):
        add("Event", 2.5)
    add_place = _gazetteer_weight(words, gazetteer)
    if add_place and not known:
        add("Place", add_place)
    _personal(words, votes)
    if len(words) == 1 and _is_acronym(words[0]) and not add_place:
        add("Organization", 0.8)
        if len(words[0]) > 2 and not set(words[0]) & _VOWELS:
            add("Organization", 1.2)  # "BBC": nobody is called so
    return votes


def _gazetteer_weight(words: Sequence[str], gazetteer: Gazetteer) -> float:
    places = gazetteer.candidates(joined(words))
    if not places:
        return 0.0
    if any(place.type == "Country" for place in places):
        return 3.0
    if any(place.type == "Region" for place in places[:3]):
        return 1.4
    largest = max(place.population for place in places)
    return 1.6 if largest > 1_000_000 else 0.9 if largest > 100_000 else 0.3


def _personal(words: Sequence[str], votes: Votes) -> None:
    first = gender_of_first_name(words[0]) or (
        gender_of_first_name(words[0].capitalize()) if words[0].isupper() else None
    )
    plain = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    if first and len(words) > 1 and plain and len(words) < 5:
        headed = organization_class(words) or place_class(words)
        surname = words[-1].lower() in word_set("place_surnames.txt")
        votes["Person"] = votes.get("Person", 0.0) + (1.8 if not headed else 1.2 if surname else 0.6)
    elif len(words) > 1 and _INITIALS.fullmatch(words[0]) and plain and len(words) < 5:
        votes["Person"] = votes.get("Person", 0.0) + 1.2
    elif len(words) == 1 and not first and noun_class(words[0].lower()):
        votes["Person"] = votes.get("Person", 0.0) - 1.3
    elif first and len(words) == 1:
        votes["Person"] = votes.get("Person", 0.0) + 0.5
    if any(word in {"of", "the", "and", "&", "for"} or word[:1].isdigit() for word in words):
        votes["Person"] = votes.get("Person", 0.0) - 1.5


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha() and not set(letters) <= _ROMAN
