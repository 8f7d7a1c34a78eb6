"""What the arguments of a command name: files, folders, globs and `-`, in their order.

The id of a document that brings none is the name of its file without suffix, `calais` for `news/calais.md`. Below a
folder or a glob it is the path from there: `kg build news` gives `calais` and `2021/lille`. So the ids, and the graph,
don't depend on the working directory or the machine. Of two documents with the same id the first is kept and the other
reported.
"""

import glob
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kg import plugins
from kg.errors import InputError, UsageError
from kg.model import Document
from kg.read.base import Entry, Reader, day

GROUP = "kg.readers"
_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, the path that messages name and the id that its documents begin with."""

    path: Path
    name: str
    stem: str


def read(inputs: Sequence[str | Path], *, date: str | None = None) -> Iterator[Document | InputError]:
    """Yield each document of the inputs, and an InputError in the place of each that can't be read.

    `date` is the publication date of the documents that have none.

    Raises:
        UsageError: `date` is not ISO 8601, or there is no input.
    """
    if not inputs:
        raise UsageError("no input: name files, folders, globs or - for JSON lines on standard input")
    try:
        default = day(date)
    except ValueError as error:
        raise UsageError(str(error)) from None
    return _distinct(inputs, default)


def suffixes() -> tuple[str, ...]:
    """The suffixes that have a reader, the longest first: (".jsonl.gz", ".jsonl", ".txt", ".md")."""
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
    known = suffixes()
    found = False
    for path in paths:
        inside = path.relative_to(base)
        if path.name.endswith(known) and path.is_file() and not any(part.startswith(".") for part in inside.parts):
            found = True
            yield Source(path, path.as_posix(), _stem(inside.as_posix()))
    if not found:
        yield InputError(f"nothing to read here: no file ends with {', '.join(known)}", source=argument)


def _fixed(path: Path) -> tuple[str, ...]:
    """The parts of a glob before the first that has a wildcard."""
    parts: list[str] = []
    for part in path.parts:
        if _MAGIC & set(part):
            break
        parts.append(part)
    return tuple(parts)


def _stem(name: str) -> str:
    suffix = next((known for known in suffixes() if name.endswith(known)), PurePosixPath(name).suffix)
    return name.removesuffix(suffix) or name


def _entries(inputs: Sequence[str | Path]) -> Iterator[tuple[str, Entry | InputError]]:
    """Yield what the inputs hold, each with the name of its file."""
    read_stdin = False
    for argument in inputs:
        if str(argument) != "-":
            for source in sources(argument):
                found = iter([source]) if isinstance(source, InputError) else _file(source)
                yield from ((str(argument) if isinstance(source, InputError) else source.name, item) for item in found)
        elif not read_stdin:
            read_stdin = True
            name = "standard input"
            yield from ((name, item) for item in _reader("jsonl")(sys.stdin.buffer, source=name, stem="stdin"))


def _file(source: Source) -> Iterator[Entry | InputError]:
    name = next((suffix[1:] for suffix in suffixes() if source.name.endswith(suffix)), "")
    if not name and source.path.suffix:
        message = f"no reader for files that end with {source.path.suffix} (known: {', '.join(suffixes())})"
        yield InputError(message, source=source.name)
        return
    try:
        with source.path.open("rb") as file:
            yield from _reader(name or "txt")(file, source=source.name, stem=source.stem)
    except OSError as error:
        yield InputError(f"can't be read: {error.strerror or error}", source=source.name)


def _reader(name: str) -> Reader:
    reader: Reader = plugins.load(GROUP, name)
    return reader


def _distinct(inputs: Sequence[str | Path], date: str | None) -> Iterator[Document | InputError]:
    """Yield the documents with their dates set, and an InputError for each whose id was there before."""
    seen: dict[str, str] = {}
    for name, item in _entries(inputs):
        if isinstance(item, InputError):
            yield item
            continue
        document = item.document
        if document.id in seen:
            message = f"the id {document.id!r} was there before ({seen[document.id]}); this document is left out"
            yield InputError(message, source=name, line=item.line)
        else:
            seen[document.id] = name if item.line is None else f"{name}, line {item.line}"
            yield replace(document, date=date) if document.date is None and date else document
