"""The pronoun ranker: its questions, its choice, its weights."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.coref.drafts import Draft, compatible
from kg.coref.features import Trail
from kg.coref.pronouns import Question, Reader, attach, choose, fits, led_by, model
from kg.parse.frozen import thaw
from kg.parse.spans import Span
from kg.parse.tree import Tree

PARSES = json.loads((Path(__file__).parent.parent / "parses" / "coreference.json").read_text(encoding="utf-8"))


def person(doc: Doc, word: str, gender: str = "") -> Draft:
    """A named person mentioned once."""
    index = [t.text for t in doc].index(word)
    return Draft("Person", word, [Span(index, index + 1, index, "name", "Person")], gender=gender, named=True)


@pytest.mark.parametrize(
    ("pronoun", "draft", "expected"),
    [
        ("m", Draft("Person", "Ann", gender="f"), False),
        ("f", Draft("Person", "Ann", gender="f"), True),
        ("m", Draft("Person", "Smith"), True),
        ("n", Draft("Person", "Smith"), False),
        ("n", Draft("City", "Calais"), True),
        ("p", Draft("Group", "migrants", plural=True), True),
        ("p", Draft("City", "Calais"), False),
        ("m", Draft("Group", "migrants", plural=True), False),
    ],
)
def test_what_a_pronoun_can_stand_for(pronoun: str, draft: Draft, expected: bool) -> None:
    assert fits(pronoun, draft) is expected


def test_only_entities_met_before_are_candidates() -> None:
    doc = thaw(PARSES["women"])
    drafts = [person(doc, "Lindqvist"), person(doc, "Brandt")]
    questions = list(Reader(Tree(doc), drafts).questions())
    assert [doc[q.pronoun].text for q in questions] == ["She", "him"]
    assert [t.draft.name for t in questions[0].trails] == ["Brandt", "Lindqvist"]
    assert len(questions[0].features) == 3


def test_an_answer_teaches_the_gender() -> None:
    doc = thaw(PARSES["women"])
    draft = person(doc, "Lindqvist")
    reader = Reader(Tree(doc), [draft])
    question = next(reader.questions())
    reader.answer(question.pronoun, question.trails[0])
    assert draft.gender == "f"


def test_none_wins_when_nothing_speaks_for_the_candidate() -> None:
    trail = Trail(Draft("Person", "Ann"), 0)
    question = Question(3, (trail,), ({"good": 0.0}, {"none": 1.0}))
    assert choose(question, {"good": 5.0, "none": 1.0})[0] is None
    best, probability = choose(Question(3, (trail,), ({"good": 1.0}, {"none": 1.0})), {"good": 5.0, "none": 1.0})
    assert best is trail
    assert probability > 0.9


def test_gender_decides_between_two() -> None:
    doc = thaw(PARSES["women"])
    drafts = [person(doc, "Lindqvist", "f"), person(doc, "Brandt", "m")]
    attach(Tree(doc), drafts)
    assert [[doc[s.head].text for s in d.spans] for d in drafts] == [["Lindqvist", "She"], ["Brandt", "him"]]


@pytest.mark.parametrize(("owned", "expected"), [("treasurer", "guild"), ("harbour", None)])
def test_its_people_are_those_of_the_organisation_before(owned: str, expected: str | None) -> None:
    doc = Doc(
        spacy.blank("en").vocab,
        words=["The", "guild", "left", "Harwell", ".", "Its", owned, "slept", "."],
        heads=[1, 2, 2, 2, 2, 6, 7, 7, 7],
        deps=["det", "nsubj", "ROOT", "dobj", "punct", "poss", "nsubj", "ROOT", "punct"],
        pos=["DET", "NOUN", "VERB", "PROPN", "PUNCT", "PRON", "NOUN", "VERB", "PUNCT"],
        tags=["DT", "NN", "VBD", "NNP", ".", "PRP$", "NN", "VBD", "."],
        lemmas=["the", "guild", "leave", "Harwell", ".", "its", owned, "sleep", "."],
    )
    guild = Draft("Organization", "guild", [Span(0, 2, 1, "nominal", "Organization")])
    town = Draft("City", "Harwell", [Span(3, 4, 3, "name", "City")], named=True)
    (question,) = Reader(Tree(doc), [guild, town]).questions()
    led = led_by(Tree(doc), question)
    assert (led.draft.name if led else None) == expected


def test_no_entities_no_pronouns() -> None:
    doc = thaw(PARSES["rain"])
    attach(Tree(doc), [])
    assert all(not q.trails for q in Reader(Tree(doc), []).questions())


def test_an_empty_document_has_no_questions() -> None:
    assert list(Reader(Tree(Doc(spacy.blank("en").vocab, words=[])), []).questions()) == []


def test_the_weights_say_where_they_come_from() -> None:
    weights, threshold = model()
    assert weights["gender True"] > 0
    assert 0 < threshold < 1
    from kg import resources

    note = json.loads(resources.language_file("en", "pronouns.json").read_text(encoding="utf-8"))["note"]
    assert "CC BY" in note
    assert "fit_pronouns.py" in note


def test_classes_that_one_entity_can_have() -> None:
    assert compatible("NGO", "Group")
    assert not compatible("City", "Camp")
    assert not compatible("Person", "Facility")
