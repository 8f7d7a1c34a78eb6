"""What a request to the views' API asks for: parameters checked, entities found."""

import json
import re
import sqlite3
from dataclasses import dataclass, field
from datetime import date

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from kg.serve.chosen import Filters
from kg.serve.shown import MOST_NODES

_LONGEST = 4_096
_WORD = re.compile(r"[A-Za-z]{1,80}")


def only(given: QueryParams, *names: str) -> None:
    """Make sure that a request has no other parameters, and none twice.

    Raises:
        HTTPException: 400.
    """
    for name in given:
        if name not in names:
            raise HTTPException(400, f"there is no parameter {name[:60]!r} here: {', '.join(names) or 'none at all'}")
        if len(given.getlist(name)) > 1:
            raise HTTPException(400, f"{name} is given more than once")


def text(given: QueryParams, name: str) -> str:
    """Return a parameter that has to be there.

    Raises:
        HTTPException: 400.
    """
    value = given.get(name, "")
    if not value or len(value) > _LONGEST:
        raise HTTPException(400, f"{name} is missing" if not value else f"{name} is too long")
    return value


def whole(given: QueryParams, name: str, default: int, most: int) -> int:
    """Return a parameter that is a number from 0.

    Raises:
        HTTPException: 400.
    """
    value = given.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 8 and int(value) <= most):
        raise HTTPException(400, f"{name} is a whole number from 0 to {most}, not {value[:40]!r}")
    return int(value)


def entity(db: sqlite3.Connection, given: QueryParams, name: str) -> int:
    """Return the number of an entity that is named by its IRI.

    Raises:
        HTTPException: 400 without one, 404 where the graph has none of it.
    """
    return _number(db, "SELECT n FROM entity WHERE iri = ?", text(given, name), "entity")


def document(db: sqlite3.Connection, given: QueryParams, name: str) -> int:
    """Return the number of a document that is named by its id.

    Raises:
        HTTPException: 400 without one, 404 where the graph has none of it.
    """
    return _number(db, "SELECT n FROM document WHERE id = ?", text(given, name), "document")


def _number(db: sqlite3.Connection, query: str, value: str, what: str) -> int:
    found = db.execute(query, (value,)).fetchone()
    if found is None:
        raise HTTPException(404, f"the graph has no {what} {value[:200]}")
    return int(found[0])


FILTERS = ("source", "speaker", "relation", "type", "since", "until", "least")


def filters(db: sqlite3.Connection, given: QueryParams) -> Filters:
    """Return what the statements or entities asked for have to be.

    Raises:
        HTTPException: 400 for what is none, 404 for a document or entity that is not there.
    """
    return Filters(
        source=document(db, given, "source") if "source" in given else None,
        speaker=entity(db, given, "speaker") if "speaker" in given else None,
        relation=_word(given, "relation"),
        type=_word(given, "type"),
        since=_day(given, "since"),
        until=_day(given, "until"),
        least=_share(given, "least"),
    )


@dataclass(frozen=True, slots=True)
class There:
    """What the page shows already: entities by their numbers, where they lie, and the statements it asked for."""

    nodes: tuple[int, ...] = ()
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    also: Filters = field(default_factory=Filters)


def there(db: sqlite3.Connection, body: bytes) -> There:
    """Return what the page says that it shows: `{"shown": [[number, x, y], …]}`; nothing where it says nothing.

    Without a place (`[number, null, null]`) one is found for it.

    `{"also": {"speaker": IRI, …}}` holds the parameters of statements that it asked for and wants to keep.

    Raises:
        HTTPException: 400.
    """
    if not body:
        return There()
    try:
        told = json.loads(body)
        rows = [(n, *((None, None) if x is None else (float(x), float(y)))) for n, x, y in told["shown"]]
        also = {str(key): str(value) for key, value in told.get("also", {}).items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise HTTPException(400, 'the body is JSON: {"shown": [[number, x, y], …]}') from None
    (count,) = db.execute("SELECT COUNT(*) FROM entity").fetchone()
    sound = len(rows) <= MOST_NODES and all(
        type(n) is int and 0 <= n < count and (x is None or y is None or (abs(x) < 1e6 and abs(y) < 1e6))
        for n, x, y in rows
    )
    if not sound:
        raise HTTPException(400, f"shown names at most {MOST_NODES} entities, by their numbers, and where they lie")
    given = QueryParams(also)
    only(given, *FILTERS)
    places = {n: (x, y) for n, x, y in rows if x is not None and y is not None}
    return There(tuple(dict.fromkeys(n for n, _, _ in rows)), places, filters(db, given))


def _word(given: QueryParams, name: str) -> str | None:
    value = given.get(name)
    if value is not None and not _WORD.fullmatch(value):
        raise HTTPException(400, f"{name} is a name of the ontology, not {value[:40]!r}")
    return value


def _day(given: QueryParams, name: str) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise HTTPException(400, f"{name} is a day such as 2024-03-05, not {value[:40]!r}") from None


def _share(given: QueryParams, name: str) -> float:
    value = given.get(name, "0")
    if not re.fullmatch(r"[01]|[01]?\.\d{1,6}", value) or float(value) > 1:
        raise HTTPException(400, f"{name} is a number from 0 to 1, not {value[:40]!r}")
    return float(value)
