"""Dates and durations as values."""

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A date or duration: token offsets and ISO value."""

    start: int
    end: int
    value: str | None
    kind: str


def find_times(doc: Doc, date: str | None) -> tuple[TimeSpan, ...]:
    """Return the dates and durations of the document."""
    return tuple(TimeSpan(e.start, e.end, None, "date") for e in doc.ents if e.label_ in ("DATE", "TIME"))
