"""A command run in this process, and an annotator that needs no model."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest

from kg.cli.main import main
from kg.errors import DocumentError
from kg.model import Annotation, Document
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did."""

    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs `kg` with its arguments."""

    def call(*arguments: object) -> Result:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        status = ended.value.code
        return Result(status if isinstance(status, int) else 0, out.decode(), err.decode())

    return call


class Silent:
    """Finds nothing in a document, and fails for one that says so."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def annotate(self, documents: Iterable[Document]) -> Iterator[Annotation | DocumentError]:
        for document in documents:
            if "FAIL" in document.text:
                yield DocumentError("it says so", document=document.id)
            else:
                yield Annotation(document.id, document.text, (), (), (), (), date=document.date, title=document.title)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the annotator that needs no model in the place of the default one."""
    monkeypatch.setattr("kg.pipeline.Annotator", Silent)
    # The one that a process keeps: else a silent one would be kept for the tests that follow.
    monkeypatch.setattr("kg.pipeline.annotator", Silent)
