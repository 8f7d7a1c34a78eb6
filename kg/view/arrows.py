"""The arrows that claims are drawn as: from doer to patient, and thin ones to places, recipients and events."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.view.claims import Claim

_DRAWN = ("place", "destination", "source", "recipient", "topic", "theme")
_ARTICLES = ("a", "an", "the")


@dataclass(frozen=True, slots=True)
class Arrow:
    """All claims that say the same of the same two; a denial is another arrow than what it denies."""

    source: str
    target: str
    label: str
    relation: str | None
    negated: bool


def by_degree(iris: Iterable[str], arrows: Iterable[Arrow]) -> tuple[list[str], Counter[str]]:
    """IRIs by falling number of arrows, and those numbers."""
    degree = Counter(iri for arrow in arrows for iri in (arrow.source, arrow.target))
    return sorted(iris, key=lambda iri: (-degree[iri], iri)), degree


def arrows(claims: Sequence[Claim]) -> dict[Arrow, tuple[int, ...]]:
    """Arrows, each with the claims that it stands for."""
    found: dict[Arrow, list[int]] = {}
    for number, claim in enumerate(claims):
        for arrow in arrows_of(claim):
            if arrow.source != arrow.target:
                found.setdefault(arrow, []).append(number)
    return {arrow: tuple(dict.fromkeys(numbers)) for arrow, numbers in found.items()}


def arrows_of(claim: Claim) -> Iterator[Arrow]:
    """Arrows of one claim: doer → patient, and without a type what leads on to places, recipients, topics and events.

    "Police cleared the camp in Brenholm" → police dismantled the camp, police cleared in Brenholm. "He was arrested in
    Paris" → he was arrested in Paris. Where the claim tells an event, that is joined with all of them instead.
    """
    doer = claim.doer.iri if claim.doer is not None else None
    patient = claim.patient.iri if claim.patient is not None else None
    if doer is not None and patient is not None:
        yield Arrow(doer, patient, claim.label, claim.relation, claim.negated)
    event = claim.event if claim.event not in (doer, patient) else None
    if event is not None:
        for end, word in ((doer, "by"), (patient, "of")):
            if end is not None:
                yield Arrow(event, end, word, None, claim.negated)
    start = event or doer or patient
    for part in claim.others:
        if start is not None and part.iri is not None and part.iri != patient and part.role in _DRAWN:
            words = _preposition(part.text) if event is not None else f"{claim.reading} {_preposition(part.text)}"
            yield Arrow(start, part.iri, words.strip() or "at", None, claim.negated)


def _preposition(phrase: str) -> str:
    """The first word of a phrase where it leads to a noun.

    >>> _preposition("in the Portuguese capital"), _preposition("the crowd"), _preposition("Kenya")
    ('in', '', '')
    """
    first, _, rest = phrase.partition(" ")
    return first if rest and first.islower() and first.isalpha() and first not in _ARTICLES else ""
