"""`graph.html`: one file that holds everything it shows and asks nothing of any network.

The only module that imports pyvis, which gives nodes, edges and options in vis-network's own words, its vendored
vis-network, and the rendering of a template. Its own template is not used: with `cdn_resources="in_line"` that still
asks a CDN for Bootstrap. The page's scripts are named by their hashes in a Content-Security-Policy, so nothing else can
run, whatever a name holds.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

import jinja2
import pyvis.network

from kg.model import Annotation
from kg.settings import Settings
from kg.view import palette, vendored
from kg.view.content import Json, content
from kg.view.drawing import Drawing, draw
from kg.view.picture import OPTIONS, picture

LARGE = 5000  # nodes, above which a page is drawn with WebGL
_TEMPLATES = Path(__file__).parent / "templates"
_STYLES = ("page.css", "map.css", "reader.css", "timeline.css")
_SCRIPTS = (
    "base.js", "seen.js", "tabs.js", "fragment.js", "graph.js", "names.js", "canvas.js", "filters.js",
    "circumstances.js", "panel.js", "search.js", "paths.js", "download.js", "sparql.js", "share.js", "map.js",
    "timescale.js", "timeline.js", "timehand.js", "reader.js", "start.js",
)  # fmt: skip


def write(
    annotations: Iterable[Annotation], path: Path, *, title: str | None = None, settings: Settings | None = None
) -> None:
    """Write the page of these documents to `path`. Equal annotations give equal bytes.

    `settings` are those of the graph that the page shows, so that both date events by the same statements.
    """
    html = render(draw(annotations, settings=settings), title=title)
    path.write_text(html, encoding="utf-8", errors="replace", newline="\n")


def render(drawing: Drawing, *, title: str | None = None) -> str:
    """The page's HTML: drawn by vis-network, or where its nodes are very many by sigma."""
    told = content(drawing)
    if len(drawing.nodes) > LARGE:
        return _large(told, title or _title(drawing))
    network = _network(told)
    scripts = (_vis_network(), _leaflet(), _own_script(_SCRIPTS))
    network.templateEnv.globals.update(_frame(title or _title(drawing), told, scripts, _STYLES))
    html: str = network.generate_html("graph.html")
    return html


def served(content: Json, places: Sequence[tuple[str, str]], *, title: str) -> tuple[str, str]:
    """The page over a content with its picture, and its Content-Security-Policy: it fetches more from its server.

    `places` are the paths and names of other pages there.
    """
    scripts = (_vis_network(), _leaflet(), _own_script((*_SCRIPTS[:-1], "explorer.js", _SCRIPTS[-1])))
    frame = _frame(title, content, scripts, (*_STYLES, "explorer.css"), fetches=True)
    frame |= cast("Json", content["picture"]) | {"options": json.dumps(OPTIONS), "places": places}
    html = _environment().get_template("page.html").render(frame)
    return html, cast("str", frame["policy"])


def _large(content: Json, title: str) -> str:
    """The page with sigma instead of vis-network; pyvis would look through all nodes for each that is added."""
    names = tuple("webgl.js" if name == "canvas.js" else name for name in _SCRIPTS)
    scripts = (vendored.text("graphology.js"), vendored.text("sigma.js"), _leaflet(), _own_script(names))
    drawn = picture(content, {}, "webgl")
    frame = _frame(title, content, scripts, _STYLES) | drawn | {"options": "{}"}
    return _environment().get_template("page.html").render(frame)


def _frame(
    title: str, content: Json, scripts: Sequence[str], styles: Sequence[str], *, fetches: bool = False
) -> dict[str, object]:
    """What the template is filled with, beside the picture."""
    return {
        "title": title,
        "content": {key: said for key, said in content.items() if key != "picture"},
        "scripts": scripts,
        "renderer": "vis",
        "countries": vendored.text("countries.json"),
        "style": "\n".join(
            [
                vendored.text("leaflet.css", "leaflet.markercluster.css"),
                *((_TEMPLATES / name).read_text(encoding="utf-8") for name in styles),
            ]
        ),
        "themes": palette.themes(),
        "policy": _policy(*scripts, fetches=fetches),
        "places": (),
    }


def _environment() -> jinja2.Environment:
    """Where the template comes from: everything put into it is escaped."""
    made = jinja2.Environment(loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True)
    made.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    return made


def _network(content: Json) -> pyvis.network.Network:
    """The picture of a content in pyvis's terms."""
    network = pyvis.network.Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(_TEMPLATES), "page.html")
    network.templateEnv = _environment()
    network.set_options(json.dumps(OPTIONS))
    drawn = picture(content, {})
    network.templateEnv.globals["scale"] = drawn["scale"]
    for told, node in zip(_items(content, "nodes"), _items(drawn, "nodes"), strict=True):
        place = {key: node[key] for key in ("shape", "size", "x", "y")}
        network.add_node(node["id"], label=told["name"], group=told["family"], **place)
    for told, edge in zip(_items(content, "edges"), _items(drawn, "edges"), strict=True):
        network.add_edge(edge["from"], edge["to"], id=edge["id"], label=told["label"], smooth=edge["smooth"])
    return network


def _items(content: Json, key: str) -> list[Json]:
    return cast("list[Json]", content[key])


def _title(drawing: Drawing) -> str:
    if len(drawing.sources) == 1:
        return drawing.sources[0].title or drawing.sources[0].id
    return f"{len(drawing.sources)} articles"


def _vis_network() -> str:
    """The vis-network that pyvis ships, with the line ends that a browser makes of them before it hashes."""
    folder = Path(pyvis.network.__file__).parent / "templates" / "lib" / "vis-9.1.2"
    text = (folder / "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _leaflet() -> str:
    """The map's library, with what gathers signs that lie close together."""
    return vendored.text("leaflet.js", "leaflet.markercluster.js")


def _own_script(names: Sequence[str]) -> str:
    """The page's own script: its parts in one scope."""
    parts = [(_TEMPLATES / name).read_text(encoding="utf-8") for name in names]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();"


def _policy(*scripts: str, fetches: bool = False) -> str:
    """Content-Security-Policy: these scripts run, nothing is fetched, or only from where the page came."""
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    allowed = " ".join(f"'sha256-{value}'" for value in hashes)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'" + ("; connect-src 'self'" if fetches else "")
    )
