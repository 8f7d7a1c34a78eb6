"""Names and their types, on frozen parses and on Docs made by hand."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.parse.acronyms import in_brackets
from kg.parse.frozen import thaw
from kg.parse.headlines import is_headline
from kg.parse.name_votes import form_votes, winner
from kg.parse.name_words import noun_class, organization_class, place_class
from kg.parse.names import find_names, subtype
from kg.parse.tree import Tree
from tests.parse.places import SmallGazetteer

PARSES = json.loads((Path(__file__).parent.parent / "parses" / "names.json").read_text(encoding="utf-8"))
PLACES = SmallGazetteer()
BLANK = spacy.blank("en")

# name of the frozen parse, and the names in it
NAMES = [
    ("title", [("Karl Brandt", "Person")]),
    ("titles", [("Anna Lindqvist", "Person"), ("Brandt", "Person"), ("Pope Leo", "Person")]),
    ("bracket", [("Lunden Harbour Workers Association", "NGO"), ("LHWA", "NGO"), ("LHWA", "NGO")]),
    ("bracket foreign", [("Union of Harbour Pilots", "NGO"), ("FNPP", "NGO"), ("FNPP", "NGO")]),
    ("called", [("Quarry", "Camp")]),
    ("foreign", [("Amicale des marins", "Organization")]),
    ("doctors", [("Médecins sans frontières", "NGO")]),
    ("peoples", [("Syrians", "Group")]),
    ("surname", [("Maria Ortega", "Person"), ("Ortega", "Person")]),
    ("product", []),
    ("hyphen", [("al-Nour", "Organization")]),
    ("line end", [("Maria Ortega", "Person"), ("Lunden Council", "GovernmentBody")]),
    ("possessive", [("Ortega", "Person"), ("United Nations", "InternationalOrganization")]),
    ("all caps", [("Karl Brandt", "Person")]),
    (
        "bodies",
        [
            ("Ministry of Public Works", "GovernmentBody"),
            ("Lunden University", "Organization"),
            ("Harbour Party", "PoliticalParty"),
        ],
    ),
    ("ship", [("Aurora", "Facility"), ("Malta", "Place")]),
    ("portfolio", [("Karl Brandt", "Person")]),
]


def found(doc: Doc) -> list[tuple[str, str]]:
    """Text and type of the names of a document."""
    return [(doc[s.start : s.end].text, s.type) for s in find_names(doc, PLACES)]


@pytest.mark.parametrize(("parse", "expected"), NAMES, ids=[name for name, _ in NAMES])
def test_names_of_a_sentence(parse: str, expected: list[tuple[str, str]]) -> None:
    assert found(thaw(PARSES[parse])) == expected


@pytest.mark.parametrize("parse", [name for name, _ in NAMES])
def test_names_are_in_order_and_apart(parse: str) -> None:
    doc = thaw(PARSES[parse])
    spans = find_names(doc, PLACES)
    for before, after in pairwise(spans):
        assert before.end <= after.start
    for span in spans:
        assert span.start <= span.head < span.end
        assert "\n" not in doc[span.start : span.end].text


def by_hand(words: str, ents: dict[str, str], tags: str = "") -> Doc:
    """A Doc without syntax: every word hangs on the first; `ents` gives the label of the words it names."""
    split = words.split(" ")
    labels = ["O"] * len(split)
    for text, label in ents.items():
        parts = text.split(" ")
        start = next(i for i in range(len(split)) if split[i : i + len(parts)] == parts)
        labels[start : start + len(parts)] = [f"{'B' if k == 0 else 'I'}-{label}" for k in range(len(parts))]
    pos = ["PROPN" if w[:1].isupper() else "NOUN" for w in split]
    return Doc(
        BLANK.vocab,
        words=split,
        heads=[0] * len(split),
        deps=["ROOT"] + ["dep"] * (len(split) - 1),
        tags=tags.split(" ") if tags else ["NNP" if w[:1].isupper() else "NN" for w in split],
        pos=pos,
        lemmas=[w.lower() for w in split],
        ents=labels,
    )


def test_a_country_overrules_the_label() -> None:
    assert found(by_hand("they saw Malta again", {"Malta": "PERSON"})) == [("Malta", "Place")]


def test_a_title_overrules_the_label() -> None:
    assert found(by_hand("and Senator Brandt left", {"Brandt": "ORG"})) == [("Brandt", "Person")]


def test_one_form_has_one_class() -> None:
    doc = by_hand("with Dr. Ortega and then again Ortega here", {"Dr. Ortega": "PERSON"})
    assert found(doc) == [("Ortega", "Person"), ("Ortega", "Person")]


def test_a_label_alone_makes_no_surnames() -> None:
    doc = by_hand("we saw Magic Lantern and Lantern and lantern", {"Magic Lantern": "PERSON"})
    assert ("Lantern", "Person") not in found(doc)


def test_works_are_left_out() -> None:
    assert found(by_hand("he read Silent Rivers twice", {"Silent Rivers": "WORK_OF_ART"})) == []


def test_a_happening_with_a_name_is_an_event() -> None:
    doc = by_hand("he sang at the Lunden Jazz Festival later today", {"Lunden Jazz Festival": "ORG"})
    assert found(doc) == [("Lunden Jazz Festival", "Event")]


def test_days_and_abbreviations_are_no_names() -> None:
    assert found(by_hand("on Monday the DVD came", {"Monday": "ORG", "DVD": "ORG"})) == []


def test_two_names_that_ran_together_are_parted() -> None:
    doc = by_hand("to Ortega the Senate said", {"Ortega the Senate": "ORG"})
    assert [text for text, _ in found(doc)] == ["Ortega", "Senate"]


def test_empty_text_has_no_names() -> None:
    assert find_names(Doc(BLANK.vocab, words=[]), PLACES) == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ministry of Health", "GovernmentBody"),
        ("Lunden Police Department", "SecurityForce"),
        ("Evening Herald", "MediaOrganization"),
        ("Harbour Trust", "NGO"),
        ("United Nations", "InternationalOrganization"),
        ("Labour Party", "PoliticalParty"),
        ("Brandt Airlines", "Company"),
        ("Brandt Brothers", "Organization"),
    ],
)
def test_head_words_give_the_kind_of_organisation(name: str, expected: str) -> None:
    assert subtype(tuple(name.split()), "Organization") == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Lake Brandt", "Water"), ("Brandt Stadium", "Facility"), ("Camp Bastion", "Camp"), ("Lunden", None)],
)
def test_head_words_give_the_kind_of_place(name: str, expected: str | None) -> None:
    assert place_class(name.split()) == expected


def test_one_word_says_nothing_about_an_organisation() -> None:
    assert organization_class(["Party"]) is None


@pytest.mark.parametrize(
    ("noun", "expected"),
    [("minister", "Person"), ("women", "Group"), ("cities", "City"), ("troops", "SecurityForce"), ("number", None)],
)
def test_nouns_have_classes(noun: str, expected: str | None) -> None:
    assert noun_class(noun) == expected


def test_a_first_name_speaks_for_a_person_and_a_head_word_against() -> None:
    assert winner(form_votes(["Maria", "Ortega"], PLACES)) == "Person"
    assert winner(form_votes(["Maria", "College"], PLACES)) == "Organization"


def test_an_acronym_in_front_of_its_long_form() -> None:
    doc = by_hand("head of LHO ( Harbour Office of Lunden ) said", {})
    assert in_brackets(Tree(doc), [(4, 8)]) == [((4, 8), (2, 3))]


def test_headlines_are_told_from_sentences() -> None:
    assert is_headline(["Storm", "Closes", "Lunden", "Harbour"])
    assert not is_headline(["Storm", "closes", "Lunden", "harbour", "again"])


@pytest.mark.model
def test_with_the_model(nlp: Language) -> None:
    text = "Foreign Minister Karl Brandt and the Lunden Port Authority (LPA) signed. Brandt praised the LPA."
    doc = nlp(text)
    assert [(doc[s.start : s.end].text, s.type) for s in find_names(doc, PLACES)] == [
        ("Karl Brandt", "Person"),
        ("Lunden Port Authority", "GovernmentBody"),
        ("LPA", "GovernmentBody"),
        ("Brandt", "Person"),
        ("LPA", "GovernmentBody"),
    ]
