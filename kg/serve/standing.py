"""How corrections stand: which are in the graph, which wait for the next build, which would not apply."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal as Of

from pyoxigraph import Literal, NamedNode, Quad

from kg.corpus.build import settings_of
from kg.corpus.deciding import planned
from kg.corpus.folder import generation
from kg.corpus.opening import reading
from kg.errors import CorrectionError
from kg.graph import terms
from kg.graph.corrections.editing import digest
from kg.graph.corrections.file import NAME, dump, load
from kg.graph.corrections.plan import Plan
from kg.graph.corrections.records import Correction
from kg.graph.knowledge import KnowledgeGraph

State = Of["in the graph", "waits", "does not apply"]


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction, how it stands, the nodes that it is about, and why it does not apply if it doesn't."""

    correction: Correction
    state: State
    nodes: tuple[str, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The corrections of a file in its order; `gone` are the labels of those in the graph that the file has no more.

    `digest` is that of the file; `error` says why nothing of it can be applied, if so.
    """

    digest: str
    entries: tuple[Standing, ...] = ()
    gone: tuple[str, ...] = ()
    error: str | None = None

    @property
    def waiting(self) -> int:
        """How many corrections the next build puts into the graph, or takes out of it."""
        return len(self.gone) + sum(entry.state == "waits" for entry in self.entries)


def overview(folder: Path, graph: KnowledgeGraph) -> Overview:
    """Return how the corrections of a folder stand."""
    path = folder / NAME
    try:
        seen = digest(path)
    except CorrectionError as error:
        return Overview("", error=_plain(str(error), path))
    with reading(folder) as ledger:
        number = generation(ledger)
    return _overview(folder, seen, number, _said(graph))


@lru_cache(maxsize=4)
def _overview(folder: Path, seen: str, _: int, said: tuple[tuple[str, str], ...]) -> Overview:
    path = folder / NAME
    try:
        corrections = load(path)
        with reading(folder) as ledger:
            plan = planned(ledger, settings_of(ledger), corrections, path).plan if corrections else Plan()
            base = ledger.base
    except CorrectionError as error:
        return Overview(seen, error=_plain(str(error), path))
    known = dict(said)
    nodes = {correction.signed.line: found for correction, found in plan.decided}
    reasons = {stale.line: stale.reason for stale in plan.stale}
    entries, left = [], dict(known)
    for correction in corrections:
        line, node = correction.signed.line, terms.mint(base, "correction", dump(correction))
        state: State = "does not apply" if line in reasons else "in the graph" if node in known else "waits"
        entries.append(Standing(correction, state, nodes.get(line, ()), reasons.get(line)))
        left.pop(node, None)
    return Overview(seen, tuple(entries), tuple(sorted(left.values())))


def _said(graph: KnowledgeGraph) -> tuple[tuple[str, str], ...]:
    """Return the corrections that a graph has, by their terms, each with its label."""
    kind, label = NamedNode(terms.name("kg:Correction")[1:-1]), NamedNode(terms.LABEL[1:-1])
    found = graph.store.quads_for_pattern(None, NamedNode(f"{terms.RDF}type"), kind, None)
    nodes = {quad.subject for quad in found}
    labels = {node: next(graph.store.quads_for_pattern(node, label, None, None), None) for node in nodes}
    return tuple(sorted((str(node), "" if quad is None else _text(quad)) for node, quad in labels.items()))


def _plain(message: str, path: Path) -> str:
    return message.replace(str(path), path.name)


def _text(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, Literal) else ""
