"""Which documents of a folder failed, and why: kept from build to build, until they are read or no longer given."""

import json
from collections.abc import Iterable

from kg.corpus.ledger import Ledger
from kg.corpus.reading import is_seen
from kg.graph.report import Failure

_KEY = "failed"


def failed(ledger: Ledger) -> list[Failure]:
    """Return the failures, by document."""
    return [Failure(document, reason) for document, reason, _ in _kept(ledger)]


def note(ledger: Ledger, found: Iterable[Failure], *, sync: bool) -> None:
    """Note what failed in a build that read its inputs; `temp.seen` has the ids of the documents that they held.

    A document that failed before and was not given again is still missing, unless the inputs are all there is (`sync`).
    A place in a file ("a.jsonl, line 3") is of the last build alone: whether it has been mended is not known.
    """
    now = [(f.document, f.reason, is_seen(ledger, f.document) and not _there(ledger, f.document)) for f in found]
    before = [] if sync else [row for row in _kept(ledger) if row[2] and not is_seen(ledger, row[0])]
    rows = [row for row in before if not _there(ledger, row[0])]
    ledger.note(_KEY, json.dumps(sorted({*rows, *now})))


def _kept(ledger: Ledger) -> list[tuple[str, str, bool]]:
    return [(document, reason, lasting) for document, reason, lasting in json.loads(ledger.meta(_KEY) or "[]")]


def _there(ledger: Ledger, document: str) -> bool:
    return ledger.known(document) is not None
