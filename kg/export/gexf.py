"""GEXF, for Gephi: entities as nodes, statements as edges with their sentences."""

import re
from dataclasses import dataclass
from pathlib import Path

import networkx

from kg.export.base import save
from kg.graph.knowledge import KnowledgeGraph

# networkx writes the day of the export, and then no two are equal.
_CLOCK = re.compile(r' lastmodifieddate="[^"]*"')


@dataclass(frozen=True, slots=True)
class GexfExporter:
    """Writes GEXF 1.2."""

    suffix: str = ".gexf"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        lines = networkx.generate_gexf(graph.to_networkx())
        return (save(path, (f"{_CLOCK.sub('', line)}\n".encode() for line in lines)),)


EXPORTER = GexfExporter()
