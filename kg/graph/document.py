"""One annotation as the facts of its named graph: the document, its statements, quotations and mentions."""

from dataclasses import dataclass

from kg.graph import terms
from kg.graph.events import acting_facts, event_facts
from kg.graph.scope import Scope
from kg.graph.statements import oriented, plain_fact, spans, statement_facts
from kg.graph.terms import Fact, name
from kg.graph.turning import Turned
from kg.graph.values import period
from kg.model import Quote, Triple


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """The named graph of one document, in the order of the text.

    `own` are facts about the document and what stands in it; `shared` facts about entities, which other documents may
    tell too: plain triples, and what asserted statements say of events. `sentences` gives, for the first statement of
    each sentence, its words.
    """

    name: str
    own: tuple[Fact, ...]
    shared: tuple[Fact, ...]
    plain: int
    sentences: tuple[tuple[str, str], ...]


def document_graph(scope: Scope) -> DocumentGraph:
    """Return the named graph of an annotation; its IRI is the document's."""
    turned = [(triple, oriented(scope, triple)) for triple in scope.annotation.triples]
    plain = [fact for fact in (plain_fact(scope, triple, t) for triple, t in turned) if fact is not None]
    shared = [
        fact for triple, t in turned for fact in (*event_facts(scope, triple, t), *acting_facts(scope, triple, t))
    ]
    own = _document_facts(scope)
    for triple, t in turned:
        own.extend(statement_facts(scope, triple, t))
    for quote in scope.annotation.quotes:
        own.extend(_quotation_facts(scope, quote))
    own.extend(_mention_facts(scope, turned))
    shared = list(dict.fromkeys((*plain, *shared)))
    return DocumentGraph(scope.document, tuple(own), tuple(shared), len(set(plain)), _sentences(scope))


def _sentences(scope: Scope) -> tuple[tuple[str, str], ...]:
    first: dict[tuple[int, int], str] = {}
    for triple in scope.annotation.triples:
        first.setdefault((triple.start, triple.end), scope.statements[triple.id])
    return tuple((node, scope.annotation.text[start:end]) for (start, end), node in first.items())


def _document_facts(scope: Scope) -> list[Fact]:
    annotation, node = scope.annotation, scope.document
    facts = [(node, terms.TYPE, name("kg:Document"))]
    if annotation.title:
        facts.append((node, name("dcterms:title"), terms.text(annotation.title)))
    if annotation.date:
        facts.append((node, name("dcterms:issued"), _day(annotation.date)))
    if annotation.url:
        facts.append((node, name("dcterms:source"), _address(annotation.url)))
    facts.append((node, name("dcterms:language"), terms.text(annotation.language)))
    facts.append((node, name("dcterms:identifier"), terms.text(annotation.id)))
    if scope.run is not None:
        facts.append((node, name("prov:wasGeneratedBy"), scope.run))
    return facts


def _quotation_facts(scope: Scope, quote: Quote) -> list[Fact]:
    annotation = scope.annotation
    node = terms.mint(scope.base, "quotation", annotation.id, quote.start, quote.end, quote.direct, quote.text)
    facts = [(node, terms.TYPE, name("kg:Quotation")), (node, name("kg:exact"), terms.text(quote.text))]
    if quote.speaker is not None:
        facts.append((node, name("kg:attributedTo"), terms.iri(scope.entities[quote.speaker].iri)))
    if quote.cue:
        facts.append((node, name("kg:cue"), terms.text(quote.cue)))
    facts.extend((node, name("kg:mentions"), entity) for entity in _named_within(scope, quote))
    facts += [
        (node, name("kg:direct"), terms.boolean(quote.direct)),
        (node, name("kg:start"), terms.integer(quote.start)),
        (node, name("kg:end"), terms.integer(quote.end)),
    ]
    return facts + _made(scope, node)


def _named_within(scope: Scope, quote: Quote) -> list[str]:
    """Return the entities that a quotation mentions, so that no question has to compare offsets."""
    inside = (m for m in scope.annotation.mentions if quote.start <= m.start and m.end <= quote.end)
    return sorted({terms.iri(scope.entities[mention.entity].iri) for mention in inside})


def _mention_facts(scope: Scope, turned: list[tuple[Triple, Turned]]) -> list[Fact]:
    """Return the mentions of entities and the words that statements rest on, in the order of the text.

    The same stretch is one node: "the camp" is a mention of an entity, and the object's words of three statements.
    """
    said: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for mention in scope.annotation.mentions:
        entity = terms.iri(scope.entities[mention.entity].iri)
        said.setdefault((mention.start, mention.end), []).extend(
            ((name("kg:mentionKind"), terms.text(mention.kind)), (name("kg:refersTo"), entity))
        )
    for triple, t in turned:
        for _, start, end in spans(triple, t):
            said.setdefault((start, end), [])
    facts = []
    for start, end in sorted(said):
        node = scope.span(start, end)
        facts += [
            (node, terms.TYPE, name("kg:Mention")),
            (node, name("kg:exact"), terms.text(scope.annotation.text[start:end])),
            (node, name("kg:start"), terms.integer(start)),
            (node, name("kg:end"), terms.integer(end)),
            *((node, predicate, value) for predicate, value in dict.fromkeys(said[start, end])),
            (node, name("kg:inDocument"), scope.document),
        ]
    return facts


def _made(scope: Scope, node: str) -> list[Fact]:
    facts = [(node, name("kg:inDocument"), scope.document)]
    if scope.run is not None:
        facts.append((node, name("prov:wasGeneratedBy"), scope.run))
    return facts


def _day(value: str) -> str:
    day = period(value)
    return terms.typed(value[:10], "date") if day is not None and day.precision == "day" else terms.text(value)


def _address(url: str) -> str:
    return terms.iri(url.strip()) if terms.is_iri(url.strip()) else terms.text(url)
