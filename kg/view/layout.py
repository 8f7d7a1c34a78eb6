"""Where the nodes of a page lie: the same graph always gives the same whole coordinates.

Each connected component is laid out by forces (Fruchterman and Reingold, 1991, with the repulsion by degree of
ForceAtlas2, Jacomy et al., PLoS ONE 2014), from coarse to fine (Walshaw, JGAA 2003); overlaps are pushed apart, and the
components are packed. In NumPy, because what is at hand is slow: 100 rounds over 2,000 nodes, from a start at random,
take networkx's ForceAtlas2 21 CPU seconds and rustworkx's spring layout 3.5.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kg.view.packing import pack
from kg.view.repulsion import repulsion

Points = NDArray[np.float64]
Links = NDArray[np.intp]

_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
_COARSEST = 24
_GRAVITY = 0.008
_ASPECT = 1.4  # screens are wider than high


@dataclass(frozen=True, slots=True)
class Box:
    """Room that a node needs, its label with it: half width and half height, in pixels at zoom 1."""

    width: float
    height: float


def positions(
    boxes: Sequence[Box], links: Sequence[tuple[int, int]], *, room: float = 60
) -> tuple[tuple[int, int], ...]:
    """A point for every node: `links` are pairs of indices into `boxes`, between which there is to be some `room`.

    >>> positions([Box(40, 20), Box(40, 20)], [(0, 1)])[0] != positions([Box(40, 20), Box(40, 20)], [(0, 1)])[1]
    True

    Nodes without a link are put in rows below all others.
    """
    count = len(boxes)
    pairs = np.array(sorted({(min(a, b), max(a, b)) for a, b in links if a != b}), dtype=np.intp).reshape(-1, 2)
    sizes = np.array([(box.width, box.height) for box in boxes], dtype=np.float64).reshape(-1, 2)
    result = np.zeros((count, 2))
    members = components(count, pairs)
    linked = [nodes for nodes in members if len(nodes) > 1]
    drawn = [_component(nodes, pairs, sizes, room) for nodes in linked]
    shifts = pack(drawn, [sizes[nodes] for nodes in linked], aspect=_ASPECT)
    for nodes, points, shift in zip(linked, drawn, shifts, strict=True):
        result[nodes] = points + shift
    single = np.array([nodes[0] for nodes in members if len(nodes) == 1], dtype=np.intp)
    if len(single):
        placed = np.concatenate(linked) if linked else np.zeros(0, dtype=np.intp)
        result[single] = _rows(sizes[single], result[placed])
    return tuple((int(x), int(y)) for x, y in np.rint(result))


def components(count: int, pairs: Links) -> list[NDArray[np.intp]]:
    """Nodes that hang together, the largest component first, each sorted."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for first, second in pairs.tolist():
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    groups: dict[int, list[int]] = {}
    for node in range(count):
        groups.setdefault(root(node), []).append(node)
    ordered = sorted(groups.values(), key=lambda nodes: (-len(nodes), nodes[0]))
    return [np.array(nodes, dtype=np.intp) for nodes in ordered]


def _component(nodes: NDArray[np.intp], pairs: Links, sizes: Points, room: float) -> Points:
    """Points of one component around the origin, free of overlaps."""
    inside = np.full(len(sizes), -1, dtype=np.intp)
    inside[nodes] = np.arange(len(nodes))
    own = inside[pairs]
    own = own[(own >= 0).all(axis=1)]
    if len(nodes) <= _COARSEST:
        points = _small(len(nodes), tuple(map(tuple, own.tolist())))
    else:
        points = _forces_from_coarse(len(nodes), own, np.ones(len(nodes)))
    points = points * _spread(points, own, sizes[nodes], room)
    points = _apart(_level(points), sizes[nodes])
    middle: Points = (points.max(axis=0) + points.min(axis=0)) / 2
    return points - middle


@lru_cache(maxsize=1024)
def _small(count: int, pairs: tuple[tuple[int, ...], ...]) -> Points:
    """Layout of a small graph; there are hundreds of components like "A met B" in a corpus, all of a few shapes."""
    points = _forces_from_coarse(count, np.array(pairs, dtype=np.intp), np.ones(count))
    points.flags.writeable = False
    return points


def _forces_from_coarse(count: int, pairs: Links, masses: NDArray[np.float64]) -> Points:
    """Layout of a connected graph: of a smaller one first, whose nodes are pairs of its nodes."""
    if count <= _COARSEST:
        return _settle(_spiral(count), pairs, masses, rounds=60 if count <= 4 else 250, heat=1.0)
    group = _matching(count, pairs)
    fewer = int(group.max()) + 1
    coarse = np.unique(np.sort(group[pairs], axis=1), axis=0)
    coarse = coarse[coarse[:, 0] != coarse[:, 1]]
    weights = np.bincount(group, weights=masses, minlength=fewer).astype(np.float64)
    if fewer > 0.95 * count:
        return _settle(_spiral(count), pairs, masses, rounds=200, heat=1.0)
    start = _forces_from_coarse(fewer, coarse, weights)[group] * np.sqrt(count / fewer)
    return _settle(start + _spiral(count, 0.05), pairs, masses, rounds=50 if count > 1500 else 120, heat=0.3)


def _matching(count: int, pairs: Links) -> NDArray[np.intp]:
    """Group of each node: leaves join their neighbour, other nodes pair up, those of small degree first."""
    neighbours: list[list[int]] = [[] for _ in range(count)]
    for first, second in pairs.tolist():
        neighbours[first].append(second)
        neighbours[second].append(first)
    group = [-1] * count
    following = 0
    for node in sorted(range(count), key=lambda item: (len(neighbours[item]), item)):
        if group[node] >= 0:
            continue
        free = [other for other in neighbours[node] if group[other] < 0]
        if free:
            group[min(free, key=lambda item: (len(neighbours[item]), item))] = group[node] = following
        elif len(neighbours[node]) == 1:
            group[node] = group[neighbours[node][0]]
            continue
        else:
            group[node] = following
        following += 1
    return np.array(group, dtype=np.intp)


