"""What the rules see of a document: its parse, and what each word refers to."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.quotes import Quotation
from kg.extract.relations import Relations
from kg.extract.rules.quantities import QuantitySpan
from kg.extract.rules.times import TimeSpan
from kg.parse.spans import Cluster, Span
from kg.parse.tree import Tree


@dataclass(frozen=True, slots=True)
class Scene:
    """A document before its triples are known.

    `entity` maps the head word of a mention to the position of its cluster in `clusters`, `mention` to its span;
    `time` and `quantity` map each token inside one to it. `within` maps the cluster of a Position to that of the
    organization or place that has it.
    """

    tree: Tree
    clusters: tuple[Cluster, ...]
    entity: dict[int, int]
    mention: dict[int, Span]
    time: dict[int, TimeSpan]
    quantity: dict[int, QuantitySpan]
    quotations: tuple[Quotation, ...]
    relations: Relations
    within: dict[int, int]

    def type_of(self, head: int | None) -> str | None:
        """Return the class of the entity that a phrase with this head refers to; None: no entity."""
        if head is None or head not in self.entity:
            return None
        return self.clusters[self.entity[head]].type


def see(
    tree: Tree,
    clusters: Sequence[Cluster],
    times: Sequence[TimeSpan],
    quantities: Sequence[QuantitySpan],
    quotations: Sequence[Quotation],
    relations: Relations,
) -> Scene:
    """Return the scene with its look-up tables; of two mentions with one head the longer wins."""
    entity: dict[int, int] = {}
    mention: dict[int, Span] = {}
    for number, cluster in enumerate(clusters):
        for span in cluster.spans:
            known = mention.get(span.head)
            if known is None or span.end - span.start > known.end - known.start:
                mention[span.head] = span
                entity[span.head] = number
    named = {i for span in mention.values() if span.kind == "name" for i in range(span.start, span.end)}
    time = {i: t for t in times if t.start not in named for i in range(t.start, t.end)}
    quantity = {i: q for q in quantities for i in range(q.start, q.end)}
    return Scene(tree, tuple(clusters), entity, mention, time, quantity, tuple(quotations), relations, {})
