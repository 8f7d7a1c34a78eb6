"""The map: places and events over the countries, in Chromium."""

import json
from collections.abc import Callable, Iterable

import pytest
from selenium.webdriver.common.keys import Keys

from kg.model import Annotation, Argument, Entity, Mention, Predicate, Triple

from .conftest import Page

pytestmark = pytest.mark.browser

Show = Callable[..., Page]

TRIPS = (
    ("Suva", -18.14, 178.44, "2024-01-10"),
    ("Anadyr", 64.73, 177.5, "2024-02-10"),
    ("Provideniya", 64.42, -173.23, "2024-03-10"),
    ("Calais", 50.95, 1.86, "2024-04-10"),
    ("Dover", 51.13, 1.31, "2024-05-10"),
    ("Nairobi", -1.28, 36.82, "2024-06-10"),
)


def trip(number: int, name: str, latitude: float | None, longitude: float | None, date: str) -> Annotation:
    """A place, and an event there: Ada Arden visited Suva during the Suva meeting."""
    text = f"Ada Arden visited {name} during the {name} meeting."
    types = ("City", "Place", "Entity")
    place = Entity("p", f"https://example.org/id/{number}", "City", types, name, (), latitude, longitude)
    ada = Entity("a", "https://example.org/id/ada", "Person", ("Person", "Actor", "Entity"), "Ada Arden")
    event = Entity("e", f"https://example.org/id/e{number}", "Event", ("Event", "Entity"), f"{name} meeting")
    at = text.index(name)
    there = Argument(name, at, at + len(name), "p", "place")
    said = Triple(
        "t1", Argument("Ada Arden", 0, 9, "a"), Predicate("visited", "visit", None, False, 10, 17),
        None, (there,), False, "asserted", None, 0.9, 0, len(text), event="e",
    )  # fmt: skip
    mentions = (Mention("m1", 0, 9, "Ada Arden", "name", "a"), Mention("m2", at, at + len(name), name, "name", "p"))
    return Annotation(
        f"d{number}", text, mentions, (ada, place, event), (said,), (), f"On {name}", None, date,
        sentences=((0, len(text)),),
    )  # fmt: skip


def trips() -> list[Annotation]:
    return [trip(number, *row) for number, row in enumerate(TRIPS)]


def opened(show: Show, annotations: Iterable[Annotation]) -> Page:
    page = show(annotations)
    page.find("#tab-map").click()
    page.wait("document.querySelector('.atlas').dataset.spots !== undefined")
    return page


def spots(page: Page) -> int:
    return int(page.js("return document.querySelector('.atlas').dataset.spots"))


def names(page: Page) -> set[str]:
    """What stands on the map, and within its clusters."""
    found: list[str] = page.js("return [...document.querySelectorAll('.spot .label')].map(label => label.textContent)")
    return set(found)


def click_sign(page: Page, name: str) -> None:
    box = page.js(
        f"const sign = [...document.querySelectorAll('.spot')].find(s => s.textContent.includes({json.dumps(name)}));"
        "const b = sign.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]"
    )
    for kind in ("mousePressed", "mouseReleased"):
        event = {"type": kind, "x": box[0], "y": box[1], "button": "left", "clickCount": 1}
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)


def test_places_on_both_sides_of_the_antimeridian_are_drawn(show: Show) -> None:
    page = opened(show, trips())
    assert spots(page) == 6
    assert {"Suva", "Anadyr", "Provideniya", "Nairobi"} <= names(page)
    sign = "[...document.querySelectorAll('.spot')].find(s => s.textContent.includes('%s'))"
    left = f"return {sign}.getBoundingClientRect().x"
    assert page.js(left % "Provideniya") < page.js(left % "Nairobi") < page.js(left % "Suva")


def pixels(page: Page) -> list[list[int]]:
    """What is drawn of the countries: [number of pixels, red, green, blue], the commonest first, -1 where bare."""
    found: list[list[int]] = page.js(
        "const drawn = document.querySelector('.leaflet-overlay-pane canvas'), copy = document.createElement('canvas');"
        "copy.width = drawn.width; copy.height = drawn.height;"
        "const pen = copy.getContext('2d', { willReadFrequently: true });"
        "pen.drawImage(drawn, 0, 0); const d = pen.getImageData(0, 0, copy.width, copy.height).data; const seen = {};"
        "for (let i = 0; i < d.length; i += 4) {"
        "  const k = d[i + 3] === 255 ? [d[i], d[i + 1], d[i + 2]] : [-1, -1, -1]; seen[k] = (seen[k] || 0) + 1; }"
        "return Object.entries(seen).map(([k, n]) => [n, ...k.split(',').map(Number)]).sort((a, b) => b[0] - a[0])"
    )
    return found


def test_countries_are_drawn_without_stripes(show: Show) -> None:
    """Land covers less of the map than sea does; a ring that is not cut would lie over all of it."""
    bare, drawn = pixels(opened(show, trips()))[:2]
    assert bare[1] == -1
    assert 0.1 < drawn[0] / (bare[0] + drawn[0]) < 0.6


