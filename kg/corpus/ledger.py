"""The ledger: a SQLite file in the folder of a graph that says what was read and what is still to do.

Everything else in the folder is made from it. Each change is a transaction, so a build that is killed at any moment
leaves the ledger as it was before or after a document, never between; what follows from a document (profiles, blocks,
what is to be compared and written again) is noted in the same transaction.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from kg.corpus import records
from kg.graph import terms
from kg.graph.resolve.blocks import block_keys, likeness
from kg.graph.resolve.clusters import respelt
from kg.graph.resolve.profiles import Context, Profile, profiles
from kg.model import Annotation, Document
from kg.read.screen import digest
from kg.serial import from_json, to_json

NAME = "ledger.db"
# Of a SELECT … IN (…), and of what is held in memory at once.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Read:
    """A document that was read: its id, digests, what read it, its annotation as a JSON line, and its profiles."""

    id: str
    content: bytes
    words: bytes
    made: str
    run: str | None
    line: bytes
    profiles: tuple[Profile, ...]

    @classmethod
    def of(cls, annotation: Annotation, made: str = "", content: bytes = b"") -> "Read":
        """Return an annotation as the ledger takes it; without `made` and `content` it was given as it is."""
        run = None if annotation.run is None else records.dump(annotation.run)
        line = to_json(annotation).encode()
        return cls(annotation.id, content, digest(annotation.text), made, run, line, profiles(annotation))


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger says of a document: its number, the digest of what was given, what read it."""

    n: int
    content: bytes
    words: bytes
    made: str


