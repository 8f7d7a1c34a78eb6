"""The graph as a networkx MultiDiGraph: entities are nodes, statements that join two of them are edges."""

from collections.abc import Mapping

from networkx import MultiDiGraph
from pyoxigraph import QuerySolution, Store

from kg.graph.claims import claims
from kg.graph.terms import PREFIXES

_ENTITIES = """
SELECT ?entity ?label ?class ?lat ?long ?country WHERE {
  ?entity a kg:Entity ; rdfs:label ?label ; a ?class .
  FILTER(STRSTARTS(STR(?class), STR(kg:)) )
  OPTIONAL { ?entity wgs:lat ?lat ; wgs:long ?long }
  OPTIONAL { ?entity kg:countryCode ?country }
}
"""
_ABOVE = "SELECT ?class (COUNT(DISTINCT ?above) AS ?depth) WHERE { ?class rdfs:subClassOf+ ?above } GROUP BY ?class"

Attribute = str | float | bool


def network(store: Store) -> "MultiDiGraph[str]":
    """Return a MultiDiGraph over the entities of a store.

    Nodes are IRIs with label, type, types and, for places, latitude, longitude, country. An edge has the statement's
    IRI as its key, and relation, label, words, negated, modality, confidence, speaker, document, sentence, begin, end.
    What is unknown is left out, so that GraphML and GEXF can hold it.
    """
    graph: MultiDiGraph[str] = MultiDiGraph()
    graph.graph["name"] = "actors and places"
    for iri, attributes in sorted(_nodes(store).items()):
        graph.add_node(iri, **attributes)
    for claim in claims(store):
        if claim.subject is None or claim.object is None:
            continue
        source, target = claim.subject.iri, claim.object.iri
        if source is not None and target is not None and source in graph and target in graph:
            told: dict[str, Attribute | None] = {
                "relation": claim.relation or "related",
                "label": claim.relation or claim.words,
                "words": claim.words,
                "negated": claim.negated,
                "modality": claim.modality,
                "confidence": claim.confidence,
                "speaker": claim.speaker.name if claim.speaker else None,
                "document": claim.document,
                "sentence": claim.sentence,
                "begin": claim.begin,
                "end": claim.end,
            }
            graph.add_edge(source, target, key=claim.iri, **_known(told))
    return graph


def _nodes(store: Store) -> dict[str, dict[str, Attribute]]:
    depth = {row["class"].value: int(row["depth"].value) for row in _select(store, _ABOVE)}
    nodes: dict[str, dict[str, Attribute]] = {}
    classes: dict[str, set[str]] = {}
    for row in _select(store, _ENTITIES):
        iri = row["entity"].value
        classes.setdefault(iri, set()).add(row["class"].value)
        told: dict[str, Attribute | None] = {
            "label": row["label"].value,
            "latitude": float(row["lat"].value) if row["lat"] else None,
            "longitude": float(row["long"].value) if row["long"] else None,
            "country": row["country"].value if row["country"] else None,
        }
        nodes[iri] = _known(told)
    for iri, found in classes.items():
        line = sorted(found, key=lambda name: (-depth.get(name, 0), name))
        nodes[iri]["type"] = line[0].rpartition("#")[2]
        nodes[iri]["types"] = " ".join(name.rpartition("#")[2] for name in line)
    return nodes


def _known(told: Mapping[str, Attribute | None]) -> dict[str, Attribute]:
    return {name: value for name, value in told.items() if value is not None}


def _select(store: Store, query: str) -> list[QuerySolution]:
    return list(store.query(query, prefixes=PREFIXES))  # type: ignore[arg-type]
