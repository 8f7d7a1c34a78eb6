"""The embedded store: Oxigraph in a folder, opened read-only by those who ask, or in memory.

The default graph holds the union of all named graphs, each triple once: a question that names no graph sees them all,
and what three articles say is one answer and not three, as Oxigraph's own union of graphs would have it.

Only `load` and `bulk_load` are all-or-nothing, so a folder is filled once, from files, and never written to again. One
process writes, in a folder of its own; readers open theirs read-only, also while a build runs.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kg.errors import StoreError

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def create(quads: Path, triples: Path, folder: Path) -> None:
    """Make a store in the new folder `folder` from an N-Quads file, and N-Triples that are the union of its graphs."""
    store = Store(str(folder))
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
    store.bulk_load(path=str(triples), format=RdfFormat.N_TRIPLES)
    store.flush()


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


def _load(store: Store, file: Path, graph: NamedNode | None) -> None:
    try:
        store.bulk_load(path=str(file), format=FORMATS[file.suffix.lower()], to_graph=graph)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{file}: can't be read as RDF: {error}") from error
