"""GEXF 1.3, for Gephi: entities as nodes with colours and sizes, what is said of two of them as one edge with times.

Gephi adds up edges between the same two nodes unless they are of different kinds. So statements that say the same are
one edge here, whose weight is their number, and its kind is the relation: "attacked" and "attacked (denied)" stay two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from kg.export.base import save
from kg.export.markup import attributes, value
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.network import Attribute, node_attributes
from kg.graph.records import Entity
from kg.graph.ties import Tie, ties
from kg.view.palette import family_of

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<meta><creator>kg</creator><description>actors and places</description></meta>
"""
# Readers take an attribute called "end" for the end of an edge's life.
_RENAMED = {"begin": "begin_date", "end": "end_date"}
NODE = {
    **dict.fromkeys(("type", "types"), "string"),
    **dict.fromkeys(("latitude", "longitude"), "double"),
    "country": "string",
    **dict.fromkeys(("documents", "mentions"), "integer"),
    **dict.fromkeys(("begin_date", "end_date"), "string"),
}
EDGE = {
    **dict.fromkeys(("relation", "standing"), "string"),
    "documents": "integer",
    "confidence": "double",
    **dict.fromkeys(("speaker", "document", "sentence", "begin_date", "end_date"), "string"),
}


@dataclass(frozen=True, slots=True)
class GexfExporter:
    """Writes GEXF 1.3."""

    suffix: str = ".gexf"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        return (save(path, (line.encode() for line in _lines(graph))),)


EXPORTER = GexfExporter()


def _lines(graph: KnowledgeGraph) -> Iterator[str]:
    edges = ties(graph.statements())
    yield _HEAD
    # Without a single date Gephi would show a timeline of nothing.
    dated = any(tie.spells for tie in edges)
    times = {"mode": "dynamic", "timeformat": "date", "timerepresentation": "interval"} if dated else {"mode": "static"}
    yield f"<graph{attributes(defaultedgetype='directed', **times)}>\n"
    for what, kinds in (("node", NODE), ("edge", EDGE)):
        yield f"<attributes{attributes(**{'class': what, 'mode': 'static'})}>\n"
        for name, kind in kinds.items():
            yield f"<attribute{attributes(id=name, title=name, type=kind)}/>\n"
        yield "</attributes>\n"
    yield "<nodes>\n"
    nodes = set()
    for entity in graph.entities():
        nodes.add(entity.iri)
        yield _node(entity)
    yield "</nodes>\n<edges>\n"
    for number, tie in enumerate(tie for tie in edges if {tie.source, tie.target} <= nodes):
        yield _edge(number, tie)
    yield "</edges>\n</graph>\n</gexf>\n"


def _node(entity: Entity) -> str:
    said = {_RENAMED.get(name, name): item for name, item in node_attributes(entity).items() if name != "label"}
    red, green, blue = (str(int(family_of(entity.types).light[at : at + 2], 16)) for at in (1, 3, 5))
    size = f"{4 + 2 * sqrt(entity.mentions):.2f}"
    return (
        f"<node{attributes(id=entity.iri, label=entity.label)}>{_values(said)}"
        f"<viz:color{attributes(r=red, g=green, b=blue)}/><viz:size{attributes(value=size)}/></node>\n"
    )


def _edge(number: int, tie: Tie) -> str:
    """Return an edge; the first statement stands for all where there is room for one."""
    first, times = tie.statements[0], tie.spells
    said: dict[str, Attribute | None] = {
        "relation": tie.relation,
        "standing": tie.standing,
        "documents": len(tie.documents),
        "confidence": max(statement.confidence for statement in tie.statements),
        "speaker": first.speaker.name if first.speaker else None,
        "document": first.document,
        "sentence": first.sentence,
        "begin_date": times[0][0] if times else None,
        "end_date": times[-1][1] if times else None,
    }
    told = {
        "id": str(number),
        "source": tie.source,
        "target": tie.target,
        "kind": tie.kind,
        "label": first.words if tie.relation == "related" else tie.kind,
        "weight": str(float(len(tie.statements))),
    }
    if len(times) == 1:
        told.update({name: day for name, day in zip(("start", "end"), times[0], strict=True) if day})
    body = _values({name: item for name, item in said.items() if item is not None})
    if len(times) > 1:
        body += f"<spells>{''.join(f'<spell{attributes(start=begin, end=end)}/>' for begin, end in times)}</spells>"
    return f"<edge{attributes(**told)}>{body}</edge>\n"


def _values(said: Mapping[str, Attribute]) -> str:
    values = "".join(f"<attvalue{attributes(**{'for': name, 'value': value(item)})}/>" for name, item in said.items())
    return f"<attvalues>{values}</attvalues>"
