"""What a person needs to see of an entity before correcting it: what documents call it, and what they say of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.corpus.build import current, settings_of
from kg.corpus.deciding import Decided
from kg.corpus.opening import reading
from kg.graph import schema
from kg.graph.corrections.directory import local
from kg.graph.corrections.file import NAME
from kg.graph.scope import statement_terms
from kg.graph.statements import label
from kg.model import Annotation, Triple

# So many documents are read to show an entity.
DOCUMENTS = 100
# So many characters of a sentence are shown.
WORDS = 300


@dataclass(frozen=True, slots=True)
class Naming:
    """A document that names an entity: what it calls it, and the first sentence that does."""

    document: str
    title: str | None
    date: str | None
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement about an entity: the digits of its IRI, its document, what it says, the words.

    `stance` is "denied", "possible" or the like, empty for a plain claim; `rejected`: somebody took it out.
    """

    id: str
    document: str
    says: str
    words: str
    stance: str
    rejected: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity as the next build has it; `more` says how many documents name it that are not shown."""

    iri: str
    name: str
    type: str
    namings: tuple[Naming, ...]
    claims: tuple[Claim, ...]
    more: int = 0


def subject(folder: Path, iri: str) -> Subject | None:
    """Return an entity of the graph with the corrections that wait; None where there is none."""
    path = folder / NAME
    with reading(folder) as ledger:
        decided = current(ledger, path)
        last = decided.plan.final(iri)
        iris = [*{last, iri, *(gone for gone in decided.plan.merged if decided.plan.final(gone) == last)}]
        marks = ", ".join("?" * len(iris))
        found = f"SELECT document FROM entity WHERE iri IN ({marks})"  # noqa: S608
        rows = ledger.db.execute(f"SELECT n FROM document WHERE n IN ({found}) ORDER BY id", iris).fetchall()  # noqa: S608
        numbers = [n for (n,) in rows[:DOCUMENTS]]
        where = f"n IN ({', '.join('?' * len(numbers))})"
        parts = [part for pair in decided.pairs(where, numbers) if (part := _part(*pair, last, decided))]
    if not parts:
        return None
    names = decided.plan.names
    first = parts[0]
    return Subject(
        last,
        names.get(last, first[0][0]),
        first[0][1],
        tuple(naming for _, naming, _ in parts),
        tuple(claim for _, _, claims in parts for claim in claims),
        len(rows) - len(numbers),
    )


def kinds(folder: Path, iris: Sequence[str]) -> dict[str, str]:
    """Return the most specific class of each of these entities that the graph has."""
    with reading(folder) as ledger:
        marks = ", ".join("?" * len(iris))
        return dict(ledger.db.execute(f"SELECT iri, kind FROM node WHERE iri IN ({marks})", iris))  # noqa: S608


def classes(folder: Path) -> list[tuple[str, str]]:
    """Return the classes of the ontology of a folder: (name, label), by label."""
    with reading(folder) as ledger:
        ontology = schema.ontology(settings_of(ledger).ontology)
    return sorted(((name, kind.label) for name, kind in ontology.classes.items()), key=lambda pair: pair[1].casefold())


def _part(
    raw: Annotation, shown: Annotation, iri: str, decided: Decided
) -> tuple[tuple[str, str], Naming, tuple[Claim, ...]] | None:
    own = {entity.id: entity for entity in shown.entities if entity.iri == iri}
    if not own:
        return None
    read = next((entity for entity in raw.entities if entity.id in own), None)
    first = min((m.start for m in raw.mentions if m.entity in own), default=0)
    naming = Naming(raw.id, raw.title, raw.date, "" if read is None else read.name, _sentence(raw, first))
    rejected = decided.plan.rejected.get(raw.id, set())
    terms = statement_terms(raw, decided.ledger.base)
    claims = tuple(
        Claim(local(terms[t.id]), raw.id, label(t), raw.text[t.start : t.end][:WORDS], _stance(t), t.id in rejected)
        for t in raw.triples
        if any(name in own for name in _ends(t))
    )
    entity = next(iter(own.values()))
    return (entity.name, entity.type), naming, claims


def _ends(triple: Triple) -> Iterator[str | None]:
    yield triple.subject.entity
    if triple.object is not None:
        yield triple.object.entity


def _stance(triple: Triple) -> str:
    return "denied" if triple.negated else "" if triple.modality == "asserted" else triple.modality


def _sentence(annotation: Annotation, at: int) -> str:
    start, end = next(((s, e) for s, e in annotation.sentences if s <= at < e), (at, at))
    return annotation.text[start:end][:WORDS]
