"""Real servers in folders of their own: Oxigraph and Virtuoso, started and stopped by who asks."""

import ctypes
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

PASSWORD = "only_for_this_test"  # noqa: S105 (of a server that lives for a test)
INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
MaxCheckpointRemap = 2000

[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 60
CaseMode = 2
DirsAllowed = {folder}
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000

[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10

[SPARQL]
ResultSetMaxRows = 10000
MaxQueryCostEstimationTime = 400
MaxQueryExecutionTime = 60
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def program(name: str) -> str | None:
    """Where a program is: beside this Python, or on the path."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else shutil.which(name)


@contextmanager
def oxigraph(folder: Path, *more: str) -> Iterator[str]:
    """The address of an Oxigraph server over `folder`."""
    address = f"127.0.0.1:{free_port()}"
    command = [program("oxigraph") or "oxigraph", "serve", "--bind", address, "--location", str(folder), *more]
    with running(command, f"http://{address}/query"):
        yield f"http://{address}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a Virtuoso over `folder`, whose user dba has the password PASSWORD."""
    sql, http = free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "virtuoso.ini").write_text(INI.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    new = not (folder / "virtuoso.db").exists()
    with running(["virtuoso-t", "-f", "-c", str(folder / "virtuoso.ini")], f"http://127.0.0.1:{http}/sparql"):
        if new:
            change = f"set password dba {PASSWORD};"
            isql = [program("isql-vt") or "isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"exec={change}"]
            subprocess.run(isql, check=True, capture_output=True, timeout=60)
        yield f"http://127.0.0.1:{http}"


def _end_with_parent() -> None:
    """Let a server die when the tests are killed and can't stop it: PR_SET_PDEATHSIG, SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


@contextmanager
def running(command: list[str], url: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server that answers at `url`, and is stopped at the end."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=_end_with_parent
    )
    try:
        for _ in range(600):
            assert process.poll() is None, f"{command[0]} ended with {process.returncode}"
            try:
                requests.head(url, timeout=5)
            except requests.RequestException:
                time.sleep(0.05)
            else:
                break
        else:
            raise AssertionError(f"{command[0]} does not answer")
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=30)
