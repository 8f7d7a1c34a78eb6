"""Loading into a real Oxigraph server, which the test starts and stops, and into one that wants a password."""

import base64
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

import kg
from kg.cli.load import _graphs
from kg.errors import StoreError, UsageError
from kg.store import sparql

ENTITIES = "https://w3id.org/actors-places/id/graph/entities"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server with an empty store."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists() and shutil.which("oxigraph") is None:
        pytest.skip("no Oxigraph server: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [program if program.exists() else "oxigraph", "serve", "--bind", address]
    folder = tmp_path_factory.mktemp("oxigraph")
    process = subprocess.Popen([*command, "--location", folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(address)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(address: str) -> None:
    host, _, port = address.partition(":")
    for _ in range(200):
        try:
            socket.create_connection((host, int(port)), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the server does not start")


def count(server: str, pattern: str) -> int:
    query = quote(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    request = Request(f"{server}/query?query={query}", headers={"Accept": "text/csv"})  # noqa: S310 (our own server)
    with urlopen(request) as answer:  # noqa: S310
        return int(answer.read().split()[-1])


@pytest.mark.store
def test_loading_twice_is_loading_once(built: Path, server: str) -> None:
    graph = kg.open(built)
    store = sparql.connect(f"{server}/store")
    quads = sum(str(quad.graph_name) != "DEFAULT" for quad in graph.store)
    for _ in range(2):
        assert sparql.load(store, _graphs(graph)) == 7
        assert count(server, "GRAPH ?g { ?s ?p ?o }") == quads
    heads = "<https://w3id.org/actors-places/ontology#heads>"
    assert count(server, f"GRAPH ?g {{ ?s {heads} ?o }}") == 1


@pytest.mark.store
def test_entities_of_other_builds_can_be_kept(server: str) -> None:
    store = sparql.connect(f"{server}/store")
    one, other = b"<urn:a> <urn:p> <urn:b> .\n", b"<urn:c> <urn:p> <urn:d> .\n"
    sparql.load(store, [(ENTITIES, one)])
    sparql.load(store, [(ENTITIES, other)], keep=frozenset([ENTITIES]))
    assert count(server, f"GRAPH <{ENTITIES}> {{ ?s ?p ?o }}") == 2
    sparql.load(store, [(ENTITIES, other)])
    assert count(server, f"GRAPH <{ENTITIES}> {{ ?s ?p ?o }}") == 1


@pytest.mark.store
def test_triples_without_a_graph_are_added(server: str) -> None:
    store = sparql.connect(f"{server}/store")
    sparql.load(store, [("", b"<urn:a> <urn:p> <urn:b> .\n")])
    sparql.load(store, [("", b"<urn:a> <urn:p> <urn:c> .\n")])
    assert count(server, "<urn:a> <urn:p> ?o") == 2


@pytest.mark.store
def test_refusals_say_what_to_do(server: str) -> None:
    with pytest.raises(StoreError, match=r"404 Not Found.*address of a Graph Store\? Oxigraph http"):
        sparql.load(sparql.connect(f"{server}/nowhere"), [("urn:g", b"")])
    with pytest.raises(StoreError, match="answers 400"):
        sparql.load(sparql.connect(f"{server}/store"), [("urn:g", b"no Turtle")])


class Guarded(BaseHTTPRequestHandler):
    """Takes what comes with the right password."""

    taken: list[tuple[str, str, bytes]]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        wanted = "Basic " + base64.b64encode(b"ada:secret").decode()
        right = self.headers["Authorization"] == wanted
        if right:
            self.taken.append((self.path, self.headers["Content-Type"], body))
        self.send_response(204 if right else 401)
        if not right:
            self.send_header("WWW-Authenticate", 'Basic realm="store"')
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the library's)
        """Say nothing."""


@pytest.fixture
def guarded(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a store that wants the user ada with the password secret."""
    monkeypatch.setattr(Guarded, "taken", [], raising=False)
    with HTTPServer(("127.0.0.1", 0), Guarded) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/store"
        server.shutdown()
        thread.join()


def test_the_password_comes_from_the_environment(guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "ada")
    monkeypatch.setenv("KG_STORE_PASSWORD", "secret")
    sparql.connect(guarded).put("urn:a b", b"<urn:a> <urn:p> <urn:b> .\n")
    expected = ("/store?graph=urn%3Aa%20b", "text/turtle; charset=utf-8", b"<urn:a> <urn:p> <urn:b> .\n")
    assert Guarded.taken == [expected]


@pytest.mark.parametrize(("user", "said"), [(None, "are not set"), ("eve", "are wrong or may not write")])
def test_a_wrong_or_missing_password_is_said(
    guarded: str, monkeypatch: pytest.MonkeyPatch, user: str | None, said: str
) -> None:
    monkeypatch.delenv("KG_STORE_USER", raising=False)
    if user:
        monkeypatch.setenv("KG_STORE_USER", user)
    with pytest.raises(StoreError, match=f"KG_STORE_USER and KG_STORE_PASSWORD {said}"):
        sparql.connect(guarded).put("urn:g", b"")


def test_a_store_that_is_not_there_is_said() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(StoreError, match="is the store running"):
        sparql.connect(f"http://127.0.0.1:{port}/store").put("urn:g", b"")


@pytest.mark.parametrize("url", ["ftp://x/store", "/etc/passwd", "http://", "file:///tmp"])
def test_only_http_addresses_are_taken(url: str) -> None:
    with pytest.raises(UsageError, match="give the http address"):
        sparql.connect(url)


def test_a_password_in_the_address_is_refused() -> None:
    with pytest.raises(UsageError, match="others can see it"):
        sparql.connect("http://ada:secret@127.0.0.1/store")
