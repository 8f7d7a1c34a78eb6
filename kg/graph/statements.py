"""Triples as statement nodes: one claim of one text, with its words, its source and its standing; and the plain triple.

A statement is an RDF 1.1 node (rdf:subject, rdf:predicate, rdf:object), which every store of the field loads. With RDF
1.2 the same IRI is the reifier. It is always turned to doer → patient. The plain triple `s p o` stands beside it where
the document asserts the claim.
"""

from collections.abc import Iterator

from kg.graph import terms
from kg.graph.qualifiers import qualifier_facts
from kg.graph.scope import Scope
from kg.graph.terms import Fact, name
from kg.graph.turning import Turned, turn
from kg.model import Triple

# The relation whose object is what is given; who gets it is the recipient.
GIVING = "provided"
STATEMENT = (name("kg:Statement"), name("rdf:Statement"))


def oriented(scope: Scope, triple: Triple) -> Turned:
    """Return the triple turned to doer → patient; of a symmetric relation the smaller IRI comes first.

    "Lavrov met Kuleba" and "Kuleba met Lavrov" say one thing: written once, it is found once.
    """
    relation = scope.relation(triple)
    turned = turn(triple, giving=relation is not None and scope.ontology.is_a(relation.name, GIVING))
    if relation is None or not relation.symmetric:
        return turned
    first, second = scope.entity(turned.subject), scope.entity(turned.object)
    if first is None or second is None or first.iri <= second.iri:
        return turned
    return Turned(turned.object, turned.subject, turned.arguments)


def is_plain(scope: Scope, triple: Triple, turned: Turned) -> bool:
    """Return whether a claim counts as the document's own: asserted, not denied, and told by who may tell it.

    "Darmanin tweeted that he had ordered the operation" counts, his own deed; "Russia said Ukraine shelled the school"
    does not. The setting `plain` narrows it to the narrator, or widens it to all.
    """
    if triple.negated or triple.modality != "asserted":
        return False
    if triple.attribution is None or scope.plain == "all":
        return True
    relation = scope.relation(triple)
    speaks = (turned.subject, turned.object) if relation is not None and relation.symmetric else (turned.subject,)
    return scope.plain == "own" and any(a is not None and a.entity == triple.attribution for a in speaks)


def plain_fact(scope: Scope, triple: Triple, turned: Turned) -> Fact | None:
    """Return `s p o` when both sides are nodes, the relation is typed, and the claim is the document's own."""
    relation = scope.relation(triple)
    if relation is None or turned.subject is None or turned.object is None:
        return None
    subject, patient = scope.node(turned.subject), scope.node(turned.object)
    if subject is None or patient is None or subject == patient or not is_plain(scope, triple, turned):
        return None
    return subject, terms.iri(relation.iri), patient


def spans(triple: Triple, turned: Turned) -> Iterator[tuple[str, int, int]]:
    """Yield (property, start, end) of the words that a statement rests on, the sentence last."""
    for label, part in (("subject", turned.subject), ("predicate", triple.predicate), ("object", turned.object)):
        if part is not None and part.start is not None and part.end is not None:
            yield f"kg:{label}Mention", part.start, part.end
    yield "kg:evidence", triple.start, triple.end


def statement_facts(scope: Scope, triple: Triple, turned: Turned) -> list[Fact]:
    """Return everything about one claim."""
    node = scope.statements[triple.id]
    facts = [(node, terms.TYPE, kind) for kind in STATEMENT]
    facts.append((node, terms.LABEL, terms.text(label(triple))))
    facts.extend((node, predicate, value) for predicate, value in _core(scope, triple, turned))
    facts.extend((node, name(prop), scope.span(start, end)) for prop, start, end in spans(triple, turned))
    facts.extend((node, predicate, value) for predicate, value in _standing(scope, triple))
    facts.extend(qualifier_facts(scope, node, turned))
    return facts


def label(triple: Triple) -> str:
    """Return the claim as the sentence has it, for a reader.

    >>> from kg.model import Argument, Predicate
    >>> verb = Predicate("was demolished by", "demolish", "destroyed", True)
    >>> label(Triple("t1", Argument("the camp"), verb, Argument("police"), (), False, "asserted", None, 1.0, 0, 34))
    'the camp was demolished by police'
    """
    parts = (triple.subject.text, triple.predicate.text, triple.object.text if triple.object else "")
    return " ".join(word for part in parts for word in part.split())


def _core(scope: Scope, triple: Triple, turned: Turned) -> Iterator[tuple[str, str]]:
    relation = scope.relation(triple)
    if turned.subject is not None:
        yield name("rdf:subject"), scope.value(turned.subject)
    yield name("rdf:predicate"), name("kg:related") if relation is None else terms.iri(relation.iri)
    if turned.object is not None:
        yield name("rdf:object"), scope.value(turned.object)
    yield name("kg:predicateText"), terms.text(triple.predicate.text)
    if triple.predicate.lemma:
        yield name("kg:predicateLemma"), terms.text(triple.predicate.lemma)


def _standing(scope: Scope, triple: Triple) -> Iterator[tuple[str, str]]:
    """Yield who says so, how firmly, about which event, and what found it where."""
    if triple.attribution is not None:
        yield name("kg:attributedTo"), terms.iri(scope.entities[triple.attribution].iri)
    yield name("kg:negated"), terms.boolean(triple.negated)
    yield name("kg:modality"), name(f"kg:{triple.modality}")
    yield name("kg:confidence"), terms.decimal(triple.confidence)
    if triple.event is not None:
        yield name("kg:describes"), terms.iri(scope.entities[triple.event].iri)
    code = event_type(scope, triple)
    if code is not None:
        yield name("kg:eventType"), code
    if triple.rule:
        yield name("kg:ruleName"), terms.text(triple.rule)
    yield name("kg:inDocument"), scope.document
    if scope.run is not None:
        yield name("prov:wasGeneratedBy"), scope.run


def event_type(scope: Scope, triple: Triple) -> str | None:
    """Return the PLOVER concept of the triple's relation, where the ontology gives one."""
    relation = scope.relation(triple)
    return None if relation is None or relation.plover is None else name(f"kg:{relation.plover}")
