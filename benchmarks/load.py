"""Whether `kg load` brings a graph whole into Oxigraph server and Virtuoso, what it costs, and what a kill does.

    .venv/bin/python benchmarks/load.py [--triples N] [--kills N] [--store NAME]

A graph is built from the articles of the tests, again and again under new ids, so its literals are those that `kg`
writes. It is loaded, read back whole and compared triple by triple; the peer is all of it sent at once, in the way that
the product itself has for that (Oxigraph: one POST of N-Quads; Virtuoso: one PUT a graph, straight into its place).
Then loads are killed with kill -9 at random moments: after each, no graph may be there in part, and the next load has
to bring what is missing and nothing else.
"""

import argparse
import dataclasses
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Store

from kg.corpus.build import build
from kg.serial import from_json
from kg.settings import Settings
from kg.store import content, journal, loading, oxigraph
from kg.store.connection import Connection
from kg.store.discovery import connect
from kg.store.external import ExternalStore
from kg.store.verification import verify
from tests.store import servers

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "tests" / "graph" / "articles.jsonl"
PER_ARTICLE = 316
KG = [sys.executable, "-c", "from kg.cli.main import main; main()"]


@dataclass(frozen=True)
class Kill:
    """One kill: the graphs that were there whole and in part, those that the next load sent and found different.

    in_time  the load had not ended before
    """

    whole: int
    partly: int
    sent: int
    different: int
    in_time: bool


def built(folder: Path, triples: int) -> Store:
    """Build a graph of about that many triples in `folder` and open it."""
    lines = [line for line in ARTICLES.read_bytes().split(b"\n") if line]
    read = [from_json(line) for line in lines]
    many = (read[n % len(read)] for n in range(max(1, triples // PER_ARTICLE)))
    articles = (dataclasses.replace(a, id=f"a{n:06}", text=f"{a.text}\n\n{n}") for n, a in enumerate(many))
    build(articles, folder, Settings(), files=False)
    return oxigraph.open_folder(folder / "store")


def whole_and_partly(source: Store, target: ExternalStore, names: list[str]) -> tuple[int, int]:
    """Return how many graphs the store has whole, and how many in part."""
    counts = target.counts(names)
    sizes = {name: len(content.canonical_lines(content.triples(source, name))) for name in counts}
    whole = sum(counts[name] == sizes[name] for name in counts)
    return whole, len(counts) - whole


def killed(folder: Path, source: Store, url: str, moment: Callable[[Path], None]) -> Kill:
    """Load into an empty store, kill it when `moment` is over, look at what is there, and load again.

    `moment` is called with the file of the journal, and returns when it is time.
    """
    target = connect(url)
    names = content.names(source)
    for name in names:
        target.drop(name)
    file = journal.path(folder, target.endpoints.query)
    file.unlink(missing_ok=True)
    process = subprocess.Popen([*KG, "load", str(folder), url], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    moment(file)
    process.kill()
    in_time = process.wait() < 0
    # What the server has begun, it ends.
    time.sleep(0.3)
    whole, partly = whole_and_partly(source, target, names)
    with journal.opened(file, target.endpoints.query) as opened:
        items = loading.plan(source, target, opened.held, loose=False)
        outcome = loading.apply(items, source, target, opened)
    different = len(verify(items, source, target, sample=0).differences)
    left = target.rows('SELECT ?g { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), "urn:kg:")) } LIMIT 1')
    return Kill(whole, partly, len(names) - outcome.graphs["same"], different + len(left), in_time)


def report(kills: list[Kill], whole: float) -> None:
    """Print what the kills did to loads that take `whole` seconds when nobody kills them."""
    there, sent = [kill.whole for kill in kills], [kill.sent for kill in kills]
    print(f"  {len(kills)} kills within {whole:.1f} s, {sum(kill.in_time for kill in kills)} before the end:")
    print(f"    {min(there)} to {max(there)} graphs whole, {sum(kill.partly for kill in kills)} in part; the next load")
    print(f"    sent {min(sent)} to {max(sent)}; {sum(kill.different for kill in kills)} differ after it")


def after(seconds: float) -> Callable[[Path], None]:
    """Return a moment that comes after so many seconds."""
    return lambda _: time.sleep(seconds)


def loaded(folder: Path, source: Store, url: str) -> tuple[float, float]:
    """Load into an empty store and compare all of it; return the seconds of both."""
    target = connect(url)
    begin = time.perf_counter()
    with journal.opened(journal.path(folder, target.endpoints.query), target.endpoints.query) as opened:
        items = loading.plan(source, target, opened.held, loose=False)
        outcome = loading.apply(items, source, target, opened)
    middle = time.perf_counter()
    found = verify(items, source, target, sample=0)
    end = time.perf_counter()
    for difference in found.differences[:5]:
        print("   ", difference)
    print(
        f"  {outcome.triples:,} triples in {found.counted:,} graphs loaded in {middle - begin:.1f} s; "
        f"{found.triples:,} read back, compared in {end - middle:.1f} s: {len(found.differences)} graphs differ"
    )
    begin_again = time.perf_counter()
    items = loading.plan(source, target, journal.read(journal.path(folder, target.endpoints.query)), loose=False)
    same = sum(item.kind == "same" for item in items)
    print(f"  a second load: {same:,} of {len(items):,} graphs the same, {time.perf_counter() - begin_again:.1f} s")
    return middle - begin, end - middle


def at_once(folder: Path, source: Store, name: str, url: str) -> float:
    """Return the seconds that the product's own way takes."""
    connection = Connection(url)
    begin = time.perf_counter()
    if name == "oxigraph":
        headers = {"Content-Type": "application/n-quads"}
        connection.send("POST", f"{url}/store", (folder / "graph.nq").read_bytes(), headers)
    else:
        headers = {"Content-Type": "text/turtle"}
        for graph in content.names(source):
            body = "".join(f"{triple} .\n" for triple in content.triples(source, graph)).encode()
            connection.send("PUT", f"{url}/sparql-graph-crud-auth?graph={graph}", body, headers)
    return time.perf_counter() - begin


@contextmanager
def serving(name: str, folder: Path) -> Iterator[str]:
    """The address of a server over an empty folder."""
    os.environ["KG_STORE_USER"], os.environ["KG_STORE_PASSWORD"] = "dba", servers.PASSWORD
    with (servers.oxigraph if name == "oxigraph" else servers.virtuoso)(folder) as url:
        yield url


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=200_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--store", choices=["oxigraph", "virtuoso"], action="append")
    given = parser.parse_args()
    chance = random.Random(1)  # noqa: S311
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        big = built(folder / "big", given.triples)
        small = built(folder / "small", min(given.triples, 20_000))
        for store in given.store or ["oxigraph", "virtuoso"]:
            print(store)
            with serving(store, folder / f"{store}-peer") as url:
                alone = at_once(folder / "big", big, store, url)
            with serving(store, folder / store) as url:
                spent, _ = loaded(folder / "big", big, url)
            print(f"  the product's own way: {alone:.1f} s; ratio {spent / alone:.2f}")
            with serving(store, folder / f"{store}-killed") as url:
                # So long does it take when nobody kills it.
                begin = time.perf_counter()
                subprocess.run([*KG, "load", str(folder / "small"), url], check=True, capture_output=True)
                whole = time.perf_counter() - begin
                kills = [
                    killed(folder / "small", small, url, after(chance.uniform(0, whole))) for _ in range(given.kills)
                ]
            report(kills, whole)


if __name__ == "__main__":
    main()
