"""The folder of a graph: one process writes, what it makes lies beside until it is whole.

What is made takes its place in three steps: it is complete, with a note of its generation; the ledger is brought to
that generation; the names are moved. Whoever is killed between leaves enough for the next one to finish, or to begin
again.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kg.corpus.ledger import Ledger
from kg.errors import StoreError

LOCK = ".lock"
_PART = ".partial-"
_NOTE = "swap.json"


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for writing; it is made where there is none.

    Raises:
        StoreError: another process holds it, or it can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        lock.acquire(blocking=False)
    except Timeout:
        raise StoreError(
            f"{folder}: another kg is writing here: wait until it is done, or stop it; kg query works meanwhile"
        ) from None
    except OSError as error:
        raise StoreError(f"{folder}: can't be written ({error.strerror}): name another folder with -o") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """Give an empty folder inside `folder` for what is in the making; it is gone at the end.

    Raises:
        StoreError: it can't be made or written, as on a full disk.
    """
    try:
        part = Path(tempfile.mkdtemp(prefix=_PART, dir=folder))
    except OSError as error:
        raise StoreError(f"{folder}: can't be written ({error.strerror}): name another folder with -o") from error
    try:
        yield part
    except OSError as error:
        kept = "what was read is kept: mend that, and run the same command again"
        raise StoreError(f"{folder}: can't be written ({error.strerror or error}); {kept}") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def complete(part: Path, generation: int) -> None:
    """Note that a folder in the making is whole, and what it holds."""
    names = sorted(path.name for path in part.iterdir())
    (part / _NOTE).write_text(json.dumps({"generation": generation, "names": names}), encoding="ascii")


def generation(ledger: Ledger) -> int:
    """Return the generation of the graph to which the ledger belongs."""
    return int(ledger.meta("generation") or 0)


def replace_into(folder: Path, part: Path, names: Sequence[str]) -> None:
    """Move the files and folders `names` from a whole `part` into `folder`, in the place of what was there.

    A name that `part` lacks is removed from `folder`: it belongs to an earlier graph. Each changes at once, by rename;
    a reader who has the old store open keeps it.
    """
    attic = part / "replaced"
    attic.mkdir(exist_ok=True)
    for name in names:
        new, place = part / name, folder / name
        if place.is_dir() and not place.is_symlink():
            place.rename(attic / name)
        elif not new.exists():
            place.unlink(missing_ok=True)
        if new.exists():
            new.replace(place)


def recover(ledger: Ledger, folder: Path, names: Sequence[str]) -> None:
    """Finish what a killed build had begun to move, and drop what it had not finished to make."""
    for part in sorted(folder.glob(f"{_PART}*")):
        note = part / _NOTE
        told = json.loads(note.read_text(encoding="ascii")) if note.is_file() else {}
        if told.get("generation") == generation(ledger):
            moved = {name for name in told["names"] if not (part / name).exists()}
            replace_into(folder, part, [name for name in names if name not in moved])
        shutil.rmtree(part, ignore_errors=True)
