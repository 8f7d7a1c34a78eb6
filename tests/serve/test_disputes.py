"""The page of contradictions: who says what of a disputed fact, what sources agree on, pages of many."""

import html
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.routing import Route

from kg.corpus.build import build
from kg.model import Annotation
from kg.serial import from_json
from kg.serve import disputes
from kg.serve.disputes import Fact, Side, Voice
from kg.serve.served import Served
from kg.settings import Settings

from .conftest import Server, serving

HOSTILE = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def disputed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server over three articles about a harbour and a copy of one of them, with a name that is markup."""
    lines = (root / "tests" / "graph" / "articles.jsonl").read_bytes().splitlines()
    articles = [named(from_json(line)) for line in lines]
    copy = replace(articles[1], id="copy", text=f"{articles[1].text}\n\nAgency.")
    place = tmp_path_factory.mktemp("disputed") / "graph"
    build([*articles, copy], place, Settings())
    with serving(place) as running:
        yield running


def named(article: Annotation) -> Annotation:
    entities = (replace(e, name=HOSTILE) if e.name == "Jan Maes" else e for e in article.entities)
    return replace(article, entities=tuple(entities))


def test_a_dispute_has_both_sides_with_their_words(disputed: Server) -> None:
    text = disputed.get("/contradictions").text
    page = html.unescape(text)
    assert "1 fact" in page
    assert page.index("It is so") < page.index("Open Door") < page.index("Ostend Police beat Jan Maes, Open Door said.")
    assert page.index("It is not so") < page.index("Lena Brandt") < page.index("Brandt denied that")
    assert "harbour-1</bdi></a>, 2023-05-04 · " in page
    assert 'href="/#view=reader&article=harbour-1"' in page
    assert 'href="/actors-places/id/document/' in page
    assert 'href="/actors-places/id/entity/ostend-police-' in page
    assert "<script>alert" not in text


def test_only_what_is_about_somebody(disputed: Server) -> None:
    assert "1 fact" in disputed.get("/contradictions?about=OSTEND").text
    text = disputed.get("/contradictions", params={"about": f'France"{HOSTILE}'}).text
    assert "Nothing disputed is about" in text
    assert "<script>alert" not in text


def test_what_sources_agree_on(disputed: Server, server: Server) -> None:
    page = html.unescape(disputed.get("/contradictions?view=consensus").text)
    assert "What sources agree on" in page
    assert "2 sources in" in page or "No fact is stated by two" in page
    assert "No source contradicts another one here" in server.get("/contradictions").text
    assert disputed.get("/contradictions?page=99999999999&view=x").status_code == 200


def test_many_facts_have_pages(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Voice(None, "d1", None, "They met.", "https://example.org/statement/1", "Lille")
    facts = [
        Fact(
            ("https://example.org/a", f"A{n:02}"),
            "metWith",
            (("https://example.org/b", "B"),),
            (Side("asserts", (voice,), 7),),
        )
        for n in range(45)
    ]
    monkeypatch.setattr(disputes, "found_in", lambda *_, **__: facts)
    [route] = disputes.routes(served)
    assert isinstance(route, Route)

    def shown(query: str) -> str:
        scope = {"type": "http", "method": "GET", "query_string": query.encode(), "headers": []}
        answer = route.endpoint(Request(scope))
        return html.unescape(bytes(answer.body).decode())

    first, last = shown(""), shown("page=3")
    assert (first.count("<article"), last.count("<article")) == (20, 5)
    assert "A00" in first
    assert "Page 3 of 3" in shown("page=44")
    assert 'href="/contradictions?page=2"' in first
    assert 'rel="next"' not in last
    assert "met with" in first
    assert "and 7 more" in first


@pytest.fixture
def served(folder: Path) -> Served:
    return Served(folder, "https://example.org/", "http://127.0.0.1:1", frozenset())
