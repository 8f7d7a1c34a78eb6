"""Attachments that the meaning of the words rules out are put right."""

import spacy
from spacy.tokens import Doc

from kg.parse.repair import repair
from kg.parse.tokens import keep_prefixed_words
from kg.parse.tree import Tree


def tree(words: str, heads: list[int], deps: str, pos: str, tags: str, ents: str = "") -> Tree:
    """A tree from words parted by blanks, with labels of one token each."""
    parts = words.split()
    lemmas = [w.lower() for w in parts]
    labels = ents.split() or ["O"] * len(parts)
    return Tree(
        Doc(
            spacy.blank("en").vocab,
            words=parts,
            heads=heads,
            deps=deps.split(),
            pos=pos.split(),
            tags=tags.split(),
            lemmas=lemmas,
            ents=labels,
        )
    )


def test_roles_are_coordinated_with_roles() -> None:
    found = repair(
        tree(
            "the head of the region and mayor spoke",
            [1, 7, 1, 4, 2, 4, 4, 7],
            "det nsubj prep det pobj cc conj ROOT",
            "DET NOUN ADP DET NOUN CCONJ NOUN VERB",
            "DT NN IN DT NN CC NN VBD",
        )
    )
    assert found.head[6] == 1
    assert found.conjuncts(1) == [1, 6]


def test_places_stay_coordinated_with_places() -> None:
    found = repair(
        tree(
            "the head of the region and city spoke",
            [1, 7, 1, 4, 2, 4, 4, 7],
            "det nsubj prep det pobj cc conj ROOT",
            "DET NOUN ADP DET NOUN CCONJ NOUN VERB",
            "DT NN IN DT NN CC NN VBD",
        )
    )
    assert found.head[6] == 4


def test_a_participle_says_nothing_of_a_bare_number() -> None:
    found = repair(
        tree(
            "800 in the camp dismantled slept",
            [5, 0, 3, 1, 0, 5],
            "nsubj prep det pobj acl ROOT",
            "NUM ADP DET NOUN VERB VERB",
            "CD IN DT NN VBN VBD",
        )
    )
    assert found.head[4] == 3
    assert (found.first[3], found.last[3]) == (2, 4)


def test_a_person_is_in_apposition_to_a_person() -> None:
    found = repair(
        tree(
            "the founder of Acme , Lee , left",
            [1, 7, 1, 2, 3, 3, 3, 7],
            "det nsubj prep pobj punct appos punct ROOT",
            "DET NOUN ADP PROPN PUNCT PROPN PUNCT VERB",
            "DT NN IN NNP , NNP , VBD",
            "O O O B-ORG O B-PERSON O O",
        )
    )
    assert found.head[5] == 1
    assert found.last[3] == 3


def test_prefixed_words_stay_whole() -> None:
    nlp = keep_prefixed_words(spacy.blank("en"))
    assert [t.text for t in nlp("Co-founder and ex-husband, a US-led anti-war team")] == [
        "Co-founder", "and", "ex-husband", ",", "a", "US", "-", "led", "anti-war", "team",
    ]  # fmt: skip


def test_an_active_verb_has_no_doer_behind_its_object() -> None:
    found = repair(
        tree(
            "she condemned the raid by police",
            [1, 1, 3, 1, 1, 4],
            "nsubj ROOT det dobj prep pobj",
            "PRON VERB DET NOUN ADP NOUN",
            "PRP VBD DT NN IN NNS",
        )
    )
    assert found.head[4] == 3


def test_what_by_tells_of_the_verb_stays_there() -> None:
    found = repair(
        tree(
            "she reached the camp by bus",
            [1, 1, 3, 1, 1, 4],
            "nsubj ROOT det dobj prep pobj",
            "PRON VERB DET NOUN ADP NOUN",
            "PRP VBD DT NN IN NN",
        )
    )
    assert found.head[4] == 1


def test_a_name_is_the_head_of_its_title() -> None:
    found = repair(
        tree(
            "then Admiral Ernesto Ruiz spoke",
            [4, 4, 3, 1, 4],
            "advmod nsubj compound appos ROOT",
            "ADV PROPN PROPN PROPN VERB",
            "RB NNP NNP NNP VBD",
            "O O B-PERSON I-PERSON O",
        )
    )
    assert (found.head[3], found.dep[3]) == (4, "nsubj")
    assert (found.head[1], found.dep[1]) == (3, "compound")
    assert found.doc[1].head.text == "Ruiz"


def test_a_father_stays_beside_his_name() -> None:
    found = repair(
        tree(
            "then his father Ali Khan spoke",
            [5, 2, 5, 4, 2, 5],
            "advmod poss nsubj compound appos ROOT",
            "ADV PRON NOUN PROPN PROPN VERB",
            "RB PRP$ NN NNP NNP VBD",
            "O O O B-PERSON I-PERSON O",
        )
    )
    assert found.head[4] == 2


def test_what_stands_before_a_parenthesis_goes_on_behind_it() -> None:
    found = repair(
        tree(
            "Lee , police said , fled Oslo",
            [3, 3, 3, 3, 3, 3, 5],
            "nsubj punct nsubj ROOT punct ccomp dobj",
            "PROPN PUNCT NOUN VERB PUNCT VERB PROPN",
            "NNP , NNS VBD , VBD NNP",
        )
    )
    assert (found.head[0], found.dep[0]) == (5, "nsubj")
    assert found.head[2] == 3


def test_what_a_verb_brings_with_its_own_preposition_is_not_its_objects() -> None:
    found = repair(
        tree(
            "they blame the fire on students",
            [1, 1, 3, 1, 3, 4],
            "nsubj ROOT det dobj prep pobj",
            "PRON VERB DET NOUN ADP NOUN",
            "PRP VBD DT NN IN NNS",
        )
    )
    assert found.head[4] == 1
