"""The ontology as records: classes, and relations with the words that express them.

`ontology/kg.ttl` is the only place where they are written down; its header documents the vocabulary of words and
examples. Reading goes through Oxigraph's Turtle parser: a tenth of a second, and no rdflib.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg import resources
from kg.errors import OntologyError
from kg.ontology_turtle import ENTITY, IMPORTS, imports_ours, read
from kg.relation import Example, OntologyClass, Relation, Word

__all__ = ["ENTITY", "Example", "Ontology", "OntologyClass", "Relation", "Word", "load", "sources"]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Classes and relations by local name, each in the order of the file."""

    classes: Mapping[str, OntologyClass]
    relations: Mapping[str, Relation]
    _above: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def ancestors(self, name: str) -> tuple[str, ...]:
        """Return a class or relation and everything above it, the nearest first.

        "Camp" → ("Camp", "Facility", "Place", "Entity"); "heads" → ("heads", "worksFor", "related").

        Raises:
            OntologyError: the ontology has no such class or relation.
        """
        if name in self._above:
            return self._above[name]
        found: list[str] = []
        waiting = [name]
        while waiting:
            found += [n for n in waiting if n not in found]
            above = [parent for n in waiting for parent in self._parents(n)]
            waiting = [n for n in dict.fromkeys(above) if n not in found]
        if ENTITY in found[:-1]:
            found.remove(ENTITY)
            found.append(ENTITY)
        self._above[name] = tuple(found)
        return self._above[name]

    def is_a(self, name: str, ancestor: str) -> bool:
        """Say whether a class or relation is, or lies below, another one: `is_a("Camp", "Place")` is True."""
        return ancestor in self.ancestors(name)

    def _parents(self, name: str) -> tuple[str, ...]:
        if name in self.classes:
            return self.classes[name].parents
        if name in self.relations:
            parent = self.relations[name].parent
            return () if parent is None else (parent,)
        raise OntologyError(
            f"the ontology has no class or relation {name!r}; a file that adds to the one that ships says {IMPORTS}"
        )


def load(path: str | None = None) -> Ontology:
    """Return the ontology of a Turtle file; None: the one that ships.

    A file that says `<> owl:imports <https://w3id.org/actors-places/ontology>` is an addition to ours: its relations,
    classes and words come on top. Any other file is the whole ontology.

    Raises:
        OntologyError: not Turtle, or a relation that can't be used; the message names file and line.
    """
    files = sources(path)
    return _load(tuple((str(file), file.stat().st_mtime_ns) for file in files))


def sources(path: str | None = None) -> tuple[Path, ...]:
    """Return the Turtle files that make up an ontology: ours, a user's, or ours and the user's addition.

    Raises:
        OntologyError: the user's file can't be read.
    """
    ours = resources.ontology() / "kg.ttl"
    if path is None:
        return (ours,)
    own = Path(path)
    return (ours, own) if imports_ours(own) else (own,)


@cache
def _load(files: tuple[tuple[str, int], ...]) -> Ontology:
    return Ontology(*read(tuple(Path(file) for file, _ in files)))
