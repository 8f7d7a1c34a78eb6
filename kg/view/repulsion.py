"""How the nodes of a picture push each other away.

No matrix product: BLAS would give other last digits with another number of threads.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_REACH = 6.0  # distance, in links, beyond which repulsion fades
_ROWS = 64  # of the distance matrix held at once: they stay in the processor's cache
_MANY = 2000  # nodes, from which those far away are taken together
_CELL = 12.0


def repulsion(place: Floats, weight: Floats) -> Floats:
    """Sum over all others of weight · weight / distance, away from them, fading beyond some links' length."""
    if len(place) > _MANY:
        return _by_cells(place, weight)
    force = np.empty_like(place)
    for begin in range(0, len(place), _ROWS):
        rows = slice(begin, begin + _ROWS)
        force[rows] = _pushed(place[rows], place, weight)
    return force * weight[:, None]


def _by_cells(place: Floats, weight: Floats) -> Floats:
    """The same where nodes are many: those in the nine cells of a grid around push singly, all others as cells.

    A cell pushes from its centre of gravity with the weight of its nodes (Barnes and Hut, 1986, with one level).
    """
    columns, rows = np.floor((place - place.min(axis=0)) / _CELL).astype(np.intp).T
    columns, rows = columns + 1, rows + 1  # an empty cell on each side
    wide = int(columns.max()) + 2
    cell = rows * wide + columns
    order = np.argsort(cell, kind="stable")
    near_place, near_weight = place[order], weight[order]
    occupied, first = np.unique(cell[order], return_index=True)
    mass = np.add.reduceat(near_weight, first)
    centre = np.add.reduceat(near_place * near_weight[:, None], first) / mass[:, None]
    # Cells beside each other in a row are one stretch of the sorted nodes: three stretches are a neighbourhood.
    ends = np.append(first, len(place))
    force = np.empty_like(place)
    sides = np.array([-wide, 0, wide])
    lows = np.searchsorted(occupied, occupied[:, None] + sides - 1)
    highs = np.searchsorted(occupied, occupied[:, None] + sides + 1, side="right")
    for number in range(len(occupied)):
        low, high = lows[number], highs[number]
        near = [slice(ends[a], ends[b]) for a, b in zip(low, high, strict=True)]
        far = [slice(0, low[0]), slice(high[0], low[1]), slice(high[1], low[2]), slice(high[2], None)]
        own = slice(ends[number], ends[number + 1])
        force[order[own]] = _pushed(
            near_place[own],
            np.concatenate([*(near_place[part] for part in near), *(centre[part] for part in far)]),
            np.concatenate([*(near_weight[part] for part in near), *(mass[part] for part in far)]),
        )
    return force * weight[:, None]


def _pushed(place: Floats, others: Floats, weight: Floats) -> Floats:
    """What others of this weight do to these; the node itself is among them and does nothing."""
    xs, ys = np.ascontiguousarray(others[:, 0]), np.ascontiguousarray(others[:, 1])
    across, down = place[:, 0, None] - xs, place[:, 1, None] - ys
    squared = across * across
    work = down * down
    squared += work
    np.maximum(squared, np.float32(0.02), out=squared)
    np.multiply(squared, np.float32(1 / _REACH**2), out=work)
    work += 1
    squared *= work
    pushed = np.divide(weight, squared, out=squared)
    return np.stack([np.einsum("ij,ij->i", pushed, across), np.einsum("ij,ij->i", pushed, down)], axis=1)
