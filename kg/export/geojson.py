"""GeoJSON (RFC 7946): places, and what happened at them on a day, for QGIS, Leaflet, kepler.gl.

Three kinds of features, told apart by the property `feature`: "place"; "event", an event with a date and a place;
"statement", what a document asserts of a place and a date. What is denied, possible or only claimed is on no map.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.export.base import save
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.records import Entity, Statement

Property = str | int | float | list[str] | list[dict[str, str]] | None
GEONAMES = "https://sws.geonames.org/"


@dataclass(frozen=True, slots=True)
class GeoJsonExporter:
    """Writes one FeatureCollection of points."""

    suffix: str = ".geojson"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        return (save(path, (piece.encode() for piece in _document(graph))),)


EXPORTER = GeoJsonExporter()


def _document(graph: KnowledgeGraph) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": [\n'
    between = ""
    for feature in _features(graph):
        yield between + json.dumps(feature, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def _features(graph: KnowledgeGraph) -> Iterator[dict[str, object]]:
    places: dict[str, Entity] = {}
    events: list[Entity] = []
    for entity in graph.entities():
        if _point(entity) is not None:
            places[entity.iri] = entity
            yield _feature(entity.iri, entity, {"feature": "place", **_about(entity)})
        elif entity.begin is not None or entity.end is not None:
            events.append(entity)
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    wanted = {event.iri for event in events}
    for statement in graph.statements():
        if statement.standing == "asserted":
            yield from _statement(statement, places)
            if statement.event in wanted and statement.event is not None:
                said[statement.event].append(statement)
    for event in events:
        for iri in event.places:
            if iri in places:
                yield _feature(f"{event.iri}#{len(iri)}", places[iri], _event(event, places[iri], said[event.iri]))


def _about(entity: Entity) -> dict[str, Property]:
    return {
        "label": entity.label,
        "type": entity.type,
        "country": entity.country,
        "documents": entity.documents,
        "mentions": entity.mentions,
        "iri": entity.iri,
        "geonames": next((iri for iri in entity.same_as if iri.startswith(GEONAMES)), None),
    }


def _statement(statement: Statement, places: Mapping[str, Entity]) -> Iterator[dict[str, object]]:
    """Yield a feature for each place of a statement that has a date."""
    if statement.begin is None and statement.end is None:
        return
    sides = [side.iri for side in (statement.subject, statement.object) if side is not None and side.iri is not None]
    for iri in dict.fromkeys((*statement.places, *sides)):
        if iri in places:
            said: dict[str, Property] = {
                "feature": "statement",
                "label": statement.label,
                "place": places[iri].label,
                "begin": statement.begin,
                "end": statement.end,
                "precision": statement.precision,
                "relation": statement.relation,
                "document": statement.document,
                "sentence": statement.sentence,
                "iri": statement.iri,
            }
            yield _feature(None, places[iri], said)


def _event(event: Entity, place: Entity, statements: list[Statement]) -> dict[str, Property]:
    return {
        "feature": "event",
        "label": event.label,
        "place": place.label,
        "begin": event.begin,
        "end": event.end,
        "precision": event.precision,
        "documents": event.documents,
        "iri": event.iri,
        "statements": [{"document": s.document, "label": s.label, "sentence": s.sentence} for s in statements],
    }


def _point(entity: Entity) -> tuple[float, float] | None:
    """Return longitude and latitude, in this order, as RFC 7946 wants them."""
    if entity.latitude is None or entity.longitude is None:
        return None
    return entity.longitude, entity.latitude


def _feature(identifier: str | None, place: Entity, properties: Mapping[str, Property]) -> dict[str, object]:
    feature: dict[str, object] = {"type": "Feature"}
    if identifier is not None:
        feature["id"] = identifier
    feature["geometry"] = {"type": "Point", "coordinates": list(_point(place) or ())}
    feature["properties"] = dict(properties)
    return feature
