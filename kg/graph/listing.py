"""The entities of a graph with what they are called and how sure it is that they are one: doubtful ones first."""

from dataclasses import dataclass

from pyoxigraph import Store

from kg.graph import reading


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


def entities(store: Store) -> list[Row]:
    """Return the entities that are mentioned: the doubtful merges first, then by documents, mentions and name."""
    rows = [
        Row(found.iri, found.label, found.type, found.documents, found.mentions, found.aliases, found.identity)
        for found in reading.entities(store)
        if found.mentions
    ]
    return sorted(rows, key=lambda r: (r.sure is None, r.sure or 0.0, -r.documents, -r.mentions, r.name, r.iri))
