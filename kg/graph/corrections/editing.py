"""Changes to `corrections.yaml` by several hands: an editor, `kg correct`, two tabs of a browser.

Whoever writes holds a lock and says what the file was when he looked at it, by a digest. An entry is taken out with its
lines; every other character stays.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import yaml
from filelock import FileLock, Timeout

from kg.errors import ChangedError, CorrectionError
from kg.graph.corrections.file import content, dump, load, nodes, parse, write
from kg.graph.corrections.records import Correction

# Who holds the lock reads the documents that an entry names, in seconds.
PATIENCE = 60.0


def digest(path: Path) -> str:
    """Return 16 digits that are others when the file is another; they say of no file what they say of an empty one.

    Raises:
        CorrectionError: it can't be read.
    """
    return _digest(content(path))


@contextmanager
def changing(path: Path, expected: str | None = None) -> Iterator[None]:
    """Hold the file for a change; `expected` is the digest of what the change was made for, None where that is no care.

    Raises:
        ChangedError: the file is another by now.
        CorrectionError: somebody else holds it for a minute, or the folder can't be written.
    """
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise CorrectionError("somebody else is writing here: try again", file=path) from None
    except OSError as error:
        raise CorrectionError(f"can't be written: {error.strerror or error}", file=path) from None
    try:
        if expected is not None and digest(path) != expected:
            raise ChangedError("the file has changed meanwhile: look at it again, then decide", file=path)
        yield
    finally:
        lock.release()


def remove(path: Path, line: int) -> Correction:
    """Take out the entry that begins in a line (from 1), and return it. Comments above it stay.

    Raises:
        CorrectionError: no entry begins there, or it shares a line with another.
        OSError: the file can't be written.
    """
    text = content(path)
    before = load(path)
    found = next((at for at, correction in enumerate(before) if correction.signed.line == line), None)
    if found is None:
        raise CorrectionError("no entry begins here", file=path, line=line)
    lines = text.splitlines(keepends=True)
    last = _last(nodes(text, path)[found])
    while last > line and not lines[last - 1].strip():
        last -= 1
    rest = "".join((*lines[: line - 1], *lines[last:]))
    # The lines of an entry of a list in brackets may hold others too: then what is left says something else.
    wanted = [dump(correction) for at, correction in enumerate(before) if at != found]
    if _entries(rest, path) != wanted:
        raise CorrectionError("this entry can only be taken out by hand, in an editor", file=path, line=line)
    write(path, rest)
    return before[found]


def _entries(text: str, path: Path) -> list[str] | None:
    try:
        return [dump(correction) for correction in parse(text, path)]
    except CorrectionError:
        return None


def _last(node: yaml.Node) -> int:
    """Return the last line (from 1) on which something of an entry stands.

    A block collection ends where the next token begins, behind comments: so its last part is asked.
    """
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        parts = node.value[-1]
        return _last(parts[1] if isinstance(parts, tuple) else parts)
    # A block of text ends at the beginning of the line behind it.
    return node.end_mark.line + (1 if node.end_mark.column else 0)


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
