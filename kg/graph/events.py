"""What the asserted triples that tell an event say of it: who, whom, where, when."""

from collections.abc import Iterator

from kg.graph import terms
from kg.graph.qualifiers import dates, place_property
from kg.graph.scope import Scope
from kg.graph.statements import event_type, is_plain
from kg.graph.terms import Fact, name
from kg.graph.turning import Turned
from kg.model import Triple

# What the object of a motion relation (or of one below it) is to the event.
MOTION = {
    "travelledTo": "kg:toPlace",
    "travelledFrom": "kg:fromPlace",
    "crossed": "kg:hasPlace",
    "locatedIn": "kg:hasPlace",
}


def event_facts(scope: Scope, triple: Triple, turned: Turned) -> list[Fact]:
    """Return what a triple says of the event that it tells, when the claim is the document's own.

    "French police demolished the camp" + event "the demolition" → hasActor the police, affects the camp.
    """
    if triple.event is None or not is_plain(scope, triple, turned):
        return []
    event = terms.iri(scope.entities[triple.event].iri)
    told = [*_participants(scope, triple, turned), *_circumstances(scope, triple, turned)]
    return [(event, name(prop), value) for prop, value in told if value != event]


def acting_facts(scope: Scope, triple: Triple, turned: Turned) -> list[Fact]:
    """Return `France a kg:Actor` when a place fills a slot that the relation keeps for actors."""
    relation = scope.relation(triple)
    if relation is None:
        return []
    facts = []
    for argument, classes in ((turned.subject, relation.domain), (turned.object, relation.range)):
        entity = scope.entity(argument)
        if entity is None or "Place" not in entity.types or "Actor" in entity.types:
            continue
        if classes and all(scope.ontology.is_a(wanted, "Actor") for wanted in classes):
            facts.append((terms.iri(entity.iri), terms.TYPE, name("kg:Actor")))
    return facts


def _participants(scope: Scope, triple: Triple, turned: Turned) -> Iterator[tuple[str, str]]:
    if turned.subject is not None and scope.entity(turned.subject) is not None:
        yield "kg:hasActor", scope.value(turned.subject)
    if turned.object is not None and scope.entity(turned.object) is not None:
        yield object_property(scope, triple.predicate.relation), scope.value(turned.object)


def _circumstances(scope: Scope, triple: Triple, turned: Turned) -> Iterator[tuple[str, str]]:
    code = event_type(scope, triple)
    if code is not None:
        yield "kg:eventType", code
    for argument in turned.arguments:
        prop = place_property(scope, argument)
        if prop is not None:
            yield prop, scope.value(argument)
    yield from dates(turned.arguments)


def object_property(scope: Scope, relation: str | None) -> str:
    """Return what the object of a relation is to the event: "crossed | the strait" → kg:hasPlace."""
    if relation is None:
        return "kg:affects"
    return next((MOTION[r] for r in scope.ontology.ancestors(relation) if r in MOTION), "kg:affects")
