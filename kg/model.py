"""The records of the waist: what `kg` read in one document.

Field names are the keys of the contract (`kg/contract/annotation.schema.json`), letter by letter. Offsets count Unicode
code points into `Document.text`, start inclusive, end exclusive. Everything right of the waist (graph, store, export,
view) sees these records and nothing of spaCy. Standard library only.
"""

import importlib
from dataclasses import dataclass
from typing import Literal

MentionKind = Literal["name", "nominal", "pronoun"]
Modality = Literal["asserted", "possible", "intended", "conditional"]
Role = Literal[
    "agent",
    "theme",
    "recipient",
    "topic",
    "time",
    "place",
    "source",
    "destination",
    "instrument",
    "manner",
    "quantity",
    "cause",
    "other",
]


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it came in: the text is never changed in any character.

    `date` is the publication date (ISO 8601 day); relative dates in the text are resolved against it.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    date: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that refers to an entity: "Gerald Darmanin", "the minister", "he"."""

    id: str
    start: int
    end: int
    text: str
    kind: MentionKind
    entity: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that mentions refer to.

    `type` is the local name of the most specific class of the ontology, `types` that class and all its superclasses.
    `same_as` holds IRIs of the same thing elsewhere. `latitude` and `longitude` are WGS84 degrees, `country` is ISO
    3166-1 alpha-2, `feature` a GeoNames feature code. `within` and `position_in` are ids of entities of this document
    (or IRIs): the place that contains this one; the organization or place that a Position belongs to.
    """

    id: str
    iri: str
    type: str
    types: tuple[str, ...]
    name: str
    same_as: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    confidence: float = 1.0
    country: str | None = None
    feature: str | None = None
    within: str | None = None
    position_in: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of a triple: its full phrase, and the entity that the phrase's head refers to.

    `value` is the normalised value of a time (ISO 8601 day, month, year or interval `2021-06-26/2021-06-28`) or of a
    quantity (decimal, or an interval such as `3500/..`). `triple` is the id of a triple when the argument is a claim.
    """

    text: str
    start: int | None = None
    end: int | None = None
    entity: str | None = None
    role: Role | None = None
    value: str | None = None
    triple: str | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """The words that join subject and object, and the typed relation that they express, when one applies.

    The triple reads as the sentence does; `inverse` says that the relation runs the other way (passives too). Words
    that don't stand side by side ("has | long | been") have no `start` and `end`.
    """

    text: str
    lemma: str | None
    relation: str | None
    inverse: bool
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Triple:
    """One claim of the text. `start` and `end` are the sentence that is its evidence.

    `attribution` is the id of the entity who says so (None: the document itself), `event` the id of the Event entity
    that this triple tells, `rule` the name of the rule or backend that made it, `confidence` a number from 0 to 1.
    """

    id: str
    subject: Argument
    predicate: Predicate
    object: Argument | None
    arguments: tuple[Argument, ...]
    negated: bool
    modality: Modality
    attribution: str | None
    confidence: float
    start: int
    end: int
    rule: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that somebody is reported to have said: direct ("...") or indirect (said that ...).

    `speaker` is an entity id, or None where the text does not say; `cue` the reporting words ("said").
    """

    start: int
    end: int
    text: str
    speaker: str | None
    direct: bool
    cue: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What made an annotation: no clock, so that equal input gives equal bytes."""

    version: str
    model: str
    model_hash: str
    settings: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """Everything `kg` read in one document; one JSON line of `kg annotate`."""

    id: str
    text: str
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    triples: tuple[Triple, ...]
    quotes: tuple[Quote, ...]
    title: str | None = None
    url: str | None = None
    date: str | None = None
    language: str = "en"
    sentences: tuple[tuple[int, int], ...] = ()
    run: Run | None = None

    def _repr_html_(self) -> str:
        """Return the text with its mentions marked, and the triples as a table: what a notebook shows."""
        # Looked up by name: the picture is made right of the waist, and imports these records.
        html: str = importlib.import_module("kg.view.notebook").annotation(self)
        return html
