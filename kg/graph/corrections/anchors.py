"""References that survive a rebuild, for what people point at: a node by name or IRI, a statement by its words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.errors import UsageError
from kg.graph.corrections.directory import folded, local
from kg.graph.corrections.records import Reject, Signed
from kg.graph.scope import statement_terms
from kg.graph.statements import label
from kg.model import Annotation, Entity

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: a document, the name that the document gives it, as a reference."""

    document: str
    reference: str


class Anchors:
    """The nodes of a graph by what people call them, each with a reference for every document that has it."""

    def __init__(self, documents: Iterable[tuple[Annotation, Annotation]]) -> None:
        """Read documents, each as it was read and as the graph has it."""
        self._places: defaultdict[str, list[Place]] = defaultdict(list)
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        for raw, shown in documents:
            for entity, final in zip(raw.entities, shown.entities, strict=False):
                self._places[final.iri].append(Place(raw.id, _reference(raw, entity)))
                self._labels.setdefault(final.iri, final.name)
                for name in (entity.name, final.name, local(final.iri)):
                    self._called[folded(name)].add(final.iri)

    def node(self, words: str) -> str:
        """Return the IRI of the node that is called so: by label, local name or IRI.

        Raises:
            UsageError: nothing is called so, or several are.
        """
        found = sorted(self._called.get(folded(local(words)) if "/" in words else folded(words), ()))
        if not found:
            raise UsageError(
                f"nothing in the graph is called {words!r}: kg entities DIR --find TEXT lists what there is"
            )
        if len(found) > 1:
            several = ", ".join(f"{local(iri)} ({self._places[iri][0].document})" for iri in found[:SHOWN])
            raise UsageError(f"{len(found)} nodes are called {words!r}; say which: {several}")
        return found[0]

    def reference(self, words: str, document: str | None = None) -> str:
        """Return a reference to the node that is called so: in `document` if that has it, else in the first."""
        if " @ " in words:
            return words
        places = self._places[self.node(words)]
        return next((place.reference for place in places if place.document == document), places[0].reference)

    def within(self, words: str, documents: Iterable[str]) -> tuple[str, tuple[str, ...]]:
        """Return a reference to a node outside `documents`, and one for each of them.

        Raises:
            UsageError: one of them does not have the node, or no other does.
        """
        places = {place.document: place.reference for place in self._places[self.node(words)]}
        wanted = tuple(documents)
        missing = [document for document in wanted if document not in places]
        if missing:
            raise UsageError(f"document {missing[0]!r} does not name {words!r}; these do: {', '.join(sorted(places))}")
        rest = sorted(set(places) - set(wanted))
        if not rest:
            raise UsageError(f"no other document names {words!r}: nothing to split from")
        return places[rest[0]], tuple(places[document] for document in wanted)


def rejection(documents: Iterable[Annotation], base: str, words: str, document: str | None, signed: Signed) -> Reject:
    """Return the rejection of the statement with these words, or this id.

    Raises:
        UsageError: there is none, or there are several.
    """
    found = [
        Reject(local(node[1:-1]), annotation.id, label(triple), signed)
        for annotation in documents
        if document is None or annotation.id == document
        for triple, node in zip(annotation.triples, statement_terms(annotation, base).values(), strict=True)
        if words in (label(triple), local(node[1:-1])) or local(words) == local(node[1:-1])
    ]
    if not found:
        raise UsageError(f"no statement says {words!r}" + (f" in document {document!r}" if document else ""))
    if len(found) > 1:
        several = ", ".join(f"{one.statement} ({one.document})" for one in found[:SHOWN])
        raise UsageError(f"{len(found)} statements say {words!r}; say which: {several}")
    return found[0]


def _reference(annotation: Annotation, entity: Entity) -> str:
    """Return the reference to an entity of a document, with a place in the text where its name alone won't do."""
    wanted = folded(entity.name)
    same = [other for other in annotation.entities if folded(other.name) == wanted]
    if len(same) == 1:
        return f"{entity.name} @ {annotation.id}"
    first = next((m for m in annotation.mentions if m.entity == entity.id), None)
    return f"{entity.name} @ {annotation.id}" if first is None else f"{first.text} @ {annotation.id}:{first.start}"