def test_a_click_selects_and_leads_to_what_happened_there(show: Show) -> None:
    page = opened(show, trips())
    click_sign(page, "Nairobi")
    page.wait("kg.state.selected")
    assert page.text("#panel-title") == "Nairobi"
    assert page.js("return kg.state.selected.id") == page.node("Nairobi")
    assert "Nairobi meeting" in page.text(".sheet")
    page.find(".sheet .tool").click()
    page.wait("document.querySelector('.atlas').dataset.spots === '1'")
    assert page.js("return kg.state.filters.place") == page.node("Nairobi")
    assert page.shown()[0] < 13


def test_what_the_filters_hide_is_not_on_the_map(show: Show) -> None:
    page = opened(show, trips())
    page.js("kg.setFilter({ since: '2024-02-01', until: '2024-03-31' })")
    page.wait("document.querySelector('.atlas').dataset.spots === '2'")
    assert names(page) == {"Anadyr", "Provideniya"}
    page.js("kg.setFilter({ types: new Set(['City']) })")
    assert spots(page) == 2, "the events are still there"
    page.js("kg.setFilter({ types: new Set(['City', 'Event']) })")
    page.wait("document.querySelector('.atlas').dataset.spots === '0'")
    assert page.text(".atlas .empty h2") == "No place in what is shown"
    page.js("kg.setFilter({ types: new Set(), since: null, until: null })")
    assert spots(page) == 6


def test_places_close_together_are_one_sign_until_one_zooms_in(show: Show) -> None:
    page = opened(show, trips())
    assert "Calais" not in names(page) or "Dover" not in names(page)
    sign = page.find(".spot.cluster")
    assert "2 places, among them" in (sign.get_attribute("textContent") or "")
    sign.send_keys(Keys.ENTER)
    labels = "[...document.querySelectorAll('.spot .label')].map(label => label.textContent)"
    page.wait(f"{labels}.filter(name => name === 'Calais' || name === 'Dover').length === 2")


def test_the_map_can_be_used_by_keyboard(show: Show) -> None:
    page = opened(show, trips())
    script = "return [...document.querySelectorAll('.spot')].find(s => s.textContent.includes('Suva'))"
    sign = page.js(script)
    assert sign.get_attribute("role") == "button"
    assert sign.get_attribute("tabindex") == "0"
    sign.send_keys(Keys.ENTER)
    page.wait("kg.state.selected")
    assert page.js("return document.activeElement.closest('.sheet') !== null")


def test_a_choice_elsewhere_is_marked_on_the_map(show: Show) -> None:
    page = opened(show, trips())
    page.js(f"kg.select({{ kind: 'node', id: {page.node('Anadyr meeting')} }})")
    page.wait("document.querySelector('.spot.chosen')")
    assert page.find(".spot.chosen .label").get_attribute("textContent") == "Anadyr"


def test_on_a_phone_the_sheet_lies_within_what_the_panel_leaves(show: Show) -> None:
    page = show(trips())
    page.size(390, 844)
    page.js("kg.open('map')")
    page.wait("document.querySelector('.atlas').dataset.spots === '6'")
    click_sign(page, "Nairobi")
    page.wait("document.querySelector('.sheet')")
    page.wait(
        "(() => { const sheet = document.querySelector('.sheet').getBoundingClientRect(),"
        " map = document.getElementById('map').getBoundingClientRect();"
        " return sheet.top >= map.top && sheet.left >= map.left && sheet.right <= map.right; })()"
    )


def test_the_map_shows_all_again(show: Show) -> None:
    page = opened(show, trips())
    page.find("#map .leaflet-control-zoom-in").click()
    page.find("#map .leaflet-control-zoom-in").click()
    page.find("#map .all").click()
    page.wait("document.querySelectorAll('.spot').length === 5")


def test_without_coordinates_the_map_says_so(show: Show) -> None:
    page = opened(show, [trip(0, "Nowhere", None, None, "2024-01-01")])
    assert page.text(".atlas .empty h2") == "No place with coordinates"


def test_hostile_names_stay_text(show: Show) -> None:
    name = "<img src=x onerror=alert(1)>\u202e</script>" + "x" * 10_000
    page = opened(show, [trip(0, name, 10.0, 20.0, "2024-01-01")])
    assert page.all("#map img") == []
    click_sign(page, "<img")
    page.wait("document.querySelector('.sheet')")
    assert page.all(".sheet img") == []
    assert page.js("return document.querySelector('.sheet').getBoundingClientRect().width") < 330


def test_colours_follow_the_theme(show: Show) -> None:
    page = opened(show, trips())
    light = sum(pixels(page)[1][1:])
    page.find("#theme").click()
    page.wait("document.documentElement.dataset.theme === 'dark'")
    page.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    assert sum(pixels(page)[1][1:]) < light / 2
