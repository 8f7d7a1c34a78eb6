"""Headless Chromium, and pages opened in it."""

import json
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from kg.model import Annotation
from kg.serial import from_json
from kg.view.page import write

FLAGS = (
    "headless=new", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking",
    "disable-component-update", "disable-sync", "use-angle=swiftshader", "enable-unsafe-swiftshader",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page in the browser; nodes and edges are found by their names."""

    driver: Chrome

    def js(self, script: str) -> Any:
        return self.driver.execute_script(script)

    def wait(self, condition: str) -> None:
        """Wait until the JavaScript expression is true."""
        end = time.monotonic() + 20
        while not self.js(f"return Boolean({condition})"):
            assert time.monotonic() < end, f"never true: {condition}"
            time.sleep(0.02)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str) -> str:
        return self.find(selector).text

    def press(self, *keys: str) -> None:
        """Press keys on whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(*keys)

    def click_at(self, point: str) -> None:
        """Click with the mouse at the place, in the picture, that JavaScript gives; wait for the panel."""
        self.js("kg.select(null); document.getElementById('fit').click()")
        x, y = self.js(
            f"const at = kg.picture.toStage({point});"
            "const box = document.getElementById('stage').getBoundingClientRect(); return [box.x + at.x, box.y + at.y];"
        )
        for kind in ("mousePressed", "mouseReleased"):
            event = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.driver.execute_cdp_cmd("Input.dispatchMouseEvent", event)
        self.wait("!document.getElementById('panel').hidden")

    def click_node(self, name: str) -> None:
        self.click_at(f"kg.data.picture.nodes[{self.node(name)}]")

    def click_edge(self, source: str, label: str, target: str) -> None:
        ends = f"e.source === {self.node(source)} && e.target === {self.node(target)}"
        number = self.js(f"return kg.data.edges.findIndex(e => {ends} && e.label === {json.dumps(label)})")
        assert number >= 0, f"no edge {source} {label} {target}"
        self.click_at(f"kg.picture.middleOf({number})")

    def node(self, name: str) -> int:
        number: int = self.js(f"return kg.data.nodes.findIndex(n => n.name === {json.dumps(name)})")
        assert number >= 0, f"no node {name}"
        return number

    def shown(self) -> tuple[int, int]:
        """How many nodes and edges the filters let through."""
        nodes, edges = self.js("return document.documentElement.dataset.shown").split()
        return int(nodes), int(edges)

    def media(self, **features: str) -> None:
        """Set media features, such as prefers_color_scheme="dark"."""
        values = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": values})

    def size(self, width: int, height: int) -> None:
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def escape(self) -> None:
        self.press(Keys.ESCAPE)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One headless Chromium for all tests, with a profile of its own."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if binary is None or driver is None:
        pytest.skip("chromium and chromedriver are not installed (Debian: apt-get install chromium chromium-driver)")
    options = ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"user-data-dir={tmp_path_factory.mktemp('profile')}", "window-size=1440,900"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    chrome = Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


@pytest.fixture
def show(chromium: Chrome, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Write a page, open it and wait until it is drawn.

    When the test is over the page must have asked nothing of any network, not even in vain, and written nothing to the
    console.
    """
    page = Page(chromium)
    page.size(1440, 900)
    page.media(prefers_color_scheme="light", prefers_reduced_motion="reduce")
    _log(chromium, "performance"), _log(chromium, "browser")

    def shown(annotations: Iterable[Annotation], title: str | None = None) -> Page:
        file = tmp_path / "graph.html"
        write(annotations, file, title=title)
        chromium.get(file.as_uri())
        page.wait("document.documentElement.dataset.drawn || document.documentElement.dataset.shown === '0 0'")
        return page

    yield shown
    messages = [json.loads(entry["message"])["message"] for entry in _log(chromium, "performance")]
    asked = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    assert not [url for url in asked if not url.startswith(("file:", "data:", "chrome:"))]
    said = [entry["message"] for entry in _log(chromium, "browser")]
    # What SwiftShader, which plays the GPU here, says of its own speed is no error of the page.
    assert not [message for message in said if "GL Driver Message (OpenGL, Performance" not in message]
    chromium.get("about:blank")


def _log(chrome: Chrome, kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = chrome.get_log(kind)  # type: ignore[no-untyped-call]
    return entries


@pytest.fixture(scope="session")
def news(root: Path) -> tuple[Annotation, ...]:
    """Two articles about an eviction, and one made of what breaks pages."""
    lines = (root / "tests" / "view" / "articles.jsonl").read_bytes().split(b"\n")
    return tuple(from_json(line) for line in lines if line)
