"""What all documents say of an entity, and what contradicts what, by many machines.

What documents tell is shuffled by IRI, stances by the two nodes that they join, and those of a functional relation by
their subject too. Whoever has all of one IRI writes its facts; what somebody denies, or has two objects where one can
be right, is compared once all places are known.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.corpus import records
from kg.corpus.final import Final
from kg.corpus.parts import Job, contribute, rows, whole
from kg.corpus.stars import groups, sorted_rows
from kg.graph import schema, terms
from kg.graph.contradictions import contradiction_facts, relation_kinds
from kg.graph.contribution import lines, quads
from kg.graph.entities import Merged, class_terms, entity_facts
from kg.graph.places import Places
from kg.graph.resolve.pairs import probability
from kg.graph.stances import Stance
from kg.graph.terms import Fact, name
from kg.ontology import Ontology

if TYPE_CHECKING:
    from pyspark import RDD

    from kg.corpus.spark_identities import Resolved

# What a document tells of so many entities is added up before it is sent.
TOGETHER = 20_000
ENTITY, PAIR, RIVALS = "e", "p", "r"
SCORE, TOLD = 0, 1
_PLACES = tuple(name(prop) for prop in ("kg:within", "kg:countryCode", "wgs:lat", "wgs:long"))
# (what kind and of what, rank, order), value
Row = tuple[tuple[str, int, str], Any]


@dataclass(slots=True)
class Written:
    """What was written of entities: how many of each class, quads, disputes; and what is known of places."""

    types: Counter[str] = field(default_factory=Counter)
    quads: int = 0
    disputes: int = 0
    places: list[Fact] = field(default_factory=list)

    def add(self, other: "Written") -> None:
        """Take in what another machine wrote."""
        self.types.update(other.types)
        self.quads += other.quads
        self.disputes += other.disputes
        self.places += other.places


def told(job: Job, resolved: "Resolved", final: Final, parts: int, partitions: int) -> "RDD[Row]":
    """Return all that documents tell, by what it is about; their quads are written on the way."""
    by_part = resolved.iris.partitionBy(parts, _same)
    found = by_part.mapPartitionsWithIndex(partial(_told, job, final))
    scores = resolved.clusters.flatMap(partial(_score, final))
    return sorted_rows(found.union(scores), partitions)


def write_entities(job: Job, partition: int, told: Iterable[Row]) -> Iterator[Written]:
    """Write what is known of the entities of a partition, and note what may be disputed."""
    graph = terms.graph(job.settings.base, "entities")
    classes = class_terms(schema.ontology(job.settings.ontology))
    written = Written()
    out = whole(job.quads(f"entities-{partition:05}"))
    with out as file, whole(job.work("disputes", partition)) as disputes:
        for key, group in groups(told):
            kind, about = key[0], key[1:]
            if kind == ENTITY:
                merged, score = _merged(value for _, value in group)
                if merged.names:
                    sure = None if score is None else probability(score)
                    facts = tuple(entity_facts(about, merged, classes, sure))
                    file.write(quads(lines(facts), graph).encode())
                    written.types[merged.kind] += 1
                    written.quads += len(set(facts))
                    written.places += _of_places(facts)
                continue
            found = list(_disputable(kind, group))
            if found:
                disputes.write(json.dumps(found, ensure_ascii=False).encode() + b"\n")
                written.disputes += 1
    yield written


def write_contradictions(job: Job, places: Places, partition: int) -> int:
    """Write which statements of the disputes of a partition contradict each other; return how many quads that are."""
    kinds = relation_kinds(schema.ontology(job.settings.ontology))
    graph = terms.graph(job.settings.base, "contradictions")
    count = 0
    out = job.quads(f"contradictions-{partition:05}")
    with whole(out) as file:
        for found in rows(job.work("disputes", partition)):
            stances = [records.load(Stance, row) for row in found]
            facts = contradiction_facts(stances, kinds, places)
            file.write(quads(lines(facts), graph).encode())
            count += len(facts)
    return count


def stance_rows(stance: Stance, ontology: Ontology) -> Iterator[Row]:
    """Yield a stance by the nodes that it joins, denials first, and by what it may rival, others' objects apart."""
    data = records.dump(stance)
    yield (PAIR + " ".join(stance.pair), int(stance.attitude != "denies"), stance.statement), data
    relation = relation_kinds(ontology).single(stance.relation)
    if relation is not None and stance.attitude == "asserts" and not stance.many:
        yield (f"{RIVALS}{stance.subject} {relation}", 0, f"{stance.object} {stance.statement}"), data


