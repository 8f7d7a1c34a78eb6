"""What is shown of a graph: some entities with their arrows and statements, as the page reads it."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from kg.serve.records import Numbering
from kg.view.articles import Source
from kg.view.claims import STATUSES
from kg.view.content import Json, Value, families, source_value

MOST_NODES = 1_000
_MOST_EDGES, _EDGES_EACH = 600, 2
_TOLD = 600  # statements for the arrows and as many for the entities, where each has its share
_TIES = 200  # of an entity that are looked at
_PARALLEL = 3  # arrows of one tie, where there are too many
_LEAST, _MOST = 2, 40  # of one


@dataclass(frozen=True, slots=True)
class Shown:
    """Entities to be shown, by their numbers, and statements that are to be told in any case.

    `first` are entities whose arrows are wanted before others' where there are too many; `left` counts what was asked
    for and left out.
    """

    nodes: tuple[int, ...]
    claims: tuple[int, ...] = ()
    first: tuple[int, ...] = ()
    left: int = 0


def content_of(db: sqlite3.Connection, shown: Shown) -> Json:
    """Return what the page draws and tells of the entities.

    `degree` of a node counts the arrows that are drawn, `joined` all that it has, `told` all its statements; `claims`
    of an edge are the first, `count` says of how many.
    """
    numbers = sorted(set(shown.nodes))
    known = _entities(db, numbers)
    drawn = _arrows(db, numbers, shown.first)
    wanted, said = _wanted(db, numbers, [arrow[0] for arrow in drawn], shown.claims)
    numbering = Numbering(row[1] for row in known)
    nodes = [numbering.node(record) for *_, record in known]
    claims, index = _claims(db, wanted, numbering)
    edges, degrees = _edges(drawn, said, {n: at for at, n in enumerate(numbers)}, index)
    for at, cited in enumerate(_cited(claims, len(nodes))):
        n, _, joined, told, _ = known[at]
        nodes[at] |= {"degree": degrees[at], "claims": cited, "joined": joined, "told": told, "n": n}
    return {
        "sources": _sources(db, numbering.documents),
        "nodes": list[Value](nodes),
        "edges": list[Value](edges),
        "claims": list[Value](claims),
        "texts": numbering.texts,
        "families": families(),
        "omitted": shown.left,
        "untold": 0,
        "served": True,
        "total": totals(db),
    }


def totals(db: sqlite3.Connection) -> Json:
    """Return how much there is in all."""
    counts = {
        "nodes": "SELECT MAX(n) + 1 FROM entity",
        "edges": "SELECT MAX(n) + 1 FROM arrow",
        "claims": "SELECT MAX(n) + 1 FROM claim",
        "sources": "SELECT MAX(n) + 1 FROM document",
    }
    return {key: db.execute(query).fetchone()[0] or 0 for key, query in counts.items()}


_Entity = tuple[int, str, int, int, str]
_Arrow = tuple[int, int, int, str, str | None, int, int]


def _entities(db: sqlite3.Connection, numbers: Sequence[int]) -> list[_Entity]:
    query = "SELECT n, iri, degree, told, record FROM entity WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
    return db.execute(query, (json.dumps(numbers),)).fetchall()


def _arrows(db: sqlite3.Connection, numbers: Sequence[int], first: Sequence[int]) -> list[_Arrow]:
    """Return the arrows among entities, in order; where they are too many, some of each tie, and some ties of each.

    Of each entity some hundreds of ties are looked at: the weaker ones of two that have thousands are none of those.
    """
    query = "SELECT n, source, target, label, relation, status, claims FROM arrow WHERE source = ? AND target = ?"
    most = max(_MOST_EDGES, _EDGES_EACH * len(numbers))
    found: list[list[_Arrow]] = []
    count = 0
    for low, high in _ties(db, numbers, set(first)):
        found.append(db.execute(query, (low, high)).fetchall() + db.execute(query, (high, low)).fetchall())
        count += min(len(found[-1]), _PARALLEL)
        if count >= most:
            break
    if sum(map(len, found)) > most:
        found = [sorted(arrows, key=lambda row: (-row[6], row[0]))[:_PARALLEL] for arrows in found]
    return sorted([arrow for arrows in found for arrow in arrows][:most])


def _ties(db: sqlite3.Connection, numbers: Sequence[int], first: set[int]) -> list[tuple[int, int]]:
    """Return who is joined among entities: each one's strongest tie, those of `first`, then others by turns."""
    among = set(numbers)
    turns: dict[tuple[int, int], tuple[bool, int, int]] = {}
    for n in numbers:
        ties = db.execute("SELECT other, weakness FROM tie WHERE node = ? ORDER BY weakness, other LIMIT ?", (n, _TIES))
        inside = ((other, weakness) for other, weakness in ties if other in among)
        for turn, (other, weakness) in enumerate(inside):
            pair, own = (min(n, other), max(n, other)), (bool(turn) and not first & {n, other}, turn, weakness)
            turns[pair] = min(own, turns.get(pair, own))
    return sorted(turns, key=lambda pair: (turns[pair], pair))


