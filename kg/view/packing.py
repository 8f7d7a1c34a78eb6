"""Components of a graph side by side: small ones lie in the bays of the large."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_CELL = 60.0


def pack(components: Sequence[Points], sizes: Sequence[Points], *, aspect: float) -> list[Points]:
    """A shift for each component, so that no two share a cell; the first stays in the middle.

    Each component is the set of cells of a coarse grid that its nodes (points and half sizes) and a margin cover; it is
    put at the free place nearest to the middle, distances across counted `aspect` times less than those down.
    """
    taken: set[tuple[int, int]] = set()
    shifts = []
    for points, size in zip(components, sizes, strict=True):
        cells = _cells(points, size)
        column, row = next(
            (dx, dy) for dx, dy in _outwards(aspect) if not any((x + dx, y + dy) in taken for x, y in cells)
        )
        taken.update((x + column, y + row) for x, y in cells)
        shifts.append(np.array([column * _CELL, row * _CELL]))
    return shifts


def _cells(points: Points, size: Points) -> tuple[tuple[int, int], ...]:
    """Cells that the boxes cover, and the whole hull of a small component: the nodes of another don't go between."""
    margin = _CELL * 0.5
    low = np.floor((points - size - margin) / _CELL).astype(int)
    high = np.floor((points + size + margin) / _CELL).astype(int)
    if len(points) <= 12:
        low, high = low.min(axis=0, keepdims=True), high.max(axis=0, keepdims=True)
    covered = {
        (x, y)
        for (left, top), (right, bottom) in zip(low.tolist(), high.tolist(), strict=True)
        for x in range(left, right + 1)
        for y in range(top, bottom + 1)
    }
    return tuple(sorted(covered))


def _outwards(aspect: float) -> Iterator[tuple[int, int]]:
    """Cells from the middle outwards, ring by ring, each ring from its nearest cell to its farthest."""
    ring = 0
    while True:
        reach = int(ring * aspect) + 1
        inner = int((ring - 1) * aspect) + 1 if ring else -1
        cells = [
            (x, y)
            for x in range(-reach, reach + 1)
            for y in range(-ring, ring + 1)
            if abs(x) > inner or abs(y) > ring - 1
        ]
        yield from sorted(cells, key=lambda cell: ((cell[0] / aspect) ** 2 + cell[1] ** 2, cell))
        ring += 1
