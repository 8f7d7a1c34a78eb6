"""The explorer: the page at `/` over a graph of any size, the API that it asks, the pages of nodes and the ontology."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kg.cli.progress import counting
from kg.serve import answers
from kg.serve.api import api, first_view
from kg.serve.index import Index
from kg.serve.indexing import Step
from kg.serve.pages import pages
from kg.serve.served import Served
from kg.serve.vocabulary import vocabulary
from kg.view.content import Json
from kg.view.page import served as shown


def routes(served: Served) -> list[BaseRoute]:
    """Return what is answered; the index of the graph is made first, where there is none."""
    index = Index(served.folder, _watched)
    first_view(index)  # whoever asks first need not wait for it
    made: dict[str, tuple[str, str]] = {}

    def page(request: Request) -> Response:
        index.follow()
        key = index.key
        if key not in made:
            found = first_view(index)
            total = cast("Json", found["total"])["sources"]
            title = f"{total:,} article{'' if total == 1 else 's'}"
            made.clear()
            made[key] = shown(found | {"base": served.base}, answers.PLACES, title=title)
        html, policy = made[key]
        # Also with "not modified": a browser puts its headers in the place of those that it kept.
        rules = f"{policy}; frame-ancestors 'none'"
        headers = {"Cache-Control": "no-cache", "ETag": f'"{key}"', "Content-Security-Policy": rules}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    return [Route("/", page), *api(index), *pages(served, index), *vocabulary(served)]


@contextmanager
def _watched(count: int) -> Iterator[Step]:
    """Show on the terminal how an index of so many documents comes along."""
    with counting(count, "indexing") as counter:
        yield counter.step
