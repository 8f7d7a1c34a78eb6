"""Filters, choices and the address: what is set in one place is shown in all."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from kg.model import Annotation

from .conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]
ID = "https://example.org/id/"

pytestmark = pytest.mark.browser


def seen(page: Page) -> list[str]:
    """The statements that the filters let through, in words."""
    found: list[str] = page.js(
        "const name = part => !part ? '' : part.node === undefined ? part.text : kg.data.nodes[part.node].name;"
        "return kg.data.claims.filter((_, id) => kg.state.seen.claims[id])"
        ".map(c => `${name(c.doer)} ${c.negated ? 'not ' : ''}${c.label} ${name(c.patient)}`)"
    )
    return found


def chips(page: Page) -> list[str]:
    found: list[str] = page.js("return [...document.querySelectorAll('#chips .chip')].map(c => c.textContent)")
    return [text.removesuffix("×") for text in found]


def say(page: Page, field: str, value: str) -> None:
    """Give a field of the legend a value, as a reader would."""
    page.js(
        f"const field = document.getElementById({json.dumps(field)}); field.value = {json.dumps(value)};"
        "for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true }))"
    )


def later(news: News) -> tuple[Annotation, Annotation]:
    """The two articles, of which the first is a month older and its statements are less sure."""
    triples = tuple(replace(triple, confidence=0.4) for triple in news[0].triples)
    return replace(news[0], date="2024-02-05", triples=triples), news[1]


def test_speaker_and_article_narrow_all(show: Show, news: News) -> None:
    page = show(news[:2])
    Select(page.find("#speaker")).select_by_visible_text("Élise Brandt (1)")
    assert seen(page) == ["Brenholm police attacked families"]
    assert page.shown() == (2, 1)
    assert chips(page) == ["Remove filter: According to Élise Brandt"]
    Select(page.find("#source")).select_by_visible_text("Mayor and minister at odds (4)")
    assert seen(page) == []
    assert page.text("#empty h2") == "Everything is filtered out"
    page.all("#chips .chip")[0].click()
    assert len(seen(page)) == 4
    assert page.find("#speaker").get_attribute("value") == ""
    page.find("#show-all").click()
    assert len(seen(page)) == 15
    assert not page.find("#show-all").is_displayed()


def test_confidence_and_days_narrow_all(show: Show, news: News) -> None:
    page = show(later(news))
    say(page, "least", "0.5")
    assert len(seen(page)) == 4
    assert chips(page) == ["Remove filter: At least 50 % sure"]
    assert page.text("#least-said") == "50 %"
    say(page, "least", "0")
    say(page, "since", "2024-03-01")
    told = seen(page)
    assert "Daniel Okafor heads Brenholm" in told
    assert "Brenholm police dismantled Dockside camp" in told, "the day of the statement counts before its article's"
    assert "Astrid Lund ordered clearance of the camp" not in told
    say(page, "until", "2024-02-01")
    page.wait("kg.state.filters.until === '2024-03-01'")
    assert page.js("return kg.state.filters.since") == "2024-02-01", "turned round where the end was before the begin"
    assert chips(page) == ["Remove filter: 1 February 2024 – 1 March 2024"]
    page.js("kg.setFilter({ since: null, until: '2024-02-28' })")
    assert chips(page) == ["Remove filter: until 28 February 2024"]
    assert page.find("#until").get_attribute("value") == "2024-02-28"
    assert "Astrid Lund ordered clearance of the camp" in seen(page)


def test_places_and_events_are_chips(show: Show, news: News) -> None:
    page = show(news[:2])
    page.js(f"kg.setFilter({{ place: {page.node('Brenholm')} }})")
    assert chips(page) == ["Remove filter: Place: Brenholm"]
    assert seen(page) == [
        "Daniel Okafor heads Brenholm", "Brenholm located in Denmark", "Brenholm police dismantled Dockside camp",
    ]  # fmt: skip
    page.js(f"kg.setFilter({{ place: null, event: {page.node('clearance of the camp')} }})")
    assert seen(page) == [
        "Brenholm police dismantled Dockside camp", "Astrid Lund ordered clearance of the camp",
    ]  # fmt: skip
    page.find("#chips .chip").click()
    assert page.js("return document.activeElement.id") == "search", "the focus has somewhere to go"


def test_the_panel_says_what_is_kept_back(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("families")
    assert page.text("#panel h3") == "4 statements"
    page.js("kg.setFilter({ statuses: new Set(['denied']) })")
    assert page.text("#panel h3") == "3 statements"
    assert page.text("#panel .kept-back") == "1 statement filtered out · show all"
    page.find("#panel .kept-back button").click()
    assert page.text("#panel h3") == "4 statements"
    assert page.js("return document.activeElement.id") == "panel-title"


def test_claims_and_articles_can_be_chosen(show: Show, news: News) -> None:
    page = show(news[:2])
    page.js("kg.select({ kind: 'claim', id: kg.data.claims.findIndex(c => c.negated) })")
    assert page.text("#panel h2") == "Brenholm police not: arrested families"
    assert page.text("#panel .badge") == "Denied"
    page.js("kg.select({ kind: 'source', id: kg.data.sources.findIndex(s => s.id === 'council') })")
    assert page.text("#panel h2") == "Mayor and minister at odds"
    assert page.text("#panel h3") == "4 statements"


FILTERED: dict[str, Any] = {
    "least": 0.5,
    "since": "2024-03-01",
    "until": "2024-04-01",
    "statuses": ["denied", "possible"],
    "types": ["Camp"],
    "relations": ["heads"],
}


def test_the_state_survives_a_reload(show: Show, news: News) -> None:
    page = show(news[:2])
    changes = json.dumps(FILTERED)
    page.js(
        f"const all = {changes}; for (const key of ['statuses', 'types', 'relations']) all[key] = new Set(all[key]);"
        f"kg.setFilter({{ ...all, speaker: null, place: {page.node('Brenholm')} }});"
        f"kg.select({{ kind: 'node', id: {page.node('Denmark')} }}); kg.open('reader')"
    )
    before = seen(page), page.shown(), chips(page)
    page.wait("location.hash === `#${kg.fragment()}`")
    assert f"node={ID}denmark" in page.js("return decodeURIComponent(location.hash)")
    page.driver.refresh()
    page.wait("window.kg && !document.getElementById('panel').hidden")
    assert (seen(page), page.shown(), chips(page)) == before
    assert page.js("return document.documentElement.dataset.view") == "reader"
    assert page.js("return kg.data.nodes[kg.state.selected.id].name") == "Denmark"
    assert page.find("#since").get_attribute("value") == "2024-03-01"


@pytest.mark.parametrize(
    ("target", "title"),
    [
        ("{ kind: 'edge', id: kg.data.edges.findIndex(e => e.status === 'denied') }", "Brenholm police"),
        ("{ kind: 'claim', id: kg.data.claims.findIndex(c => c.status === 'denied') }", "Brenholm police not:"),
        ("{ kind: 'source', id: 1 }", "Police clear camp"),
    ],
)
def test_each_choice_has_an_address(show: Show, news: News, target: str, title: str) -> None:
    page = show(news[:2])
    page.js(f"kg.select({target})")
    address = page.js("return kg.fragment()")
    page.js("kg.select(null)")
    assert not page.find("#panel").is_displayed()
    page.wait("!location.hash.includes('=')")
    page.js(f"location.hash = {json.dumps(address)}")
    page.wait("!document.getElementById('panel').hidden")
    assert page.text("#panel h2").startswith(title)


def test_an_address_of_nothing_shows_all(show: Show, news: News) -> None:
    page = show(news[:2])
    page.js(
        "location.hash = 'node=https://example.org/none&since=yesterday&least=9&in=<b>&view=__proto__&speaker=x&edge=1'"
    )
    page.wait("location.hash.includes('none')")
    assert page.shown() == (12, 16)
    assert not page.find("#panel").is_displayed()
    assert page.js("return kg.state.view") == "graph"


def test_more_data_keep_what_is_chosen_and_filtered(show: Show, news: News) -> None:
    page = show(news[:2])
    page.js(
        f"kg.setFilter({{ speaker: {page.node('Élise Brandt')}, least: 0.2 }});"
        f"kg.select({{ kind: 'node', id: {page.node('families')} }})"
    )
    before = page.js("return kg.fragment()"), seen(page), page.shown()
    turned = """
        const old = kg.data, last = old.nodes.length - 1, to = id => id === undefined ? id : last - id;
        const part = p => p && { ...p, node: to(p.node) };
        kg.load({ ...old, nodes: [...old.nodes].reverse(),
          edges: old.edges.map(e => ({ ...e, source: to(e.source), target: to(e.target) })),
          claims: old.claims.map(c => ({ ...c, doer: part(c.doer), patient: part(c.patient), speaker: to(c.speaker),
            event: to(c.event), others: (c.others || []).map(part), where: (c.where || []).map(to) })),
          sources: old.sources.map(s => ({ ...s, mentions: (s.mentions || []).map(([a, b, n]) => [a, b, to(n)]) })),
          picture: { ...old.picture, nodes: [...old.picture.nodes].reverse().map((n, id) => ({ ...n, id })),
            edges: old.picture.edges.map(e => ({ ...e, from: to(e.from), to: to(e.to) })) } })
    """
    page.js(turned)
    assert page.js("return kg.data.nodes[0].name") == "Nordport", "the numbers are others now"
    assert (page.js("return kg.fragment()"), seen(page), page.shown()) == before
    assert page.text("#panel h2") == "families"


def test_tabs_by_keyboard_and_side_by_side(show: Show, news: News) -> None:
    page = show(news[:2])
    first, *_, last = page.all("#tabs [role=tab]")
    assert first.get_attribute("aria-selected") == "true"
    first.send_keys(Keys.END)
    assert last.get_attribute("aria-selected") == "true"
    assert not page.find("#stage").is_displayed()
    page.press(Keys.ARROW_RIGHT)
    assert page.js("return document.activeElement.textContent") == "Graph"
    assert page.find("#stage").is_displayed()
    page.find("#split").click()
    assert [view.is_displayed() for view in (page.find("#stage"), page.find("#view-reader"))] == [True, True]
    page.find("#tab-reader").click()
    assert page.js("return [kg.state.view, kg.state.beside]") == ["reader", "graph"]
    page.size(390, 844)
    page.wait("document.getElementById('stage').hidden")
    assert page.js("return document.documentElement.scrollWidth") == 390
