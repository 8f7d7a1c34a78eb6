"""The explorer's index of a folder: made where it is missing or the graph has changed, then read.

It lies in the folder as `explorer.db`, or where that can't be written in a folder of its own that goes when the server
ends. A build takes it away with the graph that it belonged to.
"""

import json
import shutil
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import cache
from hashlib import blake2b
from pathlib import Path
from queue import SimpleQueue

from kg.corpus.build import SERVED, current
from kg.corpus.folder import beside, generation
from kg.corpus.ledger import Ledger
from kg.corpus.opening import reading, required
from kg.errors import StoreError
from kg.graph.corrections.file import NAME as CORRECTIONS
from kg.serve.indexing import Step, make
from kg.view.content import Json

NAME = SERVED

Watch = Callable[[int], AbstractContextManager[Step]]
_CONNECTIONS = 4  # Python runs one thread at a time: more would only hold memory


class _Opened:
    """An index that is open; it stays so when a build takes the file away."""

    def __init__(self, path: Path, key: str) -> None:
        self.key = key
        self.free: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        for _ in range(_CONNECTIONS):
            self.free.put(_open(path))


class Index:
    """The index of a folder, for all threads of a server; it follows the graph."""

    def __init__(self, folder: Path, watch: Watch | None = None) -> None:
        """Open the index of a folder, or make it; `watch` is told of how many documents, and gives a step."""
        self.folder = folder
        self._watch = watch or (lambda _: nullcontext(_nothing))
        self._own: Path | None = None
        self._making = threading.Lock()
        self.kept: dict[str, Json] = {}  # what was made of the graph with a key, and is asked for again
        self._mark = _mark(folder)
        self._opened = self._current()

    @property
    def key(self) -> str:
        """What tells the graph from others."""
        return self._opened.key

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read from, for this thread alone while it has it."""
        opened = self._opened
        db = opened.free.get()
        try:
            yield db
        finally:
            opened.free.put(db)

    def follow(self) -> None:
        """Make the index anew in the background if the graph has changed; until it is there the old one answers."""
        if _mark(self.folder) != self._mark and not self._making.locked():
            threading.Thread(target=self.catch_up, name="index", daemon=True).start()

    def catch_up(self) -> None:
        """Make the index anew if the graph has changed."""
        with self._making:
            mark = _mark(self.folder)
            if mark != self._mark:
                self._opened = self._current()
                self._mark = mark

    def _current(self) -> _Opened:
        """Open an index that belongs to the graph; it is made if need be."""
        with reading(self.folder) as ledger:
            key = fingerprint(ledger)
            for path in (self.folder / NAME, *((self._own / NAME,) if self._own else ())):
                if _key(path) == key:
                    return _Opened(path, key)
            return _Opened(self._made(ledger, key), key)

    def _made(self, ledger: Ledger, key: str) -> Path:
        """Make the index in the folder, or where that can't be written in one of its own, gone at the end."""
        try:
            with beside(self.folder) as part:
                self._make(ledger, part / NAME, key)
                return (part / NAME).replace(self.folder / NAME)
        except (StoreError, OSError):
            if self._own is None:
                self._own = Path(tempfile.mkdtemp(prefix="kg-explorer-"))
                weakref.finalize(self, shutil.rmtree, self._own, ignore_errors=True)
            new = self._own / f"{NAME}.new"
            new.unlink(missing_ok=True)
            self._make(ledger, new, key)
            return new.replace(self._own / NAME)

    def _make(self, ledger: Ledger, path: Path, key: str) -> None:
        decided = current(ledger, self.folder / CORRECTIONS)
        try:
            with self._watch(ledger.count("document", "NOT twin")) as step:
                make(decided.annotations(), path, key, decided.final.settings, step)
        except sqlite3.DatabaseError as error:
            raise StoreError(f"{path}: the explorer's index can't be made: {error}") from error


def fingerprint(ledger: Ledger) -> str:
    """Return what is equal for equal graphs: documents, what read and decided them, what makes the index."""
    digest = blake2b(digest_size=12)
    for key in ("made", "settings", "plan"):
        digest.update(json.dumps(ledger.meta(key)).encode())
    digest.update(f"{_makers()} {generation(ledger)}".encode())
    for identifier, words, stale in ledger.db.execute(
        "SELECT id, words, stale FROM document WHERE NOT twin ORDER BY id"
    ):
        digest.update(f"{identifier}\x1f{stale}".encode("utf-8", "surrogatepass") + words)
    return digest.hexdigest()


@cache
def _makers() -> str:
    """Return what is equal for equal code that makes an index."""
    own = Path(__file__).parent
    view = own.parent / "view"
    files = [own / name for name in ("index.sql", "indexing.py", "records.py", "names.py")]
    files += [view / name for name in ("arrows.py", "circumstances.py", "claims.py", "content.py", "drawing.py")]
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=12).hexdigest()


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
    db.execute("PRAGMA cache_size = -16384")
    db.execute("PRAGMA mmap_size = 268435456")
    return db


def _nothing(_: object) -> None:
    """Do nothing."""
