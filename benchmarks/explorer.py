"""What the explorer takes on a graph of about a million triples: the index, the first view, neighbourhoods, search.

    python benchmarks/explorer.py DIR [--documents 800] [--repeat 5] [--port 8790]

DIR is built first if it is empty (benchmarks/made_graph.py). `kg serve` runs as a process of its own and is asked over
HTTP, as the page does; answers are read to their end. Of each kind of question the worst median is printed beside its
bar: the median over the repeats, the worst over the names, hubs or letters asked for; and the server's own CPU time,
which says more where other work goes on. With Chromium installed the page is opened too: its CPU until it is drawn, and
until a hub's neighbours are. Exit status 1 when a bar is not held.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import requests
from made_graph import DOCUMENTS, make

FIRST, AROUND, SEARCH = 1.0, 0.15, 0.05  # seconds


def index(folder: Path) -> None:
    """Make the index, and say what that took."""
    from kg.serve.index import NAME, Index

    (folder / NAME).unlink(missing_ok=True)
    begin = time.perf_counter()
    made = Index(folder)
    took = time.perf_counter() - begin
    size = (folder / NAME).stat().st_size
    with made.reading() as db:
        (documents,) = db.execute("SELECT COUNT(*) FROM document").fetchone()
        counts = [db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("entity", "claim", "arrow")]  # noqa: S608
    print(
        f"graph          {documents:,} documents, {counts[0]:,} names, {counts[1]:,} statements, {counts[2]:,} arrows"
    )
    print(f"index          {took:.1f} s ({1000 * took / documents:.1f} ms a document), {size / 1e6:.0f} MB")
    begin = time.perf_counter()
    Index(folder)
    print(f"opened again   {1000 * (time.perf_counter() - begin):.0f} ms")


def cpu(process: int) -> float:
    """Return the CPU seconds that a process has taken, where the system says so."""
    told = Path(f"/proc/{process}/stat")
    if not told.is_file():
        return 0.0
    fields = told.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks a server, and takes the time."""

    url: str
    process: int
    repeat: int
    session: requests.Session

    def get(self, path: str) -> requests.Response:
        """Return an answer that is no error."""
        answer = self.session.get(self.url + path)
        answer.raise_for_status()
        return answer

    def worst(self, name: str, paths: list[str], bar: float, body: object = None) -> bool:
        """Print the largest of the median times of some questions, and the CPU time of one; return if a bar is held."""
        found = []
        before = cpu(self.process)
        for path in paths:
            times = []
            for _ in range(self.repeat):
                begin = time.perf_counter()
                answer = self.session.request("POST" if body else "GET", self.url + path, json=body)
                times.append(time.perf_counter() - begin)
                answer.raise_for_status()
            found.append(statistics.median(times))
        spent = (cpu(self.process) - before) / (len(paths) * self.repeat)
        held = max(found) <= bar
        told = f"{1000 * max(found):7.0f} ms  (at most {1000 * bar:.0f})  CPU {1000 * spent:.0f} ms on average"
        print(f"{name:24}{told}{'' if held else '  NOT HELD'}")
        return held


def measure(asking: Asking) -> bool:
    """Ask the server, print what it takes, return whether all bars are held."""
    view = asking.get("/api/view").json()
    nodes = view["nodes"]
    hubs, usual = nodes[:5], nodes[100:140:8]
    shown = [[n["n"], p["x"], p["y"]] for n, p in zip(nodes, view["picture"]["nodes"], strict=True)]
    words = [f"/api/search?q={node['name'][:end]}" for node in (hubs[0], usual[0]) for end in range(1, 9)]
    both = [_around(node) for node in (*hubs, *usual)]
    paths = [f"/api/path?from={hubs[0]['iri']}&to={node['iri']}" for node in usual]
    entity = hubs[0]["iri"].partition("//")[2].partition("/")[2]
    held = [
        asking.worst("first page", ["/"], FIRST),
        asking.worst("first view as JSON", ["/api/view"], FIRST),
        asking.worst("around the busiest", [_around(node) for node in hubs], AROUND),
        asking.worst("around usual ones", [_around(node) for node in usual], AROUND),
        asking.worst("… added to the view", both, AROUND, {"shown": shown}),
        asking.worst("search as you type", [*words, "/api/search?q=zzzz", "/api/search?q=event"], SEARCH),
        asking.worst("path", paths, AROUND),
        asking.worst("page of the busiest", [f"/{entity}"], FIRST),
    ]
    return all(held)


def _around(node: dict[str, str]) -> str:
    return f"/api/around?node={node['iri']}"


def browser(url: str) -> None:
    """Open the page, expand the busiest node, print the CPU time of the page."""
    from page import _browser, _metrics, _wait

    with tempfile.TemporaryDirectory() as profile:
        driver = _browser(profile)
        try:
            driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
            driver.get(f"{url}/")
            _wait(driver, "return document.documentElement.dataset.drawn === 'true'")
            drawn = _metrics(driver)["TaskDuration"]
            driver.execute_script("kg.select({ kind: 'node', id: 0 }); document.getElementById('expand').click()")
            _wait(driver, "return document.documentElement.dataset.fetching === '0'")
            print(f"page drawn     {drawn:.2f} CPU seconds, {_metrics(driver)['TaskDuration'] - drawn:.2f} to expand")
        finally:
            driver.quit()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--port", type=int, default=8790)
    given = parser.parse_args()
    make(given.folder, given.documents)
    index(given.folder)
    command = [sys.executable, "-m", "kg", "serve", str(given.folder), "--port", str(given.port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None  # noqa: S101
            while "is served at" not in (line := process.stderr.readline()) and line:
                pass
            url = f"http://127.0.0.1:{given.port}"
            held = measure(Asking(url, process.pid, given.repeat, requests.Session()))
            if which("chromium"):
                browser(url)
        finally:
            process.terminate()
    sys.exit(not held)


if __name__ == "__main__":
    main()
