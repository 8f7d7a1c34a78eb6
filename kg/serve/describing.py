"""What the graph says of one node: its own triples and those that lead to it, so many as can be read."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store, Triple

from kg.export.jsonld import context, nodes
from kg.graph import schema, terms, turtle
from kg.graph.knowledge import KnowledgeGraph

OWN, INTO = 1_000, 500  # triples of a description
_COUNTED = 20_000  # that lead to it, and are counted


@dataclass(frozen=True, slots=True)
class Description:
    """A node's own triples, and some of those that have it as their object; `left` counts the others of both.

    `more`: there are more than were counted.
    """

    iri: str
    own: tuple[Triple, ...]
    into: tuple[Triple, ...]
    left: int = 0
    more: bool = False

    @property
    def note(self) -> str | None:
        """What is left out, in words."""
        return f"{'more than ' if self.more else ''}{self.left:,} triples are left out here" if self.left else None

    def values(self, curie: str) -> list[str]:
        """Return the values that the node has for a property, sorted."""
        wanted = terms.name(curie)[1:-1]
        found = (triple.object for triple in self.own if triple.predicate.value == wanted)
        return sorted(str(getattr(value, "value", value)) for value in found)


def describe(graph: KnowledgeGraph, iri: str) -> Description | None:
    """Return what the graph says of a node; None where it says nothing.

    A named graph is described by what it holds.
    """
    node = NamedNode(iri)
    own = list(islice(_triples(graph.store, node, None), OWN + _COUNTED))
    into = list(islice(_triples(graph.store, None, node), INTO + _COUNTED))
    if not own and not into:
        held = graph.store.quads_for_pattern(None, None, None, node)
        own = [quad.triple for quad in islice(held, OWN + _COUNTED)]
    if not own and not into:
        return None
    left = max(len(own) - OWN, 0) + max(len(into) - INTO, 0)
    more = len(own) == OWN + _COUNTED or len(into) == INTO + _COUNTED
    return Description(iri, _sorted(own)[:OWN], _sorted(into)[:INTO], left, more)


def as_turtle(found: Description, base: str) -> str:
    """Return a description as Turtle."""
    facts = [(str(t.subject), str(t.predicate), str(t.object)) for t in (*found.own, *found.into)]
    prefixes = {**terms.prefixes(base), **schema.prefixes(None)}
    notes = [note for note in (f"What the graph says of <{found.iri}>", found.note) if note]
    return turtle.document(facts, prefixes, *notes)


def as_json(found: Description) -> str:
    """Return a description as JSON-LD, with its context."""
    graph = [node for node in nodes((*found.own, *found.into)) if node]
    return json.dumps({"@context": context(), "@graph": graph}, ensure_ascii=False, indent=1)


def _triples(store: Store, subject: NamedNode | None, value: NamedNode | None) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(subject, None, value, DefaultGraph()):
        if not isinstance(quad.subject, BlankNode):
            yield quad.triple


def _sorted(triples: list[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=str))
