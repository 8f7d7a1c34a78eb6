"""A decision of a person about a graph: tried against it, then written into its file of corrections.

`kg correct` and the pages of `kg serve` come here with the words that people type: an action, nodes by their labels or
IRIs, documents by their ids.
"""

import datetime
import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.corpus.build import settings_of
from kg.corpus.deciding import Decided, planned
from kg.corpus.opening import reading
from kg.errors import UsageError
from kg.graph.corrections import editing, records
from kg.graph.corrections.anchors import Anchors, rejection
from kg.graph.corrections.file import NAME, append, load
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


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: an action and what it is about (see USAGE), and for statements the document that says so."""

    action: str
    given: tuple[str, ...]
    document: str | None = None
    text: str | None = None


def login() -> str:
    """Return the name of who is logged in, "" where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def signed(by: str, date: str | None = None, reason: str | None = None) -> Signed:
    """Return who decides, when (today, if that is not said) and why.

    Raises:
        UsageError: nobody is named, or the date is no ISO 8601 day.
    """
    day = date or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    try:
        datetime.date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"--date {day!r}: write it as 2026-11-25") from None
    if not by.strip():
        raise UsageError("say who decides, with --by")
    return Signed(by.strip(), day, reason or None)


def correct(
    folder: Path, wish: Wish, by: Signed, *, file: Path | None = None, expected: str | None = None
) -> Correction:
    """Write down a decision about the graph in a folder, and return it as it stands in the file.

    It is tried before: what would not apply is not written. `expected` is the digest of the file that the decision was
    made for (`kg.graph.corrections.editing.digest`).

    Raises:
        UsageError: no such action, node, document or statement, or it would not apply.
        CorrectionError: it contradicts another, or the file can't be used or has changed.
    """
    _check(wish)
    path = file or folder / NAME
    with editing.changing(path, expected), reading(folder) as ledger:
        known = load(path)
        settings = settings_of(ledger)
        before = planned(ledger, settings, known, path)
        correction = _correction(wish, by, before)
        after = planned(ledger, settings, (*known, correction), path)
        refused = [stale for stale in after.plan.stale if stale not in before.plan.stale]
        if refused:
            raise UsageError(f"{wish.action}: {refused[0].reason}")
        append(path, correction)
    return correction


def undo(folder: Path, line: int, *, file: Path | None = None, expected: str | None = None) -> Correction:
    """Take the decision out again that begins in a line of the file, and return it; the next build goes without it.

    Raises:
        CorrectionError: none begins there, or the file can't be used or has changed.
    """
    path = file or folder / NAME
    with editing.changing(path, expected):
        return editing.remove(path, line)


def _check(wish: Wish) -> None:
    action = wish.action
    if action not in USAGE:
        raise UsageError(f"no action {action!r}: it is one of {', '.join(USAGE)}")
    needed, count = LEAST.get(action, 2), len(wish.given)
    if count < needed or (action not in ("merge", "split") and count > needed):
        raise UsageError(f"write: kg correct DIR {action} {USAGE[action]}")


def _correction(wish: Wish, by: Signed, graph: Decided) -> Correction:
    if wish.action == "reject":
        return _rejection(wish, by, graph)
    places = {"merge": range(len(wish.given)), "add": (0, 2)}.get(wish.action, (0,))
    given = tuple(graph.plan.final(word) if at in places else word for at, word in enumerate(wish.given))
    anchors = Anchors(graph.pairs(*_naming(graph, [given[at] for at in places])))
    match wish.action:
        case "merge":
            nodes = tuple(anchors.reference(node) for node in given)
            if len(set(nodes)) < len(nodes):
                raise UsageError("merge: name different nodes; these are one already")
            return records.Merge(nodes, by)
        case "split":
            return records.Split(*anchors.within(given[0], given[1:]), by)
        case "rename":
            return records.Rename(anchors.reference(given[0]), given[1], by)
        case "retype":
            return records.Retype(anchors.reference(given[0]), given[1], by)
        case "link":
            return records.Link(anchors.reference(given[0]), given[1], by)
        case _:
            subject, relation, other = given
            first, second = (anchors.reference(node, wish.document) for node in (subject, other))
            return records.Add(first, relation, second, by, document=wish.document, text=wish.text)


def _rejection(wish: Wish, by: Signed, graph: Decided) -> Correction:
    where = ("NOT twin", ()) if wish.document is None else ("NOT twin AND id = ?", (wish.document,))
    documents = (annotation for _, annotation in graph.ledger.annotations(*where))
    return rejection(documents, graph.ledger.base, wish.given[0], wish.document, by)


def _naming(graph: Decided, nodes: Sequence[str]) -> tuple[str, Sequence[object]]:
    """Return the condition for the documents that name these nodes; for all, unless each is given by its IRI.

    A browser knows nodes by their IRIs in the graph as it was built last, before the entries that wait.
    """
    known = graph.ledger.db.execute
    if not all(known("SELECT 1 FROM entity WHERE iri = ?", (node,)).fetchone() for node in nodes):
        return "NOT twin", ()
    iris = [*nodes, *(gone for gone in graph.plan.merged if graph.plan.final(gone) in nodes)]
    marks = ", ".join("?" * len(iris))
    return f"NOT twin AND n IN (SELECT document FROM entity WHERE iri IN ({marks}))", iris  # noqa: S608
