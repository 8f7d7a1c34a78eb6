"""What an exporter is: one small module that writes a graph in the format of another tool.

To add one: a module with an object that has `suffix` and `write`, and a line in pyproject.toml:

    [project.entry-points."kg.exporters"]
    ods = "my_package.ods:EXPORTER"

The conformance tests run over all that are registered.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, cast

from kg import plugins
from kg.errors import ExportError
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.spool import write_file

GROUP = "kg.exporters"


class Exporter(Protocol):
    """Writes a graph in one format."""

    @property
    def suffix(self) -> str:
        """What the names of its files end with: ".graphml"."""
        ...

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write `graph` to `path`, or to files whose names begin like it; return the files that were written.

        Equal graphs give equal bytes.

        Raises:
            ExportError: the graph can't be written in this format, or the file can't be.
        """
        ...


def formats() -> tuple[str, ...]:
    """Return the names of all formats, in order."""
    return tuple(plugins.available(GROUP))


def exporter(name: str) -> Exporter:
    """Return the exporter of a format.

    Raises:
        UsageError: there is none with that name.
    """
    return cast("Exporter", plugins.load(GROUP, name))


def save(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file from pieces, whole or not at all, and return its path.

    Raises:
        ExportError: it can't be written.
    """
    try:
        write_file(path, lambda file: file.writelines(pieces))
    except OSError as error:
        raise ExportError(f"{path}: can't be written: {error.strerror or error}") from error
    return path
