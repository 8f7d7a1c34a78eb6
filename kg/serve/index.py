"""The explorer's index of a folder: made where it is missing or the graph has changed, then read.

It lies in the folder as `explorer.db`, or where that can't be written in a folder of its own that goes when the server
ends. A build takes it away with the graph that it belonged to.
"""

import json
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

from kg import __version__
from kg.corpus.build import SERVED, settings_of
from kg.corpus.deciding import planned
from kg.corpus.folder import beside, generation
from kg.corpus.ledger import Ledger
from kg.corpus.opening import reading, required
from kg.errors import StoreError
from kg.graph.corrections.file import NAME as CORRECTIONS
from kg.graph.corrections.file import load
from kg.serve.indexing import Step, make

NAME = SERVED
_FORMAT = 1

Started = Callable[[int], Step]


class Index:
    """The index of a folder, for all threads of a server; it follows the graph."""

    def __init__(self, folder: Path, started: Started | None = None) -> None:
        """Open the index of a folder, or make it; `started` is told of how many documents, and gives a step."""
        self.folder = folder
        self._started = started or _silent
        self._own: Path | None = None
        self._opened = threading.local()
        self._making = threading.Lock()
        self._mark = _mark(folder)
        self._path, self.key = self._current()

    def close(self) -> None:
        """Remove what lies in a folder of its own."""
        if self._own is not None:
            shutil.rmtree(self._own, ignore_errors=True)

    @property
    def db(self) -> sqlite3.Connection:
        """A connection of this thread, read-only."""
        if getattr(self._opened, "key", None) != self.key:
            if hasattr(self._opened, "db"):
                self._opened.db.close()
            if not self._path.is_file():  # a build has just taken it away
                self.follow(wait=True)
            self._opened.db = _open(self._path)
            self._opened.key = self.key
        found: sqlite3.Connection = self._opened.db
        return found

    def follow(self, *, wait: bool = False) -> None:
        """Make the index anew if the graph has changed; another thread that asks meanwhile gets the old one."""
        mark = _mark(self.folder)
        if (mark == self._mark and self._path.is_file()) or not self._making.acquire(blocking=wait):
            return
        try:
            self._path, self.key = self._current()
            self._mark = mark
        finally:
            self._making.release()

    def _current(self) -> tuple[Path, str]:
        """Return the file of an index that belongs to the graph, and its key; it is made if need be."""
        with reading(self.folder) as ledger:
            key = fingerprint(ledger)
            for path in (self.folder / NAME, *((self._own / NAME,) if self._own else ())):
                if _key(path) == key:
                    return path, key
            return self._made(ledger, key), key

    def _made(self, ledger: Ledger, key: str) -> Path:
        """Make the index in the folder, or where that can't be written in one of its own."""
        try:
            with beside(self.folder) as part:
                self._make(ledger, part / NAME, key)
                return (part / NAME).replace(self.folder / NAME)
        except (StoreError, OSError):
            self._own = self._own or Path(tempfile.mkdtemp(prefix="kg-explorer-"))
            new = self._own / f"{NAME}.new"
            new.unlink(missing_ok=True)
            self._make(ledger, new, key)
            return new.replace(self._own / NAME)

    def _make(self, ledger: Ledger, path: Path, key: str) -> None:
        file = self.folder / CORRECTIONS
        decided = planned(ledger, settings_of(ledger), load(file), file)
        try:
            make(decided.annotations(), path, key, self._started(ledger.count("document", "NOT twin")))
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{path}: the explorer's index can't be made: {error}") from error


@contextmanager
def opened(folder: Path, started: Started | None = None) -> Iterator[Index]:
    """Give the index of a folder; it is made if need be."""
    index = Index(folder, started)
    try:
        yield index
    finally:
        index.close()


def fingerprint(ledger: Ledger) -> str:
    """Return what is equal for equal graphs: documents, what read and decided them, what makes the index."""
    digest = blake2b(digest_size=12)
    for key in ("made", "settings", "plan"):
        digest.update(json.dumps(ledger.meta(key)).encode())
    digest.update(f"{_FORMAT} {__version__} {generation(ledger)}".encode())
    for identifier, words, stale in ledger.db.execute(
        "SELECT id, words, stale FROM document WHERE NOT twin ORDER BY id"
    ):
        digest.update(f"{identifier}\x1f{stale}".encode("utf-8", "surrogatepass") + words)
    return digest.hexdigest()


def _mark(folder: Path) -> tuple[int, ...]:
    """Return what changes, as cheap to see, whenever a build has changed the graph."""
    status = required(folder).stat()
    store = folder / "store"
    return status.st_ino, status.st_mtime_ns, status.st_size, store.stat().st_ino if store.exists() else 0


def _key(path: Path) -> str | None:
    if not path.is_file():
        return None
    try:
        with closing(_open(path)) as db:
            row = db.execute("SELECT value FROM meta WHERE key = 'key'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if row is None else str(row[0])


def _open(path: Path) -> sqlite3.Connection:
    # immutable: it is never changed in place, and lies in folders that can't be written.
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.execute("PRAGMA cache_size = -32768")
    db.execute("PRAGMA mmap_size = 268435456")
    return db


def _silent(_: int) -> Step:
    return lambda _: None
