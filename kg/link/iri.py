"""The IRI of an entity: ASCII, no escapes, the same for two users who read the same articles."""

from kg.model import MentionKind
from kg.naming import ENTITY, canonical_name, is_lone, named_iri
from kg.parse.spans import Link


def entity_iri(
    base: str,
    document_id: str,
    name: str,
    type: str,  # noqa: A002
    kind: MentionKind,
    link: Link | None = None,
    ordinal: int = 0,
) -> str:
    """The IRI of the entity called `name` that document `document_id` speaks of.

    A place that was found in the gazetteer has its key there, so that all articles share it. Other names are a slug
    and 8 hex digits of a hash of the canonical name; the type is no part of it, since articles (and versions of `kg`)
    differ about types. What has no full name, "the camp", "Smith", "he", is another one in another document: there the
    hash takes in the document's id. `ordinal` tells entities apart that one document calls by one name (two groups of
    "migrants"): 0 for the first, 1, 2, …. In a graph of many documents these are the IRIs of what only one document
    names; `kg.graph.resolve` says which names of two documents are one.

    >>> entity_iri("https://example.org/id/", "d1", "Auberge des migrants", "NGO", "name")
    'https://example.org/id/entity/auberge-des-migrants-c8ce541e'
    >>> entity_iri("https://example.org/id/", "d1", "the camp", "Camp", "nominal")
    'https://example.org/id/entity/camp-83931161'
    """
    if link is not None:
        return f"{base}{ENTITY}{link.place.key}"
    canonical = canonical_name(name)
    local = kind != "name" or is_lone(type, canonical)
    return named_iri(base, canonical, *((document_id,) if local else ()), *((ordinal,) if ordinal else ()))
