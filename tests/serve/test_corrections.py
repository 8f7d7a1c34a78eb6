"""Corrections over HTTP: the same file as `kg correct`, safe against others who change it, closed without a token."""

import html
import time
from pathlib import Path
from typing import Any

import pytest
import requests

import kg
from kg.graph.corrections import editing
from kg.graph.corrections.file import load

from .conftest import TOKEN, Server

Form = list[tuple[str, str]]
WRITER = {"Authorization": f"Bearer {TOKEN}"}
NAME = "corrections.yaml"


def node(folder: Path, name: str) -> str:
    found = [entity.iri for entity in kg.open(folder).entities() if entity.label == name]
    assert len(found) == 1, name
    return found[0]


def digest(server: Server) -> str:
    return editing.digest(server.folder / NAME)


def form(server: Server, action: str, *given: str, **more: str) -> Form:
    fields = {"action": action, "by": "anna", "digest": digest(server), **more}
    return [*fields.items(), *(("given", value) for value in given)]


def post(server: Server, fields: Form, path: str = "/corrections", **headers: str) -> requests.Response:
    return server.post(path, data=fields, headers={**WRITER, **headers}, allow_redirects=False)


def said(answer: requests.Response) -> str:
    return html.unescape(answer.text)


def built(server: Server) -> dict[str, Any]:
    """Apply now, and wait until that is done."""
    job = server.post("/api/jobs", headers=WRITER).json()
    return over(server, job["id"])


def over(server: Server, identifier: str) -> dict[str, Any]:
    end = time.monotonic() + 120
    while True:
        job: dict[str, Any] = server.get(f"/api/jobs/{identifier}", headers=WRITER).json()
        if job["state"] in ("done", "failed", "cancelled"):
            return job
        assert time.monotonic() < end, job
        time.sleep(0.05)


def test_each_action_is_written_as_kg_correct_writes_it_and_built(writable: Server) -> None:
    lund, police = node(writable.folder, "Astrid Lund"), node(writable.folder, "Brenholm police")
    answer = post(writable, form(writable, "rename", lund, "Astrid Lund-Vos", reason="she married"))
    assert answer.status_code == 303, said(answer)
    answer = post(writable, form(writable, "retype", police, "Organization", node=police))
    assert (answer.status_code, answer.headers["Location"].count("node=")) == (303, 1)
    text = (writable.folder / NAME).read_text(encoding="utf-8")
    assert "- rename: Astrid Lund @ " in text
    assert "  name: Astrid Lund-Vos\n  by: anna\n  date: " in text
    assert "  reason: she married\n" in text
    assert writable.get("/api/corrections/waiting").json() == {"waiting": 2}
    assert "2 corrections wait for the next build" in writable.get("/corrections").text
    assert built(writable)["result"]["corrections"] == 2
    assert writable.get("/api/corrections/waiting").json() == {"waiting": 0}
    assert node(writable.folder, "Astrid Lund-Vos")


def test_what_would_not_apply_is_said_and_not_written(writable: Server) -> None:
    lund = node(writable.folder, "Astrid Lund")
    for fields, words in (
        (form(writable, "retype", lund, "Wizard"), "no class 'Wizard'"),
        (form(writable, "merge", lund), "write: kg correct DIR merge"),
        (form(writable, "merge", lund, lund), "these are one already"),
        (form(writable, "rename", lund, "X", by=" "), "say who decides"),
        (form(writable, "frobnicate", lund), "no action 'frobnicate'"),
        (form(writable, "reject", "0123456789abcdef"), "no statement says"),
        (form(writable, "rename", "https://example.org/<script>", "X"), "nothing in the graph is called"),
    ):
        answer = post(writable, fields)
        assert (answer.status_code, words in said(answer)) == (400, True), said(answer)
        assert "<script>alert" not in answer.text
    assert not (writable.folder / NAME).exists()


