"""The explorer in a real browser: what is not shown is fetched from the server."""

import json
from collections.abc import Iterator
from itertools import combinations

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from kg.corpus.build import build
from kg.model import Annotation
from kg.settings import Settings
from tests.browser.conftest import Page, _log
from tests.serve.conftest import Server, serving
from tests.serve.test_index import met

BASE = "https://w3id.org/actors-places/id/"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One whom two hundred have met, a chain of meetings that begins with one of those, and foursomes."""
    out = tmp_path_factory.mktemp("explored") / "graph"
    star = [met(n, [(0, n)]) for n in range(1, 201)]
    chain = [met(n, [(n, n + 1)]) for n in range(1000, 1004)]
    more = [met(n, list(combinations(range(n, n + 4), 2))) for n in range(2000, 2300, 4)]
    build([*star, *chain, met(500, [(200, 1000)]), *more], out, Settings(base=BASE), files=False)
    with serving(out) as running:
        yield running


@pytest.fixture
def explorer(chromium: Chrome, served: Server) -> Iterator[Page]:
    """The page; nothing may be asked of any other server, and nothing written to the console."""
    page = Page(chromium)
    page.size(1440, 900)
    page.media(prefers_color_scheme="light", prefers_reduced_motion="reduce")
    _log(chromium, "performance"), _log(chromium, "browser")
    chromium.get(f"{served.url}/")
    page.wait("document.documentElement.dataset.drawn")
    yield page
    messages = [json.loads(entry["message"])["message"] for entry in _log(chromium, "performance")]
    asked = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    assert not [url for url in asked if not url.startswith((served.url, "data:", "chrome:", "about:"))]
    assert not [entry["message"] for entry in _log(chromium, "browser")]
    chromium.get("about:blank")


def idle(page: Page) -> None:
    page.wait("(document.documentElement.dataset.fetching || '0') === '0'")


def is_shown(page: Page, name: str) -> bool:
    return bool(page.js(f"return kg.data.nodes.some(n => n.name === {json.dumps(name)})"))


def test_it_says_how_much_is_shown(explorer: Page) -> None:
    assert " of 506 names" in explorer.text("#counts")
    assert "search or expand" in explorer.text("#counts")
    assert not is_shown(explorer, "Pérson 1004")
    assert explorer.text(".places [aria-current]") == "Explore"


def test_search_finds_what_is_not_shown_and_shows_it(explorer: Page) -> None:
    explorer.find("#search").send_keys("person 1004")
    explorer.wait("document.querySelector('#suggestions [role=option]')")
    assert explorer.text("#suggestions [role=option] .name") == "Pérson 1004"
    explorer.press(Keys.ENTER)
    explorer.wait("!document.getElementById('panel').hidden")
    assert explorer.text("#panel-title") == "Pérson 1004"
    assert is_shown(explorer, "Pérson 1003")
    assert is_shown(explorer, "Pérson 0"), "what was shown is still there"


def met_by_hub(page: Page) -> int:
    """How many of those whom the hub has met are shown."""
    hub = page.node("Pérson 0")
    return int(page.js(f"return kg.data.edges.filter(e => e.source === {hub}).length"))


def choose(page: Page, name: str) -> None:
    page.js(f"kg.select({{ kind: 'node', id: {page.node(name)} }})")


def test_expanding_adds_neighbours_and_moves_nothing(explorer: Page) -> None:
    choose(explorer, "Pérson 0")
    place = "const at = kg.data.picture.nodes[kg.data.nodes.findIndex(n => n.name === 'Pérson 0')]; return [at.x, at.y]"
    before = explorer.js(place)
    assert 0 < met_by_hub(explorer) < 20
    explorer.find("#expand").click()
    explorer.wait("kg.data.nodes.length > 340")
    idle(explorer)
    some = met_by_hub(explorer)
    assert 150 <= some < 200
    assert explorer.js(place) == before
    assert explorer.text("#panel-title") == "Pérson 0"
    explorer.press("e")
    explorer.wait("!document.getElementById('expand')")
    assert met_by_hub(explorer) == 200
    choose(explorer, "Pérson 200")
    assert not is_shown(explorer, "Pérson 1000")
    explorer.press("e")
    explorer.wait("kg.data.nodes.some(n => n.name === 'Pérson 1000')")
    assert explorer.js(place) == before


def test_a_server_that_is_gone_is_said_and_tried_again(explorer: Page, served: Server) -> None:
    choose(explorer, "Pérson 0")
    explorer.driver.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}
    explorer.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    explorer.find("#expand").click()
    explorer.wait("document.querySelector('#served.failed')")
    assert "does not answer" in explorer.text("#served")
    online = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    explorer.driver.execute_cdp_cmd("Network.emulateNetworkConditions", online)
    _log(explorer.driver, "browser")  # the browser's own word for it
    explorer.find("#served .tool").click()
    explorer.wait("kg.data.nodes.length > 340")
    explorer.wait("document.getElementById('served').hidden")


def test_what_is_filtered_and_chosen_stays_while_more_comes(explorer: Page) -> None:
    choose(explorer, "Pérson 0")
    explorer.js("kg.setFilter({ least: 0.1, statuses: new Set(['denied']) })")
    before = explorer.js("return kg.fragment()")
    explorer.find("#expand").click()
    explorer.wait("kg.data.nodes.length > 340")
    idle(explorer)
    assert explorer.text("#panel-title") == "Pérson 0"
    assert explorer.js("return kg.fragment()") == before
    assert "10 % sure" in explorer.text("#chips")


def test_a_path_is_looked_for_in_the_whole_graph(explorer: Page) -> None:
    choose(explorer, "Pérson 0")
    assert not is_shown(explorer, "Pérson 1002")
    explorer.find(".actions button:last-of-type").click()
    explorer.press("person 1002")
    explorer.wait("document.querySelector('#path-ends [role=option]')")
    explorer.press(Keys.ENTER)
    explorer.wait("document.querySelector('.way')")
    names = [name.text for name in explorer.all(".way .step .entity:last-child")]
    assert names == ["Pérson 200", "Pérson 1000", "Pérson 1001", "Pérson 1002"]


def test_the_state_survives_a_reload(explorer: Page) -> None:
    explorer.find("#search").send_keys("person 1004")
    explorer.wait("document.querySelector('#suggestions [role=option]')")
    explorer.press(Keys.ENTER)
    explorer.wait("location.hash.includes('p1004')")
    explorer.driver.refresh()
    explorer.wait("document.documentElement.dataset.drawn && !document.getElementById('panel').hidden")
    assert explorer.text("#panel-title") == "Pérson 1004"


def test_a_path_leads_over_what_is_not_shown(explorer: Page) -> None:
    iri = "https://example.org/id/entity/p"
    assert not is_shown(explorer, "Pérson 1003")
    explorer.js(f"kg.showPath('{iri}0', '{iri}1003')")
    explorer.wait("kg.state.selected && kg.state.selected.kind === 'path'")
    steps = explorer.js("return kg.state.selected.nodes.map(id => kg.data.nodes[id].name)")
    assert steps == [f"Pérson {n}" for n in (0, 200, 1000, 1001, 1002, 1003)]


def test_the_reader_fetches_its_article(explorer: Page) -> None:
    document = explorer.js("return kg.data.sources[0].id")
    explorer.js("kg.select({ kind: 'source', id: 0 }); kg.open('reader')")
    words = explorer.js("return kg.data.texts[kg.data.claims.find(c => c.document === 0).text]")
    explorer.wait(f"document.querySelector('.page-of-text').textContent.includes({json.dumps(words)})")
    assert document


def test_an_article_that_is_not_shown_is_linked_to(explorer: Page, served: Server) -> None:
    lacking = explorer.js(
        "const known = new Set(kg.data.sources.map(s => s.id));"
        "return [...Array(200).keys()].map(n => `d${String(n + 1).padStart(3, '0')}`).find(id => !known.has(id))"
    )
    explorer.driver.get("about:blank")
    explorer.driver.get(f"{served.url}/#view=reader&article={lacking}")
    explorer.wait("window.kg && kg.state.selected && kg.state.selected.kind === 'source'")
    assert explorer.js("return kg.data.sources[kg.state.selected.id].id") == lacking


def test_a_filter_fetches_what_it_lets_through(explorer: Page, served: Server) -> None:
    explorer.driver.get("about:blank")
    explorer.driver.get(f"{served.url}/#in=d1002")
    explorer.wait("window.kg && kg.state.filters.source !== null")
    idle(explorer)
    said = explorer.js(
        "return kg.data.claims.filter((_, id) => kg.state.seen.claims[id])"
        ".map(c => [kg.data.nodes[c.doer.node].name, kg.data.nodes[c.patient.node].name])"
    )
    assert said == [["Pérson 1002", "Pérson 1003"]]


def test_hostile_names_run_nothing(
    chromium: Chrome, news: tuple[Annotation, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("hostile") / "graph"
    build(news, out, Settings(base="https://example.org/id/"), files=False)
    page = Page(chromium)
    _log(chromium, "browser")
    with serving(out) as server:
        chromium.get(f"{server.url}/")
        page.wait("document.documentElement.dataset.drawn")
        page.find("#search").send_keys("</script>")
        page.wait("document.querySelector('#suggestions [role=option]')")
        page.press(Keys.ENTER)
        page.wait("!document.getElementById('panel').hidden")
        assert page.text("#panel-title").startswith("</script><script>alert")
        page.find("#panel .further a").click()
        page.wait("document.querySelector('article.entity')")
        assert page.text("h1").startswith("</script><script>alert")
        assert not page.all("img")
        chromium.get(f"{server.url}/id/document/x-0")
        page.wait("document.querySelector('.problem')")
    errors = [entry["message"] for entry in _log(chromium, "browser") if "404" not in entry["message"]]
    assert errors == []
    chromium.get("about:blank")
