"""What an entity's page and an article's tell, taken from the index: names, facts, statements with their words."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from kg.serve.records import load_body
from kg.view.claims import words_of
from kg.view.content import safe_url

PAGE = 40  # statements on one page
_STATUS = {"denied": "Denied", "possible": "Possible", "intended": "Planned", "conditional": "Conditional"}
_MARKED = ("subject", "predicate", "object", "speaker")

Path = Callable[[str], str | None]  # the address of an entity on this server, by its IRI
Piece = tuple[str, str | None, str | None]  # text, class of its mark, address


@dataclass(frozen=True, slots=True)
class Name:
    """Who or what takes part: a phrase or a name, and its address here."""

    text: str
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A statement, as a page shows it."""

    document: str
    title: str
    date: str | None
    doer: Name | None
    label: str
    patient: Name | None
    others: tuple[tuple[str, str], ...]
    negated: bool
    standing: str | None
    speaker: Name | None
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Finds the names of entities, and their addresses."""

    db: sqlite3.Connection
    path: Path

    def __call__(self, iri: str) -> Name:
        """Return the name of an entity."""
        row = self.db.execute("SELECT name, type FROM entity WHERE iri = ?", (iri,)).fetchone()
        return Name(iri, self.path(iri)) if row is None else Name(row[0] or row[1], self.path(iri))


def about(db: sqlite3.Connection, n: int) -> dict[str, Any]:
    """Return what is known of an entity: its record, and how much there is of it."""
    record, degree, told, mentions = db.execute(
        "SELECT record, degree, told, mentions FROM entity WHERE n = ?", (n,)
    ).fetchone()
    found: dict[str, Any] = json.loads(record)
    return found | {"joined": degree, "told": told, "mentioned": mentions}


def statements(db: sqlite3.Connection, where: str, value: int, skip: int, path: Path) -> list[list[Told]]:
    """Return a page of statements, those of one article together; `where` is a condition on `claim` or `cited`."""
    source = "cited t JOIN claim c ON c.n = t.claim" if where.startswith("t.") else "claim c"
    rows = db.execute(
        f"SELECT c.record, d.id, d.title, d.date FROM {source} JOIN document d ON d.n = c.document"  # noqa: S608 (ours)
        f" WHERE {where} = ? ORDER BY c.n LIMIT ? OFFSET ?",
        (value, PAGE, skip),
    )
    names = Names(db, path)
    found = [_told(json.loads(record), names, identifier, title, date) for record, identifier, title, date in rows]
    return [list(same) for _, same in groupby(found, key=attrgetter("document"))]


def joined(db: sqlite3.Connection, n: int, most: int, path: Path) -> list[tuple[Name, str, int]]:
    """Return with whom most statements join an entity: name, type, number."""
    rows = db.execute(
        "SELECT e.iri, e.name, e.type, -t.weakness FROM tie t JOIN entity e ON e.n = t.other"
        " WHERE t.node = ? ORDER BY t.weakness, t.other LIMIT ?",
        (n, most),
    )
    return [(Name(name or kind, path(iri)), words_of(kind), count) for iri, name, kind, count in rows]


def article(db: sqlite3.Connection, n: int, path: Path) -> dict[str, Any]:
    """Return an article with its text in pieces, each mention one that leads to its entity."""
    identifier, title, date, url, packed = db.execute(
        "SELECT id, title, date, url, body FROM document WHERE n = ?", (n,)
    ).fetchone()
    text, mentions = load_body(packed)
    known = dict(_families(db, {iri for _, _, iri in mentions}))
    marks = [(start, end, known.get(iri, "other"), path(iri)) for start, end, iri in sorted(mentions)]
    (told,) = db.execute("SELECT COUNT(*) FROM claim WHERE document = ?", (n,)).fetchone()
    return {
        "id": identifier, "name": title or identifier, "date": date, "url": safe_url(url), "told": told,
        "text": pieces(text, marks),
    }  # fmt: skip


def pieces(text: str, marks: Iterable[tuple[int, int, str, str | None]]) -> tuple[Piece, ...]:
    """Return a text in pieces, with the class and the address of those that are marked; offsets count UTF-16 units.

    >>> pieces("A met B.", [(0, 1, "subject", "/a"), (6, 7, "object", None)])
    (('A', 'subject', '/a'), (' met ', None, None), ('B', 'object', None), ('.', None, None))

    Of marks that overlap the first counts.
    """
    units = text.encode("utf-16-le", "surrogatepass")

    def cut(start: int, end: int) -> str:
        return units[2 * start : 2 * end].decode("utf-16-le", "replace")

    found: list[Piece] = []
    done = 0
    for start, end, kind, address in marks:
        if start < done or end <= start:
            continue
        found += [(cut(done, start), None, None), (cut(start, end), kind, address)]
        done = end
    found.append((cut(done, len(units) // 2), None, None))
    return tuple(piece for piece in found if piece[0])


def _told(claim: dict[str, Any], names: Names, document: str, title: str | None, date: str | None) -> Told:
    modality = claim.get("modality", "asserted")
    marks = [(start, end, role if role in _MARKED else "further", None) for start, end, role in claim.get("marks", ())]
    return Told(
        document=document,
        title=title or document,
        date=date,
        doer=_part(claim.get("doer"), names),
        label=claim["label"],
        patient=_part(claim.get("patient"), names),
        others=tuple((words_of(part["role"]), part["text"]) for part in claim.get("others", ()) if "role" in part),
        negated=bool(claim.get("negated")),
        standing=_STATUS["denied"] if claim.get("negated") else _STATUS.get(modality),
        speaker=names(claim["speaker"]) if "speaker" in claim else None,
        sentence=pieces(claim["text"], sorted(marks)),
    )


def _part(part: dict[str, Any] | None, names: Names) -> Name | None:
    if part is None:
        return None
    return names(part["node"]) if "node" in part else Name(part["text"])


def _families(db: sqlite3.Connection, iris: Iterable[str]) -> Sequence[tuple[str, str]]:
    query = "SELECT iri, family FROM entity WHERE iri IN (SELECT value FROM json_each(?))"
    return db.execute(query, (json.dumps(sorted(iris)),)).fetchall()
