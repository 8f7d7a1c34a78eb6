"""HTTP as uvicorn speaks it, with an end to patience: for a request that does not come, and for who does not read.

uvicorn closes connections that are idle after an answer. One that was never asked anything, one whose request stops
halfway and one whose answer is not taken would stay for ever.
"""

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

# Seconds for the head of a request, for its body, and for the network to take anything of an answer.
HEAD, BODY, READ = 10.0, 60.0, 60.0
CONNECTIONS = 600
_ANSWER = (
    b"HTTP/1.1 %s\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
    b"Content-Security-Policy: default-src 'none'\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
)


class Patience(H11Protocol):
    """A connection whose client has so long and no longer; drops in between don't buy more time."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Speak to a client."""
        super().__init__(config, server_state, app_state, _loop)
        self._stage: object = None
        self._timer: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request, unless there are too many who do."""
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            self._close(b"503 Service Unavailable", b"too many connections\n")
        else:
            self._watch()

    def data_received(self, data: bytes) -> None:
        """Take in what came."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Go on with the next request of the connection; until it begins uvicorn's own time runs."""
        super().on_response_complete()
        self._watch(asked=False)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        super().connection_lost(exc)
        self._stop()
        self.resume_writing()

    def pause_writing(self) -> None:
        """Begin to wait for who does not read."""
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(READ, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: something was read."""
        super().resume_writing()
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, or too long."""
        self._close(b"400 Bad Request", msg.encode("ascii", "replace") + b"\n")

    def _watch(self, *, asked: bool = True) -> None:
        """Let the time run that belongs to what is waited for; it began when that began. `asked`: for a request."""
        state = self.conn.their_state
        waits = state is h11.SEND_BODY or (asked and state is h11.IDLE)
        if not waits or self.transport.is_closing():
            self._stop()
        elif self._stage != (state, self.cycle):
            self._stop()
            self._stage = state, self.cycle
            self._timer = self.loop.call_later(BODY if state is h11.SEND_BODY else HEAD, self._too_slow)

    def _stop(self) -> None:
        self._stage = None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_slow(self) -> None:
        self._timer = None
        answered = self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE)
        if self.transport.is_closing() or answered:
            self.transport.abort()
        else:
            self._close(b"408 Request Timeout", b"the request did not come to an end\n")

    def _close(self, status: bytes, message: bytes) -> None:
        self.transport.write(_ANSWER % (status, len(message), message))
        self.transport.close()
