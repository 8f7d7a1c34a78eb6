"""Turtle, N-Triples, TriG and N-Quads, sorted, so that two exports can be compared line by line.

Turtle and N-Triples hold what the documents say, TriG and N-Quads all named graphs, the ontology's too. Each also as
RDF 1.2, where the node of a statement is the reifier of its triple: `statement rdf:reifies <<( s p o )>>`. One subject
or one named graph is in memory at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Literal

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kg.export.base import save
from kg.graph import terms, turtle
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.terms import Fact, name
from kg.store import oxigraph


@dataclass(frozen=True, slots=True)
class RdfExporter:
    """Writes one of the four, as RDF 1.1 or 1.2."""

    suffix: Literal[".ttl", ".nt", ".trig", ".nq"]
    rdf12: bool = False

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        forms = {".ttl": _turtle, ".nt": _ntriples, ".trig": _trig, ".nq": _nquads}
        return (save(path, (piece.encode() for piece in forms[self.suffix](graph, self.rdf12))),)


TURTLE = RdfExporter(".ttl")
NTRIPLES = RdfExporter(".nt")
TRIG = RdfExporter(".trig")
NQUADS = RdfExporter(".nq")
TURTLE12 = RdfExporter(".ttl", rdf12=True)
NTRIPLES12 = RdfExporter(".nt", rdf12=True)
TRIG12 = RdfExporter(".trig", rdf12=True)
NQUADS12 = RdfExporter(".nq", rdf12=True)


def graphs(graph: KnowledgeGraph) -> Iterator[tuple[str, list[Quad]]]:
    """Yield each named graph by its IRI with its quads, all sorted; what is in none comes first, with no name."""
    # What kg built is in named graphs, all of it.
    bare = [] if graph.built else [quad for quads in _by_subject(graph) for quad in _in_no_graph(quads)]
    if bare:
        yield "", _sorted(bare)
    named = (node.value for node in graph.store.named_graphs() if isinstance(node, NamedNode))
    for iri in sorted(named):
        yield iri, _sorted(graph.store.quads_for_pattern(None, None, None, NamedNode(iri)))


def by_graph(graph: KnowledgeGraph) -> Iterator[tuple[str, list[Fact]]]:
    """Yield the same as N-Triples terms."""
    return ((name, [fact(quad) for quad in quads]) for name, quads in graphs(graph))


def fact(quad: Quad) -> Fact:
    """Return the triple of a quad as N-Triples terms."""
    return str(quad.subject), str(quad.predicate), str(quad.object)


def triples(graph: KnowledgeGraph) -> Iterator[Fact]:
    """Yield what all graphs but the ontology's say, each once, sorted."""
    for quads in _by_subject(graph):
        said = {fact(quad) for quad in quads if str(quad.graph_name) not in ("DEFAULT", terms.ONTOLOGY_GRAPH)}
        yield from sorted(said.union(map(fact, _in_no_graph(quads))))


def reified(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Yield `statement rdf:reifies <<( s p o )>>` for each statement that has an object, and a node as subject."""
    for node, said in turtle.group(facts).items():
        parts = [said.get(name(f"rdf:{part}"), [""])[0] for part in ("subject", "predicate", "object")]
        if parts[0].startswith("<") and parts[2]:
            yield node, name("rdf:reifies"), f"<<( {' '.join(parts)} )>>"


def _by_subject(graph: KnowledgeGraph) -> Iterator[list[Quad]]:
    """Yield all that is said of each subject, in the order of their terms."""
    known: dict[str, NamedNode | BlankNode] = {}
    for quad in oxigraph.union(graph.store):
        if not isinstance(quad.subject, Triple):
            known.setdefault(str(quad.subject), quad.subject)
    for _, subject in sorted(known.items(), key=itemgetter(0)):
        yield list(graph.store.quads_for_pattern(subject, None, None, None))


def _in_no_graph(quads: list[Quad]) -> list[Quad]:
    """Return what only the union of all graphs has: a file that names no graph was opened."""
    named = {quad.triple for quad in quads if not isinstance(quad.graph_name, DefaultGraph)}
    return [quad for quad in quads if quad.triple not in named]


def _sorted(quads: Iterable[Quad]) -> list[Quad]:
    return [quad for _, quad in sorted(((str(quad), quad) for quad in quads), key=itemgetter(0))]


def _subjects(graph: KnowledgeGraph, rdf12: bool) -> Iterator[list[Fact]]:
    """Yield the facts of each subject."""
    said: list[Fact] = []
    for item in triples(graph):
        if said and said[0][0] != item[0]:
            yield _with_reifiers(said, rdf12)
            said = []
        said.append(item)
    if said:
        yield _with_reifiers(said, rdf12)


def _with_reifiers(facts: list[Fact], rdf12: bool) -> list[Fact]:
    return sorted((*facts, *reified(facts))) if rdf12 else facts


def _turtle(graph: KnowledgeGraph, rdf12: bool) -> Iterator[str]:
    prefixes = terms.prefixes(graph.base)
    short = turtle.Shortener(prefixes)
    yield turtle.header(prefixes)
    for said in _subjects(graph, rdf12):
        yield from (f"\n{block}" for _, block in turtle.blocks(said, short))


def _ntriples(graph: KnowledgeGraph, rdf12: bool) -> Iterator[str]:
    return (f"{s} {p} {o} .\n" for said in _subjects(graph, rdf12) for s, p, o in said)


def _nquads(graph: KnowledgeGraph, rdf12: bool) -> Iterator[str]:
    for iri, facts in by_graph(graph):
        end = f"<{iri}> .\n" if iri else ".\n"
        yield from (f"{s} {p} {o} {end}" for s, p, o in _with_reifiers(facts, rdf12))


def _trig(graph: KnowledgeGraph, rdf12: bool) -> Iterator[str]:
    prefixes = terms.prefixes(graph.base)
    short = turtle.Shortener(prefixes)
    yield turtle.header(prefixes)
    for iri, facts in by_graph(graph):
        body = "\n".join(block for _, block in turtle.blocks(_with_reifiers(facts, rdf12), short))
        yield f"\nGRAPH {short(f'<{iri}>')} {{\n\n{body}\n}}\n" if iri else f"\n{body}\n"
