"""Facts that several independent sources state and nobody denies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.graph.contradictions import Claimed, denies, says
from kg.graph.stances import Pair
from kg.graph.testimony import Record, Testimony


@dataclass(frozen=True, slots=True)
class Agreement:
    """A fact with those who assert and those who hedge it; `sources`: how many are independent of each other."""

    subject: str
    relation: str
    object: str
    sources: int
    asserts: tuple[Testimony, ...]
    hedges: tuple[Testimony, ...]

    @property
    def documents(self) -> int:
        """How many documents assert it, copies too."""
        return len({testimony.document for testimony in self.asserts})

    @property
    def speakers(self) -> int:
        """How many different speakers are named for it."""
        return len({testimony.stance.speaker for testimony in self.asserts} - {""})


def agreements(record: Record) -> list[Agreement]:
    """Return the facts that two or more independent sources assert and nobody denies, most sources first.

    Who says spouseOf says familyOf too; both are there, where somebody uses the words of both.
    """
    groups: defaultdict[Pair, list[Testimony]] = defaultdict(list)
    for testimony in record.of(record.stances()):
        groups[testimony.stance.pair].append(testimony)
    found = [agreement for group in groups.values() for agreement in _agreed(group, record)]
    names = record.labels
    return sorted(found, key=lambda a: (-a.sources, names[a.subject], a.relation, names[a.object], a.subject, a.object))


def independent(testimonies: Iterable[Testimony]) -> int:
    """Return how many sources there are: different speakers in a document, the document itself being one.

    Documents that have a sentence in the same words are copies of one dispatch, and count as the fullest of them.
    """
    speakers: defaultdict[str, set[str]] = defaultdict(set)
    wordings: defaultdict[str, set[str]] = defaultdict(set)
    for testimony in testimonies:
        speakers[testimony.document].add(testimony.stance.speaker)
        wordings[wording(testimony.words)].add(testimony.document)
    return sum(max(len(speakers[document]) for document in copies) for copies in _joined(wordings.values()))


def wording(sentence: str) -> str:
    """Return the words of a sentence alone, by which copies are known.

    >>> wording("Police  beat “Maes”, she said.") == wording('police beat "Maes", she said')
    True
    """
    return " ".join("".join(c if c.isalnum() else " " for c in sentence.casefold()).split())


def _agreed(group: Sequence[Testimony], record: Record) -> Iterator[Agreement]:
    for fact in sorted({_fact(t) for t in group if t.stance.attitude == "asserts"}):
        if any(t.stance.attitude == "denies" and denies(t.stance, fact, record.kinds) for t in group):
            continue
        telling = [t for t in group if says(t.stance, fact, record.kinds)]
        asserts = tuple(t for t in telling if t.stance.attitude == "asserts")
        sources = independent(asserts)
        if sources > 1:
            yield Agreement(*fact, sources, asserts, tuple(t for t in telling if t.stance.attitude == "hedges"))


def _fact(testimony: Testimony) -> Claimed:
    stance = testimony.stance
    return stance.subject, stance.relation, stance.object


def _joined(groups: Iterable[set[str]]) -> list[set[str]]:
    """Return the groups with those that share a member made one."""
    found: list[set[str]] = []
    for group in groups:
        merged = set(group)
        apart = []
        for other in found:
            if other & merged:
                merged |= other
            else:
                apart.append(other)
        found = [*apart, merged]
    return found
