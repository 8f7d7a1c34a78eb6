"""A pair of CSV files, nodes and edges, with the column names that Gephi and most others know."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.export.base import save
from kg.graph.knowledge import KnowledgeGraph

NODE = ("Id", "Label", "type", "types", "latitude", "longitude", "country")
EDGE = (
    *("Source", "Target", "Type", "Id", "Label", "relation", "words", "negated", "modality", "confidence", "speaker"),
    *("begin", "end", "document", "sentence"),
)


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Writes NAME-nodes.csv and NAME-edges.csv."""

    suffix: str = ".csv"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write both files beside each other; `path` gives the beginning of their names."""
        network = graph.to_networkx()
        nodes = ({"Id": iri, "Label": said.get("label"), **said} for iri, said in network.nodes(data=True))
        edges = (
            {"Source": source, "Target": target, "Type": "Directed", "Id": key, "Label": said.get("label"), **said}
            for source, target, key, said in network.edges(keys=True, data=True)
        )
        stem = path.with_suffix("") if path.suffix == self.suffix else path
        return (
            save(stem.with_name(f"{stem.name}-nodes.csv"), _rows(NODE, nodes)),
            save(stem.with_name(f"{stem.name}-edges.csv"), _rows(EDGE, edges)),
        )


EXPORTER = CsvExporter()


def _rows(columns: Sequence[str], rows: Iterable[dict[str, object]]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: str(value).lower() if isinstance(value, bool) else value for key, value in row.items()})
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue().encode()
