"""Entities of many documents as one graph: what has the same IRI is the same thing.

Nothing depends on the order of the documents: of several labels the fullest wins, of several types the most frequent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph import terms
from kg.graph.terms import Fact, name
from kg.model import Annotation, Entity
from kg.ontology import Ontology

CLASSES = ("Actor", "Place", "Event", "Entity")
# A name that so many times fewer documents have than the usual one is somebody's mistake.
RARE = 4
SECTIONS = ("Actors", "Places", "Events", "Positions and other things")


@dataclass(frozen=True, slots=True)
class Told:
    """What one document says of one of its entities.

    `facts` are (predicate, value) terms, `point` latitude and longitude in degrees.
    """

    name: str
    type: str
    types: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    point: tuple[float, float] | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Merged:
    """All that documents say of one entity."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    types: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    facts: set[tuple[str, str]] = field(default_factory=set)
    point: set[tuple[str, str]] = field(default_factory=set)
    confidence: float = 0.0

    def add(self, told: Told) -> None:
        """Take in what a document says."""
        self.names[told.name] += 1
        self.types[told.type, told.types] += 1
        self.aliases.update(told.aliases)
        self.facts.update(told.facts)
        self.confidence = max(self.confidence, told.confidence)
        if told.point is not None:
            self.point.add((terms.decimal(told.point[0]), terms.decimal(told.point[1])))

    @property
    def label(self) -> str:
        """The fullest of the usual names."""
        return fullest(self.names)

    @property
    def kind(self) -> str:
        """The most specific class."""
        return prevailing(self.types)[0]

    @property
    def place(self) -> tuple[int, str]:
        """Where it stands in a list: the number of its section, then its label."""
        return _section(prevailing(self.types)[1]), self.label.casefold()


def told(annotation: Annotation) -> Iterator[tuple[str, Told]]:
    """Yield the IRI of each entity of a document, with what the document says of it; an IRI may come twice."""
    iris = {entity.id: entity.iri for entity in annotation.entities}
    aliases: dict[str, dict[str, None]] = {}
    for mention in annotation.mentions:
        if mention.kind == "name":
            aliases.setdefault(mention.entity, {})[_line(mention.text)] = None
    for entity in annotation.entities:
        point = None if entity.latitude is None or entity.longitude is None else (entity.latitude, entity.longitude)
        yield (
            entity.iri,
            Told(
                _line(entity.name),
                entity.type,
                entity.types,
                tuple(aliases.get(entity.id, ())),
                tuple(_facts(entity, iris)),
                point,
                entity.confidence,
            ),
        )


def class_terms(ontology: Ontology) -> dict[str, str]:
    """Return the terms of the classes of an ontology, by local name."""
    return {name: terms.iri(kind.iri) for name, kind in ontology.classes.items()}


def entity_facts(
    iri: str, merged: Merged, classes: Mapping[str, str] | None = None, sure: float | None = None
) -> Iterator[Fact]:
    """Yield what is known of an entity.

    `classes` gives the terms of classes by local name, where they are not the ontology's own; `sure` is the probability
    that what documents name by its IRI is one thing.
    """
    node, label = terms.iri(iri), merged.label
    for kind in prevailing(merged.types)[1]:
        yield node, terms.TYPE, (classes or {}).get(kind) or name(f"kg:{kind}")
    yield node, terms.LABEL, terms.text(label)
    for other in sorted((merged.aliases | set(merged.names)) - {label}):
        yield node, name("skos:altLabel"), terms.text(other)
    if merged.point:
        latitude, longitude = min(merged.point)
        yield node, name("wgs:lat"), latitude
        yield node, name("wgs:long"), longitude
    for predicate, value in sorted(merged.facts):
        yield node, predicate, value
    if merged.confidence < 1:
        yield node, name("kg:confidence"), terms.decimal(merged.confidence)
    if sure is not None:
        yield node, name("kg:identityConfidence"), terms.decimal(sure, 3)


def fullest(names: Counter[str]) -> str:
    """Return the name with most words and letters; accents and lower case count as fuller than none.

    Names that are rare beside the most frequent one don't count: one document in twelve has "EU Transport" for the EU.

    >>> fullest(Counter(["G. Darmanin", "Gerald Darmanin", "Gérald Darmanin", "GÉRALD DARMANIN"]))
    'Gérald Darmanin'
    """
    most = max(names.values())
    usual = [name for name, count in names.items() if count * RARE >= most]
    return max(usual, key=lambda n: (len(n.split()), len(n), not n.isupper(), sum(not c.isascii() for c in n), n))


def prevailing(types: Counter[tuple[str, tuple[str, ...]]]) -> tuple[str, tuple[str, ...]]:
    """Return the class that most documents give, with its superclasses; of equals the more specific.

    A second class of the same line adds nothing that is wrong: City in ten documents, Place in one. One of another line
    (Person, Organization) is a mistake of somebody's, and a node that is both would be none.
    """
    votes = {
        candidate: sum(count for (other, _), count in types.items() if other in candidate[1]) for candidate in types
    }
    return max(votes, key=lambda item: (votes[item], len(item[1]), item[0]))


def _facts(entity: Entity, iris: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for other in entity.same_as:
        yield name("skos:exactMatch"), terms.iri(other)
    for prop, target in (("kg:within", entity.within), ("kg:positionIn", entity.position_in)):
        if target is not None and (target in iris or terms.is_iri(target)):
            yield name(prop), terms.iri(iris.get(target, target))
    for prop, code in (("kg:countryCode", entity.country), ("kg:featureCode", entity.feature)):
        if code:
            yield name(prop), terms.text(code)


def _section(types: tuple[str, ...]) -> int:
    return next((number for number, kind in enumerate(CLASSES) if kind in types), len(CLASSES) - 1)


def _line(text: str) -> str:
    return " ".join(text.split())
