"""`kg validate`: what SHACL finds wrong in a graph, and where."""

from pathlib import Path
from typing import Annotated

import typer

from kg.errors import UsageError

SHOWN = 50


def command(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIR|FILE…", help="Folders that kg build made, or RDF files.")
    ],
    shapes: Annotated[Path | None, typer.Option(help="A Turtle file of SHACL shapes instead of the own one.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help=f"Show all findings, not the first {SHOWN} of a kind.")
    ] = False,
) -> None:
    """Check a graph against the ontology's shapes.

    Exit status 1: there are violations. Warnings (arguments of unusual types) leave it at 0.
    """
    from kg.graph import knowledge
    from kg.graph.validate import Severity, count, validate

    if shapes is not None and not shapes.is_file():
        raise UsageError(f"no such file of shapes: {shapes}")
    findings = validate(knowledge.open(*sources), shapes)
    severities: tuple[Severity, ...] = ("violation", "warning", "info")
    for severity in severities:
        of_kind = [finding for finding in findings if finding.severity == severity]
        shown = of_kind if everything else of_kind[:SHOWN]
        for finding in shown:
            typer.echo(f"{severity}: {finding}")
        if len(shown) < len(of_kind):
            typer.echo(f"… {len(of_kind) - len(shown):,} more of this kind: --all shows them", err=True)
    violations, warnings = count(findings, "violation"), count(findings, "warning")
    typer.echo(f"{violations:,} violations, {warnings:,} warnings" if findings else "the graph conforms", err=True)
    if violations:
        raise typer.Exit(1)
