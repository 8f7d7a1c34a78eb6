"""The report of a build, counted from the ledger."""

from collections import Counter

from kg.corpus import records
from kg.corpus.deciding import Decided
from kg.corpus.ledger import Ledger
from kg.corpus.reading import Taken
from kg.corpus.totals import Totals
from kg.graph.report import Count, Failure, Gap, Report, ranked


def report(decided: Decided, taken: Taken, retracted: int, timing: dict[str, float]) -> Report:
    """Return what a build did, and what the graph has now."""
    ledger = decided.ledger
    sums: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    gaps: list[Gap] = []
    for (row,) in ledger.db.execute("SELECT count FROM document WHERE NOT twin ORDER BY id"):
        count = records.load(Count, row)
        sums.update({name: getattr(count, name) for name in Totals.NAMES})
        relations.update(count.relations)
        gaps += count.gaps
    kinds = Counter(dict(ledger.db.execute("SELECT kind, COUNT(*) FROM node GROUP BY kind")))
    (facts,) = ledger.db.execute("SELECT TOTAL(facts) FROM node").fetchone()
    return Report(
        documents=ledger.count("document", "NOT twin"),
        read=taken.read,
        retracted=retracted,
        failed=tuple(taken.failed),
        skipped=(*taken.skipped, *_twins(ledger)),
        entities=kinds.total(),
        mentions=sums["mentions"],
        statements=sums["statements"],
        typed_statements=sums["typed_statements"],
        plain_triples=sums["plain_triples"],
        quotations=sums["quotations"],
        quads=sums["triples"] + int(facts) + int(ledger.meta("facts") or 0),
        entity_types=ranked(kinds),
        relations=ranked(relations),
        gaps=tuple(gaps),
        sentences=sums["sentences"],
        timing={name: round(seconds, 3) for name, seconds in timing.items()},
        corrections=len(decided.plan.decided),
        stale=tuple(sorted(decided.plan.stale, key=lambda stale: stale.line)),
    )


def _twins(ledger: Ledger) -> list[Failure]:
    """Return the documents that are left out, because another has the same text."""
    rows = ledger.db.execute(
        "SELECT t.id, d.id FROM document t JOIN document d ON d.words = t.words AND NOT d.twin"
        " WHERE t.twin ORDER BY t.id"
    )
    return [Failure(twin, f"the same text as document {first}") for twin, first in rows]
