"""Offices that verbs give, on parses made by hand."""

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.relations import Relations
from kg.extract.rules.service import serving
from kg.extract.scene import Scene, see
from kg.ontology import load
from kg.parse.tree import Tree

VOCAB = spacy.blank("en").vocab


def scene(
    words: list[str], heads: list[int], deps: list[str], pos: list[str], tags: list[str], lemmas: list[str]
) -> Scene:
    doc = Doc(VOCAB, words=words, heads=heads, deps=deps, pos=pos, tags=tags, lemmas=lemmas)
    return see(Tree(doc), (), (), (), (), Relations(load()))


def served(verb: str, lemma: str) -> Scene:
    return scene(
        ["Adler", verb, "as", "ambassador", "."],
        [1, 1, 1, 2, 1],
        ["nsubj", "ROOT", "prep", "pobj", "punct"],
        ["PROPN", "VERB", "ADP", "NOUN", "PUNCT"],
        ["NNP", "VBD", "IN", "NN", "."],
        ["Adler", lemma, "as", "ambassador", "."],
    )


def test_verb_with_as() -> None:
    (found,) = serving(served("served", "serve"))
    holder, noun, view = found
    assert (holder, noun, view.negated, view.modality) == (0, 3, False, "asserted")


@pytest.mark.parametrize(("verb", "lemma"), [("dressed", "dress"), ("spoke", "speak")])
def test_other_verbs_give_no_office(verb: str, lemma: str) -> None:
    assert list(serving(served(verb, lemma))) == []


def test_passive_with_a_bare_noun() -> None:
    elected = scene(
        ["Silva", "was", "elected", "president", "."],
        [2, 2, 2, 2, 2],
        ["nsubjpass", "auxpass", "ROOT", "oprd", "punct"],
        ["PROPN", "AUX", "VERB", "NOUN", "PUNCT"],
        ["NNP", "VBD", "VBN", "NN", "."],
        ["Silva", "be", "elect", "president", "."],
    )
    assert [(holder, noun) for holder, noun, _ in serving(elected)] == [(0, 3)]
