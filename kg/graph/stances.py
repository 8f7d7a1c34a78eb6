"""What each statement says of a typed fact between two entities: that it is so, that it is not, or that it may be.

"Police beat Maes."                     asserts  police attacked Maes
"Brandt denied that police beat Maes."  denies   the same: the claim that is denied is negated, and Brandt's
"Police may have beaten Maes."          hedges   possible and conditional claims
"Police plan to arrest Maes."           nothing  a plan is neither for nor against

Only what contradictions need is kept, and on disk, so that a million documents pass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

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


class StanceFile:
    """Stances of all documents, on disk; in memory only which pairs of entities are denied, and what has rivals."""

    def __init__(self, path: Path, ontology: Ontology) -> None:
        """Open a new file at `path`; close() removes it."""
        self._path = path
        self._file = path.open("w+", encoding="ascii", newline="\n")
        single = (r for r in ontology.relations.values() if any(above.functional for above in _line(ontology, r)))
        self._single = {terms.iri(relation.iri) for relation in single}
        self._denied: set[Pair] = set()
        self._only: dict[str, str] = {}
        self._rivals: set[str] = set()

    def close(self) -> None:
        """Close and remove the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, scope: Scope) -> None:
        """Take in the stances of a document."""
        for stance in stances(scope):
            if stance.attitude == "hedges":
                continue
            if stance.attitude == "denies":
                self._denied.add(stance.pair)
            elif stance.relation in self._single and self._is_second(stance):
                self._rivals.add(stance.subject)
            self._file.write(_row(stance))

    def _is_second(self, stance: Stance) -> bool:
        return self._only.setdefault(stance.subject, stance.object) != stance.object

    def disputable(self) -> Iterator[Stance]:
        """Yield the stances on what somebody denies, or of which there should be one and are several."""
        self._file.seek(0)
        for line in self._file:
            stance = _stance(line)
            if stance.pair in self._denied or (stance.relation in self._single and stance.subject in self._rivals):
                yield stance


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


def _row(stance: Stance) -> str:
    who = (stance.statement, stance.subject, stance.relation, stance.object, stance.attitude)
    when = (stance.begin, stance.end, " ".join(stance.places), stance.document, stance.speaker)
    return "\t".join((*who, *when, "many" if stance.many else "one")) + "\n"


def _stance(line: str) -> Stance:
    statement, subject, relation, patient, said, *rest, many = line.rstrip("\n").split("\t")
    begin, end, places, document, speaker = rest
    fact = (statement, subject, relation, patient, cast("Attitude", said))
    return Stance(*fact, begin, end, tuple(places.split()), document, speaker, many == "many")
