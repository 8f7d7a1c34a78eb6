"""Articles added over HTTP: read in a process of their own, in the graph wholly or not at all."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.corpus import added, opening
from kg.corpus.build import build
from kg.model import Annotation
from kg.serial import to_json
from kg.settings import Settings

from .conftest import TOKEN, Server, serving
from .test_corrections import WRITER, over

TEXT = (
    "Mayor Lena Brandt leads the Harbour Council. Police cleared the camp in Calais on Tuesday. "
    "Brandt said the officers had attacked families, and that she would complain to the ministry."
)
FRENCH = "La police a évacué le camp de Calais mardi matin, selon la préfecture. " * 9


def ids(folder: Path) -> list[str]:
    with opening.reading(folder) as ledger:
        return [name for (name,) in ledger.db.execute("SELECT id FROM document ORDER BY id")]


def again(news: tuple[Annotation, ...], **changes: str) -> bytes:
    """An article as `kg annotate` writes it, which is in no graph yet."""
    article = news[1]
    fields = {"id": "new", "text": f"{article.text} ", **changes}
    return to_json(replace(article, **fields)).encode() + b"\n"  # type: ignore[arg-type]


@pytest.fixture
def small(tmp_path: Path, news: tuple[Annotation, ...]) -> Iterator[Server]:
    """A writable server over a graph of one article."""
    build(news[:1], tmp_path / "graph", Settings())
    with serving(tmp_path / "graph", "--writable", env={**os.environ, "KG_SERVE_TOKEN": TOKEN}) as running:
        yield running


def send(server: Server, name: str, data: bytes) -> str:
    answer = server.post("/api/add/file", params={"name": name}, data=data, headers=WRITER)
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert (job["kind"], job["label"]) == ("add", name)
    identifier: str = job["id"]
    return identifier


def test_annotations_are_taken_as_they_are_and_kept(small: Server, news: tuple[Annotation, ...]) -> None:
    job = over(small, send(small, "news.jsonl", again(news)))
    assert job["state"] == "done", job
    [document] = job["result"]["documents"]
    assert (document["id"], document["title"], document["entities"]) == ("new", "Mayor and minister at odds", 5)
    assert document["statements"] == len(news[1].triples)
    assert job["result"]["left"] == []
    assert ids(small.folder) == ["harbour", "new"]
    # A later build with other inputs keeps it.
    build(news[:1], small.folder, sync=True)
    assert ids(small.folder) == ["harbour", "new"]


def test_an_id_or_a_text_that_is_there_is_said_and_left_out(small: Server, news: tuple[Annotation, ...]) -> None:
    same_id = again(news, id="harbour")
    same_text = to_json(replace(news[0], id="twin")).encode() + b"\n"
    job = over(small, send(small, "a.jsonl", same_id + same_text))
    assert job["result"]["documents"] == []
    first, second = job["result"]["left"]
    assert "document harbour: a document with this id is in the graph already" in first
    assert "document twin: the same text as document harbour" in second
    assert ids(small.folder) == ["harbour"]
    assert added.files(small.folder) == []


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"%PDF", "no reader for files that end with .pdf"),
        ("a.txt", b"", "a.txt: "),
        ("a.jsonl", b"{", "a.jsonl, line 1: not JSON"),
        ("a.txt", b"\xff\xff", "not UTF-8"),
        ("json.py", b"raise SystemExit('imported')", "no reader for files that end with .py"),
        (
            "../../etc/a.txt",
            FRENCH.encode(),
            "not English",
        ),
    ],
)
def test_what_can_not_be_read_says_why(small: Server, name: str, data: bytes, said: str) -> None:
    answer = small.post("/api/add/file", params={"name": name}, data=data, headers=WRITER)
    job = over(small, answer.json()["id"])
    assert (job["state"], job["result"]["documents"]) == ("done", []), job
    assert said in job["result"]["left"][0]
    assert ids(small.folder) == ["harbour"]


def test_fields_that_can_not_be_used_are_refused_at_once(small: Server) -> None:
    for article, said in (
        ({"text": ""}, "no key 'text'"),
        ({"text": "…"}, "not one letter"),
        ({"text": TEXT, "date": "yesterday"}, "not ISO 8601"),
        ({"text": 7}, "write an article as an object"),
        ([], "write an article as an object"),
    ):
        answer = small.post("/api/add", json=article, headers={**WRITER, "Accept": "application/json"})
        assert (answer.status_code, said in answer.json()["error"]) == (400, True), answer.text
    assert small.post("/api/add", data=b"{", headers=WRITER).status_code == 400
    for name in ("", "..", "/", "a" * 300):
        assert small.post("/api/add/file", params={"name": name}, data=b"x", headers=WRITER).status_code == 400
    assert small.post("/api/add/file?name=a.txt&date=soon", data=b"x", headers=WRITER).status_code == 400
    large = small.post("/api/add/file?name=a.txt", data=b"x" * 10_000_001, headers=WRITER)
    assert large.status_code == 413
    assert small.get("/api/jobs", headers=WRITER).json() == []


def test_what_waits_and_what_runs_can_be_given_up(small: Server, news: tuple[Annotation, ...]) -> None:
    numbers = [send(small, f"{n}.jsonl", again(news, id=f"n{n}", text=news[1].text + "!" * n)) for n in (1, 2)]
    for number in reversed(numbers):
        assert small.post(f"/api/jobs/{number}/cancel", headers=WRITER).status_code == 200
    states = {number: over(small, number)["state"] for number in numbers}
    assert states[numbers[1]] == "cancelled"
    # The first may have been done before it was stopped; else nothing of it is left.
    kept = ["n1"] if states[numbers[0]] == "done" else []
    assert ids(small.folder) == ["harbour", *kept]
    assert len(added.files(small.folder)) == len(kept)
    assert small.post("/api/jobs/99/cancel", headers=WRITER).status_code == 404


def test_another_build_in_the_folder_is_waited_for_by_nobody(small: Server, news: tuple[Annotation, ...]) -> None:
    from kg.corpus.folder import held

    with held(small.folder):
        job = over(small, send(small, "news.jsonl", again(news)))
    assert (job["state"], "another kg is writing here" in job["error"]) == ("failed", True)
    assert added.files(small.folder) == []
    assert ids(small.folder) == ["harbour"]


def test_a_process_that_dies_leaves_nothing(small: Server, news: tuple[Annotation, ...]) -> None:
    """As if it was killed when the text was kept and read, but the graph not yet built."""
    added.put(small.folder, [replace(news[1], id="half")])
    with opening.opened(small.folder) as ledger, opening.transaction(ledger):
        from kg.corpus.ledger import Read

        ledger.put(Read.of(replace(news[1], id="half")))
    from kg.serve.work import settle

    settle(small.folder, ["half"])
    assert ids(small.folder) == ["harbour"]
    assert added.files(small.folder) == []


@pytest.mark.model
def test_a_pasted_text_is_read_by_the_model(small: Server) -> None:
    article = {"text": TEXT, "title": "Camp cleared", "date": "2021-07-01", "url": "https://example.org/a"}
    answer = small.post("/api/add", json=article, headers=WRITER)
    assert answer.status_code == 202, answer.text
    job = over(small, answer.json()["id"])
    assert job["state"] == "done", job
    [document] = job["result"]["documents"]
    assert (document["id"], document["title"]) == ("2021-07-01-camp-cleared", "Camp cleared")
    assert document["entities"] > 2
    assert document["statements"] > 1
    [kept] = added.files(small.folder)
    assert json.loads(kept.read_text(encoding="utf-8"))["url"] == "https://example.org/a"
    assert ids(small.folder) == ["2021-07-01-camp-cleared", "harbour"]
