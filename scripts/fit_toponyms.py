"""Fit the weights that tell place names from other names, into the part "name" of kg/link/weights.json.

    python scripts/fit_toponyms.py PARSES [--report]

Reads the development data of ../shared/bench/places and the openly licensed GUM texts of ../shared/bench/actors/train,
tagged by the default model (PARSES holds geowebnews.docbin, lgl-dev.docbin, gum_open.docbin). Weights are figures; no
text gets into the package.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc, DocBin

from kg.link import toponyms
from kg.link.evidence import FEATURES, features, knowledge
from kg.link.features import Matrix
from kg.link.gazetteer import load
from kg.parse.names import find_names
from kg.parse.repair import repair
from kg.parse.spans import Span
from kg.parse.tree import Tree

SHARED = Path(__file__).parents[2] / "shared" / "bench"
SOURCES = {
    "geowebnews": SHARED / "places" / "data" / "geowebnews.jsonl",
    "lgl-dev": SHARED / "places" / "data" / "lgl-dev.jsonl",
    "gum_open": SHARED / "actors" / "train" / "gum_open.jsonl",
}
Gold = list[tuple[int, int, bool | None]]


def gold_of(row: dict[str, object]) -> Gold:
    """Gold spans: start, end, and whether a place (None: not to be judged)."""
    if "toponyms" in row:
        return [(t["start"], t["end"], True if t["core"] else None) for t in row["toponyms"]]  # type: ignore[attr-defined]
    kinds = {"Place": True, "Person": False, "Organization": False}
    return [
        (n["start"], n["end"], None if "Place" in n.get("alt", []) else kinds.get(n["class"]))
        for n in row["names"]  # type: ignore[attr-defined]
    ]


def label(doc: Doc, span: Span, gold: Gold) -> float | None:
    """1 for a gold place, 0 for none, None where the gold data can't say (a place inside a longer name)."""
    start, end = doc[span.start].idx, doc[span.end - 1].idx + len(doc[span.end - 1])
    touching = [(max(start, s), min(end, e), s, e, place) for s, e, place in gold if s < end and start < e]
    if not touching:
        return 0.0
    low, high, s, e, place = max(touching, key=lambda t: t[1] - t[0])
    same = (high - low) / (max(end, e) - min(start, s))
    return None if place is None or same < 0.6 else float(place)


def examples(corpus: str, parses: Path) -> Iterator[tuple[list[float], float, float]]:
    """Feature rows with their targets and weights."""
    gazetteer = load()
    with SOURCES[corpus].open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    docs = DocBin().from_disk(parses / f"{corpus}.docbin").get_docs(spacy.blank("en").vocab)
    for row, doc in zip(rows, docs, strict=True):
        gold = gold_of(row)
        names = find_names(doc, gazetteer, repair(Tree(doc)))
        spans = toponyms.read_again(doc, names, gazetteer)
        unnamed = tuple(toponyms.missing(doc, spans, gazetteer))
        known = knowledge(doc, spans, gazetteer, unnamed)
        for occurrences in toponyms.forms(doc, spans, unnamed).values():
            labels = [x for span, _ in occurrences if (x := label(doc, span, gold)) is not None]
            if labels:
                target = sum(labels) / len(labels)
                yield features(doc, occurrences, known, gazetteer), target, min(3.0, len(labels))


def fit(rows: Matrix, targets: Matrix, weights: Matrix, rounds: int = 600, ridge: float = 0.001) -> Matrix:
    """Logistic regression by Adam."""
    by, m, v = np.zeros(rows.shape[1]), np.zeros(rows.shape[1]), np.zeros(rows.shape[1])
    weights = weights / weights.sum()
    for step in range(1, rounds + 1):
        chance = 1 / (1 + np.exp(-rows @ by))
        slope = rows.T @ (weights * (chance - targets)) + ridge * by
        m, v = 0.9 * m + 0.1 * slope, 0.99 * v + 0.01 * slope * slope
        by = by - 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return by


def f1(rows: Matrix, targets: Matrix, weights: Matrix, by: Matrix, at: float = 0.5) -> tuple[float, float, float]:
    """Precision, recall and F1 of "is a place"."""
    said = (rows @ by) > np.log(at / (1 - at))
    hit = (weights * targets)[said].sum()
    p, r = hit / max(1.0, weights[said].sum()), hit / max(1.0, (weights * targets).sum())
    return 100 * p, 100 * r, 200 * p * r / (p + r)


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parses", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "kg" / "link" / "weights.json")
    parser.add_argument("--report", action="store_true", help="measure each corpus with weights of the others too")
    options = parser.parse_args()
    data = {}
    for corpus in SOURCES:
        rows, targets, weights = zip(*examples(corpus, options.parses), strict=True)
        data[corpus] = (np.array(rows), np.array(targets), np.array(weights))
    if options.report:
        for held, given in data.items():
            rest = [np.concatenate(x) for x in zip(*(d for c, d in data.items() if c != held), strict=True)]
            print(held, *(f"{x:.1f}" for x in f1(*given, fit(rest[0], rest[1], rest[2]))), len(given[0]))
    everything = [np.concatenate(x) for x in zip(*data.values(), strict=True)]
    by = fit(everything[0], everything[1], everything[2])
    for corpus, given in data.items():
        print("fitted", corpus, *(f"{x:.1f}" for x in f1(*given, by)))
    body = json.loads(options.out.read_text(encoding="utf-8"))
    body["name"] = {n: round(float(x), 3) for n, x in zip(FEATURES, by, strict=True)}
    options.out.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
