"""What whoever means ill sends: a clear error in bounded time and memory, and the server answers after."""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from .conftest import Server, serving

CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
SECONDS, MEGABYTES = 3.0, 150


@pytest.fixture(scope="module")
def narrow(folder: Path) -> Iterator[Server]:
    """A server with narrow limits."""
    options = ("--time-limit", str(SECONDS), "--memory-limit", str(MEGABYTES), "--row-limit", "1000")
    with serving(folder, *options) as running:
        yield running


@pytest.fixture(autouse=True)
def _answers_after(narrow: Server, folder: Path) -> Iterator[None]:
    """After each test the server answers, and nothing was written."""
    before = _state(folder)
    yield
    assert narrow.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True
    assert _state(folder) == before


def _state(folder: Path) -> dict[str, tuple[int, int]]:
    told = {str(path): path.stat() for path in folder.rglob("*")}
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in told.items() if not name.endswith((".lock",))}


def _memory(pid: int) -> int:
    """Bytes that a process has used at most."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        (f"SELECT (COUNT(*) AS ?n) {CROSS}", 503, "3 seconds"),
        (f"ASK {{ {{ SELECT (COUNT(DISTINCT ?a) AS ?n) {CROSS} }} }}", 503, "3 seconds"),
        (f"SELECT * {CROSS} ORDER BY ?c ?f ?i", 503, "m"),
        (f"SELECT (CONCAT(STR(?a), STR(?d), STR(?g)) AS ?x) {CROSS} ORDER BY DESC(?x)", 503, "m"),
        (f"CONSTRUCT {{ ?a ?e ?i }} WHERE {CROSS}", 400, "1,000 rows"),
        (f"SELECT * {CROSS}", 400, "1,000 rows"),
        ("SELECT * { ?s ?p ?o }", 400, "1,000 rows"),
        ("SELECT * { ?s (!<a:b>|^<a:c>)* ?o . ?x (!<a:b>)* ?y } ORDER BY ?o", 503, "m"),
        ("ASK { ?s ?p (" + "1 " * 900 + ") }", 503, "3 seconds"),
        ("ASK " + "{" * 10_000 + "}" * 10_000, 400, "nested 10,000 deep"),
        ("ASK { ?s ?p ?o FILTER" + "(" * 10_000 + "1" + ")" * 10_000 + " }", 400, "deep"),
        ("ASK { ?s ?p " + "(" * 1_000 + "1" + ")" * 1_000 + " }", 400, "deep"),
        ("ASK { ?s ?p " + "[ ?p " * 10_000 + "]" * 10_000 + " }", 400, "deep"),
        ("ASK { ?s ?p ?o " + "{| ?p ?o " * 99 + "|}" * 99 + " }", 503, "3 seconds"),
        ("{" * 200_000, 400, "deep"),
        ("ASK { ?s ?p '" + "\\'" * 100_000, 400, "not SPARQL"),
        ('ASK { ?s ?p """' + '\\"' * 100_000, 400, "not SPARQL"),
        ("ASK { FILTER(REGEX('" + "a" * 50_000 + "', '(a*)*b')) }", 200, "false"),
        ("ASK { ?s ?p ?o \0 }", 400, "not SPARQL"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_queries(narrow: Server, query: str, status: int, words: str) -> None:
    begin = time.monotonic()
    answer = narrow.post("/sparql", data={"query": query})
    took = time.monotonic() - begin
    assert answer.status_code == status, answer.text[:200]
    assert words in answer.text
    assert took < 30
    assert ("Retry-After" in answer.headers) is (status == 503)


def test_memory_is_named_where_it_runs_out(narrow: Server) -> None:
    """Each row has 100 kB of its own."""
    text = "x" * 100_000
    query = f"SELECT ?x {{ ?s ?p ?o BIND(CONCAT('{text}', STR(?s), STR(?o)) AS ?x) }} ORDER BY ?x"
    answer = narrow.post("/sparql", data={"query": query})
    assert (answer.status_code, "memory" in answer.text) == (503, True)


def test_a_large_body_is_not_read_into_memory(narrow: Server) -> None:
    before = _memory(narrow.process.pid)
    kinds = ("application/sparql-query", "application/x-www-form-urlencoded", "application/json")
    for path, kind in zip(("/sparql", "/sparql", "/add"), kinds, strict=True):
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{narrow.port}\r\nContent-Type: {kind}\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        ).encode()
        assert 400 <= _poured(narrow, head, 100_000_000) < 500, (path, kind)
    assert _memory(narrow.process.pid) - before < 40_000_000


def _poured(server: Server, head: bytes, size: int) -> int:
    """Send a body of so many bytes in chunks, as long as it is taken; return the status of the answer."""
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as connection:
        connection.sendall(head)
        try:
            for _ in range(size // 0x10000):
                connection.sendall(chunk)
            connection.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        return int(connection.recv(65_536).split()[1])


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 50\r\n\r\nASK",
    ],
    ids=["nothing", "a line", "a header", "a body"],
)
def test_stalled_connections_stop_nobody(narrow: Server, begun: bytes) -> None:
    stalled = [socket.create_connection(("127.0.0.1", narrow.port), timeout=60) for _ in range(150)]
    try:
        for connection in stalled:
            connection.sendall(begun % narrow.port if b"%d" in begun else begun)
        begin = time.monotonic()
        for _ in range(5):
            assert narrow.get("/sparql", params={"query": "ASK {}"}).status_code == 200
        assert time.monotonic() - begin < 10
    finally:
        for connection in stalled:
            connection.close()


def test_who_drips_is_given_up(narrow: Server) -> None:
    """A byte now and then does not buy more time than the ten seconds for a head."""
    with socket.create_connection(("127.0.0.1", narrow.port), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        begin = time.monotonic()
        answer = b""
        connection.settimeout(0.5)
        while not answer and time.monotonic() - begin < 25:
            try:
                answer = connection.recv(1000)
            except TimeoutError:
                connection.sendall(b"x")
        assert answer.startswith(b"HTTP/1.1 408 ")


def test_who_goes_away_leaves_no_query_behind(narrow: Server) -> None:
    """More queries than processes are begun and left; the next one need not wait for them."""
    query = requests.models.PreparedRequest()
    query.prepare_url(narrow.url + "/sparql", {"query": f"SELECT (COUNT(*) AS ?n) {CROSS}"})
    assert query.url is not None
    target = query.url.partition(str(narrow.port))[2]
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", narrow.port), timeout=30) as connection:
            connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{narrow.port}\r\n\r\n".encode())
            time.sleep(0.1)
    begin = time.monotonic()
    assert narrow.get("/sparql", params={"query": "ASK {}"}).status_code == 200
    assert time.monotonic() - begin < SECONDS


@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 1000,
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
    ids=lambda data: str(data[:30]),
)
def test_what_is_no_http_is_refused(narrow: Server, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", narrow.port), timeout=30) as connection:
        try:
            connection.sendall(data)
            answer = connection.recv(65_536)
        except (BrokenPipeError, ConnectionResetError):
            # It was refused before all of it was read.
            return
    assert answer.split()[1].startswith(b"4")
    assert b"Traceback" not in answer


def test_nothing_is_left_open(narrow: Server) -> None:
    """What the other tests left is closed in the end: connections, and processes beyond those that answer."""
    end = time.monotonic() + 30
    while (count := sum(1 for _ in Path(f"/proc/{narrow.process.pid}/fd").iterdir())) > 60 and time.monotonic() < end:
        time.sleep(0.5)
    assert count <= 60
