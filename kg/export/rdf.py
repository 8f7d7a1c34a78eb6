"""Turtle, N-Triples, TriG and N-Quads, sorted, so that two exports can be compared line by line.

Turtle and N-Triples hold what the documents say, TriG and N-Quads all named graphs, the ontology's too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kg.export.base import save
from kg.graph import terms, turtle
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.terms import Fact


@dataclass(frozen=True, slots=True)
class RdfExporter:
    """Writes one of the four."""

    suffix: Literal[".ttl", ".nt", ".trig", ".nq"]

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        forms = {".ttl": _turtle, ".nt": _ntriples, ".trig": _trig, ".nq": _nquads}
        return (save(path, (piece.encode() for piece in forms[self.suffix](graph))),)


TURTLE = RdfExporter(".ttl")
NTRIPLES = RdfExporter(".nt")
TRIG = RdfExporter(".trig")
NQUADS = RdfExporter(".nq")


def quads(graph: KnowledgeGraph) -> list[tuple[str, str, str, str]]:
    """Return all quads as N-Quads terms, sorted by graph; the default graph's name is the empty string."""
    found = ((str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)) for q in graph.store)
    return sorted(("" if name == "DEFAULT" else name, s, p, o) for name, s, p, o in found)


def triples(graph: KnowledgeGraph) -> list[Fact]:
    """Return what all graphs but the ontology's say, each once, sorted."""
    return sorted({(s, p, o) for name, s, p, o in quads(graph) if name != terms.ONTOLOGY_GRAPH})


def by_graph(graph: KnowledgeGraph) -> dict[str, list[Fact]]:
    """Return the facts of each named graph, sorted."""
    graphs: dict[str, list[Fact]] = {}
    for name, s, p, o in quads(graph):
        graphs.setdefault(name, []).append((s, p, o))
    return graphs


def _turtle(graph: KnowledgeGraph) -> Iterator[str]:
    yield turtle.document(triples(graph), terms.prefixes(graph.base))


def _ntriples(graph: KnowledgeGraph) -> Iterator[str]:
    return (f"{s} {p} {o} .\n" for s, p, o in triples(graph))


def _nquads(graph: KnowledgeGraph) -> Iterator[str]:
    return (f"{s} {p} {o} {name} .\n" if name else f"{s} {p} {o} .\n" for name, s, p, o in quads(graph))


def _trig(graph: KnowledgeGraph) -> Iterator[str]:
    prefixes = terms.prefixes(graph.base)
    short = turtle.Shortener(prefixes)
    yield turtle.header(prefixes)
    for name, facts in by_graph(graph).items():
        body = "\n".join(block for _, block in turtle.blocks(facts, short))
        yield f"\nGRAPH {short(name)} {{\n\n{body}\n}}\n" if name else f"\n{body}\n"
