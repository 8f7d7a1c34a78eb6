"""What is counted of the documents of a part, on its way as JSON to who adds up the parts."""

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from kg.corpus import records
from kg.graph.corrections.plan import Plan
from kg.graph.report import Count, Failure, Gap, Report, ranked
from kg.model import Annotation


class Totals:
    """What is counted of many documents; two of them add up."""

    NAMES = ("mentions", "statements", "typed_statements", "plain_triples", "quotations", "sentences", "triples")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.counts: Counter[str] = Counter()
        self.relations: Counter[str] = Counter()
        self.runs: set[str] = set()
        self.added: dict[int, str] = {}
        self.failed: list[Failure] = []

    def count(self, count: Count) -> None:
        """Take in what is counted of a document."""
        self.counts["documents"] += 1
        for name in self.NAMES:
            self.counts[name] += getattr(count, name)
        self.relations.update(count.relations)

    def add(self, annotation: Annotation, count: Count, added: dict[int, str]) -> None:
        """Take in a document."""
        self.count(count)
        if annotation.run is not None:
            self.runs.add(records.dump(annotation.run))
        self.added |= added

    def report(
        self,
        plan: Plan,
        timing: dict[str, float],
        *,
        kinds: Counter[str],
        quads: int,
        failed: Iterable[Failure],
        skipped: Iterable[Failure],
        gaps: Iterable[Gap],
        read: int,
        retracted: int = 0,
    ) -> Report:
        """Return the report; `kinds` counts the classes of entities, `quads` those that are no document's."""
        return Report(
            documents=self.counts["documents"],
            read=read,
            retracted=retracted,
            failed=tuple(failed),
            skipped=tuple(skipped),
            entities=kinds.total(),
            mentions=self.counts["mentions"],
            statements=self.counts["statements"],
            typed_statements=self.counts["typed_statements"],
            plain_triples=self.counts["plain_triples"],
            quotations=self.counts["quotations"],
            quads=self.counts["triples"] + quads,
            entity_types=ranked(kinds),
            relations=ranked(self.relations),
            gaps=tuple(gaps),
            sentences=self.counts["sentences"],
            timing={name: round(seconds, 3) for name, seconds in timing.items()},
            corrections=len(plan.decided),
            stale=tuple(sorted(plan.stale, key=lambda stale: stale.line)),
        )

    def to_json(self) -> bytes:
        """Return it as a JSON line."""
        failed = [[f.document, f.reason] for f in self.failed]
        return line_of(self.counts, self.relations, sorted(self.runs), sorted(self.added.items()), failed)

    def add_json(self, row: Any) -> None:
        """Take in what to_json gave elsewhere."""
        counts, relations, runs, added, failed = row
        self.counts.update(counts)
        self.relations.update(relations)
        self.runs.update(runs)
        self.added.update(added)
        self.failed += [Failure(*pair) for pair in failed]


def line_of(*values: object) -> bytes:
    """Return values as a line of JSON."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
