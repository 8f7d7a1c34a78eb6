"""What is served: a folder with a graph, and what whoever asks may do."""

from dataclasses import dataclass
from pathlib import Path


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
