"""What a triple says, as the page shows it: doer, words and patient, how it is said, the sentence with its marks."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.graph.scope import statement_terms
from kg.model import Annotation, Argument, Triple
from kg.settings import Settings
from kg.view.circumstances import When, circumstances, scope_of

Status = Literal["asserted", "attributed", "possible", "denied"]
STATUSES: tuple[Status, ...] = ("asserted", "attributed", "possible", "denied")


@dataclass(frozen=True, slots=True)
class Part:
    """One participant: its phrase, the IRI of its entity where it has one, its role and its normalised value."""

    text: str
    iri: str | None = None
    role: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a sentence to be marked; offsets count UTF-16 units, which is how JavaScript counts."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one document, turned from doer to patient.

    `label` is the relation in words, else the lemma; `relation` its name in the ontology, None where it has no type;
    `reading` the predicate as the sentence has it. `start` and `end` are its sentence in the article, in code points;
    `span` is the same in UTF-16 units; `id` the last part of the IRI that the statement has in the graph.
    """

    id: str
    document: str
    start: int
    end: int
    span: tuple[int, int]
    sentence: str
    marks: tuple[Mark, ...]
    doer: Part | None
    label: str
    reading: str
    patient: Part | None
    others: tuple[Part, ...]
    relation: str | None
    negated: bool
    modality: str
    speaker: str | None
    confidence: float
    event: str | None
    when: When | None = None
    where: tuple[str, ...] = ()

    @property
    def iris(self) -> tuple[str, ...]:
        """The entities that take part, the speaker and the event told, each once."""
        parts = [part.iri for part in (self.doer, self.patient, *self.others) if part is not None]
        return tuple(dict.fromkeys(iri for iri in (*parts, self.speaker, self.event) if iri is not None))

    @property
    def status(self) -> Status:
        """How firmly it is said: a speaker's own deed counts as the document's word."""
        if self.negated:
            return "denied"
        if self.modality != "asserted":
            return "possible"
        own = self.speaker is None or (self.doer is not None and self.doer.iri == self.speaker)
        return "asserted" if own else "attributed"


def claims_of(annotation: Annotation, settings: Settings | None = None) -> Iterator[Claim]:
    """Yield the claims of one document, in its order; `settings` are those of the graph that the page shows."""
    scope = scope_of(annotation, settings or Settings())
    iris = {entity.id: entity.iri for entity in annotation.entities}
    units = utf16_offsets(annotation.text)
    ids = {
        name: term[term.rindex("/") + 1 : -1] for name, term in statement_terms(scope.annotation, scope.base).items()
    }
    sentences: dict[tuple[int, int], str] = {}
    for triple, sound in zip(annotation.triples, scope.annotation.triples, strict=True):
        doer, patient = turned(triple)
        others = tuple(item for item in _participants(triple) if item is not doer and item is not patient)
        found = circumstances(scope, sound)
        yield Claim(
            id=ids[triple.id],
            document=annotation.id,
            start=triple.start,
            end=triple.end,
            span=units_of(triple.start, triple.end, units),
            sentence=sentences.setdefault((triple.start, triple.end), annotation.text[triple.start : triple.end]),
            marks=_marks(triple, doer, patient, annotation, units),
            doer=_part(doer, iris),
            label=_label(triple, doer),
            reading=triple.predicate.text,
            patient=_part(patient, iris),
            others=tuple(part for part in (_part(item, iris) for item in others) if part is not None),
            relation=triple.predicate.relation,
            negated=triple.negated,
            modality=triple.modality,
            speaker=iris.get(triple.attribution or ""),
            confidence=triple.confidence,
            event=iris.get(triple.event or ""),
            when=found.when,
            where=found.where,
        )


def turned(triple: Triple) -> tuple[Argument | None, Argument | None]:
    """Doer and patient of a triple that reads as the sentence does.

    "The camp | was demolished by | French police" (inverse) → French police, the camp. An inverse triple may name no
    doer: "He | was arrested in | Paris" → None, he.
    """
    if not triple.predicate.inverse:
        return triple.subject, triple.object
    agent = next((argument for argument in _participants(triple) if argument.role == "agent"), None)
    if agent is not None:
        return agent, triple.subject
    if triple.object is not None and triple.object.role is None:
        return triple.object, triple.subject
    return None, triple.subject


