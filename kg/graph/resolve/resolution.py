"""The IRI of every entity of many documents: what the clusters of their profiles give.

A cluster's IRI is a hash of its canonical name. Of namesakes the cluster with the first document keeps that; the others
hash their first document in too, as does somebody of whom only a surname is known. So an IRI depends on the set of
documents, never on the order in which they come.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

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
        """Return the annotation with the IRIs of the resolution."""
        known = ((entity.id, self.iris.get((annotation.id, entity.id))) for entity in annotation.entities)
        return renamed(annotation, {entity: iri for entity, iri in known if iri is not None}, self.base)


def renamed(annotation: Annotation, iris: Mapping[str, str], base: str) -> Annotation:
    """Return an annotation with other IRIs for some of its entities, by their ids.

    A position of a body or place ("mayor" in Calais) is one node with the others of its words and owner.
    """
    rows = [replace(e, iri=iris[e.id]) if e.id in iris else e for e in annotation.entities]
    owners = {row.id: row.iri for row in rows}
    rows = [_placed(row, owners, base) for row in rows]
    return annotation if rows == list(annotation.entities) else replace(annotation, entities=tuple(rows))


def _placed(entity: Entity, iris: Mapping[str, str], base: str) -> Entity:
    owner = iris.get(entity.position_in or "")
    if entity.type != "Position" or owner is None:
        return entity
    return replace(entity, iri=named_iri(base, canonical_name(entity.name), owner))


def resolve(profiles: Iterable[Profile], base: str, constraints: Constraints | None = None) -> Resolution:
    """Return what is one among the profiles of many documents, whatever their order."""
    found = sorted(((head(c, base), c) for c in cluster(profiles, constraints)), key=lambda p: (p[0].name, p[0].key))
    named: list[tuple[str, Cluster]] = []
    for _, group in groupby(found, lambda pair: pair[0].name):
        rows = list(group)
        named += zip(iris((one for one, _ in rows), base), (c for _, c in rows), strict=True)
    changed = {p.key: iri for iri, c in named for p in c.members if p.iri != iri}
    return Resolution(changed, tuple(sorted(named, key=lambda pair: (pair[0], pair[1].members[0].key))), base)


@dataclass(frozen=True, slots=True)
class Head:
    """What the IRI of a cluster depends on: its first member, its canonical name, and the IRI that it keeps, if any.

    `lone`: the name alone says too little.
    """

    key: Key
    name: str
    lone: bool
    given: str | None


def head(found: Cluster, base: str) -> Head:
    """Return the head of a cluster."""
    first = found.members[0]
    name = canonical_name(label(found))
    lone = is_lone(prevailing(found), name)
    given = min((p.iri for p in found.members if not p.iri.startswith(f"{base}{ENTITY}")), default=None)
    return Head(first.key, name, lone, first.iri if given is None and lone and len(found.members) == 1 else given)


def iris(namesakes: Iterable[Head], base: str) -> Iterator[str]:
    """Yield the IRIs of all clusters of one name; the heads come in order of their keys."""
    taken: Counter[tuple[str, ...]] = Counter()
    for one in namesakes:
        if one.given is not None:
            yield one.given
            continue
        seed = (one.name, one.key[0]) if one.lone or (one.name,) in taken else (one.name,)
        taken[seed] += 1
        yield named_iri(base, *seed, *((taken[seed],) if taken[seed] > 1 else ()))


def label(found: Cluster) -> str:
    """Return the fullest name of a cluster."""
    return fullest(Counter(p.name for p in found.members))


def prevailing(found: Cluster) -> str:
    """Return the class that most members have, of equals the first by name."""
    votes = Counter(p.type for p in found.members)
    return min(votes, key=lambda kind: (-votes[kind], kind))
