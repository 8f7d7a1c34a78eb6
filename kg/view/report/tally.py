"""Counts of many things in little memory: SQLite holds them, and writes to a file of its own what is too much."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import groupby

Type = tuple[str, tuple[str, ...]]


class Tally:
    """Counts by what is counted and its key, some of them by a detail of it too (the names of an entity)."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Count in an empty database."""
        self._db = db
        db.execute(
            "CREATE TABLE tally (what TEXT, key TEXT, detail TEXT, n INTEGER, PRIMARY KEY (what, key, detail))"
            " WITHOUT ROWID"
        )

    def add(self, what: str, counts: "Counter[str] | Counter[tuple[str, str]]") -> None:
        """Add counts, by key or by key and detail."""
        self._db.executemany(
            "INSERT INTO tally VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n",
            ((what, *((key, "") if isinstance(key, str) else key), n) for key, n in counts.items()),
        )

    def total(self, what: str) -> int:
        """Return all counts of a kind together."""
        return int(self._db.execute("SELECT TOTAL(n) FROM tally WHERE what = ?", (what,)).fetchone()[0])

    def keys(self, what: str) -> int:
        """Return how many keys a kind has."""
        row = self._db.execute("SELECT COUNT(DISTINCT key) FROM tally WHERE what = ?", (what,)).fetchone()
        return int(row[0])

    def most(self, what: str, least: int) -> list[tuple[str, int]]:
        """Return the keys that count most, so many of them, equals by key."""
        return self._db.execute(
            "SELECT key, SUM(n) AS n FROM tally WHERE what = ? GROUP BY key ORDER BY n DESC, key LIMIT ?",
            (what, least),
        ).fetchall()

    def ordered(self, what: str) -> list[tuple[str, int]]:
        """Return all keys with their counts, by key."""
        return self._db.execute(
            "SELECT key, SUM(n) FROM tally WHERE what = ? GROUP BY key ORDER BY key", (what,)
        ).fetchall()

    def of(self, what: str, key: str) -> Counter[str]:
        """Return the counts of a key by their details."""
        return Counter(dict(self._db.execute("SELECT detail, n FROM tally WHERE what = ? AND key = ?", (what, key))))

    def details(self, what: str) -> Iterator[tuple[str, Counter[str]]]:
        """Yield all keys of a kind with their counts by detail, by key."""
        rows = self._db.execute("SELECT key, detail, n FROM tally WHERE what = ? ORDER BY key", (what,))
        for key, group in groupby(rows, lambda row: row[0]):
            yield key, Counter({detail: n for _, detail, n in group})


@contextmanager
def tally() -> Iterator[Tally]:
    """Give an empty tally, which is gone at the end."""
    with closing(sqlite3.connect("", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        yield Tally(db)
