"""The files of a small folder: Turtle, N-Quads, annotations and the page, of the whole graph each time."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.corpus.deciding import Decided
from kg.corpus.nodes import Nodes, about_entities, other_graphs, runs
from kg.graph import schema, terms, turtle
from kg.graph.contribution import lines, quads, triples
from kg.graph.document import DocumentGraph, document_graph
from kg.graph.entities import SECTIONS
from kg.graph.provenance import run_facts, source_facts
from kg.graph.scope import see
from kg.graph.sections import contradiction_section, document_section, entity_sections
from kg.graph.spool import Spool
from kg.graph.terms import Fact
from kg.model import Annotation
from kg.serial import to_json
from kg.settings import Settings

ANNOTATIONS = "annotations.jsonl"
NAMES = ("graph.ttl", "graph.nq", ANNOTATIONS, "graph.html")


def write(decided: Decided, folder: Path, settings: Settings) -> None:
    """Write the files into a folder."""
    with (folder / ANNOTATIONS).open("wb") as file:
        for _, annotation in decided.ledger.annotations():
            file.write(to_json(annotation).encode() + b"\n")
    with _Graph(decided, folder, settings) as graph:
        graph.write()
    from kg.view import page

    page.write(decided.annotations(), folder / "graph.html", settings=settings)


class _Graph:
    """Writes the graph as Turtle and N-Quads."""

    def __init__(self, decided: Decided, folder: Path, settings: Settings) -> None:
        self._decided = decided
        self._folder = folder
        self._settings = settings
        self._prefixes = {**terms.prefixes(settings.base), **schema.prefixes(settings.ontology)}
        self._short = turtle.Shortener(self._prefixes)
        self._nodes = Nodes(decided)
        self._quads = Spool(folder / "quads.spool")
        self._blocks = Spool(folder / "blocks.spool")
        self._told: dict[str, dict[Fact, None]] = {}

    def __enter__(self) -> "_Graph":
        return self

    def __exit__(self, *_: object) -> None:
        for spool in (self._quads, self._blocks):
            spool.close()

    def write(self) -> None:
        """Write all files."""
        for annotation in self._decided.annotations():
            scope = see(annotation, self._decided.final.ontology, self._settings)
            self._take(annotation, document_graph(scope))
        graph, facts = about_entities(self._settings.base)
        entities = list(self._entities())
        self._keep(graph, (*facts, *(fact for _, facts in entities for fact in facts)))
        others = dict(other_graphs(self._decided, self._nodes, self._settings))
        for name, said in others.items():
            self._keep(name, said)
        with (self._folder / "graph.nq").open("wb") as file:
            self._quads.copy(file)
        self._write_turtle(entities, others)

    def _entities(self) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """Yield (section, what is known of one entity), people first, then places, each by label."""
        rows = ((*merged.place, iri, tuple(self._nodes.facts(iri, merged))) for iri, merged in self._nodes.all())
        for section, _, _, facts in sorted(rows):
            yield SECTIONS[section], facts

    def _take(self, annotation: Annotation, graph: DocumentGraph) -> None:
        self._quads.add(graph.name, quads(triples(graph), graph.name))
        for fact in graph.shared:
            self._told.setdefault(fact[0], {})[fact] = None
        title = f"Document {annotation.id}" + (f": {annotation.title}" if annotation.title else "")
        self._blocks.add(graph.name, turtle.heading(title) + document_section(graph, self._short))

    def _keep(self, graph: str, facts: Iterable[Fact]) -> None:
        self._quads.add(graph, quads(lines(tuple(facts)), graph))

    def _write_turtle(self, entities: list[tuple[str, tuple[Fact, ...]]], others: dict[str, list[Fact]]) -> None:
        contradictions = others.get(terms.graph(self._settings.base, "contradictions"), ())
        with (self._folder / "graph.ttl").open("wb") as file:
            file.write(self._front(entities, others).encode())
            self._blocks.copy(file)
            file.write(contradiction_section(contradictions, self._short).encode())

    def _front(self, entities: list[tuple[str, tuple[Fact, ...]]], others: dict[str, list[Fact]]) -> str:
        """Return the Turtle before the documents: prefixes, sources, decisions, entities by section."""
        base = self._settings.base
        about = [*source_facts(base), *(fact for run in runs(self._decided.ledger) for fact in run_facts(base, run))]
        origin = turtle.heading("Where it comes from") + "\n".join(
            block for _, block in turtle.blocks(about, self._short)
        )
        decisions = others.get(terms.graph(base, "corrections"), [])
        people = turtle.heading("What people decided") if decisions else ""
        people += "\n".join(block for _, block in turtle.blocks(decisions, self._short))
        header = turtle.header(self._prefixes, *schema.NOTICE, "Turtle (RDF 1.1)")
        return header + origin + people + entity_sections(entities, self._told, self._short)
