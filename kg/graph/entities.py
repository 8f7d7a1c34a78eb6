"""Entities of many documents as one graph: what has the same IRI is the same thing.

Nothing depends on the order of the documents: of several labels the fullest wins, of several types the most frequent.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.graph import terms
from kg.graph.terms import Fact, name
from kg.model import Annotation, Entity

CLASSES = ("Actor", "Place", "Event", "Entity")
# A name that so many times fewer documents have than the usual one is somebody's mistake.
RARE = 4
SECTIONS = ("Actors", "Places", "Events", "Positions and other things")


@dataclass(slots=True)
class Merged:
    """All that documents say of one entity."""

    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    types: Counter[tuple[str, tuple[str, ...]]] = field(default_factory=Counter)
    facts: set[tuple[str, str]] = field(default_factory=set)
    point: set[tuple[str, str]] = field(default_factory=set)
    confidence: float = 0.0


class EntityTable:
    """Collects the entities of one document after another."""

    def __init__(self, classes: Mapping[str, str] | None = None) -> None:
        """Begin with none; `classes` gives the IRIs of classes by local name, where they are not the ontology's own."""
        self._merged: dict[str, Merged] = {}
        self._sure: Mapping[str, float] = {}
        self._classes = {kind: terms.iri(iri) for kind, iri in (classes or {}).items()}

    def sure(self, confidence: Mapping[str, float]) -> None:
        """Say how sure it is that what documents name by an IRI is one thing, for some of the IRIs."""
        self._sure = confidence

    def __len__(self) -> int:
        """Return how many different entities there are."""
        return len(self._merged)

    def add(self, annotation: Annotation) -> None:
        """Take in the entities of a document, and the names by which it mentions them."""
        iris = {entity.id: entity.iri for entity in annotation.entities}
        for entity in annotation.entities:
            _take(self._merged.setdefault(entity.iri, Merged()), entity, iris)
        for mention in annotation.mentions:
            if mention.kind == "name":
                self._merged[iris[mention.entity]].aliases.add(_line(mention.text))

    def facts(self) -> list[tuple[str, tuple[Fact, ...]]]:
        """Return (section, what is known of one entity) for all, by section and label: people first, then places."""
        rows = []
        for iri, merged in self._merged.items():
            section, label = _section(prevailing(merged.types)[1]), fullest(merged.names).casefold()
            facts = [*self._facts(terms.iri(iri), merged)]
            if iri in self._sure:
                facts.append((terms.iri(iri), name("kg:identityConfidence"), terms.decimal(self._sure[iri], 3)))
            rows.append((section, label, iri, tuple(facts)))
        return [(SECTIONS[section], facts) for section, _, _, facts in sorted(rows)]

    def types(self) -> Counter[str]:
        """Return how many entities there are of each most specific class."""
        return Counter(prevailing(merged.types)[0] for merged in self._merged.values())

    def _facts(self, node: str, merged: Merged) -> Iterator[Fact]:
        label = fullest(merged.names)
        for kind in prevailing(merged.types)[1]:
            yield node, terms.TYPE, self._classes.get(kind) or name(f"kg:{kind}")
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


def _take(merged: Merged, entity: Entity, iris: dict[str, str]) -> None:
    merged.names[_line(entity.name)] += 1
    merged.types[entity.type, entity.types] += 1
    merged.confidence = max(merged.confidence, entity.confidence)
    for other in entity.same_as:
        merged.facts.add((name("skos:exactMatch"), terms.iri(other)))
    for prop, target in (("kg:within", entity.within), ("kg:positionIn", entity.position_in)):
        if target is not None and (target in iris or terms.is_iri(target)):
            merged.facts.add((name(prop), terms.iri(iris.get(target, target))))
    for prop, code in (("kg:countryCode", entity.country), ("kg:featureCode", entity.feature)):
        if code:
            merged.facts.add((name(prop), terms.text(code)))
    if entity.latitude is not None and entity.longitude is not None:
        merged.point.add((terms.decimal(entity.latitude), terms.decimal(entity.longitude)))


def _section(types: tuple[str, ...]) -> int:
    return next((number for number, kind in enumerate(CLASSES) if kind in types), len(CLASSES) - 1)


def _line(text: str) -> str:
    return " ".join(text.split())
