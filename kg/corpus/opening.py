"""How the ledger of a folder is opened: by the one who writes, by those who read beside, or in no folder at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from kg.corpus.ledger import NAME, Ledger
from kg.errors import StoreError, UsageError

FORMAT = "1"


@contextmanager
def opened(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of a folder for writing; it is made where there is none.

    Raises:
        StoreError: it can't be opened, or another version of kg made it.
    """
    path = folder / NAME
    try:
        with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as db:
            # With a log of its own those who read don't wait for the one who writes; who reads right now may forbid it.
            with suppress(sqlite3.OperationalError):
                db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA cache_size = -65536")
            ledger = Ledger(db)
            prepare(ledger)
            _check(ledger, path)
            ledger.base = ledger.meta("base") or ""
            yield ledger
            # One file again, which also a reader who may not write can open.
            with suppress(sqlite3.OperationalError):
                db.execute("PRAGMA optimize")
                db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


@contextmanager
def passing() -> Iterator[Ledger]:
    """Give an empty ledger that is in no folder, and gone at the end."""
    with closing(sqlite3.connect("", isolation_level=None)) as db:
        ledger = Ledger(db)
        prepare(ledger)
        yield ledger


def prepare(ledger: Ledger) -> None:
    """Make the tables of a new ledger."""
    if not ledger.count("sqlite_master"):
        with transaction(ledger):
            for statement in (Path(__file__).parent / "ledger.sql").read_text(encoding="utf-8").split(";\n"):
                ledger.db.execute(statement)
            ledger.note("format", FORMAT)


def required(folder: Path) -> Path:
    """Return the ledger's file of a folder.

    Raises:
        UsageError: there is none.
    """
    if not (folder / NAME).is_file():
        raise UsageError(f"no graph in {folder}: name a folder that kg build made")
    return folder / NAME


@contextmanager
def reading(folder: Path) -> Iterator[Ledger]:
    """Open the ledger of a folder for reading, also while a build writes.

    Raises:
        UsageError: there is none.
        StoreError: it can't be opened.
    """
    path = required(folder)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=60)) as db:
            ledger = Ledger(db)
            _check(ledger, path)
            ledger.base = ledger.meta("base") or ""
            yield ledger
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


@contextmanager
def transaction(ledger: Ledger) -> Iterator[None]:
    """All that is done within is done together, or not at all."""
    ledger.db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        ledger.db.execute("ROLLBACK")
        raise
    ledger.db.execute("COMMIT")


def _check(ledger: Ledger, path: Path) -> None:
    version = ledger.meta("format")
    if version != FORMAT:
        raise StoreError(
            f"{path}: made by another version of kg (format {version}, not {FORMAT}): build into a new folder"
        )


def _damaged(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    full = "full" in str(error)
    what = "free some space and run the same command again" if full else "if it is damaged, build into a new folder"
    return StoreError(f"{path}: {error}: {what}")
