"""Why the documents of a graph mean one entity by a name, or two: the pairs behind a node, with their reasons."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product

from kg.graph.resolve.clusters import Cluster
from kg.graph.resolve.pairs import Reason, probability, reasons
from kg.graph.resolve.profiles import Profile


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entities of two documents, what speaks for and against their being one, and whether they are in the graph."""

    first: Profile
    second: Profile
    probability: float
    reasons: tuple[Reason, ...]
    joined: bool


def comparisons(cluster: Cluster, others: Iterable[Cluster]) -> Iterator[Comparison]:
    """Yield the pairs within a node, the most doubtful first, then the best with each other, the likeliest first."""
    yield from sorted(_pairs(combinations(cluster.members, 2), joined=True), key=_order)
    apart = (best for other in others if (best := _nearest(cluster, other)) is not None)
    yield from sorted(apart, key=lambda c: (-c.probability, _order(c)))


def _nearest(first: Cluster, second: Cluster) -> Comparison | None:
    found = _pairs(product(first.members, second.members), joined=False)
    return max(found, key=lambda c: (c.probability, c.first.key, c.second.key), default=None)


def _pairs(pairs: Iterator[tuple[Profile, Profile]], *, joined: bool) -> Iterator[Comparison]:
    for a, b in pairs:
        why = reasons(a, b)
        if why is not None:
            yield Comparison(a, b, probability(sum(reason.weight for reason in why)), why, joined)


def _order(comparison: Comparison) -> tuple[float, tuple[str, str], tuple[str, str]]:
    return comparison.probability, comparison.first.key, comparison.second.key
