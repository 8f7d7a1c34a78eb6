"""What there is to read, cut into parts of about one size: a part is what one task reads, annotates and writes.

A large file of JSON lines is cut at bytes, a Parquet file between its row groups, every other file is read whole; small
files go together. The order of the parts, and of what is in them, is that of the inputs.
"""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, cast

from kg.corpus.inputs import annotations, is_annotated, opened
from kg.errors import InputError, NoTextError, UsageError, place
from kg.model import Annotation, Document
from kg.read import inputs
from kg.read.base import Entry
from kg.read.table import row_group, row_groups

# A part has so many bytes, or fewer where there would be less than four for each core.
MOST, LEAST = 32 * 2**20, 64 * 2**10
EACH = 4
# So many small files go together.
FILES = 1000
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or a stretch of one: bytes `start` to `end` of JSON lines, row groups of Parquet.

    `named`: the argument is this file. `end` is None for a whole file.
    `before` counts the lines (rows) of the file that end before the stretch.
    """

    path: str
    name: str
    stem: str
    annotated: bool = False
    named: bool = False
    start: int = 0
    end: int | None = None
    before: int = 0


Part = tuple[Piece, ...]
Found = tuple[str, Document | Annotation | InputError]


def pieces(arguments: Sequence[str | Path], size: int) -> Iterator[Piece | InputError]:
    """Yield the files of the arguments, large ones in stretches of about `size` bytes whose `before` is not yet known.

    Raises:
        UsageError: one is standard input, which no other machine can read.
    """
    for argument in arguments:
        if str(argument) == "-":
            raise UsageError("standard input can't be read on many machines: name files or folders")
        annotated = is_annotated(argument)
        for source in inputs.sources(argument):
            if isinstance(source, InputError):
                yield source
            else:
                whole = Piece(
                    str(source.path.absolute()), source.name, source.stem, annotated, Path(argument).is_file()
                )
                yield from _cut(whole, size)


def total(found: Iterable[Piece]) -> int:
    """Return the bytes of whole files."""
    return sum(Path(piece.path).stat().st_size for piece in found)


def size_of_parts(total_bytes: int, cores: int, partitions: int | None = None) -> int:
    """Return the bytes that a part should have.

    >>> size_of_parts(8 * 2**20, 2) == 2**20, size_of_parts(10**12, 100) == MOST, size_of_parts(1000, 2, 4)
    (True, True, 250)
    """
    if partitions is not None:
        return max(1, -(-total_bytes // partitions))
    return min(MOST, max(LEAST, -(-total_bytes // (EACH * cores))))


def parts(found: Iterable[Piece], size: int) -> list[Part]:
    """Return pieces as parts of about `size` bytes, in their order."""
    result: list[Part] = []
    here: list[Piece] = []
    held = 0
    for piece in found:
        length = weight(piece)
        if here and (held + length > size or len(here) >= FILES):
            result.append(tuple(here))
            here, held = [], 0
        here.append(piece)
        held += length
    return [*result, tuple(here)] if here else result


def weight(piece: Piece) -> int:
    """Return the bytes of a piece; a row group counts by its share of the file."""
    length = Path(piece.path).stat().st_size
    if piece.end is None:
        return length
    return piece.end - piece.start if not _is_table(piece) else length // max(1, len(row_groups(Path(piece.path))))


def line_ends(piece: Piece) -> int:
    """Return how many line ends a stretch of JSON lines has: by them the lines behind it are numbered."""
    if piece.end is None or _is_table(piece):
        return 0
    with Path(piece.path).open("rb") as file:
        file.seek(piece.start)
        lengths = range(piece.start, piece.end, _CHUNK)
        return sum(file.read(min(_CHUNK, piece.end - at)).count(b"\n") for at in lengths)


def numbered(found: Sequence[Piece], ends: Sequence[int]) -> list[Piece]:
    """Return the pieces with the number of the lines before them, from the line ends of each."""
    result = []
    before = 0
    for piece, count in zip(found, ends, strict=True):
        before = before if piece.start else 0
        result.append(piece if piece.end is None or _is_table(piece) else replace(piece, before=before))
        before += count
    return result


def read(piece: Piece, date: str | None, columns: Mapping[str, str]) -> Iterator[Found]:
    """Yield where each document of a piece stands, and the document, its annotation, or what is wrong with it.

    Of a folder tables that hold other data than documents are passed over.
    """
    if piece.annotated:
        yield from _annotations(piece)
        return
    for item in inputs.screened(piece.name, _entries(piece, columns), date):
        if isinstance(item, Entry):
            yield place(piece.name, item.line, item.unit), item.document
        elif piece.named or not isinstance(item, NoTextError):
            yield piece.name, item


def _cut(whole: Piece, size: int) -> Iterator[Piece]:
    path = Path(whole.path)
    length = path.stat().st_size
    if length <= size or not path.name.endswith((".jsonl", ".parquet")):
        yield whole
    elif _is_table(whole):
        counts = row_groups(Path(whole.path))
        if len(counts) < 2:
            yield whole
            return
        before = accumulate(counts, initial=0)
        for group, rows in zip(range(len(counts)), before, strict=False):
            yield replace(whole, start=group, end=group + 1, before=rows)
    else:
        for start in range(0, length, size):
            yield replace(whole, start=start, end=min(length, start + size))


def _entries(piece: Piece, columns: Mapping[str, str]) -> Iterator[Entry | InputError]:
    if piece.end is None:
        yield from inputs.entries(inputs.Source(Path(piece.path), piece.name, piece.stem), columns)
    elif _is_table(piece):
        yield from _table(piece, columns)
    else:
        with _window(piece, padded=True) as file:
            for item in inputs.reader_of("jsonl", columns)(cast("BinaryIO", file), source=piece.name, stem=piece.stem):
                # A stretch without a line is no empty file.
                if not (isinstance(item, InputError) and item.line is None):
                    yield item


def _annotations(piece: Piece) -> Iterator[Found]:
    if piece.end is None:
        with opened(piece.path) as file:
            yield from annotations(file, piece.name)
        return
    with _window(piece, padded=False) as window:
        yield from annotations(window, piece.name, 1 + window.before)


class _Window(io.BufferedIOBase):
    """The lines of a file that begin in a stretch of it, behind as many empty ones as there are lines before.

    So a reader that counts lines gives each its number in the whole file.
    """

    def __init__(self, piece: Piece, *, padded: bool) -> None:
        self._file = Path(piece.path).open("rb")  # noqa: SIM115 - closed by close()
        end = piece.end or 0
        self._file.seek(end - 1)
        self._file.readline()
        self._stop = self._file.tell()
        self.before = piece.before
        if piece.start:
            self._file.seek(piece.start - 1)
            self.before += self._file.readline() != b"\n"
        else:
            self._file.seek(0)
        self._padding = self.before if padded else 0

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> bytes:
        if self._padding:
            self._padding -= 1
            return b"\n"
        left = max(0, self._stop - self._file.tell())
        return self._file.readline(left if size is None or size < 0 else min(size, left))

    def close(self) -> None:
        self._file.close()
        super().close()


def _window(piece: Piece, *, padded: bool) -> "_Window":
    return _Window(piece, padded=padded)


def _is_table(piece: Piece) -> bool:
    return piece.path.endswith(".parquet")


def _table(piece: Piece, columns: Mapping[str, str]) -> Iterator[Entry | InputError]:
    """Yield the documents of a row group: the reader of the format is given a table of this group alone."""
    table = row_group(Path(piece.path), piece.start)
    unnamed = "\x1f"  # no id begins so; rows without one are numbered in the whole file
    for item in inputs.reader_of("parquet", columns)(table, source=piece.name, stem=unnamed):
        if isinstance(item, InputError):
            yield _shifted(item, piece)
            continue
        line = None if item.line is None else item.line + piece.before
        number = item.document.id.removeprefix(f"{unnamed}-")
        if number == item.document.id:
            yield replace(item, line=line)
        else:
            name = f"{piece.stem}-{int(number) + piece.before}"
            yield replace(item, line=line, document=replace(item.document, id=name))


def _shifted(error: InputError, piece: Piece) -> InputError:
    """Return an error with the number that its row has in the whole file."""
    if error.line is None:
        return error
    message = str(error).removeprefix(f"{error.where}: ")
    return InputError(message, source=error.source, line=error.line + piece.before, unit="row")
