"""The application: which module answers at which path. Each has a function `routes`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kg.errors import KgError
from kg.serve import adding, answers, corrections, disputes, endpoint, explorer, progress, query_page
from kg.serve.guards import Guards
from kg.serve.jobs import Jobs
from kg.serve.limits import Limits
from kg.serve.pool import Pool
from kg.serve.served import Served
from kg.view import palette

PARTS = (explorer, adding, corrections, disputes, progress, query_page)
STATIC = Path(__file__).parent / "static"


def application(served: Served, limits: Limits | None = None) -> ASGIApp:
    """Return the ASGI application that answers for a folder."""
    pool = Pool(served.folder, limits or Limits())

    @asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        await pool.warm()
        yield
        await pool.close()

    parts = (route for module in PARTS for route in module.routes(served))
    app = Starlette(
        routes=[*endpoint.routes(served, pool), *parts, *_static()],
        lifespan=living,
        exception_handlers={
            HTTPException: answers.refused,
            KgError: answers.failed,
            ClientDisconnect: answers.left,
            Exception: answers.broken,
        },
    )
    app.state.served = served
    app.state.jobs = Jobs(served.folder)
    return Guards(app, served)


def _static() -> list[BaseRoute]:
    """The files of the pages, the same for every graph."""

    async def colours(_: Request) -> PlainTextResponse:
        return PlainTextResponse(css, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    css = palette.themes() + "\n"
    return [Route("/static/palette.css", colours), Mount("/static", StaticFiles(directory=STATIC), name="static")]
