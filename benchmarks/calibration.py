"""Does a confidence of 0.7 mean that 7 of 10 such triples are right? Prints the curve and the error.

    python benchmarks/calibration.py [--folds 5] [--bar 0.08]

Triples of the development sentences of CaRB and BenchIE (`../shared/bench/openie`) are judged by their gold:
right is a triple that CaRB's one-to-one assignment gives a gold tuple most of whose words agree (precision 0.5 at
least), or that BenchIE's gold lists for the sentence. Gold sets are not complete, about half of what they lack is true
all the same, so the shares below are the least that a reader finds right.

Each sentence is judged by weights fitted without it. Rules with a confidence set by hand (see docs/decisions/0060) are
shown by themselves below the curve and counted in the error. Exit status 1: the error is above the bar. Needs
scikit-learn.
"""

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

from kg.extract.confidence import Weights, load, probability

ROOT = Path(__file__).resolve().parent.parent
OPENIE = ROOT.parent / "shared" / "bench" / "openie"
ENOUGH = 0.5  # of the words of a triple agree with its gold tuple, slot by slot
PENALTY = 0.05  # scikit-learn's C
LEAST = 8  # triples that have a feature, or it gets no weight
BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """A triple with its features; `key` identifies its sentence."""

    key: str
    rule: str
    features: tuple[str, ...]
    right: bool


def rows(model: str = "en_core_web_md") -> list[Judged]:
    """Extract from the sentences with the rules as they are, and judge each triple by the gold."""
    from kg.extract.assemble import Stages, annotate_pieces, extract
    from kg.extract.confidence_features import features
    from kg.model import Document, Run
    from kg.parse import models
    from kg.pipeline import plain
    from kg.settings import Settings

    sys.path.insert(0, str(OPENIE))
    carb, benchie = importlib.import_module("score_carb"), importlib.import_module("score_benchie")
    gold, keys = carb.read_gold(OPENIE / "data" / "carb_dev.gold.jsonl")
    facts_of = benchie.read_gold(OPENIE / "data" / "benchie_dev.gold.jsonl")
    listed = {carb.key_of(row["text"]): facts_of[row["id"]] for row in _read("benchie_dev.jsonl")}
    documents = [Document(row["id"], row["text"]) for row in _read("carb_dev.jsonl")]
    stages, run, found = Stages.load(Settings()), Run("", model, "", ""), []
    docs = models.load(model).pipe([plain(d.text) for d in documents])
    for document, doc in zip(documents, docs, strict=True):
        scene, facts = extract(document, doc, stages)
        triples = [asdict(t) for t in annotate_pieces(document, [(doc, 0)], stages, run).triples]
        key = keys[document.id]
        right = _right(carb, benchie, triples, gold[key], listed.get(key, []))
        found += [Judged(key, f.rule, x, y) for f, x, y in zip(facts, features(scene, facts), right, strict=True)]
    return found


def _read(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (OPENIE / "data" / name).read_text(encoding="utf-8").splitlines()]


def _right(
    carb: ModuleType, benchie: ModuleType, triples: Sequence[dict[str, object]], gold: Sequence[object], listed: object
) -> list[bool]:
    """Tell for each triple of a sentence whether one of the two gold sets has it."""
    tuples = [carb.tuple_of(triple) for triple in triples]
    cells = sorted((-carb.match(g, p)[0], i, j) for i, g in enumerate(gold) for j, p in enumerate(tuples))
    taken: set[int] = set()
    agreed: dict[int, float] = {}
    for value, i, j in cells:
        if i not in taken and j not in agreed:
            taken.add(i)
            agreed[j] = -value
    hits = [
        triple["object"] is not None
        and benchie.fact_of(benchie.triples_of({"triples": [triple]}, "ignore")[0], listed) is not None
        for triple in triples
    ]
    return [agreed.get(j, 0.0) >= ENOUGH or hit for j, hit in enumerate(hits)]


