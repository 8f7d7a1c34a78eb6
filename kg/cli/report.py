"""`kg report`: a folder with a graph in, a page of figures out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.graph.contradictions import Dispute as Disputed
    from kg.graph.testimony import Record
    from kg.view.report.records import Dispute, Doubt, Report

DOUBTS, DISPUTES, FAILED = 20, 20, 50


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that kg build wrote.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write to this file (default: report.html in the folder).")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Heading of the report.")] = None,
) -> None:
    """Write what a graph holds, and what it lacks, as a page to read and print.

    Who and where most, relations, speakers, a timeline, a map; sentences with an actor that gave no triple, doubtful
    entities, disputed facts, documents that failed. One file without any script, which needs no network.
    """
    from kg.view.report.page import render

    target = output or folder / "report.html"
    if target.is_dir():
        raise UsageError(f"{target} is a folder: give the name of a file after -o")
    page = render(_report(folder, title))
    target.write_text(page, encoding="utf-8", errors="replace", newline="\n")
    typer.echo(str(target))


def _report(folder: Path, title: str | None) -> "Report":
    from kg.corpus import failures
    from kg.corpus.build import current
    from kg.corpus.opening import reading
    from kg.graph import knowledge
    from kg.graph.corrections.file import NAME
    from kg.view.report.figures import figures
    from kg.view.report.records import Failed, Report
    from kg.view.templating import count

    with reading(folder) as ledger:
        decided = current(ledger, folder / NAME)
        counted = figures(decided.annotations(), decided.final.settings)
        failed = failures.failed(ledger)
    store = knowledge.open(folder).store
    doubts, merged = _doubts(store)
    disputes, disputed = _disputes(store)
    return Report(
        title=title or f"What {count(counted.documents, 'document')} {'says' if counted.documents == 1 else 'say'}",
        figures=counted,
        doubts=doubts,
        merged=merged,
        disputes=disputes,
        disputed=disputed,
        failed=tuple(Failed(failure.document, failure.reason) for failure in failed[:FAILED]),
        failures=len(failed),
    )


def _doubts(store: "Store") -> "tuple[tuple[Doubt, ...], int]":
    from kg.graph.listing import doubtful
    from kg.view.report.records import Doubt

    rows, merged = doubtful(store, DOUBTS)
    found = (Doubt(r.name, r.type, r.documents, r.mentions, r.aliases, r.sure) for r in rows if r.sure is not None)
    return tuple(found), merged


def _disputes(store: "Store") -> "tuple[tuple[Dispute, ...], int]":
    from kg.graph import testimony
    from kg.graph.contradictions import disputes

    record = testimony.read(store, disputed=True)
    found = [_told(dispute, record) for dispute in disputes(record.stances(), record.kinds, record.places)]
    found.sort(key=lambda dispute: (-len(dispute.voices), dispute.fact))
    return tuple(found[:DISPUTES]), len(found)


def _told(dispute: "Disputed", record: "Record") -> "Dispute":
    from kg.graph.testimony import local
    from kg.view.claims import words_of
    from kg.view.report.records import Dispute, Voice

    objects = " or ".join(sorted(record.labels[node] for node in dispute.objects))
    voices = tuple(
        Voice(stance, told.speaker, told.document, told.date, told.words)
        for stance, side in (("asserts", dispute.asserts), ("denies", dispute.denies), ("hedges", dispute.hedges))
        for told in record.of(side)
    )
    return Dispute(f"{record.labels[dispute.subject]} {words_of(local(dispute.relation))} {objects}", voices)
