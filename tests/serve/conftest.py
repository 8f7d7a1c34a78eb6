"""A real server over a graph that was built, in a process of its own."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from kg.model import Annotation
from kg.serial import from_json
from tests.store.servers import _end_with_parent as end_with_parent

TOKEN = "a-token-of-these-tests"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Server:
    """A running `kg serve`: `url` is its address without a slash at the end."""

    url: str
    folder: Path
    process: "subprocess.Popen[str]"

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def get(self, path: str, **options: object) -> requests.Response:
        return requests.get(self.url + path, timeout=60, **options)  # type: ignore[arg-type]

    def post(self, path: str, **options: object) -> requests.Response:
        return requests.post(self.url + path, timeout=60, **options)  # type: ignore[arg-type]

    def raw(self, data: bytes, timeout: float = 30) -> bytes:
        """Send bytes as they are; return what comes back until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(65536), b""))


@contextmanager
def serving(folder: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[Server]:
    """Run `kg serve` over `folder` on a free port of this machine, until the end."""
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env, preexec_fn=end_with_parent) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        while line and "is served at" not in line:
            line = process.stderr.readline()
        assert "is served at" in line, f"kg serve ended with {process.wait()}"
        try:
            url = line.partition(" is served at ")[2].partition("/ ")[0].partition("/?")[0]
            yield Server(url, folder, process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


@pytest.fixture(scope="session")
def news(root: Path) -> tuple[Annotation, ...]:
    """Two articles about an eviction, and one made of what breaks pages."""
    lines = (root / "tests" / "view" / "articles.jsonl").read_bytes().split(b"\n")
    return tuple(from_json(line) for line in lines if line)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory, news: tuple[Annotation, ...]) -> Path:
    """A folder with their graph. Don't write into it."""
    from kg.corpus.build import build
    from kg.settings import Settings

    place = tmp_path_factory.mktemp("served") / "graph"
    build(news, place, Settings())
    return place


@pytest.fixture(scope="session")
def server(folder: Path) -> Iterator[Server]:
    """A server that only reads."""
    with serving(folder) as running:
        yield running


@pytest.fixture
def writable(tmp_path: Path, news: tuple[Annotation, ...]) -> Iterator[Server]:
    """A server, over a folder of its own, in which who knows TOKEN may write."""
    import os

    from kg.corpus.build import build
    from kg.settings import Settings

    place = tmp_path / "graph"
    build(news, place, Settings())
    with serving(place, "--writable", env={**os.environ, "KG_SERVE_TOKEN": TOKEN}) as running:
        yield running
