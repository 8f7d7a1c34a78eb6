"""The embedded store: Oxigraph in a folder, opened read-only by those who ask, or in memory.

Only `load` and `bulk_load` are all-or-nothing, so a folder is filled once, from a file, and never written to again.
One process writes, in a folder of its own; readers open theirs read-only, also while a build runs.
"""

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

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


def create(quads: Path, folder: Path) -> None:
    """Make a store in the new folder `folder` from an N-Quads file."""
    store = Store(str(folder))
    store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
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
        add(store, file)
    return store


def add(store: Store, file: Path, graph: str | None = None) -> None:
    """Load an RDF file into a store; triples go into the named graph whose term is `graph`, else the default graph.

    Raises:
        StoreError: the file is not the RDF that its name says.
    """
    target = None if graph is None else NamedNode(graph.strip("<>"))
    try:
        store.bulk_load(path=str(file), format=FORMATS[file.suffix.lower()], to_graph=target)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{file}: can't be read as RDF: {error}") from error
