"""Numbers with what they count."""

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class QuantitySpan:
    """A number: token offsets, decimal value or interval, what it counts."""

    start: int
    end: int
    value: str | None
    approximate: bool
    unit: int | None


def find_quantities(doc: Doc) -> tuple[QuantitySpan, ...]:
    """Return the quantities of the document."""
    return ()
