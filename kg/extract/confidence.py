"""How sure a triple is: a logistic regression over its features, with weights that were learned from judged triples."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import cast

from kg.extract.base import Fact
from kg.extract.confidence_features import features
from kg.extract.scene import Scene

FILE = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: `bias` and a weight for each feature, in logits.

    `priors` are probabilities of rules that put words into the text ("is mayor of" for a title): collections of judged
    triples hardly list what they say, so their confidence is set by hand.
    """

    bias: float
    weights: Mapping[str, float]
    priors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The probability (0..1) that a triple is right, with what each feature adds to it in logits, the largest first.

    The reasons of a rule whose confidence was set by hand are empty.
    """

    probability: float
    reasons: tuple[tuple[str, float], ...] = ()


@cache
def load() -> Weights:
    """Return the weights that ship with the package."""
    data = cast("dict[str, object]", json.loads(FILE.read_text(encoding="utf-8")))
    bias = cast("float", data["bias"])
    return Weights(bias, cast("dict[str, float]", data["weights"]), cast("dict[str, float]", data["priors"]))


def judge(scene: Scene, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return the facts of a document, in their order, each with the probability that it is right.

    "Police dismantled a camp." → 0.8; "years earlier fled" of a broken sentence → 0.2.
    """
    weights = load()
    rows = features(scene, facts)
    return tuple(
        replace(fact, confidence=probability(fact.rule, row, weights)) for fact, row in zip(facts, rows, strict=True)
    )


def explain(scene: Scene, facts: Sequence[Fact]) -> tuple[Judgement, ...]:
    """Return for each fact how its confidence comes about."""
    weights = load()
    return tuple(judgement(f.rule, row, weights) for f, row in zip(facts, features(scene, facts), strict=True))


def probability(rule: str, names: Sequence[str], weights: Weights) -> float:
    """Return the confidence of a triple with these features.

    >>> probability("clause-own", ["relation"], Weights(0.0, {"relation": math.log(3)}, {}))
    0.75
    """
    prior = weights.priors.get(rule)
    if prior is not None:
        return prior
    known = weights.weights
    return round(1 / (1 + math.exp(-(weights.bias + sum(known.get(name, 0.0) for name in names)))), 3)


def judgement(rule: str, names: Sequence[str], weights: Weights) -> Judgement:
    """Return the confidence of a triple with what each of its features adds.

    >>> judgement("clause-own", ["relation", "negated"], Weights(0.0, {"relation": 0.1, "negated": -0.4}, {})).reasons
    (('negated', -0.4), ('relation', 0.1))
    """
    sure = probability(rule, names, weights)
    if rule in weights.priors:
        return Judgement(sure)
    added = [(name, weights.weights[name]) for name in names if name in weights.weights]
    return Judgement(sure, tuple(sorted(added, key=lambda item: (-abs(item[1]), item[0]))))
