"""The pages of `kg serve` on which people work, in a real browser: corrections, contradictions, adding, queries."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select

import kg
from kg.corpus.build import build
from kg.graph.corrections.file import load
from kg.model import Annotation
from kg.serial import to_json
from kg.settings import Settings
from tests.serve.conftest import TOKEN, Server, serving

from .conftest import Page, _log

pytestmark = pytest.mark.browser
HOSTILE = "</script><script>alert('x')</script><img"


@pytest.fixture
def served(tmp_path: Path, articles: tuple[Annotation, ...], news: tuple[Annotation, ...]) -> Iterator[Server]:
    """A writable server over articles of a harbour, and one made of what breaks pages."""
    folder = tmp_path / "graph"
    build([*articles, news[2]], folder, Settings())
    with serving(folder, "--writable", env={**os.environ, "KG_SERVE_TOKEN": TOKEN}) as running:
        yield running


class Visit(Page):
    """A page of a server; what it wrote to the console and asked of others is looked at in the end."""

    def to(self, server: Server, path: str, token: bool = True) -> None:
        if token:
            self.driver.get(f"{server.url}/static/theme.js")
            mark = "&" if "?" in path else "?"
            self.driver.get(f"{server.url}{path}{mark}token={TOKEN}")
        else:
            self.driver.get(server.url + path)

    def open(self, summary: str) -> WebElement:
        """Open one of the parts that are folded, and return it."""
        found = [part for part in self.all("details") if summary in part.find_element(By.TAG_NAME, "summary").text]
        assert len(found) == 1, summary
        if found[0].get_attribute("open") is None:
            found[0].find_element(By.TAG_NAME, "summary").click()
        return found[0]

    def send(self, part: WebElement, label: str, reason: str = "") -> None:
        """Fill in who decides and why, and press the button."""
        by = part.find_element(By.NAME, "by")
        by.clear()
        by.send_keys("anna")
        part.find_element(By.NAME, "reason").send_keys(reason)
        self.press_button(label, part)
        self.wait("document.readyState === 'complete' && location.search.includes('done=')")

    def press_button(self, label: str, part: WebElement | None = None) -> None:
        buttons = (part or self.driver).find_elements(By.TAG_NAME, "button")
        found = [button for button in buttons if button.text == label and button.is_displayed()]
        assert found, f"no button {label}"
        found[0].click()

    def apply(self) -> None:
        """Build now, and wait until the page says that nothing waits."""
        self.press_button("Apply now")
        try:
            self.wait("(document.getElementById('wait') || {}).textContent?.includes('Nothing waits')")
        except AssertionError:
            raise AssertionError(self.text("#content")) from None


@pytest.fixture
def visit(chromium: Chrome, served: Server) -> Iterator[Visit]:
    """A browser without cookies. It must ask nothing of anybody but the server, and write nothing to the console."""
    page = Visit(chromium)
    page.size(1440, 900)
    page.media(prefers_color_scheme="light", prefers_reduced_motion="reduce")
    chromium.execute_cdp_cmd("Network.clearBrowserCookies", {})
    _log(chromium, "performance"), _log(chromium, "browser")
    yield page
    messages = [json.loads(entry["message"])["message"] for entry in _log(chromium, "performance")]
    asked = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    assert not [u for u in asked if not u.startswith((served.url, "data:", "blob:", "about:", "chrome:"))]
    # That an answer was no success is no error of a script.
    written = [
        entry["message"]
        for entry in _log(chromium, "browser")
        if "server responded with a status" not in entry["message"]
    ]
    assert not written
    chromium.get("about:blank")


def node(folder: Path, label: str) -> str:
    found = [entity.iri for entity in kg.open(folder).entities() if entity.label == label]
    assert len(found) == 1, (label, [entity.label for entity in kg.open(folder).entities()])
    return found[0]


def labels(folder: Path) -> set[str]:
    return {entity.label for entity in kg.open(folder).entities()}


def of(iri: str) -> str:
    return f"/corrections?node={quote(iri)}"


def tick(part: WebElement, words: str) -> None:
    found = [choice for choice in part.find_elements(By.TAG_NAME, "label") if words in choice.text]
    assert len(found) == 1, words
    found[0].find_element(By.TAG_NAME, "input").click()


def test_what_is_corrected_in_the_browser_is_in_the_next_build_and_undo_takes_it_back(
    visit: Visit, served: Server
) -> None:
    folder = served.folder
    before = (folder / "graph.nq").read_bytes()
    statements = len(list(kg.open(folder).statements()))
    visit.to(served, "/corrections?find=maes")
    visit.find(".rows a").click()
    merge = visit.open("merge")
    merge.find_element(By.NAME, "find").send_keys("peeters", Keys.ENTER)
    visit.wait("document.querySelector('input[type=checkbox][name=given]')")
    merge = visit.open("merge")
    tick(merge, "Tom Peeters")
    visit.send(merge, "Merge", "one man under two names")

    police = node(folder, "Ostend Police")
    visit.to(served, of(police), token=False)
    split = visit.open("split")
    tick(split, "Charity accuses police")
    visit.send(split, "Split")

    visit.to(served, of(node(folder, "Lena Brandt")), token=False)
    rename = visit.open("rename")
    name = rename.find_element(By.CSS_SELECTOR, "input[name=given][type=text]")
    name.clear()
    name.send_keys("Lena <b>Brandt</b>")
    visit.send(rename, "Rename")

    visit.to(served, of(node(folder, "Open Door")), token=False)
    retype = visit.open("class")
    Select(retype.find_element(By.TAG_NAME, "select")).select_by_value("Company")
    visit.send(retype, "Change the class")
    reject = visit.open("reject")
    reject.find_element(By.CSS_SELECTOR, "input[type=radio]").click()
    visit.send(reject, "Reject")

    assert "5 corrections wait for the next build" in visit.text("#wait")
    assert (folder / "graph.nq").read_bytes() == before
    visit.apply()
    found = list(kg.open(folder).entities())
    named = [entity.label for entity in found]
    assert len({"Jan Maes", "Tom Peeters"} & set(named)) == 1
    assert named.count("Ostend Police") == 2
    assert "Lena <b>Brandt</b>" in named
    assert [entity.type for entity in found if entity.label == "Open Door"] == ["Company"]
    assert len(list(kg.open(folder).statements())) == statements - 1
    assert [correction.signed.by for correction in load(folder / "corrections.yaml")] == ["anna"] * 5

    for left in range(4, -1, -1):
        visit.find(".undo button").click()
        visit.wait(
            f"document.readyState === 'complete' && document.querySelectorAll('.decisions > li').length === {left}"
        )
    assert "5 corrections wait" in visit.text("#wait")
    visit.apply()
    assert (folder / "graph.nq").read_bytes() == before


def test_two_tabs_and_an_editor_do_not_overwrite_each_other(visit: Visit, served: Server) -> None:
    visit.to(served, of(node(served.folder, "Lena Brandt")))
    part = visit.open("rename")
    file = served.folder / "corrections.yaml"
    file.write_text("# an editor was here\n", encoding="utf-8")
    visit.press_button("Rename", part)
    visit.wait("document.querySelector('.notice.bad')")
    assert "the file has changed meanwhile" in visit.text(".notice.bad")
    assert file.read_text(encoding="utf-8") == "# an editor was here\n"
    visit.send(visit.open("rename"), "Rename")
    assert file.read_text(encoding="utf-8").startswith("# an editor was here\n- rename: Lena Brandt @ harbour-1\n")


def test_without_a_token_pages_say_how_to_write_and_a_foreign_page_can_not(visit: Visit, served: Server) -> None:
    police = node(served.folder, "Ostend Police")
    for path in (of(police), "/add"):
        visit.to(served, path, token=False)
        assert "open the address with the token" in visit.text("#content")
        assert not visit.all("form[method=post], textarea")
    visit.to(served, of(police))
    assert visit.all("form[method=post]")
    assert "token" not in visit.driver.current_url
    foreign = (
        f"<form method=post action='{served.url}/corrections'><input name=action value=rename>"
        f"<input name=given value='{police}'><input name=given value=X><input name=by value=eve></form>"
    )
    visit.driver.get("data:text/html," + quote(foreign))
    visit.js("document.forms[0].submit()")
    visit.wait("location.href.startsWith('http')")
    assert "a page from elsewhere asks for this" in visit.text("body")
    assert not (served.folder / "corrections.yaml").exists()


def test_an_article_is_added_with_its_progress_told(
    visit: Visit, served: Server, news: tuple[Annotation, ...], tmp_path: Path
) -> None:
    file = tmp_path / "<b>news.jsonl"
    file.write_text(to_json(replace(news[0], title=HOSTILE)) + "\n", encoding="utf-8")
    visit.to(served, "/add")
    visit.find("input[type=file]").send_keys(str(file))
    visit.press_button("Add", visit.find("#files"))
    visit.wait("document.querySelector('.job a')")
    told = visit.text(".job")
    assert "<b>news.jsonl done" in told, told
    assert f"{HOSTILE}: 13 entities, " in told
    link = str(visit.find(".job a").get_attribute("href"))
    assert link.startswith(f"{served.url}/actors-places/id/document/")
    assert "Brenholm police" in labels(served.folder)
    assert served.get(link.removeprefix(served.url)).status_code == 200
    visit.find("input[type=file]").send_keys(str(file))
    visit.press_button("Add", visit.find("#files"))
    visit.wait("document.querySelector('.job .left')")
    assert "a document with this id is in the graph already" in visit.text(".job .left")
    visit.driver.refresh()
    visit.wait("document.querySelectorAll('.job').length === 2")


@pytest.mark.model
def test_a_text_is_pasted_read_and_found(visit: Visit, served: Server) -> None:
    visit.to(served, "/add")
    form = visit.find("#text")
    form.find_element(By.NAME, "title").send_keys("Minister visits Calais")
    form.find_element(By.NAME, "text").send_keys(
        "Minister Gerald Darmanin visited Calais on Tuesday. He met the mayor."
    )
    visit.press_button("Add", form)
    visit.wait("document.querySelector('.job')")
    visit.driver.set_script_timeout(120)
    end = "return document.querySelector('.job a, .job .error') !== null"
    while not visit.js(end):
        visit.js("return new Promise(done => setTimeout(done, 100))")
    assert "Minister visits Calais: " in visit.text(".job")
    assert "Calais" in " ".join(labels(served.folder))


def test_the_query_page_completes_asks_and_links(visit: Visit, served: Server) -> None:
    visit.to(served, "/query", token=False)
    visit.wait("document.documentElement.dataset.ready")
    visit.js("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    visit.find(".CodeMirror-code").click()
    visit.press("SELECT * WHERE { ?who a kg:Per")
    visit.wait("document.querySelector('.CodeMirror-hint')")
    assert "kg:Person" in visit.text(".CodeMirror-hints")
    visit.press(Keys.ENTER)
    visit.press(" ; kg:hea")
    visit.wait("document.querySelector('.CodeMirror-hint')?.textContent.startsWith('kg:heads')")
    visit.press(Keys.ENTER)
    visit.press(" ?what . ?wh")
    visit.wait("document.querySelector('.CodeMirror-hint')?.textContent === '?what'")
    visit.press(Keys.ESCAPE)
    visit.press(Keys.BACKSPACE * 4)
    assert "SELECT * WHERE { ?who a kg:Person ; kg:heads ?what ." in visit.js(
        "return document.querySelector('.CodeMirror').CodeMirror.getValue()"
    )
    visit.press(Keys.CONTROL, Keys.ENTER)
    visit.wait("document.querySelector('#rows tbody a')")
    links = [str(link.get_attribute("href")) for link in visit.all("#rows tbody a")]
    found = [link for link in links if link.startswith(f"{served.url}/actors-places/id/entity/lena-brandt-")]
    assert len(found) == 1
    assert "Lena Brandt" in served.get(found[0].removeprefix(served.url)).text
    address = visit.driver.current_url
    assert "#query=SELECT" in address
    visit.driver.get("about:blank")
    visit.driver.get(address)
    visit.wait("document.documentElement.dataset.ready")
    assert "kg:heads ?what" in visit.text(".CodeMirror-code")


def test_named_questions_are_forms_and_errors_have_a_place(visit: Visit, served: Server) -> None:
    visit.to(served, "/query", token=False)
    visit.wait("document.documentElement.dataset.ready")
    Select(visit.find("#name")).select_by_value("who-heads-what")
    visit.wait("document.querySelector('#parameters input')")
    visit.find("#parameters input").send_keys("harbour")
    visit.press_button("Ask this")
    visit.wait("document.querySelector('#rows td')")
    assert "Lena Brandt" in visit.text("#rows")
    assert "#question=who-heads-what&" in visit.driver.current_url
    assert [button.text for button in visit.all("#downloads button")] == ["CSV", "TSV", "JSON", "XML"]
    editor = "document.querySelector('.CodeMirror').CodeMirror"
    visit.js(f"{editor}.setValue('SELECT * WHERE {{\\n  ?s ?p\\n}}')")
    visit.press_button("Run")
    visit.wait("!document.getElementById('wrong').hidden")
    assert visit.js(f"return {editor}.lineInfo(2).bgClass") == "at-fault"
    visit.js(f"{editor}.setValue('ASK {{ ?s a kg:Wizard }}')")
    visit.press_button("Run")
    visit.wait("document.querySelector('.verdict')")
    assert visit.text(".verdict") == "No"
    visit.js(f"{editor}.setValue('SELECT ?name {{ ?s rdfs:label ?name FILTER(CONTAINS(?name, \"script\")) }}')")
    visit.press_button("Run")
    visit.wait("document.querySelector('#rows td')")
    assert HOSTILE in visit.text("#rows td")


PAGES = ("/corrections?find=a", "NODE", "/corrections?node=x", "/contradictions", "/add", "/query")
AXE = """
const end = arguments[0];
axe.run().then(found => end(found.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.html)])));
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visit, served: Server, npm: Path, scheme: str) -> None:
    axe = (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    visit.media(prefers_color_scheme=scheme, prefers_reduced_motion="reduce")
    (served.folder / "corrections.yaml").write_text(
        "- rename: Lena Brandt @ harbour-1\n  name: X\n  by: bo\n  date: 2026-01-01\n"
        "- rename: Nobody @ harbour-1\n  name: X\n  by: bo\n  date: 2026-01-01\n",
        encoding="utf-8",
    )
    found: list[Any] = []
    for path in PAGES:
        visit.to(served, of(node(served.folder, "Ostend Police")) if path == "NODE" else path)
        if path == "/query":
            visit.wait("document.documentElement.dataset.ready")
        visit.js("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        visit.js(axe)
        rows = visit.driver.execute_async_script(AXE)
        found += [(path, *row) for row in rows if row[0] in ("serious", "critical")]
    assert not found


def test_names_that_are_markup_stay_text(visit: Visit, served: Server) -> None:
    hostile = [
        entity for entity in kg.open(served.folder).entities() if "script" in entity.label or "{{" in entity.label
    ]
    assert len(hostile) >= 2
    for width in (1440, 390):
        visit.size(width, 844)
        for entity in hostile:
            visit.to(served, of(entity.iri))
            assert visit.find("#subject bdi").text in entity.label
            assert visit.js("return document.documentElement.scrollWidth <= innerWidth")
    visit.to(served, "/corrections?find=" + quote(HOSTILE))
    assert HOSTILE in visit.text(".rows")
