"""Tables as CSV: documents, entities, statements with their sentences, mentions; columns stand in kg.graph.tables.

Cells are the graph's own words. A spreadsheet may take one that begins with "=" for a formula: import the columns as
text.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.export.base import save
from kg.graph import tables
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.tables import Record, Table

PIECE = 1 << 16  # bytes that are written at once


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Writes NAME-documents.csv, NAME-entities.csv, NAME-statements.csv and NAME-mentions.csv."""

    suffix: str = ".csv"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the files beside each other; `path` gives the beginning of their names."""
        return tuple(
            save(beside(path, table, self.suffix), _rows(table, records)) for table, records in contents(graph)
        )


EXPORTER = CsvExporter()


def contents(graph: KnowledgeGraph) -> Iterator[tuple[Table, Iterable[Record]]]:
    """Yield the tables of a graph with their records."""
    yield tables.DOCUMENTS, graph.documents()
    yield tables.ENTITIES, graph.entities()
    yield tables.STATEMENTS, graph.statements()
    yield tables.MENTIONS, graph.mentions()


def beside(path: Path, table: Table, suffix: str) -> Path:
    """Return where a table goes: out/graph.csv → out/graph-entities.csv."""
    stem = path.with_suffix("") if path.suffix == suffix else path
    return stem.with_name(f"{stem.name}-{table.name}{suffix}")


def _rows(table: Table, records: Iterable[Record]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    for record in records:
        writer.writerow([str(cell).lower() if isinstance(cell, bool) else cell for cell in table.row(record)])
        if buffer.tell() > PIECE:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
