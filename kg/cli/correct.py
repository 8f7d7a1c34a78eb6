"""`kg correct`: what a person decides about a graph, written down so that every build applies it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.corpus.ledger import Ledger
    from kg.graph.corrections.anchors import Anchors
    from kg.graph.corrections.records import Correction, Signed

USAGE = {
    "merge": "NODE NODE…",
    "split": "NODE DOCUMENT…",
    "rename": "NODE NAME",
    "retype": "NODE CLASS",
    "link": "NODE IRI",
    "reject": "STATEMENT",
    "add": "SUBJECT RELATION OBJECT",
}
LEAST = {"merge": 2, "split": 2, "reject": 1, "add": 3}


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
    from kg.corpus.build import settings_of
    from kg.corpus.deciding import planned
    from kg.corpus.opening import reading
    from kg.graph.corrections.anchors import Anchors
    from kg.graph.corrections.file import NAME, append, dump, load

    given = _checked(action, arguments or [])
    file = corrections or folder / NAME
    with reading(folder) as ledger:
        settings = settings_of(ledger)
        before = planned(ledger, settings, load(file), file)
        anchors = Anchors(before.pairs())
        correction = _correction(action, given, _signed(by, date, reason), anchors, ledger, document, text)
        after = planned(ledger, settings, (*load(file), correction), file)
    refused = [stale for stale in after.plan.stale if stale not in before.plan.stale]
    if refused:
        raise UsageError(f"{action}: {refused[0].reason}")
    append(file, correction)
    typer.echo(dump(correction), nl=False)
    typer.echo(f"Written to {file}. Apply: kg build -o {folder}", err=True)


def _checked(action: str, arguments: Sequence[str]) -> Sequence[str]:
    if action not in USAGE:
        raise UsageError(f"no action {action!r}: it is one of {', '.join(USAGE)}")
    needed = LEAST.get(action, 2)
    if len(arguments) < needed or (action not in ("merge", "split") and len(arguments) > needed):
        raise UsageError(f"write: kg correct DIR {action} {USAGE[action]}")
    return arguments


def _signed(by: str | None, date: str | None, reason: str | None) -> "Signed":
    import datetime
    import getpass

    from kg.graph.corrections.records import Signed

    day = date or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"--date {day!r}: write it as 2026-11-25") from None
    try:
        return Signed(by or getpass.getuser(), day, reason)
    except (OSError, KeyError):
        raise UsageError("say who decides, with --by") from None


def _correction(
    action: str,
    given: Sequence[str],
    signed: "Signed",
    anchors: "Anchors",
    ledger: "Ledger",
    document: str | None,
    text: str | None,
) -> "Correction":
    from kg.graph.corrections import records
    from kg.graph.corrections.anchors import rejection

    match action:
        case "merge":
            return records.Merge(tuple(anchors.reference(node) for node in given), signed)
        case "split":
            node, apart = anchors.within(given[0], given[1:])
            return records.Split(node, apart, signed)
        case "rename":
            return records.Rename(anchors.reference(given[0]), given[1], signed)
        case "retype":
            return records.Retype(anchors.reference(given[0]), given[1], signed)
        case "link":
            return records.Link(anchors.reference(given[0]), given[1], signed)
        case "reject":
            documents = (annotation for _, annotation in ledger.annotations())
            return rejection(documents, ledger.base, given[0], document, signed)
        case _:
            subject, relation, other = given
            first, second = (anchors.reference(node, document) for node in (subject, other))
            return records.Add(first, relation, second, signed, document=document, text=text)
