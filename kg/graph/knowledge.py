"""A graph that was built, opened: SPARQL, records, rdflib, networkx and pandas over the same data.

>>> graph = kg.open("out")  # doctest: +SKIP
>>> for row in graph.query("who-heads-what", what="Harbour"):  # doctest: +SKIP
...     print(row["person"], "heads", row["heads"])
Lena Brandt heads Harbour Council
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from kg import resources
from kg.errors import QueryError, StoreError, UsageError
from kg.graph import query as queries
from kg.graph import reading, terms
from kg.graph.records import Document, Entity, Mention, Statement
from kg.graph.rows import Rows, answered
from kg.settings import ONTOLOGY
from kg.store import oxigraph

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from rdflib import Graph

    from kg.graph.tables import Frames


class KnowledgeGraph:
    """A graph to ask. `store` is the Oxigraph store that everything here reads."""

    def __init__(self, store: Store, *, built: bool = False) -> None:
        """Read from `store`; `built` says that kg made it: all is in named graphs, and one of them has all entities."""
        self.store = store
        self.built = built

    def __len__(self) -> int:
        """Return the number of triples in all graphs together, the ontology's too."""
        return sum(1 for _ in oxigraph.union(self.store))

    def query(self, question: str, **values: str) -> Rows:
        """Return the rows of a SELECT, a list of dicts. `question` is SPARQL, a .rq file or the name of a question.

        Values are plain Python: numbers and booleans as such, IRIs, dates and text as strings, None where unbound.

        Raises:
            QueryError: it is not a SELECT, or can't be run.
            UsageError: no question has that name, or it lacks a parameter.
        """
        answer = self.ask(question, **values)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("the query is no SELECT: use ask()")
        return answered(self.store, answer)

    def ask(self, question: str, **values: str) -> QuerySolutions | QueryTriples | QueryBoolean:
        """Return what Oxigraph answers to any query: rows, triples, or yes and no."""
        return queries.ask(self.store, queries.text_of(question), values, base=self.base, names=self.names)

    def documents(self) -> Iterator[Document]:
        """Yield the documents as records, by their ids."""
        return reading.documents(self.store)

    def entities(self) -> Iterator[Entity]:
        """Yield the entities as records, by their IRIs."""
        return reading.entities(self.store)

    def statements(self) -> Iterator[Statement]:
        """Yield the statements as records, by the ids of their documents and in the order of the text."""
        return reading.statements(self.store)

    def mentions(self) -> Iterator[Mention]:
        """Yield where entities are mentioned, by the ids of the documents and in the order of the text."""
        return reading.mentions(self.store)

    def to_networkx(self) -> "MultiDiGraph[str]":
        """Return the entities as nodes and the statements that join two of them as edges, all in memory.

        Nodes are IRIs; an edge has the statement's IRI as its key. Attributes have the names of the fields of the
        records. An edge weighs 1: parallel edges add up to how many statements there are.
        """
        from kg.graph.network import network

        return network(self.entities(), self.statements())

    def to_pandas(self) -> "Frames":
        """Return three DataFrames: `documents`, `entities`, `statements`; columns are those of the CSV tables.

        Raises:
            UsageError: pandas is not installed.
        """
        from kg.graph.tables import frames

        return frames(self.documents(), self.entities(), self.statements())

    def to_rdflib(self) -> "Graph":
        """Return an rdflib Graph over the same store: the union of all named graphs. Nothing is copied."""
        import rdflib
        from oxrdflib import OxigraphStore
        from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

        union = rdflib.Graph(store=OxigraphStore(store=self.store), identifier=DATASET_DEFAULT_GRAPH_ID)
        for prefix, namespace in terms.prefixes(self.base).items():
            union.bind(prefix, namespace, override=True, replace=True)
        return union

    @property
    def base(self) -> str:
        """The IRI under which the graph's nodes have theirs, read off the graph of entities."""
        graph = self._entities()
        if graph is not None:
            return graph[1:].removesuffix("graph/entities>")
        from kg.settings import BASE

        return BASE

    @property
    def names(self) -> str | None:
        """The term of the named graph that has the names of all entities, if there surely is one."""
        return self._entities() if self.built else None

    def _repr_html_(self) -> str:
        """Return the summary that a notebook shows."""
        from kg.graph.summary import summary
        from kg.view import notebook

        return notebook.graph(summary(self.store))

    def _entities(self) -> str | None:
        graphs = (str(graph) for graph in self.store.named_graphs())
        return next((graph for graph in graphs if graph.endswith("/graph/entities>")), None)


def open(*sources: str | Path) -> KnowledgeGraph:  # noqa: A001 — users call it as kg.open
    """Return the graph in a folder that kg built, or in RDF files, or in several of them together.

    A folder's own store is opened read-only, in milliseconds; files and several folders are read into memory. Where the
    ontology is not among them it is put beside, since questions ask for relations and those below them.

    Raises:
        UsageError: a source is neither a folder with a graph nor an RDF file.
        StoreError: it can't be read.
    """
    paths = [Path(source) for source in sources]
    if len(paths) == 1 and (paths[0] / "store").is_dir():
        return KnowledgeGraph(oxigraph.open_folder(paths[0] / "store"), built=True)
    files = [_file(path) for path in paths]
    if not files:
        raise UsageError("no graph: name a folder that kg build made, or an RDF file")
    store = oxigraph.load_files(files)
    if not store.query(f"ASK {{ <{ONTOLOGY}related> a ?class }}"):
        oxigraph.add(store, resources.ontology() / "kg.ttl", terms.ONTOLOGY_GRAPH)
    return KnowledgeGraph(store)


def is_source(argument: str) -> bool:
    """Return whether an argument names data: an existing folder or RDF file."""
    path = Path(argument)
    return path.is_dir() or (path.is_file() and path.suffix.lower() in oxigraph.FORMATS)


def split(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """Return the data and the question of `kg query`'s arguments; None where there is no question.

    Raises:
        UsageError: there is more than one question.
    """
    data = [argument for argument in arguments if is_source(argument)]
    rest = [argument for argument in arguments if not is_source(argument)]
    if len(rest) > 1:
        missing = next((a for a in rest if _looks_like_path(a)), None)
        if missing is not None:
            raise UsageError(f"{missing}: no such folder or RDF file")
        raise UsageError(f"more than one question: {', '.join(rest)}; quote SPARQL text as one argument")
    return data, rest[0] if rest else None


def _looks_like_path(argument: str) -> bool:
    return not any(c.isspace() for c in argument) and ("/" in argument or Path(argument).suffix in oxigraph.FORMATS)


def _file(path: Path) -> Path:
    if path.is_file():
        if path.suffix.lower() not in oxigraph.FORMATS:
            raise UsageError(f"{path}: not an RDF file (known: {', '.join(oxigraph.FORMATS)})")
        return path
    for name in ("graph.nq", "graph.ttl"):
        if (path / name).is_file():
            return path / name
    if path.exists():
        raise StoreError(f"{path}: no graph in it (store/, graph.nq or graph.ttl): build one with kg build … -o {path}")
    raise UsageError(f"{path}: no such folder or RDF file")
