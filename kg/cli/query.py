"""`kg query`: a question to a graph, answered as a table, CSV, JSON or Turtle."""

import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.graph.query import Answer
    from kg.graph.turtle import Shortener

Form = Literal["table", "csv", "json", "ttl"]


def command(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="DIR|FILE… QUERY",
            help="Folders that kg build made or RDF files, and a question: a name, a .rq file or SPARQL text.",
        ),
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="A value for a parameter: place=Calais."),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", "-f", help="How to write the answer; table, or ttl for a graph, if not said."),
    ] = None,
    names: Annotated[
        bool, typer.Option("--list", "-l", help="List the named questions with their parameters.")
    ] = False,
) -> None:
    """Ask a graph: a named question, a file or SPARQL text.

    An argument that is an existing folder or RDF file is data; an existing .rq file is a query; a text with white space
    is SPARQL; anything else is the name of a question (--list). Queries see the union of all graphs unless they say
    GRAPH.
    """
    from kg.graph import knowledge, query
    from kg.graph.knowledge import split

    if names:
        _list()
        return
    data, question = split(arguments or [])
    if question is None:
        raise UsageError("no question: name one (kg query --list), a .rq file, or write SPARQL")
    text, values = query.text_of(question), query.parameters(param or [])
    query.fill(text, values)
    if not data:
        raise UsageError("no data: name a folder that kg build made, or an RDF file")
    graph = knowledge.open(*data)
    _write(query.ask(graph.store, text, values, base=graph.base, names=graph.names), form, graph.base)


def _write(answer: "Answer", form: Form | None, base: str) -> None:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QuerySolutions):
        _rows(answer, form, base)
    elif isinstance(answer, QueryBoolean):
        _truth(answer, form)
    else:
        _triples(answer, form, base)


def _rows(answer: "QuerySolutions", form: Form | None, base: str) -> None:
    from pyoxigraph import QueryResultsFormat

    if form == "ttl":
        raise UsageError("--format ttl is for CONSTRUCT and DESCRIBE: a SELECT gives table, csv or json")
    if form in ("csv", "json"):
        data = answer.serialize(format=QueryResultsFormat.CSV if form == "csv" else QueryResultsFormat.JSON)
        sys.stdout.buffer.write((data or b"").rstrip() + b"\n")
        sys.stdout.buffer.flush()
    else:
        _table(answer, base)


def _table(answer: "QuerySolutions", base: str) -> None:
    """Write a table; without a terminal each column is as wide as it needs, so that no line is broken."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from kg.graph.terms import prefixes
    from kg.graph.turtle import Shortener

    short = Shortener(prefixes(base))
    columns = [variable.value for variable in answer.variables]
    table = Table(*columns, box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    count = 0
    for row in answer:
        table.add_row(*(Text(_cell(row[name], short)) for name in columns))
        count += 1
    console = Console()
    if not console.is_terminal:
        console = Console(width=100_000)
    if count:
        console.print(table)
    typer.echo(f"{count:,} {'row' if count == 1 else 'rows'}", err=True)


def _cell(term: object, short: "Shortener") -> str:
    from pyoxigraph import Literal as RdfLiteral
    from pyoxigraph import NamedNode

    from kg.graph.turtle import comment

    if isinstance(term, NamedNode):
        return short(str(term))
    if isinstance(term, RdfLiteral):
        return comment(term.value)
    return "" if term is None else str(term)


def _truth(answer: "QueryBoolean", form: Form | None) -> None:
    if form in ("csv", "ttl"):
        raise UsageError(f"--format {form} has no yes and no: an ASK gives table or json")
    typer.echo(
        f'{{"head":{{}},"boolean":{str(bool(answer)).lower()}}}' if form == "json" else "yes" if answer else "no"
    )


def _triples(answer: "QueryTriples", form: Form | None, base: str) -> None:
    if form in ("csv", "json", "table"):
        raise UsageError(f"--format {form} is for SELECT: a CONSTRUCT or DESCRIBE gives ttl")
    from kg.graph.terms import prefixes
    from kg.graph.turtle import document

    facts = sorted({(str(t.subject), str(t.predicate), str(t.object)) for t in answer})
    sys.stdout.buffer.write(document(facts, prefixes(base)).encode())
    sys.stdout.buffer.flush()


def _list() -> None:
    from kg.graph.query import named

    for question in named():
        typer.echo(f"{question.name}\n    {question.title}")
        for parameter in question.parameters:
            example = "" if parameter.example is None else f" (--param {parameter.name}={parameter.example})"
            typer.echo(f"    {parameter.name}: {parameter.meaning}{example}")
