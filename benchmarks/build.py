"""What building costs: beside parsing, with two processes, in memory, and again when little has changed.

    python benchmarks/build.py cpu [--texts FILE.jsonl] [--words 40000]
    python benchmarks/build.py workers [--texts FILE.jsonl] [--words 60000]
    python benchmarks/build.py memory [--articles 1000 20000]
    python benchmarks/build.py rebuild [--articles 10000]

cpu      CPU seconds of `kg build` (read, annotate, resolve, graph, store; no page and exports) against the bare loop
         over `nlp.pipe` of the unaltered pipeline: at least 55 %.
workers  wall seconds of `kg annotate` and `kg build` with 2 processes against 1, beside `nlp.pipe(n_process=2)` against
         1: at least 1.5 and 1.3 times as fast. All load the model within the measured time.
memory   the peak of a process that annotates, and of one that builds, many short articles against few: equal within
         10 %, and at most 2 kB more an entity.
rebuild  a folder of many articles of which 10 change, against building it from nothing, CPU seconds: at most 2 % of the
         time, the model's load apart.

Without `--texts` the texts are made of the paragraphs of the seed articles, mixed by a fixed seed; the short articles
of the last two are made up, of 10,000 names. Every figure is of a process of its own. Exit status 1 where a bar is
missed.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from annotate import given_texts, made_texts, parse_only

HERE = Path(__file__).resolve()
KG = [sys.executable, "-m", "kg"]
FIRST = ("Vera", "Ines", "Marta", "Olaf", "Hugo", "Aldo", "Nadia", "Karl", "Ruth", "Emil")
TOWNS = (
    *("Lille", "Calais", "Ghent", "Oslo", "Lisbon", "Trieste", "Uppsala", "Antwerp", "Voss", "Porto", "Turin", "Lyon"),
    *("Bergen", "Malmo", "Bremen", "Graz", "Basel", "Leeds", "Cork", "Nantes", "Tartu", "Split", "Brno", "Pisa"),
)


def main() -> int:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=MEASURES)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--articles", type=int, nargs="+", default=[])
    parser.add_argument("--inner", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inner:
        print(json.dumps(INNER[given.inner](given.texts)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return MEASURES[given.what](given, Path(folder))


def cpu(given: argparse.Namespace, folder: Path) -> int:
    """CPU seconds against the bare loop."""
    texts = _texts(given, folder)
    bare = min(_inner("parse", texts) for _ in range(2))
    built = min(_inner("build", texts) for _ in range(2))
    print(f"nlp.pipe {bare:.1f} CPU s, kg build {built:.1f}")
    return _bar("build against nlp.pipe", bare / built, 0.55)


def workers(given: argparse.Namespace, folder: Path) -> int:
    """Wall seconds of two processes against one."""
    texts = _texts(given, folder)
    bare = [_wall([sys.executable, str(HERE), "workers", "--texts", str(texts), "--inner", f"pipe{n}"]) for n in (1, 2)]
    print(f"nlp.pipe: {bare[0]:.1f} s, with 2 processes {bare[1]:.1f} s: {bare[0] / bare[1]:.2f} times as fast")
    missed = 0
    for command, least in (("annotate", 1.5), ("build", 1.3)):
        walls = []
        for n in (1, 2):
            out = folder / f"{command}-{n}"
            more = ["--no-files"] if command == "build" else []
            walls.append(_wall([*KG, command, str(texts), "-o", str(out), "--workers", str(n), *more]))
        print(f"kg {command}: {walls[0]:.1f} s, with 2 workers {walls[1]:.1f} s")
        missed |= _bar(f"kg {command} with 2 workers against 1", walls[0] / walls[1], least)
    return missed


def memory(given: argparse.Namespace, folder: Path) -> int:
    """Peak memory of many articles against few."""
    few, many = given.articles or (1_000, 20_000)
    files = {}
    for number in (few, many):
        files[number] = folder / f"{number}.jsonl"
        _write(files[number], number)
    peaks, entities = {}, {}
    for number, file in files.items():
        read = folder / f"{number}.annotations.jsonl"
        annotate = _peak([*KG, "annotate", str(file), "-o", str(read)])
        build = _peak([*KG, "build", str(read), "-o", str(folder / str(number)), "--no-files"])
        peaks[number] = annotate, build
        entities[number] = json.loads((folder / str(number) / "report.json").read_text(encoding="utf-8"))["entities"]
        print(f"{number:,} articles: annotate {annotate:,} kB, build {build:,} kB, {entities[number]:,} entities")
    ratio = peaks[many][0] / peaks[few][0]
    more = (peaks[many][1] - peaks[few][1]) / (entities[many] - entities[few])
    print(f"annotate: {ratio:.2f} times the memory (at most 1.10); build: {more:.2f} kB more an entity (at most 2)")
    return int(ratio > 1.1 or more > 2)


def rebuild(given: argparse.Namespace, folder: Path) -> int:
    """Time of a folder of which little has changed against one from nothing."""
    (count,) = given.articles or (10_000,)
    bare, changed = folder / "bare.jsonl", folder / "changed.jsonl"
    _write(bare, count)
    lines = bare.read_text(encoding="utf-8").splitlines()
    for at in random.Random(3).sample(range(count), 10):  # noqa: S311 — fixed on purpose
        row = json.loads(lines[at])
        row["text"] = f"{row['text']} Police arrested Vera Holm in Lille."
        lines[at] = json.dumps(row)
    changed.write_text("\n".join(lines), encoding="utf-8")
    out = folder / "out"
    whole = _wall([*KG, "build", str(bare), "-o", str(out), "--no-files", "--workers", "2"], cpu=True)
    again = _wall([*KG, "build", str(changed), "-o", str(out), "--no-files"], cpu=True)
    nothing = _wall([*KG, "annotate", "-", "-o", str(folder / "none.jsonl")], given='{"id": "x", "text": "Rain fell."}')
    print(f"from nothing {whole:.0f} CPU s, with 10 changed {again:.1f}, of which loading {nothing:.1f}")
    share = (again - nothing) / whole
    print(f"rebuilding: {share:.2%} of the time (at most 2 %)")
    return int(share > 0.02)


def _texts(given: argparse.Namespace, folder: Path) -> Path:
    source = given_texts(given.texts, given.words) if given.texts else made_texts(given.words)
    path = folder / "texts.jsonl"
    rows = ({"id": f"a{n}", "text": text, "date": "2021-07-01"} for n, text in enumerate(source))
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def _write(path: Path, articles: int) -> None:
    """Write short articles of people, bodies and towns, of whom each comes in a few."""
    chance = random.Random(11)  # noqa: S311 — fixed on purpose
    ends = ("ber", "lund", "sen", "gard", "vik", "holt", "mann", "rup", "feld", "dal")

    def surname() -> str:
        return "".join(chance.choices(ends, k=3)).title()

    with path.open("w", encoding="utf-8") as file:
        for number in range(articles):
            people = [f"{chance.choice(FIRST)} {surname()}" for _ in range(3)]
            towns, body = chance.sample(TOWNS, 2), f"{surname()} Holdings"
            lines = (
                f"{people[0]}, the mayor of {towns[0]}, met {people[1]} in {towns[1]} on Friday. ",
                f"{people[1].split()[1]}, who heads {body}, said the company would open a factory in {towns[0]}. ",
                f"Police in {towns[1]} arrested {people[2]} on Monday after a protest against {body}. ",
                f"{people[0].split()[1]} criticised the arrest and denied that the city had ordered it. ",
                f"\u201cWe did not call the police,\u201d {people[0].split()[1]} told reporters. ",
            )
            date = f"20{10 + number % 14}-0{1 + number % 9}-1{number % 10}"
            file.write(json.dumps({"id": f"a{number:06}", "text": "".join(lines), "date": date}) + "\n")


def _inner(what: str, texts: Path) -> float:
    command = [sys.executable, str(HERE), "cpu", "--texts", str(texts), "--inner", what]
    return float(json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def _build(texts: Path) -> float:
    from kg.corpus.build import build
    from kg.model import Document

    warm = Document("warm", "Anne Leroy met John Park in Nantes on Monday. “We agreed,” she said.", date="2021-07-01")
    with tempfile.TemporaryDirectory() as folder:
        build([warm], Path(folder) / "warm", files=False)
        began = time.process_time()
        build([texts], Path(folder) / "out", files=False)
        return time.process_time() - began


def _pipe(texts: Path, processes: int) -> float:
    from kg.parse import models

    nlp = models.load("en_core_web_md")
    lines = [json.loads(line)["text"] for line in texts.read_text(encoding="utf-8").splitlines()]
    return float(sum(len(doc) for doc in nlp.pipe(lines, n_process=processes)))


def _wall(command: list[str], *, cpu: bool = False, given: str | None = None) -> float:
    """Seconds of a command; CPU seconds of it and its children if asked."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, input=given, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return spent if cpu or given else time.perf_counter() - began


def _peak(command: list[str]) -> int:
    """Kilobytes of memory that a command had at most."""
    program = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", program, *command], check=True, capture_output=True, text=True)
    return int(done.stdout)


def _bar(what: str, found: float, least: float) -> int:
    print(f"{what}: {found:.2f} (at least {least})")
    return int(found < least)


MEASURES: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "cpu": cpu,
    "workers": workers,
    "memory": memory,
    "rebuild": rebuild,
}
INNER: dict[str, Callable[[Path], float]] = {
    "parse": lambda texts: parse_only(texts, "en_core_web_md"),
    "build": _build,
    "pipe1": lambda texts: _pipe(texts, 1),
    "pipe2": lambda texts: _pipe(texts, 2),
}

if __name__ == "__main__":
    sys.exit(main())
