"""What rules hand on: triples by token offsets, before they get ids and characters."""

from dataclasses import dataclass

from kg.model import Modality, Role

NOBODY = -1
"""The `entity` of a phrase that refers to nothing of its own: "the mayor" in "Kowalski is the mayor"."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An argument by token offsets.

    `head` is the word that says what the phrase is about: for "on the border of France" it is "border". `role` is set
    on further arguments. `claim` is the verb of the clause that the phrase is ("said | that Y denied Z": denied).
    `entity` is the position of its cluster where that is not the one of the head word: a position, not its holder.
    """

    start: int
    end: int
    head: int
    role: Role | None = None
    value: str | None = None
    claim: int | None = None
    entity: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple by token offsets.

    `anchor` is the verb or noun that carries the fact, `words` the tokens of the predicate in order; `implied` is put
    instead of words that the text does not have ("is"). `lemma` is the key into the ontology's trigger words, `trigger`
    the one that chose the relation: "order", "be elected"; None where the construction says it ("Calais, France").
    """

    rule: str
    anchor: int
    subject: Phrase
    words: tuple[int, ...]
    lemma: str
    object: Phrase | None
    arguments: tuple[Phrase, ...] = ()
    implied: str | None = None
    relation: str | None = None
    trigger: str | None = None
    inverse: bool = False
    negated: bool = False
    modality: Modality = "asserted"
    confidence: float = 0.5
    event: int | None = None
