"""What `kill -9` does to builds: nothing may be lost, nothing doubled, and the same command goes on.

    python benchmarks/kill.py [--kills 20] [--articles 60]

A folder is built, changed and shrunk by commands that are killed at random moments, spread over the time that the
command takes. After every kill the store must open and be one of the two graphs, and the same command, run to its end,
must leave the store that a build of the same documents from nothing leaves. `benchmarks/load.py` does the same to
`kg load`.
"""

import argparse
import dataclasses
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from made_graph import articles

from kg.serial import to_json
from kg.store import oxigraph

KG = [sys.executable, "-m", "kg"]


def main() -> int:
    """Kill builds and retractions, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--articles", type=int, default=60)
    given = parser.parse_args()
    chance = random.Random(7)  # noqa: S311 — fixed on purpose
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        first, second = folder / "first.jsonl", folder / "second.jsonl"
        many = list(articles(given.articles))
        some = [dataclasses.replace(a, text=f"{a.text} More.", triples=()) for a in many[: given.articles // 6]]
        first.write_text("".join(f"{to_json(a)}\n" for a in many), encoding="utf-8")
        second.write_text("".join(f"{to_json(a)}\n" for a in (*some, *many[len(some) : -5])), encoding="utf-8")
        gone = [article.id for article in many[-8:-5]]
        commands: dict[str, Callable[[Path], list[str]]] = {
            "build": lambda out: [*KG, "build", str(first), "-o", str(out), "--no-files"],
            "change": lambda out: [*KG, "build", str(second), "-o", str(out), "--no-files", "--sync"],
            "retract": lambda out: [*KG, "retract", str(out), *gone],
        }
        before = folder / "empty"
        before.mkdir()
        for what, command in commands.items():
            whole = folder / f"whole-{what}"
            shutil.copytree(before, whole)
            began = time.perf_counter()
            subprocess.run(command(whole), check=True, capture_output=True)
            lasts = time.perf_counter() - began
            allowed = {graph(before), graph(whole)}
            torn = lost = 0
            for number in range(given.kills):
                out = folder / f"{what}-{number}"
                shutil.copytree(before, out)
                with subprocess.Popen(command(out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
                    time.sleep(chance.uniform(0, lasts))
                    running.send_signal(signal.SIGKILL)
                torn += graph(out) not in allowed
                done = subprocess.run(command(out), capture_output=True, text=True, check=False)
                # A kill that came too late: all was taken back before.
                late = what == "retract" and "nothing is taken back" in done.stderr
                lost += (done.returncode != 0 and not late) or graph(out) != graph(whole)
                shutil.rmtree(out)
            print(f"{what:<8} {given.kills} kills: {torn} graphs torn, {lost} lost or doubled ({lasts:.1f} s a run)")
            missed |= torn or lost
            before = whole
    return int(bool(missed))


def graph(folder: Path) -> str | None:
    """A digest of the store's quads; None where there is none."""
    if not (folder / "store").is_dir():
        return None
    quads = sorted(str(quad) for quad in oxigraph.open_folder(folder / "store"))
    return blake2b(json.dumps(quads).encode(), digest_size=16).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
