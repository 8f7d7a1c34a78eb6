"""Which entity a reference means: looked up in the documents that corrections name."""

from collections import defaultdict
from collections.abc import Iterable

from kg.graph.corrections.records import Add, Correction, Reference, Reject, readings, references
from kg.graph.resolve.profiles import Key
from kg.model import Annotation, Entity


class UnknownNodeError(LookupError):
    """A reference that means nothing in these documents, or more than one thing."""


class Directory:
    """Keeps what is needed of documents as they pass: those that corrections name, and entities by local name."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        """Look out for what the corrections name."""
        self._documents: dict[str, Annotation] = {}
        self._wanted: set[str] = set()
        self._local: set[str] = set()
        self._found: defaultdict[str, list[Key]] = defaultdict(list)
        for correction in corrections:
            if isinstance(correction, Reject | Add) and correction.document is not None:
                self._wanted.add(correction.document)
            for reference in references(correction):
                for reading in readings(reference):
                    if reading.document is None:
                        self._local.add(local(reading.name))
                    else:
                        self._wanted.add(reading.document)

    @property
    def documents(self) -> frozenset[str]:
        """The ids of the documents that corrections name."""
        return frozenset(self._wanted)

    @property
    def names(self) -> frozenset[str]:
        """The local names by which corrections name entities wherever they stand."""
        return frozenset(self._local)

    def see(self, annotation: Annotation) -> None:
        """Take in a document."""
        if annotation.id in self._wanted:
            self._documents[annotation.id] = annotation
        if self._local:
            for entity in annotation.entities:
                if local(entity.iri) in self._local:
                    self._found[local(entity.iri)].append((annotation.id, entity.id))

    def document(self, name: str) -> Annotation | None:
        """Return a document that a correction names, if it was among those seen."""
        return self._documents.get(name)

    def entity(self, key: Key) -> Entity:
        """Return the entity of a document that a correction names."""
        return next(entity for entity in self._documents[key[0]].entities if entity.id == key[1])

    def keys(self, reference: str) -> tuple[Key, ...]:
        """Return the entities that a reference means: one of one document, or all that have a local name as read.

        Raises:
            UnknownNodeError: there is none, or a document calls two by that name.
        """
        for reading in readings(reference):
            if reading.document is None:
                if found := self._found.get(local(reading.name)):
                    return tuple(sorted(found))
            elif (annotation := self._documents.get(reading.document)) is not None:
                return ((annotation.id, _named(annotation, reading)),)
        last = readings(reference)[-1]
        if last.document is None:
            raise UnknownNodeError(f"no entity has the IRI {last.name!r}; name it as NAME @ DOCUMENT")
        raise UnknownNodeError(f"no document {last.document!r}")


def local(iri: str) -> str:
    """Return the part of an entity's IRI behind `entity/`.

    >>> local("https://example.org/id/entity/jane-doe-0693851c"), local("jane-doe-0693851c")
    ('jane-doe-0693851c', 'jane-doe-0693851c')
    """
    return iri.strip("<>").rpartition("/")[2].removeprefix("entity:")


def _named(annotation: Annotation, reading: Reference) -> str:
    """Return the id of the entity that a document calls so: its main name first, then any mention."""
    wanted = folded(reading.name)
    if reading.start is not None:
        at = [m.entity for m in annotation.mentions if m.start == reading.start and folded(m.text) == wanted]
        if not at:
            raise UnknownNodeError(f"document {annotation.id!r} has no {reading.name!r} at character {reading.start}")
        return at[0]
    main = [entity.id for entity in annotation.entities if folded(entity.name) == wanted]
    found = main or list(dict.fromkeys(m.entity for m in annotation.mentions if folded(m.text) == wanted))
    if not found:
        raise UnknownNodeError(f"document {annotation.id!r} names no {reading.name!r}")
    if len(found) > 1:
        starts = [next(str(m.start) for m in annotation.mentions if m.entity == entity) for entity in found]
        raise UnknownNodeError(
            f"document {annotation.id!r} calls {len(found)} entities {reading.name!r}:"
            f" write {reading.name} @ {annotation.id}:START, START one of {', '.join(starts)}"
        )
    return found[0]


def folded(text: str) -> str:
    """Return a name as people compare it: without case, blanks taken together.

    >>> folded("Jane  DOE")
    'jane doe'
    """
    return " ".join(text.casefold().split())
