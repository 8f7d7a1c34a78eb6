"""What an opened graph gives as records: documents, entities, statements, mentions.

They are not the records of `kg.model`: those are what was read in one document, these what the graph holds of all.
"""

from dataclasses import dataclass
from typing import Literal

Standing = Literal["asserted", "claimed", "possible", "intended", "conditional", "denied"]


@dataclass(frozen=True, slots=True)
class Document:
    """One article. `date` is the ISO day on which it came out, or what the source gave for it."""

    iri: str
    id: str
    title: str | None
    date: str | None
    url: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that the documents speak of.

    `type` is the most specific class, `types` that class and those above it. `same_as`, `within`, `position_in` and
    `places` hold IRIs. `begin` and `end` are the first and the last ISO day that the documents give for an event.
    `confidence` is that of the link to a gazetteer; `identity` the probability that all documents mean one by it, None
    where one document names it alone. `documents` and `mentions` count where it is named.
    """

    iri: str
    label: str
    type: str
    types: tuple[str, ...]
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    country: str | None
    feature: str | None
    within: tuple[str, ...]
    position_in: tuple[str, ...]
    begin: str | None
    end: str | None
    precision: str | None
    places: tuple[str, ...]
    confidence: float
    identity: float | None
    documents: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Node:
    """One side of a statement: its name, and its IRI unless it is just words."""

    name: str
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of one document, doer first.

    `relation` is None where only the words are known. `plain` says that the document itself asserts it: the graph has
    it as a plain triple. `event` is the IRI of the event that it tells, `places` those of where it happened; `begin`
    and `end` are ISO days. `start` is where in the document its sentence begins.
    """

    iri: str
    label: str
    subject: Node | None
    relation: str | None
    words: str
    object: Node | None
    negated: bool
    modality: str
    speaker: Node | None
    plain: bool
    confidence: float
    document: str
    sentence: str
    start: int
    begin: str | None
    end: str | None
    precision: str | None
    event: str | None
    places: tuple[str, ...]
    rule: str | None

    @property
    def standing(self) -> Standing:
        """How it is meant: asserted by the document itself, claimed by somebody in it, denied, possible, …."""
        if self.negated:
            return "denied"
        if self.modality in ("possible", "intended", "conditional"):
            return self.modality  # type: ignore[return-value]
        return "asserted" if self.plain or self.speaker is None else "claimed"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a document that refers to an entity, by its IRI; offsets count code points of the text."""

    iri: str
    document: str
    entity: str
    text: str
    kind: str
    start: int
    end: int
