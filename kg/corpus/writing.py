"""What stale documents give to the graph, made anew: their triples into a file, what they tell into the ledger."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kg.corpus import records
from kg.corpus.deciding import Decided, iris
from kg.corpus.final import Final
from kg.corpus.ledger import Ledger
from kg.corpus.processes import mapped
from kg.graph.contribution import contribution, quads
from kg.graph.stances import Stance, single_relations
from kg.serial import from_json

# Documents that a process is given at once.
TOGETHER = 16
Packed = tuple[int, bytes, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a document gives, as it is kept: its quads, the same triples again for the union, rows of tables."""

    n: int
    graph: str
    quads: bytes
    triples: bytes
    entities: tuple[tuple[str, str], ...]
    stances: tuple[tuple[str, str, str, int, int, str], ...]
    count: str


@dataclass(frozen=True, slots=True)
class Writing:
    """Makes what documents give of their annotations, packed as the ledger has them, and the IRIs of their entities."""

    final: Final
    single: frozenset[str]

    def __call__(self, documents: list[Packed]) -> list[Written]:
        """Return what each document gives."""
        return [self._written(*document) for document in documents]

    def _written(self, n: int, packed: bytes, iris: dict[str, str]) -> Written:
        annotation = self.final(from_json(zlib.decompress(packed)), iris)
        found = contribution(annotation, self.final.ontology, self.final.settings)
        return Written(
            n,
            found.graph,
            quads(found.triples, found.graph).encode(),
            quads(found.triples, "").encode(),
            tuple((iri, records.dump(told)) for iri, told in found.entities),
            tuple(self._row(stance) for stance in found.stances),
            records.dump(found.count),
        )

    def _row(self, stance: Stance) -> tuple[str, str, str, int, int, str]:
        denies, single = stance.attitude == "denies", stance.relation in self.single
        return " ".join(stance.pair), stance.subject, stance.object, denies, single, records.dump(stance)


def stale(decided: Decided, workers: int) -> Iterator[Written]:
    """Yield what the stale documents of a ledger give, in order of their numbers."""
    task = Writing(decided.final, single_relations(decided.final.ontology))
    for found in mapped(task, _chunks(decided.ledger), workers):
        yield from found


def keep(ledger: Ledger, written: Written, *, whole: bool) -> None:
    """Keep in the ledger what a document tells; `whole`: the graph of entities is made anew as a whole."""
    db = ledger.db
    if not whole:
        db.execute("INSERT OR IGNORE INTO pending SELECT 'iri', iri FROM entity WHERE document = ?", (written.n,))
        ledger.pend("iri", {iri for iri, _ in written.entities})
    db.execute("DELETE FROM entity WHERE document = ?", (written.n,))
    db.execute("DELETE FROM stance WHERE document = ?", (written.n,))
    db.executemany("INSERT INTO entity VALUES (?, ?, ?)", ((written.n, *row) for row in written.entities))
    db.executemany("INSERT INTO stance VALUES (?, ?, ?, ?, ?, ?, ?)", ((written.n, *row) for row in written.stances))
    db.execute("UPDATE document SET count = ? WHERE n = ?", (written.count, written.n))


def _chunks(ledger: Ledger) -> Iterator[list[Packed]]:
    # All numbers first: rows are changed while the documents pass.
    numbers = [n for (n,) in ledger.db.execute("SELECT n FROM document WHERE stale ORDER BY n")]
    for at in range(0, len(numbers), TOGETHER):
        yield [_packed(ledger, n) for n in numbers[at : at + TOGETHER]]


def _packed(ledger: Ledger, n: int) -> Packed:
    (annotation,) = ledger.db.execute("SELECT annotation FROM document WHERE n = ?", (n,)).fetchone()
    return n, annotation, iris(ledger, n)
