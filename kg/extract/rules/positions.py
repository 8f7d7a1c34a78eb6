"""Positions as nodes: "Interior Minister Gerald Darmanin" → Darmanin holds the position "interior minister"."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.base import Fact
from kg.extract.scene import Scene
from kg.parse.spans import Cluster, Span


def add_positions(scene: Scene, facts: Sequence[Fact]) -> tuple[Scene, tuple[Fact, ...]]:
    """Return the scene with one cluster for each position that somebody holds, and the facts that speak of it.

    Two phrases with the same words ("Interior Minister", "the interior minister") are one position, unless they are of
    two bodies ("president of the club", "president of the bank").
    """
    clusters = list(scene.clusters)
    within = dict(scene.within)
    by_name: dict[tuple[str, int | None], int] = {}
    placed = []
    for fact in facts:
        target = fact.object
        if fact.relation != "holdsPosition" or target is None:
            placed.append(fact)
            continue
        name = _name(scene, target.start, target.end)
        span = Span(target.start, target.end, target.head, "nominal", "Position")
        owner = _owner(scene, target.start, target.end, target.head)
        number = by_name.setdefault((name, owner), len(clusters))
        if number == len(clusters):
            clusters.append(Cluster(name, "Position", (span,)))
        elif span not in clusters[number].spans:
            spans = sorted((*clusters[number].spans, span), key=lambda s: (s.start, s.end))
            clusters[number] = replace(clusters[number], spans=tuple(spans))
        if owner is not None:
            within.setdefault(number, owner)
        placed.append(replace(fact, object=replace(target, entity=number)))
    return replace(scene, clusters=tuple(clusters), within=within), tuple(placed)


def _name(scene: Scene, start: int, end: int) -> str:
    """Return the words of a position in lower case, no article: "the Interior Minister" → "interior minister"."""
    tree = scene.tree
    while start < end - 1 and tree.dep[start] in ("det", "poss", "case"):
        start += 1
    return " ".join(w if start + n in scene.mention else w.lower()
                    for n, w in enumerate(tree.words[start:end]))  # fmt: skip


def _owner(scene: Scene, start: int, end: int, head: int) -> int | None:
    """Return the cluster of the organization or place that a position is of: "mayor of Calais" → Calais."""
    for i in range(start, end):
        kind = scene.type_of(i)
        if (
            i != head
            and kind is not None
            and any(scene.relations.ontology.is_a(kind, c) for c in ("Organization", "Place"))
        ):
            return scene.entity[i]
    return None
