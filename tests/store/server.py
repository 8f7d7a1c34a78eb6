"""A small conforming server: SPARQL 1.1 Query, Update and Graph Store Protocol over a store in memory.

It is told which product it plays, and what goes wrong: who may write, how often it is busy, which answers are lost,
which updates are answered and not done, how many rows it gives, whether a broken upload leaves what came before.
"""

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice
from urllib.parse import parse_qs, unquote, urlsplit
from urllib.request import parse_http_list, parse_keqv_list

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    parse,
)

from kg.store.profiles import GENERIC, Profile, endpoints

HEADERS = {
    "oxigraph": {"Server": "Oxigraph/0.5.13"},
    "virtuoso": {"Server": "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu  "},
    "fuseki": {"Server": "Apache Jena Fuseki (5.2.0)", "Fuseki-Request-Id": "7"},
    "graphdb": {"Server": "GraphDB/10.8.0 RDF4J/4.3.15"},
}
BASES = {"fuseki": "/news", "graphdb": "/repositories/news", "generic": "/sparql"}
PAGES = {
    "qlever": ("/?cmd=stats", '{"git-hash-index":"c0ffee","name-index":"news","num-triples-normal":12}'),
    "neptune": ("/status", '{"status":"healthy","dbEngineVersion":"1.4.5.1"}'),
}


@dataclass
class Play:
    """What the server plays; `log` is what it was asked, with the headers."""

    profile: Profile = GENERIC
    challenge: str = ""
    user: str = "ada"
    password: str = "secret"  # noqa: S105 (of a server that lives for a test)
    token: str = ""
    busy: int = 0
    lost: frozenset[int] = frozenset()
    torn: frozenset[int] = frozenset()
    idle: frozenset[int] = frozenset()
    rows: int = 0
    redirect: str = ""
    refused: str = ""
    store: Store = field(default_factory=Store)
    log: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    writes: int = 0


@contextmanager
def serving(play: Play) -> Iterator[str]:
    """The base address of a server that plays so."""
    handler = type("Played", (Handler,), {"play": play})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}{BASES.get(play.profile.name, '')}"
        finally:
            server.shutdown()
            thread.join()


