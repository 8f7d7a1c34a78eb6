"""The tables of kg.export.csv as Parquet, with types; needs pyarrow (`pip install 'kg-actors-places[tables]'`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from kg.errors import ExportError
from kg.export.csv import beside, contents
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.spool import write_file
from kg.graph.tables import Cell, Record, Table, missing

GROUP = 20_000  # rows that are in memory at once, and one row group


@dataclass(frozen=True, slots=True)
class ParquetExporter:
    """Writes NAME-documents.parquet, NAME-entities.parquet, NAME-statements.parquet and NAME-mentions.parquet."""

    suffix: str = ".parquet"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the files beside each other; `path` gives the beginning of their names.

        Raises:
            ExportError: a file can't be written.
            UsageError: pyarrow is not installed.
        """
        return tuple(_save(beside(path, table, self.suffix), table, records) for table, records in contents(graph))


EXPORTER = ParquetExporter()


def _save(path: Path, table: Table, records: Iterable[Record]) -> Path:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise missing("pyarrow") from error
    kinds = {"string": pyarrow.string(), "int": pyarrow.int64(), "float": pyarrow.float64(), "bool": pyarrow.bool_()}
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in table.columns.items()])

    def fill(file: BinaryIO) -> None:
        with ParquetWriter(file, schema, compression="zstd") as writer:
            for rows in _groups(map(table.row, records)):
                cells = [pyarrow.array(list(column)) for column in zip(*rows, strict=True)]
                columns = [column.cast(field.type) for column, field in zip(cells, schema, strict=True)]
                writer.write_batch(pyarrow.record_batch(columns, schema=schema))

    try:
        write_file(path, fill)
    except OSError as error:
        raise ExportError(f"{path}: can't be written: {error.strerror or error}") from error
    return path


def _groups(rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    waiting = iter(rows)
    while group := list(islice(waiting, GROUP)):
        yield group
