"""`kg annotate`: documents in, one JSON line of annotation each out."""

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kg.cli.options import ontology_file
from kg.errors import InputError, UsageError
from kg.graph.spool import write_file
from kg.model import Document
from kg.settings import BASE, Settings

if TYPE_CHECKING:
    from kg.cli.progress import Counter


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT…", help="Files, folders or globs; - for JSON lines on standard input."),
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.", dir_okay=False)] = None,
    date: Annotated[str | None, typer.Option(help="Publication date (ISO 8601) of documents without one.")] = None,
    columns: Annotated[
        str | None, typer.Option(help="Which columns or keys hold the fields: text=story,date=day.")
    ] = None,
    model: Annotated[str, typer.Option(help="A spaCy pipeline by package name.")] = "en_core_web_md",
    ontology: Annotated[
        Path | None, typer.Option(help="A Turtle file of relations: an addition to the own one, or instead.")
    ] = None,
    base: Annotated[str, typer.Option(help="IRI under which entities get theirs.")] = BASE,
    annotator: Annotated[str, typer.Option(help="An installed annotator by name.")] = "rules",
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="So many processes read.")] = 1,
) -> None:
    """Read documents and write what they say, one JSON line each.

    With -o a run that was stopped goes on with the same command: what is done lies beside the file until all is.

    Exit status 1: some documents could not be read; they are named on standard error and the others are written.
    """
    from kg.cli.progress import counting
    from kg.corpus.annotating import Annotating, parts
    from kg.read import parse_columns, read
    from kg.read.expecting import expected

    settings = Settings(model=model, base=base, ontology=ontology_file(ontology))
    found = read(inputs, date=date, columns=parse_columns(columns) if columns else {}, duplicates="keep")
    with counting(expected(inputs)) as counter, _folder(output) as folder:
        told = _Told(counter)
        annotating = Annotating(annotator, settings, _made(annotator, settings), folder)
        files = parts(told.readable(found), annotating, workers)
        if output is None:
            told.write(files, sys.stdout.buffer, keep=False)
        else:
            _whole(output, lambda file: told.write(files, file, keep=True))
    if told.failed:
        typer.echo(f"kg: {told.failed} failed, {told.written} written", err=True)
        raise typer.Exit(1)


def _made(annotator: str, settings: Settings) -> str:
    """Return what a run that was stopped must have been made by, so that this one goes on from it."""
    if annotator != "rules":
        return settings.fingerprint()
    from kg.pipeline import run

    return repr(run(settings))


@contextmanager
def _folder(output: Path | None) -> Iterator[Path]:
    """Give the folder of the parts, which stays if the work is stopped and there is a file to go on with."""
    if output is None:
        with TemporaryDirectory(prefix="kg-") as folder:
            yield Path(folder)
        return
    parts = output.with_name(f".{output.name}.parts")
    try:
        parts.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"can't write {output}: {error.strerror}") from None
    yield parts
    shutil.rmtree(parts)


def _whole(output: Path, write: Callable[[BinaryIO], None]) -> None:
    try:
        write_file(output, write)
    except OSError as error:
        raise UsageError(f"can't write {output}: {error.strerror}") from None


class _Told:
    """Counts what was written and what failed, and says what is wrong."""

    def __init__(self, counter: "Counter") -> None:
        self._counter = counter
        self.failed = 0
        self.written = 0

    def readable(self, items: Iterable[Document | InputError]) -> Iterator[Document]:
        """Yield the documents; say what is wrong with the rest."""
        for item in items:
            if isinstance(item, Document):
                yield item
            else:
                self._leave(str(item), on_purpose=item.kind is not None)

    def write(self, parts: Iterable[Path], file: BinaryIO, *, keep: bool) -> None:
        """Write the lines of all parts, in UTF-8 whatever the terminal's encoding is; say what failed in them."""
        from kg.corpus.annotating import failures

        for part in parts:
            with part.open("rb") as lines:
                for line in lines:
                    file.write(line)
                    self.written += 1
                    self._counter.step()
            if failures(part).exists():
                for message, on_purpose in json.loads(failures(part).read_text(encoding="utf-8")):
                    self._leave(message, on_purpose=on_purpose)
            if not keep:
                part.unlink()
        file.flush()

    def _leave(self, message: str, *, on_purpose: bool) -> None:
        self.failed += not on_purpose
        self._counter.say(message)
        self._counter.step()
