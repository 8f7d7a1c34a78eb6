"""Pieces of a large file, written as they come and read back in another order."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO


class Spool:
    """A file of named pieces: a million documents pass through it without staying in memory."""

    def __init__(self, path: Path) -> None:
        """Open a new file at `path`; close() removes it."""
        self._path = path
        self._file = path.open("w+b")
        self._places: dict[str, tuple[int, int]] = {}

    def close(self) -> None:
        """Close and remove the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def add(self, key: str, piece: str) -> None:
        """Keep `piece` under `key`; a key is used once."""
        data = piece.encode()
        self._places[key] = (self._file.tell(), len(data))
        self._file.write(data)

    def copy(self, out: BinaryIO) -> None:
        """Write all pieces to `out` in the order of their keys."""
        for key in sorted(self._places):
            start, length = self._places[key]
            self._file.seek(start)
            out.write(self._file.read(length))
        self._file.seek(0, os.SEEK_END)


def write_file(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file beside `path` and put it in its place when it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            write(file)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
