"""Who is who in all documents, found by many machines: what `kg.graph.resolve.resolution.resolve` finds on one.

Profiles are shuffled by block, and each block gives its edges; positive edges make components; each component is
clustered by itself; clusters are named beside their namesakes; the IRIs go to the part of their document. A profile's
context travels to its blocks only. Nodes are digests of their keys, so that what is shuffled most is small.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kg.corpus import records
from kg.corpus.parts import Job, documents
from kg.corpus.stars import Node, Pair, components, groups, local, sorted_rows
from kg.graph.resolve.blocks import block_keys, block_pairs
from kg.graph.resolve.clusters import Constraints, Edge, compared, component, respelt
from kg.graph.resolve.profiles import Context, Key, Profile, profiles
from kg.graph.resolve.resolution import Head, head, iris

if TYPE_CHECKING:
    from pyspark import RDD

# A block or component of one machine's: what its rows are tagged with.
LABEL, MEMBER, EDGE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is one across documents.

    `iris` are (part, (document, entity, IRI)) of entities that get another IRI than their own; `clusters` are the IRI
    and the score of each cluster, None where nothing joined it.
    """

    iris: "RDD[tuple[int, tuple[str, str, str]]]"
    clusters: "RDD[tuple[str, float | None]]"


def resolve(parts: "RDD[int]", job: Job, constraints: Constraints, partitions: int) -> Resolved:
    """Return what is one among the profiles of all parts."""
    from pyspark import StorageLevel

    postings = parts.flatMap(partial(_postings, job))
    found = sorted_rows(postings, partitions).mapPartitions(_blocks).persist(StorageLevel.DISK_ONLY)
    own = parts.flatMap(partial(_own, job)).persist(StorageLevel.DISK_ONLY)
    links = found.filter(_is_link).union(own.filter(_is_link)).map(itemgetter(1))
    same = [(node(a), node(b)) for a, b in sorted(constraints.same)]
    context = parts.context
    labels = components(links.union(context.parallelize(same, 1)), partitions)
    labelled = labels.map(_label)
    members = own.filter(_is_member).map(itemgetter(1))
    edges = found.filter(_is_edge).map(itemgetter(1))
    first = sorted_rows(labelled.union(members).union(edges), partitions).mapPartitions(_first_ends)
    first = first.persist(StorageLevel.DISK_ONLY)
    open_edges = sorted_rows(labelled.union(first.filter(_is_open).map(itemgetter(1))), partitions)
    rows = first.filter(_is_settled).map(itemgetter(1)).union(open_edges.mapPartitions(_second_ends))
    clusters = sorted_rows(rows, partitions).mapPartitions(partial(_clusters, constraints, job.settings.base))
    named = sorted_rows(clusters, partitions).mapPartitions(partial(_named, job.settings.base))
    named = named.persist(StorageLevel.DISK_ONLY)
    return Resolved(named.flatMap(itemgetter(1)), named.map(itemgetter(0)))


