"""Neo4j: CSV files for `neo4j-admin database import`, and a Cypher script for a database that runs.

Entities and documents are nodes, labelled with their classes. What documents assert is a relationship of the relation's
own type, HEADS or MET_WITH; what is denied, possible, planned or only claimed is a CLAIMED with its relation and
standing, so that `(a)-[:ATTACKED]->(b)` never finds what somebody denied.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

from kg.export.base import save
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.network import joined
from kg.graph.records import Document, Entity, Statement

BETWEEN = "\x1f"  # no text of the graph has it, so no name can be cut in two
BATCH = 500
Value = str | int | float | bool | tuple[str, ...] | None
Row = dict[str, Value]

_IMPORT = """#!/bin/sh
# Fills a new database, which must not be running. Call it in this folder: sh import.sh [DATABASE]
neo4j-admin database import full "${1:-neo4j}" --array-delimiter=U+001F --legacy-style-quoting=false \\
  --nodes=entities.csv --nodes=documents.csv --relationships=statements.csv --relationships=links.csv
"""
_CONSTRAINTS = """// Fills or brings up to date a database that runs: cypher-shell -f load.cypher
CREATE CONSTRAINT entity_iri IF NOT EXISTS FOR (n:Entity) REQUIRE n.iri IS UNIQUE;
CREATE CONSTRAINT document_iri IF NOT EXISTS FOR (n:Document) REQUIRE n.iri IS UNIQUE;
"""
# Property → its type in the header of the CSV file. Nodes have their IRI as id.
ENTITY = {
    **dict.fromkeys(("label", "type"), ""),
    **dict.fromkeys(("aliases", "sameAs"), "string[]"),
    **dict.fromkeys(("latitude", "longitude"), "double"),
    "country": "",
    **dict.fromkeys(("begin", "end"), "date"),
    **dict.fromkeys(("documents", "mentions"), "int"),
    "identity": "double",
}
DOCUMENT = {**dict.fromkeys(("id", "title", "date", "url", "language"), "")}
STATEMENT = {
    **dict.fromkeys(("iri", "relation", "standing", "words"), ""),
    "confidence": "double",
    **dict.fromkeys(("speaker", "document", "sentence"), ""),
    **dict.fromkeys(("begin", "end"), "date"),
}


@dataclass(frozen=True, slots=True)
class Neo4jExporter:
    """Writes a folder: entities.csv, documents.csv, statements.csv, links.csv, import.sh, load.cypher."""

    suffix: str = ""

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the files into the folder `path`, which is made if it isn't there."""
        path.mkdir(parents=True, exist_ok=True)
        nodes = {entity.iri for entity in graph.entities()}
        statements = (row for row in map(_statement, graph.statements()) if {row[START], row[END]} <= nodes)
        heads = (ID, LABEL), (START, END, TYPE)
        return (
            save(path / "entities.csv", _table(heads[0], ENTITY, map(_entity, graph.entities()))),
            save(path / "documents.csv", _table(heads[0], DOCUMENT, map(_document, graph.documents()))),
            save(path / "statements.csv", _table(heads[1], STATEMENT, statements)),
            save(path / "links.csv", _table(heads[1], MENTIONED, _links(graph, nodes))),
            save(path / "import.sh", (_IMPORT.encode(),)),
            save(path / "load.cypher", (line.encode() for line in _script(graph, nodes))),
        )


EXPORTER = Neo4jExporter()
ID, LABEL, START, END, TYPE = "iri:ID", ":LABEL", ":START_ID", ":END_ID", ":TYPE"
MENTIONED = {"times": "int"}


def relationship(statement: Statement) -> str:
    """Return the type of the relationship of a statement: the relation in capitals, or CLAIMED."""
    if statement.standing != "asserted":
        return "CLAIMED"
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", statement.relation or "related").upper()


def _entity(entity: Entity) -> Row:
    return {
        ID: entity.iri,
        LABEL: ("Entity", *sorted(set(entity.types) - {"Entity"})),
        **{name: getattr(entity, name) for name in ENTITY if name != "sameAs"},
        "sameAs": entity.same_as,
    }


def _document(document: Document) -> Row:
    return {ID: document.iri, LABEL: ("Document",), **{name: getattr(document, name) for name in DOCUMENT}}


