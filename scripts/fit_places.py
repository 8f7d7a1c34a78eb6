"""Fit the weights of the place ranker and write kg/link/weights.json.

    python scripts/fit_places.py PARSES… [--out FILE] [--report]

Reads ../shared/bench/places/data (GeoWebNews and LGL: for development only, their texts stay out of the package;
weights are figures). Each document is tagged by the default model, names are found as in the pipeline, and a form
counts as often as the gold data has it, up to three times.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc, DocBin

from kg.link.features import FEATURES, SECOND, Matrix, matrices, second_matrices
from kg.link.gazetteer import distance, load
from kg.link.rank import chances
from kg.link.scene import PLACES, Scene, scene
from kg.link.toponyms import correct
from kg.parse.names import find_names
from kg.parse.repair import repair
from kg.parse.spans import Place, Span
from kg.parse.tree import Tree

DATA = Path(__file__).parents[2] / "shared" / "bench" / "places" / "data"
CORPORA = ("geowebnews", "lgl-dev")
NEAR_KM = 50.0
Case = tuple[Matrix, Matrix, float]
Gold = dict[str, object]


def found_names(doc: Doc, toponyms: list[Gold]) -> tuple[tuple[Span, ...], dict[int, Gold]]:
    """The names as the pipeline finds them, toponyms that it misses added, and the gold of those that are wanted."""
    gazetteer = load()
    names = list(correct(doc, find_names(doc, gazetteer, repair(Tree(doc))), gazetteer))
    gold = {}
    for t in toponyms:
        part = doc.char_span(int(str(t["start"])), int(str(t["end"])), alignment_mode="expand")
        if not t["core"] or part is None:
            continue
        over = [i for i, s in enumerate(names) if s.start < part.end and part.start < s.end]
        if not over:
            over = [len(names)]
            names.append(Span(part.start, part.end, part.root.i, "name", "Place"))
        if len(over) == 1 and names[over[0]].type in PLACES:
            gold[over[0]] = t
    return tuple(names), gold


def targets(found: Scene, gold: dict[int, Gold]) -> list[Matrix]:
    """For each form the shares of gold that each candidate is right for; all zero where none is."""
    wanted = []
    for form in found.forms:
        right = np.zeros(len(form.candidates))
        for position in form.names:
            if position not in gold:
                continue
            t = gold[position]
            fit = [i for i, c in enumerate(form.candidates) if t["geonames"] and c.place.geonames == t["geonames"]]
            if not fit and t["lat"] is not None:
                point = Place("", "", "", float(str(t["lat"])), float(str(t["lon"])))
                ranked = sorted((distance(c.place, point), i) for i, c in enumerate(form.candidates))
                fit = [i for km, i in ranked[:2] if km <= NEAR_KM]
            for i in fit:
                right[i] += 1 / len(fit)
        wanted.append(right)
    return wanted


def scenes(corpus: str, parses: Path) -> Iterator[tuple[Scene, list[Matrix]]]:
    """The scenes of a corpus with their targets."""
    with (DATA / f"{corpus}.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    docs = DocBin().from_disk(parses / f"{corpus}.docbin").get_docs(spacy.blank("en").vocab)
    gazetteer = load()
    for row, doc in zip(rows, docs, strict=True):
        names, gold = found_names(doc, row["toponyms"])
        places = [i for i, span in enumerate(names) if span.type in PLACES]
        found = scene(doc, names, places, gazetteer)
        yield found, targets(found, gold)


def fit(cases: list[Case], width: int, rounds: int = 400, ridge: float = 0.0006) -> Matrix:
    """Weights that make the right candidates likely: Adam on the log-likelihood with a small ridge."""
    by, m, v = np.zeros(width), np.zeros(width), np.zeros(width)
    total = sum(weight for _, _, weight in cases)
    for step in range(1, rounds + 1):
        slope = ridge * by
        for rows, right, weight in cases:
            slope = slope + weight / total * (rows.T @ (chances(rows, by) - right))
        m, v = 0.9 * m + 0.1 * slope, 0.99 * v + 0.01 * slope * slope
        by = by - 0.1 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return by


def cases_of(rows: tuple[Matrix, ...], wanted: list[Matrix]) -> list[Case]:
    """Training cases: forms for which some candidate is right."""
    return [(x, y / y.sum(), min(3.0, y.sum())) for x, y in zip(rows, wanted, strict=True) if y.sum() > 0]


def fit_both(data: list[tuple[Scene, list[Matrix]]]) -> tuple[Matrix, Matrix]:
    """The weights of both rounds."""
    firsts = [matrices(found) for found, _ in data]
    cases = [case for rows, (_, wanted) in zip(firsts, data, strict=True) for case in cases_of(rows, wanted)]
    first = fit(cases, len(FEATURES))
    seconds = [
        second_matrices(found, rows, [chances(x, first) for x in rows])
        for rows, (found, _) in zip(firsts, data, strict=True)
    ]
    cases = [case for rows, (_, wanted) in zip(seconds, data, strict=True) for case in cases_of(rows, wanted)]
    return first, fit(cases, len(FEATURES) + len(SECOND))


def fit_none(data: list[tuple[Scene, list[Matrix]]], first: Matrix, second: Matrix) -> float:
    """The score of "none of these" that makes the forms without a right candidate, and those with one, likeliest."""
    scored = []
    for found, wanted in data:
        rows = matrices(found)
        after = second_matrices(found, rows, [chances(x, first) for x in rows])
        for x, y, form in zip(after, wanted, found.forms, strict=True):
            if form.names:
                scored.append((x @ second, y, min(3, len(form.names))))
    best, at = -np.inf, 0.0
    for none in np.arange(-2.0, 8.0, 0.1):
        total = 0.0
        for scores, y, weight in scored:
            everything = np.logaddexp(np.logaddexp.reduce(scores), none)
            right = np.logaddexp.reduce(scores[y > 0]) if y.sum() > 0 else none
            total += weight * float(right - everything)
        if total > best:
            best, at = total, float(none)
    return at


def accuracy(data: list[tuple[Scene, list[Matrix]]], first: Matrix, second: Matrix) -> tuple[float, float, float]:
    """Shares of names that get a right place after each round, of those that can."""
    n = one = two = can = 0.0
    for found, wanted in data:
        rows = matrices(found)
        before = [chances(x, first) for x in rows]
        after = [chances(x, second) for x in second_matrices(found, rows, before)]
        for p, q, y, form in zip(before, after, wanted, found.forms, strict=True):
            count = len(form.names) if y.sum() > 0 else 0
            n += count
            one += y[int(np.argmax(p))] > 0 and count
            two += y[int(np.argmax(q))] > 0 and count
            can += y.sum()
    return one / n, two / n, can / n


def main() -> None:
    """Fit and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parses", type=Path, help="folder with geowebnews.docbin and lgl-dev.docbin")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "kg" / "link" / "weights.json")
    parser.add_argument("--report", action="store_true", help="fit on one corpus, measure on the other; write nothing")
    options = parser.parse_args()
    data = {corpus: list(scenes(corpus, options.parses)) for corpus in CORPORA}
    if options.report:
        for held in CORPORA:
            by = fit_both([x for corpus in CORPORA if corpus != held for x in data[corpus]])
            print(held, *(f"{100 * a:.1f}" for a in accuracy(data[held], *by)))
    first, second = fit_both([x for corpus in CORPORA for x in data[corpus]])
    for corpus in CORPORA:
        print("fitted", corpus, *(f"{100 * a:.1f}" for a in accuracy(data[corpus], first, second)))
    note = (
        "Fitted on GeoWebNews and the development half of LGL by scripts/fit_places.py; figures, not copies of texts."
    )
    old = json.loads(options.out.read_text(encoding="utf-8")) if options.out.exists() else {}
    body = old | {
        "note": note,
        "none": round(fit_none([x for corpus in CORPORA for x in data[corpus]], first, second), 2),
        "first": {n: round(float(x), 3) for n, x in zip(FEATURES, first, strict=True)},
        "second": {n: round(float(x), 3) for n, x in zip((*FEATURES, *SECOND), second, strict=True)},
    }
    options.out.write_text(json.dumps(body, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
