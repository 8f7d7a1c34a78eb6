"""`kg load`: the named graphs into an external store."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.graph.knowledge import KnowledgeGraph


def command(
    source: Annotated[str, typer.Argument(metavar="DIR|FILE", help="A folder that kg build made, or an RDF file.")],
    url: Annotated[
        str, typer.Argument(metavar="URL", help="The store's Graph Store address: http://127.0.0.1:7878/store.")
    ],
    keep: Annotated[
        bool, typer.Option("--keep", help="Add to the graph of entities: the store holds those of other builds too.")
    ] = False,
) -> None:
    """Put the named graphs into an external store over HTTP.

    Each graph replaces the one with its name (SPARQL 1.1 Graph Store Protocol), so loading twice is safe. User and
    password are read from KG_STORE_USER and KG_STORE_PASSWORD.
    """
    from kg.graph import knowledge, terms
    from kg.store import sparql

    store = sparql.connect(url)
    graph = knowledge.open(source)
    entities = terms.graph(graph.base, "entities")[1:-1]
    count = sparql.load(store, _graphs(graph), keep=frozenset([entities]) if keep else frozenset())
    typer.echo(f"{count:,} named graphs in {url}", err=True)


def _graphs(graph: "KnowledgeGraph") -> Iterator[tuple[str, bytes]]:
    from kg.export.rdf import by_graph

    for name, facts in by_graph(graph):
        yield name, "".join(f"{s} {p} {o} .\n" for s, p, o in facts).encode()
