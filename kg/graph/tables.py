"""Records as the rows of tables: the columns of the CSV and Parquet files and of the DataFrames, in one place.

A cell is a string, a number, a truth value or None. A tuple is joined by " | ".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.errors import UsageError
from kg.graph.records import Document, Entity, Mention, Node, Statement

if TYPE_CHECKING:
    from pandas import DataFrame

Cell = str | int | float | bool | None
Kind = Literal["string", "int", "float", "bool"]
Record = Document | Entity | Statement | Mention
BETWEEN = " | "


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, and what kind of cell each of its columns has."""

    name: str
    columns: dict[str, Kind]

    def row(self, record: Record) -> tuple[Cell, ...]:
        """Return a record as the cells of a row.

        >>> MENTIONS.row(Mention("i", "d1", "e", "the camp", "nominal", 4, 12))
        ('d1', 4, 12, 'the camp', 'nominal', 'e', 'i')
        """
        return tuple(_cell(record, column) for column in self.columns)


def _texts(names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), "string")


DOCUMENTS = Table("documents", _texts("id title date url language iri"))
ENTITIES = Table(
    "entities",
    {
        **_texts("iri label type types aliases same_as"),
        **dict.fromkeys(("latitude", "longitude"), "float"),
        **_texts("country feature within position_in begin end precision places"),
        **dict.fromkeys(("confidence", "identity"), "float"),
        **dict.fromkeys(("documents", "mentions"), "int"),
    },
)
STATEMENTS = Table(
    "statements",
    {
        **_texts("document sentence subject relation object standing speaker label words"),
        "negated": "bool",
        "modality": "string",
        "plain": "bool",
        "confidence": "float",
        **_texts("begin end precision event places rule"),
        "start": "int",
        **_texts("subject_iri object_iri speaker_iri iri"),
    },
)
MENTIONS = Table(
    "mentions",
    {"document": "string", "start": "int", "end": "int", **_texts("text kind entity iri")},
)


class Frames(NamedTuple):
    """A graph as three DataFrames."""

    documents: "DataFrame"
    entities: "DataFrame"
    statements: "DataFrame"


def frames(documents: Iterable[Document], entities: Iterable[Entity], statements: Iterable[Statement]) -> Frames:
    """Return the records as DataFrames.

    Raises:
        UsageError: pandas is not installed.
    """
    return Frames(_frame(DOCUMENTS, documents), _frame(ENTITIES, entities), _frame(STATEMENTS, statements))


def missing(package: str) -> UsageError:
    """Return the error that says how to install what tables need."""
    return UsageError(f"{package} is not installed: pip install 'kg-actors-places[tables]'")


def _frame(table: Table, records: Iterable[Record]) -> "DataFrame":
    try:
        import pandas
    except ImportError as error:
        raise missing("pandas") from error
    columns = list(zip(*map(table.row, records), strict=True)) or [() for _ in table.columns]
    kinds = {"string": "object", "int": "int64", "float": "float64", "bool": "bool"}
    return pandas.DataFrame(
        {
            name: pandas.Series(list(cells), dtype=kinds[kind])
            for (name, kind), cells in zip(table.columns.items(), columns, strict=True)
        }
    )


def _cell(record: Record, column: str) -> Cell:
    name, end, _ = column.partition("_iri")
    value = getattr(record, name if end else column)
    if isinstance(value, Node):
        return value.iri if end else value.name
    return BETWEEN.join(value) if isinstance(value, tuple) else value
