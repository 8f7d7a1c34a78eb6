"""Clusters of profiles that are one: the pairs are joined from the surest down, unless something forbids it.

Joining two clusters is forbidden when they share a document (which told the two apart itself), when a full name of one
does not agree with a full name of the other, when a pair between them is in conflict, and when all their pairs together
speak against it. Pairs that only a surname or an acronym joins have no say in that sum. The result depends on the set
of profiles and on nothing else: pairs are ordered by score, then by document and entity.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby, product
from typing import Any, TypeVar

from kg.graph.resolve import bodies
from kg.graph.resolve.blocks import pairs
from kg.graph.resolve.names import best
from kg.graph.resolve.pairs import compare
from kg.graph.resolve.profiles import Key, Profile

# The mean score that pairs between two clusters of several members need.
CLEARLY = 1.0

Ends = tuple[int, int]
_P = TypeVar("_P", bound=tuple[Any, ...])
Edge = tuple[float, int, int, bool, bool]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Profiles that are one entity, in order.

    `score` is that of the weakest pair that joined them, None where none was needed.
    """

    members: tuple[Profile, ...]
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Constraints:
    """What people decided: pairs that are one, and pairs that are two."""

    same: frozenset[tuple[Key, Key]] = frozenset()
    other: frozenset[tuple[Key, Key]] = frozenset()


def cluster(profiles: Iterable[Profile], constraints: Constraints | None = None) -> list[Cluster]:
    """Return the clusters of the profiles, in order of their first members."""
    rows = sorted(profiles, key=lambda p: p.key)
    number = {row.key: n for n, row in enumerate(rows)}
    edges = [edge for a, b in pairs(rows) if (edge := compared(a, b, number[a.key], number[b.key])) is not None]
    given = constraints or Constraints()
    same = [(number[a], number[b]) for a, b in given.same if a in number and b in number]
    joined = Sets(len(rows))
    for a, b in (*same, *respelt(rows), *((a, b) for score, a, b, _, _ in edges if score > 0)):
        joined.union(a, b)
    edges_of = joined.by_root(edges, 1)
    found: list[Cluster] = []
    for root, members in joined.members().items():
        within = {n: at for at, n in enumerate(members)}
        local = [(score, within[a], within[b], weak, conflict) for score, a, b, weak, conflict in edges_of[root]]
        found += component([rows[n] for n in members], local, given)
    return sorted(found, key=lambda c: c.members[0].key)


def compared(a: Profile, b: Profile, first: int, second: int) -> Edge | None:
    """Return what comparing two profiles gives, with their numbers; None where their names say no."""
    pair = compare(a, b)
    return None if pair is None else (pair.score, first, second, pair.weak, pair.conflict)


def component(rows: Sequence[Profile], edges: Iterable[Edge], constraints: Constraints) -> list[Cluster]:
    """Return the clusters of profiles that positive pairs connect, or a document's own spellings, or constraints.

    `rows` are in order of their keys, `edges` number them from 0.
    """
    if len(rows) == 1:
        return [Cluster((rows[0],))]
    number = {row.key: n for n, row in enumerate(rows)}
    same, other = (
        [(number[a], number[b]) for a, b in sorted(pairs) if a in number and b in number]
        for pairs in (constraints.same, constraints.other)
    )
    greedy = _Greedy(rows, range(len(rows)), other)
    greedy.decide(same)
    greedy.decide(respelt(rows))
    return list(greedy.clusters(sorted(edges, key=lambda edge: (edge[1], edge[2]))))


def respelt(rows: Sequence[Profile]) -> Iterator[Ends]:
    """Yield the pairs of one document that are one body under two spellings: "Carse Holdings", "Carse Holdings Ltd"."""
    for _, group in groupby(range(len(rows)), lambda n: rows[n].context.document):
        for a, b in combinations([n for n in group if not rows[n].person], 2):
            if bodies.agreement(rows[a].names[0], rows[b].names[0]) == "same":
                yield a, b


def full(name: str) -> str | None:
    """Return a canonical name of a body that has several words and says which one it is, else None."""
    return name if " " in name and bodies.is_telling(name) else None