def _statement(statement: Statement) -> Row:
    ends = joined(statement) or (None, None)
    said = {name: getattr(statement, name) for name in STATEMENT}
    speaker = statement.speaker.name if statement.speaker else None
    return {START: ends[0], END: ends[1], TYPE: relationship(statement), **said, "speaker": speaker}


def _links(graph: KnowledgeGraph, nodes: set[str]) -> Iterator[Row]:
    """Yield which document mentions which entity how often, and which place or position lies in what."""
    sources = {document.id: document.iri for document in graph.documents()}
    for identifier, found in groupby(graph.mentions(), key=lambda mention: mention.document):
        times: dict[str, int] = {}
        for mention in found:
            times[mention.entity] = times.get(mention.entity, 0) + 1
        for iri in sorted(times.keys() & nodes):
            yield {START: iri, END: sources[identifier], TYPE: "MENTIONED_IN", "times": times[iri]}
    for entity in graph.entities():
        for kind, others in (("WITHIN", entity.within), ("POSITION_IN", entity.position_in)):
            for other in others:
                if other in nodes:
                    yield {START: entity.iri, END: other, TYPE: kind}


def _table(heads: Sequence[str], columns: Mapping[str, str], rows: Iterable[Row]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([*heads, *(f"{name}:{kind}" if kind else name for name, kind in columns.items())])
    for row in rows:
        writer.writerow([_cell(row.get(name)) for name in (*heads, *columns)])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return BETWEEN.join(map(_line, value)) if isinstance(value, tuple) else _line(str(value))


def _line(text: str) -> str:
    """Return text on one line, as the import wants it."""
    return " ".join(text.replace(BETWEEN, " ").split())


def _script(graph: KnowledgeGraph, nodes: set[str]) -> Iterator[str]:
    yield _CONSTRAINTS
    yield from _merged(map(_entity, graph.entities()), ENTITY)
    yield from _merged(map(_document, graph.documents()), DOCUMENT)
    statements = (row for row in map(_statement, graph.statements()) if {row[START], row[END]} <= nodes)
    yield from _merged(statements, STATEMENT)
    yield from _merged(_links(graph, nodes), MENTIONED)


def _merged(rows: Iterable[Row], columns: Mapping[str, str]) -> Iterator[str]:
    """Yield statements that make or bring up to date the nodes or relationships of some rows, alike ones together."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        alike: dict[tuple[object, ...], list[Row]] = {}
        for row in batch:
            alike.setdefault((row.get(LABEL), row.get(TYPE)), []).append(row)
        for some in alike.values():
            yield _statement_of(some, columns)


def _statement_of(rows: Sequence[Row], columns: Mapping[str, str]) -> str:
    first = rows[0]
    maps = ",\n".join(f"  {_literal(row, columns)}" for row in rows)
    labels = first.get(LABEL)
    if isinstance(labels, tuple):
        merge = f"MERGE (n:{labels[0]} {{iri: row.id}})"
        more = "".join(f":{_name(label)}" for label in labels[1:])
        return f"UNWIND [\n{maps}\n] AS row\n{merge}\nSET n{more or f':{labels[0]}'}\nSET n += row.said;\n"
    kind = _name(str(first[TYPE]))
    target = "Document" if first[TYPE] == "MENTIONED_IN" else "Entity"
    key = " {iri: row.said.iri}" if "iri" in columns else ""
    return (
        f"UNWIND [\n{maps}\n] AS row\nMATCH (a:Entity {{iri: row.from}})\nMATCH (b:{target} {{iri: row.to}})\n"
        f"MERGE (a)-[r:{kind}{key}]->(b)\nSET r += row.said;\n"
    )


def _literal(row: Row, columns: Mapping[str, str]) -> str:
    known = {name: row[name] for name in columns if row.get(name) is not None}
    said = ", ".join(f"{_name(name)}: {_value(value, columns[name])}" for name, value in known.items())
    ends = f"id: {_value(row[ID], '')}" if ID in row else f"from: {_value(row[START], '')}, to: {_value(row[END], '')}"
    return f"{{{ends}, said: {{{said}}}}}"


def _value(value: Value, kind: str) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(item, '') for item in value)}]"
    if isinstance(value, str):
        # JSON escapes what Cypher does, in the same way.
        text = json.dumps(_line(value), ensure_ascii=False)
        return f"date({text})" if kind == "date" else text
    return json.dumps(value)


def _name(word: str) -> str:
    return f"`{word.replace('`', '``')}`"
