"""`kg build`: documents in, a folder with the graph out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli.options import ontology_file
from kg.errors import KgError, UsageError
from kg.settings import BASE, Settings

if TYPE_CHECKING:
    from rich.console import Console

    from kg.graph.report import Report
    from kg.model import Annotation

Step = Callable[["Annotation | KgError"], None]
SHOWN = 10


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…", help="Files, folders or globs, or what kg annotate wrote; - for standard input."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to build the graph in.")],
    date: Annotated[str | None, typer.Option(help="Publication date (ISO 8601) of documents without one.")] = None,
    model: Annotated[str, typer.Option(help="A spaCy pipeline by package name.")] = "en_core_web_md",
    ontology: Annotated[
        Path | None, typer.Option(help="A Turtle file of relations: an addition to the own one, or instead.")
    ] = None,
    base: Annotated[str, typer.Option(help="IRI under which entities, statements and documents get theirs.")] = BASE,
    plain: Annotated[
        Literal["narrator", "own", "all"],
        typer.Option(help="Whose claims become plain triples: the narrator's, speakers' own deeds too, or all."),
    ] = "own",
    corrections: Annotated[
        Path | None, typer.Option(help="A file of what people decided (default: corrections.yaml in the folder).")
    ] = None,
    rdf12: Annotated[
        bool, typer.Option("--rdf12", help="Write graph-rdf12.ttl too: statements as RDF 1.2 reifiers.")
    ] = False,
) -> None:
    """Read documents and build the graph, the page and the store in a folder.

    Exit status 1: some documents could not be read, or corrections no longer apply; they are named on standard error
    and all else is in the graph.
    """
    from kg.workflow import build

    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file: name a folder with -o")
    settings = Settings(
        model=model,
        base=base,
        ontology=ontology_file(ontology),
        plain=plain,
        rdf12=rdf12,
    )
    from rich.console import Console

    console = Console(stderr=True)
    with _progress(console) as (step, phase):
        report = build(inputs, out, settings, date=date, corrections=corrections, step=step, phase=phase)
    _summary(Console(), report, out)
    for stale in report.stale:
        typer.echo(f"kg: corrections, line {stale.line}: {stale.action} does not apply: {stale.reason}", err=True)
    if report.failed or report.stale:
        raise typer.Exit(1)


@contextmanager
def _progress(console: "Console") -> Iterator[tuple[Step, Callable[[str], None]]]:
    """Count the documents on a terminal, and say what is wrong with those that fail."""
    from rich.markup import escape
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def step(item: "Annotation | KgError") -> None:
            if isinstance(item, KgError):
                console.print(f"kg: {escape(str(item))}", soft_wrap=True, highlight=False)
            else:
                progress.advance(task)

        yield step, lambda name: progress.update(task, description=name)


def _summary(console: "Console", report: "Report", out: Path) -> None:
    """Say what is in the graph, what is not, and what to do next."""
    from rich.markup import escape

    def line(words: str) -> None:
        console.print(words, soft_wrap=True, highlight=False)

    kinds = ", ".join(f"{count:,} {kind}" for kind, count in list(report.entity_types.items())[:6])
    line(f"{_count(report.documents, 'document')}, {_count(report.sentences, 'sentence')}")
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
    if report.failed:
        line(f"[bold red]{len(report.failed):,} failed[/]: they are named above and in report.json")
    folder = escape(str(out))
    line(f"\nIn [bold]{folder}[/]: graph.html, graph.ttl, graph.nq, annotations.jsonl, store, report.json")
    line(f"Look:  kg view {folder}")
    line(f"Ask:   kg query {folder} who-ordered-what    (kg query --list names the questions)")


def _count(count: int, noun: str, plural: str | None = None) -> str:
    return f"[bold]{count:,}[/] {noun if count == 1 else plural or f'{noun}s'}"
