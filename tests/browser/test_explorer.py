"""The explorer in a real browser: what is not shown is fetched from the server."""

import json
from collections.abc import Iterator
from itertools import combinations

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from kg.corpus.build import build
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
    explorer.wait("kg.data.nodes.length > 380")
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
    explorer.wait("kg.data.nodes.length > 380")
    explorer.wait("document.getElementById('served').hidden")


def test_what_is_filtered_and_chosen_stays_while_more_comes(explorer: Page) -> None:
    choose(explorer, "Pérson 0")
    explorer.js("kg.setFilter({ least: 0.1, statuses: new Set(['denied']) })")
    before = explorer.js("return kg.fragment()")
    explorer.find("#expand").click()
    explorer.wait("kg.data.nodes.length > 380")
    idle(explorer)
    assert explorer.text("#panel-title") == "Pérson 0"
    assert explorer.js("return kg.fragment()") == before
    assert "10 % sure" in explorer.text("#chips")


def test_a_path_is_looked_for_in_the_whole_graph(explorer: Page) -> None:
    choose(explorer, "Pérson 0")
    assert not is_shown(explorer, "Pérson 1002")
    explorer.find(".actions button:last-child").click()
    explorer.press("person 1002")
    explorer.wait("document.querySelector('#path-ends [role=option]')")
    explorer.press(Keys.ENTER)
    explorer.wait("document.querySelector('.way')")
    names = [name.text for name in explorer.all(".way .step .entity:last-child")]
    assert names == ["Pérson 200", "Pérson 1000", "Pérson 1001", "Pérson 1002"]
