"""Whose people somebody is, as an adjective says it: "Syrian refugee Ahmad Saleh", "Ann Lee, a French singer"."""

from kg.extract.base import Fact, Phrase
from kg.extract.rules.holders import pairs, readings, role_key
from kg.extract.rules.phrases import is_adjective, phrase
from kg.extract.scene import Scene

_FROM = "originatesFrom"
_OFFICES = ("heads", "holdsPosition")


def nationality_facts(scene: Scene) -> list[Fact]:
    """Return where named persons come from, as far as titles, appositions and predicates say it.

    The adjective before an office says whose the office is: that is told by the office itself.
    """
    found = []
    for person, noun, view, rule in pairs(scene):
        at = _adjective(scene, noun)
        kind = scene.type_of(person)
        if at is None or kind is None or not scene.relations.ontology.is_a(kind, "Person") or _office(scene, noun):
            continue
        if rule in ("role-title", "role-apposition", "role-copula"):
            found.append(
                Fact(
                    "nationality",
                    at,
                    phrase(scene, person, joint=False),
                    (),
                    "be from",
                    Phrase(at, at + 1, at),
                    implied="is from",
                    relation=_FROM,
                    negated=view.negated,
                    modality=view.modality,
                )
            )
    return found


def _adjective(scene: Scene, noun: int) -> int | None:
    """Return the adjective of a people before a noun, behind nothing but other adjectives."""
    i = noun - 1
    while i >= 0 and scene.tree.pos[i] == "ADJ" and not is_adjective(scene, i):
        i -= 1
    return i if i >= 0 and is_adjective(scene, i) else None


def _office(scene: Scene, noun: int) -> bool:
    key = role_key(scene, noun)
    return key is not None and any(relation.name in _OFFICES for relation, _ in readings(scene, key))
