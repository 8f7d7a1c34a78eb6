"""Doer first: `inverse` and the role agent, as the contract has them."""

import pytest

from kg.graph.turning import turn
from kg.model import Argument, Predicate, Role, Triple


def triple(inverse: bool, *parts: str | None) -> Triple:
    """A triple from "words" or "words:role": subject, object, further arguments."""
    made = [argument(part) if part else None for part in parts]
    predicate = Predicate("verb", "verb", None, inverse)
    subject = made[0]
    assert subject is not None
    further = tuple(part for part in made[2:] if part is not None)
    return Triple("t1", subject, predicate, made[1], further, False, "asserted", None, 1.0, 0, 1)


def argument(part: str) -> Argument:
    words, _, role = part.partition(":")
    roles: dict[str, Role] = {"agent": "agent", "theme": "theme", "place": "place", "recipient": "recipient"}
    return Argument(words, role=roles.get(role))


@pytest.mark.parametrize(
    ("inverse", "parts", "giving", "expected"),
    [
        (False, ("police", "camp"), False, ("police", "camp", [])),
        (False, ("minister", None), False, ("minister", None, [])),
        (False, ("he", "Paris:place"), False, ("he", "Paris", [])),
        (True, ("camp", "police"), False, ("police", "camp", [])),
        (True, ("camp", "police:agent"), False, ("police", "camp", [])),
        (True, ("camp", None, "police:agent"), False, ("police", "camp", [])),
        (True, ("camp", None), False, (None, "camp", [])),
        (True, ("Calais", "migrants"), False, ("migrants", "Calais", [])),
        (True, ("he", "Paris:place"), False, (None, "he", ["Paris:place"])),
        (True, ("he", "president:theme"), False, (None, "he", ["president:theme"])),
        (True, ("he", "president:theme", "assembly:agent"), False, ("assembly", "he", ["president:theme"])),
        (True, ("migrants", "places:theme"), True, (None, "places", ["migrants:recipient"])),
        (True, ("migrants", "charity", "places:theme"), True, ("charity", "places", ["migrants:recipient"])),
        (True, ("food", "charity", "migrants:recipient"), True, ("charity", "food", ["migrants:recipient"])),
    ],
)
def test_the_doer_comes_first(
    inverse: bool, parts: tuple[str | None, ...], giving: bool, expected: tuple[str | None, str | None, list[str]]
) -> None:
    turned = turn(triple(inverse, *parts), giving=giving)
    further = [f"{a.text}:{a.role}" for a in turned.arguments]
    subject = turned.subject.text if turned.subject else None
    patient = turned.object.text if turned.object else None
    assert (subject, patient, further) == expected
