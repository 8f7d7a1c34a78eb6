"""`kg export`: a graph in the format of another tool."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from kg.errors import UsageError


def command(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIR|FILE…", help="Folders that kg build made, or RDF files.")
    ],
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", help="ttl, nt, trig, nq, jsonld, graphml, gexf, csv, or what a plug-in adds."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not standard output.")
    ] = None,
) -> None:
    """Write a graph in the format of another tool.

    Without --format the ending of the output's name says it. CSV is a pair of files: NAME-nodes.csv and NAME-edges.csv.
    """
    from kg.export.base import exporter, formats
    from kg.graph import knowledge

    if form is None:
        form = next((name for name in formats() if output is not None and output.name.endswith(f".{name}")), None)
    if form is None:
        raise UsageError(f"no format: say --format with one of {', '.join(formats())}")
    chosen = exporter(form)
    graph = knowledge.open(*sources)
    if output is not None:
        for path in chosen.write(graph, output):
            typer.echo(f"wrote {path}", err=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        files = chosen.write(graph, Path(folder) / f"graph{chosen.suffix}")
        if len(files) > 1:
            raise UsageError(f"{form} is {len(files)} files: name them with -o")
        with files[0].open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
