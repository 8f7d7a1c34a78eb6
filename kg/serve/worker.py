"""A process that answers SPARQL, one query after the other, and can be killed at any moment.

    python -m kg.serve.worker '{"folder": …, "seconds": …, "rows": …, "megabytes": …}'

It reads questions from standard input and writes frames to standard output: the length of what follows in four bytes,
a letter, and that many bytes. `H` has the media type of the answer and, if it is known, its length; `D` a part of it;
`E` ends it; `X` says why there is none. The store is opened read-only, and again when a build has put another in its
place. A query that takes more memory than it may ends this process; whoever started it ends it when time is over.
"""

import json
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypedDict, TypeVar

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, QueryBoolean, QuerySolutions

from kg.errors import KgError, QueryError
from kg.graph import query as queries
from kg.graph import terms
from kg.graph.knowledge import KnowledgeGraph
from kg.serve import depth, results
from kg.serve.accept import best
from kg.serve.served import graph
from kg.store import oxigraph

if sys.platform == "linux":
    # Elsewhere the limit of memory is not kept, or is not there: time is the only one.
    import resource

T = TypeVar("T")
# Bytes of an answer that are held back: until then an error can be told instead. And bytes of a part.
HELD, PART = 32_000_000, 65_536
# Bytes of stack: a query that is nested as deep as `depth` lets it takes a part of it.
STACK = 256 * 2**20
# Memory that a process may keep after a query; with more another takes its place.
KEPT = 300 * 2**20


class Asked(NamedTuple):
    """A question: SPARQL, what forms of answer are liked, and the graphs to ask (None: as the query says)."""

    query: str
    accept: str
    default: list[str] | None
    named: list[str] | None


class Scope(TypedDict, total=False):
    """The graphs that are asked in the place of those of the store."""

    default_graph: list[NamedNode | BlankNode | DefaultGraph]
    named_graphs: list[NamedNode | BlankNode]


class _NoFormError(Exception):
    """The answer can't be written in any form that is liked."""


class Worker:
    """Answers to one who asks, with the store of a folder."""

    def __init__(self, folder: Path, rows: int, out: BinaryIO) -> None:
        """Answer into `out` with at most so many rows."""
        self._folder = folder
        self._rows = rows
        self._out = out

    def answer(self, asked: Asked) -> None:
        """Write the frames of an answer."""
        try:
            media, pieces = self._pieces(asked)
            self._write(media, pieces)
        except _NoFormError as error:
            self._fail(406, str(error))
        except QueryError as error:
            self._fail(400, str(error))
        except KgError:
            self._fail(503, "the graph can't be read now: try again when kg build is done")
        except (RuntimeError, OSError, ValueError) as error:
            self._fail(400, f"the query can't be run: {error}")
        except MemoryError:
            self._fail(503, "the query takes more memory than it may")

    def _pieces(self, asked: Asked) -> tuple[str, Iterable[bytes]]:
        depth.check(asked.query)
        known = graph(self._folder)
        answer = _answered(known, asked)
        if isinstance(answer, QuerySolutions):
            form = results.ROWS[_form(asked.accept, results.ROWS, "SELECT")]
            names = [variable.value for variable in answer.variables]
            return form.media, _joined(form.write(names, self._counted(answer)))
        if isinstance(answer, QueryBoolean):
            form = results.ROWS[_form(asked.accept, results.ROWS, "ASK")]
            return form.media, [results.truth(answer, form)]
        media = _form(asked.accept, results.GRAPHS, "CONSTRUCT or DESCRIBE")
        whole = results.graph(self._counted(answer), results.GRAPHS[media], _prefixes(known))
        return f"{media}; charset=utf-8", (whole[at : at + PART] for at in range(0, len(whole), PART))

    def _counted(self, rows: Iterable[T]) -> Iterator[T]:
        for number, row in enumerate(rows):
            if number >= self._rows:
                raise QueryError(f"the answer has more than {self._rows:,} rows: ask for fewer with LIMIT, or narrower")
            yield row

    def _write(self, media: str, pieces: Iterable[bytes]) -> None:
        """Write an answer: what is held back first, and from then on each piece as it comes."""
        held: list[bytes] | None = []
        size = 0
        for piece in pieces:
            size += len(piece)
            if held is None:
                self._frame(b"D", piece)
            else:
                held.append(piece)
                if size > HELD:
                    self._begin(media, held)
                    held = None
        if held is not None:
            self._begin(media, held, size)
        self._frame(b"E", b"last" if _kept() > KEPT else b"")

    def _begin(self, media: str, held: list[bytes], size: int | None = None) -> None:
        self._frame(b"H", json.dumps([media, size]).encode(), flush=False)
        for piece in held:
            self._frame(b"D", piece, flush=False)

    def _fail(self, status: int, message: str) -> None:
        self._frame(b"X", json.dumps({"status": status, "message": message}).encode())

    def _frame(self, kind: bytes, data: bytes, *, flush: bool = True) -> None:
        self._out.write(len(data).to_bytes(4, "big") + kind + data)
        if flush:
            self._out.flush()


