"""Which place a name means: a log-linear model over the features of `kg.link.features`, in two rounds.

The first round weighs each form's candidates by themselves and by what the document names; the second sees what the
other forms probably mean. Weights are fitted by `scripts/fit_places.py`; a probability is the softmax over the
candidates of a form and "none of these", so that a name that nothing speaks for gets no pin.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from spacy.tokens import Doc

from kg.errors import GazetteerError
from kg.link.features import FEATURES, SECOND, Matrix, matrices, second_matrices
from kg.link.gazetteer import REMEDY, Gazetteer
from kg.link.scene import PLACES, Scene, scene
from kg.link.sites import sites
from kg.parse.spans import Link, Span

OUTLET = 1.0  # what the country of the outlet's address ("….fr") adds to a place's score
FLOOR = 0.03  # a place less likely than this is no link; the doubt that is left is told by the confidence


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features in both rounds, and the score of "none of these"."""

    first: Matrix
    second: Matrix
    none: float


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights that ship; `GazetteerError` where the file names other features than the code."""
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    if set(data["first"]) != set(FEATURES) or set(data["second"]) != {*FEATURES, *SECOND}:
        raise GazetteerError(f"weights.json is of another version of kg than its features: {REMEDY}")
    first = np.array([data["first"][name] for name in FEATURES])
    second = np.array([data["second"][name] for name in (*FEATURES, *SECOND)])
    return Weights(first, second, float(data["none"]))


def chances(rows: Matrix, by: Matrix, none: float = -np.inf) -> Matrix:
    """The probabilities of candidates with feature rows `rows` under the weights `by`."""
    return softmax(rows @ by, none)


def softmax(scores: Matrix, none: float = -np.inf) -> Matrix:
    """Scores as probabilities, beside the score of "none of these"."""
    top = max(float(scores.max()), none)
    shares = np.exp(scores - top)
    return np.asarray(shares / (shares.sum() + np.exp(none - top)))


def outlet_country(url: str | None) -> str | None:
    """The country that an address is at home in: "https://www.example.co.uk/news" → "GB", "https://example.com" → None.

    >>> outlet_country("https://www.example.co.uk/news"), outlet_country("https://example.com/fr")
    ('GB', None)
    """
    end = (urlsplit(url).hostname or "").rpartition(".")[2] if url else ""
    return {"uk": "GB"}.get(end, end.upper()) if len(end) == 2 and end not in ("eu", "tv", "io", "co", "me") else None


def rank(found: Scene, by: Weights, country: str | None = None) -> tuple[Matrix, ...]:
    """The probabilities of the candidates of each form of a document; what they lack to 1 is "none of these"."""
    first = matrices(found)
    before = [chances(rows, by.first) for rows in first]
    after = [rows @ by.second for rows in second_matrices(found, first, before)]
    if country is not None:
        home = [np.array([c.place.country == country for c in form.candidates]) for form in found.forms]
        after = [scores + OUTLET * at_home for scores, at_home in zip(after, home, strict=True)]
    return tuple(softmax(scores, by.none) for scores in after)


def link(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer, *, url: str | None = None) -> dict[int, Link]:
    """The place of each name of a Place class that has one, by its position in `names`.

    "Niles, Ohio" → {0: Niles (Ohio), 1: Ohio}. Names of one form get one place a document; a site that no gazetteer has
    gets the point of the town that it is in (`kg.link.sites`).
    """
    places = [i for i, span in enumerate(names) if span.type in PLACES]
    found = scene(doc, names, places, gazetteer)
    links: dict[int, Link] = {}
    hosts: dict[str, Link] = {}
    for form, chance in zip(found.forms, rank(found, weights(), outlet_country(url)), strict=True):
        best = int(np.argmax(chance))
        if chance[best] < FLOOR:
            continue
        best_link = Link(form.candidates[best].place, round(float(chance[best]), 4))
        hosts[form.key] = best_link
        links.update(dict.fromkeys(form.names, best_link))
    links |= sites(doc, names, links, hosts, gazetteer)
    return dict(sorted(links.items()))
