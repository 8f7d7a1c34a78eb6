"""A folder that grows and shrinks holds what a build from nothing holds, whatever happens on the way."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

import kg
from kg.corpus import opening
from kg.corpus.build import NAMES, build, retract
from kg.corpus.folder import LOCK
from kg.errors import KgError, StoreError, UsageError
from kg.model import Annotation
from kg.serial import to_json
from kg.settings import Settings
from kg.store import oxigraph

SAME = ("graph.ttl", "graph.nq", "annotations.jsonl", "graph.html")


def variants(articles: Sequence[Annotation], count: int) -> list[Annotation]:
    """Articles of the same people under other ids and dates, with a word more each."""
    found = []
    for number in range(count):
        article = articles[number % len(articles)]
        text = f"{article.text}\n\nEdition {number}."
        found.append(replace(article, id=f"d{number:02}", text=text, date=f"2023-05-{number % 27 + 1:02}"))
    return found


def changed(article: Annotation) -> Annotation:
    """The article with one claim less, and another name for somebody."""
    first = article.entities[0]
    return replace(
        article,
        text=f"{article.text} Corrected.",
        triples=article.triples[1:] if all(not _points(t, article.triples[0].id) for t in article.triples) else (),
        entities=(replace(first, name=f"{first.name} of Ostend"), *article.entities[1:]),
    )


def _points(triple: object, identifier: str) -> bool:
    return f"triple='{identifier}'" in repr(triple)


def stored(folder: Path) -> set[str]:
    return {str(quad) for quad in oxigraph.open_folder(folder / "store")}


def check(folder: Path, articles: Sequence[Annotation], scratch: Path, corrections: str | None = None) -> None:
    """The folder is the same as one that is built from these articles alone."""
    scratch.mkdir(exist_ok=True)
    if corrections is not None:
        (scratch / "corrections.yaml").write_text(corrections, encoding="utf-8")
    build(iter(articles), scratch)
    assert stored(folder) == stored(scratch)
    for name in SAME:
        assert (folder / name).read_bytes() == (scratch / name).read_bytes(), name


@pytest.mark.parametrize("seed", range(4))
def test_any_steps_come_to_the_same_as_none(articles: tuple[Annotation, ...], tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    pool = variants(articles, 9)
    now: dict[str, Annotation] = {}
    for step in range(4):
        given = chance.sample(pool, chance.randint(1, 5))
        given = [changed(article) if chance.random() < 0.3 else article for article in given]
        sync = bool(step) and chance.random() < 0.4
        report = build(given, tmp_path / "out", sync=sync)
        now = {article.id: article for article in ([] if sync else list(now.values())) + given}
        assert report.documents == len(now)
        if len(now) > 1 and chance.random() < 0.6:
            gone = chance.choice(sorted(now))
            assert retract(tmp_path / "out", [gone]).retracted == 1
            del now[gone]
        check(tmp_path / "out", list(now.values()), tmp_path / f"scratch-{step}")


def test_what_is_there_is_not_read_again(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    many = variants(articles, 4)
    assert build(many, tmp_path / "out").read == 4
    before = {name: (tmp_path / "out" / name).read_bytes() for name in SAME}
    assert build(many, tmp_path / "out").read == 0
    assert build([*many[:3], changed(many[3])], tmp_path / "out").read == 1
    assert build([*many[:3], many[3]], tmp_path / "out").read == 1
    assert before == {name: (tmp_path / "out" / name).read_bytes() for name in SAME}


def test_corrections_are_applied_where_they_say_something(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    many = variants(articles, 4)
    out = tmp_path / "out"
    build(many, out)
    sign = "  by: anna\n  date: 2026-11-25\n"
    told = (
        f"- rename: Jan Maes @ d00\n  name: Jan Maes (squatter)\n{sign}",
        f"- merge: [Jan Maes @ d00, Tom Peeters @ d00]\n{sign}",
        f"- split: Jan Maes @ d00\n  apart: [Jan Maes @ d03]\n{sign}",
        "",
    )
    for number, corrections in enumerate(told):
        (out / "corrections.yaml").write_text(corrections, encoding="utf-8")
        assert build((), out).stale == ()
        check(out, many, tmp_path / f"scratch-{number}", corrections)


def test_of_two_documents_with_one_text_the_first_by_id_is_there(
    articles: tuple[Annotation, ...], tmp_path: Path
) -> None:
    first, out = replace(articles[0], id="b"), tmp_path / "out"
    report = build([first, articles[1], replace(first, id="c", text=f" {first.text}"[1:] + "\n")], out)
    assert (report.documents, [skipped.document for skipped in report.skipped]) == (2, ["c"])
    report = build([replace(first, id="a")], out)
    assert [(skipped.document, skipped.reason) for skipped in report.skipped] == [
        ("b", "the same text as document a"),
        ("c", "the same text as document a"),
    ]
    check(out, [replace(first, id="a"), articles[1]], tmp_path / "scratch")
    assert retract(out, ["a"]).skipped[0].document == "c"
    check(out, [first, articles[1]], tmp_path / "other")


def test_other_settings_make_all_anew(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out)
    build(articles[:1], out, Settings(plain="all"))
    build(articles, tmp_path / "scratch", Settings(plain="all"))
    assert stored(out) == stored(tmp_path / "scratch")
    build(articles[:1], out)  # without settings they stay as they are
    assert stored(out) == stored(tmp_path / "scratch")


def test_sync_takes_nothing_back_for_inputs_that_hold_nothing(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "out")
    with pytest.raises(UsageError, match="nothing is taken back"):
        build([tmp_path / "gone"], tmp_path / "out", sync=True)
    assert len(list(kg.open(tmp_path / "out").statements())) == 17


def test_only_what_is_there_is_taken_back(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "out")
    with pytest.raises(UsageError, match="no document 'x'; nothing is taken back"):
        retract(tmp_path / "out", ["harbour-1", "x"])
    with pytest.raises(UsageError, match="no graph in"):
        retract(tmp_path, ["harbour-1"])
    assert build((), tmp_path / "out").documents == 3


def test_one_writes_and_others_read(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "out")
    with FileLock(tmp_path / "out" / LOCK):
        with pytest.raises(StoreError, match="another kg is writing here"):
            build(articles, tmp_path / "out")
        assert len(list(kg.open(tmp_path / "out").statements())) == 17


def test_who_reads_the_ledger_is_not_in_the_way(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles[:2], tmp_path / "out")
    with opening.reading(tmp_path / "out") as ledger:
        rows = ledger.db.execute("SELECT id FROM document ORDER BY id")
        first = rows.fetchone()
        with opening.reading(tmp_path / "out") as other:
            assert other.count("document") == 2
        threads = ThreadPoolExecutor(1)
        done = threads.submit(build, articles, tmp_path / "out", files=False)
        time.sleep(0.5)
        assert [first, *rows] == [("harbour-1",), ("harbour-2",)]
        rows.close()
        assert done.result().documents == 3
        threads.shutdown()
    build((), tmp_path / "out", files=True)
    check(tmp_path / "out", articles, tmp_path / "scratch")


def test_large_folders_have_no_files_that_are_out_of_date(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "out")
    build(articles[:2], tmp_path / "out", files=False, sync=True)
    left = {path.name for path in (tmp_path / "out").iterdir()}
    assert left == {"store", "report.json", "ledger.db", ".lock"}
    build((), tmp_path / "out", files=True)
    check(tmp_path / "out", articles[:2], tmp_path / "scratch")


def test_a_lost_store_is_filled_again(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    import shutil

    build(articles, tmp_path / "out")
    shutil.rmtree(tmp_path / "out" / "store")
    build((), tmp_path / "out")
    check(tmp_path / "out", articles, tmp_path / "scratch")


def test_a_document_that_can_no_longer_be_read_is_gone(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    build(articles, tmp_path / "out")
    mention = replace(articles[1].mentions[0], text="x")
    wrong = replace(articles[1], text=f"{articles[1].text} ", mentions=(mention, *articles[1].mentions[1:]))
    report = build([wrong], tmp_path / "out")
    assert [failure.document for failure in report.failed] == [articles[1].id]
    check(tmp_path / "out", [articles[0], articles[2]], tmp_path / "scratch")


def test_a_killed_build_loses_nothing_and_doubles_nothing(
    articles: tuple[Annotation, ...], tmp_path: Path, root: Path
) -> None:
    """`kill -9` at random moments of a build, and of one that takes back."""
    chance = random.Random(5)
    many, out = variants(articles, 40), tmp_path / "out"
    files = [tmp_path / f"{number}.jsonl" for number in range(8)]
    for number, file in enumerate(files):
        file.write_text("".join(f"{to_json(a)}\n" for a in many[number * 5 : number * 5 + 5]), encoding="utf-8")
    program = (
        "import sys; from kg.corpus.build import build\n"
        "print(flush=True); build(sys.argv[2:], sys.argv[1], sync=True, files=False)"
    )
    environment = {**os.environ, "PYTHONPATH": str(root)}
    killed = 0
    for turn in range(8):
        given = chance.sample(files, chance.randint(4, 8)) if turn < 7 else files[:6]
        arguments = [sys.executable, "-c", program, str(out), *map(str, sorted(given))]
        with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE) as running:
            assert running.stdout is not None
            running.stdout.readline()
            time.sleep(chance.uniform(0.05, 1.2))
            running.send_signal(signal.SIGKILL)
        killed += running.returncode == -signal.SIGKILL
        if (out / "store").is_dir():
            assert list(kg.open(out).statements())
    assert killed
    build(files[:6], out, sync=True, files=True)
    check(out, many[:30], tmp_path / "scratch")
    assert {path.name for path in out.iterdir()} <= {*NAMES, "ledger.db", ".lock"}


def test_an_error_is_sent_to_other_processes(tmp_path: Path) -> None:
    import pickle

    from kg.errors import DocumentError, InputError

    for error in (DocumentError("no", document="d"), InputError("no", source="a", line=3)):
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
        assert isinstance(again, KgError)
        assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_ctrl_c_keeps_what_was_read(articles: tuple[Annotation, ...], tmp_path: Path, root: Path) -> None:
    """Standard input stays open, so the command is still reading when it is interrupted."""
    many, out = variants(articles, 20), tmp_path / "out"
    environment = {**os.environ, "PYTHONPATH": str(root)}
    command = [sys.executable, "-m", "kg", "build", "-", "-o", str(out), "--no-files"]
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stderr is not None
        running.stdin.write("".join(f"{to_json(a)}\n" for a in many).encode())
        running.stdin.flush()
        while running.poll() is None and not read_in(out):
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        said = running.stderr.read().decode()
    assert (running.returncode, said.startswith("kg: stopped")) == (130, True)
    assert read_in(out) == 16
    assert build(many, out, files=True).read == 4
    check(out, many, tmp_path / "scratch")


def read_in(out: Path) -> int:
    """How many documents a ledger that may be in the making has."""
    try:
        with opening.reading(out) as ledger:
            return ledger.count("document")
    except KgError:
        return 0


def test_what_was_taken_back_halfway_is_finished(
    articles: tuple[Annotation, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    build(articles, tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr("kg.corpus.storing.store", stopped)
        with pytest.raises(KeyboardInterrupt):
            retract(tmp_path / "out", [articles[0].id])
    retract(tmp_path / "out", [articles[0].id])
    check(tmp_path / "out", articles[1:], tmp_path / "scratch")
    with pytest.raises(UsageError, match="nothing is taken back"):
        retract(tmp_path / "out", [articles[0].id])


def test_a_full_disk_is_said_and_what_was_read_is_kept(
    articles: tuple[Annotation, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("kg.corpus.files.write", full)
        with pytest.raises(StoreError, match=r"No space left on device.*run the same"):
            build(articles, tmp_path / "out")
    assert read_in(tmp_path / "out") == 3
    assert build(articles, tmp_path / "out").read == 0
    check(tmp_path / "out", articles, tmp_path / "scratch")