def words_of(name: str) -> str:
    """A relation's name as words.

    >>> words_of("calledFor")
    'called for'
    """
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def utf16_offsets(text: str) -> Sequence[int] | None:
    """UTF-16 offset of each code point offset, or None where the two are the same.

    >>> utf16_offsets("Calais") is None
    True
    """
    if not text or max(text) <= "\uffff":
        return None
    table = array("q", [0])
    for letter in text:
        table.append(table[-1] + (2 if letter > "\uffff" else 1))
    return table


def units_of(start: int, end: int, units: Sequence[int] | None) -> tuple[int, int]:
    """Two code point offsets in UTF-16 units, by the table that `utf16_offsets` gives."""
    return (start, end) if units is None else (units[start], units[end])


def marks_within(
    spans: list[tuple[int, int, str]], text: str, start: int, end: int, units: Sequence[int] | None
) -> tuple[Mark, ...]:
    """Marks relative to the sentence text[start:end] without overlaps: a shorter span lies on top of a longer one.

    No mark begins or ends with a space, so "[Interior Minister][ Gerald Darmanin]" is marked as two separate things.
    """
    roles: list[str | None] = [None] * (end - start)
    for low, high, role in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        low, high = max(low, start), min(high, end)
        if low < high:
            roles[low - start : high - start] = [role] * (high - low)
    marks = []
    begin = 0
    for index in range(1, len(roles) + 1):
        if index < len(roles) and roles[index] == roles[begin]:
            continue
        held, run = roles[begin], text[start + begin : start + index]
        if held is not None and run.strip():
            low, high = start + begin + len(run) - len(run.lstrip()), start + index - len(run) + len(run.rstrip())
            marks.append(_mark(low, high, held, start, units))
        begin = index
    return tuple(marks)


def _mark(low: int, high: int, role: str, start: int, units: Sequence[int] | None) -> Mark:
    if units is None:
        return Mark(low - start, high - start, role)
    return Mark(units[low] - units[start], units[high] - units[start], role)


def _marks(
    triple: Triple,
    doer: Argument | None,
    patient: Argument | None,
    annotation: Annotation,
    units: Sequence[int] | None,
) -> tuple[Mark, ...]:
    """Marks of doer, predicate, patient, further arguments and, in the same sentence, the speaker."""
    found: list[tuple[Argument | None, str]] = [(doer, "subject"), (patient, "object")]
    found += [
        (item, item.role or "other") for item in _participants(triple) if item is not doer and item is not patient
    ]
    spans = [
        (argument.start, argument.end, role)
        for argument, role in found
        if argument is not None and argument.start is not None and argument.end is not None
    ]
    seen = {(low, high) for low, high, role in spans if role in ("subject", "object")}
    spans = [span for span in spans if span[2] in ("subject", "object") or span[:2] not in seen]
    if triple.predicate.start is not None and triple.predicate.end is not None:
        spans.append((triple.predicate.start, triple.predicate.end, "predicate"))
    spans += [
        (mention.start, mention.end, "speaker")
        for mention in annotation.mentions
        if mention.entity == triple.attribution
        and triple.start <= mention.start < triple.end
        and (mention.start, mention.end) not in seen
    ]
    return marks_within(spans, annotation.text, triple.start, triple.end, units)


def _participants(triple: Triple) -> tuple[Argument, ...]:
    """Object and further arguments."""
    return triple.arguments if triple.object is None else (triple.object, *triple.arguments)


def _label(triple: Triple, doer: Argument | None) -> str:
    predicate = triple.predicate
    if predicate.relation is not None:
        return words_of(predicate.relation)
    return predicate.text if predicate.inverse and doer is None else predicate.lemma or predicate.text


def _part(argument: Argument | None, iris: Mapping[str, str]) -> Part | None:
    if argument is None:
        return None
    return Part(argument.text, iris.get(argument.entity or ""), argument.role, argument.value)
