"""`kg export`: a graph in the format of another tool."""

import logging
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
        typer.Option(
            "--format",
            "-f",
            help="ttl, nt, trig, nq, jsonld, graphml, gexf, neo4j, ftm, geojson, csv, parquet, or what a plug-in adds.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file, not standard output.")
    ] = None,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="With ttl, nt, trig, nq: RDF 1.2, each statement the reifier of its triple.")
    ] = False,
) -> None:
    """Write a graph in the format of another tool.

    Without --format the ending of the output's name says it. csv and parquet are four files (NAME-documents.csv,
    NAME-entities.csv, NAME-statements.csv, NAME-mentions.csv), neo4j a folder with CSV files and load.cypher.
    """
    from kg.export.base import exporter, formats
    from kg.graph import knowledge

    if form is None:
        form = next((name for name in formats() if output is not None and f".{name}." in f"{output.name}."), None)
    if form is None:
        raise UsageError(f"no format: say --format with one of {', '.join(formats())}")
    if rdf12 and f"{form}-rdf12" not in formats():
        raise UsageError(f"--rdf12 is for ttl, nt, trig and nq, not for {form}")
    chosen = exporter(f"{form}-rdf12" if rdf12 else form)
    graph = knowledge.open(*sources)
    _tell()
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


def _tell() -> None:
    """Let what exporters log, such as what they left out, go to standard error."""
    log = logging.getLogger("kg.export")
    log.setLevel(logging.INFO)
    if not log.handlers:
        log.addHandler(_Echo())


class _Echo(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        typer.echo(record.getMessage(), err=True)
