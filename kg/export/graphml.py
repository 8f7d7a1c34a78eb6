"""GraphML, for yEd, Gephi, Cytoscape, igraph: entities as nodes, statements as edges with their sentences."""

from dataclasses import dataclass
from pathlib import Path

import networkx

from kg.export.base import save
from kg.graph.knowledge import KnowledgeGraph


@dataclass(frozen=True, slots=True)
class GraphMlExporter:
    """Writes GraphML."""

    suffix: str = ".graphml"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file; an edge's id is the IRI of its statement."""
        lines = networkx.generate_graphml(graph.to_networkx())
        return (save(path, (f"{line}\n".encode() for line in ('<?xml version="1.0" encoding="utf-8"?>', *lines))),)


EXPORTER = GraphMlExporter()
