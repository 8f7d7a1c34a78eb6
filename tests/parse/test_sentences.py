"""Sentence starts that punctuation is sure about, on tokenised text without a model."""

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from kg.parse.sentences import NAME, add_sentence_component, mark_sentences, quotation_marks

BLANK = spacy.blank("en")


def marked(text: str) -> tuple[list[str], list[str]]:
    """The words that surely begin a sentence, and those that surely don't."""
    doc = mark_sentences(BLANK(text))
    starts = [t.text for t in doc[1:] if t.is_sent_start is True]
    not_starts = [t.text for t in doc[1:] if t.is_sent_start is False]
    return starts, not_starts


def test_a_quotation_keeps_its_closing_mark() -> None:
    starts, inside = marked('The mayor spoke. "We stay here." The crowd left.')
    assert starts == ['"', "The"]
    assert inside.count('"') == 1
    assert "We" in inside


def test_what_follows_a_comma_in_quotation_marks_is_no_new_sentence() -> None:
    starts, inside = marked('"We go on," Karl Brandt said. "Everyone is here."')
    assert starts == ['"']
    assert "Karl" in inside


@pytest.mark.parametrize("mark", ["?", "!"])
def test_a_question_may_be_followed_by_its_verb(mark: str) -> None:
    starts, inside = marked(f'"Why now{mark}" she asked.')
    assert "she" in inside
    assert not starts


def test_a_name_in_quotation_marks_stays_in_its_sentence() -> None:
    starts, inside = marked('The camp called the "Quarry" was closed.')
    assert not starts
    assert inside == ['"', "Quarry", '"', "was"]


def test_curly_marks_open_and_close() -> None:
    starts, _ = marked("He sat down. “Now!” she cried. “Go.”")
    assert starts == ["“", "“"]


def test_a_line_is_a_paragraph_and_a_headline_is_one_sentence() -> None:
    starts, inside = marked("Ferry stays in port\nThe ferry was late.\n\nNobody knew why.")
    assert starts == ["The", "Nobody"]
    assert {"stays", "in", "port"} <= set(inside)


def test_lines_of_a_wrapped_text_are_no_paragraphs() -> None:
    line = "the harbour of the old town was closed for many weeks and then"
    starts, _ = marked("\n".join([line] * 6) + "\n\nThen it opened.")
    assert starts == ["Then"]


def test_a_title_never_ends_a_sentence() -> None:
    assert "Brandt" in marked("They met Mr. Brandt on Monday.")[1]


def test_apostrophes_are_no_quotation_marks() -> None:
    assert quotation_marks(["the", "ministers", "'", "plan"], [True, False, True, False]) == {}
    words = ["a", "'", "big", "deal", "'", "now"]
    assert quotation_marks(words, [True, False, True, False, True, False]) == {1: "open", 4: "close"}


def test_the_component_is_added_once_and_before_the_parser() -> None:
    nlp = Language(BLANK.vocab)
    nlp.add_pipe("sentencizer", name="parser")
    add_sentence_component(nlp)
    add_sentence_component(nlp)
    assert nlp.pipe_names == [NAME, "parser"]


def test_without_a_parser_it_comes_last() -> None:
    nlp = Language(BLANK.vocab)
    add_sentence_component(nlp)
    assert nlp.pipe_names == [NAME]


@given(st.text(alphabet="ab. \n\"“”‘’'(),;:!?—-A", max_size=60))
def test_any_text_keeps_its_words(text: str) -> None:
    doc = BLANK(text)
    assert mark_sentences(doc).text == text


@pytest.mark.model
def test_the_pipeline_respects_the_marks(nlp: Language) -> None:
    doc = nlp('Storm closes harbour\n"We wait. We have time," the captain told us. "Nobody sails."')
    assert [s.text.strip() for s in doc.sents] == [
        "Storm closes harbour",
        '"We wait.',
        'We have time," the captain told us.',
        '"Nobody sails."',
    ]


@pytest.mark.parametrize("dash", ["—", "-", "–"])
def test_a_dateline_is_a_sentence_of_its_own(dash: str) -> None:
    starts, inside = marked(f"GENOA, Italy {dash} A court spoke on Friday.")
    assert starts == ["A"]
    assert "Italy" in inside


def test_a_dash_in_a_sentence_makes_no_dateline() -> None:
    assert marked("UN talks - the second - failed.")[0] == []
    assert marked("Genoa - A court spoke.")[0] == []


def test_a_sentence_may_follow_the_time_of_day_but_its_zone_does_not() -> None:
    assert marked("They met at 3 p.m. Police came later.")[0] == ["Police"]
    assert marked("They met at 3 p.m. GMT in Oslo.")[0] == []