def main() -> None:
    """Answer until nobody asks any more."""
    told = json.loads(sys.argv[1])
    # What a library prints must not come between the frames.
    out, sys.stdout = sys.stdout.buffer, sys.stderr
    worker = Worker(Path(told["folder"]), told["rows"], out)

    def work() -> None:
        graph(Path(told["folder"]))
        while line := sys.stdin.buffer.readline():
            _limit(told["megabytes"] * 2**20, told["seconds"])
            worker.answer(Asked(*json.loads(line)))
            _limit(None, 0)

    # The main thread has the stack that the system gives, another the one that is asked for.
    threading.stack_size(STACK)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def _limit(memory: int | None, seconds: float) -> None:
    """Bound the memory from here on, and end this process when nobody does who should: one clock, no handler."""
    if sys.platform == "linux":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = hard if memory is None else _size()[0] + memory
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds * 1.5)


def _kept() -> int:
    return _size()[1] if sys.platform == "linux" else 0


def _size() -> tuple[int, int]:
    """Return the bytes of this process: addresses that it has, and memory that it uses."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(pages[0]) * 4096, int(pages[1]) * 4096


def _form(accept: str, offered: Iterable[str], kind: str) -> str:
    known = list(offered)
    found = best(accept, known)
    if found is None:
        raise _NoFormError(f"the answer to a {kind} comes as {', '.join(known)}: Accept names none of them")
    return found


def _answered(known: KnowledgeGraph, asked: Asked) -> queries.Answer:
    """Return the answer of the store; graphs that the request names count for more than those of the query."""
    if asked.default is None and asked.named is None and "# param " in asked.query:
        # A named question that was copied, with parameters that are not given.
        return queries.ask(known.store, asked.query, base=known.base, names=known.names)
    scope: Scope = {}
    if asked.default is not None or asked.named is not None:
        scope["default_graph"] = [NamedNode(name) for name in asked.default or ()]
        scope["named_graphs"] = [NamedNode(name) for name in asked.named or ()]
    try:
        return known.store.query(asked.query, prefixes=_prefixes(known), **scope)
    except SyntaxError as error:
        raise oxigraph.unreadable(error) from None


@lru_cache(maxsize=1)
def _prefixes(known: KnowledgeGraph) -> dict[str, str]:
    """Return the prefixes of a graph; its base is looked up among the names of all its graphs, which takes a while."""
    return terms.prefixes(known.base)


def _joined(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield text as bytes, in parts of some size."""
    part: list[str] = []
    size = 0
    for piece in pieces:
        part.append(piece)
        size += len(piece)
        if size >= PART:
            yield "".join(part).encode()
            part, size = [], 0
    yield "".join(part).encode()


if __name__ == "__main__":
    main()
