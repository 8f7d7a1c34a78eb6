"""Components of a graph side by side: the large ones close together, the small ones listed below."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

_CELL = 60.0
_GAP = 40.0
_SMALL = 4


def pack(components: Sequence[Points], sizes: Sequence[Points], *, aspect: float) -> list[Points]:
    """A shift for each component, so that no two overlap and the whole fits well into a screen of this aspect.

    Large ones nestle together around the first, which is the largest, and small ones (up to four nodes) stand in rows
    below, like a list; or, where that takes less room, all stand in rows.
    """
    if not components:
        return []
    nestled = _around(components, sizes, aspect)
    rows = _listed(
        [_extent([points], [size]) for points, size in zip(components, sizes, strict=True)],
        (np.zeros(2), np.zeros(2)),
        aspect,
    )
    return min((rows, nestled), key=lambda shifts: _need(components, sizes, shifts, aspect))


def _need(components: Sequence[Points], sizes: Sequence[Points], shifts: Sequence[Points], aspect: float) -> float:
    """The height of a screen on which all is seen."""
    moved = [points + shift for points, shift in zip(components, shifts, strict=True)]
    low, high = _extent(moved, sizes)
    return float(max((high[0] - low[0]) / aspect, high[1] - low[1]))


def _around(components: Sequence[Points], sizes: Sequence[Points], aspect: float) -> list[Points]:
    """Shifts that keep the first in the middle, large ones around it, small ones in rows below."""
    large = [number for number, points in enumerate(components) if len(points) > _SMALL or number == 0]
    small = [number for number in range(len(components)) if number not in set(large)]
    shifts = dict(zip(large, _nestled([components[n] for n in large], [sizes[n] for n in large], aspect), strict=True))
    corners = _extent([components[n] + shifts[n] for n in large], [sizes[n] for n in large])
    boxes = [_extent([components[n]], [sizes[n]]) for n in small]
    shifts.update(zip(small, _listed(boxes, corners, aspect), strict=True))
    return [shifts[number] for number in range(len(components))]


def _extent(components: Sequence[Points], sizes: Sequence[Points]) -> tuple[Points, Points]:
    """Upper left and lower right corner of all."""
    points, size = np.concatenate(components), np.concatenate(sizes)
    return (points - size).min(axis=0), (points + size).max(axis=0)


def _listed(boxes: Sequence[tuple[Points, Points]], corners: tuple[Points, Points], aspect: float) -> list[Points]:
    """Shifts that put boxes in centred rows below what has these corners.

    The rows are as wide as makes the whole fit best into a screen of this aspect.
    """
    if not boxes:
        return []
    low, high = corners
    spans = np.array([upper - lower for lower, upper in boxes]) + _GAP
    wide, tall = high - low
    widths = np.cumsum(spans[:, 0])
    rows = min(
        (_rows(spans, width) for width in widths[widths >= spans[:, 0].max()]),
        key=lambda rows: max(
            max(wide, *(spans[row, 0].sum() for row in rows)) / aspect, tall + sum(spans[row, 1].max() for row in rows)
        ),
    )
    shifts = [np.zeros(2)] * len(boxes)
    top = high[1] + _GAP
    for row in rows:
        left = (low[0] + high[0] - spans[row, 0].sum()) / 2
        for number in row:
            lower, upper = boxes[number]
            centre = np.array([left + spans[number, 0] / 2, top + spans[row, 1].max() / 2])
            shifts[number] = centre - (lower + upper) / 2
            left += spans[number, 0]
        top += spans[row, 1].max()
    return shifts


def _rows(spans: Points, width: float) -> list[list[int]]:
    """Numbers of the boxes in each row no wider than `width`, as words are set into lines."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for number, wide in enumerate(spans[:, 0].tolist()):
        if rows[-1] and used + wide > width + 0.5:
            rows.append([])
            used = 0.0
        rows[-1].append(number)
        used += wide
    return rows


def _nestled(components: Sequence[Points], sizes: Sequence[Points], aspect: float) -> list[Points]:
    """Shifts that keep components apart: each is the set of cells of a coarse grid that its nodes cover, with a margin.

    It is put at the free place nearest to the middle, distances across counted `aspect` times less than those down.
    What is taken stays so: the search for a set of cells goes on where it ended for an equal one.
    """
    taken: set[tuple[int, int]] = set()
    searches: dict[tuple[tuple[int, int], ...], Iterator[tuple[int, int]]] = {}
    shifts = []
    for points, size in zip(components, sizes, strict=True):
        cells = _cells(points, size)
        search = searches.setdefault(cells, _outwards(aspect))
        column, row = next((dx, dy) for dx, dy in search if not any((x + dx, y + dy) in taken for x, y in cells))
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
    """Cells from the middle outwards."""
    for ring in count():
        yield from _ring(ring, aspect)


@lru_cache(maxsize=1024)
def _ring(ring: int, aspect: float) -> tuple[tuple[int, int], ...]:
    """Cells of one ring, the nearest to the middle first."""
    reach = int(ring * aspect) + 1
    inner = int((ring - 1) * aspect) + 1 if ring else -1
    cells = [
        (x, y) for x in range(-reach, reach + 1) for y in range(-ring, ring + 1) if abs(x) > inner or abs(y) > ring - 1
    ]
    return tuple(sorted(cells, key=lambda cell: ((cell[0] / aspect) ** 2 + cell[1] ** 2, cell)))
