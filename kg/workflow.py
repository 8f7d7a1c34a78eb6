"""From inputs to a graph in one call: read, annotate, build."""

import gzip
import io
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from kg.errors import InputError, KgError, UsageError
from kg.graph.build import Phase, Step, write
from kg.graph.corrections.plan import Places
from kg.graph.report import Report
from kg.model import Annotation, Document
from kg.serial import from_json
from kg.settings import Settings

STDIN = "standard input"


def build(
    inputs: Sequence[str | Path],
    out: str | Path,
    settings: Settings | None = None,
    *,
    date: str | None = None,
    corrections: str | Path | None = None,
    step: Step | None = None,
    phase: Phase | None = None,
) -> Report:
    """Read the inputs and build their graph in the folder `out`; return what was done.

    An input is what `kg annotate` reads (files, folders, globs, "-"), or a file that it wrote: annotations are taken
    as they are, and no model is loaded. `date` is the publication date of documents without one. `corrections` is a
    file of what people decided; corrections.yaml in `out` is applied if none is named. `step` is called with each
    annotation, and with the error in the place of each document that failed; `phase` with the name of what is done
    after the last.
    """
    settings = settings or Settings()
    given = None if corrections is None else Path(corrections)
    if given is not None and not given.is_file():
        raise UsageError(f"no such file of corrections: {given}")
    return write(
        annotations(inputs, settings, date=date),
        Path(out),
        settings,
        corrections=given,
        places=gazetteer(settings),
        step=step,
        phase=phase,
    )


def gazetteer(settings: Settings) -> Places:
    """Return what knows the places of GeoNames IRIs; it is loaded when it is first asked."""
    from kg.ontology import load
    from kg.places import places_of

    return lambda iri: places_of(iri, settings.base, load(settings.ontology))


def annotations(
    inputs: Sequence[str | Path], settings: Settings, *, date: str | None = None
) -> Iterator[Annotation | KgError]:
    """Yield the annotation of each document of the inputs, or the error in its place."""
    for annotated, names in groupby(inputs, _is_annotated):
        if annotated:
            for given in names:
                yield from _lines(given)
        else:
            yield from _annotate(list(names), settings, date)


def _annotate(inputs: Sequence[str | Path], settings: Settings, date: str | None) -> Iterator[Annotation | KgError]:
    from kg.pipeline import Annotator
    from kg.read import read

    unread: list[KgError] = []
    for item in Annotator(settings).annotate(_documents(read(inputs, date=date), unread)):
        yield from _taken(unread)
        yield item
    yield from _taken(unread)


def _documents(items: Iterable[Document | InputError], unread: list[KgError]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Document):
            yield item
        else:
            unread.append(item)


def _taken(unread: list[KgError]) -> Iterator[KgError]:
    while unread:
        yield unread.pop(0)


def _lines(given: str | Path) -> Iterator[Annotation | KgError]:
    """Yield the annotations of a file that `kg annotate` wrote."""
    name = STDIN if str(given) == "-" else str(given)
    with _open(given) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield from_json(line, source=name, number=number)
                except InputError as error:
                    yield error


def _is_annotated(given: str | Path) -> bool:
    """Return whether the first line of a JSON lines input is an annotation, not a bare document."""
    if str(given) == "-":
        head = sys.stdin.buffer.readline()
        sys.stdin = io.TextIOWrapper(io.BufferedReader(_Rest(head, sys.stdin)), encoding="utf-8")
        return _has_triples(head)
    if not str(given).endswith((".jsonl", ".jsonl.gz")) or not Path(given).is_file():
        return False
    try:
        with _open(given) as file:
            return _has_triples(next((line for line in file if line.strip()), b""))
    except (OSError, EOFError):
        return False


def _has_triples(line: bytes) -> bool:
    try:
        item = json.loads(line)
    except ValueError:
        return False
    return isinstance(item, dict) and {"mentions", "triples"} <= item.keys()


def _open(given: str | Path) -> BinaryIO:
    if str(given) == "-":
        return sys.stdin.buffer
    return cast("BinaryIO", gzip.open(given)) if str(given).endswith(".gz") else Path(given).open("rb")


class _Rest(io.RawIOBase):
    """A stream of which the first line was read already."""

    def __init__(self, head: bytes, stream: TextIO) -> None:
        self._head = head
        # The stream is kept, not only its buffer, which it would close when it goes.
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._stream.buffer.read(len(buffer))
        self._head = self._head[len(data) :] if self._head else b""
        buffer[: len(data)] = data
        return len(data)
