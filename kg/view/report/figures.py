"""Documents in, figures out: one document is held at a time."""

import json
from bisect import insort
from collections import Counter
from collections.abc import Iterable
from urllib.parse import urlsplit

from kg.graph.entities import fullest, prevailing
from kg.graph.report import actor_sentences, gaps
from kg.graph.values import period
from kg.model import Annotation
from kg.settings import Settings
from kg.view.claims import STATUSES, claims_of, words_of
from kg.view.palette import FAMILIES, family_of
from kg.view.report.records import Bar, Figures, Speaker, Spot, Unread
from kg.view.report.tally import Tally, tally
from kg.view.templating import count

MOST = 15
SPOTS = 400
UNREAD = 10
_ACTORS = ("person", "organization", "group")
# A lone surrogate, which JSON may hold, is in no database.
_UTF8 = ("utf-8", "replace")


def figures(annotations: Iterable[Annotation], settings: Settings | None = None) -> Figures:
    """Return what is counted of some documents; their order makes no difference."""
    with tally() as found:
        counting = _Counting(found, settings)
        for annotation in annotations:
            counting.add(annotation)
        return counting.figures()


class _Counting:
    """Counts documents one after another."""

    def __init__(self, found: Tally, settings: Settings | None) -> None:
        self._tally = found
        self._settings = settings
        self._counts: Counter[str] = Counter()
        self._unread: list[tuple[int, str, Unread]] = []

    def add(self, annotation: Annotation) -> None:
        """Take in a document."""
        self._counts["documents"] += 1
        self._entities(annotation)
        self._statements(annotation)
        self._quotations(annotation)
        self._gaps(annotation)
        day = _day(annotation.date)
        self._tally.add("day", Counter([day] if day else []))
        host = _host(annotation.url)
        self._tally.add("host", Counter([host] if host else []))

    def _entities(self, annotation: Annotation) -> None:
        iris = {entity.id: _fit(entity.iri) for entity in annotation.entities}
        mentions = {(m.start, m.end, iris[m.entity]) for m in annotation.mentions if m.entity in iris}
        self._tally.add("mention", Counter(iri for _, _, iri in mentions))
        self._tally.add("in", Counter({iri for _, _, iri in mentions}))
        names: Counter[tuple[str, str]] = Counter()
        types: Counter[tuple[str, str]] = Counter()
        points: Counter[tuple[str, str]] = Counter()
        for entity in annotation.entities:
            iri = iris[entity.id]
            names[iri, _fit(" ".join(entity.name.split()))] += 1
            types[iri, _fit(json.dumps([entity.type, entity.types], ensure_ascii=False))] += 1
            if entity.latitude is not None and entity.longitude is not None:
                points[iri, json.dumps([entity.latitude, entity.longitude])] += 1
        for what, counts in (("name", names), ("type", types), ("point", points)):
            self._tally.add(what, counts)

    def _statements(self, annotation: Annotation) -> None:
        self._counts["statements"] += len(annotation.triples)
        relations = Counter(t.predicate.relation for t in annotation.triples if t.predicate.relation is not None)
        self._tally.add("relation", Counter({_fit(name): n for name, n in relations.items()}))
        self._counts.update(f"said {claim.status}" for claim in claims_of(annotation, self._settings))

    def _quotations(self, annotation: Annotation) -> None:
        iris = {entity.id: _fit(entity.iri) for entity in annotation.entities}
        for quote in annotation.quotes:
            self._counts["direct" if quote.direct else "indirect"] += 1
            self._counts["unattributed"] += quote.speaker is None
        said = Counter(
            (iris[q.speaker], "direct" if q.direct else "indirect") for q in annotation.quotes if q.speaker in iris
        )
        self._tally.add("speaker", said)

    def _gaps(self, annotation: Annotation) -> None:
        holes, acting = gaps(annotation), len(actor_sentences(annotation))
        self._counts.update(acting=acting, gaps=len(holes))
        if not holes:
            return
        unread = Unread(annotation.id, annotation.title, annotation.url, acting, len(holes), holes[0].text)
        insort(self._unread, (-len(holes), annotation.id, unread), key=lambda row: row[:2])
        del self._unread[UNREAD:]

    def figures(self) -> Figures:
        """Return what was counted."""
        counts, found = self._counts, self._tally
        days = found.ordered("day")
        relations = found.most("relation", MOST)
        ranked = _Ranked(found)
        return Figures(
            documents=counts["documents"],
            undated=counts["documents"] - found.total("day"),
            entities=found.keys("type"),
            mentions=found.total("mention"),
            statements=counts["statements"],
            typed=found.total("relation"),
            direct=counts["direct"],
            indirect=counts["indirect"],
            unattributed=counts["unattributed"],
            days=tuple(days),
            families=tuple(Bar(f.label, ranked.families[f.name], f.name) for f in FAMILIES if ranked.families[f.name]),
            classes=tuple(Bar(kind, n) for kind, n in sorted(ranked.classes.items(), key=lambda r: (-r[1], r[0]))),
            who=tuple(ranked.bar(iri) for _, iri in ranked.who),
            where=tuple(ranked.bar(iri) for _, iri in ranked.where),
            relations=tuple(Bar(words_of(name), n) for name, n in relations),
            standing=tuple(Bar(status, counts[f"said {status}"]) for status in STATUSES),
            speakers=tuple(ranked.speaker(iri) for iri, _ in found.most("speaker", MOST)),
            spots=tuple(ranked.spot(iri) for _, iri in ranked.spots),
            unplaced=ranked.unplaced,
            hosts=tuple(Bar(host, n) for host, n in found.most("host", MOST)),
            addressless=counts["documents"] - found.total("host"),
            acting=counts["acting"],
            gaps=counts["gaps"],
            unread=tuple(unread for _, _, unread in self._unread),
        )


