"""What the inputs of a build hold: documents to read, and annotations that `kg annotate` wrote, in their order."""

import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, TextIO

from kg.errors import InputError, KgError, place
from kg.model import Annotation, Document
from kg.read.unpack import packing, unpacked
from kg.serial import from_json

STDIN = "standard input"


Given = str | Path | Document | Annotation | KgError


def items(
    inputs: Iterable[Given], *, date: str | None = None, columns: Mapping[str, str] | None = None
) -> Iterator[Document | Annotation | KgError]:
    """Yield what the inputs hold, and in its place an error for what can't be read.

    An input is what `kg annotate` reads (files, folders, globs, "-"), a file that it wrote, or a document or annotation
    itself. `date` is the publication date of documents without one, `columns` says which columns of tables hold what.
    """
    from kg.read import read

    for kind, group in groupby(inputs, _kind):
        if kind == "record":
            yield from (item for item in group if not isinstance(item, str | Path))
            continue
        names = [item for item in group if isinstance(item, str | Path)]
        if kind == "annotations":
            for given in names:
                yield from _lines(given)
        else:
            # Of two documents with one text the one with the smaller id is kept, whatever comes first.
            yield from read(names, date=date, columns=columns or {}, duplicates="keep")


def _kind(given: Given) -> str:
    if not isinstance(given, str | Path):
        return "record"
    return "annotations" if is_annotated(given) else "documents"


def _lines(given: str | Path) -> Iterator[Annotation | KgError]:
    """Yield the annotations of a file that `kg annotate` wrote."""
    with opened(given) as file:
        yield from (item for _, item in annotations(file, STDIN if str(given) == "-" else str(given)))


def annotations(lines: Iterable[bytes], name: str, first: int = 1) -> Iterator[tuple[str, Annotation | InputError]]:
    """Yield where each annotation of `lines` stands, and the annotation, or what is wrong with it.

    `name` is that of their file, `first` the number of the first line.
    """
    try:
        for number, line in enumerate(lines, start=first):
            if line.strip():
                try:
                    yield place(name, number), from_json(line, source=name, number=number)
                except InputError as error:
                    yield place(name, number), error
    except InputError as error:
        # A broken archive: what stood before it was read.
        yield name, error


def is_annotated(given: str | Path) -> bool:
    """Return whether the first line of a JSON lines input is an annotation, not a bare document."""
    if str(given) == "-":
        head = sys.stdin.buffer.readline()
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_Rest(head, sys.stdin)), encoding="utf-8")
        return _has_triples(head)
    name = str(given).lower()
    if not name.removesuffix(packing(name)).endswith(".jsonl") or not Path(given).is_file():
        return False
    try:
        with opened(given) as file:
            return _has_triples(next((line for line in file if line.strip()), b""))
    except (OSError, InputError):
        return False


def _has_triples(line: bytes) -> bool:
    try:
        item = json.loads(line)
    except ValueError:
        return False
    return isinstance(item, dict) and {"mentions", "triples"} <= item.keys()


@contextmanager
def opened(given: str | Path) -> Iterator[BinaryIO]:
    """Give what a file holds, unpacked, or standard input for "-"."""
    if str(given) == "-":
        yield sys.stdin.buffer
        return
    with Path(given).open("rb") as file:
        yield unpacked(file, packing(str(given)), source=str(given))


class _Rest(io.RawIOBase):
    """A stream of which the first line was read already."""

    def __init__(self, head: bytes, stream: TextIO) -> None:
        self._head = head
        # The stream is kept, not only its buffer, which it would close when it goes.
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._stream.buffer.read(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)