def _settle(points: Points, pairs: Links, masses: NDArray[np.float64], *, rounds: int, heat: float) -> Points:
    """Points after some rounds of forces, each step bounded by a temperature that falls."""
    degree = np.bincount(pairs.ravel(), minlength=len(points))
    weight = np.sqrt(np.maximum(degree, masses)).astype(np.float32)
    place = points.astype(np.float32)
    for step in range(rounds):
        force = repulsion(place, weight)
        pull = place[pairs[:, 1]] - place[pairs[:, 0]]
        pull *= np.hypot(pull[:, 0], pull[:, 1])[:, None] * 0.5
        for axis in (0, 1):
            force[:, axis] += np.bincount(pairs[:, 0], pull[:, axis], len(place)).astype(np.float32)
            force[:, axis] -= np.bincount(pairs[:, 1], pull[:, axis], len(place)).astype(np.float32)
        force -= _GRAVITY * weight[:, None] * place
        length = np.hypot(force[:, 0], force[:, 1]) + 1e-9
        bound = heat * 4 * (1 - step / rounds) ** 1.5 + 1e-3
        place += force * (np.minimum(length * 0.1, bound) / length)[:, None]
    return place.astype(np.float64)


def _spread(points: Points, pairs: Links, sizes: Points, room: float) -> float:
    """Factor that makes the median link as long as two half boxes and room for a word."""
    lengths = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    return (float(np.median(sizes.sum(axis=1))) + room) / max(float(np.median(lengths)), 1e-6)


def _level(points: Points) -> Points:
    """Points turned so that the longest extent lies flat, the first node on the left: screens are wide."""
    xs, ys = (points - points.mean(axis=0)).T
    tilt = 0.5 * np.arctan2(2 * (xs * ys).sum(), (xs * xs).sum() - (ys * ys).sum())
    across, down = xs * np.cos(tilt) + ys * np.sin(tilt), ys * np.cos(tilt) - xs * np.sin(tilt)
    side = -1.0 if across[0] > 0 else 1.0
    return np.stack([across * side, down * side], axis=1)


def _apart(points: Points, sizes: Points) -> Points:
    """Points moved as little as needed for their boxes not to overlap (along the shorter way out)."""
    place = points.copy()
    for _ in range(250 if len(points) < 1000 else 60):
        first, second = near(place, sizes)
        gap = place[second] - place[first]
        overlap = sizes[first] + sizes[second] - np.abs(gap)
        hit = (overlap > 0.5).all(axis=1)
        if not hit.any():
            break
        first, second, gap, overlap = first[hit], second[hit], gap[hit], overlap[hit]
        flat = overlap[:, 0] < overlap[:, 1]
        sign = np.where(gap >= 0, 1.0, -1.0)
        push = 0.5 * overlap * sign * np.stack([flat, ~flat], axis=1)
        for axis in (0, 1):
            place[:, axis] += np.bincount(second, push[:, axis], len(place)) * 0.6
            place[:, axis] -= np.bincount(first, push[:, axis], len(place)) * 0.6
    return place


def near(place: Points, sizes: Points) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of nodes that may overlap: of one row or of adjoining ones, found along the sorted x of each row."""
    wide, high = sizes.max(axis=0)
    row = np.floor((place[:, 1] - place[:, 1].min()) / (2 * high))
    span = float(np.ptp(place[:, 0])) + 4 * wide + 1
    key = row * span + (place[:, 0] - place[:, 0].min())
    order = np.argsort(key, kind="stable")
    key, reach = key[order], sizes[order, 0] + wide
    first, second = _stretches(np.arange(1, len(key) + 1), np.searchsorted(key, key + reach))
    below = _stretches(np.searchsorted(key, key + span - reach), np.searchsorted(key, key + span + reach))
    first, second = order[np.append(first, below[0])], order[np.append(second, below[1])]
    close = np.abs(place[first, 1] - place[second, 1]) < sizes[first, 1] + high
    return first[close], second[close]


def _stretches(begins: NDArray[np.intp], ends: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Each index with every number from its begin to its end.

    `_stretches([1, 2], [3, 3])` → [0, 0, 1], [1, 2, 2]
    """
    counts = np.maximum(ends - begins, 0)
    left = np.repeat(np.arange(len(counts)), counts)
    return left, begins[left] + np.arange(len(left)) - np.repeat(np.cumsum(counts) - counts, counts)


def _spiral(count: int, scale: float = 1.0) -> Points:
    """Points of a sunflower: even, and without chance."""
    turn = np.arange(count) * _GOLDEN_ANGLE
    radius = scale * np.sqrt(np.arange(count) + 0.5)
    return np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)


def _rows(sizes: Points, placed: Points) -> Points:
    """Points in rows, below those that are placed."""
    wide, high = 2 * sizes[:, 0].max(), 2 * sizes[:, 1].max()
    top = float(placed[:, 1].max()) + 3 * high if len(placed) else 0.0
    span = float(np.ptp(placed[:, 0])) if len(placed) else 0.0
    columns = max(int(span // wide), int(np.sqrt(len(sizes) * 2.5)), 1)
    index = np.arange(len(sizes))
    return np.stack([(index % columns - (columns - 1) / 2) * wide, top + index // columns * high], axis=1)