def node(key: Key) -> Node:
    """Return 16 bytes that stand for an entity of a document.

    >>> node(("d1", "e1")) == node(("d1", "e1")), len(node(("d1", "e1")))
    (True, 16)
    """
    return blake2b("\x1f".join(key).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def block_edges(key: str, block: Iterable[Profile]) -> Iterator[tuple[Profile, Profile, float, bool, bool]]:
    """Yield the pairs of one block whose names agree, with score, weakness and conflict; the profiles are in order."""
    for a, b in block_pairs(key, block):
        edge = compared(a, b, 0, 1)
        if edge is not None:
            yield a, b, edge[0], edge[3], edge[4]


def _postings(job: Job, part: int) -> Iterator[tuple[tuple[str, str, str], tuple[str, str]]]:
    for annotation in documents(job, part):
        context = None
        for profile in profiles(annotation):
            context = context or records.dump(profile.context)
            data = records.dump_profile(profile)
            for key in block_keys(profile):
                yield (key, *profile.key), (context, data)


def _own(job: Job, part: int) -> Iterator[tuple[int, Any]]:
    """Yield what clustering and naming need of each profile, and the links between spellings of one document."""
    for annotation in documents(job, part):
        found = sorted(profiles(annotation), key=lambda p: p.key)
        yield from ((LABEL, (node(found[a].key), node(found[b].key))) for a, b in respelt(found))
        for p in found:
            lean = Profile(Context(annotation.id), p.entity, p.iri, p.type, p.types, p.name, p.names)
            yield MEMBER, ((node(p.key), MEMBER), (part, annotation.id, records.dump_profile(lean)))


def _blocks(rows: Iterable[tuple[tuple[str, str, str], tuple[str, str]]]) -> Iterator[tuple[int, Any]]:
    """Yield the edges of blocks, and the links that connect what they connect."""
    for key, group in groups(rows):
        two = list(islice(group, 2))
        if len(two) < 2:
            continue
        links: list[Pair] = []
        for a, b, score, weak, conflict in block_edges(key, _profiles(chain(two, group))):
            one, other = node(a.key), node(b.key)
            if score > 0:
                links.append((one, other))
            yield EDGE, ((one, EDGE), (other, score, weak, conflict))
        yield from ((LABEL, pair) for pair in local(links))


def _profiles(rows: Iterable[tuple[tuple[str, str, str], tuple[str, str]]]) -> Iterator[Profile]:
    for _, group in groupby(rows, key=lambda row: row[0][1]):
        context: Context | None = None
        for _, (around, data) in group:
            context = context or records.load(Context, around)
            yield records.load_profile(context, data)


def _label(pair: Pair) -> tuple[tuple[Any, ...], Any]:
    return (pair[0], LABEL), pair[1]


def _is_link(row: tuple[int, Any]) -> bool:
    return row[0] == LABEL


def _is_member(row: tuple[int, Any]) -> bool:
    return row[0] == MEMBER


def _is_edge(row: tuple[int, Any]) -> bool:
    return row[0] == EDGE


def _is_open(row: tuple[bool, Any]) -> bool:
    return not row[0]


def _is_settled(row: tuple[bool, Any]) -> bool:
    return row[0]


def _first_ends(rows: Iterable[tuple[tuple[Any, ...], Any]]) -> Iterator[tuple[bool, Any]]:
    """Yield members and positive edges by their component; other edges by their second end, with that of the first.

    Both ends of a positive edge lie in one component, those of a negative one may.
    """
    for own, root, tag, value in _by_node(rows):
        if tag == MEMBER:
            part, document, data = value
            yield True, ((root, MEMBER, document, data), part)
        else:
            other, score, weak, conflict = value
            if score > 0:
                yield True, ((root, EDGE, own, other), (score, weak, conflict))
            else:
                yield False, ((other, EDGE), (root, own, score, weak, conflict))


def _second_ends(rows: Iterable[tuple[tuple[Any, ...], Any]]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield those edges by their component of which both ends lie in one."""
    for own, root, _, (of_other, other, score, weak, conflict) in _by_node(rows):
        if root == of_other:
            yield (root, EDGE, other, own), (score, weak, conflict)


def _by_node(rows: Iterable[tuple[tuple[Any, ...], Any]]) -> Iterator[tuple[Node, Node, int, Any]]:
    """Yield (node, its component, tag, value) of rows; the label comes first, and a node without one is its own."""
    for own, group in groups(rows):
        root = own
        for (_, tag, *_), value in group:
            if tag == LABEL:
                root = value
            else:
                yield own, root, tag, value


def _clusters(
    constraints: Constraints, base: str, rows: Iterable[tuple[tuple[Any, ...], Any]]
) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the clusters of each component by name and first member, each with what naming it needs."""
    for _, group in groups(rows):
        members: list[Profile] = []
        parts: dict[str, int] = {}
        found: list[Edge] = []
        at: dict[Node, int] = {}
        for (_, tag, one, other), value in group:
            if tag == MEMBER:
                members.append(records.load_profile(Context(one), other))
                parts[one] = value
                continue
            if not at:
                members.sort(key=lambda p: p.key)
                at = {node(p.key): n for n, p in enumerate(members)}
            score, weak, conflict = value
            found.append((score, at[one], at[other], weak, conflict))
        members.sort(key=lambda p: p.key)
        for cluster in component(members, found, constraints):
            first = head(cluster, base)
            of = [(parts[p.context.document], p.context.document, p.entity, p.iri) for p in cluster.members]
            yield (first.name, *first.key), (first.lone, first.given, cluster.score, of)


def _named(
    base: str, rows: Iterable[tuple[tuple[Any, ...], Any]]
) -> Iterator[tuple[tuple[str, float | None], list[tuple[int, tuple[str, str, str]]]]]:
    """Yield each cluster's IRI and score, and the entities that get the IRI and had another."""
    for _, group in groups(rows):
        waiting: list[Any] = []

        def heads(group: Iterator[Any] = group, waiting: list[Any] = waiting) -> Iterator[Head]:
            for (name, *key), value in group:
                waiting.append(value)
                yield Head((key[0], key[1]), name, value[0], value[1])

        for iri in iris(heads(), base):
            _, _, score, members = waiting.pop()
            yield (iri, score), [(part, (d, entity, iri)) for part, d, entity, own in members if own != iri]
