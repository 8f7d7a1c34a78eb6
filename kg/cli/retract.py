"""`kg retract`: documents are taken back."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build made.")],
    documents: Annotated[list[str], typer.Argument(metavar="DOCUMENT…", help="The ids of documents.")],
    workers: Annotated[int, typer.Option("--workers", "-j", min=1, help="So many processes write.")] = 1,
) -> None:
    """Take documents back, with all that only they support.

    What others say too stays. The graph is then as if it had been built without them.
    """
    from rich.console import Console

    from kg.cli.build import summary
    from kg.cli.progress import counting
    from kg.corpus.build import retract

    with counting() as counter:
        report = retract(folder, documents, workers=workers, phase=counter.phase)
    summary(Console(), report, folder)
