"""Further nodes come around what is there."""

import numpy as np

from kg.view.growing import grown
from kg.view.layout import Box, positions

BOXES = [Box(30, 15)] * 60
STAR = [(0, n) for n in range(1, 60)]


def test_without_anything_there_it_is_the_layout() -> None:
    assert grown(BOXES, STAR, {}) == positions(BOXES, STAR)


def test_what_is_there_stays_and_nothing_overlaps() -> None:
    known = {n: (200.0 * (n % 5), 150.0 * (n // 5)) for n in range(20)}
    points = grown(BOXES, STAR, known)
    assert {n: points[n] for n in known} == known
    place = np.array(points)
    for one in range(60):
        apart = np.abs(place - place[one])
        apart[one] = 1000
        covered = (apart < np.array([60, 30]) - 2).all(axis=1)
        assert not covered.any(), f"{one} lies upon {np.flatnonzero(covered)}"
    away = np.hypot(*(place[20:] - place[0]).T)
    assert np.median(away) < 700
    assert grown(BOXES, STAR, known) == points


def test_a_chain_grows_away_and_strangers_lie_below() -> None:
    links = [(0, 1), (1, 2), (2, 3), (4, 5)]
    points = grown(BOXES[:7], links, {0: (0.0, 0.0), 6: (400.0, 0.0)})
    assert points[0] == (0, 0)
    assert points[6] == (400, 0)
    assert all(points[n][1] > max(points[m][1] for m in (0, 1, 2, 3, 6)) for n in (4, 5))
    assert len(set(points)) == 7
