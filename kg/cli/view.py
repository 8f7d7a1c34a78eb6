"""`kg view`: annotations in, one page out."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import UsageError
from kg.model import Annotation
from kg.serial import from_json


def command(
    source: Annotated[
        Path,
        typer.Argument(metavar="DIR|FILE", help="A folder that kg build wrote, or annotations.jsonl; - for stdin."),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file (default: graph.html beside the input).")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the page.")] = None,
) -> None:
    """Show a graph as one page for the browser.

    The page is one file that needs no network: it can be mailed, and opened from a disk.
    """
    from kg.view.page import write

    standard = str(source) == "-"
    file = source / "annotations.jsonl" if source.is_dir() else source
    if not standard and not file.is_file():
        raise UsageError(f"no annotations at {source}: give a folder that kg build wrote, or the output of kg annotate")
    target = output or (Path("graph.html") if standard else file.with_name("graph.html"))
    if target.is_dir():
        raise UsageError(f"{target} is a folder: give the name of a file after -o")
    write(_annotations(None if standard else file), target, title=title)
    typer.echo(str(target))


def _annotations(file: Path | None) -> Iterator[Annotation]:
    """Yield the annotations of a file, or of standard input; blank lines are skipped."""
    with sys.stdin.buffer if file is None else file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield from_json(line, source="standard input" if file is None else str(file), number=number)