class Handler(BaseHTTPRequestHandler):
    play: Play
    protocol_version = "HTTP/1.1"
    # Head and body leave as one packet: two wait for each other's acknowledgement.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_OPTIONS(self) -> None:
        self._answer(204)

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def do_PUT(self) -> None:
        self._handle()

    def do_DELETE(self) -> None:
        self._handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the library's)
        """Say nothing."""

    def _handle(self) -> None:
        play = self.play
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        play.log.append((self.command, self.path, dict(self.headers.items())))
        if play.redirect:
            return self._answer(307, headers={"Location": play.redirect})
        if self.path == PAGES.get(play.profile.name, ("", ""))[0]:
            return self._answer(200, PAGES[play.profile.name][1].encode())
        parts, form = urlsplit(self.path), self._form(body)
        if not self._may():
            return None
        if play.busy:
            play.busy -= 1
            return self._answer(503, b"busy", {"Retry-After": "0"})
        places = endpoints(play.profile, f"http://x{BASES.get(play.profile.name, '')}")
        path = parts.path.rstrip("/")
        if "query" in form and path == urlsplit(places.query).path.rstrip("/"):
            return self._query(form["query"][0])
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/n-quads") and path == urlsplit(places.quads or "-").path and not parts.query:
            return self._quads(body)
        if self.command == "POST" and path == urlsplit(places.update).path.rstrip("/"):
            return self._update(body.decode())
        if places.graphs is not None and path == urlsplit(places.graphs).path.rstrip("/"):
            return self._graph(parse_qs(parts.query, keep_blank_values=True), body)
        return self._answer(404, b"no such page")

    def _form(self, body: bytes) -> dict[str, list[str]]:
        if self.headers.get("Content-Type") == "application/x-www-form-urlencoded":
            return parse_qs(body.decode())
        return parse_qs(urlsplit(self.path).query)

    def _query(self, text: str) -> None:
        found = self.play.store.query(text)
        assert not isinstance(found, QueryTriples), "nobody asks for that"
        answer = json.loads(found.serialize(format=QueryResultsFormat.JSON) or b"{}")
        if isinstance(found, QuerySolutions) and self.play.rows:
            answer["results"]["bindings"] = answer["results"]["bindings"][: self.play.rows]
        self._answer(200, json.dumps(answer).encode(), {"Content-Type": "application/sparql-results+json"})

    def _update(self, text: str) -> None:
        if not self.play.profile.copies and re.search(r"\b(COPY|MOVE|CLEAR|DROP)\b", text):
            return self._answer(400, b"not supported")
        if self._is_refused(text):
            return None
        self.play.writes += 1
        if self.play.writes in self.play.torn:
            return self._hang_up()
        if self.play.writes in self.play.idle:
            return self._answer(200, b"Copy -- done")
        try:
            self.play.store.update(text)
        except SyntaxError as error:
            return self._answer(400, str(error).encode())
        return self._answer(204)

    def _quads(self, body: bytes) -> None:
        if self._is_refused(body.decode()):
            return None
        self.play.writes += 1
        if self.play.writes in self.play.torn:
            return self._hang_up()
        self.play.store.load(body, format=RdfFormat.N_QUADS)
        return self._answer(204)

    def _graph(self, parameters: dict[str, list[str]], body: bytes) -> None:
        graph = NamedNode(parameters["graph"][0]) if "graph" in parameters else DefaultGraph()
        store, play = self.play.store, self.play
        if self._is_refused(self.path):
            return None
        play.writes += 1
        if self.command == "DELETE":
            there = graph in store.named_graphs() if isinstance(graph, NamedNode) else True
            store.remove_graph(graph)
            return self._answer(204 if there else 404)
        try:
            quads = [Quad(q.subject, q.predicate, q.object, graph) for q in parse(body, format=RdfFormat.TURTLE)]
        except SyntaxError as error:
            return self._answer(400, str(error).encode())
        torn = play.writes in play.torn
        if torn and play.profile.atomic:
            return self._hang_up()
        if self.command == "PUT":
            store.clear_graph(graph)
        store.extend(islice(quads, len(quads) // 2 if torn else len(quads)))
        return self._hang_up() if torn else self._answer(204)

    def _is_refused(self, text: str) -> bool:
        if self.play.refused and self.play.refused in unquote(text):
            self._answer(400, b"I don't like this one")
            return True
        return False

    def _may(self) -> bool:
        play, given = self.play, self.headers.get("Authorization", "")
        if play.token and given != f"Bearer {play.token}" and self.command != "GET":
            self._answer(403, b"no token")
            return False
        if play.challenge == "basic":
            import base64

            right = given == "Basic " + base64.b64encode(f"{play.user}:{play.password}".encode()).decode()
            challenge = 'Basic realm="store"'
        elif play.challenge == "digest":
            right = given.startswith("Digest ") and self._digest(given.removeprefix("Digest "))
            challenge = 'Digest realm="store", nonce="n1", qop="auth", algorithm="MD5"'
        else:
            return True
        if not right:
            self._answer(401, headers={"WWW-Authenticate": challenge})
        return right

    def _digest(self, given: str) -> bool:
        said = parse_keqv_list(parse_http_list(given))

        def md5(text: str) -> str:
            return hashlib.md5(text.encode()).hexdigest()  # noqa: S324 (the protocol's)

        first = md5(f"{self.play.user}:{said['realm']}:{self.play.password}")
        second = md5(f"{self.command}:{said['uri']}")
        asked = (first, said["nonce"], said["nc"], said["cnonce"], said["qop"], second)
        return said["response"] == md5(":".join(asked)) and said["uri"] == self.path

    def _hang_up(self) -> None:
        self.close_connection = True

    def _answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        number = len(self.play.log)
        self.send_response_only(status)
        for name, value in {**HEADERS.get(self.play.profile.name, {}), **(headers or {})}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if number in self.play.lost and body:
            # The work is done, and the line breaks in the middle of the answer.
            self.wfile.write(body[: len(body) // 2])
            self._hang_up()
        else:
            self.wfile.write(body)
