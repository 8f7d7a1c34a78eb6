"""`kg contradictions`: what the sources of a graph dispute, and what they agree on."""

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

if TYPE_CHECKING:
    from kg.graph.consensus import Agreement
    from kg.graph.contradictions import Dispute
    from kg.graph.testimony import Record, Testimony

Form = Literal["table", "json", "csv"]
Cells = dict[str, str | int | None]

_SIDES = ("asserts", "denies", "hedges")
_COUNTED = ("subject", "relation", "object", "sources", "documents", "speakers", "hedges")
_TOLD = ("subject", "relation", "object", "stance", "claimed", "speaker", "document", "date", "sentence", "statement")


def command(
    source: Annotated[str, typer.Argument(metavar="DIR|FILE", help="A folder that kg build made, or an RDF file.")],
    about: Annotated[
        str | None, typer.Option("--about", "-a", metavar="TEXT", help="Only facts on who or what has this in a name.")
    ] = None,
    consensus: Annotated[
        bool,
        typer.Option("--consensus", help="The facts that two or more sources assert and nobody denies, with counts."),
    ] = False,
    form: Annotated[Form, typer.Option("--format", "-f", help="How to write it: table, json or csv.")] = "table",
) -> None:
    """Show which facts the sources dispute, and who says what.

    A source is a speaker in a document, or the document itself. A fact is disputed when one source asserts it and
    another denies it, or when two name different places of one birth or death, and times and places don't keep the two
    apart. For --consensus, documents with a sentence in the same words are copies, and count once.
    """
    from kg.graph import knowledge, testimony
    from kg.graph.consensus import agreements
    from kg.graph.contradictions import disputes

    store = knowledge.open(source).store
    record = testimony.read(store, disputed=not consensus)
    wanted = None if about is None else testimony.named(store, about)
    if consensus:
        agreed = [a for a in agreements(record) if wanted is None or wanted & {a.subject, a.object}]
        _write_agreements(agreed, record, form)
        _tell(len(agreed), "fact that several sources assert", "facts that several sources assert")
        return
    found = disputes(record.stances(), record.kinds, record.places)
    found = [d for d in found if wanted is None or wanted & {d.subject, *d.objects}]
    found.sort(key=lambda d: (_heading(d, record), d.subject, d.objects))
    _write_disputes(found, record, form)
    _tell(len(found), "disputed fact", "disputed facts")


def _tell(count: int, one: str, many: str) -> None:
    typer.echo(f"{f'{count:,}' if count else 'no'} {one if count == 1 or not count else many}", err=True)


def _write_disputes(found: Sequence["Dispute"], record: "Record", form: Form) -> None:
    if form == "json":
        _json([_dispute(dispute, record) for dispute in found])
    elif form == "csv":
        _csv(_TOLD, (row for dispute in found for row in _told(dispute, record)))
    else:
        typer.echo("".join(f"{block}\n" for block in (_block(dispute, record) for dispute in found)), nl=False)


def _write_agreements(found: Sequence["Agreement"], record: "Record", form: Form) -> None:
    rows = [_counts(agreement, record) for agreement in found]
    if form == "json":
        _json(rows)
    elif form == "csv":
        _csv(_COUNTED, rows)
    elif rows:
        cells = [_COUNTED, *(tuple(_plain(row[column]) for column in _COUNTED) for row in rows)]
        typer.echo("\n".join(_aligned(cells)))


def _block(dispute: "Dispute", record: "Record") -> str:
    """Return the fact, and a line for each who takes part: stance, speaker, document and day, sentence."""
    lines = [
        (f"  {_stance(side, told, dispute, record)}", _speaker(told), _where(told), _plain(told.words))
        for side in _SIDES
        for told in record.of(getattr(dispute, side))
    ]
    return "\n".join([_heading(dispute, record), *_aligned(lines)]) + "\n"


def _heading(dispute: "Dispute", record: "Record") -> str:
    from kg.graph.testimony import local

    objects = " or ".join(sorted(record.labels[node] for node in dispute.objects))
    return _plain(f"{record.labels[dispute.subject]} {local(dispute.relation)} {objects}")


def _stance(side: str, testimony: "Testimony", dispute: "Dispute", record: "Record") -> str:
    """Return the stance, and where there are several objects which of them it is about."""
    return side if len(dispute.objects) == 1 else f"{side} {_plain(record.labels[testimony.stance.object])}"


def _speaker(testimony: "Testimony") -> str:
    return _plain(testimony.speaker or "the document")


def _where(testimony: "Testimony") -> str:
    return _plain(testimony.document if testimony.date is None else f"{testimony.document} ({testimony.date})")


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the rows as lines, each column but the last as wide as it needs."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _dispute(dispute: "Dispute", record: "Record") -> dict[str, object]:
    from kg.graph.testimony import local

    sides = {side: [_testimony(t, record) for t in record.of(getattr(dispute, side))] for side in _SIDES}
    return {
        "subject": record.labels[dispute.subject],
        "relation": local(dispute.relation),
        "objects": sorted(record.labels[node] for node in dispute.objects),
        **sides,
    }


def _testimony(testimony: "Testimony", record: "Record") -> Cells:
    from kg.graph.testimony import local

    stance = testimony.stance
    return {
        "claimed": f"{record.labels[stance.subject]} {local(stance.relation)} {record.labels[stance.object]}",
        "speaker": testimony.speaker,
        "document": testimony.document,
        "date": testimony.date,
        "sentence": testimony.words,
        "statement": stance.statement.strip("<>"),
    }


def _told(dispute: "Dispute", record: "Record") -> Iterable[Cells]:
    whole = _dispute(dispute, record)
    fact: Cells = {
        "subject": record.labels[dispute.subject],
        "relation": str(whole["relation"]),
        "object": " or ".join(sorted(record.labels[node] for node in dispute.objects)),
    }
    for side in _SIDES:
        for testimony in record.of(getattr(dispute, side)):
            yield {**fact, "stance": side, **_testimony(testimony, record)}


def _counts(agreement: "Agreement", record: "Record") -> Cells:
    from kg.graph.consensus import independent
    from kg.graph.testimony import local

    return {
        "subject": record.labels[agreement.subject],
        "relation": local(agreement.relation),
        "object": record.labels[agreement.object],
        "sources": agreement.sources,
        "documents": agreement.documents,
        "speakers": agreement.speakers,
        "hedges": independent(agreement.hedges),
    }


def _json(value: object) -> None:
    import json

    data = json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def _csv(columns: Sequence[str], rows: Iterable[Cells]) -> None:
    import csv
    import io

    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    sys.stdout.buffer.write(text.getvalue().encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _plain(value: str | int | None) -> str:
    """Return a value on one line, without what a terminal would act on."""
    from kg.graph.turtle import comment

    return comment(str(value))
