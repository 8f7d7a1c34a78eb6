"""What the page draws: entities of all documents merged by IRI, and the statements that join them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.graph.entities import fullest, prevailing
from kg.model import Annotation, Entity
from kg.view.claims import STATUSES, Claim, Mark, Status, claims_of, marks_within, utf16_offsets

MOST = 5000  # entities on one page
_MENTIONS = 4  # sentences shown for an entity beside its statements
_KEPT = 40  # of which those are chosen that no statement tells
_QUOTES = 20
_ALIASES = 8
_DRAWN = ("place", "destination", "source", "recipient", "topic", "theme")
_ARTICLES = ("a", "an", "the")


@dataclass(frozen=True, slots=True)
class Source:
    """One article."""

    id: str
    title: str | None
    date: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a quotation, with marks: where a node is named, or what it says."""

    document: str
    start: int
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `claims` are indices into Drawing.claims, of all statements it takes part in or is the speaker of."""

    iri: str
    name: str
    type: str
    types: tuple[str, ...]
    aliases: tuple[str, ...]
    same_as: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    country: str | None
    degree: int
    claims: tuple[int, ...]
    mentions: tuple[Passage, ...]
    quotes: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow: all claims that say the same of the same two entities. `typed`: with a relation of the ontology."""

    source: int
    target: int
    label: str
    relation: str | None
    status: Status
    claims: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole page's content; nodes by falling degree, so that what matters is drawn and named first.

    `omitted` counts the entities that are left out because there are too many for one page.
    """

    sources: tuple[Source, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]
    omitted: int = 0


@dataclass(slots=True)
class _Gathered:
    """What is known of one IRI while documents come in."""

    entities: Counter[Entity] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    mentions: list[Passage] = field(default_factory=list)
    quotes: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Arrow:
    source: str
    target: str
    label: str
    relation: str | None
    negated: bool


def draw(annotations: Iterable[Annotation], *, most: int = MOST) -> Drawing:
    """The drawing of some documents; their order makes no difference.

    Of more than `most` entities those are drawn that have most arrows: a page of more would neither be readable nor
    laid out in good time.
    """
    sources: list[Source] = []
    claims: list[Claim] = []
    gathered: dict[str, _Gathered] = {}
    for annotation in annotations:
        sources.append(Source(annotation.id, annotation.title, annotation.date, annotation.url))
        claims += claims_of(annotation)
        _gather(annotation, gathered)
    sources.sort(key=lambda source: source.id)
    claims.sort(key=lambda claim: (claim.document, claim.start, claim.end, _order(claim)))
    kept = set(_by_degree(gathered, _arrows(claims))[0][:most])
    claims = [claim for claim in claims if not kept.isdisjoint(claim.iris)]
    arrows = {arrow: said for arrow, said in _arrows(claims).items() if {arrow.source, arrow.target} <= kept}
    iris, degree = _by_degree(kept, arrows)
    index = {iri: number for number, iri in enumerate(iris)}
    cited = _cited(claims)
    return Drawing(
        sources=tuple(sources),
        nodes=tuple(_node(iri, gathered[iri], degree[iri], tuple(cited.get(iri, ())), claims) for iri in iris),
        edges=tuple(
            Edge(index[arrow.source], index[arrow.target], arrow.label, arrow.relation, _firmest(said, claims), said)
            for arrow, said in sorted(arrows.items(), key=lambda item: _rank(item[0], index))
        ),
        claims=tuple(claims),
        omitted=len(gathered) - len(kept),
    )


def _by_degree(iris: Iterable[str], arrows: Iterable[_Arrow]) -> tuple[list[str], Counter[str]]:
    """IRIs by falling number of arrows, and those numbers."""
    degree = Counter(iri for arrow in arrows for iri in (arrow.source, arrow.target))
    return sorted(iris, key=lambda iri: (-degree[iri], iri)), degree


def _order(claim: Claim) -> tuple[str, ...]:
    parts = (claim.doer, claim.patient, *claim.others)
    return (claim.label, *(part.text if part is not None else "" for part in parts))


def _rank(arrow: _Arrow, index: dict[str, int]) -> tuple[int, int, str, str, bool]:
    return index[arrow.source], index[arrow.target], arrow.label, arrow.relation or "", arrow.negated


def _gather(annotation: Annotation, gathered: dict[str, _Gathered]) -> None:
    """Add entities, names, sentences that name them, and quotations of one document."""
    iris = {entity.id: entity.iri for entity in annotation.entities}
    units = utf16_offsets(annotation.text)
    starts = [start for start, _ in annotation.sentences]
    for entity in annotation.entities:
        gathered.setdefault(entity.iri, _Gathered()).entities[entity] += 1
    for mention in annotation.mentions:
        if mention.entity not in iris:
            continue
        known = gathered[iris[mention.entity]]
        if mention.kind == "name":
            known.names[mention.text] += 1
        number = bisect_right(starts, mention.start) - 1
        span = annotation.sentences[number] if number >= 0 else (0, 0)
        if mention.start < span[1]:
            text = annotation.text[span[0] : span[1]]
            marks = marks_within([(mention.start, mention.end, "subject")], annotation.text, *span, units)
            known.mentions.append(Passage(annotation.id, span[0], text, marks))
            if len(known.mentions) > 2 * _KEPT:  # "France" in ten thousand articles
                known.mentions = _first(known.mentions)
    for quote in annotation.quotes:
        if quote.speaker in iris:
            gathered[iris[quote.speaker]].quotes.append(Passage(annotation.id, quote.start, quote.text, ()))


def _cited(claims: list[Claim]) -> dict[str, list[int]]:
    """Indices of the claims in which each entity takes part, speaks or is the event told."""
    cited: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        for iri in claim.iris:
            cited.setdefault(iri, []).append(number)
    return cited


def _arrows(claims: list[Claim]) -> dict[_Arrow, tuple[int, ...]]:
    """Arrows, each with the claims that it stands for."""
    found: dict[_Arrow, list[int]] = {}
    for number, claim in enumerate(claims):
        for arrow in _arrows_of(claim):
            if arrow.source != arrow.target:
                found.setdefault(arrow, []).append(number)
    return {arrow: tuple(dict.fromkeys(numbers)) for arrow, numbers in found.items()}


def _arrows_of(claim: Claim) -> Iterator[_Arrow]:
    """Arrows of one claim: doer → patient, and without a type what leads on to places, recipients, topics and events.

    "Police cleared the camp in Brenholm" → police dismantled the camp, police cleared in Brenholm. "He was arrested in
    Paris" → he was arrested in Paris. Where the claim tells an event, that is joined with all of them instead.
    """
    doer = claim.doer.iri if claim.doer is not None else None
    patient = claim.patient.iri if claim.patient is not None else None
    if doer is not None and patient is not None:
        yield _Arrow(doer, patient, claim.label, claim.relation, claim.negated)
    event = claim.event if claim.event not in (doer, patient) else None
    if event is not None:
        for end, word in ((doer, "by"), (patient, "of")):
            if end is not None:
                yield _Arrow(event, end, word, None, claim.negated)
    start = event or doer or patient
    for part in claim.others:
        if start is not None and part.iri is not None and part.iri != patient and part.role in _DRAWN:
            words = _preposition(part.text) if event is not None else f"{claim.reading} {_preposition(part.text)}"
            yield _Arrow(start, part.iri, words.strip() or "at", None, claim.negated)


def _preposition(phrase: str) -> str:
    """The first word of a phrase where it leads to a noun.

    >>> _preposition("in the Portuguese capital"), _preposition("the crowd"), _preposition("Kenya")
    ('in', '', '')
    """
    first, _, rest = phrase.partition(" ")
    return first if rest and first.islower() and first.isalpha() and first not in _ARTICLES else ""


def _firmest(numbers: tuple[int, ...], claims: list[Claim]) -> Status:
    return min((claims[number].status for number in numbers), key=STATUSES.index)


def _node(iri: str, known: _Gathered, degree: int, cited: tuple[int, ...], claims: list[Claim]) -> Node:
    """The node of one IRI; of several names the fullest counts, of several types the most frequent, as in the graph."""
    kind, types = prevailing(Counter((entity.type, entity.types) for entity in known.entities.elements()))
    name = fullest(Counter(entity.name for entity in known.entities.elements()))
    spelled = sorted(known.names, key=lambda item: (-known.names[item], item))
    entities = sorted(
        known.entities, key=lambda entity: (entity.latitude is None, entity.country is None, repr(entity))
    )
    best = entities[0]
    told = {(claims[number].document, claims[number].start) for number in cited}
    quotes = tuple(sorted(known.quotes, key=_place)[:_QUOTES])
    told |= {(p.document, p.start) for p in known.mentions for q in quotes if q.text in p.text}
    mentions = {(p.document, p.start): p for p in reversed(_first(known.mentions))}
    return Node(
        iri=iri,
        name=name,
        type=kind,
        types=types,
        aliases=tuple(text for text in spelled if text != name)[:_ALIASES],
        same_as=tuple(sorted({link for entity in entities for link in entity.same_as})),
        latitude=best.latitude,
        longitude=best.longitude,
        country=best.country,
        degree=degree,
        claims=cited,
        mentions=tuple(mentions[key] for key in sorted(mentions) if key not in told)[:_MENTIONS],
        quotes=quotes,
    )


def _first(passages: list[Passage]) -> list[Passage]:
    """The first passages, whatever the order in which documents came."""
    return sorted(passages, key=_place)[:_KEPT]


def _place(passage: Passage) -> tuple[str, int, str]:
    return passage.document, passage.start, passage.text
