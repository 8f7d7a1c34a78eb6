"""The entities of a graph with what they are called and how sure it is that they are one: doubtful ones first."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Store

from kg.graph.terms import PREFIXES

_ENTITIES = """
SELECT ?entity ?label ?sure WHERE {
  ?entity a kg:Entity ; rdfs:label ?label .
  OPTIONAL { ?entity kg:identityConfidence ?sure }
}
"""
_CLASSES = "SELECT ?entity ?class WHERE { ?entity a kg:Entity ; a ?class }"
_ABOVE = "SELECT ?class ?above WHERE { ?class rdfs:subClassOf+ ?above }"
_ALIASES = "SELECT ?entity ?alias WHERE { ?entity a kg:Entity ; skos:altLabel ?alias }"
_MENTIONS = """
SELECT ?entity ?document (COUNT(?mention) AS ?count) WHERE {
  ?mention kg:refersTo ?entity ; kg:inDocument ?document
} GROUP BY ?entity ?document
"""


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
    documents: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    for entity, _, count in _ask(store, _MENTIONS, "entity", "document", "count"):
        documents[entity] += 1
        mentions[entity] += int(count)
    kinds = _kinds(store)
    aliases: defaultdict[str, list[str]] = defaultdict(list)
    for entity, alias in _ask(store, _ALIASES, "entity", "alias"):
        aliases[entity].append(alias)
    rows = [
        Row(
            entity,
            label,
            kinds.get(entity, "Entity"),
            documents[entity],
            mentions[entity],
            tuple(sorted(aliases.get(entity, ()))),
            float(sure) if sure else None,
        )
        for entity, label, sure in _ask(store, _ENTITIES, "entity", "label", "sure")
        if mentions[entity]
    ]
    return sorted(rows, key=lambda r: (r.sure is None, r.sure or 0.0, -r.documents, -r.mentions, r.name, r.iri))


def _kinds(store: Store) -> dict[str, str]:
    """Return the most specific class of each entity, by its local name."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for kind, parent in _ask(store, _ABOVE, "class", "above"):
        above[kind].add(parent)
    of: defaultdict[str, set[str]] = defaultdict(set)
    for entity, kind in _ask(store, _CLASSES, "entity", "class"):
        of[entity].add(kind)
    return {entity: max(found, key=lambda k: (len(above[k]), k)).rpartition("#")[2] for entity, found in of.items()}


def _ask(store: Store, query: str, *names: str) -> Iterator[tuple[str, ...]]:
    for row in store.query(query, prefixes=PREFIXES):  # type: ignore[union-attr]
        yield tuple("" if row[name] is None else str(getattr(row[name], "value", "")) for name in names)
