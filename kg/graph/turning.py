"""Which argument is the doer and which is done to: a triple of the sentence, turned to doer → patient.

"The camp | was demolished by | French police"   inverse          → police, camp
"The camp | was demolished | , by French police" inverse, agent   → police, camp
"Calais | is home to | migrants"                 inverse          → migrants, Calais
"He | was arrested in | Paris"                   inverse, place   → nobody named, he; Paris is where
"He | was elected | president"                   inverse, theme   → nobody named, he; president is one more argument
"The migrants | were offered | places"           the same, giving → nobody named, places; the migrants receive them
"""

from dataclasses import dataclass, replace

from kg.model import Argument, Triple


@dataclass(frozen=True, slots=True)
class Turned:
    """The same claim with the doer first. Never without both subject and object."""

    subject: Argument | None
    object: Argument | None
    arguments: tuple[Argument, ...]


def turn(triple: Triple, *, giving: bool = False) -> Turned:
    """Return `triple` with the doer as subject, as the contract's `inverse` and the role agent say.

    `giving` says that the relation is one of giving, whose object is what is given: there the passive's subject may
    be who gets it.

    >>> from kg.model import Predicate
    >>> by = Predicate("was demolished by", None, None, "demolish", "destroyed", True)
    >>> told = Triple("t1", Argument("the camp"), by, Argument("police"), (), False, "asserted", None, 1.0, 0, 34)
    >>> turn(told).subject.text, turn(told).object.text
    ('police', 'the camp')
    """
    if not triple.predicate.inverse:
        return Turned(triple.subject, triple.object, triple.arguments)
    candidates = (triple.object, *triple.arguments) if triple.object else triple.arguments
    doer = next((a for a in candidates if a.role == "agent"), None)
    if doer is None and triple.object is not None and triple.object.role is None:
        doer = triple.object
    rest = tuple(a for a in candidates if a is not doer)
    theme = next((a for a in rest if a.role == "theme"), None)
    if giving and theme is not None:
        receiver = replace(triple.subject, role="recipient")
        return Turned(doer, theme, (receiver, *(a for a in rest if a is not theme)))
    return Turned(doer, triple.subject, rest)
