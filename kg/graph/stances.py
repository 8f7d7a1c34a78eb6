"""What each statement says of a typed fact between two entities: that it is so, that it is not, or that it may be.

"Police beat Maes."                     asserts  police attacked Maes
"Brandt denied that police beat Maes."  denies   the same: the claim that is denied is negated, and Brandt's
"Police may have beaten Maes."          hedges   possible and conditional claims
"Police plan to arrest Maes."           nothing  a plan is neither for nor against
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.graph import terms
from kg.graph.qualifiers import dates, place_property
from kg.graph.scope import RELATED, Scope
from kg.graph.statements import oriented
from kg.graph.turning import Turned
from kg.model import Triple
from kg.ontology import Ontology, Relation

Attitude = Literal["asserts", "denies", "hedges"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Stance:
    """What a statement says of a fact, as terms. Dates are ISO days, "" where open.

    `places` are where it is said to be so, `document` with `speaker` whose word it is, `speaker` "" the document
    itself. `many`: the subject is a group, whose members may differ.
    """

    statement: str
    subject: str
    relation: str
    object: str
    attitude: Attitude
    begin: str = ""
    end: str = ""
    places: tuple[str, ...] = ()
    document: str = ""
    speaker: str = ""
    many: bool = False

    @property
    def pair(self) -> Pair:
        """Both nodes, the smaller first."""
        return min(self.subject, self.object), max(self.subject, self.object)


def attitude(negated: bool, modality: str) -> Attitude | None:
    """Return the attitude of a claim; None for a plan.

    >>> attitude(False, "asserted"), attitude(True, "asserted"), attitude(True, "possible"), attitude(False, "intended")
    ('asserts', 'denies', 'hedges', None)
    """
    if modality == "asserted":
        return "denies" if negated else "asserts"
    return "hedges" if modality in ("possible", "conditional") else None


def stances(scope: Scope) -> Iterator[Stance]:
    """Yield what the typed statements of a document say of facts between two different entities."""
    for triple in scope.annotation.triples:
        relation, said = scope.relation(triple), attitude(triple.negated, triple.modality)
        if relation is None or relation.name == RELATED or said is None:
            continue
        turned = oriented(scope, triple)
        subject, patient = scope.entity(turned.subject), scope.entity(turned.object)
        if subject is None or patient is None or subject.iri == patient.iri:
            continue
        begin, end = _bounds(turned)
        yield Stance(
            scope.statements[triple.id],
            terms.iri(subject.iri),
            terms.iri(relation.iri),
            terms.iri(patient.iri),
            said,
            begin,
            end,
            _places(scope, turned),
            scope.document,
            _speaker(scope, triple),
            "Group" in subject.types,
        )


def single_relations(ontology: Ontology) -> frozenset[str]:
    """Return the terms of the relations that join an entity to one other at most: those below a functional one."""
    single = (r for r in ontology.relations.values() if any(above.functional for above in _line(ontology, r)))
    return frozenset(terms.iri(relation.iri) for relation in single)


def _line(ontology: Ontology, relation: Relation) -> Iterator[Relation]:
    return (ontology.relations[above] for above in ontology.ancestors(relation.name))


def _bounds(turned: Turned) -> tuple[str, str]:
    found = {prop: value[1:11] for prop, value in dates(turned.arguments)}
    return found.get("kg:beginDate", ""), found.get("kg:endDate", "")


def _places(scope: Scope, turned: Turned) -> tuple[str, ...]:
    named = {scope.value(a) for a in turned.arguments if place_property(scope, a) == "kg:hasPlace"}
    return tuple(sorted(named))


def _speaker(scope: Scope, triple: Triple) -> str:
    return "" if triple.attribution is None else terms.iri(scope.entities[triple.attribution].iri)
