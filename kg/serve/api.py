"""The views' API: JSON in the shape that the page draws (kg/view/content.py), always of a part of the graph.

    GET  /api/view                      the most connected; with source=, speaker=, relation=, type=, since=, until= or
                                        least= the statements that are so
    GET  /api/around?node=IRI           who is joined to one; depth=1 to 3; skip= so many, the strongest
    GET  /api/path?from=IRI&to=IRI      a shortest path
    GET  /api/node?iri=IRI              one, with more of its statements
    GET  /api/search?q=WORDS            names; with limit=
    GET  /api/article?id=ID             a text with its mentions

The first four take POST too, with `{"shown": [[number, x, y], …]}`: they then answer with what is shown and what is
new, and leave what is shown in its place.
"""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve import asked, neighbours
from kg.serve.asked import There
from kg.serve.chosen import chosen
from kg.serve.index import Index
from kg.serve.names import search
from kg.serve.records import load_body
from kg.serve.shown import MOST_NODES, Shown, content_of
from kg.view.content import Json, Value, safe_url
from kg.view.picture import picture

_SUGGESTED = 12
_OWN = 200  # statements of one entity that is asked for by itself

Answering = Callable[[sqlite3.Connection, QueryParams], Json]


def api(index: Index) -> list[Route]:
    """Return the routes of the API over an index."""
    drawing = {"view": _view, "around": _around, "path": _path, "node": _node}
    telling: dict[str, Answering] = {"search": _search, "article": _article}
    return [
        *(Route(f"/api/{name}", _drawn(index, part), methods=["GET", "POST"]) for name, part in drawing.items()),
        *(Route(f"/api/{name}", _told(index, part), methods=["GET"]) for name, part in telling.items()),
    ]


def first_view(index: Index) -> Json:
    """Return what the page begins with; it is made once for a graph."""
    key = index.key
    if key not in index.kept:
        with index.reading() as db:
            index.kept = {key: _draw(db, neighbours.first_view(db), There())}
    return index.kept[key]


def _view(db: sqlite3.Connection, given: QueryParams) -> tuple[Shown, Json]:
    asked.only(given, *asked.FILTERS)
    filters = asked.filters(db, given)
    return (chosen(db, filters) if filters.any else neighbours.first_view(db)), {}


def _around(db: sqlite3.Connection, given: QueryParams) -> tuple[Shown, Json]:
    asked.only(given, "node", "depth", "skip")
    node = asked.entity(db, given, "node")
    depth, skip = asked.whole(given, "depth", 1, 3), asked.whole(given, "skip", 0, 1_000_000)
    shown = neighbours.around(db, node, max(depth, 1), skip)
    return shown, {"around": given["node"], "left": shown.left}


def _path(db: sqlite3.Connection, given: QueryParams) -> tuple[Shown, Json]:
    asked.only(given, "from", "to")
    ends = asked.entity(db, given, "from"), asked.entity(db, given, "to")
    found = neighbours.path(db, *ends)
    iris = [db.execute("SELECT iri FROM entity WHERE n = ?", (n,)).fetchone()[0] for n in found]
    return Shown(found or ends, first=found), {"path": list[Value](iris)}


def _node(db: sqlite3.Connection, given: QueryParams) -> tuple[Shown, Json]:
    asked.only(given, "iri")
    node = asked.entity(db, given, "iri")
    claims = db.execute("SELECT claim FROM cited WHERE entity = ? ORDER BY claim LIMIT ?", (node, _OWN))
    return Shown((node,), claims=tuple(n for (n,) in claims)), {}


def _search(db: sqlite3.Connection, given: QueryParams) -> Json:
    asked.only(given, "q", "limit")
    found = search(db, asked.text(given, "q"), min(asked.whole(given, "limit", _SUGGESTED, 100), 100))
    query = "SELECT n, iri, name, type, family, degree, told FROM entity WHERE n = ?"
    keys = ("n", "iri", "name", "type", "family", "joined", "told")
    rows = (db.execute(query, (n,)).fetchone() for n in found)
    return {"found": [dict(zip(keys, (*row[:2], row[2][:300] or row[3], *row[3:]), strict=True)) for row in rows]}


def _article(db: sqlite3.Connection, given: QueryParams) -> Json:
    asked.only(given, "id")
    row = db.execute("SELECT id, title, date, url, body FROM document WHERE n = ?", (asked.document(db, given, "id"),))
    identifier, title, date, url, packed = row.fetchone()
    text, mentions = load_body(packed)
    return {
        "id": identifier, "title": title, "date": date, "url": safe_url(url), "text": text,
        "mentions": [[start, end, iri] for start, end, iri in mentions],
    }  # fmt: skip


def _draw(db: sqlite3.Connection, wanted: Shown, there: There) -> Json:
    """Return what is wanted and what is there, with a place for each."""
    if there.also.any:
        more = chosen(db, there.also)
        wanted = replace(wanted, nodes=(*wanted.nodes, *more.nodes), claims=(*wanted.claims, *more.claims))
    new = [n for n in dict.fromkeys(wanted.nodes) if n not in there.nodes]
    kept = there.nodes[: max(MOST_NODES - len(new), 0)]
    found = content_of(db, replace(wanted, nodes=(*kept, *new), first=wanted.first or tuple(new)))
    places = {cast("int", node["n"]): cast("str", node["iri"]) for node in cast("list[Json]", found["nodes"])}
    known = {places[n]: there.places[n] for n in kept if n in there.places}
    if not known and len(wanted.first) == 1:
        known = {places[wanted.first[0]]: (0.0, 0.0)}  # in the middle, and quicker
    return found | {"picture": picture(found, known)}


def _drawn(
    index: Index, part: Callable[[sqlite3.Connection, QueryParams], tuple[Shown, Json]]
) -> Callable[[Request], object]:
    """Return what answers with a drawing."""

    async def answer(request: Request) -> Response:
        body = await request.body() if request.method == "POST" else b""

        def said(db: sqlite3.Connection, given: QueryParams) -> Json:
            if part is _view and not given and not body:
                return first_view(index)
            shown, more = part(db, given)
            return _draw(db, shown, asked.there(db, body)) | more

        return await run_in_threadpool(_answer, index, request, said)

    return answer


def _told(index: Index, part: Answering) -> Callable[[Request], object]:
    """Return what answers with something else."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, index, request, part)

    return answer


def _answer(index: Index, request: Request, said: Answering) -> Response:
    """Return an answer as JSON: while the graph is the same, a browser that has it is told that it is."""
    index.follow()
    tag = f'"{index.key}"'
    headers = {"Cache-Control": "no-cache", "ETag": tag} if request.method == "GET" else {"Cache-Control": "no-store"}
    if request.method == "GET" and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    try:
        with index.reading() as db:
            found = said(db, request.query_params)
    except HTTPException as error:
        return _json({"error": error.detail}, error.status_code, {"Cache-Control": "no-store"})
    return _json(found, 200, headers)


def _json(value: Json, status: int, headers: dict[str, str]) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(body.encode("utf-8", "replace"), status, headers, "application/json")
