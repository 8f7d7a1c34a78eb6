"""In which form a node is answered: a page, Turtle or JSON-LD, by suffix, parameter or Accept header."""

from starlette.datastructures import Headers, QueryParams
from starlette.exceptions import HTTPException

from kg.serve.accept import best

FORMS = {"html": "text/html", "ttl": "text/turtle", "jsonld": "application/ld+json"}
_ALSO = {"application/xhtml+xml": "html", "application/json": "jsonld"}
VARY = {"Vary": "Accept"}


def split(path: str) -> tuple[str, str | None]:
    """Return a path without the suffix that names a form, and that form.

    >>> split("entity/calais.ttl"), split("entity/calais")
    (('entity/calais', 'ttl'), ('entity/calais', None))
    """
    whole, dot, suffix = path.rpartition(".")
    return (whole, suffix) if dot and suffix in FORMS else (path, None)


def wanted(suffix: str | None, given: QueryParams, headers: Headers) -> str:
    """Return the form that is wanted: of the suffix, of `?format=`, or the one that the client likes best.

    Raises:
        HTTPException: 400 for a format that is none, 406 where the client takes none of them.
    """
    named = suffix or given.get("format")
    if named is not None:
        if named not in FORMS:
            raise HTTPException(400, f"format is one of {', '.join(FORMS)}, not {named[:40]!r}", VARY)
        return named
    form = best(headers.get("accept", ""), [*FORMS.values(), *_ALSO])
    if form is None:
        raise HTTPException(406, f"this is answered as {', '.join(FORMS.values())}", VARY)
    return _ALSO.get(form) or next(name for name, media in FORMS.items() if media == form)
