"""What people decided, applied to the documents of a ledger."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.corpus.final import Final
from kg.corpus.identities import settle
from kg.corpus.ledger import Ledger, Read, chunks
from kg.corpus.opening import passing
from kg.graph import schema
from kg.graph.corrections.apply import decision_facts
from kg.graph.corrections.directory import Directory
from kg.graph.corrections.file import NAME, load
from kg.graph.corrections.plan import Plan, Planner, constraints
from kg.graph.corrections.records import Correction
from kg.graph.resolve.profiles import Key
from kg.graph.terms import Fact
from kg.model import Annotation
from kg.naming import ENTITY
from kg.places import gazetteer
from kg.settings import BASE, Settings


@dataclass(frozen=True, slots=True)
class Decided:
    """The entities of a ledger, resolved and corrected."""

    ledger: Ledger
    final: Final

    @property
    def plan(self) -> Plan:
        """What the corrections come to."""
        return self.final.plan

    def annotations(self, where: str = "NOT twin", values: Sequence[object] = ()) -> Iterator[Annotation]:
        """Yield the documents as the graph has them, in order of their ids."""
        return (shown for _, shown in self.pairs(where, values))

    def pairs(self, where: str = "NOT twin", values: Sequence[object] = ()) -> Iterator[tuple[Annotation, Annotation]]:
        """Yield each document as it was read and as the graph has it, in order of their ids."""
        for n, annotation in self.ledger.annotations(where, values):
            yield annotation, self.final(annotation, iris(self.ledger, n))

    def facts(self) -> list[Fact]:
        """Return what the graph says of the decisions."""
        added: dict[int, str] = {}
        for annotation in self.annotations(*_named(self.plan.added)):
            added |= self.final.added(annotation)
        return decision_facts(self.plan, self.final.settings.base, added)


def decide(ledger: Ledger, settings: Settings, corrections: Sequence[Correction], file: Path) -> Decided:
    """Resolve the entities of a ledger under the corrections, and mark the documents of which something changes.

    Raises:
        CorrectionError: corrections contradict each other.
    """
    directory = _directory(ledger, corrections)
    settle(ledger, constraints(corrections, directory, file))
    decided = _planned(ledger, settings, corrections, file, directory)
    _mark(ledger, decided.plan)
    return decided


def planned(ledger: Ledger, settings: Settings, corrections: Sequence[Correction], file: Path) -> Decided:
    """Return the entities of a ledger as they were resolved last, with the corrections; nothing is written.

    Raises:
        CorrectionError: corrections contradict each other.
    """
    directory = _directory(ledger, corrections)
    constraints(corrections, directory, file)
    return _planned(ledger, settings, corrections, file, directory)


def _planned(
    ledger: Ledger, settings: Settings, corrections: Sequence[Correction], file: Path, directory: Directory
) -> Decided:
    def iri(key: Key) -> str | None:
        found = ledger.db.execute(
            "SELECT p.iri FROM profile p JOIN document d ON d.n = p.document WHERE d.id = ? AND p.entity = ?", key
        ).fetchone()
        return None if found is None else str(found[0])

    def is_cluster(name: str) -> bool:
        return ledger.db.execute("SELECT 1 FROM cluster WHERE iri = ?", (name,)).fetchone() is not None

    ontology = schema.ontology(settings.ontology)
    places = gazetteer(ledger.base, ontology)
    plan = Planner(directory, iri, is_cluster, ontology, places, ledger.base, file).plan(corrections)
    return Decided(ledger, Final(settings, plan))


def resolved(annotations: Iterable[Annotation], file: Path | None = None) -> Iterator[Annotation]:
    """Yield annotations that are in no folder as a graph of them would have them, in order of their ids.

    `file` is one of corrections. Of equal texts the one with the smallest id is there.

    Raises:
        CorrectionError: the corrections can't be read, or contradict each other.
    """
    with passing() as ledger:
        for annotation in annotations:
            ledger.base = ledger.base or base_of(annotation)
            ledger.put(Read.of(annotation))
        ledger.base = ledger.base or BASE
        corrections = () if file is None else load(file)
        yield from decide(ledger, Settings(base=ledger.base), corrections, file or Path(NAME)).annotations()


def base_of(annotation: Annotation) -> str:
    """Return the IRI under which the entities of an annotation have theirs, "" where it has none."""
    iris = (entity.iri for entity in annotation.entities if f"/{ENTITY}" in entity.iri)
    first = next(iris, "")
    return first[: first.rindex(ENTITY)] if first else ""


def iris(ledger: Ledger, n: int) -> dict[str, str]:
    """Return the IRIs that resolving gives to entities of a document, by their ids."""
    return dict(ledger.db.execute("SELECT entity, iri FROM profile WHERE document = ? AND iri != own", (n,)))


def _directory(ledger: Ledger, corrections: Sequence[Correction]) -> Directory:
    """Return a directory of the documents that corrections name; of all, where they name entities by IRIs alone."""
    directory = Directory(corrections)
    where, values = ("NOT twin", []) if directory.names else _named(directory.documents)
    for _, annotation in ledger.annotations(where, values):
        directory.see(annotation)
    return directory


def _named(documents: Iterable[str]) -> tuple[str, list[object]]:
    names: list[object] = list(documents)
    return f"NOT twin AND id IN ({', '.join('?' * len(names))})", names


def _mark(ledger: Ledger, plan: Plan) -> None:
    """Mark the documents of which the plan says something that it did not say before, or no longer says."""
    said = json.dumps(_said(plan), ensure_ascii=False, sort_keys=True)
    noted = ledger.meta("plan") or "{}"
    if said == noted:
        return
    for told in (json.loads(noted), json.loads(said)):
        nodes = {iri for part in ("merged", "names", "types", "links") for iri in told.get(part, ())}
        nodes |= set(told.get("merged", {}).values())
        ledger.pend("iri", nodes)
        for some in chunks(sorted(nodes)):
            marks = ", ".join("?" * len(some))
            ledger.db.execute(
                f"UPDATE document SET stale = 1 WHERE n IN (SELECT document FROM entity WHERE iri IN ({marks}))",  # noqa: S608
                some,
            )
        for part in ("placed", "rejected", "added"):
            where, values = _named(told.get(part, ()))
            ledger.db.execute(f"UPDATE document SET stale = 1 WHERE {where}", values)  # noqa: S608
    ledger.note("plan", said)


def _said(plan: Plan) -> dict[str, object]:
    """Return what a plan does, by the nodes and documents to which it does it."""
    placed: dict[str, list[object]] = {}
    for (document, entity), found in sorted(plan.placed.items()):
        placed.setdefault(document, []).append([entity, [asdict(place) for place in found]])
    return {
        "merged": plan.merged,
        "names": plan.names,
        "types": plan.types,
        "links": plan.links,
        "placed": placed,
        "rejected": {document: sorted(triples) for document, triples in plan.rejected.items()},
        "added": {document: [repr(addition) for addition in found] for document, found in plan.added.items()},
    }
