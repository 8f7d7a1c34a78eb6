"""How many documents the inputs hold, where that is quickly known: for the time that is left."""

from collections.abc import Sequence
from pathlib import Path

from kg.read.inputs import Source, sources

ONE = (".txt", ".md", ".html", ".htm", ".xhtml")
_BLOCK = 1 << 20


def expected(inputs: Sequence[str | Path]) -> int | None:
    """Return the number of documents, those that can't be read too; None where only reading all would tell.

    Lines of JSON are counted, other text files and pages are one each.
    """
    total = 0
    for argument in inputs:
        if str(argument) == "-":
            return None
        for source in sources(argument):
            if isinstance(source, Source):
                found = _documents(source.path)
                if found is None:
                    return None
                total += found
    return total


def _documents(path: Path) -> int | None:
    name = path.name.lower()
    if name.endswith(".jsonl"):
        return _lines(path)
    return 1 if name.endswith(ONE) else None


def _lines(path: Path) -> int | None:
    count, last = 0, b"\n"
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                count += block.count(b"\n")
                last = block[-1:]
    except OSError:
        return None
    return count + (last != b"\n")
