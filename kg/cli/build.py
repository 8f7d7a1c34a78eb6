"""`kg build`: documents in, a folder with the graph out."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kg.cli.options import ontology_file
from kg.errors import UsageError
from kg.settings import BASE, Settings

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph.report import Report

SHOWN = 10


def command(
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder of the graph.")],
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[INPUT…]", help="Files, folders or globs, or what kg annotate wrote; - for standard input."
        ),
    ] = None,
    date: Annotated[str | None, typer.Option(help="Publication date (ISO 8601) of documents without one.")] = None,
    columns: Annotated[
        str | None, typer.Option(help="Which columns or keys hold the fields: text=story,date=day.")
    ] = None,
    sync: Annotated[
        bool, typer.Option("--sync", help="Take back the documents of the folder that the inputs no longer hold.")
    ] = False,
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="So many processes read and write.")] = 1,
    files: Annotated[
        bool | None,
        typer.Option(
            "--files/--no-files",
            help="Write graph.ttl, graph.nq, annotations.jsonl and graph.html (default: up to 1,000 documents).",
        ),
    ] = None,
    engine: Annotated[
        Literal["here", "spark"], typer.Option(help="Where the work is done: on this machine, or by Spark.")
    ] = "here",
    master: Annotated[
        str | None, typer.Option(help="Spark: its address, such as local[2] or spark://host:7077.")
    ] = None,
    compress: Annotated[bool, typer.Option("--compress", help="Spark: write compressed N-Quads.")] = False,
    model: Annotated[
        str | None, typer.Option(help="A spaCy pipeline by package name (default: en_core_web_md).")
    ] = None,
    ontology: Annotated[
        Path | None, typer.Option(help="A Turtle file of relations: an addition to the own one, or instead.")
    ] = None,
    base: Annotated[
        str | None, typer.Option(help=f"IRI under which entities and documents get theirs (default: {BASE}).")
    ] = None,
    plain: Annotated[
        Literal["narrator", "own", "all"] | None,
        typer.Option(help="Whose claims become plain triples: the narrator's, speakers' own deeds too (default), all."),
    ] = None,
    corrections: Annotated[
        Path | None, typer.Option(help="A file of what people decided (default: corrections.yaml in the folder).")
    ] = None,
) -> None:
    """Read documents and build the graph, the page and the store in a folder.

    In a folder that has a graph only documents that are new or have changed are read, the others stay; without inputs
    what people decided is applied. Model, ontology, base and plain are those of the folder where none are named; others
    read all its documents again. A build that was stopped goes on with the same command.

    With --engine spark the folder gets N-Quads and annotations in parts, for a store that scales; see docs/scale.md.

    Exit status 1: some documents could not be read, or corrections no longer apply; they are named on standard error
    and all else is in the graph.
    """
    from kg.cli.progress import counting
    from kg.corpus.build import build
    from kg.read import parse_columns
    from kg.read.expecting import expected

    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: name a folder with -o")
    fields = parse_columns(columns) if columns else None
    settings = _settings(out, model=model, ontology=ontology_file(ontology), base=base, plain=plain)
    if engine == "spark":
        if sync or files is not None or workers > 1 or not inputs or master is None:
            raise UsageError("--engine spark wants inputs and --master; --sync, --files and --workers are not for it")
        from kg.corpus import spark

        made = spark.build(
            inputs,
            out,
            settings or Settings(),
            master=master,
            date=date,
            corrections=corrections,
            columns=fields,
            compress=compress,
        )
        _end(made, out, "quads, annotations, report.json")
        return
    with counting(expected(inputs or ())) as counter:
        report = build(
            inputs or (),
            out,
            settings,
            date=date,
            columns=fields,
            corrections=corrections,
            sync=sync,
            workers=workers,
            files=files,
            step=counter.step,
            phase=counter.phase,
        )
    _end(report, out)


def _end(report: "Report", out: Path, names: str | None = None) -> None:
    """Say what was done, and end with the exit status for it."""
    from rich.console import Console

    summary(Console(), report, out, names)
    for stale in report.stale:
        typer.echo(f"kg: corrections, line {stale.line}: {stale.action} does not apply: {stale.reason}", err=True)
    if report.failed or report.stale:
        raise typer.Exit(1)


def _settings(out: Path, **given: Any) -> Settings | None:
    """Return the settings of the folder with those given in their place; None where none are."""
    from kg.corpus.build import settings_of
    from kg.corpus.ledger import NAME
    from kg.corpus.opening import reading

    named = {key: value for key, value in given.items() if value is not None}
    if not named:
        return None
    if not (out / NAME).is_file():
        return replace(Settings(), **named)
    with reading(out) as ledger:
        return replace(settings_of(ledger), **named)


def summary(console: "Console", report: "Report", out: Path, names: str | None = None) -> None:
    """Say what is in the graph, what is not, and what to do next."""
    from rich.markup import escape

    def line(words: str) -> None:
        console.print(words, soft_wrap=True, highlight=False)

    kinds = ", ".join(f"{count:,} {kind}" for kind, count in list(report.entity_types.items())[:6])
    line(f"{_count(report.documents, 'document')}, {_count(report.sentences, 'sentence')}" + _news(report))
    line(_count(report.entities, "entity", "entities") + (f": {kinds}" if kinds else ""))
    line(
        f"{_count(report.statements, 'statement')}, {report.typed_statements:,} with a typed relation, "
        f"{_count(report.plain_triples, 'plain triple')}, {_count(report.quotations, 'quotation')}"
    )
    if report.relations:
        common = ", ".join(f"{name} {count:,}" for name, count in list(report.relations.items())[:SHOWN])
        line(f"most common: {common}")
    if report.gaps:
        line(f"{_count(len(report.gaps), 'sentence')} with an actor gave no triple (report.json lists them)")
    if report.corrections:
        line(f"{_count(report.corrections, 'correction')} applied")
    if report.skipped:
        line(f"{_count(len(report.skipped), 'document')} left out (report.json says why)")
    if report.failed:
        line(f"[bold red]{len(report.failed):,} failed[/]: they are named above and in report.json")
    folder = escape(str(out))
    if names is not None:
        line(f"\nIn [bold]{folder}[/]: {names}")
        return
    written = [name for name in ("graph.html", "graph.ttl", "graph.nq", "annotations.jsonl") if (out / name).exists()]
    line(f"\nIn [bold]{folder}[/]: {', '.join((*written, 'store', 'ledger.db', 'report.json'))}")
    line(f"Look:  kg view {folder}")
    line(f"Ask:   kg query {folder} who-ordered-what    (kg query --list names the questions)")


def _news(report: "Report") -> str:
    """Say what a build into a graph has changed, if that is not all."""
    said = f"{report.read:,} read" if report.read < report.documents else ""
    back = f"{report.retracted:,} taken back" if report.retracted else ""
    told = ", ".join(part for part in (said, back) if part)
    return f" ({told})" if told else ""


def _count(count: int, noun: str, plural: str | None = None) -> str:
    return f"[bold]{count:,}[/] {noun if count == 1 else plural or f'{noun}s'}"
