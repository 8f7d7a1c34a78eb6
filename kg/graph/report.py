"""What a build did: counts, the documents that failed, the sentences that it had nothing to say about."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
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
class Report:
    """What a build did. `timing` holds seconds; everything else is the same for the same input.

    `corrections` counts the entries that people wrote and that apply, `stale` names those that don't, with the reason.
    """

    documents: int
    failed: tuple[Failure, ...]
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


@dataclass(slots=True)
class Tally:
    """Counts while the documents pass."""

    counts: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    timing: dict[str, float] = field(default_factory=dict)

    def fail(self, error: KgError) -> None:
        """Count a document that could not be read."""
        where = error.document if isinstance(error, DocumentError) else "-"
        if isinstance(error, InputError):
            where = error.source if error.line is None else f"{error.source}, line {error.line}"
        self.failed.append(Failure(where, str(error)))

    def add(self, annotation: Annotation, graph: DocumentGraph) -> None:
        """Count a document and what it says."""
        relations = [t.predicate.relation for t in annotation.triples if t.predicate.relation is not None]
        self.counts.update(
            documents=1,
            mentions=len(annotation.mentions),
            statements=len(annotation.triples),
            typed_statements=len(relations),
            plain_triples=graph.plain,
            quotations=len(annotation.quotes),
            sentences=len(annotation.sentences),
        )
        self.relations.update(relations)
        self.gaps.extend(gaps(annotation))

    def report(self, entity_types: Counter[str], quads: int, corrections: int, stale: tuple[Stale, ...]) -> Report:
        """Return the report."""
        c = self.counts
        return Report(
            documents=c["documents"],
            failed=tuple(self.failed),
            entities=entity_types.total(),
            mentions=c["mentions"],
            statements=c["statements"],
            typed_statements=c["typed_statements"],
            plain_triples=c["plain_triples"],
            quotations=c["quotations"],
            quads=quads,
            entity_types=ranked(entity_types),
            relations=ranked(self.relations),
            gaps=tuple(self.gaps),
            sentences=c["sentences"],
            timing={name: round(seconds, 3) for name, seconds in self.timing.items()},
            corrections=corrections,
            stale=stale,
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
    actors = {entity.id for entity in annotation.entities if "Actor" in entity.types}
    starts = sorted(mention.start for mention in annotation.mentions if mention.entity in actors)
    told = [(triple.start, triple.end) for triple in annotation.triples]
    found = []
    for start, end in annotation.sentences:
        if any(start <= at < end for at in starts) and not any(s < end and start < e for s, e in told):
            found.append(Gap(annotation.id, start, end, annotation.text[start:end]))
    return found


def ranked(counts: Counter[str]) -> dict[str, int]:
    """Return the counts, the largest first, equals by name.

    >>> ranked(Counter({"b": 1, "a": 1, "c": 2}))
    {'c': 2, 'a': 1, 'b': 1}
    """
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
