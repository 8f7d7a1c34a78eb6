"""What failed is known until it is read, or no longer given."""

from pathlib import Path

import pytest

from kg.corpus import failures
from kg.corpus.build import build, retract
from kg.corpus.opening import reading
from kg.errors import DocumentError, InputError
from kg.graph.report import Failure
from kg.model import Annotation, Mention


def _good(name: str) -> Annotation:
    return Annotation(name, f"Text of {name}.", (), (), (), ())


def _bad(name: str) -> Annotation:
    return Annotation(name, f"Text of {name}.", (Mention("m", 0, 4, "Text", "name", "gone"),), (), (), ())


def _kept(folder: Path) -> list[str]:
    with reading(folder) as ledger:
        return [failure.document for failure in failures.failed(ledger)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build([_good("a"), _bad("b"), _bad("c"), InputError("not JSON", source="in.jsonl", line=3)], tmp_path / "out")
    return tmp_path / "out"


def test_each_is_named_with_its_reason(folder: Path) -> None:
    with reading(folder) as ledger:
        found = failures.failed(ledger)
    assert [failure.document for failure in found] == ["b", "c", "in.jsonl, line 3"]
    assert found[0] == Failure("b", "document b: mention m refers to gone, which the annotation does not have")


def test_what_is_not_given_again_is_still_missing(folder: Path) -> None:
    build([_good("d")], folder)
    # Whether line 3 has been mended is not known.
    assert _kept(folder) == ["b", "c"]


def test_what_is_read_is_no_longer_missing(folder: Path) -> None:
    build([_good("b"), _bad("c")], folder)
    assert _kept(folder) == ["c"]


def test_what_the_inputs_no_longer_hold_is_forgotten(folder: Path) -> None:
    build([_good("a"), _bad("c")], folder, sync=True)
    assert _kept(folder) == ["c"]


def test_a_document_that_fails_later_is_missing(folder: Path) -> None:
    build([_bad("a")], folder)
    assert _kept(folder) == ["a", "b", "c"]


def test_a_second_document_of_an_id_is_of_the_last_build(folder: Path) -> None:
    build([_good("x"), _good("x"), DocumentError("lost", document="y")], folder)
    assert _kept(folder) == ["b", "c", "x", "y"]
    build([_good("z")], folder)
    assert _kept(folder) == ["b", "c"]


def test_builds_without_inputs_keep_them(folder: Path) -> None:
    before = _kept(folder)
    build([], folder)
    assert _kept(folder) == before
    build([_good("e")], folder)
    retract(folder, ["e"])
    assert _kept(folder) == ["b", "c"]
