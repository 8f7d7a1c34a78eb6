"""The processes that answer queries: who waits for one, and who is ended.

A query has a process of its own while it runs, so one that takes too long or too much is ended by ending the process;
another takes its place when it is needed. Those who ask wait in line, so long and no longer.
"""

import asyncio
import json
import signal
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.serve import spawned
from kg.serve.limits import Limits

# What the allocator keeps apart for each thread counts as memory that is used.
_SPARING = {"MALLOC_ARENA_MAX": "2"}


class Refusal(Exception):  # noqa: N818 — an answer as good as another one
    """Why there is no answer: an HTTP status, what is told, and whether it may be different soon."""

    def __init__(self, status: int, message: str) -> None:
        """Say `message` with an HTTP status."""
        self.status = status
        super().__init__(message)


@dataclass(eq=False, slots=True)
class Process:
    """A process that answers; `free`: it has answered whole what it was asked last."""

    process: asyncio.subprocess.Process
    free: bool = True

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self.free and self.process.returncode is None

    async def ask(self, question: list[object]) -> AsyncGenerator[tuple[bytes, bytes]]:
        """Yield the frames of an answer (see kg/serve/worker.py), as they come.

        Raises:
            Refusal: the process ended; its own reasons come as a frame.
        """
        out, into = self.process.stdout, self.process.stdin
        if out is None or into is None:
            raise Refusal(503, "no process answers")
        self.free = False
        try:
            into.write(json.dumps(question).encode() + b"\n")
            await into.drain()
            kind = b""
            while kind not in (b"E", b"X"):
                head = await out.readexactly(5)
                kind = head[4:]
                data = await out.readexactly(int.from_bytes(head[:4], "big"))
                # One that says it is its last has kept too much memory.
                self.free = kind in (b"E", b"X") and data != b"last"
                yield kind, data
        except (asyncio.IncompleteReadError, ConnectionError):
            raise _ended(await self.process.wait()) from None

    def kill(self) -> None:
        """End it at once."""
        self.free = False
        with suppress(ProcessLookupError):
            self.process.kill()


@dataclass(eq=False, slots=True)
class Pool:
    """The processes over a folder; they are started when they are needed."""

    folder: Path
    limits: Limits
    _slots: asyncio.Semaphore = field(init=False)
    _idle: list[Process] = field(default_factory=list)
    _all: set[Process] = field(default_factory=set)
    _waiting: int = 0

    def __post_init__(self) -> None:
        self._slots = asyncio.Semaphore(self.limits.workers)

    @asynccontextmanager
    async def process(self) -> AsyncIterator[Process]:
        """Give a process that nobody else has; one that has not answered whole at the end is ended.

        Raises:
            Refusal: too many wait, or it took too long.
        """
        await self._turn()
        try:
            given = await self._taken()
            try:
                yield given
            finally:
                if given.alive:
                    self._idle.append(given)
                else:
                    await self._end(given)
        finally:
            self._slots.release()

    async def close(self) -> None:
        """End all of them."""
        for process in [*self._all]:
            await self._end(process)

    async def warm(self) -> None:
        """Start one, so that the first query need not wait for it."""
        with suppress(Refusal):
            async with self.process():
                pass

    async def _turn(self) -> None:
        if self._waiting >= self.limits.waiting:
            raise Refusal(503, f"{self._waiting} queries are waiting: try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.wait):
                await self._slots.acquire()
        except TimeoutError:
            raise Refusal(503, "other queries take all the time there is: try again later") from None
        finally:
            self._waiting -= 1

    async def _taken(self) -> Process:
        while self._idle:
            process = self._idle.pop()
            if process.alive:
                return process
            await self._end(process)
        return await self._started()

    async def _started(self) -> Process:
        limits = self.limits
        told = {
            "folder": str(self.folder.absolute()),
            "seconds": limits.seconds,
            "rows": limits.rows,
            "megabytes": limits.megabytes,
        }
        started = Process(
            await asyncio.create_subprocess_exec(
                *spawned.command("kg.serve.worker", json.dumps(told)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=spawned.environment(**_SPARING),
                # Ctrl-C is for the server, which ends these.
                start_new_session=True,
                limit=2**20,
            )
        )
        self._all.add(started)
        return started

    async def _end(self, process: Process) -> None:
        process.kill()
        self._all.discard(process)
        await process.process.wait()


def _ended(status: int) -> Refusal:
    """Return what it says of a query that its process ended with a status."""
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        return Refusal(503, "the query takes more memory than it may: ask for less, or without ORDER BY and GROUP BY")
    if status == -signal.SIGALRM:
        return Refusal(503, "the query takes more time than it may")
    if status < 0:
        return Refusal(400, "the query is too deep or too long to be read")
    return Refusal(503, "the graph can't be read now: try again when kg build is done")
