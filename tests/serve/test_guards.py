"""What stands before everything that is served."""

import socket

import pytest
import requests

from kg.serve.guards import HEADERS, foreign, matches
from kg.serve.server import hosts

from .conftest import TOKEN, Server

HOSTS = frozenset({"localhost:8765"})


def test_every_answer_says_to_browsers_what_they_may_not_do(server: Server) -> None:
    for path in ("/static/site.css", "/nothing", "/static/../../etc/passwd"):
        headers = server.get(path).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_no_answer_is_for_other_origins(server: Server) -> None:
    headers = server.get("/static/site.css", headers={"Origin": server.url}).headers
    assert not [name for name in headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1.evil.example:{port}", ""]
)
def test_a_foreign_host_is_refused(server: Server, host: str) -> None:
    answer = server.get("/static/site.css", headers={"Host": host.format(port=server.port)})
    assert answer.status_code == 421
    assert "no other name is answered" in answer.text


@pytest.mark.parametrize("host", ["LOCALHOST:{port}", "127.0.0.1:{port}"])
def test_the_names_of_this_machine_are_answered(server: Server, host: str) -> None:
    assert server.get("/static/site.css", headers={"Host": host.format(port=server.port)}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "file://", "http://[::1", "x"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "OPTIONS"])
def test_a_page_from_elsewhere_is_refused(server: Server, origin: str, method: str) -> None:
    answer = requests.request(method, server.url + "/static/site.css", headers={"Origin": origin}, timeout=20)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("method", "headers", "is_foreign"),
    [
        ("GET", {}, False),
        ("POST", {}, False),
        ("POST", {"origin": "http://localhost:8765"}, False),
        ("POST", {"origin": "http://localhost:8766"}, True),
        ("POST", {"sec-fetch-site": "cross-site"}, True),
        ("POST", {"sec-fetch-site": "same-site"}, True),
        ("POST", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, True),
        ("GET", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, False),
        ("GET", {"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, False),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, False),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, True),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}, True),
        ("GET", {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, True),
    ],
)
def test_links_lead_here_and_nothing_else_does(method: str, headers: dict[str, str], is_foreign: bool) -> None:
    assert foreign(method, headers, HOSTS) is is_foreign


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2f%2e%2e%2fetc/passwd",
        "/static/%252e%252e%252fapp.py",
        "/static/..%255capp.py",
        "/static/..%5c..%5capp.py",
        "/static/..\\app.py",
        "/static/%00",
        "/static/site.css%00.png",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "//etc/passwd",
        "/static/%c0%ae%c0%ae/app.py",
        "/static/" + "a" * 5_000,
        "/static/",
        "/static",
        "/..",
    ],
)
def test_no_path_leads_out(server: Server, path: str) -> None:
    answer = server.raw(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n\r\n".encode("latin-1")
    )
    status = int(answer.split()[1])
    assert status in (400, 404, 307)
    assert b"import " not in answer
    assert b"root:" not in answer
    assert str(server.folder).encode() not in answer


def test_static_files_are_not_sent_twice(server: Server) -> None:
    first = server.get("/static/site.css")
    assert first.headers["Content-Type"].startswith("text/css")
    again = server.get("/static/site.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "--accent:" in server.get("/static/palette.css").text


@pytest.mark.parametrize(
    ("accept", "form"),
    [("text/html,*/*;q=0.8", "text/html"), ("application/json", "application/json"), ("*/*", "text/plain")],
)
def test_an_error_comes_in_the_form_that_was_asked_for(server: Server, accept: str, form: str) -> None:
    answer = server.get("/nothing", headers={"Accept": accept})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith(form)
    assert "nothing is here" in answer.text.lower()


def test_a_body_is_refused_before_it_is_read(server: Server) -> None:
    head = f"POST /static/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {10**12}\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(head)
        assert connection.recv(100).startswith(b"HTTP/1.1 4")


def test_the_link_with_the_token_gives_a_cookie_for_this_site_only(writable: Server) -> None:
    answer = writable.get(f"/static/site.css?a=1&token={TOKEN}", allow_redirects=False)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/static/site.css?a=1")
    cookie = answer.headers["Set-Cookie"]
    assert f"={TOKEN};" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    wrong = writable.get("/static/site.css?token=guessed-at-random", allow_redirects=False)
    assert (wrong.status_code, "Set-Cookie" in wrong.headers) == (200, False)
    elsewhere = writable.get(f"//evil.example/?token={TOKEN}", allow_redirects=False)
    assert elsewhere.headers["Location"] == "/evil.example/"


def test_no_token_matches_where_there_is_none() -> None:
    assert not matches("", None)
    assert not matches("é\ud800", "a")
    assert matches("a", "a")


def test_the_name_behind_a_proxy_is_answered_too() -> None:
    assert "graph.example.org" in hosts("127.0.0.1", 8765, "https://graph.example.org")
    assert "192.0.2.7:8765" in hosts("192.0.2.7", 8765, "http://192.0.2.7:8765")
