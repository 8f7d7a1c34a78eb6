"""What leaves the page: links, files, queries. The queries are run over the graph that was built with the page."""

import csv
import io
import struct
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from selenium.webdriver.common.keys import Keys

import kg
from kg.corpus.build import build
from kg.graph.knowledge import KnowledgeGraph
from kg.model import Annotation
from kg.settings import Settings

from .conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]
SVG = "{http://www.w3.org/2000/svg}"

pytestmark = pytest.mark.browser


@pytest.fixture
def downloaded(show: Show, tmp_path: Path) -> Callable[[Page, str], bytes]:
    """Choose an item of the menu and return the file that it gives."""
    folder = tmp_path / "downloads"

    def download(page: Page, item: str) -> bytes:
        behaviour = {"behavior": "allow", "downloadPath": str(folder)}
        page.driver.execute_cdp_cmd("Page.setDownloadBehavior", behaviour)
        page.find("#share").click()
        page.find(f"#{item}").click()
        end = time.monotonic() + 20
        while not (found := [file for file in folder.glob("*") if file.suffix != ".crdownload"]):
            assert time.monotonic() < end, "no file came"
            time.sleep(0.05)
        return found[0].read_bytes()

    return download


@pytest.fixture(scope="module")
def built(news: News, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the two articles."""
    folder = tmp_path_factory.mktemp("queried") / "graph"
    build(news[:2], folder, Settings())
    return folder


@pytest.fixture(scope="module")
def graph(built: Path) -> KnowledgeGraph:
    return kg.open(built)


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_of_what_is_shown(show: Show, news: News, downloaded: Callable[[Page, str], bytes]) -> None:
    page = show(news[:2])
    page.js("kg.setFilter({ statuses: new Set(['asserted', 'possible']) })")
    rows = table(downloaded(page, "save-csv"))
    assert rows[0] == [
        "subject", "relation", "object", "status", "speaker", "confidence", "date", "source", "title", "url",
        "sentence",
    ]  # fmt: skip
    assert rows[1:] == [
        [
            "Brenholm police", "attacked", "families", "attributed", "Élise Brandt", "0.9", "2024-03-05", "harbour",
            "Police clear camp at the docks", "https://example.org/news/docks",
            "Élise Brandt, who heads Harbour Aid, said the officers had attacked families.",
        ],
        [
            "Brenholm police", "arrested", "families", "denied", "", "0.9", "2024-03-05", "harbour",
            "Police clear camp at the docks", "https://example.org/news/docks",
            "The police did not arrest the families.",
        ],
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["=1+1", "+cmd", "-2", "@sum", "\t=1", " =1", "\uff1d1"])
def test_csv_cells_are_no_formulas(show: Show, news: News, name: str) -> None:
    entities = tuple(replace(entity, name=name) for entity in news[0].entities)
    page = show([replace(news[0], entities=entities)])
    rows = table(page.js("return kg.csv()").encode())
    assert len(rows) > 5
    assert {row[0] for row in rows[1:]} == {f"'{name}"}


def test_png_of_the_picture(show: Show, news: News, downloaded: Callable[[Page, str], bytes]) -> None:
    page = show(news[:2])
    page.js("kg.open('reader')")
    data = downloaded(page, "save-png")
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == tuple(
        page.js("const c = document.querySelector('#network canvas'); return [c.width, c.height]")
    )
    assert len(data) > 5000, "the picture is not empty"


def test_svg_of_the_picture(show: Show, news: News, downloaded: Callable[[Page, str], bytes]) -> None:
    page = show(news[:2])
    page.js("kg.setFilter({ types: new Set(['Person']) })")
    root = ElementTree.fromstring(downloaded(page, "save-svg").decode())  # noqa: S314 — the page's own
    words = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert {"Brenholm", "Denmark", "located in", "Places", "Organizations"} < set(words)
    assert "Daniel Okafor" not in words
    assert "People" not in words, "the legend names what is drawn"


def test_hostile_names_are_text_in_the_svg(show: Show, news: News) -> None:
    page = show([news[2]])
    root = ElementTree.fromstring(page.js("return kg.svg()"))  # noqa: S314 — the page's own
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "rect", "path", "circle", "text"}
    assert any("</script>" in "".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def test_the_menu_by_keyboard(show: Show, news: News) -> None:
    page = show(news[:2])
    page.find("#share").send_keys(Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.id") == "copy-link"
    page.press(Keys.ARROW_DOWN)
    page.press(Keys.ENTER)
    assert page.find("#text-dialog").is_displayed()
    assert page.js("return document.getElementById('text-shown').value") == page.js("return kg.sparql()")
    page.escape()
    assert not page.find("#text-dialog").is_displayed()
    page.find("#share").click()
    page.escape()
    assert not page.find("#share-menu").is_displayed()
    assert page.js("return document.activeElement.id") == "share"


def test_the_link_leads_to_the_view(show: Show, news: News) -> None:
    page = show(news[:2])
    page.js(f"kg.select({{ kind: 'node', id: {page.node('Denmark')} }})")
    page.find("#share").click()
    page.find("#copy-link").click()
    page.wait("!document.getElementById('note').hidden || document.getElementById('text-dialog').open")
    assert page.js("return location.href").endswith("#node=https%3A%2F%2Fexample.org%2Fid%2Fdenmark")


STATES = {
    "all": "",
    "statuses": "kg.setFilter({ statuses: new Set(['denied', 'possible']) })",
    "attributed": "kg.setFilter({ statuses: new Set(['asserted', 'denied', 'possible']) })",
    "relations": "kg.setFilter({ relations: new Set(['heads', '(other words)']) })",
    "types": "kg.setFilter({ types: new Set(['City', 'Organization', 'NGO']) })",
    "speaker": "kg.setFilter({ speaker: node('Élise Brandt') })",
    "source": "kg.setFilter({ source: kg.data.sources.findIndex(s => s.id === 'council') })",
    "confidence": "kg.setFilter({ least: 0.95 })",
    "since": "kg.setFilter({ since: '2024-03-06' })",
    "until": "kg.setFilter({ until: '2024-03-05' })",
    "place": "kg.setFilter({ place: node('Brenholm') })",
    "event": "kg.setFilter({ event: node('clearance of the camp') })",
    "around": "kg.setFilter({ around: { node: node('Brenholm'), depth: 1 } })",
    "two steps": "kg.setFilter({ around: { node: node('Denmark'), depth: 2 } })",
    "node": "kg.select({ kind: 'node', id: node('families') })",
    "speaking": "kg.select({ kind: 'node', id: node('Élise Brandt') })",
    "edge": "kg.select({ kind: 'edge', id: kg.data.edges.findIndex(e => e.status === 'denied') })",
    "claim": "kg.select({ kind: 'claim', id: 3 })",
    "article": "kg.select({ kind: 'source', id: 0 })",
    "path": "return kg.showPath('https://example.org/id/denmark', 'https://example.org/id/ministry')",
    "several": "kg.setFilter({ least: 0.5, since: '2024-03-01', statuses: new Set(['denied']) });"
    "kg.setFilter({ types: new Set(['Water']) });"
    "kg.select({ kind: 'node', id: node('families') })",
}


def shown(page: Page) -> list[str]:
    """The ids of the statements that the page shows."""
    found: list[str] = page.js("return kg.shown().map(id => kg.data.claims[id].id)")
    return sorted(found)


def test_the_query_finds_what_is_shown(show: Show, news: News, graph: KnowledgeGraph) -> None:
    page = show(news[:2])
    counts: dict[str, int] = {}
    for name, change in STATES.items():
        page.js("kg.setFilter({ ...kg.unfiltered() }); kg.select(null)")
        page.js(f"const node = name => kg.data.nodes.findIndex(n => n.name === name); {change}")
        rows = list(graph.query(page.js("return kg.sparql()")))
        found = sorted(str(row["statement"]).rpartition("/")[2] for row in rows)
        assert found == shown(page), name
        counts[name] = len(found)
    assert counts["all"] == 15
    assert counts["confidence"] == 0
    assert all(0 < counts[name] < 15 for name in STATES if name not in ("all", "confidence"))


def test_the_query_of_hostile_names_is_a_query(show: Show, news: News, graph: KnowledgeGraph) -> None:
    article = replace(news[0], id='a"b\\c\n} DROP ALL #')
    page = show([article])
    page.js("kg.setFilter({ source: 0 })")
    assert list(graph.query(page.js("return kg.sparql()"))) == []
