"""The records of the ontology: classes, relations, the words that express a relation, examples."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Side = Literal["subject", "object"]


class Word(NamedTuple):
    """A trigger word, its parts separated by single blanks ("call for"), and its language ("en")."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class by its local name; `parents` and `may_fill` are names of classes of the ontology.

    `may_fill`: a thing of this class may stand where a relation wants the other one ("France deployed troops").
    """

    name: str
    iri: str
    label: str
    parents: tuple[str, ...] = ()
    may_fill: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of the ontology and a triple that it gives, or (`negative`) must not give, by head words.

    `object` is None for a clause without one ("Marin resigned").
    """

    sentence: str
    subject: str
    relation: str
    object: str | None
    negative: bool
    language: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation by its local name, with its argument types and its words.

    `domain` and `range` are names of classes, any of which will do; empty means open: words and claims too.
    `parent` is the relation that this one is a kind of. `functional`: it has one object, or some that lie within each
    other. `of_names` and `owner_names` say which side "of X" and "X's" name beside a lone event noun: "the arrest of X"
    has X as object, "X's visit" as subject; None: either, so neither.
    `noun_as_object` says that the noun after a light verb is the object itself ("made a statement").
    See the header of `kg.ttl` for the kinds of words.
    """

    name: str
    iri: str
    label: str
    parent: str | None = None
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    symmetric: bool = False
    functional: bool = False
    plover: str | None = None
    verbs: tuple[Word, ...] = ()
    inverse_verbs: tuple[Word, ...] = ()
    intransitive_verbs: tuple[Word, ...] = ()
    infinitive_verbs: tuple[Word, ...] = ()
    role_nouns: tuple[Word, ...] = ()
    inverse_role_nouns: tuple[Word, ...] = ()
    event_nouns: tuple[Word, ...] = ()
    of_names: Side | None = None
    owner_names: Side = "subject"
    agent_nouns: tuple[Word, ...] = ()
    light_verbs: tuple[Word, ...] = ()
    inverse_light_verbs: tuple[Word, ...] = ()
    noun_as_object: bool = False
    examples: tuple[Example, ...] = ()
