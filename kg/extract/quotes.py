"""Direct and indirect quotations with their speakers."""

from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody is reported to have said."""

    start: int
    end: int
    direct: bool
    cue: tuple[int, int] | None
    verb: int | None
    speaker: int | None
    content: tuple[int, int]


def find_quotes(doc: Doc) -> tuple[Quotation, ...]:
    """Return the quotations of the document in order of the text."""
    return ()
