"""A server that listens: a socket, uvicorn with this package's limits, and an end that is quick and quiet."""

import ipaddress
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from kg.corpus.opening import required
from kg.errors import UsageError
from kg.serve import served as serving
from kg.serve.app import application
from kg.serve.guards import HEAD
from kg.serve.limits import Limits
from kg.serve.protocol import Patience
from kg.serve.served import Served

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one.

    Raises:
        UsageError: it can't be had.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.create_server(address[:2], family=family, backlog=512)
    except OSError as error:
        taken = f"port {port} is taken" if error.errno == 98 else f"{host}, port {port}: {error.strerror or error}"
        raise UsageError(f"{taken}: choose another with --port, or 0 for one that is free") from None
    listening.set_inheritable(False)
    return listening


def serve(
    folder: Path,
    listening: socket.socket,
    *,
    token: str | None = None,
    origin: str | None = None,
    limits: Limits | None = None,
    ready: Callable[[Served], None] | None = None,
) -> None:
    """Serve a folder until somebody stops it; `ready` is told what, as soon as it can be asked.

    Raises:
        UsageError: there is no graph in the folder.
        StoreError: it can't be read.
    """
    required(folder)
    graph = serving.graph(folder)
    bound, port = listening.getsockname()[:2]
    origin = (origin or f"http://{_named(bound)}:{port}").rstrip("/")
    served = Served(folder, graph.base, origin, hosts(bound, port, origin), token)
    config = uvicorn.Config(
        application(served, limits),
        http=Patience,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
        h11_max_incomplete_event_size=HEAD,
    )
    # Ctrl-C is how this is ended.
    with suppress(KeyboardInterrupt):
        _Server(config, lambda: ready(served) if ready else None).run(sockets=[listening])


class _Server(uvicorn.Server):
    """uvicorn, which says when it listens and does not wait for those who still do."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End at once: a connection that is open is not waited for."""
        for connection in list(self.server_state.connections):
            if connection.transport is not None:
                connection.transport.abort()
        await super().shutdown(sockets)


def hosts(bound: str, port: int, origin: str) -> frozenset[str]:
    """Return the values of Host that are answered: names of this machine, and the name under which others know it.

    >>> sorted(hosts("127.0.0.1", 8765, "https://graph.example.org"))
    ['127.0.0.1:8765', '[::1]:8765', 'graph.example.org', 'localhost:8765']
    """
    names = {*_LOOPBACK, _named(bound)}
    if ipaddress.ip_address(bound).is_unspecified:
        names |= {socket.gethostname(), *_addresses()}
    own = {f"{name}:{port}" for name in names} | ({*names} if port == 80 else set())
    return frozenset(name.lower() for name in {*own, origin.partition("://")[2]})


def is_loopback(listening: socket.socket) -> bool:
    """Return whether only this machine reaches a socket."""
    return ipaddress.ip_address(listening.getsockname()[0]).is_loopback


def _named(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def _addresses() -> set[str]:
    try:
        return {_named(str(found[4][0])) for found in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        return set()
