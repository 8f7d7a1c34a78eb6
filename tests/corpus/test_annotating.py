"""Annotations in parts: in order, resumed where a run was stopped, by one process or several."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from kg import plugins
from kg.corpus import annotating, processes
from kg.corpus.annotating import Annotating, failures, parts
from kg.errors import DocumentError, LanguageError, WorkerError
from kg.model import Annotation, Document
from kg.serial import from_json
from kg.settings import Settings

DOCUMENTS = [Document(f"d{number}", f"Rain fell {number}.") for number in range(10)]


class Echo:
    """Finds nothing, fails where a text says so, and is stopped by another."""

    read: list[str] = []  # noqa: RUF012

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        for document in documents:
            if "STOP" in document.text:
                raise KeyboardInterrupt
            self.read.append(document.id)
            if "FAIL" in document.text:
                yield DocumentError("it says so", document=document.id)
            elif "Bonjour" in document.text:
                yield LanguageError("French", document=document.id)
            else:
                yield Annotation(document.id, document.text, (), (), (), ())


@pytest.fixture(autouse=True)
def _echo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "load", lambda *_: Echo)
    monkeypatch.setattr(annotating, "SIZE", 3)
    Echo.read = []


def ids(files: Iterable[Path]) -> list[str]:
    return [from_json(line).id for file in files for line in file.read_bytes().splitlines()]


def test_the_order_is_that_of_the_documents(tmp_path: Path) -> None:
    files = list(parts(DOCUMENTS, Annotating("echo", Settings(), "1", tmp_path), 1))
    assert len(files) == 4
    assert ids(files) == [document.id for document in DOCUMENTS]


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    task = Annotating("echo", Settings(), "1", tmp_path)
    with pytest.raises(KeyboardInterrupt):
        list(parts([*DOCUMENTS[:7], Document("d7", "STOP")], task, 1))
    assert Echo.read == ["d0", "d1", "d2", "d3", "d4", "d5", "d6"]
    Echo.read = []
    assert ids(parts(DOCUMENTS, task, 1)) == [document.id for document in DOCUMENTS]
    assert Echo.read == ["d6", "d7", "d8", "d9"]  # the part that was whole is kept, the one that was not is done again


@pytest.mark.parametrize(
    "other",
    [
        lambda folder: (DOCUMENTS, Annotating("echo", Settings(), "2", folder)),
        lambda folder: (DOCUMENTS, Annotating("rules", Settings(), "1", folder)),
        lambda folder: ([Document("d0", "Snow."), *DOCUMENTS[1:]], Annotating("echo", Settings(), "1", folder)),
    ],
)
def test_parts_of_other_documents_or_readers_are_not_taken(
    tmp_path: Path, other: Callable[[Path], tuple[list[Document], Annotating]]
) -> None:
    list(parts(DOCUMENTS[:3], Annotating("echo", Settings(), "1", tmp_path), 1))
    Echo.read = []
    documents, task = other(tmp_path)
    list(parts(documents[:3], task, 1))
    assert Echo.read == ["d0", "d1", "d2"]


def test_what_failed_is_beside(tmp_path: Path) -> None:
    documents = [DOCUMENTS[0], Document("x", "FAIL"), Document("y", "Bonjour")]
    task = Annotating("echo", Settings(), "1", tmp_path)
    for _ in range(2):
        (file,) = parts(documents, task, 1)
        assert ids([file]) == ["d0"]
        assert failures(file).read_text(encoding="utf-8") == (
            '[["document x: it says so", false], ["document y: French", true]]'
        )


def test_workers_give_the_same_order() -> None:
    assert list(processes.mapped(abs, range(-20, 0), 2)) == list(range(20, 0, -1))


def test_a_worker_that_dies_is_said() -> None:
    import os

    with pytest.raises(WorkerError, match="run the same command again"):
        list(processes.mapped(os._exit, [1, 1, 1], 2))
