"""Which place a name means."""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.link.gazetteer import Gazetteer
from kg.parse.spans import Link, Span


def link(doc: Doc, names: Sequence[Span], gazetteer: Gazetteer, *, url: str | None = None) -> dict[int, Link]:
    """Return the place of each name that has one, by its position in `names`."""
    return {}
