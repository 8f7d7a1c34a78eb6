"""Every error that `kg` raises on purpose.

KgError
├── UsageError          wrong arguments, an unknown query or setting: exit status 2
├── InputError          a file or a line of it can't be read as a document
├── DocumentError       one document could not be annotated
│   └── OffsetError     an item whose text is not text[start:end]
├── ModelError          a spaCy pipeline is missing or damaged
├── GazetteerError      the table of places, or the weights that read it, is missing or damaged
├── OntologyError       an ontology file that can't be used
├── CorrectionError     a corrections file, or an entry of it, that can't be used
├── QueryError          a SPARQL query that can't be run
├── StoreError          an embedded or external store refuses
│   └── RefusedError    an external store says no to one request
├── WorkerError         a process of several that work died
└── ExportError         a graph that can't be written in the format asked for

A message says what, where, and what to do: "articles.jsonl, line 3: not JSON (column 9)".
"""

from os import PathLike, fspath


class KgError(Exception):
    """Base of all errors of `kg`; each can be sent to another process."""

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.args, self.__dict__)


class UsageError(KgError):
    """Wrong arguments, an unknown query or setting."""


class InputError(KgError):
    """A file, or a line of it, can't be read as a document."""

    def __init__(self, message: str, *, source: str, line: int | None = None) -> None:
        """Say `message` about line `line` (from 1) of `source`."""
        where = source if line is None else f"{source}, line {line}"
        super().__init__(f"{where}: {message}")
        self.source = source
        self.line = line


class DocumentError(KgError):
    """One document could not be annotated; the others of the run go on."""

    def __init__(self, message: str, *, document: str) -> None:
        """Say `message` about the document with id `document`."""
        super().__init__(f"document {document}: {message}")
        self.document = document


class OffsetError(DocumentError):
    """An item whose text is not text[start:end]."""


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


def _rebuilt(kind: type[KgError], args: tuple[object, ...], state: dict[str, object]) -> KgError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
