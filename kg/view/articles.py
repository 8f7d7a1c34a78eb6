"""The articles of a page: which of them are there to be read, with their text and where it mentions whom."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from kg.model import Annotation
from kg.view.claims import utf16_offsets

MOST_TEXT = 4_000_000  # characters of all articles together: about a thousand of them
_LONGEST = MOST_TEXT // 4


@dataclass(frozen=True, slots=True)
class Source:
    """One article. `text` is None where it is not on the page.

    `mentions` are (start, end, IRI) in the order of the text; offsets count UTF-16 units, as JavaScript does.
    """

    id: str
    title: str | None
    date: str | None
    url: str | None
    text: str | None = None
    mentions: tuple[tuple[int, int, str], ...] = ()


@dataclass(slots=True)
class Shelf:
    """Takes in articles, and keeps the texts of so many as a page can hold: those that state most.

    Which are kept depends on the articles alone and not on their order: no text is kept that comes behind one that had
    to be left out.
    """

    most: int = MOST_TEXT
    _sources: list[Source] = field(default_factory=list)
    _texts: dict[tuple[int, str, str], Annotation] = field(default_factory=dict)
    _held: int = 0
    _last: tuple[int, str, str] | None = None

    def add(self, annotation: Annotation) -> None:
        """Take in an article."""
        self._sources.append(Source(annotation.id, annotation.title, annotation.date, annotation.url))
        rank = (-len(annotation.triples), annotation.id, annotation.text)
        if len(annotation.text) > min(_LONGEST, self.most) or (self._last is not None and rank >= self._last):
            return
        self._held += len(annotation.text) if rank not in self._texts else 0
        self._texts[rank] = annotation
        while self._held > self.most:
            self._last = max(self._texts)
            self._held -= len(self._texts.pop(self._last).text)

    def sources(self, known: Collection[str]) -> tuple[Source, ...]:
        """Return the articles by their ids; mentions of what is not `known` are left out."""
        told = {annotation.id: annotation for annotation in self._texts.values()}
        times = Counter(source.id for source in self._sources)
        kept = (
            replace(source, text=told[source.id].text, mentions=mentions_of(told[source.id], known))
            if source.id in told and times[source.id] == 1
            else source
            for source in self._sources
        )
        return tuple(sorted(kept, key=lambda source: (source.id, source.title or "", source.date or "")))


def mentions_of(annotation: Annotation, known: Collection[str]) -> tuple[tuple[int, int, str], ...]:
    """Return where an article mentions whom, in UTF-16 units, so that each mention lies within or beside another.

    "the mayor of Calais" holds "Calais"; of two that overlap by half, or are the same stretch, the first counts.
    """
    iris = {entity.id: entity.iri for entity in annotation.entities if entity.iri in known}
    spans = sorted(
        (mention.start, -mention.end, iris[mention.entity]) for mention in annotation.mentions if mention.entity in iris
    )
    units = utf16_offsets(annotation.text) or range(len(annotation.text) + 1)
    return tuple((units[start], units[end], iri) for start, end, iri in _nested(spans, len(annotation.text)))


def _nested(spans: Iterable[tuple[int, int, str]], length: int) -> Iterable[tuple[int, int, str]]:
    """Yield (start, end, IRI) of the spans (start, -end, IRI) that overlap no earlier one by half."""
    around: list[tuple[int, int]] = []
    for start, negative, iri in spans:
        end = -negative
        while around and around[-1][1] <= start:
            around.pop()
        if not 0 <= start < end <= length or (around and (end > around[-1][1] or (start, end) == around[-1])):
            continue
        around.append((start, end))
        yield start, end, iri
