"""`kg correct`: what a person decides about a graph, written down so that every build applies it."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    action: Annotated[str, typer.Argument(metavar="ACTION", help="merge, split, rename, retype, link, reject, add.")],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="…", help="What the action is about; see below.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who decides (default: the name you are logged in with).")] = None,
    date: Annotated[str | None, typer.Option(help="When (ISO 8601 day; default: today).")] = None,
    reason: Annotated[str | None, typer.Option(help="Why.")] = None,
    document: Annotated[str | None, typer.Option(help="add, reject: the document that says so.")] = None,
    text: Annotated[str | None, typer.Option(help="add: the words of the document that say so.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="The file (default: in DIR).")] = None,
) -> None:
    """Write down a decision about a graph, which every build applies.

    merge NODE NODE…: they are one, the first stays. split NODE DOCUMENT…: these documents mean another one. rename NODE
    NAME. retype NODE CLASS. link NODE IRI: the same thing elsewhere. reject STATEMENT: its words, or its id.
    add SUBJECT RELATION OBJECT. A NODE is a label, the end of its IRI, or NAME @ DOCUMENT.
    """
    from kg.corpus.correcting import Wish, correct, login, signed
    from kg.graph.corrections.file import NAME, dump

    file = corrections or folder / NAME
    signature = signed(by or login(), date, reason)
    correction = correct(folder, Wish(action, tuple(arguments or ()), document, text), signature, file=file)
    typer.echo(dump(correction), nl=False)
    typer.echo(f"Written to {file}. Apply: kg build -o {folder}", err=True)
