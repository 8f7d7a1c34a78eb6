"""Documents read and annotated by many machines, each once: parts that are done stay done, doubles are left out."""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import __version__
from kg.corpus.parts import Job, annotate, gather, leave_out, whole
from kg.corpus.splits import Part, Piece, line_ends, numbered, parts, pieces, size_of_parts, total
from kg.corpus.stars import groups, sorted_rows
from kg.errors import InputError, StoreError
from kg.graph.report import Failure, failure
from kg.pipeline import run as run_of

if TYPE_CHECKING:
    from pyspark import SparkContext

DONE = "_DONE"
# A partition of a shuffle has what so many bytes of input give, or less.
SHUFFLED = 4 * 2**20
# Of each document that is left out: its part, then its number there, what it is called, why, and whether on purpose.
Left = tuple[int, tuple[int, str, str, bool]]


def read(
    context: "SparkContext", job: Job, inputs: Sequence[str | Path], partitions: int | None
) -> tuple[int, int, list[Failure]]:
    """Annotate what the inputs hold.

    Return the number of parts, of partitions that shuffles of their contents should have, and the inputs that name
    nothing.

    Raises:
        StoreError: the folder can't be written.
    """
    out = Path(job.out)
    found = list(pieces(inputs, 2**62))
    unread = [failure(piece) for piece in found if isinstance(piece, InputError)]
    files = [piece for piece in found if not isinstance(piece, InputError)]
    size = size_of_parts(total(files), context.defaultParallelism, partitions)
    try:
        size = _prepared(out, _fingerprint(job, files, partitions), size)
    except OSError as error:
        raise StoreError(f"{out}: can't be written ({error.strerror}): name another folder with -o") from error
    cut = [piece for piece in pieces(inputs, size) if isinstance(piece, Piece)]
    if any(piece.end is not None for piece in cut):
        cut = numbered(cut, context.parallelize(cut, len(cut)).map(line_ends).collect())
    made = parts(cut, size)
    width = partitions or max(context.defaultParallelism, min(len(made), total(files) // SHUFFLED))
    pending = [n for n in range(len(made)) if not job.path("annotations", n, "jsonl").exists()]
    if pending:
        _gather(context, job, made, width)
        context.parallelize(pending, len(pending)).foreach(partial(annotate, job))
    return len(made), width, unread


def _fingerprint(job: Job, files: Iterable[Piece], partitions: int | None) -> str:
    """Return what the annotations depend on: version, settings, model, date, and each file with its size and time."""
    rows: list[object] = []
    model = False
    for piece in files:
        told = Path(piece.path).stat()
        rows.append([piece.path, piece.stem, told.st_size, told.st_mtime_ns])
        model = model or not piece.annotated
    run = repr(run_of(job.settings)) if model else ""
    return json.dumps([__version__, job.settings.fingerprint(), run, job.date, job.columns, partitions, rows])


def _prepared(out: Path, mark: str, size: int) -> int:
    """Make the folder ready; return the size of parts, which is that of the last run if that had the same to do."""
    (out / "work").mkdir(parents=True, exist_ok=True)
    noted = out / "parts.json"
    known = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else {}
    for name in ("quads", "gaps", "work/counts", "work/disputes", "work/checkpoints"):
        shutil.rmtree(out / name, ignore_errors=True)
    if known.get("of") == mark:
        return int(known["size"])
    for name in ("annotations", "failed", "work"):
        shutil.rmtree(out / name, ignore_errors=True)
    with whole(noted) as file:
        file.write(json.dumps({"of": mark, "size": size}).encode())
    return size


def _gather(context: "SparkContext", job: Job, made: Sequence[Part], width: int) -> None:
    """Read all parts, and note in which of them which documents were there before; unless that is done."""
    from pyspark import StorageLevel

    done = Path(job.out) / "work" / "left" / DONE
    if done.exists():
        return
    count = len(made)
    seen = context.parallelize(list(enumerate(made)), count).flatMap(partial(_sightings, job))
    by_id = sorted_rows(seen, width).mapPartitions(_by_id).persist(StorageLevel.DISK_ONLY)
    kept = by_id.filter(itemgetter(0)).map(itemgetter(1))
    again = by_id.filter(_is_left).map(itemgetter(1))
    twins = sorted_rows(kept, width).mapPartitions(_twins)
    again.union(twins).partitionBy(count, int).mapPartitionsWithIndex(partial(_leave_out, job)).count()
    by_id.unpersist()
    done.touch()


def _sightings(job: Job, numbered: tuple[int, Part]) -> Iterator[tuple[tuple[str, int, int], tuple[bytes | None, str]]]:
    for found in gather(job, *numbered):
        yield (found.id, found.part, found.number), (found.words, found.where)


def _by_id(rows: Iterable[tuple[tuple[str, int, int], tuple[bytes | None, str]]]) -> Iterator[tuple[bool, Any]]:
    """Yield the first document of each id with the digest of its text; the others as left out."""
    for _, group in groups(rows):
        (name, part, number), (words, first) = next(group)
        if words is not None:
            yield True, ((words, name), (part, number))
        for (_, part, number), (_, where) in group:
            why = f"{where}: the id {name!r} was there before ({first}); this document is left out"
            yield False, (part, (number, where, why, False))


def _twins(rows: Iterable[tuple[tuple[bytes, str], tuple[int, int]]]) -> Iterator[Left]:
    """Yield all documents of each text but that with the smallest id."""
    for _, group in groups(rows):
        (_, first), _ = next(group)
        for (_, name), (part, number) in group:
            yield part, (number, name, f"the same text as document {first}", True)


def _is_left(row: tuple[bool, Any]) -> bool:
    return not row[0]


def _leave_out(job: Job, part: int, rows: Iterable[Left]) -> Iterator[int]:
    leave_out(job, part, map(itemgetter(1), rows))
    yield 1
