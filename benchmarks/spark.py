"""What Spark costs beside processes on one machine, and whether both come to the same graph.

    .venv/bin/python benchmarks/spark.py ARTICLES.jsonl [--limit 2000] [--cores 2]

Runs `kg build IN -o A --workers N --no-files` and the Spark engine with local[N] over the same articles, each in
a process of its own, and compares the N-Quads in any order. The bar: at most 1.4 times the time, and the same bytes.
The processes also fill a store, which Spark does not: their timing says how long that took.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from pyoxigraph import RdfFormat, Store

BAR = 1.4
WHOLE = re.compile(rb'"(-?\d+)\.0"\^\^(?=<http://www\.w3\.org/2001/XMLSchema#decimal>)')
ENGINE = """
import sys
from kg.corpus import spark
report = spark.build([sys.argv[1]], sys.argv[2], master=sys.argv[3])
print(report.documents, report.quads)
"""


def main() -> int:
    """Run both and print a table; the exit status says whether the bar is held."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=2_000)
    parser.add_argument("--cores", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        articles = work / "articles.jsonl"
        with given.articles.open("rb") as lines, articles.open("wb") as file:
            count = sum(1 for line in islice(lines, given.limit) if file.write(line))
        processes = timed("kg", "build", articles, "-o", work / "A", "--workers", given.cores, "--no-files")
        ours = timed("-c", ENGINE, articles, work / "B", f"local[{given.cores}]")
        same = digest(dumped(work / "A" / "store", work / "A.nq")) == digest(written(work / "B" / "quads"))
        timing = [json.loads((work / name / "report.json").read_text(encoding="utf-8"))["timing"] for name in "AB"]
    print(f"{count} articles, {given.cores} cores")
    print(f"  processes    {processes:8.1f} s  {timing[0]}")
    print(f"  Spark        {ours:8.1f} s, {ours / processes:.2f} times (bar {BAR})  {timing[1]}")
    print(f"  same N-Quads {same}")
    return 0 if same and ours <= BAR * processes else 1


def timed(*arguments: object) -> float:
    """Run Python, or a command of kg, and return the seconds it took."""
    words = [str(argument) for argument in arguments]
    if words[0] == "kg":
        words[:1] = ["-c", "from kg.cli.main import main; main()"]
    begin = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, stdout=sys.stderr)
    return time.perf_counter() - begin


def dumped(store: Path, file: Path) -> Iterator[bytes]:
    """Yield the quads of a store, without the triples of its default graph, which are the same again."""
    Store.read_only(str(store)).dump(str(file), format=RdfFormat.N_QUADS)
    with file.open("rb") as lines:
        for line in lines:
            value = line.split(b" ", 2)[2]
            in_graph = b" <" in value[value.rindex(b'"') :] if value.startswith(b'"') else value.count(b" ") == 2
            if in_graph:
                yield line


def written(folder: Path) -> Iterator[bytes]:
    """Yield the quads of all partitions."""
    for file in folder.glob("*.nq"):
        with file.open("rb") as lines:
            yield from lines


def digest(lines: Iterable[bytes]) -> tuple[int, int]:
    """Return two numbers that are equal for equal lines in any order; a store writes the decimal 40.0 as 40."""
    count = total = 0
    for line in lines:
        count += 1
        total += int.from_bytes(blake2b(WHOLE.sub(rb'"\1"^^', line), digest_size=16).digest(), "big")
    return count, total % 2**128


if __name__ == "__main__":
    sys.exit(main())
