"""A plan applied to one document, and what the graph says of the decisions."""

from collections.abc import Iterator
from dataclasses import replace

from kg.graph import terms
from kg.graph.corrections.file import dump
from kg.graph.corrections.plan import Addition, Plan
from kg.graph.corrections.records import Add, Correction, Link, Merge, Reject, action
from kg.graph.scope import statement_terms
from kg.graph.terms import Fact, name
from kg.model import Annotation, Argument, Entity, Predicate, Triple
from kg.ontology import Ontology

RULE = "correction"


def corrected(annotation: Annotation, plan: Plan, ontology: Ontology) -> Annotation:
    """Return a resolved annotation as people decided: other IRIs, names and classes, fewer triples or more."""
    entities = [_entity(annotation.id, entity, plan, ontology) for entity in annotation.entities]
    entities += _around(annotation, entities, plan)
    triples = list(_kept(annotation.triples, plan.rejected.get(annotation.id, set())))
    for number, addition in enumerate(plan.added.get(annotation.id, ()), start=1):
        ends = [_end(end, entities, plan, ontology) for end in (addition.subject, addition.object)]
        triples.append(_triple(f"c{number}", addition, ends[0], ends[1], ontology))
    if entities == list(annotation.entities) and triples == list(annotation.triples):
        return annotation
    return replace(annotation, entities=tuple(entities), triples=tuple(triples))


def decision_facts(plan: Plan, base: str, added: dict[int, str]) -> list[Fact]:
    """Return what the graph says of the decisions: who decided what about which nodes, when and why.

    What people say is one is owl:sameAs; what the program finds never is. `added` gives the statement that stands for
    an addition, by its entry's line.
    """
    facts: list[Fact] = []
    for correction, nodes in plan.decided:
        node = terms.mint(base, "correction", dump(correction))
        facts += _signed(node, correction)
        facts += [(node, name("kg:corrects"), terms.iri(plan.final(iri))) for iri in dict.fromkeys(nodes)]
        match correction:
            case Merge():
                kept = terms.iri(plan.final(nodes[0]))
                facts += [(terms.iri(iri), name("owl:sameAs"), kept) for iri in nodes if terms.iri(iri) != kept]
            case Link(to=to):
                facts.append((terms.iri(plan.final(nodes[0])), name("owl:sameAs"), terms.iri(to)))
            case Add() if correction.signed.line in added:
                facts.append((added[correction.signed.line], name("prov:wasGeneratedBy"), node))
    return list(dict.fromkeys(facts))


def addition_statements(annotation: Annotation, plan: Plan, base: str) -> dict[int, str]:
    """Return line of an entry → the statement that it adds to a corrected document."""
    nodes = statement_terms(annotation, base)
    additions = enumerate(plan.added.get(annotation.id, ()), start=1)
    return {addition.correction.signed.line: nodes[f"c{number}"] for number, addition in additions}


def _signed(node: str, correction: Correction) -> Iterator[Fact]:
    signed = correction.signed
    for kind in ("kg:Correction", "prov:Activity"):
        yield node, terms.TYPE, name(kind)
    yield node, terms.LABEL, terms.text(dump(correction).removeprefix("- ").split("\n")[0])
    yield node, name("kg:action"), terms.text(action(correction))
    yield node, name("dcterms:creator"), terms.text(signed.by)
    yield node, name("dcterms:date"), terms.typed(signed.date, "date")
    if signed.reason:
        yield node, name("rdfs:comment"), terms.text(signed.reason)
    if isinstance(correction, Reject):
        yield node, name("kg:rejects"), terms.text(correction.says)


def _entity(document: str, entity: Entity, plan: Plan, ontology: Ontology) -> Entity:
    if (document, entity.id) in plan.placed:
        place = plan.placed[document, entity.id][0]
        return replace(place, id=entity.id, name=entity.name, within=place.within)
    iri = plan.final(entity.iri)
    within = plan.final(entity.within) if entity.within is not None else None
    kind = plan.types.get(iri)
    links = tuple(to for to in plan.links.get(iri, ()) if to not in entity.same_as)
    return replace(
        entity,
        iri=iri,
        within=within,
        name=plan.names.get(iri, entity.name),
        type=kind or entity.type,
        types=ontology.ancestors(kind) if kind else entity.types,
        same_as=(*entity.same_as, *links),
    )


def _around(annotation: Annotation, entities: list[Entity], plan: Plan) -> Iterator[Entity]:
    """Yield the places around a place that people linked, where the document has none of them."""
    known = {entity.iri for entity in entities}
    for (document, entity), places in plan.placed.items():
        for number, place in enumerate(places[1:] if document == annotation.id else (), start=1):
            if place.iri not in known:
                known.add(place.iri)
                yield replace(place, id=f"{entity}c{number}")


def _kept(triples: tuple[Triple, ...], rejected: set[str]) -> Iterator[Triple]:
    for triple in triples:
        if triple.id not in rejected:
            yield triple if not rejected else _without(triple, rejected)


def _without(triple: Triple, rejected: set[str]) -> Triple:
    """Return a triple whose arguments are no claims that were rejected."""

    def part(argument: Argument) -> Argument:
        return replace(argument, triple=None) if argument.triple in rejected else argument

    return replace(
        triple,
        subject=part(triple.subject),
        object=None if triple.object is None else part(triple.object),
        arguments=tuple(map(part, triple.arguments)),
    )


def _end(end: tuple[str, Entity], entities: list[Entity], plan: Plan, ontology: Ontology) -> Entity:
    """Return the entity of this document that an end of an addition is; one that it lacks is put in."""
    iri = plan.final(end[0])
    found = next((entity for entity in entities if entity.iri == iri), None)
    if found is None:
        bare = replace(end[1], iri=iri, id=f"c{len(entities) + 1}", within=None, position_in=None)
        found = _entity("", bare, plan, ontology)
        entities.append(found)
    return found


def _triple(identifier: str, addition: Addition, subject: Entity, other: Entity, ontology: Ontology) -> Triple:
    relation = addition.correction.relation
    words = ontology.relations[relation].label
    return Triple(
        identifier,
        Argument(subject.name, entity=subject.id),
        Predicate(words, None, relation, False),
        Argument(other.name, entity=other.id),
        (),
        negated=False,
        modality="asserted",
        attribution=None,
        confidence=1.0,
        start=addition.start,
        end=addition.end,
        rule=RULE,
    )
