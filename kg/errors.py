"""Every error that `kg` raises on purpose.

KgError
├── UsageError          wrong arguments, an unknown query or setting: exit status 2
├── InputError          a file or a line of it can't be read as a document
│   ├── NoTextError     a table without a column for the text: no documents are in it
│   └── SkippedError    a document that is left out on purpose: a duplicate, not English, no article
├── DocumentError       one document could not be annotated
│   ├── OffsetError     an item whose text is not text[start:end]
│   └── LanguageError   its language has no word lists: left out on purpose too
├── ModelError          a spaCy pipeline is missing or damaged
├── GazetteerError      the table of places, or the weights that read it, is missing or damaged
├── OntologyError       an ontology file that can't be used
├── CorrectionError     a corrections file, or an entry of it, that can't be used
│   └── ChangedError    the file is no longer what it was when somebody looked at it
├── QueryError          a SPARQL query that can't be run
├── StoreError          an embedded or external store refuses
│   └── RefusedError    an external store says no to one request
├── WorkerError         a process of several that work died
└── ExportError         a graph that can't be written in the format asked for

A message says what, where, and what to do: "articles.jsonl, line 3: not JSON (column 9)". `kind` tells what is left out
on purpose from what failed, for which it is None.
"""

from os import PathLike, fspath
from typing import Literal

Kind = Literal["duplicate", "language", "boilerplate"]
Unit = Literal["line", "row", "record"]


class KgError(Exception):
    """Base of all errors of `kg`; `kind` says why a document was left out on purpose, None that something failed.

    Each can be sent to another process.
    """

    kind: Kind | None = None

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.args, self.__dict__)


class UsageError(KgError):
    """Wrong arguments, an unknown query or setting."""


class InputError(KgError):
    """A file, or a line, row or record of it, can't be read as a document."""

    def __init__(self, message: str, *, source: str, line: int | None = None, unit: Unit = "line") -> None:
        """Say `message` about line (row, record) `line` of `source`, counted from 1."""
        self.source = source
        self.line = line
        self.where = place(source, line, unit)
        super().__init__(f"{self.where}: {message}")


class NoTextError(InputError):
    """A table has no column for the text: it holds other data than documents."""


class SkippedError(InputError):
    """A document is left out on purpose; nothing failed."""

    def __init__(self, message: str, *, kind: Kind, source: str, line: int | None = None, unit: Unit = "line") -> None:
        """Say `message`, and in one word why, about line `line` of `source`."""
        super().__init__(message, source=source, line=line, unit=unit)
        self.kind = kind


class DocumentError(KgError):
    """One document could not be annotated; the others of the run go on."""

    def __init__(self, message: str, *, document: str) -> None:
        """Say `message` about the document with id `document`."""
        super().__init__(f"document {document}: {message}")
        self.document = document


class OffsetError(DocumentError):
    """An item whose text is not text[start:end]."""


class LanguageError(DocumentError):
    """There are no word lists for the language of a document; it is left out, nothing failed."""

    kind = "language"


class ModelError(KgError):
    """A spaCy pipeline is missing or damaged."""


class GazetteerError(KgError):
    """The table of places, or the weights that read it, is missing or damaged."""


class OntologyError(KgError):
    """An ontology file that can't be used."""


class CorrectionError(KgError):
    """A corrections file, or an entry of it, can't be used; nothing of it is applied."""

    def __init__(self, message: str, *, file: "PathLike[str] | str", line: int | None = None) -> None:
        """Say `message` about line `line` (from 1) of `file`."""
        super().__init__(f"{fspath(file)}: {message}" if line is None else f"{fspath(file)}, line {line}: {message}")
        self.line = line


class ChangedError(CorrectionError):
    """A corrections file is no longer what it was when somebody looked at it; nothing is written."""


class QueryError(KgError):
    """A SPARQL query that can't be run."""


class StoreError(KgError):
    """An embedded or external store refuses."""


class RefusedError(StoreError):
    """An external store says no to one request; others may be taken."""

    def __init__(self, message: str, *, status: int) -> None:
        """Say `message` about the HTTP status `status`."""
        super().__init__(message)
        self.status = status


class WorkerError(KgError):
    """A process of several that work died; what was done before is kept."""


class ExportError(KgError):
    """A graph that can't be written in the format asked for."""


def place(source: str, line: int | None, unit: Unit = "line") -> str:
    """The words that say where something stands.

    >>> place("a.jsonl", 3), place("a.parquet", 7, "row"), place("a.txt", None)
    ('a.jsonl, line 3', 'a.parquet, row 7', 'a.txt')
    """
    return source if line is None else f"{source}, {unit} {line}"


def _rebuilt(kind: type[KgError], args: tuple[object, ...], state: dict[str, object]) -> KgError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