def fit(judged: Sequence[Judged], priors: dict[str, float]) -> Weights:
    """Return the weights of a logistic regression with an L2 penalty over the rules that have no prior."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    learned = [row for row in judged if row.rule not in priors]
    counts: dict[str, int] = {}
    for row in learned:
        for name in row.features:
            counts[name] = counts.get(name, 0) + 1
    names = sorted(name for name, count in counts.items() if count >= LEAST)
    column = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(learned), len(names)))
    for i, row in enumerate(learned):
        matrix[i, [column[name] for name in row.features if name in column]] = 1
    model = LogisticRegression(C=PENALTY, max_iter=5000, tol=1e-8)
    model.fit(matrix, np.array([row.right for row in learned]))
    weights = {name: round(float(w), 4) for name, w in zip(names, model.coef_[0], strict=True)}
    return Weights(round(float(model.intercept_[0]), 4), {n: w for n, w in weights.items() if abs(w) >= 0.005}, priors)


def cross_validated(judged: Sequence[Judged], priors: dict[str, float], folds: int) -> list[float]:
    """Return the confidence of each triple by weights fitted on the sentences of the other folds."""
    fold = [int(hashlib.sha256(row.key.encode()).hexdigest(), 16) % folds for row in judged]
    fitted = [fit([r for r, f in zip(judged, fold, strict=True) if f != k], priors) for k in range(folds)]
    return [probability(row.rule, row.features, fitted[f]) for row, f in zip(judged, fold, strict=True)]


def expected_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean distance of confidence and share of right triples over ten bins, weighted by their size.

    >>> expected_error([0.75, 0.75, 0.75, 0.75], [True, True, True, False])
    0.0
    """
    error = 0.0
    for members in _bins(sure).values():
        mean = sum(sure[i] for i in members) / len(members)
        share = sum(right[i] for i in members) / len(members)
        error += len(members) * abs(mean - share)
    return error / len(sure)


def _bins(sure: Sequence[float]) -> dict[int, list[int]]:
    bins: dict[int, list[int]] = {}
    for i, value in enumerate(sure):
        bins.setdefault(min(int(value * BINS), BINS - 1), []).append(i)
    return dict(sorted(bins.items()))


def report(judged: Sequence[Judged], sure: Sequence[float], priors: dict[str, float]) -> float:
    """Print the curve, the hand-set rules and the error; return the error."""
    right = [row.right for row in judged]
    print("confidence    triples   mean    right")
    for n, members in _bins(sure).items():
        mean, share = (sum(values[i] for i in members) / len(members) for values in (sure, right))
        edges, bar = f"{n / BINS:.1f} to {(n + 1) / BINS:.1f}", "#" * round(40 * share)
        print(f"{edges}  {len(members):9} {mean:6.2f} {share:8.2f}  {bar}")
    print("\nrule set by hand          triples  prior    right")
    for rule in sorted(priors):
        found = [row.right for row in judged if row.rule == rule]
        share_of = f"{sum(found) / len(found):8.2f}" if found else "       -"
        print(f"{rule:24} {len(found):8} {priors[rule]:6.2f} {share_of}")
    learned = [i for i, row in enumerate(judged) if row.rule not in priors]
    of_learned = expected_error([sure[i] for i in learned], [right[i] for i in learned])
    error = expected_error(sure, right)
    print(
        f"\nexpected calibration error {error:.3f} of {len(judged)} triples, {of_learned:.3f} of {len(learned)} learned"
    )
    return error


def main() -> int:
    """Print the calibration; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--bar", type=float, default=0.08, help="the largest error that is good enough")
    arguments = parser.parse_args()
    if not OPENIE.is_dir():
        print("skipped: the folder ../shared/bench/openie is not at hand")
        return 0
    judged, priors = rows(), dict(load().priors)
    return int(report(judged, cross_validated(judged, priors, arguments.folds), priors) > arguments.bar)


if __name__ == "__main__":
    sys.exit(main())
