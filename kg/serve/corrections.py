"""The page of corrections: what people decided, how it stands, one more decision, and one taken back.

Forms without scripts: a decision is posted, tried as `kg correct` tries it, and written into the same file. Each form
says what the file was when the page was made, so that nobody decides on what another tab or an editor has changed.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from pyoxigraph import Literal, NamedNode
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.corpus.correcting import Wish, correct, login, signed, undo
from kg.errors import ChangedError, CorrectionError, UsageError
from kg.graph import plans, terms
from kg.graph.corrections.records import action
from kg.graph.testimony import local
from kg.serve.answers import page
from kg.serve.guards import require_writer, writer
from kg.serve.served import Served, plain
from kg.serve.standing import overview
from kg.serve.subject import classes, kinds, subject

# So many entities are listed for a part of a name.
FOUND = 30
# Parts of IRIs that no entity has: they are refused before a store is asked.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Found:
    """An entity with a name that was looked for."""

    iri: str
    name: str
    type: str


def routes(served: Served) -> list[BaseRoute]:
    """Return the page, what it posts to, and how many corrections wait."""

    def shown(request: Request) -> Response:
        return _page(request, served)

    async def decided(request: Request) -> Response:
        require_writer(request.headers, served)
        form = await posted(request)
        return await run_in_threadpool(_decide, request, served, form)

    async def undone(request: Request) -> Response:
        require_writer(request.headers, served)
        form = await posted(request)
        return await run_in_threadpool(_undo, request, served, form)

    def waiting(_: Request) -> Response:
        count = overview(served.folder, served.graph).waiting
        return JSONResponse({"waiting": count}, headers={"Cache-Control": "no-store"})

    return [
        Route("/corrections", shown),
        Route("/corrections", decided, methods=["POST"]),
        Route("/corrections/undo", undone, methods=["POST"]),
        Route("/api/corrections/waiting", waiting),
    ]


async def posted(request: Request) -> dict[str, list[str]]:
    """Return the fields of a form.

    Raises:
        HTTPException: it is no form, or not in UTF-8.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "send a form: application/x-www-form-urlencoded")
    try:
        return parse_qs((await request.body()).decode(), errors="strict", max_num_fields=1_000)
    except ValueError:
        raise HTTPException(400, "a form that can't be read: it has to be in UTF-8") from None


def _decide(request: Request, served: Served, form: dict[str, list[str]]) -> Response:
    """Write a decision down and lead back to the page, or show it with what is wrong."""
    given = tuple(filter(None, form.get("given", ())))
    wish = Wish(_one(form, "action"), given, _one(form, "document") or None)
    node = _one(form, "node")
    try:
        by = signed(_one(form, "by"), None, _one(form, "reason"))
        correct(served.folder, wish, by, expected=_digest(form))
    except (CorrectionError, UsageError) as error:
        return _page(request, served, node=node, error=plain(error, served.folder), status=_status(error), values=form)
    return _back(node, "written")


def _undo(request: Request, served: Served, form: dict[str, list[str]]) -> Response:
    line = _one(form, "line")
    if not line.isascii() or not line.isdigit() or len(line) > 9:
        raise HTTPException(400, "say which line: line=12")
    node = _one(form, "node")
    try:
        undo(served.folder, int(line), expected=_digest(form))
    except CorrectionError as error:
        return _page(request, served, node=node, error=plain(error, served.folder), status=_status(error))
    return _back(node, "undone")


def _page(
    request: Request,
    served: Served,
    *,
    node: str = "",
    error: str | None = None,
    status: int = 200,
    values: dict[str, list[str]] | None = None,
) -> Response:
    asked = request.query_params
    node, find = (node or asked.get("node", ""))[:_LONGEST], asked.get("find", "")[:200].strip()
    said = overview(served.folder, served.graph)
    about = None
    with suppress(CorrectionError):
        about = subject(served.folder, node) if node else None
    return page(
        "corrections.html",
        status=404 if node and about is None and status == 200 and not said.error else status,
        here="/corrections",
        writable=served.token is not None,
        writer=writer(request.headers, served),
        overview=said,
        entries=[(number, action(s.correction), s) for number, s in enumerate(said.entries, start=1)][::-1],
        node=node,
        subject=about,
        find=find,
        found=[f for f in _found(served, find) if about is None or f.iri != about.iri],
        most=FOUND,
        classes=classes(served.folder) if about else (),
        error=error,
        done=asked.get("done") if error is None else None,
        by=_one(values or {}, "by") or login(),
        reason=_one(values or {}, "reason"),
        labels=_labels(served, said.entries),
    )


def _found(served: Served, find: str) -> list[Found]:
    """Return the entities with these words in a name."""
    if not find:
        return []
    graph = served.graph
    nodes = plans.entities_named(graph.store, find, graph.names)[:FOUND]
    types = kinds(served.folder, [node[1:-1] for node in nodes])
    found = [Found(node[1:-1], _label(served, node), types.get(node[1:-1], "Entity")) for node in nodes]
    return sorted(found, key=lambda f: (f.name.casefold(), f.iri))


def _labels(served: Served, entries: Sequence[object]) -> dict[str, str]:
    nodes = {iri for entry in entries for iri in getattr(entry, "nodes", ())}
    return {iri: _label(served, terms.iri(iri)) for iri in sorted(nodes)[:_LONGEST]}


def _label(served: Served, node: str) -> str:
    quads = served.graph.store.quads_for_pattern(NamedNode(node[1:-1]), NamedNode(terms.LABEL[1:-1]), None, None)
    return next((quad.object.value for quad in quads if isinstance(quad.object, Literal)), local(node))


def _one(form: dict[str, list[str]], key: str) -> str:
    return form.get(key, [""])[0].strip()


def _digest(form: dict[str, list[str]]) -> str:
    return _one(form, "digest") or "none"


def _back(node: str, done: str) -> Response:
    asked = urlencode({"done": done, **({"node": node} if node else {})})
    return RedirectResponse(f"/corrections?{asked}", 303)


def _status(error: Exception) -> int:
    return 409 if isinstance(error, ChangedError) else 400
