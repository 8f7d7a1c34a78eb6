"""The report of a build, counted from the ledger."""

from collections import Counter

from kg.corpus import records
from kg.corpus.deciding import Decided
from kg.corpus.ledger import Ledger
from kg.corpus.reading import Taken
from kg.corpus.totals import Totals
from kg.graph.report import Count, Failure, Gap, Report


def report(decided: Decided, taken: Taken, retracted: int, timing: dict[str, float]) -> Report:
    """Return what a build did, and what the graph has now."""
    ledger = decided.ledger
    totals = Totals()
    gaps: list[Gap] = []
    for (row,) in ledger.db.execute("SELECT count FROM document WHERE NOT twin ORDER BY id"):
        count = records.load(Count, row)
        totals.count(count)
        gaps += count.gaps
    (facts,) = ledger.db.execute("SELECT TOTAL(facts) FROM node").fetchone()
    return totals.report(
        decided.plan,
        timing,
        kinds=Counter(dict(ledger.db.execute("SELECT kind, COUNT(*) FROM node GROUP BY kind"))),
        quads=int(facts) + int(ledger.meta("facts") or 0),
        failed=taken.failed,
        skipped=(*taken.skipped, *_twins(ledger)),
        gaps=gaps,
        read=taken.read,
        retracted=retracted,
    )


def _twins(ledger: Ledger) -> list[Failure]:
    """Return the documents that are left out, because another has the same text."""
    rows = ledger.db.execute(
        "SELECT t.id, d.id FROM document t JOIN document d ON d.words = t.words AND NOT d.twin"
        " WHERE t.twin ORDER BY t.id"
    )
    return [Failure(twin, f"the same text as document {first}") for twin, first in rows]