def _wanted(
    db: sqlite3.Connection, numbers: Sequence[int], arrows: Sequence[int], more: Sequence[int]
) -> tuple[list[int], list[list[int]]]:
    """Return the statements to be told: the first of each arrow and of each entity, and `more`; and those of arrows."""
    query = "SELECT claim FROM arrow_claim WHERE arrow = ? ORDER BY claim LIMIT ?"
    each, own = (min(max(_TOLD // max(len(many), 1), _LEAST), _MOST) for many in (arrows, numbers))
    said = [[claim for (claim,) in db.execute(query, (arrow, each))] for arrow in arrows]
    found = {*more, *(claim for claims in said for claim in claims)}
    query = "SELECT claim FROM cited WHERE entity = ? ORDER BY claim LIMIT ?"
    for n in numbers:
        found.update(claim for (claim,) in db.execute(query, (n, own)))
    return sorted(found), said


def _claims(db: sqlite3.Connection, wanted: Sequence[int], numbering: Numbering) -> tuple[list[Json], dict[int, int]]:
    """Return claims, and the place of each in the list by its number in the index."""
    query = "SELECT n, record FROM claim WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n"
    claims: list[Json] = []
    index: dict[int, int] = {}
    for n, record in db.execute(query, (json.dumps(wanted),)):
        index[n] = len(claims)
        claims.append(numbering.claim(record))
    return claims, index


def _edges(
    drawn: Sequence[_Arrow], said: Sequence[list[int]], place: dict[int, int], index: dict[int, int]
) -> tuple[list[Json], list[int]]:
    """Return the edges, and how many each entity has."""
    edges: list[Json] = []
    degrees = [0] * len(place)
    for (_, source, target, label, relation, status, count), claims in zip(drawn, said, strict=True):
        ends = place[source], place[target]
        for end in ends:
            degrees[end] += 1
        edge: Json = {"source": ends[0], "target": ends[1], "label": label[:300], "status": STATUSES[status]}
        if relation is not None:
            edge["relation"] = relation
        edges.append(edge | {"claims": [index[claim] for claim in claims], "count": count})
    return edges, degrees


def _cited(claims: Sequence[Json], count: int) -> list[list[Value]]:
    """Return which claims name each entity."""
    cited: list[list[Value]] = [[] for _ in range(count)]
    for number, claim in enumerate(claims):
        parts = [claim.get("doer"), claim.get("patient"), *cast("list[Value]", claim.get("others", []))]
        named = [part["node"] for part in parts if isinstance(part, dict) and "node" in part]
        for node in dict.fromkeys([*named, *(claim[key] for key in ("speaker", "event") if key in claim)]):
            cited[cast("int", node)].append(number)
    return cited


def _sources(db: sqlite3.Connection, identifiers: Sequence[str]) -> list[Value]:
    query = "SELECT id, title, date, url FROM document WHERE id IN (SELECT value FROM json_each(?))"
    known = {row[0]: source_value(Source(*row)) for row in db.execute(query, (json.dumps(identifiers),))}
    return [known[identifier] for identifier in identifiers]
