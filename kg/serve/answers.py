"""Answers that every part gives alike: pages from templates, and what says that something went wrong."""

import http.client
import json
import logging
from functools import cache
from pathlib import Path

import jinja2
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.errors import CorrectionError, InputError, QueryError, UsageError
from kg.serve.accept import best
from kg.serve.served import plain

TEMPLATES = Path(__file__).parent / "templates"
TITLES = {
    400: "That can’t be understood",
    401: "A token is needed",
    403: "Not allowed",
    404: "Nothing is here",
    405: "Not that way",
    406: "Not in that form",
    408: "Too slow",
    413: "Too large",
    415: "Not a form that is read here",
    421: "Another address",
    500: "Something failed",
    503: "Too much at once",
}
# The parts of the server, as the navigation names them.
PLACES = (
    ("/", "Explore"),
    ("/query", "Query"),
    ("/contradictions", "Contradictions"),
    ("/corrections", "Corrections"),
    ("/add", "Add an article"),
    ("/actors-places/ontology", "Ontology"),
)
_FORMS = ("text/plain", "text/html", "application/json")
# What the one who asked can mend; a store that can't be read is not among it.
_THEIRS = (CorrectionError, InputError, QueryError, UsageError)


def page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page made of a template of this package, which extends `base.html`.

    Values are escaped. `here` is the path that the navigation marks as the present one.
    """
    return HTMLResponse(environment().get_template(template).render(values), status)


@cache
def environment() -> jinja2.Environment:
    """Return where templates come from: everything put into one is escaped."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.globals["places"] = PLACES
    return made


def problem(headers: Headers, status: int, message: str, more: dict[str, str] | None = None) -> Response:
    """Return what says that something went wrong: a page for browsers, JSON for those who ask for it, else text."""
    form = best(headers.get("accept", ""), _FORMS)
    answer: Response
    if form == "text/html":
        answer = page("problem.html", status=status, title=TITLES.get(status, "Something went wrong"), message=message)
    elif form == "application/json":
        answer = Response(json.dumps({"error": message}), status, media_type="application/json")
    else:
        answer = PlainTextResponse(message + "\n", status)
    answer.headers.update({"Cache-Control": "no-store", **(more or {})})
    return answer


async def refused(request: Request, error: Exception) -> Response:
    """Return the answer to an HTTPException: the words it was raised with, or, where it has none, ours."""
    if not isinstance(error, HTTPException):
        raise error
    status, message = error.status_code, error.detail
    if message == http.client.responses.get(status):
        message = {404: "nothing is here", 405: f"{request.method} is not answered here"}.get(status, message)
    return problem(request.headers, status, message, dict(error.headers or {}))


async def failed(request: Request, error: Exception) -> Response:
    """Return the answer to an error of kg: what the one who asked can mend is told, what lies on the disk is not."""
    if isinstance(error, _THEIRS):
        return problem(request.headers, 400, plain(error, request.app.state.served.folder))
    logging.getLogger(__name__).error("%s: %s", request.url.path, error)
    return problem(request.headers, 503, "the graph can't be read now: the terminal of kg serve says more")


async def left(_: Request, __: Exception) -> Response:
    """Return what nobody reads: who asked has gone before all of the question was there."""
    return Response(status_code=400)


async def broken(request: Request, error: Exception) -> Response:
    """Return the answer to an error that nobody foresaw; it is written to the terminal, and nothing of it sent."""
    logging.getLogger(__name__).error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(request.headers, 500, "something failed: the terminal of kg serve says more")
