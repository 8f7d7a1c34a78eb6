"""Which entities are shown: the most connected, those around one, those on the shortest path between two."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from kg.serve.shown import Shown

TOP, FIRST = 110, 220  # of the first view: the most connected, and with those that are joined to them
_EACH = 3  # of whom each brings along
PLACES, EVENTS = 60, 60  # that the map and the timeline begin with
AROUND = 150  # neighbours that are fetched at once
_BRANCHES = 8  # of each neighbour, where those of neighbours are asked for too
_LONGEST = 8  # links of a path
_REACHED = 200_000  # entities that are looked at for a path


def first_view(db: sqlite3.Connection) -> Shown:
    """Return the most connected entities with some that they are joined to, and the first places and dated events."""
    top = [n for (n,) in db.execute("SELECT n FROM entity ORDER BY n LIMIT ?", (TOP,))]
    near = (other for n in top for other in _strongest(db, n, _EACH))
    chosen = set(islice(dict.fromkeys(chain(top, near, range(top[-1] + 1 if top else 0, FIRST))), FIRST))
    (count,) = db.execute("SELECT COUNT(*) FROM entity").fetchone()
    chosen = {n for n in chosen if n < count}
    for column, most in (("lat", PLACES), ("begin", EVENTS)):
        query = f"SELECT n FROM entity WHERE {column} IS NOT NULL ORDER BY n LIMIT ?"  # noqa: S608 (ours)
        chosen.update(n for (n,) in db.execute(query, (most,)))
    return Shown(tuple(sorted(chosen)), left=count - len(chosen))


def around(db: sqlite3.Connection, node: int, depth: int = 1, skip: int = 0) -> Shown:
    """Return an entity with those that most statements join it to; `skip` of them are known already.

    With a `depth` of two or more those are fewer, and have their own strongest around them.
    """
    near = _strongest(db, node, AROUND if depth == 1 else AROUND // 4, skip)
    chosen = dict.fromkeys([node, *near])
    edge: Iterable[int] = near
    for _ in range(depth - 1):
        new = [other for one in edge for other in _strongest(db, one, _BRANCHES) if other not in chosen]
        edge = list(dict.fromkeys(new))[: max(AROUND - len(chosen) + 1, 0)]
        chosen.update(dict.fromkeys(edge))
    (all_,) = db.execute("SELECT COUNT(*) FROM tie WHERE node = ?", (node,)).fetchone()
    return Shown(tuple(chosen), first=(node,), left=max(all_ - skip - len(near), 0))


def path(db: sqlite3.Connection, start: int, end: int) -> tuple[int, ...]:
    """Return the entities on a shortest path, of equals one over strong ties; empty where none is found.

    From both ends at once, always where fewer have been reached: what a hub is joined to is then looked at late.
    """
    if start == end:
        return (start,)
    sides = (_Side({start: start}, [start]), _Side({end: end}, [end]))
    for _ in range(_LONGEST):
        side, other = sorted(sides, key=lambda side: len(side.edge))
        if not side.edge or len(side.came) + len(other.came) > _REACHED:
            return ()
        side.edge = _grow(db, side)
        met = [n for n in side.edge if n in other.came]
        if met:
            there, back = sides[0].way(min(met)), sides[1].way(min(met))
            return (*reversed(there), *back[1:])
    return ()


@dataclass(slots=True)
class _Side:
    """What was reached from one end: from where each came, and the last ones."""

    came: dict[int, int]
    edge: list[int]

    def way(self, n: int) -> list[int]:
        """Return the way from `n` back to the end."""
        found = [n]
        while self.came[found[-1]] != found[-1]:
            found.append(self.came[found[-1]])
        return found


def _grow(db: sqlite3.Connection, side: _Side) -> list[int]:
    """Go one link on, the strongest ties first; return who is reached for the first time."""
    rows = db.execute(
        "SELECT t.node, t.other FROM json_each(?) s CROSS JOIN tie t ON t.node = s.value", (json.dumps(side.edge),)
    )
    new = []
    for node, other in rows:
        if other not in side.came:
            side.came[other] = node
            new.append(other)
    return new


def _strongest(db: sqlite3.Connection, node: int, most: int, skip: int = 0) -> Sequence[int]:
    query = "SELECT other FROM tie WHERE node = ? ORDER BY weakness, other LIMIT ? OFFSET ?"
    return [other for (other,) in db.execute(query, (node, most, skip))]
