"""When and where: of statements and of the events that they tell.

The rules are those of the graph, so that page and RDF agree.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from kg import ontology
from kg.graph.events import MOTION, object_property
from kg.graph.qualifiers import period_of, place_property, qualifying
from kg.graph.scope import Scope
from kg.graph.statements import is_plain, oriented
from kg.graph.turning import Turned
from kg.graph.values import Period
from kg.model import Annotation, Argument, Triple
from kg.settings import Settings

_MOVED = frozenset(MOTION.values())


@dataclass(frozen=True, slots=True)
class When:
    """First and last day of a time as ISO days, both included; None where it is open."""

    begin: str | None
    end: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Circumstances:
    """When something is so, and the IRIs of the places where."""

    when: When | None = None
    where: tuple[str, ...] = ()


def scope_of(annotation: Annotation, settings: Settings) -> Scope:
    """Return the scope of an annotation for this module's questions.

    The graph refuses an annotation whose items refer to nothing; a page shows what there is and drops the reference.
    """
    known = ontology.load(settings.ontology)
    entities = {entity.id: entity for entity in annotation.entities}
    triples = tuple(_sound(triple, entities, known.relations) for triple in annotation.triples)
    sound = replace(annotation, triples=triples)
    return Scope(sound, settings.base, settings.plain, known, "", None, entities, {})


def circumstances(scope: Scope, triple: Triple) -> Circumstances:
    """Return when and where a statement of the scope says that it is so.

    "Police cleared the camp in Brenholm on Tuesday" → 5 March 2024, Brenholm. What is moved to or crossed is a place
    of the statement too.
    """
    turned = oriented(scope, triple)
    return _found(scope, triple, turned, qualifying(turned))


def events_told(scope: Scope) -> Iterator[tuple[str, Circumstances]]:
    """Yield the IRI of an event with its circumstances, for each triple that counts as the document's own."""
    for triple in scope.annotation.triples:
        if triple.event is None:
            continue
        turned = oriented(scope, triple)
        if is_plain(scope, triple, turned):
            yield scope.entities[triple.event].iri, _found(scope, triple, turned, turned.arguments)


def _found(scope: Scope, triple: Triple, turned: Turned, arguments: tuple[Argument, ...]) -> Circumstances:
    places = [scope.entity(argument) for argument in arguments if place_property(scope, argument) is not None]
    aim = scope.entity(turned.object)
    if aim is not None and "Place" in aim.types and object_property(scope, triple.predicate.relation) in _MOVED:
        places.append(aim)
    iris = dict.fromkeys(place.iri for place in places if place is not None)
    return Circumstances(_when(period_of(arguments)), tuple(iris))


def _when(period: Period | None) -> When | None:
    if period is None:
        return None
    begin, end = (None if day is None else day.isoformat() for day in (period.begin, period.end))
    return When(begin, end, period.precision)


def _sound(triple: Triple, known: Collection[str], relations: Collection[str]) -> Triple:
    """A triple without what refers to nothing; most come back as they are."""
    arguments = (triple.subject, triple.object, *triple.arguments)
    relation = triple.predicate.relation
    refers = [triple.event, triple.attribution, *(argument.entity for argument in arguments if argument is not None)]
    claims = any(argument is not None and argument.triple is not None for argument in arguments)
    if not claims and all(r is None or r in known for r in refers) and (relation is None or relation in relations):
        return triple

    def kept(argument: Argument) -> Argument:
        return replace(argument, entity=argument.entity if argument.entity in known else None, triple=None)

    return replace(
        triple,
        subject=kept(triple.subject),
        predicate=replace(triple.predicate, relation=relation if relation in relations else None),
        object=None if triple.object is None else kept(triple.object),
        arguments=tuple(map(kept, triple.arguments)),
        attribution=triple.attribution if triple.attribution in known else None,
        event=triple.event if triple.event in known else None,
    )
