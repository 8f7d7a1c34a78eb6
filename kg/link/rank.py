"""Which place a name means: a log-linear model over the features of `kg.link.features`, in two rounds.

The first round weighs each form's candidates by themselves and by what the document names; the second sees what the other
forms probably mean. Weights are fitted by `scripts/fit_places.py`; a probability is the softmax over the candidates of a
form, with a candidate that says "none of these".
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from kg.link.features import FEATURES, SECOND, Matrix, matrices, second_matrices
from kg.link.gazetteer import Gazetteer
from kg.link.scene import PLACES, Scene, scene
from kg.link.sites import sites
from kg.parse.spans import Link, Span


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features in both rounds."""

    first: Matrix
    second: Matrix


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship; `ValueError` where the file names other features than the code."""
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    if set(data["first"]) != set(FEATURES) or set(data["second"]) != {*FEATURES, *SECOND}:
        raise ValueError("weights.json names other features than kg.link.features: run scripts/fit_places.py")
    first = np.array([data["first"][name] for name in FEATURES])
    return Weights(first, np.array([data["second"][name] for name in (*FEATURES, *SECOND)]))


def chances(rows: Matrix, by: Matrix) -> Matrix:
    """The probabilities of candidates with feature rows `rows` under the weights `by`."""
    scores = rows @ by
    scores = np.exp(scores - scores.max())
    return np.asarray(scores / scores.sum())


def rank(found: Scene, by: Weights) -> tuple[Matrix, ...]:
    """The probabilities of the candidates of each form of a document."""
    first = matrices(found)
    before = [chances(rows, by.first) for rows in first]
    return tuple(chances(rows, by.second) for rows in second_matrices(found, first, before))


def link(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer, *, url: str | None = None) -> dict[int, Link]:
    """The place of each name of a Place class that has one, by its position in `names`.

    "Niles, Ohio" → {0: Niles (Ohio), 1: Ohio}. Names of one form get one place a document; a site that no gazetteer has
    gets the point of the town that it is in (`kg.link.sites`).
    """
    places = [i for i, span in enumerate(names) if span.type in PLACES]
    found = scene(doc, names, places, gazetteer)
    links: dict[int, Link] = {}
    hosts: dict[str, Link] = {}
    for form, chance in zip(found.forms, rank(found, weights()), strict=True):
        best = int(np.argmax(chance))
        best_link = Link(form.candidates[best].place, round(float(chance[best]), 4))
        hosts[form.key] = best_link
        links.update(dict.fromkeys(form.names, best_link))
    links |= sites(doc, names, links, hosts, gazetteer)
    return dict(sorted(links.items()))
