"""The reader: articles with their mentions, and the words of a statement."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from selenium.webdriver.common.keys import Keys

from kg.model import Annotation, Argument, Mention
from kg.view.drawing import draw

from .conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]

pytestmark = pytest.mark.browser


def read(page: Page, title: str = "") -> Page:
    """Open the reader, and the article of this title."""
    page.js("kg.open('reader')")
    page.wait("document.querySelector('.reading h2')")
    if title:
        next(button for button in page.all(".articles button") if title in button.text).click()
        page.wait(f"document.querySelector('.reading h2').textContent === {title!r}")
    return page


def fact(page: Page, words: str) -> None:
    """Click the statement that reads so."""
    next(button for button in page.all(".fact") if words in button.text).click()


def marks(page: Page) -> list[tuple[str, str]]:
    return [(mark.get_attribute("class") or "", mark.text) for mark in page.all(".words mark")]


def test_a_statement_shows_its_words(show: Show, news: News) -> None:
    page = read(show(news[:2]), "Police clear camp at the docks")
    fact(page, "dismantled")
    assert marks(page) == [
        ("subject", "Police"), ("predicate", "cleared"), ("object", "the Dockside camp"), ("further", "in Brenholm"),
        ("time", "on Tuesday"),
    ]  # fmt: skip
    assert page.find(".fact[aria-pressed=true]").text == "Brenholm police dismantled Dockside camp on Tuesday"
    assert page.text(".facts-list .further-list") == "where: in Brenholm\nwhen: on Tuesday (5 March 2024)"
    assert not page.find("#panel").is_displayed(), "all that the panel says stands beside the text"
    fact(page, "provided")
    assert marks(page) == [
        ("object", "The charity"), ("predicate", "was given"), ("further", "40 tents"),
        ("subject", "by the Ministry of Housing"),
    ]  # fmt: skip


def test_denied_possible_and_attributed_are_said(show: Show, news: News) -> None:
    page = read(show(news[:2]), "Police clear camp at the docks")
    badges = {
        button.text.split("\n")[0]: [badge.text for badge in button.find_elements("css selector", ".badge")]
        for button in page.all(".fact")
    }
    assert badges["Brenholm police not: arrested families"] == ["Denied"]
    assert badges["Daniel Okafor met with Astrid Lund"] == ["Possible"]
    assert badges["families travelled to Denmark"] == ["Planned"]
    assert badges["Brenholm police attacked families"] == ["According to Élise Brandt"]
    assert badges["Élise Brandt heads Harbour Aid"] == []
    fact(page, "attacked")
    assert marks(page)[0] == ("speaker", "Élise Brandt")


def test_mentions_are_marked_by_family_and_lead_to_the_panel(show: Show, news: News) -> None:
    page = read(show(news[:2]), "Police clear camp at the docks")
    named = [(item.text, (item.get_attribute("class") or "").split()[1]) for item in page.all(".words .mention")]
    assert named[:3] == [("Police", "organization"), ("Brenholm", "place"), ("Astrid Lund", "person")]
    lines = page.js(
        "return [...document.querySelectorAll('.families .mention')].map(e => getComputedStyle(e).textDecorationStyle)"
    )
    assert len(lines) == len(set(lines)) == 3, "each family has a line of its own shape"
    page.all(".words .mention")[2].click()
    assert page.text("#panel h2") == "Astrid Lund"
    assert [item.text for item in page.all(".words .mention.chosen")] == ["Astrid Lund"]


def test_a_choice_elsewhere_opens_the_article_at_its_sentence(show: Show, news: News) -> None:
    long = replace(news[1], text=news[1].text + "\n\nNothing else was said that day." * 200)
    page = show([news[0], long])
    page.js(
        "kg.select({kind: 'claim', id: kg.data.claims.findIndex(c => c.relation === 'locatedIn')}); kg.open('reader')"
    )
    page.wait("document.querySelector('.sentence.chosen')")
    assert page.text(".reading h2") == "Mayor and minister at odds"
    assert marks(page) == [("subject", "Brenholm"), ("predicate", "lies in"), ("object", "Denmark")]
    page.js(
        "kg.select({kind: 'edge', id: kg.data.edges.findIndex(e => e.relation === 'owns' || e.relation === 'ordered')})"
    )
    page.wait("document.querySelector('.reading h2').textContent === 'Police clear camp at the docks'")
    assert ("predicate", "ordered") in marks(page)


def test_the_last_sentence_of_a_long_article_is_scrolled_to(show: Show, news: News) -> None:
    before = "Some text that states nothing at all. " * 2800
    far = len(before)

    def part(item: Argument) -> Argument:
        return replace(item, start=(item.start or 0) + far, end=(item.end or 0) + far)

    moved = tuple(
        replace(t, start=t.start + far, end=t.end + far, subject=part(t.subject), object=None) for t in news[1].triples
    )
    moved = tuple(replace(t, predicate=replace(t.predicate, start=None, end=None)) for t in moved)
    page = read(show([replace(news[1], text=before + news[1].text, triples=moved, mentions=(), sentences=())]))
    fact(page, "located in")
    assert marks(page) == [("subject", "Brenholm")]
    box = page.js("const r = document.querySelector('.words mark').getBoundingClientRect(); return [r.top, r.bottom]")
    assert 100 < box[0] < box[1] < 900


def test_filters_hide_statements_articles_and_marks(show: Show, news: News) -> None:
    page = read(show(news[:2]), "Police clear camp at the docks")
    page.js("kg.setFilter({statuses: new Set(['asserted', 'attributed', 'possible'])})")
    assert [button.text for button in page.all(".fact")] == ["Brenholm police not: arrested families\nDenied"]
    assert page.text(".facts-list .hint") == "10 statements are hidden by filters."
    assert [button.text.split("\n")[0] for button in page.all(".articles button")] == ["Police clear camp at the docks"]
    assert page.text(".shelf .count") == "1 of 2 articles"
    assert len(page.all(".pill")) == 1
    page.js("kg.setFilter({statuses: new Set(), types: new Set(['Person'])})")
    assert not page.all(".words .mention.person")


def test_a_source_as_filter_opens_that_article(show: Show, news: News) -> None:
    page = read(show(news[:2]))
    page.js("kg.setFilter({source: kg.data.sources.findIndex(s => s.id === 'council')})")
    page.wait("document.querySelector('.reading h2').textContent === 'Mayor and minister at odds'")
    assert len(page.all(".articles button")) == 1


def test_articles_are_found_by_title(show: Show, news: News) -> None:
    page = read(show(news[:2]))
    page.find(".shelf input").send_keys("odds")
    assert [button.text.split("\n")[0] for button in page.all(".articles button")] == ["Mayor and minister at odds"]
    page.find(".shelf input").send_keys("zzz")
    assert page.text(".shelf .count") == "0 of 2 articles"


def test_keys_go_from_name_to_name_and_choose(show: Show, news: News) -> None:
    page = read(show(news[:2]), "Police clear camp at the docks")
    page.js("document.querySelector('.words [tabindex=\"0\"]').focus()")
    focus = "return document.activeElement.textContent"
    assert page.js(focus) == "Police"
    page.press(Keys.ARROW_RIGHT)
    assert page.js(focus) == "Brenholm"
    page.press(Keys.ARROW_RIGHT, Keys.ENTER)
    page.wait("document.querySelector('.words mark')")
    assert marks(page)[0] == ("subject", "Police")
    page.press(Keys.ARROW_RIGHT, Keys.ENTER)
    assert page.text("#panel h2") == "Astrid Lund"
    page.escape()
    assert not marks(page)


def test_a_press_goes_on_to_the_next_statement_of_the_sentence(show: Show, news: News) -> None:
    page = read(show(news[:2]), "Police clear camp at the docks")
    number = next(index for index, pill in enumerate(page.all(".pill")) if pill.text == "2")
    page.all(".pill")[number].click()
    first = marks(page)
    assert page.all(".pill")[number].text == "1/2"
    page.press(Keys.ENTER)
    assert page.all(".pill")[number].text == "2/2"
    assert marks(page) != first


def test_texts_that_are_not_on_the_page(show: Show, news: News, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.page.draw", partial(draw, most_text=200))
    page = read(show(news[:2]), "Police clear camp at the docks")
    assert "is not on this page" in page.text(".lacking")
    fact(page, "ordered")
    assert marks(page) == [
        ("subject", "Astrid Lund"), ("predicate", "ordered"), ("object", "the clearance of the camp"),
    ]  # fmt: skip


def test_an_article_that_states_nothing(show: Show, news: News) -> None:
    page = read(show([replace(news[1], triples=())]))
    assert "could be read as a statement" in page.text(".facts-list")
    assert page.text(".words").startswith("Daniel Okafor leads Brenholm.")


def test_no_article_and_no_text(show: Show, news: News) -> None:
    page = show([])
    page.js("kg.open('reader')")
    assert page.text(".lacking") == "There is no article to read."
    page = read(show([replace(news[1], text="", triples=(), mentions=(), quotes=(), sentences=())]))
    assert page.text(".lacking") == "This article has no text."


def test_hostile_text_stays_text(show: Show, news: News) -> None:
    page = read(show([news[2]]))
    name = "</script><script>alert('x')</script><img src=x onerror=alert(1)>"
    assert page.js("return document.querySelector('.words').textContent").startswith(name + " met {{ 7*7 }}")
    assert page.all(".reading img, .reading a, .reading b") == []
    page.all(".fact")[1].click()
    assert marks(page) == [("subject", "\U0001f600"), ("predicate", '"Bo\'b"'), ("object", "<b>")]
    assert page.js("return document.documentElement.scrollWidth") == 1440


def test_right_to_left_text_keeps_its_direction(show: Show, news: News) -> None:
    text = "زار الوزير مدينة برينهولم يوم الثلاثاء. ثم عاد.\nBrenholm police said nothing."
    mention = Mention("m1", 17, 25, text[17:25], "name", "brenholm")
    page = read(show([replace(news[0], text=text, triples=(), mentions=(mention,), quotes=(), sentences=())]))
    assert page.text(".words .mention") == text[17:25]
    left, right = page.js(
        "const range = document.createRange(), text = document.querySelector('.words span').firstChild;"
        "range.setStart(text, 0); range.setEnd(text, 3); const first = range.getBoundingClientRect();"
        "return [first.left, document.querySelector('.words .mention').getBoundingClientRect().left]"
    )
    assert left > right, "the first word stands at the right"


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1024, 768)])
def test_narrow_screens(show: Show, news: News, width: int, height: int) -> None:
    page = show(news[:2])
    page.size(width, height)
    page = read(show(news[:2]))
    page.js("kg.select({kind: 'claim', id: kg.data.claims.findIndex(c => c.relation === 'arrested')})")
    page.wait("document.querySelector('.sentence.chosen')")
    assert page.text(".card") == "Brenholm police not: arrested families\nDenied"
    assert page.js("return document.documentElement.scrollWidth") == width
    box = page.js("const r = document.querySelector('.words mark').getBoundingClientRect(); return [r.top, r.bottom]")
    assert 100 < box[0] < box[1] < height
