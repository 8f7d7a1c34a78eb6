"""Adjectives of peoples before nouns for persons are mentions of their country."""

import spacy
from spacy.tokens import Doc

from kg.link.gazetteer import load
from kg.link.peoples import peoples
from kg.parse.spans import Cluster, Link, Span
from kg.parse.tree import Tree


def tree(words: str, heads: list[int], deps: str, pos: str) -> Tree:
    """A tree from words parted by blanks."""
    vocab = spacy.blank("en").vocab
    return Tree(Doc(vocab, words=words.split(), heads=heads, deps=deps.split(), pos=pos.split()))


PRESIDENT = tree("the French president met him", [2, 2, 3, 3, 3], "det amod nsubj ROOT dobj", "DET ADJ NOUN VERB PRON")


def test_a_country_is_added() -> None:
    (france,) = peoples(PRESIDENT, (), load())
    assert (france.name, france.type) == ("France", "Country")
    assert france.spans == (Span(1, 2, 1, "nominal", "Country"),)


def test_a_country_that_is_named_gets_one_more_mention() -> None:
    place = load().demonym("French")
    assert place is not None
    named = Cluster("France", "Country", (Span(4, 5, 4, "name", "Country"),), Link(place, 0.9))
    (france,) = peoples(PRESIDENT, (named,), load())
    assert [span.start for span in france.spans] == [1, 4]


def test_what_describes_a_thing_names_no_country() -> None:
    wine = tree("he drank French wine", [1, 1, 3, 1], "nsubj ROOT amod dobj", "PRON VERB ADJ NOUN")
    assert peoples(wine, (), load()) == ()
    owner = tree(
        "an Indian restaurant owner left", [3, 3, 3, 4, 4], "det amod compound nsubj ROOT", "DET ADJ NOUN NOUN VERB"
    )
    assert peoples(owner, (), load()) == ()


def test_a_teacher_may_teach_the_language() -> None:
    teacher = tree("the French teacher left", [2, 2, 3, 3], "det amod nsubj ROOT", "DET ADJ NOUN VERB")
    assert peoples(teacher, (), load()) == ()
