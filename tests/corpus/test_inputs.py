"""Inputs of all kinds become one stream of documents and annotations."""

import gzip
import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.corpus.inputs import Given, items
from kg.errors import DocumentError, InputError, KgError
from kg.model import Annotation, Document
from kg.serial import to_json


def told(inputs: Iterable[Given]) -> list[str]:
    return [f"{type(item).__name__} {item if isinstance(item, KgError) else item.id}" for item in items(inputs)]


def test_documents_and_annotations_keep_their_order(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Rain fell in the whole country.", encoding="utf-8")
    (tmp_path / "a.md").write_text("Snow fell in the whole country.", encoding="utf-8")
    lines = "".join(f"{to_json(article)}\n" for article in articles[:2])
    (tmp_path / "c.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(to_json(articles[2]).encode()))
    inputs = [tmp_path / name for name in ("b.txt", "c.jsonl", "d.jsonl.gz", "a.md")]
    names = ["Document b", "Annotation harbour-1", "Annotation harbour-2", "Annotation odd/ü 3", "Document a"]
    assert told(inputs) == names


def test_records_pass_as_they_are(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Rain fell in the whole country.", encoding="utf-8")
    given: list[Given] = [articles[0], tmp_path / "b.txt", Document("x", "Rain."), DocumentError("no", document="y")]
    names = ["Annotation harbour-1", "Document b", "Document x", "DocumentError document y: no"]
    assert told(given) == names


def test_a_bad_line_is_named_and_the_others_are_read(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(f"{to_json(articles[0])}\n\nnot JSON\n{to_json(articles[1])}\n", encoding="utf-8")
    first, error, last = items([file])
    assert isinstance(error, InputError)
    assert (error.source, error.line) == (str(file), 3)
    assert [item.id for item in (first, last) if isinstance(item, Annotation)] == ["harbour-1", "harbour-2"]


@pytest.mark.parametrize("annotated", [True, False])
def test_standard_input_is_either(
    articles: tuple[Annotation, ...], monkeypatch: pytest.MonkeyPatch, annotated: bool
) -> None:
    documents = ['{"id":"x","text":"Rain fell."}', '{"id":"y","text":"Snow fell."}']
    lines = [to_json(a) for a in articles[:2]] if annotated else documents
    data = "".join(f"{line}\n" for line in lines).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    expected = ["Annotation harbour-1", "Annotation harbour-2"] if annotated else ["Document x", "Document y"]
    assert told(["-"]) == expected


def test_what_is_not_there_is_an_error_in_its_place(tmp_path: Path) -> None:
    (found,) = told([tmp_path / "none.jsonl"])
    assert found.startswith("InputError")


def test_a_default_date_is_for_documents_without_one(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Rain fell in the whole country.", encoding="utf-8")
    (found,) = items([tmp_path / "b.txt"], date="2021-07-01")
    assert found == replace(Document("b", "Rain fell in the whole country."), date="2021-07-01")
