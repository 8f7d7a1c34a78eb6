"""The application: which module answers at which path. Each has a function `routes`."""

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from kg.serve.served import Served


def application(served: Served) -> Starlette:
    """Return the ASGI application that answers for a folder."""
    routes: list[BaseRoute] = []
    app = Starlette(routes=routes)
    app.state.served = served
    return app
