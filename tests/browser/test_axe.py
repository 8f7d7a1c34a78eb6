"""axe-core finds no serious violation in any view of the page."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.model import Annotation
from tests.browser.conftest import Page

Show = Callable[..., Page]
News = tuple[Annotation, ...]

pytestmark = pytest.mark.browser

RUN = "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] }).then(done, (e) => done(String(e)))"


def violations(page: Page, axe: str) -> list[str]:
    """What is wrong, seriously or critically, and where."""
    page.driver.execute_script(axe)
    found: dict[str, Any] = page.driver.execute_async_script(RUN)
    assert isinstance(found, dict), found
    return [
        f"{item['id']}: {node['target']} {node['failureSummary']}"
        for item in found["violations"]
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


@pytest.fixture(scope="session")
def axe(npm: Path) -> str:
    return (npm / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_view_has_a_serious_violation(show: Show, news: News, axe: str, theme: str) -> None:
    page = show(news)
    page.media(prefers_color_scheme=theme, prefers_reduced_motion="reduce")
    names = page.js("return kg.views.map(view => view.name)")
    assert {"graph", "map", "reader"} <= set(names)
    found = {}
    for name in names:
        page.js(f"kg.open('{name}')")
        found[name] = violations(page, axe)
        page.js("kg.select({ kind: 'node', id: 0 })")
        found[f"{name} with a choice"] = violations(page, axe)
        page.js("kg.select(null)")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_a_phone_has_no_serious_violation_either(show: Show, news: News, axe: str) -> None:
    page = show(news)
    page.size(390, 844)
    assert violations(page, axe) == []
    page.find("#open-filters").click()
    assert violations(page, axe) == []


def test_axe_finds_what_is_wrong(show: Show, news: News, axe: str) -> None:
    page = show(news)
    page.js("const b = document.createElement('button'); document.querySelector('main').append(b)")
    assert any("button-name" in wrong for wrong in violations(page, axe))