def test_a_file_that_was_changed_meanwhile_is_not_written(writable: Server) -> None:
    lund = node(writable.folder, "Astrid Lund")
    first, second = form(writable, "rename", lund, "A"), form(writable, "rename", lund, "B")
    assert post(writable, first).status_code == 303
    answer = post(writable, second)
    assert answer.status_code == 409
    assert "has changed meanwhile" in answer.text
    file = writable.folder / NAME
    seen = digest(writable)
    edited = "# by hand\n" + file.read_text(encoding="utf-8")
    file.write_text(edited, encoding="utf-8")
    undo = [("digest", seen), ("line", str(load(file)[0].signed.line))]
    assert post(writable, undo, "/corrections/undo").status_code == 409
    assert post(writable, [*undo[1:]], "/corrections/undo").status_code == 409
    assert file.read_text(encoding="utf-8") == edited


def test_undo_takes_any_one_out_and_the_next_build_too(writable: Server) -> None:
    lund, police = node(writable.folder, "Astrid Lund"), node(writable.folder, "Brenholm police")
    file = writable.folder / NAME
    file.write_text("# mine\n", encoding="utf-8")
    post(writable, form(writable, "rename", lund, "A"))
    post(writable, form(writable, "rename", police, "B"))
    built(writable)
    assert node(writable.folder, "A")
    line = str(load(file)[0].signed.line)
    answer = post(writable, [("digest", digest(writable)), ("line", line)], "/corrections/undo")
    assert answer.status_code == 303
    assert "1 correction waits for the next build" in writable.get("/corrections").text
    built(writable)
    assert node(writable.folder, "Astrid Lund")
    assert node(writable.folder, "B")
    assert file.read_text(encoding="utf-8").startswith("# mine\n- rename: Brenholm police @ ")
    wrong = post(writable, [("digest", digest(writable)), ("line", "77")], "/corrections/undo")
    assert (wrong.status_code, "no entry begins here" in wrong.text) == (400, True)
    for line in ("", "x", "-1", "9" * 40):
        assert post(writable, [("digest", "x"), ("line", line)], "/corrections/undo").status_code == 400


@pytest.mark.parametrize(
    "path", ["/corrections", "/corrections/undo", "/api/jobs", "/api/add", "/api/add/file?name=a.txt"]
)
def test_without_the_token_or_from_elsewhere_nothing_is_written(writable: Server, path: str) -> None:
    before = sorted(file.name for file in writable.folder.rglob("*"))
    fields = form(writable, "rename", node(writable.folder, "Astrid Lund"), "A")
    assert writable.post(path, data=fields).status_code == 401
    assert writable.post(path, data=fields, headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert post(writable, fields, path, Origin="https://example.org").status_code == 403
    assert post(writable, fields, path, **{"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert sorted(file.name for file in writable.folder.rglob("*")) == before


def test_a_server_that_only_reads_says_how_to_write(server: Server) -> None:
    page = server.get("/corrections").text
    assert "start <code>kg serve --writable</code>" in page
    assert 'method="post"' not in page
    assert post(server, [("action", "rename")]).status_code == 403
    assert server.get("/api/jobs").status_code == 403


def test_an_entity_that_is_not_there_and_a_file_that_is_broken(writable: Server) -> None:
    answer = writable.get("/corrections?node=https://example.org/gone")
    assert (answer.status_code, "This is not in the graph" in answer.text) == (404, True)
    (writable.folder / NAME).write_text("- [\n", encoding="utf-8")
    answer = writable.get("/corrections", headers=WRITER)
    assert (answer.status_code, "line 2: not YAML" in answer.text) == (200, True)
    assert str(writable.folder) not in answer.text
    job = built(writable)
    assert (job["state"], "corrections.yaml, line 2: not YAML" in job["error"]) == ("failed", True)


def test_what_is_no_form_is_refused(writable: Server) -> None:
    for data, kind, status in (
        (b"{}", "application/json", 415),
        (b"a=\xff", "application/x-www-form-urlencoded", 400),
        (b"a=1&" * 2000, "application/x-www-form-urlencoded", 400),
    ):
        answer = writable.post("/corrections", data=data, headers={**WRITER, "Content-Type": kind})
        assert answer.status_code == status
