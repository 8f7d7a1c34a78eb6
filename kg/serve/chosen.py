"""What is shown of statements that were asked for: an article's, a speaker's, of a relation, of a time."""

import json
import sqlite3
from dataclasses import astuple, dataclass

from kg.serve.shown import Shown

MOST = 300  # statements


@dataclass(frozen=True, slots=True)
class Filters:
    """What statements have to be; None asks for nothing. Documents and entities by their numbers."""

    source: int | None = None
    speaker: int | None = None
    relation: str | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    least: float = 0.0

    @property
    def any(self) -> bool:
        """Whether anything is asked for."""
        return astuple(self) != astuple(Filters())


def chosen(db: sqlite3.Connection, filters: Filters) -> Shown:
    """Return the statements that pass, the surest first where they are too many, with the entities that they name.

    The day of a statement is the one that it tells, else that of its article.
    """
    where, values = _conditions(filters)
    rows = db.execute(
        f"SELECT c.n, c.record FROM claim c JOIN document d ON d.n = c.document WHERE {where}"  # noqa: S608 (ours)
        " ORDER BY c.confidence DESC, c.n LIMIT ?",
        (*values, MOST),
    ).fetchall()
    left = 0
    if len(rows) == MOST:
        count = f"SELECT COUNT(*) FROM claim c JOIN document d ON d.n = c.document WHERE {where}"  # noqa: S608
        left = db.execute(count, values).fetchone()[0] - MOST
    iris = sorted({iri for _, record in rows for iri in _named(record)})
    query = "SELECT n FROM entity WHERE iri IN (SELECT value FROM json_each(?)) ORDER BY n"
    nodes = tuple(n for (n,) in db.execute(query, (json.dumps(iris),)))
    return Shown(nodes, claims=tuple(sorted(n for n, _ in rows)), first=nodes, left=left)


def _conditions(filters: Filters) -> tuple[str, list[str | int | float]]:
    """Return the condition of a SELECT, and its values."""
    parts: list[tuple[str, str | int | float]] = [("c.confidence >= ?", filters.least)]
    if filters.source is not None:
        parts.append(("c.document = ?", filters.source))
    if filters.speaker is not None:
        parts.append(("c.speaker = ?", filters.speaker))
    if filters.relation is not None:
        parts.append(("c.relation = ?", filters.relation))
    if filters.since is not None:
        parts.append(("COALESCE(c.end, c.begin, SUBSTR(d.date, 1, 10)) >= ?", filters.since))
    if filters.until is not None:
        parts.append(("COALESCE(c.begin, c.end, SUBSTR(d.date, 1, 10)) <= ?", filters.until))
    if filters.type is not None:
        within = "SELECT t.claim FROM entity e JOIN cited t ON t.entity = e.n WHERE e.type = ?"
        parts.append((f"c.n IN ({within})", filters.type))
    return " AND ".join(part for part, _ in parts), [value for _, value in parts]


def _named(record: str) -> set[str]:
    """Return the IRIs of the entities that a statement names."""
    claim = json.loads(record)
    parts = [claim.get("doer"), claim.get("patient"), *claim.get("others", ())]
    found = {part["node"] for part in parts if part and "node" in part}
    return found | {claim[key] for key in ("speaker", "event") if key in claim}
