"""The IRI of every entity of many documents: what the clusters of their profiles give.

A cluster's IRI is a hash of its canonical name. Of namesakes the cluster with the first document keeps that; the others
hash their first document in too, as does somebody of whom only a surname is known. So an IRI depends on the set of
documents, never on the order in which they come.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.graph.entities import fullest
from kg.graph.resolve.clusters import Cluster, Constraints, cluster
from kg.graph.resolve.profiles import Key, Profile
from kg.model import Annotation, Entity
from kg.naming import ENTITY, canonical_name, is_lone, named_iri


@dataclass(frozen=True, slots=True)
class Resolution:
    """What is one across documents: the IRIs of those entities that get another than their own, and the clusters."""

    iris: dict[Key, str]
    clusters: tuple[tuple[str, Cluster], ...]
    base: str

    def apply(self, annotation: Annotation) -> Annotation:
        """Return the annotation with the IRIs of the resolution.

        A position of a body or place ("mayor" in Calais) is one node with the others of its words and owner.
        """
        rows = [self._named(annotation.id, entity) for entity in annotation.entities]
        iris = {row.id: row.iri for row in rows}
        rows = [self._placed(row, iris) for row in rows]
        return annotation if rows == list(annotation.entities) else replace(annotation, entities=tuple(rows))

    def _named(self, document: str, entity: Entity) -> Entity:
        iri = self.iris.get((document, entity.id))
        return entity if iri is None else replace(entity, iri=iri)

    def _placed(self, entity: Entity, iris: dict[str, str]) -> Entity:
        owner = iris.get(entity.position_in or "")
        if entity.type != "Position" or owner is None:
            return entity
        return replace(entity, iri=named_iri(self.base, canonical_name(entity.name), owner))


def resolve(profiles: Iterable[Profile], base: str, constraints: Constraints | None = None) -> Resolution:
    """Return what is one among the profiles of many documents, whatever their order."""
    clusters = cluster(profiles, constraints)
    named = list(_named(clusters, base))
    iris = {p.key: iri for iri, found in named for p in found.members if p.iri != iri}
    return Resolution(iris, tuple(sorted(named, key=lambda pair: pair[0])), base)


def _named(clusters: Iterable[Cluster], base: str) -> Iterator[tuple[str, Cluster]]:
    """Yield each cluster with its IRI."""
    taken: Counter[tuple[str, ...]] = Counter()
    for found in sorted(clusters, key=lambda c: c.members[0].key):
        first = found.members[0]
        name = canonical_name(label(found))
        lone = is_lone(prevailing(found), name)
        given = sorted(p.iri for p in found.members if not p.iri.startswith(f"{base}{ENTITY}"))
        if given or (lone and len(found.members) == 1):
            yield given[0] if given else first.iri, found
            continue
        seed = (name, first.context.document) if lone or (name,) in taken else (name,)
        taken[seed] += 1
        yield named_iri(base, *seed, *((taken[seed],) if taken[seed] > 1 else ())), found


def label(found: Cluster) -> str:
    """Return the fullest name of a cluster."""
    return fullest(Counter(p.name for p in found.members))


def prevailing(found: Cluster) -> str:
    """Return the class that most members have, of equals the first by name."""
    votes = Counter(p.type for p in found.members)
    return min(votes, key=lambda kind: (-votes[kind], kind))
