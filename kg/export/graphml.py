"""GraphML, for yEd, Cytoscape, igraph, Gephi: entities as nodes, each statement an edge with its sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.export.base import save
from kg.export.markup import attributes, content, value
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.network import Attribute, edge_attributes, joined, node_attributes

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
# The type of each attribute of a node and of an edge; a test holds them against those of the records.
NODE = {
    **dict.fromkeys(("label", "type", "types"), "string"),
    **dict.fromkeys(("latitude", "longitude"), "double"),
    "country": "string",
    **dict.fromkeys(("documents", "mentions"), "int"),
    **dict.fromkeys(("begin", "end"), "string"),
}
EDGE = {
    **dict.fromkeys(("relation", "label"), "string"),
    "weight": "double",
    **dict.fromkeys(("standing", "words"), "string"),
    "negated": "boolean",
    "modality": "string",
    "confidence": "double",
    **dict.fromkeys(("speaker", "document", "sentence", "begin", "end"), "string"),
}


@dataclass(frozen=True, slots=True)
class GraphMlExporter:
    """Writes GraphML."""

    suffix: str = ".graphml"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file; an edge's id is the IRI of its statement."""
        return (save(path, (line.encode() for line in _lines(graph))),)


EXPORTER = GraphMlExporter()


def _lines(graph: KnowledgeGraph) -> Iterator[str]:
    yield _HEAD
    for letter, what, kinds in (("n", "node", NODE), ("e", "edge", EDGE)):
        for name, kind in kinds.items():
            told = {"id": f"{letter}_{name}", "for": what, "attr.name": name, "attr.type": kind}
            yield f"<key{attributes(**told)}/>\n"
    yield f"<graph{attributes(id='actors-and-places', edgedefault='directed')}>\n"
    nodes = set()
    for entity in graph.entities():
        nodes.add(entity.iri)
        yield f"<node{attributes(id=entity.iri)}>{_data('n', node_attributes(entity))}</node>\n"
    for statement in graph.statements():
        ends = joined(statement)
        if ends is not None and nodes.issuperset(ends):
            told = {"id": statement.iri, "source": ends[0], "target": ends[1]}
            yield f"<edge{attributes(**told)}>{_data('e', edge_attributes(statement))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(letter: str, said: Mapping[str, Attribute]) -> str:
    return "".join(
        f"<data{attributes(key=f'{letter}_{name}')}>{content(value(item))}</data>" for name, item in said.items()
    )
