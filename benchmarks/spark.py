"""What Spark costs beside processes on one machine, and whether both come to the same graph.

    .venv/bin/python benchmarks/spark.py ARTICLES.jsonl [--limit 2000] [--cores 2]

Runs `kg build IN -o A --workers N --no-files` and the Spark engine with local[N] over the same articles, each in
a process of its own, and compares the sorted N-Quads. The bar: at most 1.4 times the time, and the same bytes.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

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
        dump = work / "A.nq"
        timed("kg", "export", work / "A", "--format", "nq", "-o", dump)
        same = lines_of([dump]) == lines_of(sorted((work / "B" / "quads").glob("*.nq")))
        timing = json.loads((work / "B" / "report.json").read_text(encoding="utf-8"))["timing"]
    print(f"{count} articles, {given.cores} cores")
    print(f"  processes    {processes:8.1f} s")
    print(f"  Spark        {ours:8.1f} s, {ours / processes:.2f} times (bar {BAR})  {timing}")
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


def lines_of(files: list[Path]) -> list[bytes]:
    """Return the lines of files, sorted; a store writes the decimal 40.0 as 40."""
    lines = (line for file in files for line in file.read_bytes().split(b"\n") if line)
    return sorted(WHOLE.sub(rb'"\1"^^', line) for line in lines)


if __name__ == "__main__":
    sys.exit(main())
