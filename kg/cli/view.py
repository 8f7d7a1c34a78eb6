"""`kg view`: annotations in, one page out."""

import sys
from collections.abc import Iterable, Iterator
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
    write(_resolved(None if standard else file), target, title=title)
    typer.echo(str(target))


def _resolved(file: Path | None) -> Iterator[Annotation]:
    """Yield the annotations of a file, or of standard input, with their entities resolved and corrected."""
    from kg.graph.corrections.file import NAME, load
    from kg.graph.identity import Identities, base_of, identified
    from kg.ontology import load as load_ontology
    from kg.settings import Settings
    from kg.workflow import gazetteer

    given = list(_annotations(sys.stdin.buffer, "standard input")) if file is None else []

    def documents() -> Iterator[Annotation]:
        if file is None:
            yield from given
        else:
            with file.open("rb") as lines:
                yield from _annotations(lines, str(file))

    decided = Path(NAME) if file is None else file.with_name(NAME)
    settings = Settings(base=base_of(next(documents(), None)))
    identities = Identities(
        settings.base,
        load_ontology(),
        () if file is None else load(decided),
        file=decided,
        places=gazetteer(settings),
    )
    return identified(documents, identities)


def _annotations(lines: Iterable[bytes], source: str) -> Iterator[Annotation]:
    """Yield the annotations of lines; blank ones are skipped."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield from_json(line, source=source, number=number)
