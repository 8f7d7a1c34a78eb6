"""The graph of many annotations as a folder: Turtle, N-Quads, JSON lines, a store and a page.

    DIR/graph.ttl           all that the documents say, for people and for any store
    DIR/graph.nq            the same with a named graph per document, of entities, contradictions, run and ontology
    DIR/annotations.jsonl   what was read in each document
    DIR/graph.html          the page to look at
    DIR/store/              an embedded store, for `kg query`
    DIR/report.json         counts, documents that failed, sentences without a triple

The work is done in a folder beside and moved into place at the end, so a reader sees the old graph or the new one.
Documents are read twice: first to learn which of their entities are one, then to write what they say. They pass through
files; only entities and what is said of them stay in memory.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.errors import DocumentError, KgError, StoreError, UsageError
from kg.graph import schema, terms, turtle
from kg.graph.contradictions import contradiction_facts, relation_kinds
from kg.graph.corrections import file as corrections_file
from kg.graph.corrections.plan import Places
from kg.graph.document import DocumentGraph, document_graph
from kg.graph.entities import EntityTable
from kg.graph.identity import Identities
from kg.graph.places import read as read_places
from kg.graph.provenance import run_facts, source_facts
from kg.graph.report import Clock, Report, Tally
from kg.graph.scope import see
from kg.graph.sections import contradiction_section, document_section, entity_sections, reifier_section
from kg.graph.spool import Spool, replace_into
from kg.graph.stances import StanceFile
from kg.model import Annotation, Run
from kg.ontology import Ontology
from kg.serial import from_json, to_json
from kg.settings import BASE, Settings
from kg.store import oxigraph

ANNOTATIONS = "annotations.jsonl"
FILES = ("graph.ttl", "graph-rdf12.ttl", "graph.nq", ANNOTATIONS, "graph.html", "store", "report.json")
Step = Callable[[Annotation | KgError], None]
Phase = Callable[[str], None]


def write(
    annotations: Iterable[Annotation | KgError],
    out: Path,
    settings: Settings,
    *,
    corrections: Path | None = None,
    places: Places | None = None,
    step: Step | None = None,
    phase: Phase | None = None,
) -> Report:
    """Build the graph of `annotations` in the folder `out` and return what was done.

    `corrections` is the file of what people decided; if none is given it is corrections.yaml in `out`, where there is
    one. `places` gives what the IRIs of a gazetteer mean.

    An error in the place of an annotation is a document that failed: it is counted and named. `step` is called with
    each of them as it passes, `phase` with the name of what is done after the last. What an earlier build left in `out`
    is replaced when the new graph is whole.

    Raises:
        CorrectionError: the corrections can't be read, or contradict each other; nothing is built.
        StoreError: the folder can't be written.
        UsageError: the setting `base` is nothing that names can be put behind.
    """
    if not (terms.is_iri(settings.base) and settings.base.isascii() and settings.base.endswith("/")):
        raise UsageError(f"base {settings.base!r}: give an http(s) IRI in ASCII that ends with /, such as {BASE}")
    try:
        out.mkdir(parents=True, exist_ok=True)
        for stale in out.glob(".partial-*"):
            shutil.rmtree(stale, ignore_errors=True)
        part = Path(tempfile.mkdtemp(prefix=".partial-", dir=out))
    except OSError as error:
        raise StoreError(f"{out}: can't be written ({error.strerror}): name another folder with -o") from error
    try:
        decided = corrections or out / corrections_file.NAME
        with _Writer(part, settings, decided, places) as writer:
            report = writer.run(annotations, step, phase or (lambda _: None))
        replace_into(out, part, FILES)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return report


class _Writer:
    """Writes one graph into a folder."""

    def __init__(self, folder: Path, settings: Settings, corrections: Path, places: Places | None) -> None:
        self._folder = folder
        self._settings = settings
        self._ontology: Ontology = schema.ontology(settings.ontology)
        decided = corrections_file.load(corrections)
        self._identities = Identities(settings.base, self._ontology, decided, file=corrections, places=places)
        self._prefixes = {**terms.prefixes(settings.base), **schema.prefixes(settings.ontology)}
        self._short = turtle.Shortener(self._prefixes)
        self._quads = Spool(folder / "quads.spool")
        self._blocks = Spool(folder / "blocks.spool")
        self._reified = Spool(folder / "reified.spool")
        self._stances = StanceFile(folder / "stances.spool", self._ontology)
        self._contradictions: list[terms.Fact] = []
        self._decisions: list[terms.Fact] = []
        self._lines = (folder / ANNOTATIONS).open("wb")
        self._triples = (folder / "triples.nt").open("wb")
        self._entities = EntityTable({name: kind.iri for name, kind in self._ontology.classes.items()})
        self._told: dict[str, dict[terms.Fact, None]] = {}
        self._runs: dict[Run, None] = {}
        self._seen: set[str] = set()
        self._tally = Tally()
        self._count = 0

    def __enter__(self) -> "_Writer":
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._triples.close()
        for spool in (self._quads, self._blocks, self._reified, self._stances):
            spool.close()

    def run(self, annotations: Iterable[Annotation | KgError], step: Step | None, phase: Phase) -> Report:
        """Take all annotations in, then write all files."""
        clock = Clock(self._tally.timing)
        for item in annotations:
            clock.lap("read and annotate")
            done = item if isinstance(item, KgError) else self._try(item)
            if isinstance(done, KgError):
                self._tally.fail(done)
            if step is not None:
                step(done)
            clock.lap("check")
        self._lines.close()
        phase("resolving")
        self._identities.settle()
        self._entities.sure(self._identities.confidence())
        clock.lap("resolve")
        phase("writing")
        for annotation in self._annotations():
            scope = see(annotation, self._ontology, self._settings)
            self._take(annotation, document_graph(scope))
            self._stances.add(scope)
        clock.lap("graph")
        self._other_graphs()
        self._write_quads()
        self._write_turtle()
        clock.lap("write")
        phase("filling the store")
        oxigraph.create(self._folder / "graph.nq", self._folder / "triples.nt", self._folder / "store")
        clock.lap("store")
        phase("drawing the page")
        self._write_page()
        clock.lap("page")
        decided = self._identities
        report = self._tally.report(self._entities.types(), self._count, decided.applied, decided.stale)
        (self._folder / "report.json").write_text(report.to_json(), encoding="utf-8")
        return report

    def _try(self, annotation: Annotation) -> Annotation | KgError:
        """Take one document in; return the error that keeps it out."""
        if annotation.id in self._seen:
            return DocumentError("the id was there before; the first one is kept", document=annotation.id)
        try:
            see(annotation, self._ontology, self._settings)
        except DocumentError as error:
            return error
        self._seen.add(annotation.id)
        self._identities.learn(annotation)
        self._lines.write(to_json(annotation).encode() + b"\n")
        return annotation

    def _annotations(self) -> Iterator[Annotation]:
        """Yield the documents that were taken in, as the graph has them."""
        with (self._folder / ANNOTATIONS).open("rb") as lines:
            for line in lines:
                yield self._identities.apply(from_json(line))

    def _take(self, annotation: Annotation, graph: DocumentGraph) -> None:
        self._entities.add(annotation)
        self._tally.add(annotation, graph)
        if annotation.run is not None:
            self._runs[annotation.run] = None
        self._keep(graph.name, (*graph.own, *graph.shared))
        for fact in graph.shared:
            self._told.setdefault(fact[0], {})[fact] = None
        title = f"Document {annotation.id}" + (f": {annotation.title}" if annotation.title else "")
        self._blocks.add(graph.name, turtle.heading(title) + document_section(graph, self._short))
        if self._settings.rdf12:
            self._reified.add(graph.name, reifier_section(graph, self._short))

    def _keep(self, graph: str, facts: Iterable[terms.Fact]) -> None:
        triples = sorted({f"{s} {p} {o} " for s, p, o in facts})
        self._count += len(triples)
        self._quads.add(graph, "".join(f"{triple}{graph} .\n" for triple in triples))
        self._triples.writelines(f"{triple}.\n".encode() for triple in triples)

    def _other_graphs(self) -> None:
        base = self._settings.base
        entities = [fact for _, facts in self._entities.facts() for fact in facts]
        self._keep(terms.graph(base, "entities"), (*entities, *source_facts(base)))
        self._decisions = self._identities.decisions()
        if self._decisions:
            self._keep(terms.graph(base, "corrections"), self._decisions)
        for run in self._runs:
            facts = run_facts(base, run)
            self._keep(facts[0][0], facts)
        self._keep(terms.ONTOLOGY_GRAPH, schema.facts(self._settings.ontology))
        kinds, places = relation_kinds(self._ontology), read_places(entities)
        self._contradictions = contradiction_facts(self._stances.disputable(), kinds, places)
        if self._contradictions:
            self._keep(terms.graph(base, "contradictions"), self._contradictions)

    def _write_quads(self) -> None:
        self._triples.close()
        with (self._folder / "graph.nq").open("wb") as file:
            self._quads.copy(file)

    def _write_turtle(self) -> None:
        with (self._folder / "graph.ttl").open("wb") as file:
            file.write(self._front("Turtle (RDF 1.1)").encode())
            self._blocks.copy(file)
            file.write(contradiction_section(self._contradictions, self._short).encode())
        if self._settings.rdf12:
            with (self._folder / "graph-rdf12.ttl").open("wb") as file:
                file.write(self._front("Turtle (RDF 1.2): each statement is the reifier of its triple").encode())
                self._blocks.copy(file)
                file.write(contradiction_section(self._contradictions, self._short).encode())
                file.write(turtle.heading("Statements as reifiers").encode())
                self._reified.copy(file)

    def _front(self, form: str) -> str:
        """Return the Turtle before the documents: prefixes, sources, entities by section."""
        about = [*source_facts(self._settings.base)]
        for run in sorted(self._runs, key=repr):
            about += run_facts(self._settings.base, run)
        origin = turtle.heading("Where it comes from") + "\n".join(
            block for _, block in turtle.blocks(about, self._short)
        )
        people = turtle.heading("What people decided") if self._decisions else ""
        people += "\n".join(block for _, block in turtle.blocks(self._decisions, self._short))
        entities = entity_sections(self._entities.facts(), self._told, self._short)
        return turtle.header(self._prefixes, *schema.NOTICE, form) + origin + people + entities

    def _write_page(self) -> None:
        from kg.view import page

        page.write(self._annotations(), self._folder / "graph.html")
