"""Whether an external store holds what was loaded: all counts, and graphs read back whole and compared."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from pyoxigraph import Store

from kg.store import content
from kg.store.external import ExternalStore
from kg.store.loading import Item


@dataclass(frozen=True, slots=True)
class Difference:
    """A graph that is not what was loaded: how many triples are missing and too many, and one of them."""

    graph: str
    missing: int
    extra: int
    example: str

    def __str__(self) -> str:
        return f"<{self.graph}>: {self.missing:,} missing, {self.extra:,} too many, such as {self.example}"


@dataclass(frozen=True, slots=True)
class Verified:
    """How many graphs were counted, how many of them read back with how many triples, and what differs."""

    counted: int
    read: int
    triples: int
    differences: tuple[Difference, ...]


def verify(
    items: list[Item],
    source: Store,
    target: ExternalStore,
    *,
    sample: int = 100,
    step: Callable[[Item], None] | None = None,
) -> Verified:
    """Compare what is here with what the store holds.

    The triples of all named graphs are counted. `sample` graphs (0: all), and those with a wrong count, are read back
    and compared triple by triple, in a form in which two spellings of one value are equal (`content.canonical`). Which
    ones is decided by the hash of their names, so it is the same ones each time. A shared graph may hold more.
    """
    wanted = [item for item in items if item.graph and item.kind != "gone"]
    counts = target.counts([item.graph for item in wanted])
    drawn = sorted(wanted, key=lambda item: hashlib.sha256(item.graph.encode()).digest())[: sample or len(wanted)]
    read = {item.graph for item in drawn}
    differences, triples = [], 0
    for item in wanted:
        if item.graph in read or counts.get(item.graph, 0) != item.count:
            difference, size = _compared(item, source, target)
            triples += size
            if difference is not None:
                differences.append(difference)
            if step is not None:
                step(item)
    return Verified(len(wanted), len(read), triples, tuple(differences))


def _compared(item: Item, source: Store, target: ExternalStore) -> tuple[Difference | None, int]:
    here = content.canonical_lines(content.triples(source, item.graph))
    there = content.canonical_lines(target.triples(item.graph))
    missing, extra = sorted(here - there), [] if item.shared else sorted(there - here)
    if not missing and not extra:
        return None, len(there)
    return Difference(item.graph, len(missing), len(extra), (missing or extra)[0]), len(there)
