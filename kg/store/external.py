"""An external store: count, read back, replace, add to and drop its named graphs.

Everything here is safe to do twice, since an answer can be lost on its way. A graph becomes another in one step where
the store can do that, else through a staging graph: gathered there in batches, counted, and copied over the old one.
COPY and not MOVE, because a second MOVE would find nothing in the staging graph, and empty the target.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import RefusedError, StoreError
from kg.store.connection import Connection
from kg.store.content import has_blank_nodes
from kg.store.profiles import Endpoints, Profile

# So many graphs are counted by one query: the answer stays below every limit, the query too.
COUNTED = 200
JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class ExternalStore:
    """A store that answers."""

    profile: Profile
    endpoints: Endpoints
    connection: Connection

    def counts(self, graphs: Sequence[str]) -> dict[str, int]:
        """Return how many triples each of the named graphs has; graphs without any are left out."""
        found: dict[str, int] = {}
        for start in range(0, len(graphs), COUNTED):
            wanted = " ".join(f"<{graph}>" for graph in graphs[start : start + COUNTED])
            for row in self.rows(
                f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            ):
                if "g" in row and int(row["n"]["value"]):
                    found[row["g"]["value"]] = int(row["n"]["value"])
        return found

    def count(self, graph: str) -> int:
        """Return how many triples a named graph has."""
        return self.counts([graph]).get(graph, 0)

    def triples(self, graph: str) -> Iterator[Triple]:
        """Yield the triples of a named graph, read in pages where it is larger than one answer may be.

        Raises:
            StoreError: the pages are not the whole graph.
        """
        held = self.count(graph)
        pattern = f"SELECT ?s ?p ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        if held < self.profile.rows:
            found = 0
            for row in self.rows(pattern):
                found += 1
                yield _triple(row)
            if found != held:
                raise StoreError(f"{self.endpoints.query}: {found:,} of {held:,} triples of <{graph}> came back")
            return
        seen: set[Triple] = set()
        for start in range(0, held, self.profile.rows):
            # Virtuoso sorts at most as many rows as it answers, unless the order is that of an inner query.
            page = f"{{ {pattern} ORDER BY ?s ?p ?o }}"
            for row in self.rows(f"SELECT ?s ?p ?o {{ {page} }} LIMIT {self.profile.rows} OFFSET {start}"):
                triple = _triple(row)
                if triple not in seen:
                    seen.add(triple)
                    yield triple
        if len(seen) != held:
            raise StoreError(f"{self.endpoints.query}: {len(seen):,} of {held:,} triples of <{graph}> came back")

    def rows(self, query: str) -> list[dict[str, dict[str, str]]]:
        """Return the rows of a SELECT as the bindings of SPARQL JSON."""
        answer = self.connection.send("POST", self.endpoints.query, {"query": query}, {"Accept": JSON})
        try:
            rows: list[dict[str, dict[str, str]]] = json.loads(answer)["results"]["bindings"]
        except (ValueError, LookupError, TypeError) as error:
            raise StoreError(f"{self.endpoints.query}: no answer to a query in SPARQL JSON ({error})") from None
        return rows

    def replace(self, graph: str, lines: Sequence[str], staging: str, *, least: Callable[[], int]) -> None:
        """Make `lines` all that a named graph has.

        `staging` is a graph of ours alone. `least` tells how many triples may be left where the store takes two
        spellings of a value for one.

        Raises:
            RefusedError: the store does not take them.
            StoreError: it has taken less, or can't be reached.
        """
        if self.profile.atomic and self._is_one_request(lines):
            self._put(graph, lines)
            return
        first, *rest = self._batches(lines)
        self._put(staging, first)
        for batch in rest:
            self._post(staging, batch)
        held = self.count(staging)
        if held != len(lines) and not least() <= held < len(lines):
            raise StoreError(f"{self.endpoints.query}: {held:,} triples of {len(lines):,} of <{graph}> have arrived")
        self._copy(staging, graph, held)

    def insert(self, graphs: Mapping[str, Sequence[str]]) -> None:
        """Add triples to several named graphs in one request, all or nothing; only where `endpoints.quads` is there.

        Raises:
            RefusedError: the store takes none of them.
            StoreError: it can't be reached.
        """
        body = "".join(f"{line} <{graph}> .\n" for graph, lines in graphs.items() for line in lines)
        headers = {"Content-Type": "application/n-quads; charset=utf-8"}
        self.connection.send("POST", self.endpoints.quads or "", body.encode(), headers)

    def add(self, graph: str, lines: Sequence[str]) -> None:
        """Add triples to a named graph, or to the default graph if it has no name."""
        for batch in self._batches(lines):
            self._post(graph, batch)

    def drop(self, graph: str) -> None:
        """Leave nothing in a named graph."""
        if self.endpoints.graphs is None:
            self._update(_emptied(graph))
            return
        try:
            self.connection.send("DELETE", self._address(graph))
        except RefusedError as error:
            # It was not there, or was dropped by a request whose answer was lost.
            if error.status != 404:
                raise

    def _copy(self, staging: str, graph: str, held: int) -> None:
        """Make the `held` triples of the staging graph all that a named graph has.

        Virtuoso was seen to answer COPY with success and to have done nothing, so the copy is counted, and made again.
        """
        whole = f"INSERT {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"
        inserted = f"{_emptied(graph)} ;\n{whole}"
        copied = f"COPY GRAPH <{staging}> TO GRAPH <{graph}>" if self.profile.copies else inserted
        for update in (copied, copied, inserted):
            answer = self._update(update)
            missing = self._missing(staging, graph)
            if not missing and self.count(graph) == held:
                return
        said = " ".join(answer.split())[:200]
        done = f"{held - missing:,} of {held:,} triples are in <{graph}> after a copy that was answered with success"
        raise StoreError(f"{self.endpoints.update}: {done}: {said}")

    def _missing(self, staging: str, graph: str) -> int:
        """Return how many triples of one graph another lacks; two graphs of the same size may be different."""
        pattern = f"GRAPH <{staging}> {{ ?s ?p ?o }} FILTER NOT EXISTS {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return int(self.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")[0]["n"]["value"])

    def _put(self, graph: str, lines: Sequence[str]) -> None:
        if self.endpoints.graphs is None:
            self._update(f"{_emptied(graph)} ;\n{_insertion(graph, lines)}")
        else:
            self.connection.send("PUT", self._address(graph), _body(lines), _TURTLE)

    def _post(self, graph: str, lines: Sequence[str]) -> None:
        if self.endpoints.graphs is None:
            self._update(_insertion(graph, lines))
        else:
            self.connection.send("POST", self._address(graph), _body(lines), _TURTLE)

    def _is_one_request(self, lines: Sequence[str]) -> bool:
        return not self.profile.batch or len(lines) <= self.profile.batch or has_blank_nodes(lines)

    def _batches(self, lines: Sequence[str]) -> Iterator[Sequence[str]]:
        """Yield what goes into one request; a blank node is the same in one request only, so it is not cut."""
        size = len(lines) if self._is_one_request(lines) else self.profile.batch
        for start in range(0, len(lines), size or 1):
            yield lines[start : start + size]

    def _update(self, text: str) -> str:
        headers = {"Content-Type": "application/sparql-update; charset=utf-8"}
        return self.connection.send("POST", self.endpoints.update, text.encode(), headers).decode(errors="replace")

    def _address(self, graph: str) -> str:
        url = self.endpoints.graphs or ""
        mark = "&" if urlsplit(url).query else "?"
        return f"{url}{mark}graph={quote(graph, safe='')}" if graph else f"{url}{mark}default"


_TURTLE: Mapping[str, str] = {"Content-Type": "text/turtle; charset=utf-8"}


def _body(lines: Sequence[str]) -> bytes:
    """Return N-Triples, which are Turtle, and which every store reads: N-Quads are not stored by Virtuoso."""
    return "".join(f"{line} .\n" for line in lines).encode()


# A backslash before the letter u, which some read as an escape of their own before they read the string: SPARQL 19.2.
_ESCAPED_U = re.compile(r"(?<!\\)((?:\\\\)+)([uU])")


def _insertion(graph: str, lines: Sequence[str]) -> str:
    body = _ESCAPED_U.sub(lambda m: f"{m[1]}\\u{ord(m[2]):04X}", _body(lines).decode())
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{body}}} }}" if graph else f"INSERT DATA {{\n{body}}}"


def _emptied(graph: str) -> str:
    """Return an update that leaves nothing in a graph; QLever has no CLEAR and no DROP."""
    return f"DELETE WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"


def _triple(row: Mapping[str, Mapping[str, str]]) -> Triple:
    subject, predicate, thing = (_term(row[name]) for name in "spo")
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        raise StoreError(f"no triple: {row}")
    return Triple(subject, predicate, thing)


def _term(binding: Mapping[str, str]) -> NamedNode | BlankNode | Literal:
    value = binding["value"]
    if binding["type"] == "uri":
        return NamedNode(value)
    if binding["type"] == "bnode":
        return BlankNode("".join(c if c.isalnum() else "-" for c in value).strip("-"))
    if language := binding.get("xml:lang"):
        return Literal(value, language=language)
    return Literal(value, datatype=NamedNode(binding["datatype"])) if "datatype" in binding else Literal(value)
