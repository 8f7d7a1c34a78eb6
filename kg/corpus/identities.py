"""Which entities of all documents are one, kept in the ledger and brought up to date when some documents have changed.

What is found is what `kg.graph.resolve.resolution.resolve` finds for all profiles at once. But only blocks that have
gained or lost a profile are compared again, only components that this touches are clustered, and only names that this
touches are given anew.
"""

import json
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from kg.corpus import records
from kg.corpus.ledger import Ledger
from kg.graph.resolve import blocks
from kg.graph.resolve.clusters import Constraints, Edge, Sets, compared, component
from kg.graph.resolve.profiles import Key, Profile
from kg.graph.resolve.resolution import Head, head, iris

# Decoded profiles, and contexts of documents, that stay in memory.
KEPT = 20_000

_TABLES = {
    "touched": "component INTEGER PRIMARY KEY",
    "dirty": "key TEXT PRIMARY KEY",
    "member": "n INTEGER PRIMARY KEY, root INTEGER",
    "named": "name TEXT PRIMARY KEY",
    "renamed": "n INTEGER PRIMARY KEY, iri TEXT",
}
_BLOCKS = """
    SELECT b.key, p.n, p.component IS NULL, p.likeness FROM temp.dirty t JOIN block b ON b.key = t.key
    JOIN profile p ON p.n = b.profile JOIN document d ON d.n = p.document ORDER BY b.key, d.id, p.entity
"""
_MEMBERS = """
    SELECT p.n FROM profile p JOIN document d ON d.n = p.document
    WHERE p.component IS NULL OR p.component IN (SELECT component FROM temp.touched) ORDER BY d.id, p.entity
"""
_WITHIN = """
    SELECT e.a, e.b FROM block x JOIN edge e ON e.a = x.profile
    JOIN block y ON y.key = x.key AND y.profile = e.b WHERE x.key = ?
"""
_NAMESAKES = """
    SELECT c.name, c.n, c.document, c.entity, c.lone, c.given, c.iri FROM temp.named t
    JOIN cluster c ON c.name = t.name ORDER BY c.name, c.document, c.entity
"""
_STALE = """
    UPDATE document SET stale = 1 WHERE n IN (
        SELECT p.document FROM temp.renamed r JOIN profile p ON p.cluster = r.n WHERE p.iri IS NOT r.iri)
"""
_RENAME = """
    UPDATE profile SET iri = (SELECT r.iri FROM temp.renamed r WHERE r.n = profile.cluster)
    WHERE cluster IN (SELECT n FROM temp.renamed)
"""
Numbered = tuple[int, int]


def settle(ledger: Ledger, constraints: Constraints) -> None:
    """Bring the clusters and the IRIs of all profiles up to date, and mark the documents whose IRIs have changed."""
    for table, columns in _TABLES.items():
        ledger.db.execute(f"CREATE TEMP TABLE {table} ({columns})")
    ledger.db.execute("CREATE INDEX temp.member_root ON member (root)")
    _Settling(ledger, constraints).run()
    for table in _TABLES:
        ledger.db.execute(f"DROP TABLE temp.{table}")


class Member(NamedTuple):
    """A profile in a block: its number, whether it is new, what it is like."""

    n: int
    fresh: bool
    likeness: bytes


