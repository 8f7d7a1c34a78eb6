"""`kg annotate`: documents in, one JSON line of annotation each out."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from kg.cli.options import ontology_file
from kg.errors import InputError, KgError, UsageError
from kg.model import Annotation, Document
from kg.settings import BASE, Settings


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
) -> None:
    """Read documents and write what they say, one JSON line each.

    Exit status 1: some documents could not be read; they are named on standard error and the others are written.
    """
    from kg import plugins
    from kg.read import parse_columns, read

    settings = Settings(model=model, base=base, ontology=ontology_file(ontology))
    failures: list[KgError] = []
    documents = _readable(
        read(inputs, date=date, columns=parse_columns(columns) if columns else {}, duplicates="keep"), failures
    )
    make = plugins.load("kg.annotators", annotator)
    written = _write(_annotated(make(settings).annotate(documents), failures), output)
    if failures:
        typer.echo(f"kg: {len(failures)} failed, {written} written", err=True)
        raise typer.Exit(1)


def _readable(items: Iterable[Document | InputError], failures: list[KgError]) -> Iterator[Document]:
    """Yield the documents; say what is wrong with the rest."""
    for item in items:
        if isinstance(item, Document):
            yield item
        else:
            _fail(item, failures)


def _annotated(items: Iterable[Annotation | KgError], failures: list[KgError]) -> Iterator[Annotation]:
    """Yield the annotations; say what failed in their place."""
    for item in items:
        if isinstance(item, Annotation):
            yield item
        else:
            _fail(item, failures)


def _fail(error: KgError, failures: list[KgError]) -> None:
    failures.append(error)
    typer.echo(f"kg: {error}", err=True)


def _write(annotations: Iterable[Annotation], output: Path | None) -> int:
    """Write the lines in UTF-8, whatever the terminal's encoding is; return their number."""
    from kg.serial import to_json

    written = 0
    with nullcontext(sys.stdout.buffer) if output is None else _opened(output) as file:
        for annotation in annotations:
            file.write(to_json(annotation).encode() + b"\n")
            written += 1
        file.flush()
    return written


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("wb")
    except OSError as error:
        raise UsageError(f"can't write {path}: {error.strerror}") from None
