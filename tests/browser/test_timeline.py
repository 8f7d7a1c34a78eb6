"""The timeline: events and dated statements, and the range of days that acts on every view."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.keys import Keys

from kg.model import Annotation, Argument, Triple

from .conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]

pytestmark = pytest.mark.browser

DAYS = ("2024-03-05", "2024-03", "2024", "2023-11-01/2024-01-31", "2024-02-01/..", "../2024-01-15", None)


def dated(annotation: Annotation, values: tuple[str | None, ...]) -> Annotation:
    """An article whose statements have these times, one after the other."""

    def timed(triple: Triple, value: str | None) -> Triple:
        rest = tuple(argument for argument in triple.arguments if argument.role != "time")
        return replace(triple, arguments=rest if value is None else (*rest, Argument("then", role="time", value=value)))

    triples = annotation.triples
    cycle = [values[number % len(values)] for number in range(len(triples))]
    return replace(annotation, triples=tuple(map(timed, triples, cycle)))


def opened(page: Page) -> Page:
    page.js("kg.open('timeline')")
    page.wait(
        "document.querySelector('#view-timeline .section') || !document.querySelector('#view-timeline .empty').hidden"
    )
    return page


def said(page: Page, kind: str) -> list[str]:
    return [item.get_attribute("aria-label") or "" for item in page.all(f"#view-timeline .section.{kind} .item")]


def settle(page: Page) -> None:
    page.js(
        "window.settled = false; requestAnimationFrame(() => requestAnimationFrame(() => { window.settled = true; }))"
    )
    page.wait("window.settled")


def test_events_and_statements_stand_at_their_days(show: Show, news: News) -> None:
    page = opened(show(news[:2]))
    assert said(page, "event") == ["5 March 2024: clearance of the camp"]
    assert said(page, "claim") == ["5 March 2024: Brenholm police dismantled Dockside camp"]
    assert [label.split(":")[0] for label in said(page, "source")] == ["5 March 2024", "7 March 2024"]
    assert page.text(".timeline-head .count") == "1 event and 1 statement with a date · without: 14 statements"


def test_precision_and_open_ends_are_drawn_and_said(show: Show, news: News) -> None:
    page = opened(show([dated(news[0], DAYS)]))
    times = {label.split(":")[0] for label in said(page, "claim")}
    assert times == {
        "5 March 2024", "March 2024", "2024", "1 November 2023 – 31 January 2024", "from 1 February 2024",
        "until 15 January 2024",
    }  # fmt: skip
    widths = page.js(
        "return Object.fromEntries([...document.querySelectorAll('.section.claim .item')].map(e => "
        "[e.getAttribute('aria-label').split(':')[0], e.querySelector('.bar, .point').getBBox().width]))"
    )
    assert widths["5 March 2024"] < widths["March 2024"] < widths["1 November 2023 – 31 January 2024"] < widths["2024"]
    assert len(page.all(".section.claim .open-end")) == 1
    assert len(page.all(".section.claim .open-begin")) == 1


def test_nothing_covers_anything(show: Show, news: News) -> None:
    chance = random.Random(5)
    values = tuple(f"2024-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(50))
    page = opened(show([dated(replace(news[0], id=f"d{n}"), values[n:]) for n in range(12)]))
    boxes = page.js(
        "return [...document.querySelectorAll('.section.claim .item')].map(e => { const b = e.getBBox();"
        "return [b.x, b.y, b.x + b.width, b.y + b.height]; })"
    )
    assert len(boxes) == 132
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            apart = one[2] <= other[0] + 6 or other[2] <= one[0] + 6 or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
            assert apart, (one, other)


def test_ways_of_saying_are_told_apart(show: Show, news: News) -> None:
    page = opened(show([dated(news[0], ("2024-03-05",))]))
    labels = said(page, "claim")
    assert "5 March 2024: Brenholm police not: arrested families (denied)" in labels
    assert "5 March 2024: Daniel Okafor met with Astrid Lund (possible)" in labels
    assert "5 March 2024: Brenholm police attacked families (according to Élise Brandt)" in labels
    strokes = page.js(
        "return ['asserted', 'attributed', 'possible', 'denied'].map(name => { const style = getComputedStyle("
        "document.querySelector(`.section.claim .item.${name} .point`)); return style.strokeDasharray + style.fill; })"
    )
    assert len(set(strokes)) == 4


def test_choosing_an_event_and_a_statement(show: Show, news: News) -> None:
    page = opened(show(news[:2]))
    page.find(".section.event .item .point").click()
    assert page.text("#panel h2") == "clearance of the camp"
    settle(page)
    page.find(".section.claim .name").click()
    assert page.text("#panel h2") == "Brenholm police dismantled Dockside camp"
    settle(page)
    assert page.find(".section.claim .item").get_attribute("class") == "item asserted chosen"


def test_keys_go_from_item_to_item(show: Show, news: News) -> None:
    page = opened(show(news[:2]))
    page.find(".chart").send_keys(Keys.TAB)
    assert page.js("return document.activeElement.getAttribute('aria-label')") == said(page, "event")[0]
    page.press(Keys.ARROW_RIGHT)
    assert page.text(".said-of") == "5 March 2024: Brenholm police dismantled Dockside camp"
    page.press(Keys.ENTER)
    assert page.text("#panel h2") == "Brenholm police dismantled Dockside camp"


def test_zoom_pan_and_back_by_keys_wheel_and_mouse(show: Show, news: News) -> None:
    page = opened(show([dated(news[0], DAYS)]))
    length = "return document.querySelector('#view-timeline .window').getBBox().width"
    left = "return document.querySelector('#view-timeline .window').getBBox().x"
    whole = page.js(length)
    page.find(".chart").send_keys("+")
    settle(page)
    assert page.js(length) == pytest.approx(0.6 * whole, rel=0.02)
    before = page.js(left)
    page.find(".chart").send_keys(Keys.ARROW_RIGHT)
    settle(page)
    assert page.js(left) > before
    chart = page.find(".chart")
    box = chart.rect
    for kind, x in (("mousePressed", 500), ("mouseMoved", 560), ("mouseMoved", 640), ("mouseReleased", 640)):
        event = {"type": kind, "x": box["x"] + x, "y": box["y"] + box["height"] - 90, "button": "left", "clickCount": 1}
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
    settle(page)
    assert page.js(left) < before
    ActionChains(page.driver).scroll_from_origin(ScrollOrigin.from_element(chart), 0, 240).perform()
    settle(page)
    assert page.js(length) > 0.6 * whole
    page.find(".chart").send_keys("0")
    settle(page)
    assert page.js(length) == pytest.approx(whole, rel=0.02)


def test_a_range_of_days_acts_on_the_graph(show: Show, news: News) -> None:
    page = opened(show(news[:2]))
    whole = page.shown()
    strip = page.find(".strip").rect
    for kind, x in (("mousePressed", 0.45), ("mouseMoved", 0.6), ("mouseMoved", 0.99), ("mouseReleased", 0.99)):
        event = {
            "type": kind,
            "x": strip["x"] + x * strip["width"],
            "y": strip["y"] + 20,
            "button": "left",
            "clickCount": 1,
        }
        page.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
    page.wait("kg.state.filters.since")
    page.js("kg.setFilter({since: '2024-03-06', until: null})")
    assert page.shown()[1] < whole[1]
    assert page.js("return kg.state.seen.claims.filter(Boolean).length") == 4, "those of the article of 7 March"
    settle(page)
    assert page.find(".section.claim .item").get_attribute("class") == "item asserted faint"
    page.js("kg.open('graph')")
    page.js("kg.open('timeline')")
    next(button for button in page.all(".timeline-head button") if button.text == "All days").click()
    assert page.shown() == whole


def test_handles_are_sliders(show: Show, news: News) -> None:
    page = opened(show([dated(news[0], DAYS)]))
    first = page.find(".handle")
    assert first.get_attribute("aria-valuetext") == "not limited"
    first.send_keys(Keys.PAGE_DOWN, Keys.PAGE_UP, Keys.PAGE_UP, Keys.ARROW_RIGHT)
    settle(page)
    since = page.js("return kg.state.filters.since")
    assert since is not None
    assert page.js("return document.activeElement.getAttribute('aria-valuetext')") != "not limited"
    claims = page.js("return kg.state.seen.claims.filter(Boolean).length")
    assert claims > 0
    page.press(Keys.DELETE)
    assert page.js("return kg.state.filters.since") is None


def test_filters_act_on_the_timeline(show: Show, news: News) -> None:
    page = opened(show([dated(news[0], ("2024-03-05",))]))
    page.js("kg.setFilter({statuses: new Set(['asserted', 'attributed', 'possible'])})")
    settle(page)
    assert said(page, "claim") == ["5 March 2024: Brenholm police not: arrested families (denied)"]
    page.js("kg.setFilter({statuses: new Set(['asserted', 'attributed', 'possible', 'denied'])})")
    assert page.text("#view-timeline .empty h2") == "Nothing dated is shown"


def test_without_any_date(show: Show, news: News) -> None:
    page = opened(show([replace(dated(news[0], (None,)), date=None)]))
    assert page.text("#view-timeline .empty h2") == "No dates"
    page.js("kg.setFilter({least: 0.5})")
    page = opened(show([]))
    assert page.text("#view-timeline .empty h2") == "No dates"


def test_a_date_far_from_the_others_makes_no_scale(show: Show, news: News) -> None:
    values = (*(f"2024-03-{number:02}" for number in range(1, 11)), "1066-10-14")
    page = opened(show([dated(replace(news[0], id=f"d{number}"), values) for number in range(3)]))
    assert "far from the others: 3" in page.text(".timeline-head .count")
    labels = page.js("return [...document.querySelectorAll('.strip text')].map(e => e.textContent)")
    assert all("Mar" in label or label.strip()[0].isdigit() for label in labels)
    assert len(said(page, "claim")) == 30
    page.find(".chart").send_keys("0")
    settle(page)
    assert said(page, "claim")[0].startswith("1 January 1060 – 31 December 1069: about 3 statements")


def test_thousands_become_bars_that_open(show: Show, news: News) -> None:
    chance = random.Random(3)
    values = tuple(
        f"20{chance.randint(15, 24)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(997)
    )
    copies = [dated(replace(news[0], id=f"d{n}"), values[n * 7 % 900 :] + values) for n in range(100)]
    page = opened(show(copies))
    assert page.text(".section.claim .heading").startswith("Statements · ")
    bars = page.all(".section.claim .item")
    assert 20 < len(bars) < 300
    page.js("document.querySelectorAll('.section.claim .item')[30].dispatchEvent(new Event('click', {bubbles: true}))")
    settle(page)
    assert page.js("return document.querySelector('#view-timeline .window').getBBox().width") < 200


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_narrow_screens(show: Show, news: News, width: int, height: int) -> None:
    page = show(news[:2])
    page.size(width, height)
    page = opened(show(news[:2]))
    assert page.js("return document.documentElement.scrollWidth") == width
    page.js("kg.select({kind: 'node', id: kg.data.nodes.findIndex(n => n.type === 'Event')})")
    settle(page)
    item = page.js(
        "const r = document.querySelector('.section.event .item').getBoundingClientRect(); return [r.left, r.top]"
    )
    box = page.js("const r = panel.getBoundingClientRect(); return [r.left, r.top]")
    assert item[0] < box[0] or item[1] < box[1], "the panel covers what it is about"


def test_hostile_names_stay_text(show: Show, news: News) -> None:
    page = opened(show([dated(news[2], ("2024-03-05",))]))
    assert len(said(page, "claim")) == 2
    assert page.all("#view-timeline img, #view-timeline script") == []
    assert page.js("return document.documentElement.scrollWidth") == 1440
