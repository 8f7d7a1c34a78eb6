"""What each export of a large graph costs, beside iterating its store once.

    python benchmarks/export.py [DIR] [--documents 800] [--bar 6]

Without DIR the graph of made_graph.py is built in a folder that is thrown away. Each export runs in a process of its
own: CPU seconds, as a multiple of those for reading every quad once, and the most memory that the process had. Then
what the records of kg.open(DIR) cost. Exit status 1 when an export costs more than the bar.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from made_graph import DOCUMENTS, make

from kg.export.base import formats

# The parent says what to do; the child says what it cost.
CHILD = """
import json, resource, sys, time
from pathlib import Path
import kg
from kg.export.base import exporter
what, folder, out = sys.argv[1:]
graph = kg.open(folder)
count = 0
begin = time.process_time()
if what == "store":
    count = sum(1 for _ in graph.store)
elif what.startswith("records:"):
    count = sum(1 for _ in getattr(graph, what.partition(":")[2])())
else:
    files = exporter(what).write(graph, Path(out) / f"graph{exporter(what).suffix}")
    count = sum(path.stat().st_size for path in files)
spent = time.process_time() - begin
print(json.dumps([spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count]))
"""


def cost(what: str, folder: Path) -> tuple[float, float, int]:
    """Return CPU seconds, MB at most, and how many quads, records or bytes it was."""
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(
            [sys.executable, "-c", CHILD, what, str(folder), out], capture_output=True, text=True, check=True
        )
    seconds, memory, count = json.loads(done.stdout)
    return seconds, memory, count


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--bar", type=float, default=6.0, help="times iterating the store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made) / "graph"
        make(folder, given.documents)
        sys.exit(_all(folder, given.bar))


def _all(folder: Path, bar: float) -> int:
    once, memory, quads = cost("store", folder)
    print(f"{'every quad once':16} {once:7.1f} s {memory:7.0f} MB {quads:12,} quads", flush=True)
    slow = 0
    for form in formats():
        seconds, memory, size = cost(form, folder)
        slow += seconds > bar * once
        mark = "SLOW" if seconds > bar * once else ""
        print(
            f"{form:16} {seconds:7.1f} s {memory:7.0f} MB {size:12,} bytes {seconds / once:5.1f} × {mark}", flush=True
        )
    for kind in ("documents", "entities", "statements", "mentions"):
        seconds, memory, count = cost(f"records:{kind}", folder)
        print(
            f"{kind:16} {seconds:7.1f} s {memory:7.0f} MB {count:12,} {seconds / count * 1e6:7.0f} µs each", flush=True
        )
    return bool(slow)


if __name__ == "__main__":
    main()
