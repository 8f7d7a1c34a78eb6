"""A load: which named graphs the store lacks, has in an older form, or holds of documents that are gone; and doing it.

What a store holds is known from two sides: the journal says what was put there, and the store is asked how many triples
each graph has. A graph is left alone where both agree with what is to be loaded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pyoxigraph import Store

from kg.errors import RefusedError, StoreError
from kg.store import content
from kg.store.external import ExternalStore
from kg.store.journal import Held, Journal

Kind = Literal["new", "changed", "mended", "same", "adopted", "gone"]
Step = Callable[["Item", str], None]
# So many graphs are counted at a time, and sent again if a load is killed before that.
COUNTED = 20
LOADED: tuple[Kind, ...] = ("new", "changed", "mended")
KINDS: tuple[Kind, ...] = (*LOADED, "same", "adopted", "gone")


@dataclass(frozen=True, slots=True)
class Item:
    """A graph and what is to be done with it.

    kind    new: this folder has not loaded it; changed: it says other things than what was loaded; mended: the store
            has not as many triples as were loaded; same; adopted: it was loaded in another way; gone: it was loaded
            from here and is here no more
    shared  it is added to and never taken away from
    there   how many triples the store has in it
    taken   it is new to this folder, and the store has a graph of that name
    """

    graph: str
    kind: Kind
    digest: str
    count: int
    shared: bool = False
    there: int = 0
    taken: bool = False

    @property
    def fresh(self) -> bool:
        """Whether to add is to replace: the store has nothing there."""
        return self.kind == "new" and not self.there and not self.shared and bool(self.graph)


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
    adopt: bool = False,
) -> list[Item]:
    """Return what is to be done with each graph, sorted by name.

    `held` is what the journal says, `shared` whether a graph is one of several builds, and `loose` whether triples may
    stand in no named graph: looking for them takes a look-up a triple. `adopt`: a graph that is not in the journal is
    taken as loaded where the store has one of as many triples, as after a bulk load of the same folder.

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
        there = counts.get(graph, 0)
        kind = _kind(graph, digest, known, there, shared=shared(graph))
        if adopt and kind == "new" and graph and there == count:
            kind = "adopted"
        items.append(Item(graph, kind, digest, count, shared(graph), there, graph not in held and there > 0))
    for graph in sorted(held.keys() - here.keys()):
        items.append(Item(graph, "gone", "", 0, shared(graph), counts.get(graph, 0)))
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
    return _Load(source, target, journal, step or (lambda item, trouble: None)).run(items)


class _Load:
    """One load under way."""

    def __init__(self, source: Store, target: ExternalStore, journal: Journal, step: Step) -> None:
        self._source = source
        self._target = target
        self._journal = journal
        self._step = step
        self._graphs: dict[Kind, int] = dict.fromkeys(KINDS, 0)
        self._triples = 0
        self._failed: list[tuple[str, str]] = []

    def run(self, items: Sequence[Item]) -> Outcome:
        loaded = [item for item in items if item.kind in LOADED]
        self._journal.begin(item.graph for item in loaded)
        # A load that was killed may have left it.
        self._tidy(loaded)
        for start in range(0, len(loaded), COUNTED):
            self._load(loaded[start : start + COUNTED])
        self._tidy(loaded)
        for item in items:
            if item.kind == "gone":
                self._drop(item)
            elif item.kind == "adopted":
                self._journal.done(item.graph, item.digest, item.there)
                self._done(item)
            elif item.kind == "same":
                self._done(item)
        return Outcome(self._graphs, self._triples, tuple(self._failed))

    def _load(self, items: Sequence[Item]) -> None:
        """Send some graphs, count them in the store, and write into the journal which are there."""
        lines = {item: content.lines(content.triples(self._source, item.graph)) for item in items}
        together = self._together(lines)
        sent = [item for item in items if item in together or self._sent(item, lines[item])]
        counts = self._target.counts([item.graph for item in sent if item.graph])
        for item in sent:
            held = counts.get(item.graph, 0)
            if item.shared or not item.graph:
                # Others may have put something there too: of ours it has at least the different values.
                held = self._least(item)
            elif held != item.count and not self._least(item) <= held < item.count:
                self._fail(item, f"the store has {held:,} triples of {item.count:,} now")
                continue
            self._journal.done(item.graph, item.digest, held)
            self._triples += item.count
            self._done(item)

    def _together(self, lines: Mapping[Item, list[str]]) -> set[Item]:
        """Send graphs that the store has not, in one request; return those that were sent."""
        new = {item for item in lines if item.fresh and not content.has_blank_nodes(lines[item])}
        if self._target.endpoints.quads is None or len(new) < 2:
            return set()
        try:
            self._target.insert({item.graph: lines[item] for item in lines if item in new})
        except RefusedError:
            # One by one it will be seen which of them it was.
            return set()
        return new

    def _sent(self, item: Item, lines: list[str]) -> bool:
        try:
            if item.shared or not item.graph:
                self._target.add(item.graph, lines)
            else:
                self._target.replace(item.graph, lines, self._journal.staging, least=lambda: self._least(item))
        except RefusedError as error:
            self._fail(item, str(error))
            return False
        return True

    def _drop(self, item: Item) -> None:
        try:
            if item.graph and not item.shared:
                self._target.drop(item.graph)
        except RefusedError as error:
            self._fail(item, str(error))
            return
        self._journal.gone(item.graph)
        self._done(item)

    def _done(self, item: Item) -> None:
        self._graphs[item.kind] += 1
        self._step(item, "")

    def _fail(self, item: Item, trouble: str) -> None:
        self._failed.append((item.graph, trouble))
        self._step(item, trouble)

    def _tidy(self, loaded: Sequence[Item]) -> None:
        if loaded and self._target.profile.batch:
            self._target.drop(self._journal.staging)

    def _least(self, item: Item) -> int:
        """Return how many triples a graph has where two spellings of a value are one."""
        return len(content.canonical_lines(content.triples(self._source, item.graph)))


def _kind(graph: str, digest: str, known: Held, count: int, *, shared: bool) -> Kind:
    if known.digest is None:
        return "new"
    if known.digest != digest:
        return "changed"
    # How much of the default graph is ours can't be counted.
    whole = not graph or (count >= known.count if shared else count == known.count)
    return "same" if whole else "mended"