def _told(job: Job, final: Final, part: int, iris: Iterable[tuple[int, tuple[str, str, str]]]) -> Iterator[Row]:
    known: dict[str, Merged] = {}
    for found in contribute(job, final, part, map(itemgetter(1), iris)):
        for iri, what in found.entities:
            known.setdefault(iri, Merged()).add(what)
        for stance in found.stances:
            yield from stance_rows(stance, final.ontology)
        if len(known) > TOGETHER:
            yield from _rows(known)
            known.clear()
    yield from _rows(known)


def _rows(known: dict[str, Merged]) -> Iterator[Row]:
    for iri, merged in known.items():
        yield (ENTITY + iri, TOLD, ""), dump(merged)


def dump(merged: Merged) -> str:
    """Return what some documents say of an entity as JSON."""
    types = [[kind, above, count] for (kind, above), count in merged.types.items()]
    sets = [sorted(found) for found in (merged.aliases, merged.facts, merged.point)]
    return json.dumps([merged.names, types, *sets, merged.confidence], ensure_ascii=False)


def add(merged: Merged, data: str) -> None:
    """Take in what `dump` gave of other documents.

    >>> from kg.graph.entities import Told
    >>> one = Merged()
    >>> one.add(Told("Calais", "City", ("City", "Place"), ("Calais", "the port")))
    >>> add(one, dump(one))
    >>> one.names["Calais"], sorted(one.aliases)
    (2, ['Calais', 'the port'])
    """
    names, types, aliases, facts, point, confidence = json.loads(data)
    merged.names.update(names)
    merged.types.update({(kind, tuple(above)): count for kind, above, count in types})
    merged.aliases.update(aliases)
    merged.facts.update((predicate, value) for predicate, value in facts)
    merged.point.update((latitude, longitude) for latitude, longitude in point)
    merged.confidence = max(merged.confidence, confidence)


def _merged(values: Iterable[Any]) -> tuple[Merged, float | None]:
    merged, score = Merged(), None
    for value in values:
        if isinstance(value, float):
            score = value if score is None else min(score, value)
        else:
            add(merged, value)
    return merged, score


def _disputable(kind: str, group: Iterator[Row]) -> Iterator[str]:
    """Yield the stances of two nodes if one is a denial, those of a subject if there are two objects."""
    (_, rank, order), value = next(group)
    if kind == PAIR:
        yield from (chain((value,), (v for _, v in group)) if rank == 0 else ())
        return
    waiting = [value]
    for (_, _, other), value in group:
        waiting.append(value)
        if other.partition(" ")[0] != order.partition(" ")[0]:
            yield from waiting
            waiting.clear()
            yield from (v for _, v in group)


def _of_places(facts: Iterable[Fact]) -> list[Fact]:
    """Return what tells where a place lies; nothing of what no gazetteer has placed."""
    rows = list(facts)
    if not any(predicate in _PLACES for _, predicate, _ in rows):
        return []
    return [fact for fact in rows if fact[1] in _PLACES or fact[1] == terms.TYPE]


def _score(final: Final, cluster: tuple[str, float | None]) -> Iterator[Row]:
    iri, score = cluster
    if score is not None:
        yield (ENTITY + final.plan.final(iri), SCORE, ""), score


def _same(part: int) -> int:
    return part
