"""External stores over the SPARQL 1.1 Graph Store Protocol: Oxigraph, Fuseki, GraphDB, Virtuoso and others.

Each named graph is one PUT, which replaces what the store had under that name: loading twice is loading once. The
bodies are N-Triples, sent as Turtle, of which they are a part and which every store reads. User and password come from
the environment and are sent when the store asks for them, as Basic or Digest (Virtuoso wants Digest).
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

from kg.errors import StoreError, UsageError

USER, PASSWORD = "KG_STORE_USER", "KG_STORE_PASSWORD"
ADDRESSES = (
    "Oxigraph http://HOST:7878/store, Fuseki http://HOST:3030/DATASET/data, "
    "GraphDB http://HOST:7200/repositories/NAME/rdf-graphs/service, Virtuoso http://HOST:8890/sparql-graph-crud-auth"
)
TIMEOUT = 300


@dataclass(frozen=True, slots=True)
class GraphStore:
    """The Graph Store of an external store: its address and how to open it."""

    url: str
    opener: OpenerDirector

    def put(self, graph: str, triples: bytes) -> None:
        """Make `triples` (N-Triples) all that the store has in the named graph with the IRI `graph`.

        Raises:
            StoreError: the store refuses, or can't be reached.
        """
        self._send("PUT", f"graph={quote(graph, safe='')}", triples)

    def add(self, graph: str | None, triples: bytes) -> None:
        """Add `triples` to a named graph; None: to the default graph.

        Raises:
            StoreError: the store refuses, or can't be reached.
        """
        self._send("POST", "default" if graph is None else f"graph={quote(graph, safe='')}", triples)

    def _send(self, method: str, target: str, triples: bytes) -> None:
        address = f"{self.url}{'&' if urlsplit(self.url).query else '?'}{target}"
        request = Request(address, triples, {"Content-Type": "text/turtle; charset=utf-8"}, method=method)  # noqa: S310 (http only, see connect)
        try:
            with self.opener.open(request, timeout=TIMEOUT) as answer:
                answer.read()
        except HTTPError as error:
            raise StoreError(_refused(self.url, error)) from None
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            raise StoreError(
                f"{self.url}: no answer ({reason}); is the store running, and the address right?"
            ) from None


def connect(url: str) -> GraphStore:
    """Return the Graph Store at an address, with user and password from the environment.

    Raises:
        UsageError: it is no http address, or holds a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"{url}: give the http address of a Graph Store: {ADDRESSES}")
    if parts.username or parts.password:
        raise UsageError(f"no user or password in the address: others can see it; set {USER} and {PASSWORD}")
    passwords = HTTPPasswordMgrWithDefaultRealm()
    user, password = os.environ.get(USER), os.environ.get(PASSWORD)
    if user:
        passwords.add_password(None, f"{parts.scheme}://{parts.netloc}/", user, password or "")
    return GraphStore(url, build_opener(HTTPDigestAuthHandler(passwords), HTTPBasicAuthHandler(passwords)))


def load(store: GraphStore, graphs: Iterable[tuple[str, bytes]], *, keep: frozenset[str] = frozenset()) -> int:
    """Put named graphs into a store and return how many; to those of `keep`, and to the default graph, they are added.

    `graphs` are pairs of an IRI (empty: the default graph) and N-Triples.

    Raises:
        StoreError: the store refuses, or can't be reached. The graphs before it are loaded; loading again is safe.
    """
    count = 0
    for graph, triples in graphs:
        if graph and graph not in keep:
            store.put(graph, triples)
        else:
            store.add(graph or None, triples)
        count += 1
    return count


def _refused(url: str, error: HTTPError) -> str:
    """Return what a refusal means and what to do about it."""
    words = " ".join(error.read(2000).decode("utf-8", "replace").split())[:200]
    said = f"{url}: the store answers {error.code} {error.reason}" + (f": {words}" if words else "")
    if error.code in (401, 403):
        has = "are wrong or may not write" if os.environ.get(USER) else "are not set"
        return f"{said}. It wants a user who may write: {USER} and {PASSWORD} {has}"
    if error.code in (404, 405, 501):
        return f"{said}. Is this the address of a Graph Store? {ADDRESSES}"
    return said
