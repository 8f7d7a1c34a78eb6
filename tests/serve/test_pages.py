"""The pages of nodes and the ontology, in three forms."""

import json
from collections.abc import Iterator

import pytest
from pyoxigraph import RdfFormat, parse

from kg.corpus.build import build
from kg.graph import terms
from kg.settings import Settings
from tests.serve.conftest import Server, serving
from tests.serve.test_index import met

PLACE = "/actors-places/id"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="session")
def nodes(server: Server) -> dict[str, str]:
    """The path of one node of each kind, found from Turtle to Turtle."""
    found = {"document": f"{PLACE}/document/harbour", "graph": f"{PLACE}/graph/entities"}
    for kind in ("statement", "mention", "quotation"):
        triples = parse(server.get(f"{found['document']}.ttl").content, format=RdfFormat.TURTLE)
        of_kind = sorted(t.subject.value for t in triples if f"/id/{kind}/" in str(t.subject))
        found[kind] = of_kind[0].removeprefix("https://w3id.org")
    return found


@pytest.mark.parametrize("kind", ["document", "graph", "statement", "mention", "quotation"])
def test_every_node_is_answered_in_every_form(server: Server, nodes: dict[str, str], kind: str) -> None:
    path = nodes[kind]
    page = server.get(path, headers=HTML)
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["vary"] == "Accept"
    turtle = server.get(path, headers={"Accept": "text/turtle"})
    assert turtle.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = list(parse(turtle.content, format=RdfFormat.TURTLE))
    assert triples
    document = server.get(path, headers={"Accept": "application/ld+json;q=1, text/html;q=0.5"})
    assert document.headers["content-type"] == "application/ld+json"
    again = list(parse(document.content, format=RdfFormat.JSON_LD))
    assert {str(quad.triple) for quad in again} == {str(quad.triple) for quad in triples}


@pytest.mark.parametrize(("ending", "form"), [
    (".ttl", "text/turtle; charset=utf-8"), (".jsonld", "application/ld+json"), (".html", "text/html; charset=utf-8"),
    ("?format=ttl", "text/turtle; charset=utf-8"), ("?format=jsonld", "application/ld+json"),
])  # fmt: skip
def test_the_form_is_in_the_address(server: Server, ending: str, form: str) -> None:
    for path in (f"{PLACE}/document/harbour", "/actors-places/ontology"):
        assert server.get(path + ending, headers={"Accept": "image/png"}).headers["content-type"] == form


def test_a_form_that_there_is_not_is_refused(server: Server) -> None:
    for path in (f"{PLACE}/document/harbour", "/actors-places/ontology"):
        assert server.get(path, headers={"Accept": "image/png"}).status_code == 406
        assert server.get(f"{path}?format=png").status_code == 400


def test_an_article_is_told_with_its_words(server: Server) -> None:
    page = server.get(f"{PLACE}/document/harbour", headers=HTML).text
    assert 'class="mention person"' in page
    assert '<mark class="subject">Police</mark>' in page
    assert "According to" in page
    assert "Denied" in page


def test_what_is_not_there_is_said_with_names_alike(server: Server) -> None:
    for path in (f"{PLACE}/entity/brandt-0000000000", f"{PLACE}/nothing", f"{PLACE}/", f"{PLACE}/%3Cscript%3E"):
        answer = server.get(path, headers=HTML)
        assert answer.status_code == 404
        assert "<script>" not in answer.text
        assert server.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_the_ontology_has_an_anchor_for_every_term(server: Server) -> None:
    page = server.get("/actors-places/ontology", headers=HTML).text
    turtle = server.get("/actors-places/ontology.ttl").content
    ours = "https://w3id.org/actors-places/ontology#"
    names = {
        t.subject.value.removeprefix(ours)
        for t in parse(turtle, format=RdfFormat.TURTLE)
        if t.subject.value.startswith(ours) and t.predicate.value.endswith("#label")
    }
    assert len(names) > 100
    assert [name for name in sorted(names) if f'id="{name}"' not in page] == []
    assert "Marie Duval heads the Calais hospital." in page
    assert "@graph" in json.loads(server.get("/actors-places/ontology.jsonld").content)


def test_hostile_titles_stay_text(server: Server) -> None:
    (source,) = (s for s in server.get("/api/view").json()["sources"] if s["id"] == "</script>")
    assert "url" not in source
    path = terms.document("https://w3id.org/actors-places/id/", "</script>")[1:-1].removeprefix("https://w3id.org")
    for page in (server.get(path, headers=HTML).text, server.get("/", headers=HTML).text):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One who has met two hundred."""
    out = tmp_path_factory.mktemp("hub") / "graph"
    build([met(n, [(0, n)]) for n in range(1, 201)], out, Settings(base="https://example.org/id/"), files=False)
    with serving(out) as running:
        yield running


def test_a_hub_is_told_in_parts(hub: Server) -> None:
    iri = hub.get("/api/search", params={"q": "person 0"}).json()["found"][0]["iri"]
    path = iri.removeprefix("https://example.org")
    first = hub.get(path, headers=HTML)
    assert "1 to 40 of 200" in first.text
    assert "200 statements" in first.text
    assert first.text.count('class="told"') == 40
    last = hub.get(f"{path}?skip=160", headers=HTML).text
    assert "161 to 200 of 200" in last
    assert "Further" not in last
    assert hub.get(f"{path}?skip=x", headers=HTML).status_code == 400
    turtle = hub.get(f"{path}.ttl")
    assert len(list(parse(turtle.content, format=RdfFormat.TURTLE))) <= 1_500
    left = int(turtle.headers["kg-left-out"])
    assert (left > 0) == ("are left out here" in turtle.text)
    near = hub.get("/id/entity/person-00000000", headers=HTML)
    assert near.status_code == 404
    assert "Is it one of these?" in near.text
    assert path in near.text
