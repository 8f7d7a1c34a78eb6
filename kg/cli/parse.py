"""`kg parse`: how a sentence is parsed, and frozen parses for tests."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from spacy.tokens import Doc


def command(
    text: Annotated[str, typer.Argument(help="A sentence or more; - reads standard input.")],
    freeze: Annotated[
        bool, typer.Option("--freeze", help="Print the parse as JSON, to be put into tests/parses/.")
    ] = False,
    model: Annotated[str, typer.Option(help="A spaCy pipeline by package name.")] = "en_core_web_md",
) -> None:
    """Show how a sentence is parsed, or freeze the parse for a test.

    The sentence that kg reads wrong, frozen, is the best bug report: it goes into a test as it is.
    """
    from kg.errors import UsageError
    from kg.parse import frozen, models
    from kg.pipeline import plain

    text = sys.stdin.read() if text == "-" else text
    if not text.strip():
        raise UsageError("no text to parse")
    doc = models.load(model)(plain(text))
    if freeze:
        typer.echo(json.dumps(frozen.freeze(doc), ensure_ascii=False))
    else:
        _show(doc)


def _show(doc: "Doc") -> None:
    """Print a table of the tokens, one sentence after the other."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    for sentence in doc.sents:
        table = Table("i", "word", "lemma", "tag", "dep", "head", "name", title=None, box=None)
        for token in sentence:
            head = "" if token.head == token else f"{token.head.i} {token.head.text}"
            name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else ""
            table.add_row(str(token.i), repr(token.text)[1:-1], token.lemma_, token.tag_, token.dep_, head, name)
        console.print(table, "")
