"""What is served: a folder with a graph, and what whoever asks may do."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import sleep

from kg.errors import StoreError
from kg.graph import knowledge
from kg.graph.knowledge import KnowledgeGraph

Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Served:
    """A folder that kg built, as it is served.

    base    the IRI under which the graph's nodes have theirs; its path is where they are answered
    origin  how browsers address the server: `http://127.0.0.1:8765`
    hosts   the values of a request's Host header that are answered
    token   what a request that writes has to know; None: nothing can be written
    """

    folder: Path
    base: str
    origin: str
    hosts: frozenset[str]
    token: str | None = None

    @property
    def graph(self) -> KnowledgeGraph:
        """The graph as it is now: a build that took its place while it is served is seen by the next question.

        What was given before stays as it was, for those who still read.

        Raises:
            StoreError: there is none any more, or it is damaged.
        """
        return graph(self.folder)


def plain(error: Exception, folder: Path) -> str:
    """Return what an error says, without where the folder lies."""
    return str(error).replace(f"{folder}/", "").replace(str(folder), "the graph")


def stamp(folder: Path) -> Stamp | None:
    """Return what tells one store in the place `folder` from the next; None while there is none, as between two."""
    try:
        told = (folder / "store").stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino, told.st_mtime_ns


def graph(folder: Path) -> KnowledgeGraph:
    """Return the graph in a folder as it is now; one that is open already is not opened again.

    Raises:
        StoreError: there is none, or it is damaged.
    """
    for _ in range(20):
        seen = stamp(folder)
        if seen is not None:
            try:
                return _opened(folder, seen)
            except StoreError:
                # A build moved the store away while its files were opened: what came in its place has another stamp.
                if stamp(folder) == seen:
                    raise
        # The new store takes the place of the old one in two steps.
        sleep(0.01)
    raise StoreError(f"{folder}: no graph in it any more: build one with kg build … -o {folder}")


@lru_cache(maxsize=1)
def _opened(folder: Path, _: Stamp) -> KnowledgeGraph:
    return knowledge.open(folder)
