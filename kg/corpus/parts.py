"""What is done to one part of the documents: read, annotated, written as quads. Nothing here knows who calls it.

Every step reads files and writes files under a temporary name, renamed when they are whole. A step that is done twice,
or by two machines at once, gives the same files.
"""

import gzip
import json
import uuid
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, BinaryIO, cast

from kg import resources
from kg.corpus.final import Final
from kg.corpus.splits import Part, read
from kg.corpus.totals import Totals, line_of
from kg.errors import DocumentError, KgError
from kg.graph import schema
from kg.graph.contribution import Contribution, contribution, quads
from kg.graph.report import Failure, failure
from kg.graph.scope import see
from kg.model import Annotation, Document
from kg.read.screen import digest
from kg.serial import from_json, to_json
from kg.settings import Settings

# Of gzip: 6, the usual one, takes twice as long for a sixth less.
LEVEL = 1
# A document's number in its part, why it is not in the graph, and whether that is on purpose.
Failed = tuple[int, Failure, bool]


@dataclass(frozen=True, slots=True)
class Job:
    """A run of the engine: its folder, which all machines see, and what decides how documents are read.

    `date` is that of documents without one, `columns` are the columns of tables that hold the fields: (field, column).
    `compress`: quads are written as gzip, which every store's bulk loader reads.
    """

    out: str
    settings: Settings
    date: str | None = None
    columns: tuple[tuple[str, str], ...] = ()
    compress: bool = False

    def path(self, kind: str, number: int, suffix: str) -> Path:
        """Return the file of a part: OUT/quads/part-00003.nq."""
        return Path(self.out) / kind / f"part-{number:05}.{suffix}"

    def quads(self, name: str) -> Path:
        """Return a file of quads: OUT/quads/part-00003.nq, or with .gz behind."""
        return Path(self.out) / "quads" / f"{name}.nq{'.gz' if self.compress else ''}"

    def work(self, kind: str, number: int) -> Path:
        """Return a file that is dropped at the end."""
        return self.path(f"work/{kind}", number, "jsonl")


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a document was read: its id, the digest of its text, its part, its number there, the place in the input.

    The digest is None of a document that is going to fail: it keeps nobody else out.
    """

    id: str
    words: bytes | None
    part: int
    number: int
    where: str


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write, which gets its name when it is whole; one that ends in .gz is compressed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with part.open("wb") as file:
            if path.suffix == ".gz":
                # No name and no time, so that equal quads are equal bytes.
                with gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed:
                    yield cast("BinaryIO", packed)
            else:
                yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def rows(path: Path) -> Iterator[Any]:
    """Yield what the lines of a file of JSON hold; nothing where there is no file."""
    if path.exists():
        with path.open("rb") as file:
            yield from map(json.loads, file)


def gather(job: Job, number: int, part: Part) -> list[Sighting]:
    """Read a part into a work file, and return where its documents stand."""
    found = []
    columns = dict(job.columns)
    with whole(job.work("read", number)) as file:
        for at, (where, item) in enumerate(item for piece in part for item in read(piece, job.date, columns)):
            if isinstance(item, KgError):
                file.write(line_of("failure", *_failure(item)))
                continue
            fault = _fault(item, job.settings)
            words = None if fault else digest(item.text)
            found.append(Sighting(item.id, words, number, at, where))
            if isinstance(item, Document):
                file.write(line_of("document", asdict(item)))
            elif fault:
                file.write(line_of("failure", *_failure(fault)))
            else:
                file.write(line_of("annotation", to_json(item)))
    return found


def leave_out(job: Job, number: int, reasons: Iterable[tuple[int, str, str, bool]]) -> None:
    """Note which documents of a part are left out, by number: (number, what it is called, why, on purpose)."""
    with whole(job.work("left", number)) as file:
        for reason in sorted(reasons):
            file.write(line_of(*reason))


def annotate(job: Job, number: int) -> None:
    """Annotate what was read of a part; write the annotations, and what failed or was left out."""
    failed: list[Failed] = []
    ontology = schema.ontology(job.settings.ontology)
    with whole(job.path("annotations", number, "jsonl")) as file:
        for at, item in _annotations(job, number, failed):
            try:
                if isinstance(item, KgError):
                    raise item
                see(item, ontology, job.settings)
            except KgError as error:
                failed.append((at, Failure(*_failure(error)[:2]), _failure(error)[2]))
                continue
            file.write(to_json(item).encode() + b"\n")
        # Before the annotations get their name, which says that the part is done.
        with whole(job.path("failed", number, "jsonl")) as notes:
            for _, fault, skipped in sorted(failed, key=lambda row: row[0]):
                notes.write(line_of(fault.document, fault.reason, skipped))


def documents(job: Job, number: int) -> Iterator[Annotation]:
    """Yield the annotations of a part."""
    path = job.path("annotations", number, "jsonl")
    with path.open("rb") as file:
        for n, line in enumerate(file, start=1):
            yield from_json(line, source=str(path), number=n)


def contribute(job: Job, final: Final, number: int, named: Iterable[tuple[str, str, str]]) -> Iterator[Contribution]:
    """Write the quads of a part's documents and what is counted of them; yield what each tells of entities.

    `named` are the IRIs that entities get: (document, entity, IRI).
    """
    iris: dict[str, dict[str, str]] = {}
    for document, entity, iri in named:
        iris.setdefault(document, {})[entity] = iri
    totals = Totals()
    with whole(job.quads(f"part-{number:05}")) as file, whole(job.path("gaps", number, "jsonl")) as gaps:
        for raw in documents(job, number):
            annotation = final(raw, iris.get(raw.id, {}))
            try:
                found = contribution(annotation, final.ontology, job.settings)
            except DocumentError as error:
                totals.failed.append(failure(error))
                continue
            file.write(quads(found.triples, found.graph).encode())
            for gap in found.count.gaps:
                gaps.write(line_of(gap.document, gap.start, gap.end, gap.text))
            totals.add(annotation, found.count, final.added(annotation))
            yield found
    with whole(job.work("counts", number)) as out:
        out.write(totals.to_json())


def _annotations(job: Job, number: int, failed: list[Failed]) -> Iterator[tuple[int, Annotation | KgError]]:
    """Yield the documents of a part, annotated, each with its number; those left out go to `failed`."""
    from kg.pipeline import annotator

    for kind, group in groupby(_kept(job, number, failed), key=itemgetter(1)):
        if kind == "annotation":
            yield from ((at, from_json(line)) for at, _, line in group)
            continue
        waiting: deque[int] = deque()
        for item in annotator(job.settings).annotate(_waiting(group, waiting)):
            yield waiting.popleft(), item


def _kept(job: Job, number: int, failed: list[Failed]) -> Iterator[tuple[int, str, Any]]:
    left = {row[0]: row[1:] for row in rows(job.work("left", number))}
    for at, (kind, *values) in enumerate(rows(job.work("read", number))):
        fault = left.get(at) or (values if kind == "failure" else None)
        if fault is None:
            yield at, kind, values[0]
        else:
            failed.append((at, Failure(fault[0], fault[1]), fault[2]))


def _waiting(group: Iterable[tuple[int, str, Any]], numbers: deque[int]) -> Iterator[Document]:
    for at, _, fields in group:
        numbers.append(at)
        yield Document(**fields)


def _fault(item: Document | Annotation, settings: Settings) -> DocumentError | None:
    """Return why an item can't be in the graph, as far as that is known before it is annotated."""
    if isinstance(item, Document):
        known = item.language.lower().partition("-")[0] in resources.languages()
        return None if known else DocumentError("no word lists for its language", document=item.id)
    try:
        see(item, schema.ontology(settings.ontology), settings)
    except DocumentError as error:
        return error
    return None


def _failure(error: KgError) -> tuple[str, str, bool]:
    fault = failure(error)
    return fault.document, fault.reason, error.kind is not None
