"""Documents that were added to a folder by hand, in the explorer: `DIR/added/*.jsonl`, which every build reads too.

A build takes back with `--sync` what its inputs don't hold. What was added by hand has no file outside the folder, so
it is kept inside, and is an input of every build: it stays with `--sync`, it is read again when the model changes, and
a build that was killed while it was added goes on with it. It goes with `kg retract`, or when the file is deleted and a
build runs with `--sync`; a document of another input with the same id takes its place.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path

from kg.corpus.inputs import items as given
from kg.errors import KgError
from kg.graph.spool import write_file
from kg.model import Annotation, Document
from kg.serial import to_json

FOLDER = "added"
_NOT_IN_NAME = re.compile(r"[^a-z0-9]+")


def files(folder: Path) -> list[Path]:
    """Return the files of what was added to a folder, in order of their names."""
    return sorted((folder / FOLDER).glob("*.jsonl"))


def items(folder: Path) -> Iterator[Document | Annotation | KgError]:
    """Yield what was added to a folder, and an error for what can't be read."""
    return given(files(folder))


def put(folder: Path, documents: Sequence[Document] | Sequence[Annotation]) -> Path:
    """Keep documents, or annotations of them, as added to a folder; return their file, which is there when it is whole.

    Raises:
        OSError: it can't be written.
    """
    lines = [to_json(d) if isinstance(d, Annotation) else json.dumps(asdict(d), ensure_ascii=False) for d in documents]
    data = "".join(f"{line}\n" for line in lines).encode()
    name = _NOT_IN_NAME.sub("-", documents[0].id.casefold()).strip("-")[:40] or "document"
    path = folder / FOLDER / f"{name}-{blake2b(data, digest_size=4).hexdigest()}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, [data])
    return path


def forget(folder: Path, documents: Collection[str]) -> None:
    """Drop documents from what was added to a folder, by their ids; those that were not added are passed over.

    Raises:
        OSError: a file can't be written.
    """
    for path in files(folder) if documents else ():
        lines = path.read_bytes().splitlines(keepends=True)
        left = [line for line in lines if _id(line) not in documents]
        if not left:
            path.unlink()
        elif len(left) < len(lines):
            _write(path, left)


def _write(path: Path, lines: Iterable[bytes]) -> None:
    write_file(path, lambda file: file.writelines(lines))


def _id(line: bytes) -> str | None:
    try:
        item = json.loads(line)
    except ValueError:
        return None
    return str(item.get("id")) if isinstance(item, dict) else None
