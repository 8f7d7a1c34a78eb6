"""`kg load`: the named graphs into an external store."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.progress import counting

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.store.external import ExternalStore
    from kg.store.loading import Item, Kind, Outcome, Step

WORDS: "Mapping[Kind, str]" = {
    "new": "new",
    "changed": "changed",
    "mended": "mended",
    "same": "unchanged",
    "adopted": "adopted",
    "gone": "dropped",
}


def command(
    source: Annotated[str, typer.Argument(metavar="DIR|FILE", help="A folder that kg build made, or an RDF file.")],
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL",
            help="The store: its base address, or the one for queries, updates or graphs (docs/stores.md).",
        ),
    ],
    keep: Annotated[
        bool,
        typer.Option(
            "--keep",
            help="The store holds other builds too: add to the graphs that builds share (entities, contradictions, "
            "runs, ontology), and take nothing out of them.",
        ),
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="NAME",
            help="oxigraph, virtuoso, fuseki, graphdb, qlever, neptune or generic; found out if not said.",
        ),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Count all graphs in the store and read a sample back, triple by triple.")
    ] = False,
    sample: Annotated[
        int, typer.Option("--sample", min=0, metavar="N", help="How many graphs --verify reads back; 0: all.")
    ] = 100,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and do nothing. The store is asked what it has.")
    ] = False,
    adopt: Annotated[
        bool,
        typer.Option(
            "--adopt",
            help="After a bulk load, or where the journal was lost: take graphs as loaded that the store has with as "
            "many triples. Add --verify to see whether they are.",
        ),
    ] = False,
    journal: Annotated[
        Path | None,
        typer.Option(
            "--journal", metavar="FILE", help="Where it is remembered what was loaded; a file in DIR/loads if not said."
        ),
    ] = None,
) -> None:
    """Put the named graphs into an external store over HTTP.

    Only graphs that changed since the last load from here are sent; each replaces the one with its name, and those of
    documents that are gone are dropped. Loading twice is safe, and so is loading again after a load that was cut off.
    User and password are read from KG_STORE_USER and KG_STORE_PASSWORD or a netrc file, a token from KG_STORE_TOKEN.
    """
    from kg.graph import knowledge
    from kg.store import journal as journals
    from kg.store import loading
    from kg.store.discovery import connect

    graph = knowledge.open(source)
    target = connect(url, profile)
    file = journal or journals.path(Path(source), target.endpoints.query)
    documents = f"{graph.base}document/"
    # A folder's own store has the union of its graphs in the default graph, and nothing else.
    loose = not (Path(source) / "store").is_dir()

    def shared(name: str) -> bool:
        return keep and not name.startswith(documents)

    plan = partial(loading.plan, graph.store, target, shared=shared, loose=loose, adopt=adopt)
    with closing(target.connection):
        if dry_run:
            _planned(plan(held=journals.read(file)), target)
            return
        with journals.opened(file, target.endpoints.query) as opened:
            items = plan(held=opened.held)
            with _progress(len(items), "loading") as step:
                outcome = loading.apply(items, graph.store, target, opened, step=step)
        _say(outcome, target, items)
        wrong = verify and _verify(items, graph.store, target, sample)
    if outcome.failed or wrong:
        raise typer.Exit(1)


def _verify(items: "list[Item]", store: "Store", target: "ExternalStore", sample: int) -> bool:
    """Say whether the store holds what was loaded; True: it doesn't."""
    from kg.store.verification import verify

    with _progress(min(sample or len(items), len(items)), "reading back") as step:
        found = verify(items, store, target, sample=sample, step=lambda item: step(item, ""))
    for difference in found.differences:
        typer.echo(f"kg: {difference}", err=True)
    said = f"{found.counted:,} graphs counted, {found.triples:,} triples of {found.read:,} read back"
    typer.echo(
        f"{said}: {len(found.differences):,} differ" if found.differences else f"{said}: all as loaded", err=True
    )
    return bool(found.differences)


def _planned(items: "list[Item]", target: "ExternalStore") -> None:
    """Say what a load would do: one line a graph on standard output, the sum on standard error."""
    for item in items:
        if item.kind != "same":
            more = "\tadded to" if item.shared else "\tover one that was not loaded from here" if item.taken else ""
            typer.echo(f"{WORDS[item.kind]}\t{item.count}\t{item.graph or 'default graph'}{more}")
    kinds = [item.kind for item in items]
    typer.echo(f"would be: {_counted({kind: kinds.count(kind) for kind in WORDS})} in {_name(target)}", err=True)


def _say(outcome: "Outcome", target: "ExternalStore", items: "list[Item]") -> None:
    failed = f", {len(outcome.failed):,} failed" if outcome.failed else ""
    typer.echo(f"{_counted(outcome.graphs)}{failed} in {_name(target)}; {outcome.triples:,} triples sent", err=True)
    taken = [item.graph for item in items if item.taken and item.kind == "new" and not item.shared]
    if taken:
        typer.echo(
            f"kg: {len(taken):,} of them were there and not loaded from here (first <{taken[0]}>), and were replaced. "
            "Does the store hold other builds? Use --keep",
            err=True,
        )


def _counted(graphs: "Mapping[Kind, int]") -> str:
    return "graphs: " + (", ".join(f"{count:,} {WORDS[kind]}" for kind, count in graphs.items() if count) or "none")


def _name(target: "ExternalStore") -> str:
    return f"{target.profile.name} at {target.endpoints.query}"


@contextmanager
def _progress(total: int, what: str) -> "Iterator[Step]":
    """Count the graphs on a terminal, and say what is wrong with those that the store refuses."""
    with counting(total, what, "graphs") as counter:

        def step(item: "Item", trouble: str) -> None:
            if trouble:
                counter.say(f"<{item.graph}>: {trouble}")
            counter.step()

        yield step
