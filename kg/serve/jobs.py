"""What is to be done to the graph, one after another: each in a process of its own, whose progress can be asked for.

What waits lies in memory and in files of the system's temporary folder: it is gone with the server. What was begun is
finished or taken back; nothing of the graph is half written.
"""

import asyncio
import json
import shutil
from asyncio.subprocess import PIPE, Process
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal

from kg.errors import UsageError
from kg.serve import spawned

State = Literal["waiting", "running", "done", "failed", "cancelled"]
# So many wait at most, and so many that are over are remembered.
MOST = 50
# A line that a process tells may name many documents.
LINE = 16 * 2**20


@dataclass
class Job:
    """Something to be done: what it is, how far it is, and what came of it.

    `place` is a folder of what it reads, which goes with it; `documents` are those that it has begun to add.
    """

    id: str
    kind: Literal["add", "build"]
    label: str
    task: dict[str, object]
    place: Path | None = None
    state: State = "waiting"
    phase: str = ""
    progress: dict[str, object] = field(default_factory=dict)
    result: dict[str, object] | None = None
    error: str | None = None
    documents: list[str] = field(default_factory=list)
    stopped: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed", "cancelled")

    def told(self) -> dict[str, object]:
        """Return what a page shows."""
        keys = ("id", "kind", "label", "state", "phase", "progress", "result", "error")
        return {key: getattr(self, key) for key in keys}


class Jobs:
    """The jobs of one folder."""

    def __init__(self, folder: Path) -> None:
        """Begin with none."""
        self._folder = folder.absolute()
        self._all: dict[str, Job] = {}
        self._waiting: deque[Job] = deque()
        self._numbers = count(1)
        self._process: Process | None = None
        self._working: asyncio.Task[None] | None = None

    def submit(self, kind: Literal["add", "build"], label: str, place: Path | None = None, **task: object) -> Job:
        """Put a job behind those that wait; two builds in a row are one.

        Raises:
            UsageError: too many wait.
        """
        if kind == "build" and self._waiting and self._waiting[-1].kind == "build":
            return self._waiting[-1]
        if len(self._waiting) >= MOST:
            raise UsageError(f"{MOST} jobs wait already: let some be done first")
        task |= {"kind": kind, "folder": str(self._folder), "place": None if place is None else str(place)}
        job = Job(str(next(self._numbers)), kind, label, task, place)
        self._all[job.id] = job
        over = [other.id for other in self._all.values() if other.over]
        for gone in over[: max(0, len(over) - MOST)]:
            del self._all[gone]
        self._waiting.append(job)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work())
        return job

    def get(self, identifier: str) -> Job | None:
        """Return a job by its id."""
        return self._all.get(identifier)

    def all(self) -> list[Job]:
        """Return all jobs, the last one first."""
        return list(reversed(self._all.values()))

    def cancel(self, job: Job) -> None:
        """Give a job up; one that runs is stopped, and what it had begun is taken back."""
        if job.over:
            return
        if job in self._waiting:
            self._waiting.remove(job)
            _end(job, "cancelled")
            return
        job.stopped = True
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _work(self) -> None:
        while self._waiting:
            job = self._waiting.popleft()
            job.state = "running"
            await self._run(job, job.task)
            if job.result is not None or (job.error is not None and not job.stopped):
                _end(job, "done" if job.error is None else "failed")
                continue
            if job.documents:
                job.phase = "taking back"
                await self._run(job, {"kind": "settle", "folder": str(self._folder), "documents": job.documents})
            if not job.stopped:
                job.error = job.error or "the process that did it died: the terminal of kg serve may say why"
            _end(job, "cancelled" if job.stopped else "failed")

    async def _run(self, job: Job, task: dict[str, object]) -> None:
        process = await asyncio.create_subprocess_exec(
            *spawned.command("kg.serve.work"), stdin=PIPE, stdout=PIPE, limit=LINE, env=spawned.environment()
        )
        self._process = process
        if job.stopped and task is job.task:
            process.kill()
        if process.stdin is not None and process.stdout is not None:
            process.stdin.write(json.dumps(task).encode() + b"\n")
            async for line in process.stdout:
                _hear(job, json.loads(line))
            await process.wait()
            process.stdin.close()
        self._process = None


def _hear(job: Job, told: dict[str, object]) -> None:
    """Take in what a process tells."""
    match told:
        case {"phase": str(phase)}:
            job.phase = phase
            job.progress = {key: value for key, value in told.items() if key != "phase"}
        case {"documents": list(documents)}:
            job.documents = documents
        case {"result": dict(result)}:
            job.result = result
        case {"error": str(error)}:
            job.error = error


def _end(job: Job, state: State) -> None:
    job.state = state
    if job.place is not None:
        shutil.rmtree(job.place, ignore_errors=True)
        job.place = None
