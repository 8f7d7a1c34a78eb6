"""Inputs of all kinds become one stream of annotations."""

import gzip
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from kg.errors import DocumentError, InputError, KgError
from kg.model import Annotation, Document
from kg.serial import to_json
from kg.settings import Settings
from kg.workflow import annotations, build


class Silent:
    """Finds nothing, and fails for a document that says so."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        for document in documents:
            if "FAIL" in document.text:
                yield DocumentError("it says so", document=document.id)
            else:
                yield Annotation(document.id, document.text, (), (), (), ())


@pytest.fixture(autouse=True)
def _silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.pipeline.Annotator", Silent)


def told(items: Iterable[Annotation | KgError]) -> list[str]:
    return [item.id if isinstance(item, Annotation) else f"{type(item).__name__}: {item}" for item in items]


def test_documents_and_annotations_keep_their_order(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Rain fell.", encoding="utf-8")
    (tmp_path / "a.md").write_text("FAIL", encoding="utf-8")
    lines = "".join(f"{to_json(article)}\n" for article in articles[:2])
    (tmp_path / "c.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(to_json(articles[2]).encode()))
    inputs = [tmp_path / name for name in ("b.txt", "c.jsonl", "d.jsonl.gz", "a.md")]
    expected = ["b", "harbour-1", "harbour-2", "odd/ü 3", "DocumentError: document a: it says so"]
    assert told(annotations(inputs, Settings())) == expected


def test_a_bad_line_is_named_and_the_others_are_read(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text(f"{to_json(articles[0])}\n\nnot JSON\n{to_json(articles[1])}\n", encoding="utf-8")
    first, error, last = annotations([file], Settings())
    assert isinstance(error, InputError)
    assert (error.source, error.line) == (str(file), 3)
    assert told([first, last]) == ["harbour-1", "harbour-2"]


def test_bare_documents_are_annotated(tmp_path: Path) -> None:
    file = tmp_path / "c.jsonl"
    file.write_text('{"id": "x", "text": "Rain fell."}\n{"id": "x"}\n{"id": "y", "text": "FAIL"}\n', encoding="utf-8")
    found = told(annotations([file], Settings()))
    assert found[0] == "x"
    assert "line 2" in found[1]
    assert found[2] == "DocumentError: document y: it says so"


@pytest.mark.parametrize("annotated", [True, False])
def test_standard_input_is_either(
    articles: tuple[Annotation, ...], monkeypatch: pytest.MonkeyPatch, annotated: bool
) -> None:
    lines = [to_json(a) for a in articles[:2]] if annotated else ['{"id":"x","text":"R."}', '{"id":"y","text":"S."}']
    data = "".join(f"{line}\n" for line in lines).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(data))))
    assert told(annotations(["-"], Settings())) == (["harbour-1", "harbour-2"] if annotated else ["x", "y"])


def test_what_is_not_there_is_an_error_in_its_place(tmp_path: Path) -> None:
    (found,) = told(annotations([tmp_path / "none.jsonl"], Settings()))
    assert found.startswith("InputError")


def test_a_graph_in_one_call(articles: tuple[Annotation, ...], tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(f"{to_json(articles[0])}\n", encoding="utf-8")
    report = build([tmp_path / "c.jsonl"], tmp_path / "out")
    assert (report.documents, report.failed) == (1, ())
    assert (tmp_path / "out" / "graph.ttl").is_file()
