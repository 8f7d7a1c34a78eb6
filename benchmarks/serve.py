"""How many questions the endpoint answers: 200 clients on loopback for 20 s, beside the plain Oxigraph server.

    python benchmarks/serve.py [DIR] [--documents 800] [--clients 200] [--seconds 20]

Without DIR the graph of made_graph.py is built in a folder that is thrown away: about a million triples. The clients
are a process of their own; each asks one question after the other on one connection: what a node is called, what is
said of it, who is with it, what it is as Turtle, and how many of a class there are. First `kg serve` is asked, then
`oxigraph serve-read-only` over the same store, the same questions in the same order. Exit status 1 when `kg serve`
gives any error.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from made_graph import DOCUMENTS, make

PREFIXES = (
    "PREFIX kg: <https://w3id.org/actors-places/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
)
QUESTIONS = (
    "SELECT ?name {{ {node} rdfs:label ?name }}",
    "SELECT ?p ?o {{ {node} ?p ?o }} LIMIT 50",
    "SELECT ?other ?name {{ ?s rdf:subject {node} ; rdf:object ?other . ?other rdfs:label ?name }} LIMIT 50",
    "ASK {{ ?s rdf:subject {node} ; kg:negated true }}",
    "CONSTRUCT {{ {node} ?p ?o }} WHERE {{ {node} ?p ?o }}",
    "SELECT (COUNT(*) AS ?n) {{ ?s rdf:object {node} ; rdf:subject ?o }}",
)
ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"


def questions(folder: Path) -> list[str]:
    """Return a thousand questions about nodes of a graph."""
    import kg

    chance = random.Random(7)  # noqa: S311 — the same questions every time are what is wanted
    rows = kg.open(folder).query("SELECT ?node { ?node a kg:Actor }")
    nodes = sorted(str(row["node"]) for row in rows)
    return [PREFIXES + QUESTIONS[n % len(QUESTIONS)].format(node=f"<{chance.choice(nodes)}>") for n in range(1_000)]


async def client(port: int, path: str, asked: list[str], until: float, took: list[float], errors: list[str]) -> None:
    """Ask one question after the other on one connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    number = 0
    while time.monotonic() < until:
        query = quote(asked[number % len(asked)], safe="")
        head = f"GET {path}?query={query} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: {ACCEPT}\r\n\r\n"
        begin = time.perf_counter()
        writer.write(head.encode())
        status = await answer(reader)
        took.append(time.perf_counter() - begin)
        if status != 200:
            errors.append(f"status {status}")
        number += 1
    writer.close()


async def answer(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end; return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next((line.partition(":")[2] for line in head.split("\r\n") if line.startswith("content-length:")), None)
    if length is not None:
        await reader.readexactly(int(length))
    else:
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split()[1])


async def crowd(port: int, path: str, asked: list[str], clients: int, seconds: float) -> dict[str, object]:
    """Let so many clients ask for so long; return what they saw."""
    took: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + seconds
    begin = time.monotonic()
    starts = [n * 37 % len(asked) for n in range(clients)]
    found = await asyncio.gather(
        *(client(port, path, asked[at:] + asked[:at], until, took, errors) for at in starts), return_exceptions=True
    )
    errors += [repr(error) for error in found if error is not None]
    return {"took": sorted(took), "errors": errors, "seconds": time.monotonic() - begin}


@contextmanager
def running(command: list[str], port: int) -> Iterator[int]:
    """A server that answers at a port, by its process id, until the end."""
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield process.pid
        finally:
            process.send_signal(signal.SIGINT)


def measured(name: str, command: list[str], path: str, given: argparse.Namespace, file: Path) -> tuple[float, int]:
    """Ask a server, from another process, and print what was seen; return answers a second and errors."""
    port = _free()
    with running([part.replace("PORT", str(port)) for part in command], port) as pid:
        ask = [sys.executable, __file__, "--ask", str(port), "--path", path, "--questions", str(file)]
        limits = ["--clients", str(given.clients), "--seconds", "3"]
        subprocess.run([*ask, *limits], check=True, capture_output=True)
        limits[-1] = str(given.seconds)
        before = spent(pid)
        seen = json.loads(subprocess.run([*ask, *limits], check=True, capture_output=True).stdout)
        cpu = spent(pid) - before
    took, errors = seen["took"], seen["errors"]
    rate = len(took) / seen["seconds"]
    at = {share: 1_000 * took[min(int(len(took) * share), len(took) - 1)] for share in (0.5, 0.9, 0.99)}
    print(
        f"{name:<9} {len(took):>7,} answers  {rate:>8,.0f}/s  p50 {at[0.5]:.0f} ms  p90 {at[0.9]:.0f} ms"
        f"  p99 {at[0.99]:.0f} ms  longest {1_000 * took[-1]:.0f} ms  {1_000 * cpu / len(took):.2f} CPU-ms each"
        f"  {len(errors)} errors {errors[:3] or ''}"
    )
    return rate, len(errors)


def spent(pid: int) -> float:
    """Return the seconds of CPU that a process and those it started have taken, and those that ended."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if pid in (int(stat.parent.name), int(fields[1])):
            total += sum(map(int, fields[11:13]))
    return total / os.sysconf("SC_CLK_TCK")


def _free() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def compare(folder: Path, given: argparse.Namespace) -> int:
    """Measure both servers; return the exit status."""
    make(folder, given.documents)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "questions.json"
        file.write_text(json.dumps(questions(folder)), encoding="utf-8")
        ours = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "PORT"]
        rate, errors = measured("kg serve", ours, "/sparql", given, file)
        oxigraph = str(Path(sys.executable).with_name("oxigraph"))
        plain = [oxigraph, "serve-read-only", "--location", str(folder / "store"), "--bind", "127.0.0.1:PORT"]
        other, _ = measured("oxigraph", plain, "/query", given, file)
    print(f"kg serve answers {rate / other:.2f} times as many as oxigraph")
    return 1 if errors else 0


def main() -> None:
    """Compare the servers, or be the clients of one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--ask", type=int, metavar="PORT", help=argparse.SUPPRESS)
    parser.add_argument("--path", default="/sparql", help=argparse.SUPPRESS)
    parser.add_argument("--questions", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.ask is not None:
        asked = json.loads(given.questions.read_text(encoding="utf-8"))
        print(json.dumps(asyncio.run(crowd(given.ask, given.path, asked, given.clients, given.seconds))))
        return
    if given.folder is not None:
        sys.exit(compare(given.folder, given))
    with tempfile.TemporaryDirectory() as place:
        sys.exit(compare(Path(place) / "graph", given))


if __name__ == "__main__":
    main()
