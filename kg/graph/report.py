"""What a build did: counts, the documents that failed, the sentences that it had nothing to say about."""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from time import perf_counter

from kg.errors import DocumentError, InputError, KgError
from kg.graph.corrections.plan import Stale
from kg.graph.document import DocumentGraph
from kg.model import Annotation


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that is not in the graph, and why."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence that mentions an actor and gave no triple."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted of one document; `relations` by name, `triples` those of its named graph."""

    mentions: int
    statements: int
    typed_statements: int
    plain_triples: int
    quotations: int
    sentences: int
    triples: int
    relations: dict[str, int]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `timing` holds seconds; everything else is the same for the same input.

    `read` are the documents that were new or had changed, `retracted` those that were taken back; `skipped` were left
    out on purpose: another has the same text, or they are not English. `corrections` counts the entries that people
    wrote and that apply, `stale` names those that don't, with the reason.
    """

    documents: int
    read: int
    retracted: int
    failed: tuple[Failure, ...]
    skipped: tuple[Failure, ...]
    entities: int
    mentions: int
    statements: int
    typed_statements: int
    plain_triples: int
    quotations: int
    quads: int
    entity_types: dict[str, int]
    relations: dict[str, int]
    gaps: tuple[Gap, ...]
    sentences: int
    timing: dict[str, float]
    corrections: int = 0
    stale: tuple[Stale, ...] = ()

    def to_json(self) -> str:
        """Return the report as indented JSON with a line end."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def failure(error: KgError) -> Failure:
    """Return an error as what the report says of it."""
    where = error.document if isinstance(error, DocumentError) else "-"
    if isinstance(error, InputError):
        where = error.where
    return Failure(where, str(error))


def count(annotation: Annotation, graph: DocumentGraph, triples: int) -> Count:
    """Return what is counted of a document."""
    relations = Counter(t.predicate.relation for t in annotation.triples if t.predicate.relation is not None)
    return Count(
        len(annotation.mentions),
        len(annotation.triples),
        relations.total(),
        graph.plain,
        len(annotation.quotes),
        len(annotation.sentences),
        triples,
        dict(relations),
        tuple(gaps(annotation)),
    )


class Clock:
    """Adds the seconds since the last lap to a name."""

    def __init__(self, timing: dict[str, float]) -> None:
        """Begin now; laps are added up in `timing`."""
        self._timing = timing
        self._last = perf_counter()

    def lap(self, name: str) -> None:
        """Give the time since the last lap to `name`."""
        now = perf_counter()
        self._timing[name] = self._timing.get(name, 0.0) + now - self._last
        self._last = now


def gaps(annotation: Annotation) -> list[Gap]:
    """Return the sentences that mention an actor and are the evidence of no triple: where the rules have a hole."""
    told = [(triple.start, triple.end) for triple in annotation.triples]
    return [
        Gap(annotation.id, start, end, annotation.text[start:end])
        for start, end in actor_sentences(annotation)
        if not any(s < end and start < e for s, e in told)
    ]


def actor_sentences(annotation: Annotation) -> list[tuple[int, int]]:
    """Return where the sentences are that mention an actor."""
    actors = {entity.id for entity in annotation.entities if "Actor" in entity.types}
    starts = sorted(mention.start for mention in annotation.mentions if mention.entity in actors)
    return [(start, end) for start, end in annotation.sentences if any(start <= at < end for at in starts)]


def ranked(counts: Counter[str]) -> dict[str, int]:
    """Return the counts, the largest first, equals by name.

    >>> ranked(Counter({"b": 1, "a": 1, "c": 2}))
    {'c': 2, 'a': 1, 'b': 1}
    """
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
