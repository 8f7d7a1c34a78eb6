"""What was loaded from a folder into an external store, remembered beside the folder's data.

    DIR/loads/<hash of the store's address>.jsonl

A line is written as each graph is done, and before: a graph that is begun is in the journal before its first triple is
in the store, so that whatever a load put there is known, also after a kill. The last line of a graph counts; a line
that was torn by a kill is as good as none. When a load ends, the file is written anew with one line a graph.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import gethostname
from typing import TextIO

from kg.errors import StoreError

FOLDER = "loads"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Held:
    """A graph in a store: the hash of what was put there and how many triples the store counted then.

    `digest` is None where it was begun and not done.
    """

    digest: str | None
    count: int = 0


class Journal:
    """The graphs that were loaded from one place into one store; open it with `opened`."""

    def __init__(self, held: dict[str, Held], file: TextIO, staging: str) -> None:
        """Go on from what is held and write to `file`; `staging` is a graph in the store for this journal alone."""
        self.held = held
        self.staging = staging
        self._file = file

    def begin(self, graphs: Iterable[str]) -> None:
        """Write down that these graphs may be in the store from now on, wholly or in part."""
        for graph in graphs:
            if graph not in self.held:
                self.held[graph] = Held(None)
                self._file.write(_line(graph, self.held[graph]))
        self._flush(durable=True)

    def done(self, graph: str, digest: str, count: int) -> None:
        """Write down that a graph is in the store."""
        self.held[graph] = Held(digest, count)
        self._file.write(_line(graph, self.held[graph]))
        self._flush()

    def gone(self, graph: str) -> None:
        """Write down that a graph is no longer in the store."""
        self.held.pop(graph, None)
        self._file.write(_line(graph, None))
        self._flush()

    def _flush(self, *, durable: bool = False) -> None:
        self._file.flush()
        if durable:
            os.fsync(self._file.fileno())


def path(source: Path, url: str) -> Path:
    """Return where it is remembered what was loaded from a folder, or an RDF file, into the store at `url`.

    >>> path(Path("out"), "http://localhost:7878/query").as_posix()
    'out/loads/28f48c1283f9be1a.jsonl'
    """
    folder, name = (source.parent, source.name) if source.is_file() else (source, "")
    key = hashlib.sha256(f"{url} {name}".encode()).hexdigest()[:16]
    return folder / FOLDER / f"{key}.jsonl"


def read(file: Path) -> dict[str, Held]:
    """Return what a journal says is held; nothing if there is no file."""
    held: dict[str, Held] = {}
    for entry in _entries(file):
        graph, digest, count = entry.get("graph"), entry.get("digest"), entry.get("count", 0)
        if not isinstance(graph, str):
            continue
        if entry.get("gone"):
            held.pop(graph, None)
        elif (digest is None or isinstance(digest, str)) and isinstance(count, int):
            held[graph] = Held(digest, count)
    return held


@contextmanager
def opened(file: Path, url: str) -> Iterator[Journal]:
    """Give the journal in `file`, for one load at a time.

    Raises:
        StoreError: another load writes to it, or it can't be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(file.with_suffix(".lock"), timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise StoreError(f"{file}: another kg load from here into {url} is running; wait for it") from None
    except OSError as error:
        why = error.strerror or error
        raise StoreError(f"{file}: can't be written ({why}); name a place for it with --journal") from error
    try:
        held = read(file)
        _write(file, url, held)
        with file.open("a", encoding="utf-8") as lines:
            yield Journal(held, lines, _staging(file))
        _write(file, url, held)
    finally:
        lock.release()


def _staging(file: Path) -> str:
    """Return a name that no load from elsewhere has, and that the next load from here has again."""
    return f"urn:kg:staging:{hashlib.sha256(f'{gethostname()} {file.resolve()}'.encode()).hexdigest()[:32]}"


def _entries(file: Path) -> Iterator[dict[str, object]]:
    if not file.is_file():
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                entry = json.loads(line)
            except ValueError:
                continue
            if isinstance(entry, dict):
                yield entry


def _write(file: Path, url: str, held: dict[str, Held]) -> None:
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as lines:
        lines.write(json.dumps({"format": FORMAT, "store": url}) + "\n")
        lines.writelines(_line(graph, held[graph]) for graph in sorted(held))
        lines.flush()
        os.fsync(lines.fileno())
    part.replace(file)


def _line(graph: str, held: Held | None) -> str:
    if held is None:
        return json.dumps({"graph": graph, "gone": True}) + "\n"
    return json.dumps({"graph": graph, "digest": held.digest, "count": held.count}) + "\n"
