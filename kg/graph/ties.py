"""What statements say of two entities, once: "Brandt heads the council" in ten articles is one tie of weight ten.

Only what is meant alike is one: what is denied, planned or claimed by somebody is another tie than what is asserted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.graph.network import joined
from kg.graph.records import Standing, Statement

RELATED = "related"


@dataclass(frozen=True, slots=True)
class Tie:
    """All statements with one relation, meant alike, between two entities, in the order of documents and texts."""

    source: str
    target: str
    relation: str
    standing: Standing
    statements: tuple[Statement, ...]

    @property
    def kind(self) -> str:
        """The relation, and how it is meant where that is not asserted: "attacked (denied)"."""
        return self.relation if self.standing == "asserted" else f"{self.relation} ({self.standing})"

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that say so."""
        return tuple(dict.fromkeys(statement.document for statement in self.statements))

    @property
    def spells(self) -> tuple[tuple[str | None, str | None], ...]:
        """The times of it, in order, those that touch as one."""
        return spells((s.begin, s.end) for s in self.statements if s.begin or s.end)


def ties(statements: Iterable[Statement]) -> list[Tie]:
    """Return the ties that statements make, by source, target, relation and standing."""
    found: dict[tuple[str, str, str, Standing], list[Statement]] = {}
    for statement in statements:
        ends = joined(statement)
        if ends is not None:
            key = (*ends, statement.relation or RELATED, statement.standing)
            found.setdefault(key, []).append(statement)
    return [Tie(*key, tuple(found[key])) for key in sorted(found)]


def spells(times: Iterable[tuple[str | None, str | None]]) -> tuple[tuple[str | None, str | None], ...]:
    """Return intervals of ISO days in order, with those that overlap or touch as one.

    >>> spells([("2021-03-01", "2021-03-09"), ("2021-03-05", "2021-04-01"), ("2022-01-01", None)])
    (('2021-03-01', '2021-04-01'), ('2022-01-01', None))
    """
    return tuple((begin or None, None if end == _NEVER else end) for begin, end in _merged(times))


_NEVER = "~"  # sorts after all days


def _merged(times: Iterable[tuple[str | None, str | None]]) -> Iterator[tuple[str, str]]:
    current: tuple[str, str] | None = None
    for begin, end in sorted((begin or "", end or _NEVER) for begin, end in times):
        if current is None:
            current = begin, end
        elif begin <= current[1]:
            current = current[0], max(current[1], end)
        else:
            yield current
            current = begin, end
    if current is not None:
        yield current
