"""How nodes push each other away."""

import numpy as np
import pytest

from kg.view import repulsion


def _scattered(count: int) -> tuple[repulsion.Floats, repulsion.Floats]:
    turn = np.arange(count) * 2.399963
    place = np.stack([np.cos(turn), np.sin(turn)], axis=1) * np.sqrt(np.arange(count) + 0.5)[:, None] * 1.7
    return place.astype(np.float32), (1 + np.arange(count) % 7).astype(np.float32)


def test_two_push_each_other_apart() -> None:
    force = repulsion.repulsion(np.array([[0, 0], [1, 0]], dtype=np.float32), np.ones(2, dtype=np.float32))
    assert force[0, 0] < 0 < force[1, 0]
    assert force[0, 0] == -force[1, 0]


def test_many_are_pushed_as_if_each_pushed_singly(monkeypatch: pytest.MonkeyPatch) -> None:
    place, weight = _scattered(2500)
    by_cells = repulsion.repulsion(place, weight)
    monkeypatch.setattr(repulsion, "_MANY", 10_000)
    singly = repulsion.repulsion(place, weight)
    assert np.abs(by_cells - singly).max() < 0.05 * np.abs(singly).max()


def test_all_in_one_cell_are_pushed_singly(monkeypatch: pytest.MonkeyPatch) -> None:
    place, weight = _scattered(20)
    singly = repulsion.repulsion(place, weight)
    monkeypatch.setattr(repulsion, "_MANY", 1)
    assert np.allclose(repulsion.repulsion(place, weight), singly, rtol=1e-4, atol=1e-4)
