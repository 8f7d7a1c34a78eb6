"""Graphs to load: of documents that are like ours, and literals of every kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from kg.store import journal, loading
from kg.store.external import ExternalStore
from kg.store.loading import Outcome
from kg.store.verification import Verified, verify

BASE = "https://example.org/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"


def document(number: int, size: int = 40, word: str = "says") -> str:
    """N-Quads of a document's graph with `size` triples like ours."""
    graph = f"<{BASE}document/d{number}>"
    kinds = (
        '"{w} “{i}” 😀\\n"@en',
        f'"{{i}}.5"^^<{XSD}decimal>',
        f'"true"^^<{XSD}boolean>',
        f'"{{i}}"^^<{XSD}integer>',
        f'"2021-06-26"^^<{XSD}date>',
        f"<{BASE}entity/e{{i}}>",
        '"tab\\t \\"quoted\\" \\\\ {w} {i}"',
    )
    return "".join(
        f"<{BASE}statement/s{number}-{i // 4}> <{BASE}p{i}> {kinds[i % len(kinds)].format(w=word, i=i)} {graph} .\n"
        for i in range(size)
    )


def store(*nquads: str) -> Store:
    """A store with named graphs."""
    found = Store()
    found.load("".join(nquads).encode(), format=RdfFormat.N_QUADS)
    return found


@dataclass(frozen=True)
class Loaded:
    """What a load planned, what came of it, and what its verification says of every graph."""

    kinds: Mapping[str, int]
    outcome: Outcome
    verified: Verified


def load(
    source: Store, target: ExternalStore, file: Path, *, shared: Callable[[str], bool] = lambda _: False
) -> Loaded:
    """Plan, load and read everything back."""
    with journal.opened(file, target.endpoints.query) as opened:
        items = loading.plan(source, target, opened.held, shared=shared)
        outcome = loading.apply(items, source, target, opened)
    kinds = [item.kind for item in items]
    return Loaded(
        {kind: kinds.count(kind) for kind in sorted(set(kinds))}, outcome, verify(items, source, target, sample=0)
    )
