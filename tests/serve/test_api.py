"""The views' API over a real server: shapes, parameters, refusals."""

import json
from typing import Any

import pytest
import requests

from tests.serve.conftest import Server

ID = "https://example.org/id/"


def nodes(answer: requests.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [node["name"] for node in answer.json()["nodes"]]


def test_the_first_view_is_drawn_as_the_page_is(server: Server) -> None:
    found: Any = server.get("/api/view").json()
    assert found["served"] is True
    assert found["total"] == {key: len(found[key]) for key in ("nodes", "edges", "claims", "sources")}
    assert [node["id"] for node in found["picture"]["nodes"]] == list(range(len(found["nodes"])))
    assert {(edge["from"], edge["to"]) for edge in found["picture"]["edges"]} == {
        (edge["source"], edge["target"]) for edge in found["edges"]
    }
    for claim in found["claims"]:
        text = found["texts"][claim["text"]]
        assert all(0 <= start < end <= 2 * len(text) for start, end, _ in claim["marks"])


def test_around_one_are_those_that_it_is_joined_to(server: Server) -> None:
    answer = server.get("/api/around", params={"node": f"{ID}okafor"})
    assert "Daniel Okafor" in nodes(answer)
    whole = nodes(server.get("/api/view"))
    assert set(nodes(answer)) < set(whole)
    assert answer.json()["left"] == 0
    assert answer.json()["around"] == f"{ID}okafor"
    wider = nodes(server.get("/api/around", params={"node": f"{ID}okafor", "depth": "2"}))
    assert set(nodes(answer)) < set(wider)


def test_what_is_shown_stays_where_it_lies(server: Server) -> None:
    shown = server.get("/api/node", params={"iri": f"{ID}brandt"}).json()["nodes"][0]["n"]
    body = {"shown": [[shown, 5000, -700]]}
    found: Any = server.post("/api/around", params={"node": f"{ID}okafor"}, json=body).json()
    at = [node["iri"] for node in found["nodes"]].index(f"{ID}brandt")
    place = found["picture"]["nodes"][at]
    assert (place["x"], place["y"]) == (5000, -700)
    assert f"{ID}okafor" in [node["iri"] for node in found["nodes"]]


def test_a_path_leads_from_one_to_the_other(server: Server) -> None:
    found: Any = server.get("/api/path", params={"from": f"{ID}families", "to": f"{ID}harbour"}).json()
    assert found["path"][0] == f"{ID}families"
    assert found["path"][-1] == f"{ID}harbour"
    drawn = {
        frozenset((found["nodes"][edge["source"]]["iri"], found["nodes"][edge["target"]]["iri"]))
        for edge in found["edges"]
    }
    assert all(frozenset(pair) in drawn for pair in zip(found["path"], found["path"][1:], strict=False))


def test_names_are_suggested(server: Server) -> None:
    found: Any = server.get("/api/search", params={"q": "elise"}).json()["found"]
    assert [item["name"] for item in found] == ["Élise Brandt"]
    assert set(found[0]) == {"n", "iri", "name", "type", "family", "joined", "told"}
    assert server.get("/api/search", params={"q": "nobody at all"}).json() == {"found": []}


def test_an_article_has_its_text_and_mentions(server: Server) -> None:
    found: Any = server.get("/api/article", params={"id": "harbour"}).json()
    assert found["title"]
    named = {found["text"][start:end] for start, end, iri in found["mentions"] if iri == f"{ID}brandt"}
    assert "Élise Brandt" in named
    hostile: Any = server.get("/api/article", params={"id": "</script>"}).json()
    assert hostile["url"] is None


def said(found: Any) -> list[str]:
    """What statements say, and in which article."""
    named = [found["texts"][claim["text"]] for claim in found["claims"]]
    return sorted(f"{found['sources'][c['document']]['id']}: {n}" for c, n in zip(found["claims"], named, strict=True))


@pytest.mark.parametrize(("asked", "passes"), [
    ({"source": "council"}, lambda claim, found: found["sources"][claim["document"]]["id"] == "council"),
    ({"relation": "criticised"}, lambda claim, _: claim["label"] == "criticised"),
    ({"speaker": f"{ID}brandt"}, lambda claim, found: found["nodes"][claim.get("speaker", 0)]["iri"] == f"{ID}brandt"),
    ({"since": "2024-03-06", "until": "2024-03-31"},
     lambda claim, found: found["sources"][claim["document"]]["id"] == "council"),
])  # fmt: skip
def test_statements_are_asked_for(server: Server, asked: dict[str, str], passes: Any) -> None:
    whole: Any = server.get("/api/view").json()
    wanted = said(whole | {"claims": [claim for claim in whole["claims"] if passes(claim, whole)]})
    found: Any = server.get("/api/view", params=asked).json()
    assert wanted
    assert len(found["claims"]) < len(whole["claims"])
    assert set(wanted) <= set(said(found))


@pytest.mark.parametrize("asked", [
    "/api/around", "/api/around?node=", "/api/around?node=x&depth=-1", f"/api/around?node={ID}okafor&depth=9",
    f"/api/around?node={ID}okafor&skip=1e9", f"/api/around?node={ID}okafor&node={ID}brandt", "/api/around?nod=1",
    f"/api/path?from={ID}okafor", "/api/search", "/api/search?q=a&limit=1000", "/api/view?least=2",
    "/api/view?since=soon",
    "/api/view?relation=a%20b", "/api/view?type=%3Cb%3E", "/api/article", "/api/node", "/api/search?q=" + "x" * 5000,
])  # fmt: skip
def test_what_is_asked_wrongly_is_said(server: Server, asked: str) -> None:
    answer = server.get(asked)
    assert answer.status_code in (400, 404)
    if "node=x" not in asked:
        assert answer.status_code == 400
    assert answer.json()["error"]
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("asked", [
    "/api/around?node=https://example.org/none", "/api/node?iri=%00", "/api/article?id=none", "/api/view?source=none",
    f"/api/path?from={ID}okafor&to=https://example.org/none", "/api/view?speaker=' OR 1=1 --",
])  # fmt: skip
def test_what_is_not_there_is_not_found(server: Server, asked: str) -> None:
    answer = server.get(asked)
    assert answer.status_code == 404
    assert answer.json()["error"]


@pytest.mark.parametrize("body", [
    b"[", b"{}", b'{"shown": 3}', b'{"shown": [[1]]}', b'{"shown": [[-1, 0, 0]]}', b'{"shown": [[999999, 0, 0]]}',
    b'{"shown": [["a", 0, 0]]}', b'{"shown": [[0, NaN, 0]]}', b'{"shown": [[0, 1e300, 0]]}',
    b'{"shown": [[true, 0, 0]]}',
    b"[" * 100_000, json.dumps({"shown": [[0, 0, 0]] * 1001}).encode(), b"\xff",
])  # fmt: skip
def test_a_body_that_is_none_is_refused(server: Server, body: bytes) -> None:
    answer = server.post("/api/view", data=body)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_browser_that_has_it_is_told_so(server: Server) -> None:
    first = server.get("/api/search", params={"q": "b"})
    assert first.headers["cache-control"] == "no-cache"
    again = server.get("/api/search", params={"q": "b"}, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert server.post("/api/view").headers["cache-control"] == "no-store"


def test_other_methods_are_not_answered(server: Server) -> None:
    assert server.post("/api/search").status_code == 405
