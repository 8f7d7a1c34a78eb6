"""The IRI of an entity: ASCII, no escapes, the same for two users who read the same articles."""

import hashlib
import re
import unicodedata

from kg.model import MentionKind
from kg.parse.spans import Link

ENTITY = "entity/"

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SLUG = 40


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
    "migrants"): 0 for the first, 1, 2, ….

    >>> entity_iri("https://example.org/id/", "d1", "Auberge des migrants", "NGO", "name")
    'https://example.org/id/entity/auberge-des-migrants-c8ce541e'
    >>> entity_iri("https://example.org/id/", "d1", "the camp", "Camp", "nominal")
    'https://example.org/id/entity/camp-83931161'
    """
    if link is not None:
        return f"{base}{ENTITY}{link.place.key}"
    canonical = canonical_name(name)
    seed = canonical
    if kind != "name" or (type == "Person" and " " not in canonical):
        seed = f"{canonical}\n{document_id}"
    if ordinal:
        seed = f"{seed}\n{ordinal}"
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{base}{ENTITY}{slug(canonical)}-{digest}"


def canonical_name(name: str) -> str:
    r"""`name` without case, accents, leading article, possessive ending and punctuation.

    >>> canonical_name("The  Médecins sans\nFrontières’s")
    'medecins sans frontieres'
    """
    folded = unicodedata.normalize("NFKD", _ARTICLE.sub("", name.strip())).casefold().translate(_LETTERS)
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    folded = re.sub(r"['’]s$", "", folded.strip())
    folded = re.sub(r"['’.]", "", folded)
    words = re.sub(r"[\W_]+", " ", folded).split()
    return " ".join(words) or name.strip()


def slug(canonical: str) -> str:
    """The ASCII letters and digits of `canonical`, joined by dashes, beginning with a letter.

    >>> slug("568 people"), slug("москва")
    ('n568-people', 'x')
    """
    words = re.sub(r"[^a-z0-9]+", "-", canonical.lower()).strip("-")
    words = words[:_SLUG].rstrip("-")
    if not words:
        return "x"
    return words if words[0].isalpha() else f"n{words}"
