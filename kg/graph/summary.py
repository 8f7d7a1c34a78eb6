"""What is in a graph, in a few figures: documents and their days, entities, statements, who is in most of them."""

import re
from collections import Counter
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from kg.graph import terms
from kg.graph.rows import name_of

# Of a graph with more statements it is not counted who is in most: that would take seconds.
COUNTED = 300_000
MOST = 8

_UNION = DefaultGraph()
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Connected:
    """An entity, its classes, and the number of statements of which it is a side."""

    iri: str
    name: str
    types: tuple[str, ...]
    statements: int


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a graph. `classes` counts entities by class, those above it too; `begin` and `end` are ISO days."""

    documents: int
    entities: int
    statements: int
    quotations: int
    classes: dict[str, int]
    begin: str | None
    end: str | None
    connected: tuple[Connected, ...]


def summary(store: Store) -> Summary:
    """Return the figures of the graph in a store."""
    days = sorted(
        quad.object.value
        for quad in store.quads_for_pattern(None, _node("dcterms:issued"), None, _UNION)
        if isinstance(quad.object, Literal) and _DAY.fullmatch(quad.object.value)
    )
    statements = _count(store, "kg:Statement")
    return Summary(
        documents=_count(store, "kg:Document"),
        entities=_count(store, "kg:Entity"),
        statements=statements,
        quotations=_count(store, "kg:Quotation"),
        classes=_classes(store),
        begin=days[0] if days else None,
        end=days[-1] if days else None,
        connected=_connected(store) if statements <= COUNTED else (),
    )


def _count(store: Store, kind: str) -> int:
    return sum(1 for _ in store.quads_for_pattern(None, _node("rdf:type"), _node(kind), _UNION))


def _classes(store: Store) -> dict[str, int]:
    rows = store.query(
        "SELECT ?class (COUNT(?node) AS ?count) WHERE { ?node a kg:Entity ; a ?class } GROUP BY ?class",
        prefixes=terms.PREFIXES,
    )
    assert isinstance(rows, QuerySolutions)  # noqa: S101 — a SELECT gives no other
    counted = {row["class"].value.rpartition("#")[2]: int(row["count"].value) for row in rows}
    return dict(sorted(counted.items()))


def _connected(store: Store) -> tuple[Connected, ...]:
    """Return the entities that most statements have as a side; a statement of one entity with itself counts once."""
    sides: Counter[NamedNode] = Counter()
    for quad in store.quads_for_pattern(None, _node("rdf:subject"), None, _UNION):
        if isinstance(quad.object, NamedNode):
            sides[quad.object] += 1
    for quad in store.quads_for_pattern(None, _node("rdf:object"), None, _UNION):
        patient = quad.object
        if isinstance(patient, NamedNode):
            own = next(store.quads_for_pattern(quad.subject, _node("rdf:subject"), patient, _UNION), None)
            sides[patient] += own is None
    found: list[Connected] = []
    for node, count in sorted(sides.items(), key=lambda item: (-item[1], item[0].value)):
        kinds = _types(store, node)
        if len(found) == MOST:
            break
        if "Entity" in kinds:
            found.append(Connected(node.value, name_of(store, node), kinds, count))
    return tuple(found)


def _types(store: Store, node: NamedNode) -> tuple[str, ...]:
    quads = store.quads_for_pattern(node, _node("rdf:type"), None, _UNION)
    return tuple(sorted(quad.object.value.rpartition("#")[2] for quad in quads if isinstance(quad.object, NamedNode)))


def _node(curie: str) -> NamedNode:
    return NamedNode(terms.name(curie)[1:-1])
