"""Tables: one document a row, in CSV (comma, semicolon, tab or bar) and Parquet, with named columns.

kg.read.columns says which columns are read; others are skipped. A row without an id gets that of its file with its
number, the first below the names of the columns being 1: "news-1".
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from io import BytesIO
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError, NoTextError, Unit
from kg.read.base import MAX_BYTES, NO_COLUMNS, Entry, entry, extra
from kg.read.columns import resolve

if TYPE_CHECKING:
    import pyarrow as pa

DELIMITERS = (",", ";", "\t", "|")
BATCH = 64
_ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that were no UTF-8
_NOT_UTF8 = "not UTF-8: convert the file with iconv -f cp1252 -t utf-8"


class _LongLineError(Exception):
    """A line is longer than the bound."""


@dataclass(frozen=True, slots=True)
class _Table:
    """How a table is written: what stands between cells, the names of its columns, and where the fields are."""

    delimiter: str
    header: list[str]
    places: dict[str, int]


def read_csv(
    file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Entry | InputError]:
    """Yield the documents of the rows; a row that holds none is an InputError in its place.

    The delimiter is the one that parts the names of the columns so that one of them holds the text.
    """
    # The limit is one for the whole process. It only grows, and lines are bounded here.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    try:
        head = _line(file)
        if head.startswith(("\udcff\udcfe", "\udcfe\udcff")):
            raise ValueError("the table is in UTF-16: convert it with iconv -f utf-16 -t utf-8")
        if not head.strip():
            raise ValueError("the file is empty, or its first line is")
        table = _table(head.removeprefix("\ufeff"), columns)
    except _LongLineError:
        yield InputError(f"the line is longer than {MAX_BYTES >> 20} MiB", source=source, line=1)
    except LookupError as error:
        yield NoTextError(str(error), source=source, line=1)
    except (ValueError, csv.Error) as error:
        yield InputError(str(error), source=source, line=1)
    else:
        yield from _rows(file, table, source=source, stem=stem)


def read_parquet(
    file: BinaryIO, *, source: str, stem: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Entry | InputError]:
    """Yield the documents of the rows, a batch at a time, of the columns that are read."""
    if not file.seekable():
        yield InputError("Parquet can't be read as a stream: unpack it, it is compressed in itself", source=source)
        return
    try:
        extra("pyarrow", source=source)
    except InputError as error:
        yield error
        return
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(file, buffer_size=2**20, pre_buffer=False)
        names = table.schema_arrow.names
    except (pa.ArrowException, OSError) as error:
        yield InputError(f"not a whole Parquet file: {_first_line(error)}", source=source)
        return
    try:
        read = {field: names[at] for field, at in resolve(names, columns).items()}
    except (LookupError, ValueError) as error:
        wrong = NoTextError if isinstance(error, LookupError) else InputError
        yield wrong(str(error), source=source)
        return
    number = 0
    try:
        for batch in table.iter_batches(BATCH, columns=list(read.values()), use_threads=False):
            for fields in _batch(batch, read):
                number += 1
                yield _entry(fields, f"{stem}-{number}", source=source, line=number, unit="row")
    except (pa.ArrowException, OSError) as error:
        yield InputError(f"damaged: {_first_line(error)}", source=source, line=number + 1, unit="row")
        return
    if not number:
        yield InputError("the table has no rows", source=source)


def row_groups(path: Path) -> list[int]:
    """Return how many rows each row group of a Parquet file has; none where that can't be read."""
    if find_spec("pyarrow") is None:
        return []
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        return []
    return [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]


def row_group(path: Path, group: int) -> BinaryIO:
    """Return a Parquet file that has one row group of another."""
    import pyarrow.parquet as pq

    alone = BytesIO()
    with pq.ParquetFile(path) as file:
        pq.write_table(file.read_row_group(group), alone, compression="none")
    alone.seek(0)
    return alone


def _rows(file: BinaryIO, table: "_Table", *, source: str, stem: str) -> Iterator[Entry | InputError]:
    """Yield the rows below the names of the columns; what is wrong with one does not touch the others."""
    rows = csv.reader(_lines(file), delimiter=table.delimiter, strict=True)
    number = 0
    while True:
        line = rows.line_num + 2
        try:
            row = next(rows)
        except StopIteration:
            break
        except _LongLineError:
            yield InputError(f"a line is longer than {MAX_BYTES >> 20} MiB", source=source, line=line)
            return
        except csv.Error as error:
            number += 1
            yield InputError(f"a row that is not CSV: {error}", source=source, line=line)
            continue
        if not row:
            continue
        number += 1
        if len(row) != len(table.header):
            message = f"the row has {len(row)} cells, but there are {len(table.header)} columns"
            yield InputError(message, source=source, line=line)
        else:
            fields: dict[str, object] = {field: row[at] for field, at in table.places.items()}
            yield _entry(fields, f"{stem}-{number}", source=source, line=line, unit="line")
    if not number:
        yield InputError("the table has no rows", source=source)


def _entry(fields: dict[str, object], name: str, *, source: str, line: int, unit: Unit) -> Entry | InputError:
    if fields.get("id") in (None, ""):
        fields["id"] = name
    if any(isinstance(value, str) and _ESCAPED.search(value) for value in fields.values()):
        return InputError(_NOT_UTF8, source=source, line=line, unit=unit)
    return entry(fields, source=source, line=line, unit=unit)


def _table(head: str, columns: Mapping[str, str]) -> _Table:
    """How the first line parts into columns, and which of them are read.

    >>> _table("id;text;date", {}).delimiter
    ';'

    Raises:
        LookupError: no delimiter gives a column with the text.
        ValueError: the columns are ambiguous.
    """
    headers = [(mark, next(csv.reader([head], delimiter=mark, strict=True), [])) for mark in DELIMITERS]
    headers.sort(key=lambda item: -len(item[1]))
    fault = None
    for delimiter, header in headers:
        try:
            return _Table(delimiter, header, resolve(header, columns))
        except (LookupError, ValueError) as error:
            fault = fault or error
    raise fault or LookupError("no columns")


def _lines(file: BinaryIO) -> Iterator[str]:
    while line := _line(file):
        yield line


def _line(file: BinaryIO) -> str:
    raw = file.readline(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _LongLineError
    return raw.decode("utf-8", "surrogateescape")


def _batch(batch: "pa.RecordBatch", read: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for at in range(batch.num_rows):
        yield {field: _value(batch.column(name)[at]) for field, name in read.items()}


def _value(cell: "pa.Scalar") -> object:
    """The value of a cell as `entry` takes it: text for bytes and dates, nothing for what is missing."""
    try:
        value = cell.as_py()
    except UnicodeDecodeError:
        value = cell.as_buffer().to_pybytes()
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and isnan(value) else value


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
