"""Places of nodes."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.view.layout import Box, components, near, positions
from kg.view.packing import pack

Links = list[tuple[int, int]]


def overlapping(points: tuple[tuple[int, int], ...], boxes: list[Box]) -> int:
    place = np.array(points)
    size = np.array([(box.width, box.height) for box in boxes])
    gap = np.abs(place[:, None] - place[None]) - (size[:, None] + size[None])
    hit = (gap < -2).all(axis=2)
    return int(np.triu(hit, 1).sum())


def tree(nodes: int, seed: int = 1) -> Links:
    chance = random.Random(seed)
    return [(chance.randrange(node), node) for node in range(1, nodes)]


def test_the_same_graph_gets_the_same_places() -> None:
    boxes = [Box(20, 12)] * 90
    assert positions(boxes, tree(90)) == positions(boxes, list(reversed(tree(90))))


@pytest.mark.parametrize("nodes", [1, 2, 3, 30, 200])
def test_nothing_overlaps(nodes: int) -> None:
    boxes = [Box(40, 20)] * nodes
    assert overlapping(positions(boxes, tree(nodes)), boxes) == 0


def test_nodes_without_a_link_lie_below() -> None:
    boxes = [Box(20, 10)] * 12
    points = positions(boxes, tree(6))
    assert min(y for _, y in points[6:]) > max(y for _, y in points[:6])
    assert overlapping(points, boxes) == 0


def test_joined_nodes_are_nearer_than_others() -> None:
    links = tree(150)
    place = np.array(positions([Box(8, 8)] * 150, links))
    joined = np.mean([np.hypot(*(place[a] - place[b])) for a, b in links])
    anyhow = np.mean([np.hypot(*(place[a] - place[b])) for a in range(150) for b in range(a)])
    assert joined < 0.35 * anyhow


def test_a_star_is_laid_out() -> None:
    """All leaves of a hub fall together in the first step from fine to coarse."""
    boxes = [Box(8, 8)] * 200
    points = positions(boxes, [(0, leaf) for leaf in range(1, 200)])
    assert len(set(points)) == 200
    assert overlapping(points, boxes) == 0


def test_components_are_kept_apart() -> None:
    boxes = [Box(15, 10)] * 90
    links = [(base + a, base + b) for base in range(0, 90, 9) for a, b in tree(9, base)]
    points = np.array(positions(boxes, links))
    extents = [(points[base : base + 9].min(axis=0), points[base : base + 9].max(axis=0)) for base in range(0, 90, 9)]
    assert len(extents) == 10
    assert overlapping(tuple(map(tuple, points.tolist())), boxes) == 0


def test_self_links_and_repeated_links_do_no_harm() -> None:
    boxes = [Box(10, 10)] * 3
    assert positions(boxes, [(0, 0), (0, 1), (1, 0), (0, 1)]) == positions(boxes, [(0, 1)])


def test_no_nodes() -> None:
    assert positions([], []) == ()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 40).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60)
)))  # fmt: skip
def test_any_graph_is_laid_out(graph: tuple[int, Links]) -> None:
    nodes, links = graph
    points = positions([Box(12, 9)] * nodes, links)
    assert len(points) == nodes
    assert all(abs(x) < 10**5 and abs(y) < 10**5 for x, y in points)
    assert len(set(points)) == nodes


def test_components_of_a_graph() -> None:
    pairs = np.array([(0, 3), (3, 5), (1, 2)], dtype=np.intp)
    assert [found.tolist() for found in components(6, pairs)] == [[0, 3, 5], [1, 2], [4]]


def test_small_components_are_listed_below_the_large() -> None:
    large = np.array([[100.0 * x, 100.0 * y] for x in range(9) for y in range(6)])
    small = np.array([[0.0, 0.0], [100.0, 0.0]])
    size = np.full((54, 2), 10.0)
    shifts = pack([large, small, small], [size, size[:2], size[:2]], aspect=1.4)
    assert (small + shifts[1])[:, 1].min() > (large + shifts[0])[:, 1].max()
    assert abs(shifts[1] - shifts[2]).max() >= 100


def test_a_wide_screen_has_two_components_side_by_side() -> None:
    square = np.array([[100.0 * x, 100.0 * y] for x in range(3) for y in range(3)])
    size = np.full((9, 2), 10.0)
    first, second = pack([square, square], [size, size], aspect=2.0)
    assert first[1] == second[1]
    assert abs(first[0] - second[0]) > 200


@pytest.mark.parametrize("count", [3, 40, 300])
def test_every_overlap_is_looked_at(count: int) -> None:
    chance = np.random.default_rng(5)
    place = chance.uniform(-200, 200, (count, 2))
    sizes = chance.uniform(3, 30, (count, 2))
    found = {tuple(sorted(pair)) for pair in zip(*(ends.tolist() for ends in near(place, sizes)), strict=True)}
    gap = np.abs(place[:, None] - place[None]) - (sizes[:, None] + sizes[None])
    assert found >= {(a, b) for a, b in np.argwhere((gap < 0).all(axis=2)).tolist() if a < b}
