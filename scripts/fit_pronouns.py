"""Fit the ranker of pronouns and write `kg/lang/en/pronouns.json`.

    python scripts/fit_pronouns.py ../shared/bench/actors/train/gum_open.jsonl [--without bio,voyage] [--folds 5]

Reads documents with coreference chains (one JSON object a line: `text`, `genre`, `chains`), annotates them with the
pipeline as it is, and learns which of its entities a pronoun stands for: a conditional logistic regression with an L2
penalty. With `--folds` it reports the precision and recall of cross-validation by document before it fits on
everything. Needs numpy and scipy.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg import resources
from kg.coref.clusters import gather
from kg.coref.features import Features
from kg.coref.pronouns import Reader
from kg.link import gazetteer, rank, toponyms
from kg.parse import models, names
from kg.parse.repair import repair
from kg.parse.tree import Tree

PENALTY = 2.0
THRESHOLD = 0.5
# What news has often and the training genres seldom, "Ortega said | she would come": the penalty draws towards this.
EXPECTED = {
    "subject above ccomp": 2.5, "speaks again": 1.0, "topic 1 True": 1.5, "likely True": 0.7, "likely False": -1.0,
    "chain f False": 0.0, "chain m False": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """The candidates of one pronoun, "none" last, with the positions of the right ones."""

    document: int
    features: tuple[Features, ...]
    right: tuple[int, ...]


def examples(path: Path, without: Sequence[str], model: str) -> list[Example]:
    """Every pronoun of the training documents."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["genre"] not in without]
    nlp, places = models.load(model), gazetteer.load()
    found = []
    for number, (row, doc) in enumerate(zip(rows, nlp.pipe([row["text"] for row in rows]), strict=True)):
        tree = repair(Tree(doc))
        spans = toponyms.correct(doc, names.find_names(doc, places, tree), places)
        drafts = gather(tree, spans, rank.link(doc, spans, places))
        found += document_examples(number, tree, drafts, row["chains"])
    return found


def document_examples(number: int, tree: Tree, drafts: Sequence, chains: Sequence[dict]) -> list[Example]:
    """The pronouns of one document that the gold has in a chain, or in none."""
    heads: dict[int, str] = {}
    for chain in chains:
        for mention in chain["mentions"]:
            heads.setdefault(mention["head"][1], chain["id"])
    chain_at = [heads.get(end) for end in tree.end]
    members: dict[int, list[str | None]] = {
        id(d): [chain_at[s.end - 1] or chain_at[s.head] for s in d.spans] for d in drafts
    }
    reader = Reader(tree, drafts)
    found = []
    for question in reader.questions():
        wanted = chain_at[question.pronoun]
        at = {id(t): _chain(tree, t, chain_at, members) for t in question.trails}
        right = [i for i, t in enumerate(question.trails) if wanted is not None and at[id(t)] == wanted]
        found.append(Example(number, question.features, tuple(right) or (len(question.trails),)))
        if right:
            reader.answer(question.pronoun, question.trails[right[0]])
    return found


def _chain(tree: Tree, trail: object, chain_at: Sequence[str | None], members: dict) -> str | None:
    last = trail.last
    if chain_at[last] is not None:
        return chain_at[last]
    known = [c for c in members[id(trail.draft)] if c is not None]
    return max(sorted(set(known)), key=known.count) if known else None


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """The weights that make the right candidates likeliest."""
    vocabulary = sorted({name for row in rows for f in row.features for name in f})
    column = {name: i for i, name in enumerate(vocabulary)}
    data, indices, pointers, starts, right = [], [], [0], [0], []
    for row in rows:
        for f in row.features:
            data += f.values()
            indices += [column[name] for name in f]
            pointers.append(len(data))
        right += [i in row.right for i in range(len(row.features))]
        starts.append(starts[-1] + len(row.features))
    matrix = csr_matrix((data, indices, pointers), shape=(len(pointers) - 1, len(vocabulary)))
    begin, good = np.array(starts[:-1]), np.array(right, dtype=float)
    sizes = np.diff(starts)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores = scores - np.repeat(np.maximum.reduceat(scores, begin), sizes)
        shares = np.exp(scores)
        all_ = np.add.reduceat(shares, begin)
        ok = np.add.reduceat(shares * good, begin)
        slope = shares / np.repeat(all_, sizes) - shares * good / np.repeat(ok, sizes)
        away = weights - expected
        cost = np.sum(np.log(all_) - np.log(ok)) + PENALTY / 2 * away @ away
        return float(cost), matrix.T @ slope + PENALTY * away

    expected = np.array([EXPECTED.get(name, 0.0) for name in vocabulary])
    best = minimize(loss, expected, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(w), 4) for name, w in zip(vocabulary, best.x, strict=True) if abs(w) >= 0.005}


def measure(rows: Sequence[Example], weights: dict[str, float], tally: dict[float, list[int]]) -> None:
    """Count, for several thresholds, the answered, right and answerable pronouns."""
    for row in rows:
        scores = np.array([sum(weights.get(n, 0.0) * v for n, v in f.items()) for f in row.features])
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        for threshold, counts in tally.items():
            answered = best < len(row.features) - 1 and shares[best] >= threshold
            counts[0] += answered
            counts[1] += answered and best in row.right
            counts[2] += row.right[0] < len(row.features) - 1


def cross_validate(rows: Sequence[Example], folds: int) -> None:
    """Print precision and recall by threshold, documents kept together."""
    tally = {t: [0, 0, 0] for t in (0.0, 0.4, 0.5, 0.6, 0.7)}
    for fold in range(folds):
        weights = fit([row for row in rows if row.document % folds != fold])
        measure([row for row in rows if row.document % folds == fold], weights, tally)
    for threshold, (answered, right, possible) in tally.items():
        print(f"threshold {threshold}: precision {right / answered:.3f} recall {right / possible:.3f} of {possible}")


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("training", type=Path)
    parser.add_argument("--without", default="", help="genres to leave out, separated by commas")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--model", default="en_core_web_md")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    arguments = parser.parse_args()
    rows = examples(arguments.training, [g for g in arguments.without.split(",") if g], arguments.model)
    if arguments.folds:
        cross_validate(rows, arguments.folds)
    if arguments.dry:
        return
    note = (
        "Weights of the pronoun ranker, made by scripts/fit_pronouns.py from the GUM corpus (Zeldes 2017, LRE 51(3); "
        "https://github.com/amir-zeldes/gum): genres academic and court (CC BY 4.0), interview (CC BY 2.5), bio and "
        "voyage (CC BY-SA 3.0), annotations CC BY 4.0. No text of the corpus is contained."
    )
    data = {"note": note, "threshold": THRESHOLD, "weights": fit(rows)}
    target = resources.language_file("en", "pronouns.json")
    target.write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
