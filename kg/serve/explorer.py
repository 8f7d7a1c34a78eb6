"""The explorer: the page at `/` over a graph of any size, and the API that it asks."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.routing import BaseRoute

from kg.cli.progress import counting
from kg.serve.api import api
from kg.serve.index import Index
from kg.serve.indexing import Step
from kg.serve.served import Served


def routes(served: Served) -> list[BaseRoute]:
    """Return what is answered; the index of the graph is made first, where there is none."""
    return [*api(Index(served.folder, _watched))]


@contextmanager
def _watched(count: int) -> Iterator[Step]:
    """Show on the terminal how an index of so many documents comes along."""
    with counting(count, "indexing") as counter:
        yield counter.step
