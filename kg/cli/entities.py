"""`kg entities`: who and what is in a graph, the doubtful identities first."""

import csv
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from kg.graph.listing import Row

Form = Literal["table", "csv", "json"]
SHOWN = 50
ALIASES = 6


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    find: Annotated[str | None, typer.Option("--find", help="Only those with this text in a name.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="Only those of this class, such as Person.")] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="NODE", help="Say why documents mean one entity by a name, or two.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Show so many; 0: all.")] = SHOWN,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to write the list.")] = "table",
) -> None:
    """List who and what is in a graph, doubtful identities first.

    "sure" is the probability that all documents that name an entity mean the same one, by the weakest link between
    them. Mend what is wrong with kg correct.
    """
    if why is not None:
        _explain(folder, why)
        return
    from kg.corpus.opening import required
    from kg.graph import knowledge
    from kg.graph.listing import entities

    required(folder)
    text = (find or "").casefold()
    rows = [
        row
        for row in entities(knowledge.open(folder).store)
        if (kind is None or row.type == kind) and any(text in name.casefold() for name in (row.name, *row.aliases))
    ]
    shown = rows[:limit] if limit else rows
    _write(shown, form)
    rest = f"; {len(rows) - len(shown):,} more, see --limit" if len(shown) < len(rows) else ""
    typer.echo(f"{len(rows):,} {'entity' if len(rows) == 1 else 'entities'}{rest}", err=True)


def _write(rows: "list[Row]", form: Form) -> None:
    if form == "json":
        for row in rows:
            typer.echo(json.dumps(asdict(row), ensure_ascii=False))
    elif form == "csv":
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(("iri", "name", "type", "documents", "mentions", "aliases", "sure"))
        for row in rows:
            sure = "" if row.sure is None else row.sure
            table.writerow((row.iri, row.name, row.type, row.documents, row.mentions, " | ".join(row.aliases), sure))
    elif rows:
        _table(rows)


def _table(rows: "list[Row]") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.graph.corrections.directory import local

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in ("sure", "name", "type", "documents", "mentions", "also called", "node"):
        table.add_column(column, justify="right" if column in ("sure", "documents", "mentions") else "left")
    for row in rows:
        more = ", …" if len(row.aliases) > ALIASES else ""
        cells = (
            "" if row.sure is None else f"{row.sure:.2f}",
            row.name,
            row.type,
            str(row.documents),
            str(row.mentions),
            ", ".join(row.aliases[:ALIASES]) + more,
            local(row.iri),
        )
        table.add_row(*map(Text, cells))
    console = Console()
    (console if console.is_terminal else Console(width=100_000)).print(table)


def _explain(folder: Path, node: str) -> None:
    from kg.corpus.opening import reading
    from kg.corpus.why import comparisons

    with reading(folder) as ledger:
        found = comparisons(ledger, node)
    for comparison in found:
        first, second = comparison.first, comparison.second
        verdict = "one" if comparison.joined else "two"
        typer.echo(
            f"{verdict}, {comparison.probability:.2f}: {first.name} @ {first.context.document}"
            f" and {second.name} @ {second.context.document}"
        )
        for reason in comparison.reasons:
            typer.echo(f"  {reason.weight:+.1f} {reason.words}")
