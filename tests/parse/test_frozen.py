"""Frozen parses are exact, and broken ones are refused."""

import json
from typing import TYPE_CHECKING

import pytest

from kg.parse.frozen import FrozenParse, freeze, thaw

if TYPE_CHECKING:
    from spacy.language import Language

RAIN = FrozenParse(
    text="Rain fell. It stopped.",
    words=["Rain", "fell", ".", "It", "stopped", "."],
    spaces=[True, False, True, True, False, False],
    heads=[1, 1, 1, 4, 4, 4],
    deps=["nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"],
    tags=["NN", "VBD", ".", "PRP", "VBD", "."],
    pos=["NOUN", "VERB", "PUNCT", "PRON", "VERB", "PUNCT"],
    lemmas=["rain", "fall", ".", "it", "stop", "."],
    morphs=["Number=Sing", "Tense=Past|VerbForm=Fin", "", "Number=Sing|Person=3", "", ""],
    ents=["B-EVENT", "O", "O", "O", "O", "O"],
    sent_starts=[True, False, False, True, False, False],
)


def test_thawed_and_frozen_again_is_the_same() -> None:
    doc = thaw(RAIN)
    assert freeze(doc) == RAIN
    assert [sentence.text for sentence in doc.sents] == ["Rain fell.", "It stopped."]
    assert [chunk.text for chunk in doc.noun_chunks] == ["Rain", "It"]


def test_sentence_starts_that_do_not_fit_are_refused() -> None:
    broken = FrozenParse(**{**RAIN, "sent_starts": [True, False, False, False, False, False]})
    with pytest.raises(ValueError, match=r"don't fit its heads: 'Rain fell\."):
        thaw(broken)


@pytest.mark.model
def test_a_parse_survives_json(nlp: "Language") -> None:
    text = (
        "“We won’t go,” said Anne Leroy of Nantes.\r\n\r\nThe café\u202f— “O Sol” — closed\u00a0in 2019.  It rained 🔥."
    )
    doc = nlp(text)
    thawed = thaw(json.loads(json.dumps(freeze(doc))))
    assert thawed.text == text
    assert freeze(thawed) == freeze(doc)
    assert [chunk.text for chunk in thawed.noun_chunks] == [chunk.text for chunk in doc.noun_chunks]
