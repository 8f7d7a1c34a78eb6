"""Annotation ⇄ one JSON line."""

from functools import cache

from pydantic import TypeAdapter, ValidationError

from kg.errors import InputError
from kg.model import Annotation


@cache
def _adapter() -> TypeAdapter[Annotation]:
    return TypeAdapter(Annotation)


def to_json(annotation: Annotation) -> str:
    """Return the annotation as one JSON line without its line end; keys that hold their default are left out.

    >>> to_json(Annotation("a", "", (), (), (), ()))
    '{"id":"a","text":"","mentions":[],"entities":[],"triples":[],"quotes":[]}'
    """
    return _adapter().dump_json(annotation, exclude_defaults=True).decode()


def from_json(line: str | bytes, *, source: str = "-", number: int | None = None) -> Annotation:
    """Return the annotation that a JSON line holds; InputError names `source` and line `number` where it holds none.

    >>> from_json('{"id":"a","text":"","mentions":[],"entities":[],"triples":[],"quotes":[]}').id
    'a'
    """
    try:
        return _adapter().validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        raise InputError(f"not an annotation: {place}: {first['msg']}", source=source, line=number) from None
