"""What the page draws: entities of all documents merged by IRI, and the statements that join them."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.graph.entities import fullest, prevailing
from kg.model import Annotation, Entity
from kg.settings import Settings
from kg.view.arrows import Arrow, arrows, arrows_of, by_degree
from kg.view.articles import MOST_TEXT, Shelf, Source
from kg.view.circumstances import When, events_told, scope_of
from kg.view.claims import STATUSES, Claim, Mark, Status, claims_of, marks_within, units_of, utf16_offsets

MOST = 20_000  # entities on one page
MOST_CLAIMS = 60_000
_FIRST = 12  # claims of an arrow or an entity, where there are more than that
_MENTIONS = 4  # sentences shown for an entity beside its statements
_KEPT = 40  # of which those are chosen that no statement tells
_QUOTES = 20
_ALIASES = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a quotation, with marks: where a node is named, or what it says.

    `start` counts code points of the article, `span` its UTF-16 units.
    """

    document: str
    start: int
    span: tuple[int, int]
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity. `claims` are indices into Drawing.claims, of all statements it takes part in or is the speaker of.

    `mentioned` counts its mentions in all articles; `when` and `places` are those of an event.
    """

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
    mentioned: int = 0
    feature: str | None = None
    when: When | None = None
    places: tuple[str, ...] = ()


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

    `omitted` and `untold` count the entities and claims that are left out because there are too many for one page.
    """

    sources: tuple[Source, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    claims: tuple[Claim, ...]
    omitted: int = 0
    untold: int = 0


@dataclass(slots=True)
class Gathered:
    """What is known of one IRI while documents come in."""

    entities: Counter[Entity] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    mentions: list[Passage] = field(default_factory=list)
    quotes: list[Passage] = field(default_factory=list)
    mentioned: int = 0
    times: Counter[When] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Gathered") -> None:
        """Take in what other documents say of it."""
        self.entities += other.entities
        self.names += other.names
        self.mentioned += other.mentioned
        self.times += other.times
        self.places += other.places
        self.mentions += other.mentions
        self.quotes += other.quotes
        if len(self.mentions) > 2 * _KEPT:  # "France" in ten thousand articles
            self.mentions = _first(self.mentions)
        if len(self.quotes) > 2 * _QUOTES:
            self.quotes = sorted(self.quotes, key=_place)[:_QUOTES]


def draw(
    annotations: Iterable[Annotation],
    *,
    most: int = MOST,
    most_claims: int = MOST_CLAIMS,
    most_text: int = MOST_TEXT,
    settings: Settings | None = None,
) -> Drawing:
    """The drawing of some documents; their order makes no difference.

    Of more than `most` entities those are drawn that have most arrows: a page of more would neither be readable nor
    laid out in good time. Of more than `most_claims` those are told that come first on an arrow or of an entity.
    Of texts of more than `most_text` characters those are on the page that state most.
    """
    shelf = Shelf(most_text)
    claims: list[Claim] = []
    gathered: dict[str, Gathered] = {}
    for annotation in annotations:
        shelf.add(annotation)
        claims += claims_of(annotation, settings)
        gather(annotation, gathered, settings)
    claims.sort(key=lambda claim: (claim.document, claim.start, claim.end, order(claim)))
    kept = set(by_degree(gathered, arrows(claims))[0][:most])
    chosen = _fewer([claim for claim in claims if not kept.isdisjoint(claim.iris)], kept, most_claims)
    drawn = {arrow: said for arrow, said in arrows(chosen).items() if {arrow.source, arrow.target} <= kept}
    iris, degree = by_degree(kept, drawn)
    index = {iri: number for number, iri in enumerate(iris)}
    cited = _cited(chosen)
    told = {iri: {(chosen[n].document, chosen[n].start) for n in numbers} for iri, numbers in cited.items()}
    return Drawing(
        sources=shelf.sources(kept),
        nodes=tuple(
            node(iri, gathered[iri], degree[iri], tuple(cited.get(iri, ())), told.get(iri, set())) for iri in iris
        ),
        edges=tuple(
            Edge(index[arrow.source], index[arrow.target], arrow.label, arrow.relation, _firmest(said, chosen), said)
            for arrow, said in sorted(drawn.items(), key=lambda item: _rank(item[0], index))
        ),
        claims=tuple(chosen),
        omitted=len(gathered) - len(kept),
        untold=sum(bool(claim.iris) for claim in claims) - len(chosen),
    )


def _fewer(claims: list[Claim], kept: set[str], most: int) -> list[Claim]:
    """The claims, or where they are too many for a page, those that are among the first few of an arrow or entity."""
    if len(claims) <= most:
        return claims
    seen: Counter[Arrow | str] = Counter()
    chosen = []
    for claim in claims:
        about: list[Arrow | str] = [*arrows_of(claim), *kept.intersection(claim.iris)]
        if any(seen[item] < _FIRST for item in about):
            chosen.append(claim)
        seen.update(about)
    return chosen


def order(claim: Claim) -> tuple[str, ...]:
    """What puts the claims of one sentence into an order."""
    parts = (claim.doer, claim.patient, *claim.others)
    return (claim.label, *(part.text if part is not None else "" for part in parts))


def _rank(arrow: Arrow, index: dict[str, int]) -> tuple[int, int, str, str, bool]:
    return index[arrow.source], index[arrow.target], arrow.label, arrow.relation or "", arrow.negated


def gather(annotation: Annotation, gathered: dict[str, Gathered], settings: Settings | None = None) -> None:
    """Add entities, names, sentences that name them, quotations, and when and where events were, of one document."""
    iris = {entity.id: entity.iri for entity in annotation.entities}
    units = utf16_offsets(annotation.text)
    starts = [start for start, _ in annotation.sentences]
    for entity in annotation.entities:
        gathered.setdefault(entity.iri, Gathered()).entities[entity] += 1
    for mention in annotation.mentions:
        if mention.entity not in iris:
            continue
        known = gathered[iris[mention.entity]]
        known.mentioned += 1
        if mention.kind == "name":
            known.names[mention.text] += 1
        number = bisect_right(starts, mention.start) - 1
        span = annotation.sentences[number] if number >= 0 else (0, 0)
        if mention.start < span[1]:
            text = annotation.text[span[0] : span[1]]
            marks = marks_within([(mention.start, mention.end, "subject")], annotation.text, *span, units)
            known.mentions.append(Passage(annotation.id, span[0], units_of(*span, units), text, marks))
            if len(known.mentions) > 2 * _KEPT:  # "France" in ten thousand articles
                known.mentions = _first(known.mentions)
    for quote in annotation.quotes:
        if quote.speaker in iris:
            place = units_of(quote.start, quote.end, units)
            gathered[iris[quote.speaker]].quotes.append(Passage(annotation.id, quote.start, place, quote.text, ()))
    for iri, found in events_told(scope_of(annotation, settings or Settings())):
        gathered[iri].times.update([] if found.when is None else [found.when])
        gathered[iri].places.update(found.where)


def _cited(claims: list[Claim]) -> dict[str, list[int]]:
    """Indices of the claims in which each entity takes part, speaks or is the event told."""
    cited: dict[str, list[int]] = {}
    for number, claim in enumerate(claims):
        for iri in claim.iris:
            cited.setdefault(iri, []).append(number)
    return cited


def _firmest(numbers: tuple[int, ...], claims: list[Claim]) -> Status:
    return min((claims[number].status for number in numbers), key=STATUSES.index)


def node(iri: str, known: Gathered, degree: int, cited: tuple[int, ...], told: set[tuple[str, int]]) -> Node:
    """The node of one IRI; of several names the fullest counts, of several types the most frequent, as in the graph.

    `told` are the sentences, by document and start, of the claims that are cited: they are not shown as mentions too.
    """
    kind, types = prevailing(Counter((entity.type, entity.types) for entity in known.entities.elements()))
    name = fullest(Counter(entity.name for entity in known.entities.elements()))
    spelled = sorted(known.names, key=lambda item: (-known.names[item], item))
    entities = sorted(
        known.entities, key=lambda entity: (entity.latitude is None, entity.country is None, repr(entity))
    )
    best = entities[0]
    quotes = tuple(sorted(known.quotes, key=_place)[:_QUOTES])
    told = told | {(p.document, p.start) for p in known.mentions for q in quotes if q.text in p.text}
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
        mentioned=known.mentioned,
        feature=best.feature,
        when=_usual(known.times),
        places=tuple(sorted(known.places, key=lambda iri: (-known.places[iri], iri))),
    )


def _usual(times: Counter[When]) -> When | None:
    """The time that most statements give an event; of equals the earliest."""
    return min(times, key=lambda when: (-times[when], when.begin or "", when.end or "", when.precision), default=None)


def _first(passages: list[Passage]) -> list[Passage]:
    """The first passages, whatever the order in which documents came."""
    return sorted(passages, key=_place)[:_KEPT]


def _place(passage: Passage) -> tuple[str, int, str]:
    return passage.document, passage.start, passage.text
