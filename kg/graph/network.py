"""The graph as a networkx MultiDiGraph: entities are nodes, statements that join two of them are edges."""

from collections.abc import Iterable, Mapping

from networkx import MultiDiGraph

from kg.graph.records import Entity, Statement

Attribute = str | int | float | bool


def network(entities: Iterable[Entity], statements: Iterable[Statement]) -> "MultiDiGraph[str]":
    """Return a MultiDiGraph of entities and of the statements that join two of them."""
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.graph["name"] = "actors and places"
    for entity in entities:
        graph.add_node(entity.iri, **node_attributes(entity))
    for statement in statements:
        ends = joined(statement)
        if ends is not None and ends[0] in graph and ends[1] in graph:
            graph.add_edge(*ends, key=statement.iri, **edge_attributes(statement))  # type: ignore[arg-type]
    return graph


def joined(statement: Statement) -> tuple[str, str] | None:
    """Return the IRIs of both sides of a statement, where both are nodes."""
    source = statement.subject.iri if statement.subject else None
    target = statement.object.iri if statement.object else None
    return None if source is None or target is None else (source, target)


def node_attributes(entity: Entity) -> dict[str, Attribute]:
    """Return what a node says of an entity; what is unknown is left out, so that GraphML and GEXF can hold it."""
    return _known(
        {
            "label": entity.label,
            "type": entity.type,
            "types": " ".join(entity.types),
            "latitude": entity.latitude,
            "longitude": entity.longitude,
            "country": entity.country,
            "documents": entity.documents,
            "mentions": entity.mentions,
            "begin": entity.begin,
            "end": entity.end,
        }
    )


def edge_attributes(statement: Statement) -> dict[str, Attribute]:
    """Return what an edge says of a statement; its weight is 1, so that parallel edges add up to their number."""
    return _known(
        {
            "relation": statement.relation or "related",
            "label": statement.relation or statement.words,
            "weight": 1.0,
            "standing": statement.standing,
            "words": statement.words,
            "negated": statement.negated,
            "modality": statement.modality,
            "confidence": statement.confidence,
            "speaker": statement.speaker.name if statement.speaker else None,
            "document": statement.document,
            "sentence": statement.sentence,
            "begin": statement.begin,
            "end": statement.end,
        }
    )


def _known(told: Mapping[str, Attribute | None]) -> dict[str, Attribute]:
    return {name: value for name, value in told.items() if value is not None}