class _Ranked:
    """The entities by how often they are mentioned: who, and where; equals by IRI."""

    def __init__(self, found: Tally) -> None:
        self._tally = found
        self.families: Counter[str] = Counter()
        self.classes: Counter[str] = Counter()
        self.who: list[tuple[int, str]] = []
        self.where: list[tuple[int, str]] = []
        self.spots: list[tuple[int, str]] = []
        self.unplaced = 0
        for iri, kinds in found.details("type"):
            kind, types = prevailing(_types(kinds))
            family = family_of(types).name
            self.classes[kind] += 1
            self.families[family] += 1
            self._rank(iri, family)

    def _rank(self, iri: str, family: str) -> None:
        mentions = sum(self._tally.of("mention", iri).values())
        if mentions and family in _ACTORS:
            _keep(self.who, (-mentions, iri), MOST)
        if mentions and family == "place":
            _keep(self.where, (-mentions, iri), MOST)
            if self._tally.of("point", iri):
                _keep(self.spots, (-mentions, iri), SPOTS)
            else:
                self.unplaced += 1

    def bar(self, iri: str) -> Bar:
        """Return an entity with its mentions, and a note of the documents."""
        documents = sum(self._tally.of("in", iri).values())
        mentions = sum(self._tally.of("mention", iri).values())
        return Bar(self._name(iri), mentions, self._family(iri), count(documents, "document"))

    def speaker(self, iri: str) -> Speaker:
        """Return an entity with its quotations."""
        said = self._tally.of("speaker", iri)
        return Speaker(self._name(iri), said["direct"], said["indirect"], self._family(iri))

    def spot(self, iri: str) -> Spot:
        """Return a place where the graph puts it: where documents differ, at the smallest of their coordinates."""
        latitude, longitude = min(json.loads(point) for point in self._tally.of("point", iri))
        return Spot(self._name(iri), latitude, longitude, sum(self._tally.of("mention", iri).values()))

    def _name(self, iri: str) -> str:
        return fullest(self._tally.of("name", iri)) or prevailing(_types(self._tally.of("type", iri)))[0]

    def _family(self, iri: str) -> str:
        return family_of(prevailing(_types(self._tally.of("type", iri)))[1]).name


def _keep(rows: list[tuple[int, str]], row: tuple[int, str], most: int) -> None:
    if len(rows) < most or row < rows[-1]:
        insort(rows, row)
        del rows[most:]


def _types(kinds: Counter[str]) -> Counter[tuple[str, tuple[str, ...]]]:
    read = ((json.loads(kind), n) for kind, n in kinds.items())
    return Counter({(kind, tuple(types)): n for (kind, types), n in read})


def _fit(text: str) -> str:
    return text.encode(*_UTF8).decode()


def _day(value: str | None) -> str | None:
    found = period(value)
    return value[:10] if value is not None and found is not None and found.precision == "day" else None


def _host(url: str | None) -> str | None:
    """Return the host of an address of the web, without www.

    >>> _host("https://www.example.org:8080/a"), _host("javascript:alert(1)")
    ('example.org', None)
    """
    if url is None or not url.lower().startswith(("https://", "http://")):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return _fit(host.removeprefix("www.")) if host else None
