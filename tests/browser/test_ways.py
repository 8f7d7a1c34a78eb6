"""Shortest paths and neighbourhoods."""

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from kg.model import Annotation

from .conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]
ID = "https://example.org/id/"

pytestmark = pytest.mark.browser


def way(page: Page) -> list[str]:
    return [step.text.replace("\n", " ") for step in page.all("#panel .way .step")]


def ask(page: Page, start: str, query: str) -> None:
    """Open the panel of `start` and ask for the path to what the query suggests first."""
    page.js(f"kg.select({{ kind: 'node', id: {page.node(start)} }})")
    page.find("#panel .actions button:last-child").click()
    page.press(query)
    page.wait("document.querySelector('#path-ends [role=option]')")
    page.press(Keys.ENTER)
    page.wait("kg.state.selected.kind === 'path'")


def test_a_path_is_shown_step_by_step(show: Show, news: News) -> None:
    page = show(news[:2])
    ask(page, "Denmark", "ministry")
    assert page.text("#panel h2") == "Denmark → Ministry of Housing"
    assert way(page) == [
        "Denmark ← located in Brenholm", "Brenholm ← heads Daniel Okafor", "Daniel Okafor ← supported Harbour Aid",
        "Harbour Aid ← provided Ministry of Housing",
    ]  # fmt: skip
    assert page.text("#panel .way blockquote") == "Brenholm lies in Denmark."
    assert page.js("return document.activeElement.id") == "panel-title"
    assert page.js("return kg.state.selected.edges.length") == 4
    page.find("#panel .actions button").click()
    page.wait(f"kg.state.selected.from === '{ID}ministry'")
    assert way(page)[0] == "Ministry of Housing → provided Harbour Aid"


def test_a_path_follows_the_filters(show: Show, news: News) -> None:
    page = show(news[:2])
    ask(page, "Denmark", "okafor")
    assert len(way(page)) == 2
    page.js("kg.setFilter({ relations: new Set(['locatedIn']) })")
    page.wait("document.querySelectorAll('.way .step').length > 2")
    page.js("kg.setFilter({ relations: new Set(['locatedIn', 'travelledTo']) })")
    page.wait("!document.querySelector('.way')")
    assert "Nothing that the filters let through joins the two." in page.text("#panel")
    page.all("#panel .actions button")[-1].click()
    page.wait("document.querySelectorAll('.way .step').length === 2")


def test_no_path(show: Show, news: News) -> None:
    page = show(news[:2])
    ask(page, "Nordport", "denm")
    assert "Nothing that the articles say joins the two." in page.text("#panel")


def test_a_path_has_an_address(show: Show, news: News) -> None:
    page = show(news[:2])
    ask(page, "Denmark", "okafor")
    page.wait("location.hash === `#${kg.fragment()}` && kg.fragment().includes('from=')")
    page.driver.refresh()
    page.wait("window.kg && document.querySelector('.way')")
    assert len(way(page)) == 2


def test_a_neighbourhood_of_one_and_two_steps(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("Brenholm")
    page.all("#panel .actions button")[0].click()
    names = "return kg.data.nodes.filter((_, id) => kg.state.seen.drawn[id]).map(n => n.name).sort()"
    assert page.js(names) == ["Brenholm", "Daniel Okafor", "Denmark", "clearance of the camp"]
    assert page.js("return document.querySelector('.chip').textContent") == "Remove filter: Around Brenholm×"
    assert page.js("return document.activeElement.id") == "panel-title"
    page.all("#panel .actions button")[1].click()
    wider = page.js(names)
    assert {"Astrid Lund", "Harbour Aid", "families"} < set(wider)
    assert "Ministry of Housing" not in wider
    assert page.all("#panel .actions button")[1].get_attribute("aria-pressed") == "true"
    page.find("#chips .chip").click()
    assert page.shown() == (12, 16)
