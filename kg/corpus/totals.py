"""What is counted of the documents of a part, on its way as JSON to who adds up the parts."""

import json
from collections import Counter
from typing import Any

from kg.corpus import records
from kg.graph.report import Count, Failure
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

    def add(self, annotation: Annotation, count: Count, added: dict[int, str]) -> None:
        """Take in a document."""
        self.counts["documents"] += 1
        for name in self.NAMES:
            self.counts[name] += getattr(count, name)
        self.relations.update(count.relations)
        if annotation.run is not None:
            self.runs.add(records.dump(annotation.run))
        self.added |= added

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
