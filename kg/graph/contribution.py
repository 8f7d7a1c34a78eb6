"""What one document gives to the graph, once its entities have the IRIs of the whole corpus.

It depends on the document alone, so documents are taken in any order, in any process, and one at a time again when one
of them has changed.
"""

from dataclasses import dataclass

from kg.graph.document import DocumentGraph, document_graph
from kg.graph.entities import Told, told
from kg.graph.report import Count, count
from kg.graph.scope import see
from kg.graph.stances import Stance, stances
from kg.graph.terms import Fact
from kg.model import Annotation
from kg.ontology import Ontology
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a document gives: the triples of its named graph, what it tells of each entity, its stances, its counts.

    `graph` is the term of the named graph, `triples` are "subject predicate object " in N-Triples terms, sorted.
    """

    graph: str
    triples: tuple[str, ...]
    entities: tuple[tuple[str, Told], ...]
    stances: tuple[Stance, ...]
    count: Count


def contribution(annotation: Annotation, ontology: Ontology, settings: Settings) -> Contribution:
    """Return what an annotation gives whose entities are resolved and corrected.

    Raises:
        DocumentError: the annotation refers to what it does not have, or to other words than its text's.
    """
    scope = see(annotation, ontology, settings)
    graph = document_graph(scope)
    lines = triples(graph)
    held = tuple(stance for stance in stances(scope) if stance.attitude != "hedges")
    return Contribution(graph.name, lines, tuple(told(annotation)), held, count(annotation, graph, len(lines)))


def triples(graph: DocumentGraph) -> tuple[str, ...]:
    """Return the triples of a document's named graph."""
    return lines((*graph.own, *graph.shared))


def lines(facts: "tuple[Fact, ...] | list[Fact]") -> tuple[str, ...]:
    """Return facts as lines without their ends, each once, sorted.

    >>> lines((("<b>", "<p>", "<c>"), ("<a>", "<p>", "<c>"), ("<b>", "<p>", "<c>")))
    ('<a> <p> <c> ', '<b> <p> <c> ')
    """
    return tuple(sorted({f"{s} {p} {o} " for s, p, o in facts}))


def quads(triples: tuple[str, ...], graph: str) -> str:
    """Return triples as N-Quads of a graph."""
    end = f"{graph} .\n"
    return end.join(triples) + end if triples else ""
