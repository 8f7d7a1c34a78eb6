"""A load: which named graphs the store lacks, has in an older form, or holds of documents that are gone; and doing it.

What a store holds is known from two sides: the journal says what was put there, and the store is asked how many triples
each graph has. A graph is left alone where both agree with what is to be loaded.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pyoxigraph import Store

from kg.errors import RefusedError, StoreError
from kg.store import content
from kg.store.external import ExternalStore
from kg.store.journal import Held, Journal

Kind = Literal["new", "changed", "mended", "same", "gone"]
Step = Callable[["Item", str], None]
# So many graphs are counted at a time, and sent again if a load is killed before that.
COUNTED = 20
LOADED: tuple[Kind, ...] = ("new", "changed", "mended")


@dataclass(frozen=True, slots=True)
class Item:
    """A graph and what is to be done with it.

    kind    new: this folder has not loaded it; changed: it says other things than what was loaded; mended: the store
            has not as many triples as were loaded; same; gone: it was loaded from here and is here no more
    shared  it is added to and never taken away from
    taken   it is new to this folder, and the store has a graph of that name
    """

    graph: str
    kind: Kind
    digest: str
    count: int
    shared: bool = False
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did: how many graphs of each kind, how many triples were sent, and what failed."""

    graphs: Mapping[Kind, int]
    triples: int
    failed: tuple[tuple[str, str], ...] = ()


def plan(
    source: Store,
    target: ExternalStore,
    held: Mapping[str, Held],
    *,
    shared: Callable[[str], bool] = lambda _: False,
    loose: bool = True,
) -> list[Item]:
    """Return what is to be done with each graph, sorted by name.

    `held` is what the journal says, `shared` whether a graph is one of several builds, and `loose` whether triples may
    stand in no named graph: looking for them takes a look-up a triple.

    Raises:
        StoreError: the store can't be asked, or has no place for triples without a named graph.
    """
    here: dict[str, tuple[str, int]] = {}
    for graph in [*([""] if loose else []), *content.names(source)]:
        lines = content.lines(content.triples(source, graph))
        if lines:
            here[graph] = content.digest(lines), len(lines)
    if "" in here and not target.profile.default:
        raise StoreError(
            f"{here[''][1]:,} triples stand in no named graph, and {target.profile.name} has no default graph: "
            "put them in a named graph first"
        )
    counts = target.counts(sorted({*here, *held} - {""}))
    items = []
    for graph, (digest, count) in sorted(here.items()):
        known = held.get(graph, Held(None))
        kind = _kind(graph, digest, known, counts.get(graph, 0), shared=shared(graph))
        taken = graph not in held and graph in counts
        items.append(Item(graph, kind, digest, count, shared(graph), taken))
    for graph in sorted(held.keys() - here.keys()):
        items.append(Item(graph, "gone", "", counts.get(graph, 0), shared(graph)))
    return items


def apply(
    items: list[Item], source: Store, target: ExternalStore, journal: Journal, *, step: Step | None = None
) -> Outcome:
    """Do what is planned and return what was done.

    A graph that the store refuses is named in the outcome, and the others are loaded. Documents that are gone are
    dropped at the end. `step` is called after each graph, with what went wrong with it.

    Raises:
        StoreError: the store can't be reached. What was done is done, and the next load goes on from there.
    """
    graphs: dict[Kind, int] = dict.fromkeys((*LOADED, "same", "gone"), 0)
    failed: list[tuple[str, str]] = []
    sent, loaded = 0, [item for item in items if item.kind in LOADED]
    journal.begin(item.graph for item in loaded)
    if target.profile.batch:
        # A load that was killed may have left it.
        target.drop(journal.staging)
    for batch in _batched(loaded, COUNTED):
        waiting = {}
        for item in batch:
            trouble = ""
            try:
                waiting[item] = _send(item, source, target, journal.staging)
            except RefusedError as error:
                trouble = str(error)
                failed.append((item.graph, trouble))
            if step is not None:
                step(item, trouble)
        _note(waiting, source, target, journal)
        for item, lines in waiting.items():
            graphs[item.kind] += 1
            sent += len(lines)
    if loaded and target.profile.batch:
        target.drop(journal.staging)
    for item in items:
        if item.kind == "gone" and item.graph and not item.shared:
            target.drop(item.graph)
        if item.kind == "gone":
            journal.gone(item.graph)
        if item.kind not in LOADED:
            graphs[item.kind] += 1
            if step is not None:
                step(item, "")
    return Outcome(graphs, sent, tuple(failed))


def _kind(graph: str, digest: str, known: Held, count: int, *, shared: bool) -> Kind:
    if known.digest is None:
        return "new"
    if known.digest != digest:
        return "changed"
    # How much of the default graph is ours can't be counted.
    whole = not graph or (count >= known.count if shared else count == known.count)
    return "same" if whole else "mended"


def _send(item: Item, source: Store, target: ExternalStore, staging: str) -> list[str]:
    lines = content.lines(content.triples(source, item.graph))
    if item.shared or not item.graph:
        target.add(item.graph, lines)
    else:
        target.replace(item.graph, lines, staging, least=lambda: _least(source, item.graph))
    return lines


def _note(sent: Mapping[Item, list[str]], source: Store, target: ExternalStore, journal: Journal) -> None:
    """Write into the journal that graphs are in the store, after counting them there."""
    counts = target.counts([item.graph for item in sent if item.graph])
    for item, lines in sent.items():
        held = counts.get(item.graph, 0)
        if item.shared or not item.graph:
            # Others may have put something there too: of ours it has at least the different values.
            held = _least(source, item.graph)
        else:
            target.check(item.graph, held, lines, partial(_least, source, item.graph))
        journal.done(item.graph, item.digest, held)


def _least(source: Store, graph: str) -> int:
    """Return how many triples a graph has where two spellings of a value are one."""
    return len(content.canonical_lines(content.triples(source, graph)))


def _batched(items: Sequence[Item], size: int) -> Iterator[Sequence[Item]]:
    """Yield `items` in pieces of `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
