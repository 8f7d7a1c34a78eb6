"""The confidence of triples: what speaks for them, and that the number is a probability that holds."""

import math

import pytest

from kg.extract import confidence
from kg.extract.assemble import Stages, extract
from kg.extract.base import Fact
from kg.extract.confidence import Weights, judgement, load, probability
from kg.extract.confidence_features import features
from kg.extract.scene import Scene
from kg.model import Document
from kg.parse.frozen import thaw
from kg.settings import Settings
from tests.extract.test_constructions import CASES, PARSES


@pytest.fixture(scope="module")
def read() -> dict[str, tuple[Scene, tuple[Fact, ...]]]:
    """Scene and facts of every construction."""
    stages = Stages.load(Settings())
    cases = ((case["text"], Document("case", case["text"], date=case["date"])) for case in CASES)
    return {text: extract(document, thaw(PARSES[text]), stages) for text, document in cases}


def test_features_say_what_the_fact_is(read: dict[str, tuple[Scene, tuple[Fact, ...]]]) -> None:
    scene, facts = read["Police dismantled a camp near the port on Friday."]
    found = {fact.rule: set(row) for fact, row in zip(facts, features(scene, facts), strict=True)}
    assert found["clause-own"] >= {
        "rule clause-own", "relation", "object noun", "object nominal", "verb as ROOT", "argument time", "arguments 1",
        "subject before by 1", "predicate long 1", "subject long 1",
    }  # fmt: skip
    assert "predicate implied" in found["location-preposition"]
    assert not {"negated", "inverse", "object none"} & found["clause-own"]


def test_a_bare_verb_has_no_object(read: dict[str, tuple[Scene, tuple[Fact, ...]]]) -> None:
    scene, facts = read["The camp was demolished."]
    (row,) = features(scene, facts)
    assert {"object none", "inverse", "verb form VBN"} <= set(row)


def test_every_triple_gets_a_probability(read: dict[str, tuple[Scene, tuple[Fact, ...]]]) -> None:
    sure = [fact.confidence for _, facts in read.values() for fact in facts]
    assert all(0 < value < 1 for value in sure)
    assert len(set(sure)) > len(sure) / 3


def test_order_and_everything_else_stay(read: dict[str, tuple[Scene, tuple[Fact, ...]]]) -> None:
    scene, facts = read["Soldiers who guarded the border shot two men."]
    assert confidence.judge(scene, facts) == facts
    assert [j.probability for j in confidence.explain(scene, facts)] == [f.confidence for f in facts]


def test_reasons_add_up_to_the_confidence(read: dict[str, tuple[Scene, tuple[Fact, ...]]]) -> None:
    weights = load()
    for scene, facts in read.values():
        for fact, found in zip(facts, confidence.explain(scene, facts), strict=True):
            if fact.rule in weights.priors:
                assert found.reasons == ()
                assert found.probability == weights.priors[fact.rule]
            else:
                logit = weights.bias + sum(weight for _, weight in found.reasons)
                assert found.probability == pytest.approx(1 / (1 + math.exp(-logit)), abs=0.001)


def test_a_plain_clause_is_surer_than_what_lies_deep_in_an_object() -> None:
    weights = load()
    shared = ["object noun", "relation"]
    assert probability("clause-own", ["rule clause-own", *shared], weights) > probability(
        "nested", ["rule nested", *shared], weights
    )


def test_what_has_no_weight_adds_nothing() -> None:
    weights = Weights(0.0, {"known": 1.0}, {"role-title": 0.7})
    assert probability("clause-own", ["never seen"], weights) == 0.5
    assert judgement("clause-own", ["known", "never seen"], weights).reasons == (("known", 1.0),)
    assert probability("role-title", ["known"], weights) == 0.7


def test_the_weights_are_of_features_that_exist(read: dict[str, tuple[Scene, tuple[Fact, ...]]]) -> None:
    """A feature that was renamed leaves its weight behind: fit again."""
    kinds = {" ".join(n.split()[:1]) for scene, facts in read.values() for row in features(scene, facts) for n in row}
    assert {name.split()[0] for name in load().weights} <= kinds


def test_priors_are_of_rules_that_imply_words() -> None:
    assert not [rule for rule in load().priors if rule.startswith(("clause", "nested"))]
    assert all(0.5 <= prior <= 0.9 for prior in load().priors.values())
