"""SPARQL Update: with a token only, and until the next build."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Quad

import kg
from kg.corpus.build import build

from .conftest import TOKEN, Server

BEARER = {"Authorization": f"Bearer {TOKEN}"}
INSERT = 'INSERT DATA { <https://example.org/new> rdfs:label "New" }'
ASK = "ASK { <https://example.org/new> rdfs:label ?name }"


def _truth(server: Server, query: str) -> bool:
    told: bool = server.get("/sparql", params={"query": query}).json()["boolean"]
    return told


def _is_union(folder: Path) -> bool:
    store = kg.open(folder).store
    default = {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}
    named = {quad.triple for quad in store if not isinstance(quad.graph_name, DefaultGraph)}
    return default == named


def _quads(folder: Path) -> set[Quad]:
    return set(kg.open(folder).store)


def test_without_writable_nothing_is_changed(server: Server) -> None:
    answer = server.post("/sparql", data={"update": INSERT}, headers=BEARER)
    assert (answer.status_code, "--writable" in answer.text) == (403, True)
    assert not _truth(server, ASK)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Cookie": "kg-token-1=x"}])
def test_without_the_token_nothing_is_changed(writable: Server, headers: dict[str, str]) -> None:
    answer = writable.post("/sparql", data={"update": INSERT}, headers=headers)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="kg"')
    assert not _truth(writable, ASK)


def test_an_update_is_seen_at_once_and_gone_with_the_next_build(writable: Server) -> None:
    before = _quads(writable.folder)
    assert not _truth(writable, ASK)
    headers = {**BEARER, "Content-Type": "application/sparql-update"}
    answer = writable.post("/sparql", data=INSERT, headers=headers)
    assert answer.status_code == 200
    assert "next kg build" in answer.text
    assert _truth(writable, ASK)
    assert _is_union(writable.folder)
    build((), writable.folder)
    assert not _truth(writable, ASK)
    assert _quads(writable.folder) == before


@pytest.mark.parametrize(
    ("update", "gone", "there"),
    [
        ("DELETE WHERE { ?s a kg:Mention }", "ASK { GRAPH ?g { ?s a kg:Mention } }", "ASK { ?s a kg:Entity }"),
        ("DELETE WHERE { GRAPH ?g { ?s a kg:Mention } }", "ASK { ?s a kg:Mention }", "ASK { ?s a kg:Entity }"),
        ("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } }", "ASK { <a:a> <a:b> 2 }", "ASK { <a:a> <a:b> 1 }"),
        ("INSERT DATA { <a:a> <a:b> 1 }", "ASK { <a:a> <a:b> 2 }", "ASK { GRAPH ?g { <a:a> <a:b> 1 } }"),
        ("CLEAR ALL", "ASK { ?s ?p ?o }", "ASK { }"),
    ],
)
def test_the_default_graph_stays_the_union(writable: Server, update: str, gone: str, there: str) -> None:
    assert writable.post("/sparql", data={"update": update}, headers=BEARER).status_code == 200
    assert not _truth(writable, gone)
    assert _truth(writable, there)
    assert _is_union(writable.folder)


@pytest.mark.parametrize(
    ("update", "words"),
    [
        ("INSERT DATA { ", "not an update"),
        ("LOAD <http://127.0.0.1:1/>", "LOAD"),
        ("LOAD SILENT <file:///etc/passwd>", "LOAD"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT { ?s ?p ?o } WHERE " + "{" * 10_000 + "}" * 10_000, "deep"),
    ],
    ids=lambda text: text[:30],
)
def test_what_can_not_be_applied_changes_nothing(writable: Server, update: str, words: str) -> None:
    before = _quads(writable.folder)
    answer = writable.post("/sparql", data={"update": update}, headers=BEARER)
    assert (answer.status_code, words in answer.text) == (400, True)
    assert _quads(writable.folder) == before
    assert not list(writable.folder.glob(".partial-*"))


def test_graphs_are_named_in_the_update(writable: Server) -> None:
    data = {"update": INSERT, "using-graph-uri": "a:a"}
    assert writable.post("/sparql", data=data, headers=BEARER).status_code == 400


def test_a_page_from_elsewhere_can_not_update(writable: Server) -> None:
    headers = {"Origin": "https://evil.example", "Cookie": f"kg-token-{writable.port}={TOKEN}"}
    assert writable.post("/sparql", data={"update": INSERT}, headers=headers).status_code == 403
    assert not _truth(writable, ASK)
