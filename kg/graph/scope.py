"""What every fact of one document needs to know: its entities, the IRIs of its statements, the rules of the run."""

from collections import Counter
from dataclasses import dataclass, field

from kg.errors import DocumentError, OffsetError
from kg.graph import terms
from kg.model import Annotation, Argument, Entity, Run, Triple
from kg.ontology import Ontology, Relation
from kg.settings import Plain, Settings

RELATED = "related"


@dataclass(frozen=True, slots=True)
class Scope:
    """One annotation with its look-up tables; terms are N-Triples strings."""

    annotation: Annotation
    base: str
    plain: Plain
    ontology: Ontology
    document: str
    run: str | None
    entities: dict[str, Entity]
    statements: dict[str, str]
    _spans: dict[tuple[int, int], str] = field(default_factory=dict, repr=False, compare=False)

    def entity(self, argument: Argument | None) -> Entity | None:
        """Return the entity that an argument refers to, if any."""
        return None if argument is None or argument.entity is None else self.entities[argument.entity]

    def node(self, argument: Argument) -> str | None:
        """Return the entity, or the statement when the argument is a claim; None for a phrase that is neither."""
        if argument.entity is not None:
            return terms.iri(self.entities[argument.entity].iri)
        return None if argument.triple is None else self.statements[argument.triple]

    def value(self, argument: Argument) -> str:
        """Return the node of an argument, else its words as a literal."""
        return self.node(argument) or terms.text(argument.text)

    def relation(self, triple: Triple) -> Relation | None:
        """Return the typed relation of a triple, if it has one."""
        name = triple.predicate.relation
        return None if name is None else self.ontology.relations[name]

    def span(self, start: int, end: int) -> str:
        """Return the mention that stands at these offsets."""
        found = self._spans.get((start, end))
        if found is None:
            found = self._spans[start, end] = terms.mint(self.base, "mention", self.annotation.id, start, end)
        return found


def see(annotation: Annotation, ontology: Ontology, settings: Settings) -> Scope:
    """Return the scope of an annotation.

    Raises:
        DocumentError: an item names an entity or a triple that the annotation does not have.
        OffsetError: an item's text is not text[start:end].
    """
    check(annotation)
    for triple in annotation.triples:
        if (triple.predicate.relation or RELATED) not in ontology.relations:
            lacking = f"the ontology has no relation {triple.predicate.relation!r}: name one that has, with --ontology"
            raise DocumentError(f"triple {triple.id}: {lacking}", document=annotation.id)
    return Scope(
        annotation=annotation,
        base=settings.base,
        plain=settings.plain,
        ontology=ontology,
        document=terms.document(settings.base, annotation.id),
        run=None if annotation.run is None else run_term(settings.base, annotation.run),
        entities={entity.id: entity for entity in annotation.entities},
        statements=statement_terms(annotation, settings.base),
    )


def run_term(base: str, run: Run) -> str:
    """Return the IRI of a run, which is the named graph that describes it too."""
    return terms.mint(base, "run", run.version, run.model, run.model_hash, run.settings)


def statement_terms(annotation: Annotation, base: str) -> dict[str, str]:
    """Return triple id → IRI: a hash of the document's id, offsets and words of the three parts, and the relation.

    Equal ones are counted, so that coordinated triples whose words are the same don't collapse.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    result = {}
    for triple in annotation.triples:
        key = _identity(annotation.id, triple)
        result[triple.id] = terms.mint(base, "statement", *key, seen[key])
        seen[key] += 1
    return result


def check(annotation: Annotation) -> None:
    """Raise DocumentError where an item of the annotation refers to nothing, OffsetError where its words are others.

    Annotations come from other programs too: what they get wrong is said here, and never ends a run.
    """
    entities = {entity.id for entity in annotation.entities}
    triples = {triple.id for triple in annotation.triples}
    for entity in annotation.entities:
        for iri in (entity.iri, *entity.same_as):
            if not terms.is_iri(iri):
                raise DocumentError(f"entity {entity.id}: {iri[:80]!r} is no IRI", document=annotation.id)
    for mention in annotation.mentions:
        _same_words(annotation, f"mention {mention.id}", mention.start, mention.end, mention.text)
        _known(annotation, f"mention {mention.id}", mention.entity, entities)
    for number, quote in enumerate(annotation.quotes, start=1):
        _same_words(annotation, f"quote {quote.id or number}", quote.start, quote.end, quote.text)
        _known(annotation, f"quote {quote.id or number}", quote.speaker, entities)
    for triple in annotation.triples:
        where = f"triple {triple.id}"
        _known(annotation, where, triple.attribution, entities)
        _known(annotation, where, triple.event, entities)
        for argument in (triple.subject, triple.object, *triple.arguments):
            if argument is not None:
                _known(annotation, where, argument.entity, entities)
                _known(annotation, where, argument.triple, triples)
                _same_words(annotation, where, argument.start, argument.end, argument.text)


def _identity(document: str, triple: Triple) -> tuple[object, ...]:
    parts = (triple.subject, triple.predicate, triple.object)
    flat = (x for part in parts for x in ((None,) if part is None else (part.start, part.end, part.text)))
    return (document, *flat, triple.predicate.relation)


def _known(annotation: Annotation, where: str, identifier: str | None, known: set[str]) -> None:
    if identifier is not None and identifier not in known:
        raise DocumentError(
            f"{where} refers to {identifier}, which the annotation does not have", document=annotation.id
        )


def _same_words(annotation: Annotation, where: str, start: int | None, end: int | None, words: str) -> None:
    if start is not None and end is not None and annotation.text[start:end] != words:
        found = annotation.text[start:end][:60]
        raise OffsetError(f"{where}: text[{start}:{end}] is {found!r}, not {words[:60]!r}", document=annotation.id)
