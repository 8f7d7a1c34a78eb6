"""How a content is drawn: the place, size and shape of each node, the bend of each edge, for a renderer in the page."""

import math
from collections.abc import Mapping, Sequence
from typing import cast

from kg.view import palette
from kg.view.content import Json, Value
from kg.view.growing import grown
from kg.view.layout import Box

_FEW, _SOME = 80, 400  # nodes
OPTIONS: Json = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False, "tooltipDelay": 10**9},
    "edges": {"selectionWidth": 0, "hoverWidth": 0, "arrowStrikethrough": False},
}
_SHAPES = {family.name: family.shape for family in palette.FAMILIES}


def picture(content: Json, known: Mapping[str, tuple[float, float]], renderer: str = "vis") -> Json:
    """Return what draws a content; nodes whose places are `known`, by their IRIs, stay there."""
    nodes, edges = cast("list[Json]", content["nodes"]), cast("list[Json]", content["edges"])
    ends = [(cast("int", edge["source"]), cast("int", edge["target"])) for edge in edges]
    degrees = [cast("int", node["degree"]) for node in nodes]
    scale, room = _proportions(sum(degree > 0 for degree in degrees), len(edges))
    boxes = [_box(cast("str", node["name"]), degree, scale) for node, degree in zip(nodes, degrees, strict=True)]
    there = {at: known[iri] for at, node in enumerate(nodes) if (iri := cast("str", node["iri"])) in known}
    points = grown(boxes, ends, there, room=room)
    drawn: list[Value] = [
        {"id": at, "x": x, "y": y, "size": _size(degree, scale), "shape": _SHAPES[cast("str", node["family"])]}
        for at, (node, degree, (x, y)) in enumerate(zip(nodes, degrees, points, strict=True))
    ]
    lines: list[Value] = [
        {"id": at, "from": source, "to": target, "smooth": _smooth(bend)}
        for at, ((source, target), bend) in enumerate(zip(ends, _bends(ends), strict=True))
    ]
    return {"nodes": drawn, "edges": lines, "scale": scale, "renderer": renderer, "options": OPTIONS}


def _proportions(nodes: int, edges: int) -> tuple[float, float]:
    """How much larger nodes are drawn, and the room on each link for its words.

    Many nodes make a picture that is seen from farther away; where they hang together loosely it is wide, too.
    """
    if nodes <= _FEW:
        return 1.0, 130.0
    if nodes <= _SOME:
        return 1.5, 85.0
    return (2.0 if edges < 1.1 * nodes else 1.2), 60.0


def _size(degree: int, scale: float) -> float:
    """Radius: the area grows with the degree. `scale` makes up for the smaller picture of many nodes."""
    return round(min(6 + 3.4 * math.sqrt(degree), 36) * scale, 1)


def _box(name: str, degree: int, scale: float) -> Box:
    """Room for a node, and in a picture of few nodes for its name."""
    radius = _size(degree, scale)
    if scale > 1:
        return Box(radius + 5, radius + 5)
    return Box(max(radius + 6, 3.6 * min(len(name), 26) + 6), radius + 18)


def _bends(ends: Sequence[tuple[int, int]]) -> list[float]:
    """Roundness of each edge: 0 for the only one between its nodes, else fanned out, both directions together."""
    between: dict[tuple[int, int], list[int]] = {}
    for number, (source, target) in enumerate(ends):
        between.setdefault((min(source, target), max(source, target)), []).append(number)
    found = [0.0] * len(ends)
    for (low, _), numbers in between.items():
        for place, number in enumerate(numbers):
            offset = place - (len(numbers) - 1) / 2
            found[number] = round(0.24 * offset * (1 if ends[number][0] == low else -1), 3)
    return found


def _smooth(bend: float) -> Json:
    """A bend in vis-network's words."""
    return {"enabled": True, "type": "curvedCW", "roundness": bend} if bend else {"enabled": False}
