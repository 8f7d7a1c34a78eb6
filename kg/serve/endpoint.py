"""`/sparql`: the SPARQL 1.1 Protocol. Queries are answered; updates where there is a token, by who has it."""

import asyncio
import json
import logging
from collections.abc import Sequence
from contextlib import aclosing
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from kg.serve import description, results
from kg.serve.accept import best
from kg.serve.guards import require_writer
from kg.serve.limits import Limits
from kg.serve.pool import Pool, Refusal
from kg.serve.served import Served
from kg.serve.updating import update

PATH = "/sparql"
_FORM, _QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)
_AGAIN = "10"


class Parameters(NamedTuple):
    """What a request asks: `None` for what it does not name."""

    query: str | None = None
    update: str | None = None
    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


def routes(served: Served, pool: Pool) -> list[BaseRoute]:
    """Return the route of the endpoint."""

    async def answer(request: Request) -> Response:
        asked = await parameters(request, pool.limits)
        if asked.query is not None and asked.update is not None:
            raise HTTPException(400, "a request has a query or an update, not both")
        if asked.update is not None:
            return await _updated(request, served, asked)
        if asked.query is None:
            return _front(request, served)
        return Answer(pool, [asked.query, request.headers.get("accept", ""), asked.default, asked.named])

    return [Route(PATH, answer, methods=["GET", "POST"])]


async def _updated(request: Request, served: Served, asked: Parameters) -> Response:
    require_writer(request.headers, served)
    if asked.default is not None or asked.named is not None:
        raise HTTPException(400, "an update names its graphs itself: write WITH or USING in it")
    try:
        return PlainTextResponse(await update(served.folder, asked.update or "") + "\n")
    except Refusal as refusal:
        raise HTTPException(refusal.status, str(refusal)) from None


async def parameters(request: Request, limits: Limits) -> Parameters:
    """Return what a request asks.

    Raises:
        HTTPException: it is no request of the protocol.
    """
    pairs = parse(request.scope["query_string"])
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind not in (_FORM, _QUERY, _UPDATE):
            raise HTTPException(415, f"POST takes {_FORM}, {_QUERY} or {_UPDATE}")
        body = await read(request, 4 * limits.text)
        if kind == _FORM:
            pairs += parse(body)
        else:
            pairs.append(("query" if kind == _QUERY else "update", _decoded(body)))
    elif any(name == "update" for name, _ in pairs):
        raise HTTPException(400, "an update comes with POST")
    found = Parameters(
        _one(pairs, "query"),
        _one(pairs, "update"),
        _all(pairs, "default-graph-uri") or _all(pairs, "using-graph-uri"),
        _all(pairs, "named-graph-uri") or _all(pairs, "using-named-graph-uri"),
    )
    if max(len(found.query or ""), len(found.update or "")) > limits.text:
        raise HTTPException(413, f"the query has more than {limits.text:,} characters")
    return found


async def read(request: Request, most: int) -> bytes:
    """Return the body of a request.

    Raises:
        HTTPException: it has more than so many bytes; the rest is not read.
    """
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            raise HTTPException(413, f"the request has more than {most:,} bytes")
        parts.append(part)
    return b"".join(parts)


def parse(data: bytes) -> list[tuple[str, str]]:
    """Return the pairs of an encoded form.

    Raises:
        HTTPException: it is none, or not in UTF-8.
    """
    try:
        return parse_qsl(data.decode("ascii"), keep_blank_values=True, max_num_fields=1_000, errors="strict")
    except ValueError:
        raise HTTPException(
            400, "the parameters are not encoded as application/x-www-form-urlencoded in UTF-8"
        ) from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise HTTPException(400, "the query is not in UTF-8") from None


def _one(pairs: Sequence[tuple[str, str]], name: str) -> str | None:
    values = _all(pairs, name)
    if values is not None and len(values) > 1:
        raise HTTPException(400, f"{name} is given more than once")
    return values[0] if values else None


def _all(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...] | None:
    return tuple(value for key, value in pairs if key == name) or None


def _front(request: Request, served: Served) -> Response:
    """Answer who asks nothing: a browser is led to the page for queries, a program gets the service description."""
    if request.method != "GET":
        raise HTTPException(400, "no query: send it as the parameter query, or as application/sparql-query")
    form = best(request.headers.get("accept", ""), ["text/turtle", "text/html", *results.GRAPHS])
    if form == "text/html":
        return RedirectResponse("/query", 303)
    if form is None:
        raise HTTPException(406, f"what this endpoint is comes as {', '.join(results.GRAPHS)}")
    return Response(description.description(served.origin + PATH, form), media_type=f"{form}; charset=utf-8")


class Answer(Response):
    """The answer to a query, sent as it comes; who goes away, or does not read, ends the query."""

    def __init__(self, pool: Pool, question: list[object]) -> None:
        """Ask a process of the pool."""
        super().__init__()
        self._pool = pool
        self._question = question

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer, or raise what is told instead."""
        work = asyncio.ensure_future(self._send(scope["method"] == "HEAD", send))
        gone = asyncio.ensure_future(_gone(receive))
        try:
            await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                work.result()
        finally:
            for task in (work, gone):
                task.cancel()
            await asyncio.gather(work, gone, return_exceptions=True)

    async def _send(self, headless: bool, send: Send) -> None:
        begun = False
        seconds = self._pool.limits.seconds
        try:
            async with (
                self._pool.process() as process,
                asyncio.timeout(seconds),
                aclosing(process.ask(self._question)) as frames,
            ):
                last = b""
                async for kind, data in frames:
                    if kind == b"X":
                        raise Refusal(**json.loads(data))
                    if kind == b"H":
                        begun = True
                        await send({"type": "http.response.start", "status": 200, "headers": _headers(data)})
                    elif kind == b"D":
                        if last:
                            await send({"type": "http.response.body", "body": last, "more_body": True})
                        last = b"" if headless else data
                # Only now, when the process has said that it is done: with the end of the answer who asked is gone.
                await send({"type": "http.response.body", "body": last})
        except TimeoutError:
            self._refuse(Refusal(503, f"the query takes more than {seconds:g} seconds"), begun)
        except Refusal as refusal:
            self._refuse(refusal, begun)

    def _refuse(self, refusal: Refusal, begun: bool) -> None:
        if begun:
            # The answer is left without its end, and the connection closed: nobody takes a part for the whole.
            logging.getLogger(__name__).warning("an answer was broken off: %s", refusal)
            return
        again = {"Retry-After": _AGAIN} if refusal.status == 503 else None
        raise HTTPException(refusal.status, str(refusal), again)


def _headers(told: bytes) -> list[tuple[bytes, bytes]]:
    media, length = json.loads(told)
    # What is asked may be private, and another build answers otherwise.
    headers = [(b"content-type", media.encode()), (b"cache-control", b"no-cache"), (b"vary", b"accept")]
    return headers if length is None else [*headers, (b"content-length", str(length).encode())]


async def _gone(receive: Receive) -> None:
    """Wait until who asked has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
