"""The SPARQL 1.1 Protocol, spoken by a client that others wrote and by plain HTTP."""

import importlib
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import (
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

import kg
from kg.graph import query as queries

from .conftest import Server

ALL = "SELECT ?s ?p ?o { ?s ?p ?o }"
NAMES = "SELECT ?entity ?name { ?entity a kg:Actor ; rdfs:label ?name }"
GRAPH = "CONSTRUCT { ?s rdfs:label ?o } WHERE { ?s rdfs:label ?o ; a kg:Entity }"
ROW_FORMS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


def _rows(solutions: QuerySolutions) -> Counter[tuple[str, ...]]:
    names = sorted(variable.value for variable in solutions.variables)
    return Counter(tuple(str(row[name]) for name in names) for row in solutions)


def _expected(folder: Path, query: str) -> Counter[tuple[str, ...]]:
    found = kg.open(folder).ask(query)
    assert isinstance(found, QuerySolutions)
    return _rows(found)


def _count(folder: Path, query: str) -> int:
    found = kg.open(folder).ask(query)
    assert isinstance(found, QueryTriples)
    return len({str(triple) for triple in found})


def _wrapper(server: Server, query: str, form: str, method: str = "GET") -> Any:
    wrapper = importlib.import_module("SPARQLWrapper").SPARQLWrapper(server.url + "/sparql")
    wrapper.setQuery(query)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(form)
    wrapper.setTimeout(60)
    return wrapper.query()


# SPARQLWrapper wants to see the prefixes that it asks about.
PREFIXES = "PREFIX kg: <https://w3id.org/actors-places/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_selects(server: Server, form: str, method: str) -> None:
    answer = _wrapper(server, PREFIXES + NAMES, form, method)
    assert answer.info()["content-type"].split(";")[0] in (*ROW_FORMS, "text/csv")
    expected = _expected(server.folder, NAMES)
    assert expected
    read = answer.convert()
    if form == "json":
        rows = [(row["entity"]["value"], row["name"]["value"]) for row in read["results"]["bindings"]]
    elif form == "xml":
        cells = (
            {b.getAttribute("name"): b.firstChild.firstChild for b in row.getElementsByTagName("binding")}
            for row in read.getElementsByTagName("result")
        )
        rows = [(cell["entity"].data, cell["name"].data if cell["name"] else "") for cell in cells]
    else:
        assert len(read.decode().splitlines()) > len(expected) * 0.9
        return
    assert {entity for entity, _ in rows} == {entity[1:-1] for entity, _ in expected}
    assert len(rows) == expected.total()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_asks(server: Server, method: str) -> None:
    for query, truth in ((f"{PREFIXES}ASK {{ ?s a kg:Actor }}", True), ("ASK { <a:a> ?p ?o }", False)):
        assert _wrapper(server, query, "json", method).convert()["boolean"] is truth


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld"])
def test_sparqlwrapper_constructs(server: Server, form: str, method: str) -> None:
    read = _wrapper(server, PREFIXES + GRAPH, form, method).convert()
    count = _count(server.folder, GRAPH)
    if form == "turtle":
        assert len({quad.triple for quad in parse(read, RdfFormat.TURTLE)}) == count
    else:
        assert len(read) == count


@pytest.mark.parametrize("media", ROW_FORMS)
def test_all_the_graph_comes_as_kg_open_has_it(server: Server, media: str) -> None:
    answer = server.post("/sparql", data={"query": ALL}, headers={"Accept": media})
    assert answer.headers["Content-Type"].startswith(media)
    read = parse_query_results(answer.content, format=ROW_FORMS[media])
    assert isinstance(read, QuerySolutions)
    if media == "application/sparql-results+xml":
        # The reader takes white space off.
        assert _rows(read).total() == _expected(server.folder, ALL).total()
    else:
        assert _rows(read) == _expected(server.folder, ALL)


@pytest.mark.parametrize("media", GRAPH_FORMS)
def test_graphs_come_in_every_form(server: Server, media: str) -> None:
    answer = server.get("/sparql", params={"query": "CONSTRUCT WHERE { ?s ?p ?o }"}, headers={"Accept": media})
    assert answer.headers["Content-Type"].startswith(media)
    read = {str(quad.triple) for quad in parse(answer.content, GRAPH_FORMS[media])}
    assert len(read) == _count(server.folder, "CONSTRUCT WHERE { ?s ?p ?o }")


def test_the_named_questions_are_answered_as_by_kg_query(server: Server) -> None:
    for question in queries.named():
        answer = server.post("/sparql", data={"query": question.text}, headers={"Accept": "text/tab-separated-values"})
        expected = kg.open(server.folder).ask(question.text)
        if isinstance(expected, QuerySolutions):
            read = parse_query_results(answer.content, format=QueryResultsFormat.TSV)
            assert isinstance(read, QuerySolutions)
            assert _rows(read) == _rows(expected), question.name


def test_a_query_can_be_the_body(server: Server) -> None:
    headers = {"Content-Type": "application/sparql-query; charset=utf-8", "Accept": "text/csv"}
    answer = server.post("/sparql", data="ASK { ?s rdfs:label ?é }".encode(), headers=headers)
    assert (answer.status_code, answer.text) == (200, "true")


def test_head_has_no_body(server: Server) -> None:
    import requests

    answer = requests.head(f"{server.url}/sparql?query=ASK%7B%7D", timeout=60)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/turtle, application/sparql-results+xml;q=0.2", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("text/*", "text/xml"),
    ],
)
def test_the_form_is_the_one_that_is_liked(server: Server, accept: str, media: str) -> None:
    answer = server.get("/sparql", params={"query": NAMES}, headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == media


def test_graphs_can_be_named(server: Server) -> None:
    graphs = [str(graph)[1:-1] for graph in kg.open(server.folder).store.named_graphs() if isinstance(graph, NamedNode)]
    document = next(graph for graph in sorted(graphs) if "/document/" in graph)
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

    def number(query: str, **parameters: str | list[str]) -> int:
        told = {name.replace("_", "-"): value for name, value in parameters.items()}
        answer = server.get("/sparql", params={"query": query, **told}, headers={"Accept": "text/csv"})
        return int(answer.text.splitlines()[1])

    some, union = number(count, default_graph_uri=document), number(count)
    assert 0 < some < union
    assert number(count.replace("{", f"FROM <{document}> {{", 1)) == some
    assert number(inside, named_graph_uri=document) == some
    assert number(count, named_graph_uri=document) == 0
    assert number(count, default_graph_uri=[document, graphs[0]]) >= some
    assert number(count, default_graph_uri="https://example.org/not-there") == 0
    # The request counts for more than the query.
    assert number(count.replace("{", "FROM <a:a> {", 1), default_graph_uri=document) == some


def test_who_asks_nothing_is_told_what_this_is(server: Server) -> None:
    page = server.get("/sparql", headers={"Accept": "text/html,*/*;q=0.8"}, allow_redirects=False)
    assert (page.status_code, page.headers["Location"]) == (303, "/query")
    told = server.get("/sparql", headers={"Accept": "text/turtle"})
    assert told.headers["Content-Type"].startswith("text/turtle")
    objects = {str(quad.object) for quad in parse(told.content, RdfFormat.TURTLE)}
    assert f"<{server.url}/sparql>" in objects
    assert "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>" in objects


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        ({"params": {"query": "SELECT * { ?s ?p"}}, 400, "error at 1:"),
        ({"params": {"query": ""}}, 400, "not SPARQL"),
        ({"params": {"query": "SELECT * { ?s nope:x ?o }"}}, 400, "not SPARQL"),
        ({"params": {"query": ALL}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
        ({"params": {"query": GRAPH}, "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
        ({"params": {"query": [ALL, ALL]}}, 400, "more than once"),
        ({"params": {"query": ALL, "default-graph-uri": "not an IRI"}}, 400, "IRI"),
        ({"params": "query=%FF%FE"}, 400, "UTF-8"),
        ({"params": {"update": "CLEAR ALL"}}, 400, "POST"),
        ({"params": {"query": "CLEAR ALL"}}, 400, "not SPARQL"),
        ({"params": {"query": "LOAD <http://127.0.0.1/>"}}, 400, "not SPARQL"),
        ({"params": {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}}, 400, "SERVICE"),
        ({"headers": {"Accept": "image/png"}}, 406, "text/turtle"),
    ],
)
def test_what_can_not_be_answered_is_said(server: Server, options: Any, status: int, words: str) -> None:
    answer = server.get("/sparql", **options)
    assert answer.status_code == status
    assert words in answer.text
    assert str(server.folder) not in answer.text


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"data": "x", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"data": b"ASK { \xff }", "headers": {"Content-Type": "application/sparql-query"}}, 400),
        ({"data": {"nothing": "x"}}, 400),
        ({"data": {"query": ALL, "update": "CLEAR ALL"}}, 400),
        ({"data": {"query": "ASK {} #" + "x" * 300_000}}, 413),
        ({"data": {"query": "x" * 2_000_000}}, 413),
        ({"data": "&".join(["a=b"] * 2_000), "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_no_request_of_the_protocol_is_refused(server: Server, options: Any, status: int) -> None:
    assert server.post("/sparql", **options).status_code == status


def test_other_methods_are_not_answered(server: Server) -> None:
    import requests

    for method in ("PUT", "DELETE", "PATCH"):
        answer = requests.request(method, f"{server.url}/sparql", timeout=60)
        assert answer.status_code == 405
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_a_process_answers_more_than_once(server: Server) -> None:
    """One that has answered whole is kept, whatever the answer."""

    def workers() -> set[str]:
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
        return set(children.read_text(encoding="ascii").split())

    if sys.platform != "linux":
        pytest.skip("the processes of another are told by /proc")
    for query in (ALL, GRAPH, "ASK {}", "ASK {", NAMES):
        server.post("/sparql", data={"query": query})
        before = workers()
        for _ in range(5):
            server.post("/sparql", data={"query": query})
        assert workers() == before
