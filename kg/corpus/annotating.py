"""Documents → annotations in parts that can be resumed: each a file that has its name when it is whole.

The name of a part is a hash of its documents and of what reads them, so a run that was stopped passes over the parts
that are there, and one with other documents, settings or another model does not take them for its own.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import count
from pathlib import Path

from kg import plugins
from kg.corpus.ledger import content_digest
from kg.corpus.processes import bundles, mapped
from kg.errors import KgError
from kg.graph.spool import write_file
from kg.model import Annotation, Document
from kg.serial import to_json
from kg.settings import Settings

# Documents of a part, and characters.
SIZE = 64
CHARACTERS = 400_000


@dataclass
class Annotating:
    """Reads the documents of a part into a file of `folder`; it can be sent to another process.

    `made` names what reads them. Failures lie beside the annotations, as JSON: [message, left out on purpose?].
    """

    annotator: str
    settings: Settings
    made: str
    folder: Path

    @cached_property
    def _annotate(self) -> Callable[[Iterable[Document]], Iterator[Annotation | KgError]]:
        make = plugins.load("kg.annotators", self.annotator)
        annotate: Callable[[Iterable[Document]], Iterator[Annotation | KgError]] = make(self.settings).annotate
        return annotate

    def __call__(self, part: tuple[int, list[Document]]) -> Path:
        """Return the file of a part, which is made unless it is there."""
        number, documents = part
        path = self.folder / f"{number:06}-{self._name(documents)}.jsonl"
        if not path.exists():
            lines, failed = [], []
            for found in self._annotate(documents):
                if isinstance(found, Annotation):
                    lines.append(to_json(found).encode() + b"\n")
                else:
                    failed.append([str(found), found.kind is not None])
            if failed:
                failures(path).write_text(json.dumps(failed), encoding="utf-8", errors="replace")
            write_file(path, lambda file: file.writelines(lines))
        return path

    def _name(self, documents: list[Document]) -> str:
        digest = blake2b(f"{self.annotator} {self.made}".encode(), digest_size=12)
        for document in documents:
            digest.update(repr(document.id).encode() + content_digest(document))
        return digest.hexdigest()


def parts(documents: Iterable[Document], annotating: Annotating, workers: int) -> Iterator[Path]:
    """Yield the files of the documents, in their order."""
    return mapped(annotating, zip(count(), bundles(documents, SIZE, CHARACTERS), strict=False), workers)


def failures(part: Path) -> Path:
    """Return where the failures of a part are, if it has any."""
    return part.with_suffix(".failed")
