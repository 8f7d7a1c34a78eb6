"""Turtle, N-Triples, TriG and N-Quads, sorted, so that two exports can be compared line by line.

Turtle and N-Triples hold what the documents say, TriG and N-Quads all named graphs, the ontology's too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Literal

from pyoxigraph import NamedNode, Quad

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


def graphs(graph: KnowledgeGraph) -> dict[str, list[Quad]]:
    """Return the quads of each graph by its IRI, all sorted; what is in no named graph has the empty string."""
    found = sorted(((str(quad), quad) for quad in graph.store), key=itemgetter(0))
    known = {quad.triple for _, quad in found if isinstance(quad.graph_name, NamedNode)}
    by_name: dict[str, list[Quad]] = {}
    for _, quad in found:
        name = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
        if name or quad.triple not in known:
            by_name.setdefault(name, []).append(quad)
    return dict(sorted(by_name.items()))


def by_graph(graph: KnowledgeGraph) -> dict[str, list[Fact]]:
    """Return the same as N-Triples terms."""
    return {name: [fact(quad) for quad in quads] for name, quads in graphs(graph).items()}


def fact(quad: Quad) -> Fact:
    """Return the triple of a quad as N-Triples terms."""
    return str(quad.subject), str(quad.predicate), str(quad.object)


def triples(graph: KnowledgeGraph) -> list[Fact]:
    """Return what all graphs but the ontology's say, each once, sorted."""
    named = by_graph(graph).items()
    return sorted({fact for name, facts in named if f"<{name}>" != terms.ONTOLOGY_GRAPH for fact in facts})


def _turtle(graph: KnowledgeGraph) -> Iterator[str]:
    yield turtle.document(triples(graph), terms.prefixes(graph.base))


def _ntriples(graph: KnowledgeGraph) -> Iterator[str]:
    return (f"{s} {p} {o} .\n" for s, p, o in triples(graph))


def _nquads(graph: KnowledgeGraph) -> Iterator[str]:
    for name, facts in by_graph(graph).items():
        end = f"<{name}> .\n" if name else ".\n"
        yield from (f"{s} {p} {o} {end}" for s, p, o in facts)


def _trig(graph: KnowledgeGraph) -> Iterator[str]:
    prefixes = terms.prefixes(graph.base)
    short = turtle.Shortener(prefixes)
    yield turtle.header(prefixes)
    for name, facts in by_graph(graph).items():
        body = "\n".join(block for _, block in turtle.blocks(facts, short))
        yield f"\nGRAPH {short(f'<{name}>')} {{\n\n{body}\n}}\n" if name else f"\n{body}\n"
