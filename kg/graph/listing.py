"""The entities of a graph with what they are called and how sure it is that they are one: doubtful ones first."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.graph import reading, terms


@dataclass(frozen=True, slots=True)
class Row:
    """One entity. `sure` is the probability that all documents mean one; None where one document names it alone."""

    iri: str
    name: str
    type: str
    documents: int
    mentions: int
    aliases: tuple[str, ...]
    sure: float | None


def entities(store: Store, iris: Iterable[str] | None = None) -> list[Row]:
    """Return the entities that are mentioned: the doubtful merges first, then by documents, mentions and name."""
    rows = [
        Row(found.iri, found.label, found.type, found.documents, found.mentions, found.aliases, found.identity)
        for found in reading.entities(store, iris)
        if found.mentions
    ]
    return sorted(rows, key=lambda r: (r.sure is None, r.sure or 0.0, -r.documents, -r.mentions, r.name, r.iri))


def doubtful(store: Store, most: int) -> tuple[list[Row], int]:
    """Return the least sure merges, so many of them, and the number of all merges; nothing else is read."""
    quads = store.quads_for_pattern(None, NamedNode(terms.name("kg:identityConfidence")[1:-1]), None, DefaultGraph())
    sure: list[tuple[float, str]] = []
    count = 0
    for quad in quads:
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode):
            count += 1
            row = (float(quad.object.value), quad.subject.value)
            if len(sure) < most or row < sure[-1]:
                insort(sure, row)
                del sure[most:]
    return entities(store, [iri for _, iri in sure]), count
