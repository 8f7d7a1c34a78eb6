"""The page on which articles are added, and what takes them in: a text, or a file as it is."""

import json
import re
import tempfile
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import InputError, UsageError
from kg.read.base import day, entry
from kg.read.inputs import suffixes
from kg.serve.answers import page
from kg.serve.guards import BODY, require_writer, writer
from kg.serve.progress import accepted, jobs
from kg.serve.served import Served

_FIELDS = ("id", "title", "date", "url", "text")
_NOT_IN_ID = re.compile(r"[^\w.-]+")
# Characters of a name that a folder or a terminal would act on.
_NOT_IN_NAME = re.compile(r"[\x00-\x1f\x7f/\\]")


def routes(served: Served) -> list[BaseRoute]:
    """Return the page, and where texts and files are sent."""

    def shown(request: Request) -> Response:
        return page(
            "add.html",
            here="/add",
            writable=served.token is not None,
            writer=writer(request.headers, served),
            suffixes=",".join(sorted(suffixes())),
            largest=BODY,
        )

    async def text(request: Request) -> JSONResponse:
        require_writer(request.headers, served)
        document = _document(await request.body())
        place = _place({"article.jsonl": json.dumps(document).encode()})
        label = document.get("title") or document["id"]
        return accepted(jobs(request).submit("add", label, place, files=["article.jsonl"]))

    async def file(request: Request) -> JSONResponse:
        require_writer(request.headers, served)
        name = _name(request.query_params.get("name", ""))
        date = _date(request.query_params.get("date"))
        place = _place({name: await request.body()})
        return accepted(jobs(request).submit("add", name, place, files=[name], date=date))

    return [
        Route("/add", shown),
        Route("/api/add", text, methods=["POST"]),
        Route("/api/add/file", file, methods=["POST"]),
    ]


def _document(body: bytes) -> dict[str, str]:
    """Return the document that a form holds.

    Raises:
        UsageError: it holds none, or one of its fields can't be used.
    """
    try:
        given = json.loads(body)
    except ValueError:
        raise UsageError("the article is not JSON") from None
    if not isinstance(given, dict) or not all(isinstance(given.get(key, ""), str) for key in _FIELDS):
        raise UsageError(f"write an article as an object with {', '.join(_FIELDS)}")
    document = {key: given[key].strip() if key != "text" else given[key] for key in _FIELDS if given.get(key)}
    document.setdefault("id", identifier(document))
    found = entry(document, source="the article")
    if isinstance(found, InputError):
        raise UsageError(str(found))
    return document


def identifier(document: Mapping[str, str]) -> str:
    """Return an id for a document that brings none: its day and title, else a digest of its text.

    >>> identifier({"title": "Police clear the camp!", "date": "2021-07-01", "text": "…"})
    '2021-07-01-police-clear-the-camp'
    """
    title = _NOT_IN_ID.sub("-", document.get("title", "").casefold()).strip("-.")[:60].strip("-.")
    text = document.get("text", "").encode("utf-8", "surrogatepass")
    last = title or f"article-{blake2b(text, digest_size=4).hexdigest()}"
    return "-".join(filter(None, (document.get("date"), last)))


def _name(given: str) -> str:
    name = _NOT_IN_NAME.sub("", PurePosixPath(given.replace("\\", "/")).name).lstrip(".")
    if not name or len(name.encode()) > 200:
        raise HTTPException(400, "name the file, in at most 200 bytes: ?name=calais.txt")
    return name


def _date(given: str | None) -> str | None:
    try:
        return day(given)
    except ValueError as error:
        raise UsageError(str(error)) from None


def _place(files: Mapping[str, bytes]) -> Path:
    place = Path(tempfile.mkdtemp(prefix="kg-add-"))
    for name, data in files.items():
        (place / name).write_bytes(data)
    return place
