"""The embedded store: Oxigraph in a folder, opened read-only by those who ask, or in memory.

The default graph holds the union of all named graphs, each triple once: a question that names no graph sees them all,
and what three articles say is one answer and not three, as Oxigraph's own union of graphs would have it.

A folder is filled once and never written to again: a change makes a new folder, that shares what it can with the old
one, and takes its place. So readers, who open theirs read-only, see one graph or the other, also while a build runs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import QueryError, StoreError

# Lines of a bulk load: all at once takes three times the memory of these, and a little more time.
TOGETHER = 300_000
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a named graph is to hold from now on: `triples` are N-Triples, nothing of a graph that is gone.

    With `subjects`, terms, only what is said of these is replaced.
    """

    graph: str
    triples: bytes = b""
    subjects: frozenset[str] | None = None


def create(quads: Path, folder: Path) -> None:
    """Make a store in the new folder `folder` from an N-Quads file with the named graphs and their union.

    Raises:
        StoreError: it can't be written.
    """
    with _refusals(folder):
        store = Store(str(folder))
        with quads.open("rb") as lines:
            while part := b"".join(islice(lines, TOGETHER)):
                # What is written here was checked when it was made.
                store.bulk_load(part, format=RdfFormat.N_QUADS, lenient=True)
        store.flush()


def update(old: Path, new: Path, changes: Iterable[Change]) -> None:
    """Make a store in the new folder `new` from the one in `old`, which stays as it is, with some graphs changed.

    Files that both have in common are linked, not copied.

    Raises:
        StoreError: the old one can't be read, or the new one not be written.
    """
    with _refusals(new):
        Store.read_only(str(old)).backup(str(new))
        store = Store(str(new))
        union = DefaultGraph()
        gone: set[Triple] = set()
        for change in changes:
            before, after = _held(store, change), _triples(change.triples)
            graph = NamedNode(change.graph[1:-1])
            for triple in before - after:
                store.remove(_quad(triple, graph))
            store.extend(_quad(triple, where) for triple in after - before for where in (graph, union))
            gone |= before - after
        for triple in gone:
            if not _named(store, triple):
                store.remove(_quad(triple, union))
        store.flush()


def rewrite(old: Path, new: Path, update: str, prefixes: dict[str, str], loose: str) -> None:
    """Make a store in the new folder `new` from the one in `old`, which stays as it is, by a SPARQL Update.

    The default graph stays the union of the named ones. What is put into it goes into the named graph whose term is
    `loose` too; what is taken out of it goes out of all graphs.

    Raises:
        QueryError: it is no update that can be read or run.
        StoreError: the old store can't be read, or the new one not be written.
    """
    with _refusals(new):
        before = Store.read_only(str(old))
        before.backup(str(new))
        store = Store(str(new))
    try:
        store.update(update, prefixes=prefixes)
    except SyntaxError as error:
        raise unreadable(error, "an update") from None
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"the update can't be run: {error}") from None
    with _refusals(new):
        _reunite(before, store, NamedNode(loose[1:-1]))
        store.flush()


def unreadable(error: SyntaxError, what: str = "SPARQL") -> QueryError:
    """Return the error of a text that is not SPARQL: where, without all that could stand there."""
    return QueryError(f"not {what} that can be read: {error.msg.partition(': expected one of')[0]}")


def _reunite(before: Store, store: Store, loose: NamedNode) -> None:
    """Make the default graph of a store the union of the named ones again: `before` tells what was changed."""
    default = DefaultGraph()
    for quad in store:
        union = _quad(quad.triple, default)
        if isinstance(quad.graph_name, DefaultGraph):
            if not _named(store, quad.triple):
                if quad in before:
                    store.remove(quad)
                else:
                    store.add(_quad(quad.triple, loose))
        elif union not in store:
            if union in before:
                store.remove(quad)
            else:
                store.add(union)


def open_folder(folder: Path) -> Store:
    """Return the store in `folder`, read-only.

    Raises:
        StoreError: there is none, or it is damaged.
    """
    try:
        return Store.read_only(str(folder))
    except OSError as error:
        raise StoreError(f"{folder}: no store that can be opened ({error}); build it again with kg build") from error


def load_files(files: Iterable[Path]) -> Store:
    """Return a store in memory with the RDF files.

    Raises:
        StoreError: a file is not the RDF that its name says.
    """
    store = Store()
    for file in files:
        _load(store, file, None)
    unite(store)
    return store


def add(store: Store, file: Path, graph: str) -> None:
    """Load an RDF file into the named graph whose term is `graph`, and into the union.

    Raises:
        StoreError: the file is not the RDF that its name says.
    """
    _load(store, file, NamedNode(graph.strip("<>")))
    _load(store, file, None)


def unite(store: Store) -> None:
    """Put the triples of all named graphs into the default graph."""
    store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")


def union(store: Store) -> Iterator[Quad]:
    """Yield each triple once, as a quad of the default graph."""
    return store.quads_for_pattern(None, None, None, DefaultGraph())


def _held(store: Store, change: Change) -> set[Triple]:
    """Return what a graph holds of what is to be replaced."""
    graph = NamedNode(change.graph[1:-1])
    if change.subjects is None:
        return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}
    nodes = (NamedNode(subject[1:-1]) for subject in change.subjects)
    return {quad.triple for node in nodes for quad in store.quads_for_pattern(node, None, None, graph)}


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _triples(data: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(data, RdfFormat.N_TRIPLES, lenient=True)}


def _named(store: Store, triple: Triple) -> bool:
    """Return whether a named graph holds a triple."""
    return any(isinstance(quad.graph_name, NamedNode) for quad in store.quads_for_pattern(*triple))


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, SyntaxError, ValueError) as error:
        raise StoreError(f"{folder}: the store can't be written: {error}") from error


def _load(store: Store, file: Path, graph: NamedNode | None) -> None:
    try:
        store.bulk_load(path=str(file), format=FORMATS[file.suffix.lower()], to_graph=graph)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{file}: can't be read as RDF: {error}") from error
