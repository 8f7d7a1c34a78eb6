"""A corpus made of what breaks pages, in a real browser: nothing runs, breaks, or asks a network."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

import kg
from kg.cli.main import main
from kg.corpus.build import build
from tests.hostile import NASTY, beyond, corpus

from .conftest import Page, _log

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("hostile") / "graph"
    report = build(corpus(), out)
    assert (report.failed, report.skipped, report.documents) == ((), (), len(NASTY))
    return out


@pytest.fixture
def opened(chromium: Chrome) -> Iterator[Callable[[Path], Page]]:
    """Opens a page; at the end nothing of it may have run, complained or asked."""
    page = Page(chromium)
    page.size(1440, 900)
    _log(chromium, "performance"), _log(chromium, "browser")

    def shown(file: Path) -> Page:
        chromium.get(file.as_uri())
        return page

    yield shown
    assert page.js("return typeof window.hacked") == "undefined"
    messages = [json.loads(entry["message"])["message"] for entry in _log(chromium, "performance")]
    asked = [item["params"]["request"]["url"] for item in messages if item["method"] == "Network.requestWillBeSent"]
    assert not [url for url in asked if not url.startswith(("file:", "data:", "chrome:"))]
    assert not [entry["message"] for entry in _log(chromium, "browser")]
    chromium.get("about:blank")


def _run(*arguments: object) -> None:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    assert not ended.value.code


def test_the_page(folder: Path, tmp_path: Path, opened: Callable[[Path], Page]) -> None:
    _run("view", folder, "-o", tmp_path / "graph.html")
    page = opened(tmp_path / "graph.html")
    page.wait("document.documentElement.dataset.drawn")
    assert page.shown()[0] == len(list(kg.open(folder).entities())) > 2 * len(NASTY)


def test_the_report(folder: Path, tmp_path: Path, opened: Callable[[Path], Page]) -> None:
    _run("report", folder, "-o", tmp_path / "report.html")
    page = opened(tmp_path / "report.html")
    assert page.all("script, img, iframe, form") == []
    assert page.js("return document.querySelectorAll('footer').length") == 1
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
    assert page.js("return [...document.links].every(link => ['http:', 'https:', 'file:'].includes(link.protocol))")
    # The text is there as it is.
    assert NASTY[0] in page.text("#who")


def test_what_notebooks_show(folder: Path, tmp_path: Path, opened: Callable[[Path], Page]) -> None:
    graph = kg.open(folder)
    rows = graph.query("SELECT ?e ?name ?title { ?e rdfs:label ?name . OPTIONAL { ?d dcterms:title ?title } }")
    shown = [graph._repr_html_(), rows._repr_html_(), *(a._repr_html_() for a in (*corpus(), beyond()))]
    file = tmp_path / "notebook.html"
    file.write_text(
        '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">' + "\n".join(shown), encoding="utf-8"
    )
    page = opened(file)
    assert page.all("script, img, iframe, form, title, textarea") == []
    # Every piece is closed where it ends.
    assert page.js("return document.querySelectorAll('body > .kg-nb').length") == len(shown)
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
