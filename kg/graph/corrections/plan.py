"""What corrections do to the documents at hand: constraints for resolving, then new values for entities and triples.

An entry that names what is not there is reported and changes nothing; entries that contradict each other stop the
build.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import CorrectionError
from kg.graph import terms
from kg.graph.corrections.directory import Directory, UnknownNodeError, local
from kg.graph.corrections.records import Add, Correction, Link, Merge, Reject, Rename, Retype, Split, action
from kg.graph.resolve.clusters import Constraints
from kg.graph.resolve.profiles import Key
from kg.graph.scope import statement_terms
from kg.graph.statements import label
from kg.model import Annotation, Entity
from kg.naming import ENTITY
from kg.ontology import Ontology

# What an IRI of a gazetteer means: the place and those around it, with their IRIs; nothing for other IRIs.
Places = Callable[[str], tuple[Entity, ...]]

_GEONAMES = re.compile(r"https?://(?:sws|www)\.geonames\.org/\d+")


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that did not apply: its line in the file, its action, and why."""

    line: int
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Addition:
    """A statement to add: its relation, the IRIs and records of both ends, the words that are its evidence."""

    correction: Add
    subject: tuple[str, Entity]
    object: tuple[str, Entity]
    start: int
    end: int


@dataclass(slots=True)
class Plan:
    """What is to be done.

    `merged`: IRI → the one that takes its place; `names`, `types` and `links` are by the IRIs after that. `placed`:
    entity → the place that it is, with those around it. `rejected`: document → ids of triples. `decided`: each
    correction that applies, with the nodes that it is about.
    """

    merged: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    links: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    placed: dict[Key, tuple[Entity, ...]] = field(default_factory=dict)
    rejected: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    added: defaultdict[str, list[Addition]] = field(default_factory=lambda: defaultdict(list))
    decided: list[tuple[Correction, tuple[str, ...]]] = field(default_factory=list)
    stale: list[Stale] = field(default_factory=list)

    def final(self, iri: str) -> str:
        """Return the IRI that takes the place of one."""
        while iri in self.merged:
            iri = self.merged[iri]
        return iri


def constraints(corrections: Sequence[Correction], directory: Directory, file: Path) -> Constraints:
    """Return what splits say about pairs of entities; splits that don't apply say nothing.

    Raises:
        CorrectionError: a merge and a split contradict each other.
    """
    same: set[tuple[Key, Key]] = set()
    other: set[tuple[Key, Key]] = set()
    for correction in corrections:
        if isinstance(correction, Split):
            try:
                kept, *apart = split_keys(correction, directory)
            except UnknownNodeError:
                continue
            other |= {(kept, key) for key in apart}
            same |= {(apart[0], key) for key in apart[1:]}
    for correction in corrections:
        if isinstance(correction, Merge):
            try:
                keys = [directory.keys(node)[0] for node in correction.nodes]
            except UnknownNodeError:
                continue
            if any((a, b) in other for a in keys for b in keys):
                raise CorrectionError("merges what another entry splits", file=file, line=correction.signed.line)
    return Constraints(frozenset(same), frozenset(other))


