"""What changes a graph while it is served, in a process of its own: a build, and documents that are added.

    python -m kg.serve.work          a task on standard input as a line of JSON, what happens on standard output

The process ends when its standard input does, that is with the server, however that ended. It may be killed at any
moment: a build that was stopped is gone on with by the next one, and `settle` takes back what it had begun to add.
"""

import json
import os
import sys
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from kg.corpus import added, opening
from kg.corpus.build import build, retract
from kg.corpus.inputs import items
from kg.corpus.ledger import Ledger, Read
from kg.errors import KgError
from kg.graph import terms
from kg.graph.report import Failure, Report
from kg.model import Annotation, Document
from kg.read.screen import digest
from kg.serial import from_json
from kg.serve.served import plain

Tell = Callable[..., None]
Item = Document | Annotation
# So many things that went wrong are told.
SHOWN = 50


def main() -> None:
    """Do the task that standard input names, and tell of it."""
    task = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    folder = Path(task["folder"])
    try:
        match task["kind"]:
            case "build":
                report = build((), folder, phase=lambda name: tell(phase=name))
                tell(result=_built(report))
            case "settle":
                settle(folder, task["documents"])
            case _:
                os.chdir(task["place"])
                tell(result=add(folder, task["files"], task.get("date"), tell))
    except KgError as error:
        tell(error=plain(error, folder))


def tell(**what: object) -> None:
    """Write a line of JSON for the server."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def add(folder: Path, files: Sequence[str], date: str | None, tell: Tell) -> dict[str, object]:
    """Add the documents of files to the graph in a folder, and return what they say, and which are left out and why.

    A document whose id or text is there already is left out.

    Raises:
        KgError: nothing was added.
    """
    tell(phase="reading")
    left: list[Failure] = []
    fresh: list[Item] = []
    with opening.reading(folder) as ledger:
        for item in items(files, date=date):
            reason = str(item) if isinstance(item, KgError) else _known(ledger, item, fresh)
            if isinstance(item, KgError) or reason is not None:
                left.append(Failure("-" if isinstance(item, KgError) else item.id, reason or ""))
            else:
                fresh.append(item)
    if not fresh:
        return {"documents": [], "left": _told(left)}
    names = [item.id for item in fresh]
    tell(documents=names)
    try:
        documents, failed = _taken(folder, fresh, tell)
    except KgError:
        with suppress(KgError):
            settle(folder, names)
        raise
    added.forget(folder, {failure.document for failure in failed} & set(names))
    return {"documents": documents, "left": _told([*left, *failed])}


def settle(folder: Path, documents: Sequence[str]) -> None:
    """Take back what a process that was killed had begun to add.

    Raises:
        StoreError: another kg is writing in the folder.
    """
    added.forget(folder, documents)
    with opening.reading(folder) as ledger:
        known = [name for name in documents if ledger.known(name) is not None]
    if known:
        retract(folder, known)


def _taken(folder: Path, fresh: Sequence[Item], tell: Tell) -> tuple[list[dict[str, object]], list[Failure]]:
    """Keep what is new in the folder, and build it in."""
    names = {item.id for item in fresh}
    found: list[dict[str, object]] = []
    bare = [item for item in fresh if isinstance(item, Document)]
    annotated = [item for item in fresh if isinstance(item, Annotation)]
    with opening.reading(folder) as ledger:
        base = ledger.base

    def step(item: Read | KgError | None) -> None:
        if isinstance(item, Read) and item.id in names:
            found.append(_said(item, base))
            tell(phase="annotating", done=len(found), total=len(names))

    tell(phase="annotating", done=0, total=len(names), model=bool(bare))
    if bare:
        added.put(folder, bare)
    if annotated:
        added.put(folder, annotated)
    report = build((), folder, step=step, phase=lambda name: tell(phase=name))
    return found, [failure for failure in (*report.failed, *report.skipped) if failure.document in names]


def _known(ledger: Ledger, item: Item, others: Iterable[Item]) -> str | None:
    """Return why a document is not added: its id, or its text, is there already."""
    if ledger.known(item.id) is not None:
        return f"document {item.id}: a document with this id is in the graph already; give this one another id"
    words = digest(item.text)
    row = ledger.db.execute("SELECT id FROM document WHERE words = ? ORDER BY id", (words,)).fetchone()
    twin = row[0] if row else next((other.id for other in others if digest(other.text) == words), None)
    return None if twin is None else f"document {item.id}: the same text as document {twin}, which is there already"


def _said(read: Read, base: str) -> dict[str, object]:
    annotation = from_json(read.line)
    return {
        "id": annotation.id,
        "path": urlsplit(terms.document(base, annotation.id)[1:-1]).path,
        "title": annotation.title,
        "entities": len({entity.iri for entity in annotation.entities}),
        "statements": len(annotation.triples),
        "typed": sum(triple.predicate.relation is not None for triple in annotation.triples),
        "quotations": len(annotation.quotes),
    }


def _built(report: Report) -> dict[str, object]:
    stale = [Failure(f"line {entry.line}", f"{entry.action}: {entry.reason}") for entry in report.stale]
    return {
        "corrections": report.corrections,
        "entities": report.entities,
        "statements": report.statements,
        "left": _told([*report.failed, *stale]),
    }


def _told(failures: Collection[Failure]) -> list[str]:
    told = [failure.reason for failure in list(failures)[:SHOWN]]
    return told + [f"and {len(failures) - SHOWN:,} more"] * (len(failures) > SHOWN)


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(1)


if __name__ == "__main__":
    main()
