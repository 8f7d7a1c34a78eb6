"""How well entities of different documents are told to be one: pairwise precision, recall and F1.

    .venv/bin/python benchmarks/identity.py [SET …] [--errors]

A set is a folder of `benchmarks/identity` with articles.jsonl and gold.jsonl: for each document the actors that it
names, with an id that is the same in all documents and the strings by which the text calls them. An actor of the gold
is the entity to which most of its strings belong; one that was not found counts as joined with nothing. A pair is two
actors of two documents. "equal names" is what one gets when equal canonical names are one node.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from kg import Annotation, Annotator, Document
from kg.graph.resolve.profiles import profiles
from kg.graph.resolve.resolution import resolve
from kg.naming import canonical_name
from kg.settings import BASE

FOLDER = Path(__file__).parent / "identity"


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of one document: its id in the gold, and the node and name that the program gives it, if any."""

    document: str
    gold: str
    node: str | None
    name: str | None


def main() -> None:
    """Print the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", default=sorted(p.name for p in FOLDER.iterdir() if p.is_dir()))
    parser.add_argument("--errors", action="store_true", help="list the pairs that are wrong or missing")
    options = parser.parse_args()
    print(f"{'set':<8} {'pairs':>6} {'precision':>10} {'recall':>7} {'F1':>6}   equal names: precision, recall, F1")
    for name in options.sets:
        actors = list(read(FOLDER / name))
        wrong, missing, found = compare(actors)
        precision, recall, f1 = figures(len(found), len(wrong), len(missing))
        bare = [Actor(a.document, a.gold, a.name, a.name) for a in actors]
        by_name = figures(*(len(part) for part in reorder(compare(bare))))
        equal = ", ".join(f"{figure:.3f}" for figure in by_name)
        print(f"{name:<8} {len(found) + len(missing):>6} {precision:>10.3f} {recall:>7.3f} {f1:>6.3f}   {equal}")
        for title, pairs in (("wrong", wrong), ("missing", missing)) if options.errors else ():
            for a, b in pairs:
                print(f"  {title}: {a.gold} @ {a.document} and {b.gold} @ {b.document} ({a.name} | {b.name})")


def read(folder: Path) -> Iterator[Actor]:
    """Yield the actors of the gold with the nodes that they have."""
    gold = {row["id"]: row["entities"] for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    documents = [
        Document(row["id"], row["text"], title=row["title"], url=row["url"], date=row["date"])
        for row in map(json.loads, (folder / "articles.jsonl").open(encoding="utf-8"))
    ]
    read = [item for item in Annotator().annotate(documents) if isinstance(item, Annotation)]
    resolution = resolve((p for annotation in read for p in profiles(annotation)), BASE)
    for annotation in map(resolution.apply, read):
        nodes = {entity.id: entity for entity in annotation.entities}
        at = entities(annotation, gold[annotation.id])
        for actor in gold[annotation.id]:
            entity = nodes.get(at.get(actor["id"], ""))
            yield Actor(
                annotation.id,
                actor["id"],
                entity.iri if entity else None,
                canonical_name(entity.name) if entity else None,
            )


def entities(annotation: Annotation, actors: list[dict[str, list[str]]]) -> dict[str, str]:
    """Return gold id → the entity to which most mentions of its names belong; the longest name in a mention counts."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    names = [(name, str(actor["id"])) for actor in actors for name in actor["names"]]
    for mention in annotation.mentions:
        padded = f" {mention.text} "
        inside = [(len(name), name, gold) for name, gold in names if f" {name} " in padded]
        if mention.kind == "name" and inside:
            votes[max(inside)[2]][mention.entity] += 1
    return {gold: max(found, key=lambda e: (found[e], e)) for gold, found in votes.items()}


Pairs = list[tuple[Actor, Actor]]


def compare(actors: list[Actor]) -> tuple[Pairs, Pairs, Pairs]:
    """Return the pairs of two documents that are wrongly joined, not joined, and rightly joined."""
    wrong: Pairs = []
    missing: Pairs = []
    found: Pairs = []
    for a, b in combinations(actors, 2):
        if a.document != b.document:
            joined = a.node is not None and a.node == b.node
            if a.gold == b.gold:
                (found if joined else missing).append((a, b))
            elif joined:
                wrong.append((a, b))
    return wrong, missing, found


def reorder(parts: tuple[Pairs, Pairs, Pairs]) -> tuple[Pairs, Pairs, Pairs]:
    """Return (found, wrong, missing) of what compare gives."""
    wrong, missing, found = parts
    return found, wrong, missing


def figures(found: int, wrong: int, missing: int) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    precision = found / (found + wrong) if found + wrong else 0.0
    recall = found / (found + missing) if found + missing else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if found else 0.0


if __name__ == "__main__":
    main()
