"""The store of a folder, brought to what the ledger says: filled anew, or changed where something has changed."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.corpus import writing
from kg.corpus.deciding import Decided
from kg.corpus.ledger import Ledger
from kg.corpus.nodes import Nodes, about_entities, other_graphs
from kg.graph import terms
from kg.graph.contribution import lines, quads
from kg.graph.entities import Merged
from kg.graph.terms import Fact
from kg.settings import Settings
from kg.store import oxigraph
from kg.store.oxigraph import Change

# With more of its documents changed a store is quicker filled anew.
SHARE = 0.3
# The ledger has this note when somebody changed the store otherwise than by a build (kg/corpus/editing.py).
EDITED = "edited"


def store(decided: Decided, settings: Settings, old: Path, new: Path, workers: int) -> None:
    """Make the store in the folder `new`, from the one in `old` where there is one; the ledger's marks are taken off.

    Raises:
        StoreError: it can't be written, or the old one not be read.
    """
    ledger = decided.ledger
    edited = ledger.meta(EDITED) is not None
    whole = (
        edited or not old.is_dir() or ledger.count("document", "stale") > SHARE * ledger.count("document", "NOT twin")
    )
    (_fill if whole else _change)(decided, settings, old, new, workers)
    ledger.db.execute("UPDATE document SET stale = 0 WHERE stale")
    ledger.db.execute("DELETE FROM meta WHERE key = ?", (EDITED,))
    for kind in ("iri", "graph"):
        ledger.done(kind)


def _fill(decided: Decided, settings: Settings, _: Path, new: Path, workers: int) -> None:
    """Write everything into one file and load it at once."""
    db = decided.ledger.db
    db.execute("UPDATE document SET stale = 1 WHERE NOT twin")
    file = new.with_name("store.nq")
    with file.open("wb") as out:
        for written in writing.stale(decided, workers):
            writing.keep(decided.ledger, written, whole=True)
            out.write(written.quads)
            out.write(written.triples)
        nodes = Nodes(decided)
        graph, facts = about_entities(settings.base)
        out.writelines(_both(graph, lines(facts)))
        db.execute("DELETE FROM node")
        for iri, merged in nodes.all():
            out.writelines(_both(graph, _node(decided.ledger, nodes, iri, merged)))
        for name, said in _others(decided, nodes, settings):
            out.writelines(_both(name, lines(said)))
    oxigraph.create(file, new)
    file.unlink()


def _change(decided: Decided, settings: Settings, old: Path, new: Path, workers: int) -> None:
    """Change the graphs of stale documents, the entities that they name or named, and the other graphs."""
    oxigraph.update(old, new, _changes(decided, settings, workers))


def _changes(decided: Decided, settings: Settings, workers: int) -> Iterator[Change]:
    ledger = decided.ledger
    stale = {
        terms.document(settings.base, identifier)
        for (identifier,) in ledger.db.execute("SELECT id FROM document WHERE stale")
    }
    yield from (Change(graph) for graph in ledger.pending("graph") if graph not in stale)
    for written in writing.stale(decided, workers):
        writing.keep(ledger, written, whole=False)
        yield Change(written.graph, written.triples)
    nodes = Nodes(decided)
    graph, _ = about_entities(settings.base)
    for iri, merged in nodes.some(_touched(decided)):
        ledger.db.execute("DELETE FROM node WHERE iri = ?", (iri,))
        found = () if merged is None else _node(ledger, nodes, iri, merged)
        yield Change(graph, quads(found, "").encode(), frozenset((terms.iri(iri),)))
    before = set(json.loads(ledger.meta("graphs") or "[]"))
    for name, said in _others(decided, nodes, settings):
        before.discard(name)
        yield Change(name, quads(lines(said), "").encode())
    yield from (Change(name) for name in sorted(before))


def _touched(decided: Decided) -> list[str]:
    """Return the entities that may have changed, by the IRIs that they have now or had."""
    pending = decided.ledger.pending("iri")
    return sorted({*pending, *map(decided.plan.final, pending)})


def _node(ledger: Ledger, nodes: Nodes, iri: str, merged: Merged) -> tuple[str, ...]:
    """Return the triples of an entity, and count it."""
    found = lines(tuple(nodes.facts(iri, merged)))
    ledger.db.execute("INSERT INTO node VALUES (?, ?, ?)", (iri, merged.kind, len(found)))
    return found


def _others(decided: Decided, nodes: Nodes, settings: Settings) -> Iterator[tuple[str, list[Fact]]]:
    """Yield the other graphs, and note which there are and how much they hold."""
    found = list(other_graphs(decided, nodes, settings))
    decided.ledger.note("graphs", json.dumps([name for name, _ in found]))
    about = len(set(about_entities(settings.base)[1]))
    decided.ledger.note("facts", str(about + sum(len(set(said)) for _, said in found)))
    return iter(found)


def _both(graph: str, triples: tuple[str, ...]) -> Iterable[bytes]:
    """Return triples as N-Quads of a graph and of the union."""
    return quads(triples, graph).encode(), quads(triples, "").encode()
