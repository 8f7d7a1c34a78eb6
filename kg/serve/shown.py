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
MOST_EDGES = 900
_EACH = 2  # statements of an arrow; its page and its ends' pages have them all
_OWN = 4  # statements of an entity, whomever they join it to


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
    wanted = _wanted(db, numbers, [arrow[0] for arrow in drawn], shown.claims)
    numbering = Numbering(row[1] for row in known)
    nodes = [numbering.node(record) for *_, record in known]
    claims, index = _claims(db, wanted, numbering)
    edges, degrees = _edges(db, drawn, {n: at for at, n in enumerate(numbers)}, index)
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
    """Return the arrows among entities, in order; of too many those that stand for most statements."""
    among = json.dumps(numbers)
    found: list[_Arrow] = db.execute(
        "SELECT a.n, a.source, a.target, a.label, a.relation, a.status, a.claims"
        " FROM json_each(?1) s CROSS JOIN arrow a ON a.source = s.value"
        " WHERE a.target IN (SELECT value FROM json_each(?1)) ORDER BY a.n",
        (among,),
    ).fetchall()
    if len(found) > MOST_EDGES:
        near = set(first)
        found.sort(key=lambda row: (row[1] not in near and row[2] not in near, -row[6], row[0]))
        found = sorted(found[:MOST_EDGES])
    return found


def _wanted(db: sqlite3.Connection, numbers: Sequence[int], arrows: Sequence[int], more: Sequence[int]) -> list[int]:
    """Return the statements to be told: the first of each arrow and of each entity, and `more`."""
    found = set(more)
    for query, keys, most in (
        ("SELECT claim FROM arrow_claim WHERE arrow = ? ORDER BY claim LIMIT ?", arrows, _EACH),
        ("SELECT claim FROM cited WHERE entity = ? ORDER BY claim LIMIT ?", numbers, _OWN),
    ):
        for key in keys:
            found.update(claim for (claim,) in db.execute(query, (key, most)))
    return sorted(found)


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
    db: sqlite3.Connection, drawn: Sequence[_Arrow], place: dict[int, int], index: dict[int, int]
) -> tuple[list[Json], list[int]]:
    """Return the edges, and how many each entity has."""
    edges: list[Json] = []
    degrees = [0] * len(place)
    for n, source, target, label, relation, status, count in drawn:
        ends = place[source], place[target]
        for end in ends:
            degrees[end] += 1
        said = db.execute("SELECT claim FROM arrow_claim WHERE arrow = ? ORDER BY claim LIMIT ?", (n, _EACH))
        edge: Json = {"source": ends[0], "target": ends[1], "label": label[:300], "status": STATUSES[status]}
        if relation is not None:
            edge["relation"] = relation
        edges.append(edge | {"claims": [index[claim] for (claim,) in said], "count": count})
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
