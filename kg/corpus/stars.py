"""Connected components of a graph that no machine holds: large star and small star in turn (Kiveris et al. 2014).

In each round every node learns the smallest node beside it; after some rounds (about the logarithm of the longest path)
every component is a star around its smallest node. Nothing is collected but two numbers a round.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import blake2b
from itertools import chain, count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from pyspark import RDD

# So many pairs are connected by the driver: 50 MB there.
FEW = 500_000
# Every so many rounds are written to the checkpoints.
ROUNDS = 3

Node = bytes
Pair = tuple[Node, Node]
Key = TypeVar("Key", bound=tuple[object, ...])
Value = TypeVar("Value")


def sorted_rows(rows: "RDD[tuple[Key, Value]]", partitions: int) -> "RDD[tuple[Key, Value]]":
    """Return rows shuffled by the first part of their keys and sorted by the whole key, on disk where need be."""
    shuffled: RDD[tuple[Key, Value]] = rows.repartitionAndSortWithinPartitions(  # type: ignore[call-overload]
        partitions, partial(place, partitions)
    )
    return shuffled


def groups(rows: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, Iterator[tuple[Any, Any]]]]:
    """Yield sorted rows by the first part of their keys.

    >>> [(key, len(list(group))) for key, group in groups([(("a", 1), None), (("a", 2), None), (("b", 1), None)])]
    [('a', 2), ('b', 1)]
    """
    yield from groupby(rows, key=_first_part)


def place(partitions: int, key: tuple[object, ...]) -> int:
    """Return the partition of a key, which is the same on every machine.

    >>> place(7, ("vskz", "d1")) == place(7, ("vskz", "d2"))
    True
    """
    first = key[0]
    return crc32(first if isinstance(first, bytes) else str(first).encode("utf-8", "surrogatepass")) % partitions


def components(pairs: "RDD[Pair]", partitions: int) -> "RDD[Pair]":
    """Return (node, smallest node of its component) for all nodes but the smallest ones themselves.

    `pairs` should be persisted: they are counted first, and few are connected on the spot.
    """
    if pairs.count() <= FEW:
        return pairs.context.parallelize(list(local(pairs.collect())), partitions)
    edges, before, now = _kept(pairs.filter(_differs), partitions, 0), (-1, -1), (-1, -1)
    for number in count(1):
        wide = _star(edges.flatMap(_both), _large, partitions)
        found = _kept(_star(wide, _small, partitions), partitions, number)
        before, now = now, found.map(_sum).fold((0, 0), _add)
        edges.unpersist()
        edges = found
        if now == before:
            break
    return edges


def large_star(node: Node, beside: Iterator[Node]) -> Iterator[Pair]:
    """Yield (larger neighbour, smallest node around) for a node and its neighbours in order.

    >>> list(large_star(b"b", iter((b"a", b"c", b"d"))))
    [(b'c', b'a'), (b'd', b'a')]
    """
    first = next(beside)
    least = min(first, node)
    for other in chain((first,), beside):
        if other > node:
            yield other, least


def small_star(node: Node, below: Iterator[Node]) -> Iterator[Pair]:
    """Yield (node, smallest) for a node and its smaller neighbours in order.

    >>> list(small_star(b"d", iter((b"a", b"c"))))
    [(b'd', b'a'), (b'c', b'a')]
    """
    least = next(below)
    yield node, least
    for other in below:
        yield other, least


def local(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield a star for each component of a few pairs, which connects what they connect.

    >>> sorted(local([(b"c", b"b"), (b"b", b"a"), (b"c", b"a"), (b"y", b"x")]))
    [(b'b', b'a'), (b'c', b'a'), (b'y', b'x')]
    """
    up: dict[Node, Node] = {}

    def root(node: Node) -> Node:
        while (above := up.setdefault(node, node)) != node:
            up[node] = up.setdefault(above, above)
            node = up[node]
        return node

    for a, b in pairs:
        one, other = sorted((root(a), root(b)))
        up[other] = one
    for node in up:
        if (least := root(node)) != node:
            yield node, least


def _star(
    pairs: "RDD[Pair]", star: Callable[[Iterable[tuple[Pair, None]]], Iterator[Pair]], partitions: int
) -> "RDD[Pair]":
    return sorted_rows(pairs.map(_keyed), partitions).mapPartitions(star)


def _large(rows: Iterable[tuple[Pair, None]]) -> Iterator[Pair]:
    for node, beside in _neighbours(rows):
        yield from large_star(node, beside)


def _small(rows: Iterable[tuple[Pair, None]]) -> Iterator[Pair]:
    for node, below in _neighbours(rows):
        yield from small_star(node, below)


def _neighbours(rows: Iterable[tuple[Pair, None]]) -> Iterator[tuple[Node, Iterator[Node]]]:
    """Yield each node with its neighbours in order, each once."""
    for node, group in groupby(map(itemgetter(0), rows), key=itemgetter(0)):
        yield node, (pair[1] for pair, _ in groupby(group))


def _kept(pairs: "RDD[Pair]", partitions: int, number: int) -> "RDD[Pair]":
    """Return the pairs of a round, each once; every so many are written to the checkpoints.

    A lost machine then costs some rounds, and not all before them.
    """
    from pyspark import StorageLevel

    once = sorted_rows(pairs.map(_keyed), partitions).mapPartitions(_distinct).persist(StorageLevel.DISK_ONLY)
    if number % ROUNDS == 0:
        once.checkpoint()
    return once


def _distinct(rows: Iterable[tuple[Pair, None]]) -> Iterator[Pair]:
    return (pair for pair, _ in groupby(map(itemgetter(0), rows)))


def _both(pair: Pair) -> tuple[Pair, Pair]:
    return pair, (pair[1], pair[0])


def _first_part(row: tuple[Any, Any]) -> Any:
    return row[0][0]


def _differs(pair: Pair) -> bool:
    return pair[0] != pair[1]


def _keyed(pair: Pair) -> tuple[Pair, None]:
    return pair, None


def _sum(pair: Pair) -> tuple[int, int]:
    return 1, int.from_bytes(blake2b(b"".join(pair), digest_size=8).digest(), "big")


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
