"""The page in a real browser. Every test also holds that nothing was asked of a network and no error written."""

import runpy
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from kg.model import Annotation

from .conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]

pytestmark = pytest.mark.browser


def marks(page: Page, number: int = 0) -> list[tuple[str, str]]:
    quote = page.all("#panel .claim blockquote")[number]
    return [(mark.get_attribute("class") or "", mark.text) for mark in quote.find_elements("css selector", "mark")]


def test_edge_shows_the_sentence_with_its_words_marked(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_edge("Astrid Lund", "ordered", "clearance of the camp")
    assert page.text("#panel blockquote") == "Housing minister Astrid Lund ordered the clearance of the camp."
    assert marks(page) == [
        ("subject", "Astrid Lund"),
        ("predicate", "ordered"),
        ("object", "the clearance of the camp"),
    ]
    assert page.text("#panel .source") == "Police clear camp at the docks\n5 March 2024"


def test_passive_is_turned_to_the_doer(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_edge("Ministry of Housing", "provided", "Harbour Aid")
    assert marks(page)[:2] == [("object", "The charity"), ("predicate", "was given")]
    assert ("subject", "by the Ministry of Housing") in marks(page)
    assert page.text("#panel .says") == "Ministry of Housing provided Harbour Aid"
    assert page.text("#panel .further-list") == "what: 40 tents"


def test_denied_possible_and_attributed_are_said(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_edge("Brenholm police", "arrested", "families")
    assert page.text("#panel .badge") == "Denied"
    assert page.text("#panel .says") == "Brenholm police not: arrested families"
    page.click_edge("Daniel Okafor", "met with", "Astrid Lund")
    assert page.text("#panel .badge") == "Possible"
    page.click_edge("Brenholm police", "attacked", "families")
    assert page.text("#panel .badge") == "According to Élise Brandt"
    assert marks(page)[0] == ("speaker", "Élise Brandt")


def test_node_shows_statements_quotations_and_its_place(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("Denmark")
    assert page.text("#panel h2") == "Denmark"
    assert page.text("#panel .kicker") == "Country\nZoom in"
    assert "56.00° N, 10.00° E · DK" in page.text("#panel .facts")
    link = page.find("#panel .facts a")
    assert link.get_attribute("href") == "https://sws.geonames.org/2623032/"
    page.click_node("Élise Brandt")
    assert "In their words" in page.text("#panel")
    assert "“Nobody asked us where we would sleep,”" in page.text("#panel")
    assert "also “Brandt”" in page.text("#panel .facts")


def test_statements_stand_under_their_articles_with_links(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("Daniel Okafor")
    links = page.all("#panel .source a")
    assert [link.text for link in links] == ["Mayor and minister at odds", "Police clear camp at the docks"]
    assert [link.get_attribute("href") for link in links] == [
        "https://example.org/news/odds", "https://example.org/news/docks",
    ]  # fmt: skip
    assert all("noopener" in (link.get_attribute("rel") or "") for link in links)


def test_the_mouse_names_what_it_points_at(show: Show, news: News) -> None:
    page = show(news[:2])
    number = page.node("Harbour Aid")
    x, y = page.js(
        f"const at = kg.picture.toStage(kg.data.picture.nodes[{number}]);"
        "const box = document.getElementById('stage').getBoundingClientRect(); return [box.x + at.x, box.y + at.y];"
    )
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
    page.wait(f"kg.state.hovered && kg.state.hovered.id === {number}")
    page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y + 200})
    page.wait("kg.state.hovered === null")
    assert not page.find("#panel").is_displayed()


def test_zooming_in_on_a_node(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("Denmark")
    before = page.js("return kg.picture.scale()")
    page.find("#panel .kicker button").click()
    assert page.js("return kg.picture.scale()") >= before
    at = page.js(f"return kg.picture.toStage(kg.data.picture.nodes[{page.node('Denmark')}])")
    assert 0 < at["x"] < page.js("return panel.getBoundingClientRect().left - stage.getBoundingClientRect().left")


def test_panel_leads_on_and_back(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("Astrid Lund")
    page.find("#neighbours button").click()
    assert page.text("#panel h2") in ("Daniel Okafor", "clearance of the camp")
    page.find("#close-panel").click()
    assert not page.find("#panel").is_displayed()


def test_search_suggests_and_opens(show: Show, news: News) -> None:
    page = show(news[:2])
    page.find("body").send_keys("/")
    page.press("elise")
    options = page.all("#suggestions [role=option]")
    assert [option.text.split("\n")[0] for option in options] == ["Élise Brandt"]
    page.press(Keys.ENTER)
    assert page.text("#panel h2") == "Élise Brandt"
    assert page.js("return document.activeElement.id") == "panel-title"
    page.find("#search").send_keys("zzz")
    assert "No name with" in page.text("#suggestions")


def test_search_goes_through_the_suggestions(show: Show, news: News) -> None:
    page = show(news[:2])
    page.find("#search").send_keys("h")
    names = [option.text.split("\n")[0] for option in page.all("#suggestions [role=option]")]
    assert names[0] == "Harbour Aid"
    assert len(names) > 2
    page.press(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert page.find("#search").get_attribute("aria-activedescendant") == "suggestions-2"
    page.press(Keys.ENTER)
    assert page.text("#panel h2") == names[2]


def test_filters_hide_types_relations_and_ways_of_saying(show: Show, news: News) -> None:
    page = show(news[:2])
    whole = page.shown()
    assert whole == (12, 16)
    rows = {row.text.split("\n")[0]: row for row in page.all("#sidebar .row")}
    box = rows["Places"].find_element("css selector", "input")
    box.click()
    assert page.shown() == (8, 8)
    assert page.text("#counts").startswith("8 of 12 names · 8 of 16 relations")
    box.click()
    rows["Denied"].find_element("css selector", "input").click()
    assert page.shown() == (12, 15)
    rows["heads"].find_element("css selector", "input").click()
    assert page.shown() == (11, 13)
    page.find("#reset").click()
    assert page.shown() == whole
    assert all(box.is_selected() for box in page.all("#sidebar .row:not(.sub) input:not(#lonely)"))


def test_only_shows_one_kind(show: Show, news: News) -> None:
    page = show(news[:2])
    page.js("document.querySelector('[aria-label=\"Only People\"]').click()")
    assert page.shown() == (2, 2)
    page.js("document.querySelector('[aria-label=\"Only Stated\"]').click()")
    assert page.shown() == (2, 1)


def test_kinds_open_below_their_family(show: Show, news: News) -> None:
    page = show(news[:2])
    toggle = page.find('[aria-label="Kinds: Places"]')
    toggle.click()
    assert toggle.get_attribute("aria-expanded") == "true"
    rows = [row.text.split("\n")[0] for row in page.all("#types .row.sub") if row.is_displayed()]
    assert rows == ["Camp", "City", "Country", "Water"]


def test_a_name_joined_to_nothing_is_found(show: Show, news: News) -> None:
    page = show(news[:2])
    number = page.node("Nordport")
    assert not page.js(f"return kg.state.seen.drawn[{number}]")
    page.find("#search").send_keys("nordp")
    page.press(Keys.ENTER)
    assert page.text("#panel .says") == "Nordport owns the quay"
    assert page.js(f"return kg.state.seen.drawn[{number}]")


def test_keys_reach_everything(show: Show, news: News) -> None:
    page = show(news[:2])
    page.find("#all-names summary").send_keys(Keys.ENTER)
    page.press(Keys.TAB)
    first = page.js("return document.activeElement.dataset.node")
    assert first == "0"
    page.press(Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.dataset.node") == "1"
    name = page.js("return kg.data.nodes[1].name")
    page.press(Keys.ENTER)
    assert page.text("#panel h2") == name
    page.escape()
    assert not page.find("#panel").is_displayed()
    assert page.js("return document.activeElement.dataset.node") == "1"
    page.find("#network").send_keys("+")
    page.find("#network").send_keys(Keys.ARROW_LEFT)
    page.find("#network").send_keys("0")


def test_everything_has_a_name_for_a_screen_reader(show: Show, news: News) -> None:
    page = show(news[:2])
    page.click_node("Astrid Lund")
    unnamed = page.js(
        "return [...document.querySelectorAll('button, input, a, [role=application]')].filter(e => "
        "!(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels && e.labels.length)))"
        ".map(e => e.outerHTML)"
    )
    assert unnamed == []
    duplicates = page.js(
        "const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
        "return ids.filter((id, index) => ids.indexOf(id) !== index)"
    )
    assert duplicates == []


def test_dark_and_light(show: Show, news: News) -> None:
    page = show(news[:2])
    background = "return getComputedStyle(document.body).backgroundColor"
    dot = "return kg.picture.network().body.nodes[0].options.color.background"
    light, light_dot = page.js(background), page.js(dot)
    page.media(prefers_color_scheme="dark")
    page.wait(f"kg.picture.network().body.nodes[0].options.color.background !== '{light_dot}'")
    dark = page.js(background)
    assert dark != light
    page.find("#theme").click()
    assert (page.js(background), page.js(dot)) == (light, light_dot)
    assert page.find("#theme").get_attribute("aria-label") == "Dark colours"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_narrow_screens(show: Show, news: News, width: int, height: int) -> None:
    page = show(news[:2])
    page.size(width, height)
    page = show(news[:2])
    assert page.js("return document.documentElement.scrollWidth") == width
    page.click_node("Astrid Lund")
    panel = page.js("const r = panel.getBoundingClientRect(); return [r.left, r.right, r.bottom]")
    assert 0 <= panel[0] < panel[1] <= width
    assert panel[2] <= height
    node = page.js(f"return kg.picture.toStage(kg.data.picture.nodes[{page.node('Astrid Lund')}])")
    stage = page.js("const r = document.getElementById('stage').getBoundingClientRect(); return [r.left, r.top]")
    top = page.js("return document.getElementById('panel').getBoundingClientRect().top")
    assert node["x"] + stage[0] < panel[0] or node["y"] + stage[1] < top, "the panel covers what it is about"


def test_phone_opens_and_closes_the_filters(show: Show, news: News) -> None:
    page = show(news[:2])
    page.size(390, 844)
    assert not page.find("#sidebar").is_displayed()
    page.find("#open-filters").click()
    assert page.find("#sidebar").is_displayed()
    page.escape()
    assert not page.find("#sidebar").is_displayed()
    assert page.js("return document.activeElement.id") == "open-filters"


def test_hostile_names_stay_text(show: Show, news: News) -> None:
    page = show([news[2]])
    name = "</script><script>alert('x')</script><img src=x onerror=alert(1)>"
    assert page.text("h1") == name + "<!--"
    page.click_node(name)
    assert page.text("#panel h2") == name
    assert page.all("#panel a") == []
    assert page.all("img") == []
    assert page.text("#panel .source .date") == "<b>soon</b>"
    page.js(f"kg.select({{kind: 'node', id: {page.node('{{ 7*7 }} {% raw %}')}}})")
    assert page.text("#panel h2") == "{{ 7*7 }} {% raw %}"
    assert marks(page) == [("subject", name), ("predicate", "met"), ("object", "{{ 7*7 }} {% raw %}")]
    assert page.js("return document.documentElement.scrollWidth") == 1440


def test_offsets_beyond_the_basic_plane(show: Show, news: News) -> None:
    page = show([news[2]])
    page.js("kg.select({kind: 'edge', id: kg.data.edges.findIndex(e => !e.relation)})")
    assert marks(page) == [("subject", "\U0001f600"), ("predicate", '"Bo\'b"'), ("object", "<b>")]


def test_nothing_to_draw(show: Show) -> None:
    page = show([])
    assert page.text("#empty h2") == "Nothing to draw"
    assert page.text("#counts") == "0 names · 0 relations · 0 articles"


def test_names_but_no_relations(show: Show, news: News) -> None:
    page = show([replace(news[0], triples=(), quotes=())])
    assert page.text("#empty h2") == "No relations found"
    page.find("#names button").click()
    assert "Named here" in page.text("#panel") or page.find("#panel").is_displayed()


def test_everything_filtered_out(show: Show, news: News) -> None:
    page = show(news[:2])
    for row in page.all("#statuses input"):
        row.click()
    assert page.text("#empty h2") == "Everything is filtered out"
    page.find("#reset").click()
    assert not page.find("#empty").is_displayed()


def test_two_thousand_nodes_answer(show: Show, root: Path) -> None:
    made = runpy.run_path(str(root / "benchmarks" / "page.py"))["made_articles"]
    page = show(made(2000))
    nodes, edges = page.shown()
    assert nodes > 1900
    assert edges > 2500
    page.click_at("kg.data.picture.nodes[0]")
    assert page.text("#panel h2") == page.js("return kg.data.nodes[0].name")
    assert len(page.all("#panel .claim")) == 25
    page.find("#search").send_keys("kovac")
    assert len(page.all("#suggestions [role=option]")) == 12
    page.escape()
    page.js("document.querySelector('[aria-label=\"Only People\"]').click()")
    assert 100 < page.shown()[0] < 900
