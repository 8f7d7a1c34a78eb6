"""What stands in and around one occurrence of a name: facts for `kg.link.evidence`.

"the village of X", "an X man", "X, Ohio", "X — The council met", "Mr X", "X said": each speaks for or against a place.
"""

from collections.abc import Mapping

from spacy.tokens import Doc, Token

from kg.link.gazetteer import Gazetteer
from kg.link.kinds import in_dateline
from kg.link.scene import PLACES, text_of
from kg.parse.lexicons import word_set, word_table
from kg.parse.name_words import is_title, noun_class
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


def coarse(kind: str | None) -> str:
    """The feature of a class that reading gave: "SecurityForce" → "read_organization", None → "read_nothing"."""
    if kind is None:
        return "read_nothing"
    if kind in PLACES:
        return "read_place"
    if kind in ("Group", "Event", "Position"):
        return "read_other"
    return "read_person" if kind == "Person" else "read_organization"


def of_occurrence(
    doc: Doc, span: Span, kind: str | None, starts: Mapping[int, Span], ends: Mapping[int, Span], gazetteer: Gazetteer
) -> dict[str, float]:
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
        "behind_age": word == "of" and start > 1 and _ends_age(doc, start - 2),
        "behind_street": word == "," and start > 1 and _is_street(doc[start - 2].lower_),
        "behind_title": before is not None and is_title(before.text),
        "subject": head.dep_ in _SUBJECTS,
        "says": head.dep_ in _SUBJECTS and head.head.lemma_ in ("say", "tell", "add", "claim", "ask", "explain"),
        "modifies": head.dep_ in ("compound", "amod", "nmod") and head.head.i >= end and head.head.pos_ == "NOUN",
        "modifies_local": after is not None and after.text in word_set("place_followers.txt"),
        "called_place": _called_place(doc, start, end),
        "dateline": in_dateline(doc, start, end),
        "owns": after is not None and after.text in ("'s", "’s"),
        "saint_owns": after is not None and after.text in ("'s", "’s") and doc[start].lower_ in ("st.", "st", "saint"),
        "capitals": doc[start:end].text.isupper() and len(doc[start:end].text) > 5,
        "not_proper": not any(t.tag_.startswith("NNP") for t in doc[start:end]),
        "begins": doc[start].is_sent_start is True,
        "age_follows": end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text.isdigit(),
        "capital_before": before is not None and _part_of_name(before),
        "capital_after": after is not None and _part_of_name(after),
    }
    return {
        name: 1.0 for name, value in (facts | _chained(doc, span, starts, ends, gazetteer)).items() if value and name
    }


def _part_of_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.tag_.startswith("NNP")


def _ends_age(doc: Doc, at: int) -> bool:
    """Does an age end at token `at`: "Ann Lee, 31, | of X", or "both | of X"?"""
    if doc[at].lower_ in ("both", "formerly", "native", "resident", "residents"):
        return True
    return doc[at].text in (",", ")") and at > 0 and doc[at - 1].text.isdigit()


def _is_street(word: str) -> bool:
    return (
        word.rstrip(".") in ("st", "ave", "rd", "dr", "blvd", "lane", "ln")
        or word_table("place_words.tsv").get(word) == "Facility"
    )


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


def _partly(doc: Doc, start: int, end: int, labels: set[str]) -> bool:
    """Is the tagger's entity shorter or longer than the span, apart from an article?"""
    if "" in labels or len(labels) > 1:
        return True
    if doc[start].ent_iob_ == "I" and start and doc[start - 1].lower_ not in ("the", "a"):
        return True
    return end < len(doc) and doc[end].ent_iob_ == "I" and doc[end].text not in ("'s", "’s", "'", "’")


def _chained(
    doc: Doc, span: Span, starts: Mapping[int, Span], ends: Mapping[int, Span], gazetteer: Gazetteer
) -> dict[str, bool]:
    """Does "X, Y" stand here with the one lying in the other?"""
    start, end = span.start, span.end
    found = [c.place for c in gazetteer.lookup(text_of(doc, span))]
    left = ends.get(start - 1) if start and doc[start - 1].text in (",", "and", "or", ";", "/") else None
    right = starts.get(end + 1) if end < len(doc) and doc[end].text in (",", "and", "or", ";", "/") else None
    beside = any(s is not None and s.type in PLACES and doc[s.head].ent_type_ == "GPE" for s in (left, right))
    chained = {"before_container": False, "behind_content": False, "beside_place": beside}
    if end + 1 < len(doc) and doc[end].text in (",", "(") and end + 1 in starts:
        above = {c.place.key for c in gazetteer.lookup(text_of(doc, starts[end + 1]))}
        chained["before_container"] = any(not above.isdisjoint(p.parents) for p in found)
    if start > 1 and doc[start - 1].text == "," and start - 1 in ends:
        inside = gazetteer.lookup(text_of(doc, ends[start - 1]))
        keys = {p.key for p in found}
        chained["behind_content"] = any(not keys.isdisjoint(c.place.parents) for c in inside)
    return chained
