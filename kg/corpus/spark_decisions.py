"""What people decided, planned in one place: few documents are named by corrections, and only those are fetched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from kg.corpus.parts import Job, documents
from kg.graph import schema
from kg.graph.corrections.directory import Directory, UnknownNodeError, local
from kg.graph.corrections.plan import Plan, Planner
from kg.graph.corrections.records import Correction, references
from kg.graph.resolve.profiles import Key
from kg.naming import ENTITY
from kg.places import gazetteer
from kg.serial import from_json, to_json

if TYPE_CHECKING:
    from pyspark import RDD

    from kg.corpus.spark_identities import Resolved


@dataclass(frozen=True, slots=True)
class Wanted:
    """Keeps of a document what corrections name."""

    documents: frozenset[str]
    names: frozenset[str]

    def __call__(self, job: Job, part: int) -> Iterator[str]:
        """Yield as JSON the documents of a part that are named, and of the others the entities that are."""
        for annotation in documents(job, part):
            if annotation.id in self.documents:
                yield to_json(annotation)
            elif found := tuple(e for e in annotation.entities if local(e.iri) in self.names):
                yield to_json(replace(annotation, text="", mentions=(), entities=found, triples=(), quotes=()))


def directory(parts: "RDD[int]", job: Job, corrections: Sequence[Correction]) -> Directory:
    """Return the directory of the documents that corrections name."""
    found = Directory(corrections)
    for line in parts.flatMap(partial(Wanted(found.documents, found.names), job)).collect():
        found.see(from_json(line))
    return found


def plan(resolved: "Resolved", job: Job, corrections: Sequence[Correction], directory: Directory, file: Path) -> Plan:
    """Return what the corrections come to, once documents are resolved.

    Raises:
        CorrectionError: merges go round in a circle.
    """
    base, ontology = job.settings.base, schema.ontology(job.settings.ontology)
    said = {reference for correction in corrections for reference in references(correction)}
    keys = frozenset(key for reference in said for key in _keys(directory, reference))
    names = frozenset(f"{base}{ENTITY}{local(reference)}" for reference in said)
    iris = dict(resolved.iris.filter(partial(_is_key, keys)).map(_iri).collect())
    clusters = set(resolved.clusters.map(itemgetter(0)).filter(names.__contains__).collect())
    places = gazetteer(base, ontology)
    return Planner(directory, iris.get, clusters.__contains__, ontology, places, base, file).plan(corrections)


def _keys(directory: Directory, reference: str) -> tuple[Key, ...]:
    try:
        return directory.keys(reference)
    except UnknownNodeError:
        return ()


def _is_key(keys: frozenset[Key], row: tuple[int, tuple[str, str, str]]) -> bool:
    return row[1][:2] in keys


def _iri(row: tuple[int, tuple[str, str, str]]) -> tuple[Key, str]:
    document, entity, iri = row[1]
    return (document, entity), iri