class Ledger:
    """An open ledger; `db` is the connection, on which `opening.transaction` begins and ends transactions."""

    def __init__(self, db: sqlite3.Connection, base: str = "") -> None:
        """Wrap a connection; `base` is the IRI under which documents have theirs."""
        self.db = db
        self.base = base

    def meta(self, key: str) -> str | None:
        """Return what is noted under a key."""
        row = self.db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def note(self, key: str, value: str) -> None:
        """Note something under a key."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def known(self, identifier: str) -> Known | None:
        """Return what is known of the document with an id."""
        row = self.db.execute("SELECT n, content, words, made FROM document WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else Known(*row)

    def put(self, read: Read) -> None:
        """Take a document in, in the place of the one with its id."""
        old = self.known(read.id)
        values = (read.content, read.words, read.made, read.run, zlib.compress(read.line, 1))
        if old is None:
            self.db.execute(
                "INSERT INTO document (id, content, words, made, run, annotation) VALUES (?, ?, ?, ?, ?, ?)",
                (read.id, *values),
            )
        else:
            self._forget(old.n)
            self.db.execute(
                "UPDATE document SET content = ?, words = ?, made = ?, run = ?, annotation = ?, twin = 1 WHERE n = ?",
                (*values, old.n),
            )
            if old.words != read.words:
                self._choose(old.words)
        self._choose(read.words, read)

    def remove(self, identifier: str) -> bool:
        """Take a document back; return whether it was there."""
        old = self.known(identifier)
        if old is None:
            return False
        self._forget(old.n)
        self.db.execute("DELETE FROM document WHERE n = ?", (old.n,))
        self._gone(identifier)
        self._choose(old.words)
        return True

    def annotations(self, where: str = "NOT twin", values: Sequence[object] = ()) -> Iterator[tuple[int, Annotation]]:
        """Yield numbers and annotations, as read, of those documents that a condition picks, in order of their ids."""
        # The numbers first: documents may change while they pass.
        numbers = self.db.execute(f"SELECT n FROM document WHERE {where} ORDER BY id", values).fetchall()  # noqa: S608 (constants of ours)
        for (n,) in numbers:
            yield n, from_json(self.line(n), source=f"{NAME}, document {n}")

    def line(self, n: int) -> bytes:
        """Return the annotation of a document, as it was read, as a JSON line."""
        (packed,) = self.db.execute("SELECT annotation FROM document WHERE n = ?", (n,)).fetchone()
        return zlib.decompress(packed)

    def count(self, table: str, where: str = "1") -> int:
        """Return the number of rows of a table that a condition picks."""
        return int(self.db.execute(f"SELECT COUNT(*) FROM {table} WHERE {where}").fetchone()[0])  # noqa: S608

    def pend(self, kind: str, keys: Iterable[object]) -> None:
        """Note what is to be done again."""
        self.db.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?)", ((kind, str(key)) for key in keys))

    def pending(self, kind: str) -> list[str]:
        """Return what of a kind is to be done again, in order."""
        return [key for (key,) in self.db.execute("SELECT key FROM pending WHERE kind = ? ORDER BY key", (kind,))]

    def done(self, kind: str) -> None:
        """Note that all of a kind is done."""
        self.db.execute("DELETE FROM pending WHERE kind = ?", (kind,))

    def _choose(self, words: bytes, read: Read | None = None) -> None:
        """Take the document with the smallest id of those that have one text, leave out the others."""
        rows = self.db.execute("SELECT n, id, twin FROM document WHERE words = ? ORDER BY id", (words,)).fetchall()
        for at, (n, identifier, twin) in enumerate(rows):
            if at == 0 and twin:
                self._derive(n, read.profiles if read is not None and read.id == identifier else self._profiles(n))
            elif at > 0 and not twin:
                self._forget(n)
                self._gone(identifier)
                self.db.execute("UPDATE document SET twin = 1, stale = 0 WHERE n = ?", (n,))

    def _profiles(self, n: int) -> tuple[Profile, ...]:
        return tuple(p for _, annotation in self.annotations("n = ?", (n,)) for p in profiles(annotation))

    def _derive(self, n: int, found: Sequence[Profile]) -> None:
        """Keep the profiles of a document and their blocks; all that it gives is to be written."""
        context = records.dump(found[0].context) if found else None
        self.db.execute("UPDATE document SET twin = 0, stale = 1, context = ? WHERE n = ?", (context, n))
        rows = sorted(found, key=lambda p: p.key)
        numbers = []
        for p in rows:
            cursor = self.db.execute(
                "INSERT INTO profile (document, entity, own, likeness, data) VALUES (?, ?, ?, ?, ?)",
                (n, p.entity, p.iri, _likeness(p), records.dump_profile(p)),
            )
            numbers.append(cursor.lastrowid)
        self.db.executemany(
            "INSERT INTO block VALUES (?, ?)",
            ((key, number) for number, p in zip(numbers, rows, strict=True) for key in block_keys(p)),
        )
        self.db.executemany("INSERT INTO respelt VALUES (?, ?)", ((numbers[a], numbers[b]) for a, b in respelt(rows)))

    def _forget(self, n: int) -> None:
        """Drop what follows from a document, and note what has to be done again without it."""
        found = self.db.execute("SELECT n, component, likeness, data FROM profile WHERE document = ?", (n,)).fetchall()
        self.pend("component", {component for _, component, _, _ in found if component is not None})
        self.pend("likeness", {likeness.hex() for _, _, likeness, _ in found})
        context = self.context(n)
        for number, _, _, data in found:
            keys = block_keys(records.load_profile(context, data))
            self.pend("block", keys)
            self.db.executemany("DELETE FROM block WHERE key = ? AND profile = ?", ((key, number) for key in keys))
            self.db.execute("DELETE FROM edge WHERE a = ?1", (number,))
            self.db.execute("DELETE FROM edge WHERE b = ?1", (number,))
            self.db.execute("DELETE FROM respelt WHERE a = ?1 OR b = ?1", (number,))
        self.db.execute("DELETE FROM profile WHERE document = ?", (n,))
        self.db.execute("INSERT OR IGNORE INTO pending SELECT 'iri', iri FROM entity WHERE document = ?", (n,))
        self.db.execute("DELETE FROM entity WHERE document = ?", (n,))
        self.db.execute("DELETE FROM stance WHERE document = ?", (n,))
        self.db.execute("UPDATE document SET context = NULL, count = NULL WHERE n = ?", (n,))

    def context(self, n: int) -> Context:
        """Return what surrounds the profiles of a document."""
        identifier, context = self.db.execute("SELECT id, context FROM document WHERE n = ?", (n,)).fetchone()
        return records.load(Context, context) if context else Context(identifier)

    def _gone(self, identifier: str) -> None:
        self.pend("graph", (terms.document(self.base, identifier),))


def content_digest(document: Document) -> bytes:
    """Return 16 bytes that are equal for equal documents."""
    parts = (document.text, document.title, document.url, document.date, document.language)
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _likeness(profile: Profile) -> bytes:
    return blake2b(repr(likeness(profile)).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def chunks(values: Iterable[object], size: int = CHUNK) -> Iterator[list[object]]:
    """Yield values in lists that a SELECT can take.

    >>> list(chunks([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    rest = iter(values)
    while found := list(islice(rest, size)):
        yield found
