"""Spark: whatever the partitions, and whoever dies, the graph is the one that one process makes in memory."""

import gc
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.corpus import spark, spark_reading, spark_session, stars
from kg.corpus.parts import Job, annotate
from kg.corpus.spark_nodes import Row, Written, write_entities
from kg.errors import UsageError
from kg.graph.corrections import file as corrections_file
from kg.graph.report import Report
from kg.model import Annotation
from kg.serial import from_json
from kg.settings import Settings
from tests.corpus.composition import composed

if TYPE_CHECKING:
    from pyspark import SparkContext

# PySpark leaves the sockets through which it collects to the garbage collector.
pytestmark = [
    pytest.mark.spark,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning"),
]
SIGN = "  by: anna\n  date: 2026-11-25\n"


@pytest.fixture(scope="module")
def context() -> Iterator["SparkContext"]:
    """One connection for all tests; `build` uses it and leaves it open."""
    pytest.importorskip("pyspark")
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        pytest.skip("no Java: Spark can't begin")
    with spark_session.connected("local[2]") as found:
        yield found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@pytest.fixture(scope="module")
def corpus(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Annotations of 30 articles: ours, with other people and places of names as long, so that offsets stay."""
    lines = (root / "tests" / "graph" / "articles.jsonl").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    path = tmp_path_factory.mktemp("corpus") / "given.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(10):
            person, city, other = (
                ("Maes", "Mees", "Bral")[number % 3],
                ("Ostend", "Bruges")[number % 2],
                "DL"[number % 2],
            )
            for line in lines:
                told = line.replace("Maes", person).replace("maes", person.lower())
                told = told.replace("Ostend", city).replace("ostend", city.lower()).replace("Lena", f"{other}ena")
                annotation = json.loads(told)
                annotation["id"] += f"-{number}"
                annotation["text"] += f"\nReport {number}."
                file.write(json.dumps(annotation, ensure_ascii=False) + "\n")
    return path


@pytest.fixture(scope="module")
def given(corpus: Path) -> list[Annotation]:
    return [from_json(line) for line in corpus.read_bytes().split(b"\n") if line]


def written(out: Path) -> list[str]:
    """The N-Quads of all partitions, sorted."""
    found = b""
    for file in (out / "quads").glob("*.nq*"):
        found += gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return sorted(line for line in found.decode().split("\n") if line)


def build(inputs: list[Path], out: Path, **more: object) -> Report:
    return spark.build(inputs, out, master="local[2]", **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("partitions", [1, 3, 7])
def test_the_graph_is_that_of_one_process(
    partitions: int, corpus: Path, given: list[Annotation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stars, "FEW", 0 if partitions == 3 else stars.FEW)
    report = build([corpus], tmp_path, partitions=partitions)
    expected = composed(given)
    assert written(tmp_path) == expected
    assert (report.documents, report.quads) == (len(given), len(expected))
    assert any("contradicts" in line for line in expected)
    assert any("identityConfidence" in line for line in expected)
    kept = [line for n in range(9) for line in _lines(tmp_path / "annotations" / f"part-{n:05}.jsonl")]
    assert [from_json(line) for line in kept] == given
    assert (tmp_path / "_SUCCESS").exists()
    assert not list(tmp_path.glob("*/.*"))
    assert not (tmp_path / "work").exists()


@pytest.mark.usefixtures("context")
def test_what_people_decided_is_applied(corpus: Path, given: list[Annotation], tmp_path: Path) -> None:
    text = (
        f"- merge: [Tom Peeters @ harbour-1-0, Jan Bral @ harbour-1-2]\n{SIGN}"
        f"- split: Open Door @ harbour-1-0\n  apart: [Open Door @ harbour-1-1]\n{SIGN}"
        f"- rename: Lena Brandt @ harbour-1-1\n  name: Magdalena Brandt\n{SIGN}"
        f"- add: Tom Peeters @ harbour-1-0\n  relation: memberOf\n  object: Open Door @ harbour-1-0\n{SIGN}"
        f"- rename: Nobody @ harbour-1-0\n  name: Somebody\n{SIGN}"
    )
    file = tmp_path / "decided.yaml"
    file.write_text(text, encoding="utf-8")
    report = build([corpus], tmp_path / "out", corrections=file, partitions=3, compress=True)
    assert written(tmp_path / "out") == composed(given, corrections=corrections_file.load(file), file=file)
    assert (report.corrections, len(report.stale)) == (4, 1)


def killed_once(job: Job, number: int) -> None:
    """Annotates; the first to try dies when half of it is written."""
    from pyspark import TaskContext

    task = TaskContext.get()
    if task is not None and task.attemptNumber() == 0 and number == 1:
        job.path("annotations", number, "jsonl").parent.mkdir(parents=True, exist_ok=True)
        job.path("annotations", number, "jsonl").with_name(".part-00001.jsonl.half").write_text("{", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)
    annotate(job, number)


def failing_once(job: Job, partition: int, told: Iterable[Row]) -> Iterator[Written]:
    """Writes entities; the first to try fails when all of it is written."""
    from pyspark import TaskContext

    yield from write_entities(job, partition, told)
    task = TaskContext.get()
    if task is not None and task.attemptNumber() == 0:
        raise OSError("the disk is gone")


@pytest.mark.usefixtures("context")
def test_when_a_worker_is_killed_and_a_task_fails_nothing_is_lost_or_doubled(
    corpus: Path, given: list[Annotation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark import cloudpickle

    here = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(here)  # type: ignore[no-untyped-call]
    monkeypatch.setattr(spark_reading, "annotate", killed_once)
    monkeypatch.setattr(spark, "write_entities", failing_once)
    try:
        report = build([corpus], tmp_path, partitions=3)
    finally:
        cloudpickle.unregister_pickle_by_value(here)  # type: ignore[no-untyped-call]
    expected = composed(given)
    assert written(tmp_path) == expected
    assert (report.documents, report.quads) == (len(given), len(expected))
    assert sum(report.entity_types.values()) == report.entities
    assert not list(tmp_path.glob("*/.*"))


@pytest.mark.usefixtures("context")
def test_parts_that_are_annotated_stay_so(
    corpus: Path, given: list[Annotation], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spark_reading, "annotate", _not_the_second)
    from pyspark import cloudpickle
    from pyspark.errors import PySparkException

    here = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(here)  # type: ignore[no-untyped-call]
    try:
        with pytest.raises((PySparkException, Exception), match="the power is gone"):
            build([corpus], tmp_path, partitions=3)
    finally:
        cloudpickle.unregister_pickle_by_value(here)  # type: ignore[no-untyped-call]
        monkeypatch.undo()
    done = sorted((tmp_path / "annotations").glob("part-*"))
    assert 0 < len(done) < 3
    assert not (tmp_path / "_SUCCESS").exists()
    before = {path: path.stat().st_mtime_ns for path in done}
    build([corpus], tmp_path, partitions=3)
    assert {path: path.stat().st_mtime_ns for path in done} == before
    assert written(tmp_path) == composed(given)
    other = Settings(plain="all")
    spark.build([corpus], tmp_path, other, master="local[2]", partitions=3)
    assert {path: path.stat().st_mtime_ns for path in done} != before
    assert written(tmp_path) == composed(given, other)


def _not_the_second(job: Job, number: int) -> None:
    if number == 1:
        raise OSError("the power is gone")
    annotate(job, number)


@pytest.mark.usefixtures("context")
def test_what_can_t_be_read_and_what_comes_twice_is_left_out_and_named(
    given: list[Annotation], corpus: Path, tmp_path: Path
) -> None:
    lines = corpus.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    twin = json.loads(lines[0])
    twin |= {"id": "a-twin", "text": twin["text"] + " \n"}
    unsound = json.loads(lines[2]) | {"id": "unsound", "text": "x"}
    rows = [*lines, '{"id": "broken', "", json.dumps(json.loads(lines[4]) | {"title": "again"}), json.dumps(twin)]
    path = tmp_path / "hostile.jsonl"
    path.write_text("\n".join([*rows, json.dumps(unsound), "null"]), encoding="utf-8")
    report = build([path, tmp_path / "gone.txt"], tmp_path / "out", partitions=4)
    kept = [from_json(json.dumps(twin)), *(a for a in given if a.id != "harbour-1-0")]
    assert written(tmp_path / "out") == composed(kept)
    assert [(f.document, f.reason) for f in report.skipped] == [("harbour-1-0", "the same text as document a-twin")]
    reasons = " ".join(fault.reason for fault in report.failed)
    assert len(report.failed) == 5
    assert "gone.txt: no such file or folder" in reasons
    assert "hostile.jsonl, line 31: not an annotation" in reasons
    assert f"hostile.jsonl, line 33: the id {given[4].id!r} was there before ({path}, line 5)" in reasons
    assert "document unsound" in reasons
    assert "hostile.jsonl, line 36" in reasons


def test_standard_input_and_a_bad_base_are_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="base 'x': give an http"):
        spark.build(["a.txt"], tmp_path, Settings(base="x"), master="local[2]")
    with pytest.raises(UsageError, match="no input"):
        spark.build([], tmp_path, master="local[2]")
    with pytest.raises(UsageError, match="no such file of corrections"):
        spark.build(["a.txt"], tmp_path, master="local[2]", corrections=tmp_path / "gone.yaml")
    with pytest.raises(UsageError, match="not ISO 8601"):
        spark.build(["a.txt"], tmp_path, master="local[2]", date="yesterday")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (None, "no Java in .*: Spark needs Java 17"),
        ("echo 'openjdk version \"11.0.2\"' >&2", "Java 11 is too old: Spark needs Java 17"),
        ("exit 1", "no Java in"),
    ],
)
def test_a_missing_or_old_java_is_said(
    answer: str | None, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    if answer is not None:
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        java.chmod(0o755)
    with pytest.raises(UsageError, match=message):
        spark_session.check_java()


def test_without_pyspark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spark_session, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'kg-actors-places\[spark\]'"):
        spark.build(["a.txt"], tmp_path, master="local[2]")


def test_the_engine_is_imported_without_spark() -> None:
    code = "import kg.corpus.spark, sys; sys.exit('pyspark' in sys.modules or 'spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_components_do_not_depend_on_rounds(
    context: "SparkContext", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A long path, a ring and a star, in any order: what union-find says."""
    context.setCheckpointDir(tmp_path.as_uri())
    pairs = [(n, n + 1) for n in range(40)] + [(100 + n, 100 + (n + 1) % 9) for n in range(9)]
    pairs += [(250, 200 + n) for n in range(20)] + [(300, 300)]
    nodes = [(a.to_bytes(16, "big"), b.to_bytes(16, "big")) for a, b in pairs]
    expected = {n.to_bytes(16, "big"): (0).to_bytes(16, "big") for n in range(1, 41)}
    expected |= {n.to_bytes(16, "big"): (100).to_bytes(16, "big") for n in range(101, 109)}
    expected |= {n.to_bytes(16, "big"): (200).to_bytes(16, "big") for n in (*range(201, 220), 250)}
    monkeypatch.setattr(stars, "FEW", 0)
    monkeypatch.setattr(stars, "ROUNDS", 100)
    found = stars.components(context.parallelize(nodes[::-1], 3), 2).collect()
    assert (dict(found), len(found)) == (expected, len(expected))
    assert dict(stars.local(nodes)) == expected


def _lines(path: Path) -> list[bytes]:
    return [line for line in path.read_bytes().split(b"\n") if line] if path.exists() else []
