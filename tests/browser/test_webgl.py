"""A page of more nodes than vis-network can move, drawn with WebGL (here by SwiftShader)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from kg.model import Annotation, Argument, Entity, Predicate, Triple
from kg.view import page as pages
from tests.browser.conftest import Page

Show = Callable[..., Page]

pytestmark = pytest.mark.browser

GROUPS = 2700
KINDS = (("Person", ("Person", "Actor", "Entity")), ("City", ("City", "Place", "Entity")))


def met(number: int) -> Annotation:
    """Two that nobody else knows, so that they are laid out in no time."""
    pair = [
        Entity(key, f"https://example.org/id/{key}{number}", kind, types, f"{kind} {number}")
        for key, (kind, types) in zip("pc", KINDS, strict=True)
    ]
    text = f"{pair[0].name} was seen in {pair[1].name}."
    middle = len(pair[0].name) + 1
    seen = Predicate("was seen in", "see", "locatedIn", False, middle, middle + 11)
    ends = Argument(pair[0].name, 0, middle - 1, "p"), Argument(pair[1].name, middle + 12, len(text) - 1, "c")
    denied = number % 9 == 0
    said = Triple("t1", ends[0], seen, ends[1], (), denied, "asserted", None, 0.9, 0, len(text))
    return Annotation(f"d{number:04}", text, (), tuple(pair), (said,), (), f"Article {number}", None, "2024-03-05")


@pytest.fixture(scope="module")
def many() -> list[Annotation]:
    return [met(number) for number in range(GROUPS)]


@pytest.fixture(scope="module")
def few() -> list[Annotation]:
    return [met(number) for number in range(3)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let even a page of few nodes be drawn with WebGL."""
    monkeypatch.setattr(pages, "LARGE", 1)


def test_a_page_of_very_many_nodes_can_be_searched_clicked_and_filtered(show: Show, many: list[Annotation]) -> None:
    page = show(many)
    assert page.js("return [kg.data.picture.renderer, typeof vis]") == ["webgl", "undefined"]
    assert page.shown() == (2 * GROUPS, GROUPS)
    page.find("#search").send_keys("Person 1234")
    page.wait("document.querySelector('#suggestions [aria-selected=true]')")
    page.press(Keys.ENTER)
    page.wait("!document.getElementById('panel').hidden")
    assert page.text("#panel-title") == "Person 1234"
    page.js("kg.setFilter({ types: new Set(['City']) })")
    assert page.shown()[1] == 0
    page.js("kg.setFilter({ types: new Set(), statuses: new Set(['denied']) })")
    assert page.shown() == (2 * (GROUPS - 300), GROUPS - 300)


@pytest.mark.usefixtures("small")
def test_nodes_and_edges_can_be_clicked(show: Show, few: list[Annotation]) -> None:
    page = show(few)
    page.click_node("City 1")
    assert page.text("#panel-title") == "City 1"
    page.click_edge("Person 2", "located in", "City 2")
    assert page.js("return kg.state.selected.kind") == "edge"
    assert "Person 2" in page.text("#panel-title")


@pytest.mark.usefixtures("small")
def test_what_the_mouse_points_at_is_named(show: Show, few: list[Annotation]) -> None:
    page = show(few)
    point = page.js(
        f"const at = kg.picture.toStage(kg.data.picture.nodes[{page.node('Person 0')}]);"
        "const box = document.getElementById('stage').getBoundingClientRect(); return [box.x + at.x, box.y + at.y];"
    )
    move = {"type": "mouseMoved", "x": point[0], "y": point[1]}
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", move)
    page.wait(f"kg.state.hovered && kg.state.hovered.id === {page.node('Person 0')}")
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", move | {"x": 300, "y": 880})
    page.wait("kg.state.hovered === null")


@pytest.mark.usefixtures("small")
def test_filters_hide_and_colours_follow_the_theme(show: Show, few: list[Annotation]) -> None:
    page = show(few)
    before = page.js("return kg.picture.image().toDataURL()")
    page.js("kg.setFilter({ statuses: new Set(['denied']) })")
    assert page.shown() == (4, 2)
    fewer = page.js("return kg.picture.image().toDataURL()")
    page.find("#theme").click()
    page.wait("document.documentElement.dataset.theme === 'dark'")
    assert len({before, fewer, page.js("return kg.picture.image().toDataURL()")}) == 3


@pytest.mark.usefixtures("small")
def test_the_view_moves_by_keys_and_fits_another_size(show: Show, few: list[Annotation]) -> None:
    page = show(few)
    scale = page.js("return kg.picture.scale()")
    page.find("#network").send_keys("+")
    page.wait(f"kg.picture.scale() > {scale}")
    page.find("#network").send_keys(Keys.ARROW_LEFT)
    centre = page.js("return kg.picture.centre()")
    page.size(1024, 768)
    page.wait("document.querySelector('.over-sigma').width < 1000")
    after = page.js("return kg.picture.centre()")
    assert (after["x"], after["y"]) == (pytest.approx(centre["x"], abs=2), pytest.approx(centre["y"], abs=2))


@pytest.mark.usefixtures("small")
def test_without_webgl_the_page_says_so_and_the_rest_works(show: Show, few: list[Annotation]) -> None:
    taken = (
        "HTMLCanvasElement.prototype.getContext = (old => function (kind, ...more) {"
        "  return kind.startsWith('webgl') ? null : old.call(this, kind, ...more);"
        "})(HTMLCanvasElement.prototype.getContext)"
    )
    driver = show(few).driver
    script = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": taken})
    try:
        page = show(few)
        assert page.text("#network h2") == "No WebGL here"
        page.js(f"kg.select({{ kind: 'node', id: {page.node('City 1')} }})")
        assert page.text("#panel-title") == "City 1"
        page.js("kg.setFilter({ statuses: new Set(['denied']) }); kg.open('map')")
        assert page.text(".atlas .empty h2") == "No place with coordinates"
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", script)


def test_a_page_holds_one_renderer_only(few: list[Annotation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written() -> str:
        pages.write(few, tmp_path / "graph.html")
        return (tmp_path / "graph.html").read_text(encoding="utf-8")

    plain = written()
    monkeypatch.setattr(pages, "LARGE", 1)
    large = written()
    assert ("vis-network" in plain, "Sigma=" in plain) == (True, False)
    assert ("visjs.github.io" in large, "Sigma=" in large) == (False, True)
    assert len(large) < 2_000_000
