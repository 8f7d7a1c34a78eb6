"""`kg serve`: what it says before it serves, and how it ends."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serve.conftest import serving

from .conftest import Run


def test_a_folder_without_a_graph_is_refused(run: Run, tmp_path: Path) -> None:
    result = run("serve", tmp_path)
    assert (result.status, result.out) == (2, "")
    assert result.err == f"kg: no graph in {tmp_path}: name a folder that kg build made\n"


def test_a_port_that_is_taken_is_named(run: Run, built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("serve", built, "--port", port)
    assert result.status == 2
    assert result.err.startswith(f"kg: port {port} is taken: choose another with --port")


def test_a_host_that_is_not_this_machine_is_refused(run: Run, built: Path) -> None:
    result = run("serve", built, "--host", "192.0.2.1", "--port", "0")
    assert result.status == 2
    assert "192.0.2.1" in result.err


def test_what_is_missing_is_named(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("kg.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    result = run("serve", built)
    assert result.status == 2
    assert "pip install 'kg-actors-places[serve]'" in result.err


@pytest.mark.parametrize("token", ["short", "with spaces in between it", "nicht-ascii-genügend-lang"])
def test_a_weak_token_is_refused(run: Run, built: Path, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("KG_SERVE_TOKEN", token)
    result = run("serve", built, "--writable", "--port", "0")
    assert result.status == 2
    assert "KG_SERVE_TOKEN is no token" in result.err


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_at_once_and_quietly_while_clients_wait(built: Path, ending: signal.Signals) -> None:
    with serving(built) as server, socket.create_connection(("127.0.0.1", server.port)) as waiting:
        waiting.sendall(b"GET / HTTP/1.1\r\n")
        server.process.send_signal(ending)
        status = server.process.wait(timeout=20)
        assert server.process.stderr is not None
        assert server.process.stderr.read() == ""
        assert status == (0 if ending is signal.SIGINT else -signal.SIGTERM)


def test_another_host_is_warned_of(built: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", str(built), "--port", "0", "--host", "0.0.0.0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        warning = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        process.stderr.read()
    assert "whoever reaches this machine" in warning
