"""The measure of confidences, and that the shipped weights are those of the script."""

from pathlib import Path

import pytest

from benchmarks import calibration
from benchmarks.calibration import Judged, cross_validated, expected_error, fit


@pytest.fixture
def learner() -> None:
    """What fits the weights; using them needs nothing."""
    pytest.importorskip("sklearn", reason="scikit-learn is not installed: weights can't be fitted")


def made(count: int) -> list[Judged]:
    """Triples with a sign that tells right from wrong in four of five cases."""
    rows = []
    for n in range(count):
        good = n % 2 == 0
        right = good if n % 5 else not good
        rows.append(Judged(f"s{n // 3}", "clause-own", ("good" if good else "bad", "both"), right))
    return rows


def test_the_error_is_the_distance_of_confidence_and_share() -> None:
    assert expected_error([0.9, 0.9], [True, False]) == pytest.approx(0.4)
    assert expected_error([0.25, 0.25, 0.25, 0.25], [True, False, False, False]) == 0
    assert expected_error([1.0, 0.0], [True, False]) == 0


@pytest.mark.usefixtures("learner")
def test_a_sign_of_right_triples_gets_a_positive_weight() -> None:
    weights = fit(made(200), {}).weights
    assert weights["good"] > 0.5 > -0.5 > weights["bad"]


@pytest.mark.usefixtures("learner")
def test_rules_with_a_prior_are_not_learned_from() -> None:
    rows = [*made(100), *(Judged("x", "role-title", ("title",), False) for _ in range(50))]
    found = fit(rows, {"role-title": 0.75})
    assert "title" not in found.weights
    assert found.weights == fit(made(100), {}).weights


@pytest.mark.usefixtures("learner")
def test_cross_validation_gives_each_triple_its_confidence() -> None:
    rows = made(2000)  # the penalty is strong: fewer stay near one half
    sure = cross_validated(rows, {}, 5)
    assert expected_error(sure, [row.right for row in rows]) < 0.08
    assert min(s for s, r in zip(sure, rows, strict=True) if "good" in r.features) > 0.6


def test_without_the_judged_triples_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(calibration, "OPENIE", tmp_path / "absent")
    monkeypatch.setattr("sys.argv", ["calibration.py"])
    assert calibration.main() == 0
    assert "skipped" in capsys.readouterr().out


@pytest.mark.model
@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.usefixtures("learner")
def test_the_confidences_hold(
    monkeypatch: pytest.MonkeyPatch, shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["calibration.py"])
    monkeypatch.setattr(calibration, "OPENIE", shared / "bench" / "openie")
    assert calibration.main() == 0
    assert "expected calibration error 0.0" in capsys.readouterr().out
