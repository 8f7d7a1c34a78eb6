"""Where further nodes lie on a picture that is there: what is known stays, the others come around their neighbours."""

from collections.abc import Mapping, Sequence

import numpy as np

from kg.view.layout import Box, Links, Points, near, positions

_ROUNDS = 24
_GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))
_MOST_PUSHES = 30


def grown(
    boxes: Sequence[Box],
    links: Sequence[tuple[int, int]],
    known: Mapping[int, tuple[float, float]],
    *,
    room: float = 60,
) -> tuple[tuple[int, int], ...]:
    """A point for every node, as `positions` gives them, but for those of `known`: they stay where they are.

    >>> grown([Box(9, 9), Box(9, 9)], [(0, 1)], {0: (700, 300)})[0]
    (700, 300)

    New nodes that nothing joins to what is known are laid out by themselves, below all others.
    """
    if not known:
        return positions(boxes, links, room=room)
    sizes = np.array([(box.width, box.height) for box in boxes], dtype=np.float64).reshape(-1, 2)
    pairs = np.array(sorted({(min(a, b), max(a, b)) for a, b in links if a != b}), dtype=np.intp).reshape(-1, 2)
    place = np.zeros((len(boxes), 2))
    for number, point in known.items():
        place[number] = point
    length = float(np.median(sizes.sum(axis=1))) + room
    joined = _begin(place, pairs, set(known), length)
    moving = np.array(joined, dtype=np.intp)
    if len(moving):
        there = np.array(sorted([*known, *joined]), dtype=np.intp)
        _settle(place, pairs, moving, there, length)
        _apart(place, sizes, moving, there)
    _below(place, boxes, links, [*known, *joined], room)
    return tuple((int(x), int(y)) for x, y in np.rint(place))


def _begin(place: Points, pairs: Links, placed: set[int], length: float) -> list[int]:
    """Put the nodes that links lead to from what is placed around the middle of their neighbours; return them."""
    neighbours: dict[int, list[int]] = {}
    for first, second in pairs.tolist():
        neighbours.setdefault(first, []).append(second)
        neighbours.setdefault(second, []).append(first)
    edge, found = sorted(placed), []
    while edge:
        new = sorted({other for node in edge for other in neighbours.get(node, ()) if other not in placed})
        for turn, node in enumerate(new):
            middle = place[[other for other in neighbours[node] if other in placed]].mean(axis=0)
            angle, radius = turn * _GOLDEN_ANGLE, length * (0.6 + 0.3 * np.sqrt(turn))
            place[node] = middle + radius * np.array([np.cos(angle), np.sin(angle)])
        placed.update(new)
        found += new
        edge = new
    return found


def _settle(place: Points, pairs: Links, moving: Links, there: Links, length: float) -> None:
    """Let springs and repulsion move the new nodes, each step bounded by a temperature that falls."""
    row = np.full(len(place), -1, dtype=np.intp)
    row[moving] = np.arange(len(moving))
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    ends = ends[row[ends[:, 0]] >= 0]
    for step in range(_ROUNDS):
        pull = (place[ends[:, 1]] - place[ends[:, 0]]) / length
        pull *= np.hypot(pull[:, 0], pull[:, 1])[:, None]
        across, down = (np.subtract.outer(place[moving, axis], place[there, axis]) / length for axis in (0, 1))
        squared = np.maximum(across * across + down * down, 0.02)
        squared *= 1 + squared / 9
        force = np.stack([(across / squared).sum(axis=1), (down / squared).sum(axis=1)], axis=1)
        for axis in (0, 1):
            force[:, axis] += np.bincount(row[ends[:, 0]], pull[:, axis], len(moving))
        reach = np.hypot(force[:, 0], force[:, 1]) + 1e-9
        bound = np.minimum(reach * 0.1, 0.8 * (1 - step / _ROUNDS) + 0.02) / reach
        place[moving] += force * bound[:, None] * length


def _apart(place: Points, sizes: Points, moving: Links, there: Links) -> None:
    """Push new nodes out of the boxes of others, along the shorter way."""
    free = np.zeros(len(place))
    free[moving] = 1.0
    for _ in range(_MOST_PUSHES):
        first, second = (there[ends] for ends in near(place[there], sizes[there]))
        loose = free[first] + free[second] > 0
        first, second = first[loose], second[loose]
        gap = place[second] - place[first]
        overlap = sizes[first] + sizes[second] - np.abs(gap)
        hit = (overlap > 0.5).all(axis=1)
        if not hit.any():
            return
        first, second, gap, overlap = first[hit], second[hit], gap[hit], overlap[hit]
        flat = overlap[:, 0] < overlap[:, 1]
        push = overlap * np.where(gap >= 0, 1.0, -1.0) * np.stack([flat, ~flat], axis=1)
        share = (1 / (free[first] + free[second]))[:, None]
        for axis in (0, 1):
            moved = push * share * 0.6
            place[:, axis] += np.bincount(second, moved[:, axis] * free[second], len(place))
            place[:, axis] -= np.bincount(first, moved[:, axis] * free[first], len(place))


def _below(
    place: Points, boxes: Sequence[Box], links: Sequence[tuple[int, int]], placed: Sequence[int], room: float
) -> None:
    """Lay out what hangs together with nothing that is placed, below it."""
    there = set(placed)
    rest = [number for number in range(len(boxes)) if number not in there]
    if not rest:
        return
    index = {number: at for at, number in enumerate(rest)}
    own = [(index[a], index[b]) for a, b in links if a in index and b in index]
    points = np.array(positions([boxes[number] for number in rest], own, room=room), dtype=np.float64)
    down = max(place[number][1] + boxes[number].height for number in placed) + room
    up = min(point[1] - boxes[number].height for number, point in zip(rest, points, strict=True))
    middle = place[list(placed)][:, 0].mean() - points[:, 0].mean()
    place[rest] = points + np.array([middle, down - up])