class Sets:
    """Disjoint sets of the numbers 0 to n - 1."""

    def __init__(self, count: int) -> None:
        self._up = list(range(count))

    def find(self, n: int) -> int:
        """Return the smallest number of the set of `n`."""
        while self._up[n] != n:
            self._up[n] = self._up[self._up[n]]
            n = self._up[n]
        return n

    def union(self, a: int, b: int) -> None:
        """Make the sets of two numbers one."""
        first, second = sorted((self.find(a), self.find(b)))
        self._up[second] = first

    def members(self) -> dict[int, list[int]]:
        """Return the sets by their smallest number, each in order."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for n in range(len(self._up)):
            found[self.find(n)].append(n)
        return found

    def by_root(self, pairs: Sequence[_P], at: int) -> dict[int, list[_P]]:
        """Return those pairs of which both ends lie in one set, by its root; the ends stand at `at` and behind it."""
        found: defaultdict[int, list[_P]] = defaultdict(list)
        for pair in pairs:
            if (root := self.find(pair[at])) == self.find(pair[at + 1]):
                found[root].append(pair)
        return found


@dataclass(slots=True)
class _Part:
    """A cluster in the making: its members, their documents, the names of people, what it must not be joined with.

    `sums` gives, for other clusters, the sum of the scores of the pairs between, and their number.
    """

    members: list[int]
    documents: set[str]
    names: set[tuple[str, ...]]
    enemies: set[int] = field(default_factory=set)
    sums: dict[int, tuple[float, int]] = field(default_factory=dict)
    score: float | None = None


class _Greedy:
    """The clusters of one component."""

    def __init__(self, rows: Sequence[Profile], members: Iterable[int], other: list[Ends]) -> None:
        self._rows = rows
        self._parts = {
            n: _Part([n], {rows[n].context.document}, {rows[n].names} if rows[n].person else set()) for n in members
        }
        self._root = {n: n for n in self._parts}
        for a, b in other:
            self._parts[a].enemies.add(b)
            self._parts[b].enemies.add(a)

    def decide(self, pairs: Iterable[Ends]) -> None:
        """Join pairs whatever else is known."""
        for a, b in pairs:
            if (first := self._find(a)) != (second := self._find(b)):
                self._join(first, second, None)

    def clusters(self, edges: list[Edge]) -> Iterator[Cluster]:
        for score, a, b, weak, conflict in edges:
            first, second = self._find(a), self._find(b)
            if first != second:
                for one, two, member in ((first, second, b), (second, first, a)):
                    if not weak:
                        total, count = self._parts[one].sums.get(two, (0.0, 0))
                        self._parts[one].sums[two] = (total + score, count + 1)
                    if conflict:
                        self._parts[one].enemies.add(member)
        for score, a, b, _, _ in sorted(edges, key=lambda edge: (-edge[0], edge[1], edge[2])):
            first, second = self._find(a), self._find(b)
            if score <= 0 or first == second or not self._may_join(self._parts[first], self._parts[second], second):
                continue
            if self._named_alike(a, b) or self._called_alike(self._parts[first], self._parts[second]):
                self._join(first, second, score)
        for part in self._parts.values():
            members = tuple(sorted((self._rows[n] for n in part.members), key=lambda p: p.key))
            yield Cluster(members, part.score)

    def _find(self, n: int) -> int:
        while self._root[n] != n:
            n = self._root[n]
        return n

    def _may_join(self, first: _Part, second: _Part, root: int) -> bool:
        return (
            self._may_share(first, second)
            and first.enemies.isdisjoint(second.members)
            and second.enemies.isdisjoint(first.members)
            and self._speak_for(first, second, root)
            and all(best(a, b, person=True) is not None for a in first.names for b in second.names)
        )

    def _named_alike(self, a: int, b: int) -> bool:
        """Return whether two are joined by more than a part of a name: people, and bodies of one name."""
        first, second = self._rows[a], self._rows[b]
        return first.person or second.person or best(first.names, second.names, person=False) in ("same", "variant")

    def _called_alike(self, first: _Part, second: _Part) -> bool:
        """Return whether the full names of bodies agree, so that "Highway Patrol" glues no two states' patrols."""
        names = [[full(self._rows[n].names[0]) for n in part.members] for part in (first, second)]
        return all(bodies.agreement(*sorted((a, b))) is not None for a, b in product(*names) if a and b)

    def _may_share(self, first: _Part, second: _Part) -> bool:
        """Return whether no document tells the two apart; of bodies only one that has both under one name does."""
        for document in first.documents & second.documents:
            here = [
                [self._rows[n] for n in part.members if self._rows[n].context.document == document]
                for part in (first, second)
            ]
            for a, b in product(*here):
                names = None if a.person or b.person else best(a.names, b.names, person=False)
                if names not in ("fuller", "headed", "acronym", "variant"):
                    return False
        return True

    def _speak_for(self, first: _Part, second: _Part, root: int) -> bool:
        """Return whether the pairs between two clusters together speak for joining them; of larger ones, clearly."""
        total, count = first.sums.get(root, (0.0, 0))
        several = min(len(first.members), len(second.members)) > 1
        return total >= (CLEARLY * count if several else 0.0)

    def _join(self, first: int, second: int, score: float | None) -> None:
        """Join two clusters; the larger one takes in the smaller."""
        if (len(self._parts[first].members), -first) < (len(self._parts[second].members), -second):
            first, second = second, first
        into, gone = self._parts[first], self._parts.pop(second)
        self._root[second] = first
        into.members += gone.members
        into.documents |= gone.documents
        into.names |= gone.names
        into.enemies |= gone.enemies
        scores = [s for s in (into.score, gone.score, score) if s is not None]
        into.score = min(scores) if scores else None
        for other, between in gone.sums.items():
            if other != first:
                had = into.sums.get(other, (0.0, 0))
                into.sums[other] = (had[0] + between[0], had[1] + between[1])
                theirs = self._parts[other].sums
                theirs[first] = into.sums[other]
                del theirs[second]
        into.sums.pop(second, None)
