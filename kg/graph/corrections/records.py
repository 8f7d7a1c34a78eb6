"""The entries of a corrections file as records, and the references by which they name entities.

A reference is what people can read and what survives a rebuild: `Jane Doe @ a1`, the entity that document a1 calls
Jane Doe, or `Jane Doe @ a1:153`, the one named at character 153; or an IRI, or the part of it behind `entity/`.
"""

import re
from dataclasses import dataclass
from typing import Literal, cast

Action = Literal["merge", "split", "rename", "retype", "link", "reject", "add"]

_NAMED = re.compile(r"(?P<name>.+?)\s+@\s+(?P<document>.+)", re.DOTALL)
_AT = re.compile(r"(?P<document>.+):(?P<start>\d+)")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who decided, when (ISO 8601 day), and why; `line` is where the entry begins in the file, from 1."""

    by: str
    date: str
    reason: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """These entities are one; the first keeps its node."""

    nodes: tuple[str, ...]
    signed: Signed


@dataclass(frozen=True, slots=True)
class Split:
    """Those of `apart` are another one than `node`, and one among themselves."""

    node: str
    apart: tuple[str, ...]
    signed: Signed


@dataclass(frozen=True, slots=True)
class Rename:
    """The label of an entity."""

    node: str
    name: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class Retype:
    """The class of an entity, a local name of the ontology."""

    node: str
    type: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class Link:
    """The same thing elsewhere: an IRI."""

    node: str
    to: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class Reject:
    """A statement that is wrong: the 16 digits of its IRI, its document and words for readers and as a second key."""

    statement: str
    document: str
    says: str
    signed: Signed


@dataclass(frozen=True, slots=True)
class Add:
    """A statement that is missing; `object` is an entity, `text` the sentence of `document` that says it, if any."""

    subject: str
    relation: str
    object: str
    signed: Signed
    document: str | None = None
    text: str | None = None


Correction = Merge | Split | Rename | Retype | Link | Reject | Add


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference, taken apart: a name in a document, perhaps at a place, or a local name or IRI alone."""

    name: str
    document: str | None = None
    start: int | None = None


def readings(reference: str) -> tuple[Reference, ...]:
    """Return what a reference may mean, the likelier first: a document's id may end in a colon and digits itself.

    >>> readings("Jane Doe @ a1:153")
    (Reference(name='Jane Doe', document='a1:153', start=None), Reference(name='Jane Doe', document='a1', start=153))
    >>> readings("jane-doe-0693851c")
    (Reference(name='jane-doe-0693851c', document=None, start=None),)
    """
    named = _NAMED.fullmatch(reference.strip())
    if named is None:
        return (Reference(reference.strip()),)
    whole = Reference(named["name"], named["document"])
    placed = _AT.fullmatch(named["document"])
    if placed is None:
        return (whole,)
    return whole, Reference(named["name"], placed["document"], int(placed["start"]))


def references(correction: Correction) -> tuple[str, ...]:
    """Return the entities that a correction names."""
    match correction:
        case Merge(nodes=nodes):
            return nodes
        case Split(node=node, apart=apart):
            return (node, *apart)
        case Add(subject=subject, object=other):
            return subject, other
        case Reject():
            return ()
        case _:
            return (correction.node,)


def action(correction: Correction) -> Action:
    """Return the key under which a correction stands in the file: its class in lower case."""
    return cast("Action", type(correction).__name__.lower())
