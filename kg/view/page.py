"""`graph.html`: one file that holds everything it shows and asks nothing of any network.

The only module that imports pyvis, which gives nodes, edges and options in vis-network's own words, its vendored
vis-network, and the rendering of a template. Its own template is not used: with `cdn_resources="in_line"` that still
asks a CDN for Bootstrap. The page's scripts are named by their hashes in a Content-Security-Policy, so nothing else can
run, whatever a name holds.
"""

import base64
import hashlib
import json
import math
from collections.abc import Iterable
from pathlib import Path

import jinja2
import pyvis.network

from kg.model import Annotation
from kg.settings import Settings
from kg.view import palette
from kg.view.content import content
from kg.view.drawing import Drawing, Edge, Node, draw
from kg.view.layout import Box, positions

_TEMPLATES = Path(__file__).parent / "templates"
_STYLES = ("page.css",)
_SCRIPTS = (
    "base.js", "seen.js", "tabs.js", "graph.js", "canvas.js", "filters.js", "panel.js", "search.js", "start.js",
)  # fmt: skip
_FEW, _SOME = 80, 400  # nodes
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "multiselect": False, "selectConnectedEdges": False, "tooltipDelay": 10**9},
    "edges": {"selectionWidth": 0, "hoverWidth": 0, "arrowStrikethrough": False},
}


def write(
    annotations: Iterable[Annotation], path: Path, *, title: str | None = None, settings: Settings | None = None
) -> None:
    """Write the page of these documents to `path`. Equal annotations give equal bytes.

    `settings` are those of the graph that the page shows, so that both date events by the same statements.
    """
    html = render(draw(annotations, settings=settings), title=title)
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")


def render(drawing: Drawing, *, title: str | None = None) -> str:
    """The page's HTML."""
    network = _network(drawing)
    heading = title or _title(drawing)
    scripts = (_vis_network(), _own_script())
    network.templateEnv.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    network.templateEnv.globals.update(
        title=heading,
        content=content(drawing),
        scripts=scripts,
        renderer="vis",
        style="\n".join((_TEMPLATES / name).read_text(encoding="utf-8") for name in _STYLES),
        light=palette.css(dark=False),
        dark=palette.css(dark=True),
        policy=_policy(*scripts),
    )
    html: str = network.generate_html("graph.html")
    return html


def _network(drawing: Drawing) -> pyvis.network.Network:
    """The drawing in pyvis's terms, every node in its place."""
    network = pyvis.network.Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(_TEMPLATES), "page.html")
    network.templateEnv = jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True)
    network.set_options(json.dumps(_OPTIONS))
    count = sum(node.degree > 0 for node in drawing.nodes)
    scale, room = _proportions(count, len(drawing.edges))
    network.templateEnv.globals["scale"] = scale
    boxes = [_box(node, scale) for node in drawing.nodes]
    points = positions(boxes, [(edge.source, edge.target) for edge in drawing.edges], room=room)
    for number, (node, (x, y)) in enumerate(zip(drawing.nodes, points, strict=True)):
        family = palette.family_of(node.types)
        label = node.name or node.type
        network.add_node(number, label=label, shape=family.shape, group=family.name, size=_size(node, scale), x=x, y=y)
    for number, (edge, bend) in enumerate(zip(drawing.edges, _bends(drawing.edges), strict=True)):
        smooth = {"enabled": False} if not bend else {"enabled": True, "type": "curvedCW", "roundness": bend}
        network.add_edge(edge.source, edge.target, id=number, label=edge.label, smooth=smooth)
    return network


def _proportions(nodes: int, edges: int) -> tuple[float, float]:
    """How much larger nodes are drawn, and the room on each link for its words.

    Many nodes make a picture that is seen from farther away; where they hang together loosely it is wide, too.
    """
    if nodes <= _FEW:
        return 1.0, 130.0
    if nodes <= _SOME:
        return 1.5, 85.0
    return (2.0 if edges < 1.1 * nodes else 1.2), 60.0


def _size(node: Node, scale: float) -> float:
    """Radius: the area grows with the degree. `scale` makes up for the smaller picture of many nodes."""
    return round(min(6 + 3.4 * math.sqrt(node.degree), 36) * scale, 1)


def _box(node: Node, scale: float) -> Box:
    radius = _size(node, scale)
    if scale > 1:
        return Box(radius + 5, radius + 5)
    return Box(max(radius + 6, 3.6 * min(len(node.name), 26) + 6), radius + 18)


def _bends(edges: tuple[Edge, ...]) -> list[float]:
    """Roundness of each edge: 0 for the only one between its nodes, else fanned out, both directions together."""
    between: dict[tuple[int, int], list[int]] = {}
    for number, edge in enumerate(edges):
        between.setdefault((min(edge.source, edge.target), max(edge.source, edge.target)), []).append(number)
    bends = [0.0] * len(edges)
    for (low, _), numbers in between.items():
        for place, number in enumerate(numbers):
            offset = place - (len(numbers) - 1) / 2
            bends[number] = round(0.24 * offset * (1 if edges[number].source == low else -1), 3)
    return bends


def _title(drawing: Drawing) -> str:
    if len(drawing.sources) == 1:
        return drawing.sources[0].title or drawing.sources[0].id
    return f"{len(drawing.sources)} articles"


def _vis_network() -> str:
    """The vis-network that pyvis ships, with the line ends that a browser makes of them before it hashes."""
    folder = Path(pyvis.network.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    text = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _own_script() -> str:
    """The page's own script: its parts in one scope."""
    parts = [(_TEMPLATES / name).read_text(encoding="utf-8") for name in _SCRIPTS]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();"


def _policy(*scripts: str) -> str:
    """Content-Security-Policy: these scripts run, nothing is fetched."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