def split_keys(correction: Split, directory: Directory) -> list[Key]:
    """Return the entity that stays and those that leave it.

    Raises:
        UnknownNodeError: one is not there, is no single entity of a document, or stands in the document of the first.
    """
    keys = []
    for reference in (correction.node, *correction.apart):
        found = directory.keys(reference)
        if " @ " not in reference:
            raise UnknownNodeError(f"a split names entities as NAME @ DOCUMENT, not {reference!r}")
        keys.append(found[0])
    if any(document == keys[0][0] for document, _ in keys[1:]):
        raise UnknownNodeError(
            f"both stand in document {keys[0][0]!r}, which takes them for one: splits are between documents"
        )
    return keys


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes the plan.

    `iris` gives the IRI of an entity of a document once documents are resolved, None where it keeps its own; `clusters`
    says whether an IRI is one that resolving gave.
    """

    directory: Directory
    iris: Callable[[Key], str | None]
    clusters: Callable[[str], bool]
    ontology: Ontology
    places: Places
    base: str
    file: Path

    def plan(self, corrections: Sequence[Correction]) -> Plan:
        """Return what the corrections come to, in their order.

        Raises:
            CorrectionError: merges go round in a circle.
        """
        plan = Plan()
        for correction in corrections:
            try:
                nodes = self._take(correction, plan)
            except UnknownNodeError as error:
                plan.stale.append(Stale(correction.signed.line, action(correction), str(error)))
            else:
                plan.decided.append((correction, nodes))
        plan.names = {plan.final(node): name for node, name in plan.names.items()}
        plan.types = {plan.final(node): kind for node, kind in plan.types.items()}
        for node in list(plan.links):
            if (last := plan.final(node)) != node:
                plan.links[last] += plan.links.pop(node)
        return plan

    def _take(self, correction: Correction, plan: Plan) -> tuple[str, ...]:
        """Put one correction into the plan and return its nodes; nothing is changed before all of them are known."""
        match correction:
            case Merge():
                return self._merge(correction, plan)
            case Split():
                return tuple(sorted({self._iri(key) for key in split_keys(correction, self.directory)}))
            case Rename():
                node = self._node(correction.node)
                plan.names[node] = correction.name
                return (node,)
            case Retype():
                if correction.type not in self.ontology.classes:
                    raise UnknownNodeError(f"the ontology has no class {correction.type!r}")
                node = self._node(correction.node)
                plan.types[node] = correction.type
                return (node,)
            case Link():
                return self._link(correction, plan)
            case Reject():
                plan.rejected[correction.document] |= self._rejected(correction)
                return (self._statement(correction),)
            case Add():
                return self._add(correction, plan)

    def _merge(self, correction: Merge, plan: Plan) -> tuple[str, ...]:
        kept, *gone = (self._node(node) for node in correction.nodes)
        for node in gone:
            if node == kept:
                continue
            if plan.final(kept) == node or plan.merged.get(node, kept) != kept:
                circle = f"merges go round in a circle, or give {local(node)} to two"
                raise CorrectionError(circle, file=self.file, line=correction.signed.line)
            plan.merged[node] = kept
        return (kept, *gone)

    def _link(self, correction: Link, plan: Plan) -> tuple[str, ...]:
        """A place is linked in the documents that are named: Paris is another one elsewhere. Others are, everywhere."""
        if not terms.is_iri(correction.to):
            raise UnknownNodeError(f"{correction.to!r} is no IRI")
        found = self.places(correction.to)
        if found:
            for key in self.directory.keys(correction.node):
                plan.placed[key] = found
            return (found[0].iri,)
        if _GEONAMES.match(correction.to):
            raise UnknownNodeError(f"the gazetteer has no place {correction.to}")
        node = self._node(correction.node)
        plan.links[node].append(correction.to)
        return (node,)

    def _rejected(self, correction: Reject) -> set[str]:
        annotation = self.directory.document(correction.document)
        if annotation is None:
            raise UnknownNodeError(f"no document {correction.document!r}")
        wanted = f"<{self._statement(correction)}>"
        found = {triple for triple, node in statement_terms(annotation, self.base).items() if node == wanted}
        found = found or {triple.id for triple in annotation.triples if label(triple) == correction.says}
        if not found:
            raise UnknownNodeError(f"document {correction.document!r} no longer says {correction.says!r}")
        return found

    def _statement(self, correction: Reject) -> str:
        return f"{self.base}statement/{local(correction.statement)}"

    def _add(self, correction: Add, plan: Plan) -> tuple[str, ...]:
        if correction.relation not in self.ontology.relations:
            raise UnknownNodeError(f"the ontology has no relation {correction.relation!r}")
        subject, other = (self.directory.keys(node)[0] for node in (correction.subject, correction.object))
        annotation = self.directory.document(correction.document or subject[0])
        if annotation is None:
            raise UnknownNodeError(f"no document {correction.document!r}")
        start, end = _evidence(annotation, correction, subject)
        ends = [(self._iri(key), self.directory.entity(key)) for key in (subject, other)]
        plan.added[annotation.id].append(Addition(correction, ends[0], ends[1], start, end))
        return ends[0][0], ends[1][0]

    def _node(self, reference: str) -> str:
        """Return the IRI of what a reference means."""
        name = f"{self.base}{ENTITY}{local(reference)}"
        if " @ " not in reference and self.clusters(name):
            return name
        return self._iri(self.directory.keys(reference)[0])

    def _iri(self, key: Key) -> str:
        return self.iris(key) or self.directory.entity(key).iri


def _evidence(annotation: Annotation, correction: Add, subject: Key) -> tuple[int, int]:
    """Return where the words stand that say what is added: those given, else the sentence that names the subject."""
    if correction.text is not None:
        start = annotation.text.find(correction.text)
        if start < 0:
            raise UnknownNodeError(f"document {annotation.id!r} has no such text as {correction.text[:60]!r}")
        return start, start + len(correction.text)
    at = [m.start for m in annotation.mentions if subject == (annotation.id, m.entity)]
    found = [(start, end) for start, end in annotation.sentences if at and start <= at[0] < end]
    if not found:
        raise UnknownNodeError(
            f"document {annotation.id!r} does not name the subject: give the words that say so, as text"
        )
    return found[0]
