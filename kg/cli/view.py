"""`kg view`: annotations in, one page out."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import UsageError
from kg.model import Annotation
from kg.serial import from_json
from kg.settings import Settings


def command(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|FILE", help="A folder that kg build wrote, or the output of kg annotate; - for stdin."
        ),
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
    if not standard and not source.exists():
        raise UsageError(f"no annotations at {source}: give a folder that kg build wrote, or the output of kg annotate")
    beside = source / "graph.html" if source.is_dir() else source.with_name("graph.html")
    target = output or (Path("graph.html") if standard else beside)
    if target.is_dir():
        raise UsageError(f"{target} is a folder: give the name of a file after -o")
    with _shown(None if standard else source) as (annotations, settings):
        write(annotations, target, title=title, settings=settings)
    typer.echo(str(target))


@contextmanager
def _shown(source: Path | None) -> Iterator[tuple[Iterator[Annotation], Settings]]:
    """Give the annotations of a folder, a file or standard input, with their entities resolved and corrected.

    A folder has the settings of its build, the others the default ones.
    """
    from kg.corpus.build import current
    from kg.corpus.deciding import resolved
    from kg.corpus.opening import reading
    from kg.graph.corrections.file import NAME

    if source is None:
        yield resolved(_annotations(sys.stdin.buffer, "standard input")), Settings()
    elif source.is_dir():
        with reading(source) as ledger:
            decided = current(ledger, source / NAME)
            yield decided.annotations(), decided.final.settings
    else:
        with source.open("rb") as lines:
            yield resolved(_annotations(lines, str(source)), source.with_name(NAME)), Settings()


def _annotations(lines: Iterable[bytes], source: str) -> Iterator[Annotation]:
    """Yield the annotations of lines; blank ones are skipped."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from_json(line, source=source, number=number)
