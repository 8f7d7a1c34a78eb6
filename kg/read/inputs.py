"""What the arguments of a command name: files, folders, globs and `-`, in their order.

The id of a document that brings none is the name of its file without suffix, `calais` for `news/calais.md`. Below a
folder or a glob it is the path from there: `kg build news` gives `calais` and `2021/lille`. So the ids, and the graph,
don't depend on the working directory or the machine. Of two documents with the same id the first is kept and the other
reported. What is not English, no article, or the same text again is left out and reported as a SkippedError.
"""

import glob
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Literal

from kg import plugins
from kg.errors import InputError, Kind, NoTextError, SkippedError, UsageError, place
from kg.model import Document
from kg.read import screen
from kg.read.base import NO_COLUMNS, Entry, Reader, day
from kg.read.seen import Notes, Table
from kg.read.unpack import SUFFIXES, packing, unpacked

GROUP = "kg.readers"
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, the path that messages name and the id that its documents begin with."""

    path: Path
    name: str
    stem: str


def read(
    inputs: Sequence[str | Path],
    *,
    date: str | None = None,
    columns: Mapping[str, str] = NO_COLUMNS,
    duplicates: Literal["report", "keep"] = "report",
    counts: Counter[str] | None = None,
) -> Iterator[Document | InputError]:
    """Yield each document of the inputs, and an InputError in the place of each that can't be read.

    `date` is the publication date of the documents that have none. `columns` names the column or key that holds a field
    where it is not called as in the contract. `duplicates="keep"` yields texts that were there before too. `counts` is
    added to: "documents", "failed", the kinds of SkippedError, and "lines", those that readers left out of pages.

    Raises:
        UsageError: `date` is not ISO 8601, or there is no input.
    """
    if not inputs:
        raise UsageError("no input: name files, folders, globs or - for JSON lines on standard input")
    try:
        default = day(date)
    except ValueError as error:
        raise UsageError(str(error)) from None
    screened = _screened(_dated(_entries(inputs, columns), default), distinct=duplicates == "report")
    return _counted(screened, Counter() if counts is None else counts)


def suffixes() -> tuple[str, ...]:
    """The suffixes that have a reader, the longest first: (".warc.wet", ".parquet", …, ".md")."""
    return tuple(sorted((f".{name}" for name in plugins.available(GROUP)), key=lambda name: (-len(name), name)))


def sources(argument: str | Path) -> Iterator[Source | InputError]:
    """Yield the files that one argument names, in order; an InputError where it names none."""
    path, name = Path(argument), str(argument)
    if path.is_dir():
        yield from _below(path, sorted(path.rglob("*")), name)
    elif path.exists():
        yield Source(path, name, _stem(path.name))
    elif _MAGIC & set(name):
        base = Path(*_fixed(path))
        yield from _below(base, sorted(map(Path, glob.glob(name, recursive=True))), name)
    else:
        yield InputError("no such file or folder", source=name)


def _below(base: Path, paths: list[Path], argument: str) -> Iterator[Source | InputError]:
    found = False
    for path in paths:
        inside = path.relative_to(base)
        if _suffix(path.name) and path.is_file() and not any(part.startswith(".") for part in inside.parts):
            found = True
            yield Source(path, path.as_posix(), _stem(inside.as_posix()))
    if not found:
        yield InputError(f"nothing to read here: no file ends with {_known()}", source=argument)


def _fixed(path: Path) -> tuple[str, ...]:
    """The parts of a glob before the first that has a wildcard."""
    parts: list[str] = []
    for part in path.parts:
        if _MAGIC & set(part):
            break
        parts.append(part)
    return tuple(parts)


def _suffix(name: str) -> str:
    """The suffix by which a file has a reader, with the one of its compression: ".jsonl.gz"; "" without a reader."""
    packed = packing(name)
    plain = name.lower().removesuffix(packed)
    known = next((suffix for suffix in suffixes() if plain.endswith(suffix)), "")
    return known + packed if known else ""


def _known() -> str:
    return f"{', '.join(sorted(suffixes()))}, each also with {' or '.join(SUFFIXES)}"


def _stem(name: str) -> str:
    suffix = _suffix(name) or PurePosixPath(name).suffix
    return name[: len(name) - len(suffix)] or name


def _entries(inputs: Sequence[str | Path], columns: Mapping[str, str]) -> Iterator[tuple[str, Entry | InputError]]:
    """Yield what the inputs hold, each with the name of its file."""
    read_stdin = False
    for argument in inputs:
        if str(argument) != "-":
            yield from _argument(argument, columns)
        elif not read_stdin:
            read_stdin = True
            name = "standard input"
            yield from (
                (name, item) for item in reader_of("jsonl", columns)(sys.stdin.buffer, source=name, stem="stdin")
            )


def _argument(argument: str | Path, columns: Mapping[str, str]) -> Iterator[tuple[str, Entry | InputError]]:
    """Yield what one argument names; of a folder without the tables that hold other data, unless it has no more."""
    others: list[tuple[str, NoTextError]] = []
    found = False
    for source in sources(argument):
        items = iter([source]) if isinstance(source, InputError) else entries(source, columns)
        name = str(argument) if isinstance(source, InputError) else source.name
        for item in items:
            if isinstance(item, NoTextError):
                others.append((name, item))
            else:
                found = True
                yield name, item
    if not found:
        yield from others


def _dated(
    found: Iterator[tuple[str, Entry | InputError]], date: str | None
) -> Iterator[tuple[str, Entry | InputError]]:
    """Yield what was found, each document without a date with the default."""
    for name, item in found:
        if date and isinstance(item, Entry) and item.document.date is None:
            yield name, replace(item, document=replace(item.document, date=date))
        else:
            yield name, item


def entries(source: Source, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Entry | InputError]:
    """Yield what a file holds, unpacked and read by the reader of its suffix."""
    packed = packing(source.name)
    suffix = _suffix(source.name).removesuffix(packed)
    rest = Path(source.path.name[: len(source.path.name) - len(packed)]).suffix
    if not suffix and rest:
        yield InputError(f"no reader for files that end with {rest} (known: {_known()})", source=source.name)
        return
    reader = reader_of(suffix[1:] or "txt", columns)
    try:
        with source.path.open("rb") as file:
            yield from reader(unpacked(file, packed, source=source.name), source=source.name, stem=source.stem)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"can't be read: {error.strerror or error}", source=source.name)


def screened(name: str, found: Iterator[Entry | InputError], date: str | None = None) -> Iterator[Entry | InputError]:
    """Yield what a file holds, dated, with the reason in the place of each document that is left out by itself."""
    for _, item in _dated(((name, item) for item in found), date):
        fault = None if isinstance(item, InputError) else _fault(item.document, name, item)
        yield item if fault is None else fault


def reader_of(name: str, columns: Mapping[str, str] = NO_COLUMNS) -> Reader:
    """Return the reader of a suffix, which finds the fields of documents in these columns."""
    reader: Reader = plugins.load(GROUP, name)
    return partial(reader, columns=columns) if columns else reader


def _counted(
    items: Iterator[tuple[Document | InputError, int]], counts: Counter[str]
) -> Iterator[Document | InputError]:
    for item, left_out in items:
        if isinstance(item, Document):
            counts.update(documents=1, lines=left_out)
        else:
            counts[item.kind or "failed"] += 1
        yield item


def _screened(
    found: Iterator[tuple[str, Entry | InputError]], *, distinct: bool
) -> Iterator[tuple[Document | InputError, int]]:
    """Yield what is to be read, with the number of lines that were left out of it, and what is wrong with the rest."""
    ids, texts = Table(), Table()
    with closing(Notes()) as notes:
        for name, item in found:
            if isinstance(item, InputError):
                yield item, 0
                continue
            document = item.document
            fault = _fault(document, name, item)
            key, text = screen.digest(document.id), screen.digest(document.text)
            if fault is None and distinct and (at := texts.get(text)) is not None:
                first, where = notes.read(at)
                fault = _skipped(f"the same text as {first!r} ({where})", "duplicate", name, item)
            elif fault is None and (at := ids.get(key)) is not None:
                message = f"the id {document.id!r} was there before ({notes.read(at)[1]}); this document is left out"
                fault = InputError(message, source=name, line=item.line, unit=item.unit)
            if fault is not None:
                yield fault, 0
                continue
            at = notes.add(document.id, place(name, item.line, item.unit))
            ids.put(key, at)
            if distinct:
                texts.put(text, at)
            yield document, item.left_out


def _fault(document: Document, name: str, item: Entry) -> InputError | None:
    """Why a document is left out, whatever came before it."""
    if document.language.lower().partition("-")[0] == "en" and (language := screen.foreign(document.text)):
        message = f"not English: it seems to be in {language!r} (if it is, say so with the key language)"
        return _skipped(message, "language", name, item)
    if what := screen.no_article(document.text):
        return _skipped(f"no article: {what}", "boilerplate", name, item)
    return None


def _skipped(message: str, kind: Kind, name: str, item: Entry) -> SkippedError:
    return SkippedError(message, kind=kind, source=name, line=item.line, unit=item.unit)
