"""Mentions by token offsets, as the stages left of the waist hand them on."""

from dataclasses import dataclass

from kg.model import MentionKind


@dataclass(frozen=True, slots=True)
class Span:
    """A mention in a spaCy Doc.

    `start` and `end` (exclusive) are token offsets, `head` the token offset of the head word, `type` the local name of
    the most specific class of the ontology that is known ("Person", "City", "SecurityForce").
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    type: str


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the gazetteer.

    `key` is unique and ASCII ("geonames-3029162", or a slug for what GeoNames ids are not known for). `latitude` and
    `longitude` are WGS84 degrees. `type` is the local name of the ontology's class (City, Country, Region, Water,
    Landform, Facility). `parents` are keys of the places that contain it, the nearest first.
    """

    key: str
    name: str
    type: str
    latitude: float | None
    longitude: float | None
    country: str | None = None
    feature: str | None = None
    population: int = 0
    geonames: int | None = None
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A place that a name was linked to, with the probability (0..1) that it is the right one."""

    place: Place
    confidence: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The spans of one document that refer to the same entity, in order of the text.

    `name` is the fullest name (or nominal phrase without its article); `link` is there for places that were found in
    the gazetteer.
    """

    name: str
    type: str
    spans: tuple[Span, ...]
    link: Link | None = None