class _Settling:
    """One pass over what has changed."""

    def __init__(self, ledger: Ledger, constraints: Constraints) -> None:
        self._ledger = ledger
        self._db = ledger.db
        self._constraints = constraints
        self._context = lru_cache(maxsize=KEPT // 10)(ledger.context)
        self._profile = lru_cache(maxsize=KEPT)(self._load)

    def run(self) -> None:
        self._db.executemany("INSERT INTO temp.touched VALUES (?)", ((c,) for c in self._ledger.pending("component")))
        self._constrain()
        self._compare()
        roots = self._connect()
        before = self._scores()
        self._drop()
        for root, members in roots:
            self._cluster(root, members)
        self._name()
        self._ledger.pend("iri", (iri for iri, _ in before ^ self._scores()))
        for kind in ("component", "block", "likeness"):
            self._ledger.done(kind)

    def _load(self, n: int) -> Profile:
        document, data = self._db.execute("SELECT document, data FROM profile WHERE n = ?", (n,)).fetchone()
        return records.load_profile(self._context(document), data)

    def _touch(self, profiles: Iterable[int]) -> None:
        self._db.executemany(
            "INSERT OR IGNORE INTO temp.touched SELECT component FROM profile WHERE n = ? AND component IS NOT NULL",
            ((n,) for n in profiles),
        )

    def _constrain(self) -> None:
        """Touch what people have joined or parted since the last time, or no longer do."""
        given = json.dumps([sorted(self._constraints.same), sorted(self._constraints.other)])
        noted = self._ledger.meta("constraints") or "[[], []]"
        if given != noted:
            keys = (key for pairs in json.loads(noted) for pair in pairs for key in pair)
            self._touch(n for key in keys if (n := self._number(tuple(key))) is not None)
            self._ledger.note("constraints", given)
        # Whoever they join with, or part from, a document that is new.
        for pair in (*self._constraints.same, *self._constraints.other):
            self._touch(n for n in map(self._number, pair) if n is not None)

    def _number(self, key: Key) -> int | None:
        found = self._db.execute(
            "SELECT p.n FROM profile p JOIN document d ON d.n = p.document WHERE d.id = ? AND p.entity = ?", key
        ).fetchone()
        return None if found is None else int(found[0])

    def _compare(self) -> None:
        """Compare what has come newly together in a block; big blocks are looked through whole."""
        self._db.executemany("INSERT INTO temp.dirty VALUES (?)", ((key,) for key in self._ledger.pending("block")))
        self._db.execute(
            "INSERT OR IGNORE INTO temp.dirty SELECT b.key FROM profile p JOIN block b ON b.profile = p.n"
            " WHERE p.component IS NULL"
        )
        big = {key for (key,) in self._db.execute("SELECT key FROM big_block")}
        left = {bytes.fromhex(text) for text in self._ledger.pending("likeness")}
        for key, group in groupby(self._db.execute(_BLOCKS), itemgetter(0)):
            rows = [Member(n, bool(fresh), likeness) for _, n, fresh, likeness in group]
            if len(rows) > blocks.BIG and key in big:
                self._groups(key, rows, left)
            elif len(rows) > blocks.BIG or key in big:
                self._whole(key, [row.n for row in rows])
            elif len(rows) > 1:
                self._add(self._fresh(key, rows))

    def _fresh(self, key: str, rows: list[Member]) -> Iterator[Edge]:
        """Yield the edges of a block that have a new end."""
        for at, one in enumerate(rows):
            for other in rows[at + 1 :]:
                if one.fresh or other.fresh:
                    yield from self._edges_of(key, [(one.n, other.n)])

    def _edges_of(self, key: str, pairs: Iterable[Numbered]) -> Iterator[Edge]:
        """Yield the edges of those pairs that are compared in a block."""
        for n, m in pairs:
            a, b = self._profile(n), self._profile(m)
            if blocks.belongs(key, a, b) and (edge := compared(a, b, n, m)) is not None:
                yield edge

    def _groups(self, key: str, rows: list[Member], left: set[bytes]) -> None:
        """Bring the edges of a block up to date that was big before: only groups that have gained or lost somebody."""
        at = {row.n: position for position, row in enumerate(rows)}
        groups: dict[bytes, list[Member]] = {}
        for row in rows:
            groups.setdefault(row.likeness, []).append(row)
        firsts = [group[0].n for group in groups.values()]
        for likeness, group in groups.items():
            fresh = [row for row in group if row.fresh]
            first = group[0].n
            if not group[0].fresh and likeness not in left:
                self._add(self._edges_of(key, ((first, row.n) for row in fresh)))
                continue
            others = [*(row.n for row in group[1:]), *(n for n in firsts if n != first)]
            wanted = {(first, n) if at[first] < at[n] else (n, first) for n in others}
            there = {pair for row in group if not row.fresh for pair in self._incident(key, row.n, at)}
            self._replace(key, there, wanted)

    def _incident(self, key: str, n: int, members: Container[int]) -> Iterator[Numbered]:
        """Yield the edges of a profile that a block gives."""
        for a, b in self._db.execute(
            "SELECT a, b FROM edge WHERE a = ?1 UNION SELECT a, b FROM edge WHERE b = ?1", (n,)
        ):
            if a in members and b in members and blocks.belongs(key, self._profile(a), self._profile(b)):
                yield a, b

    def _replace(self, key: str, there: set[Numbered], wanted: set[Numbered]) -> None:
        self._db.executemany("DELETE FROM edge WHERE a = ? AND b = ?", there - wanted)
        self._touch(n for pair in there - wanted for n in pair)
        self._add(self._edges_of(key, sorted(wanted - there)))

    def _whole(self, key: str, members: list[int]) -> None:
        """Bring the edges of a block up to date that has become big, or is no longer."""
        self._db.execute("DELETE FROM big_block WHERE key = ?", (key,))
        if len(members) > blocks.BIG:
            self._db.execute("INSERT INTO big_block VALUES (?)", (key,))
        rows = [self._profile(n) for n in members]
        number = {p.key: n for p, n in zip(rows, members, strict=True)}
        wanted = {(number[a.key], number[b.key]) for a, b in blocks.block_pairs(key, rows)}
        pairs = self._db.execute(_WITHIN, (key,))
        there = {(a, b) for a, b in pairs if blocks.belongs(key, self._profile(a), self._profile(b))}
        self._replace(key, there, wanted)

    def _add(self, edges: Iterable[Edge]) -> None:
        rows = list(edges)
        self._db.executemany("INSERT OR REPLACE INTO edge VALUES (?2, ?3, ?1, ?4, ?5)", rows)
        self._touch(n for _, a, b, _, _ in rows for n in (a, b))

    def _connect(self) -> list[tuple[int, list[int]]]:
        """Return the components that are new or touched, each with the number of its first member and all members."""
        numbers = [n for (n,) in self._db.execute(_MEMBERS)]
        at = {n: position for position, n in enumerate(numbers)}
        joined = Sets(len(numbers))
        self._db.executemany("INSERT INTO temp.member (n) VALUES (?)", ((n,) for n in numbers))
        for a, b in self._links():
            if a in at and b in at:
                joined.union(at[a], at[b])
        roots = [(numbers[root], [numbers[n] for n in members]) for root, members in joined.members().items()]
        self._db.executemany(
            "UPDATE temp.member SET root = ? WHERE n = ?", ((root, n) for root, members in roots for n in members)
        )
        return roots

    def _links(self) -> Iterator[Numbered]:
        """Yield what connects profiles: pairs that speak for each other, spellings of one document, what people say."""
        member = "FROM temp.member m JOIN"
        yield from self._db.execute(f"SELECT e.a, e.b {member} edge e ON e.a = m.n WHERE e.score > 0")
        yield from self._db.execute(f"SELECT r.a, r.b {member} respelt r ON r.a = m.n")
        for pair in self._constraints.same:
            a, b = map(self._number, pair)
            if a is not None and b is not None:
                yield a, b

    def _scores(self) -> set[tuple[str, float]]:
        """Return the IRIs and scores of the clusters of touched or new components."""
        rows = self._db.execute(
            "SELECT iri, score FROM cluster WHERE score IS NOT NULL AND (component IN (SELECT component FROM"
            " temp.touched) OR component IN (SELECT root FROM temp.member))"
        )
        return {(iri, score) for iri, score in rows}

    def _drop(self) -> None:
        """Drop the clusters of touched components."""
        old = "FROM cluster WHERE component IN (SELECT component FROM temp.touched)"
        self._db.execute(f"INSERT OR IGNORE INTO temp.named SELECT name {old}")
        self._db.execute(f"DELETE {old}")
        self._db.execute(
            "UPDATE profile SET component = (SELECT root FROM temp.member m WHERE m.n = profile.n), cluster = NULL"
            " WHERE n IN (SELECT n FROM temp.member)"
        )

    def _cluster(self, root: int, members: list[int]) -> None:
        """Cluster one component."""
        rows = [self._profile(n) for n in members]
        number = {p.key: n for p, n in zip(rows, members, strict=True)}
        for found in component(rows, self._edges(root, members), self._constraints):
            one = head(found, self._ledger.base)
            values = (root, one.name, *one.key, one.lone, one.given, found.score)
            cursor = self._db.execute(
                "INSERT INTO cluster (component, name, document, entity, lone, given, score) VALUES (?,?,?,?,?,?,?)",
                values,
            )
            self._db.executemany(
                "UPDATE profile SET cluster = ? WHERE n = ?", ((cursor.lastrowid, number[p.key]) for p in found.members)
            )
            self._db.execute("INSERT OR IGNORE INTO temp.named VALUES (?)", (one.name,))

    def _edges(self, root: int, members: list[int]) -> list[Edge]:
        if len(members) == 1:
            return []
        at = {n: position for position, n in enumerate(members)}
        rows = self._db.execute(
            "SELECT e.score, e.a, e.b, e.weak, e.conflict FROM temp.member m JOIN edge e ON e.a = m.n WHERE m.root = ?",
            (root,),
        )
        return [(s, at[a], at[b], bool(weak), bool(conflict)) for s, a, b, weak, conflict in rows if b in at]

    def _name(self) -> None:
        """Give the clusters of each touched name their IRIs; documents of which an entity changes its IRI are stale."""
        for _, group in groupby(self._db.execute(_NAMESAKES).fetchall(), itemgetter(0)):
            rows = list(group)
            heads = (
                Head((document, entity), name, bool(lone), given) for name, _, document, entity, lone, given, _ in rows
            )
            new = zip(rows, iris(heads, self._ledger.base), strict=True)
            self._db.executemany(
                "INSERT INTO temp.renamed VALUES (?, ?)", ((row[1], iri) for row, iri in new if row[6] != iri)
            )
        self._db.execute("UPDATE cluster SET iri = r.iri FROM temp.renamed r WHERE r.n = cluster.n")
        self._db.execute(_STALE)
        self._db.execute(_RENAME)
