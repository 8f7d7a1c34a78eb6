"""Triples inside an object: "carried out an attack on | the village", "is a member of | the council"."""

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.base import Fact, Phrase
from kg.extract.relations import Reading
from kg.extract.rules.adjuncts import role_of
from kg.extract.rules.holders import COPULAS, role_key
from kg.extract.rules.phrases import phrase
from kg.extract.rules.syntax import words
from kg.extract.rules.typing import happening_key, noun_type
from kg.extract.scene import Scene

_DEEPEST = 2


def nested(scene: Scene, fact: Fact) -> Iterator[Fact]:
    """Yield a triple for each entity that a preposition joins to the object's noun, however deep.

    "provides aid to migrants in Calais" → provides aid to | migrants. A light verb with the noun of a happening, and a
    copula with the noun of a role, give the relation of that noun.
    """
    target = fact.object
    if target is None or target.claim is not None or not fact.words or fact.words[-1] >= target.start:
        return
    if target.start - fact.words[-1] > 2 or (fact.inverse and target.role is None):
        return
    yield from _inside(scene, fact, target, target.head, 1)


def _inside(scene: Scene, fact: Fact, target: Phrase, head: int, depth: int) -> Iterator[Fact]:
    tree = scene.tree
    for k in tree.kids[head]:
        inner = tree.child(k, "pobj") if tree.dep[k] == "prep" and head < k < target.end else None
        if inner is None or inner in scene.time or inner >= target.end:
            continue
        where = tree.lower[k] in words("prepositions", "place") and head in scene.entity
        role = tree.lemma[fact.anchor] in COPULAS and role_key(scene, head) is not None
        if inner in scene.entity and inner != fact.subject.head and not where and not (role and depth == 1):
            joined = (*(w for w in fact.words if w < target.start), *range(target.start, k + 1))
            relation = _relation(scene, fact, k, inner) if depth == 1 and fact.words[-1] < target.start else None
            yield replace(
                fact,
                rule="nested",
                words=joined,
                lemma=f"{fact.lemma} {tree.lemma[head]} {tree.lower[k]}",
                object=phrase(scene, inner, role_of(scene, k) if fact.inverse else None),
                arguments=(),
                relation=relation[0].name if relation else None,
                trigger=f"{fact.lemma} {happening_key(tree, head)}" if relation else None,
                inverse=relation[1] if relation else fact.inverse,
            )
        if depth < _DEEPEST and not where:
            yield from _inside(scene, fact, target, inner, depth + 1)


def _relation(scene: Scene, fact: Fact, preposition: int, inner: int) -> Reading | None:
    """Return the relation that the object's noun expresses between the subject and what its preposition brings.

    "held talks with Greece" → metWith; "held talks in Geneva" → none: a place is met by nobody.
    """
    tree, relations = scene.tree, scene.relations
    if fact.inverse:
        return None
    candidates = relations.by_light_verb(fact.lemma, happening_key(tree, tree.head[preposition]))
    chosen = relations.choose(candidates, noun_type(scene, fact.subject.head), noun_type(scene, inner))
    if chosen is None or tree.lower[preposition] not in words("prepositions", "place"):
        return chosen
    side = chosen[0].domain if chosen[1] else chosen[0].range
    return chosen if any(relations.ontology.is_a(kind, "Place") for kind in side) else None
