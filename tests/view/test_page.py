"""The page's bytes; what a browser makes of them is tested in tests/browser."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.model import Annotation
from kg.view.drawing import draw
from kg.view.page import render, write

News = tuple[Annotation, ...]


class Outline(HTMLParser):
    """Addresses that attributes name, and how many elements of each kind there are."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [
            value or "" for name, value in attrs if name in ("src", "href", "action", "srcset", "poster")
        ]


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


def data(html: str, name: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    loaded: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return loaded


def test_nothing_is_asked_of_any_network(news: News) -> None:
    html = render(draw(news))
    assert outline(html).addresses == ["data:,", "#network"]
    assert "default-src &#39;none&#39;" in html
    assert "@import" not in html
    assert not re.search(r"url\(\s*['\"]?https?:", html)


def test_names_add_no_element(news: News) -> None:
    assert outline(render(draw([news[2]]), title="<b>&</title><script>")).tags == outline(render(draw([]))).tags


def test_title_is_escaped(news: News) -> None:
    html = render(draw(news[:1]), title="<b>A & B</b>")
    assert "<title>&lt;b&gt;A &amp; B&lt;/b&gt;</title>" in html


def test_title_of_one_and_of_many(news: News) -> None:
    assert "<title>Police clear camp at the docks</title>" in render(draw(news[:1]))
    assert "<title>2 articles</title>" in render(draw(news[:2]))


def test_nodes_and_edges_are_pyvis_ones_in_their_places(news: News) -> None:
    graph = data(render(draw(news[:2])), "kg-graph")
    assert [node["id"] for node in graph["nodes"]] == list(range(13))
    assert len({(node["x"], node["y"]) for node in graph["nodes"]}) == 13
    assert all(edge["arrows"] == "to" for edge in graph["edges"])
    sizes = [node["size"] for node in graph["nodes"]]
    assert sizes == sorted(sizes, key=float, reverse=True)  # type: ignore[arg-type]


def test_arrows_between_the_same_two_do_not_cover_each_other(news: News) -> None:
    graph = data(render(draw(news[:2])), "kg-graph")
    pairs: dict[frozenset[object], list[object]] = {}
    for edge in graph["edges"]:
        pairs.setdefault(frozenset((edge["from"], edge["to"])), []).append(json.dumps(edge["smooth"]))
    several = [bends for bends in pairs.values() if len(bends) > 1]
    assert len(several) == 2
    assert all(len(set(map(str, bends))) == len(bends) for bends in several)


def test_overhead_is_small() -> None:
    assert len(render(draw([])).encode()) < 1_100_000


def test_lone_surrogates_are_replaced(news: News, tmp_path: Path) -> None:
    write(news[:1], tmp_path / "graph.html", title="\ud800")
    assert b"<title>?</title>" in (tmp_path / "graph.html").read_bytes()


SCRIPT = """
import sys
from pathlib import Path
from kg.serial import from_json
from kg.view.page import write
lines = Path(sys.argv[1]).read_bytes().split(b"\\n")
write((from_json(line) for line in lines if line), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_the_same_bytes_in_another_process(news: News, root: Path, tmp_path: Path, seed: str) -> None:
    write(news, tmp_path / "here.html")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
    arguments = [sys.executable, "-c", SCRIPT, str(root / "tests" / "view" / "articles.jsonl"), "there.html"]
    subprocess.run(arguments, check=True, env=environment, cwd=tmp_path)
    assert (tmp_path / "here.html").read_bytes() == (tmp_path / "there.html").read_bytes()
