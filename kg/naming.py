"""Names as keys: the form by which two spellings of one name are compared, and the IRI that a name gives."""

import hashlib
import re
import unicodedata

ENTITY = "entity/"

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SLUG = 40


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


def named_iri(base: str, canonical: str, *more: object) -> str:
    """The IRI of what is called `canonical`: a slug and 8 hex digits of a hash of the name and of what tells it apart.

    >>> named_iri("https://example.org/id/", "auberge des migrants")
    'https://example.org/id/entity/auberge-des-migrants-c8ce541e'
    """
    seed = "\n".join((canonical, *map(str, more)))
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{base}{ENTITY}{slug(canonical)}-{digest}"


def is_lone(type: str, canonical: str) -> bool:  # noqa: A002
    """Whether a name is too short to say who is meant outside its document: a person's with one word.

    >>> is_lone("Person", "smith"), is_lone("Person", "anna smith"), is_lone("Company", "nordhavn")
    (True, False, False)
    """
    return type == "Person" and " " not in canonical
