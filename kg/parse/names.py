"""Names of a document, with their types put right."""

from spacy.tokens import Doc

from kg.parse.spans import Span

_TYPES = {"PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Facility", "EVENT": "Event"}


def find_names(doc: Doc, gazetteer: object) -> tuple[Span, ...]:
    """Return the names of the document, in order of the text, without overlap."""
    return tuple(Span(e.start, e.end, e.root.i, "name", _TYPES[e.label_]) for e in doc.ents if e.label_ in _TYPES)
