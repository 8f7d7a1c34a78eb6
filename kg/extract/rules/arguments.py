"""The arguments of a clause beside its subject: objects, what prepositions bring, times, quantities."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.extract.base import Fact, Phrase
from kg.extract.rules import typing
from kg.extract.rules.adjuncts import is_time, part_of, role_of
from kg.extract.rules.phrases import VERBAL, clause, noun_phrase, of_whom, phrase, strip, value_of
from kg.extract.rules.verbs import Clause
from kg.extract.scene import Scene
from kg.model import Role


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands in the place of an object: the adjunct, the words that it gives the predicate, and its noun."""

    adjunct: int
    words: tuple[int, ...]
    inner: int
    timely: bool


def object_phrase(scene: Scene, head: int) -> Phrase:
    """Return the object with this head: a noun phrase, or a clause that is itself a claim."""
    tree = scene.tree
    nominal = tree.dep[head] in ("dobj", "attr", "pobj", "appos", "conj") and not tree.tag[head].startswith("VB")
    if tree.pos[head] in VERBAL and not nominal:
        return Phrase(*clause(tree, head), head, claim=head)
    return phrase(scene, head)


def leading(scene: Scene, found: Clause, adjuncts: Sequence[int]) -> Lead | None:
    """Return the adjunct that stands in the object's place: the first prepositional phrase behind the verb."""
    tree = scene.tree
    prepositional = [
        a
        for a in adjuncts
        if tree.dep[a] in ("prep", "agent", "dative") and a > found.verb and tree.child(a, "pobj", "pcomp") is not None
        if not (tree.lower[a] == "by" and tree.child(a, "pcomp") is not None)
    ]
    for a in sorted(prepositional, key=lambda a: (is_time(scene, a), a)):
        inner = tree.child(a, "pobj", "pcomp")
        if inner is None:
            continue
        modifiers = [
            k for k in tree.kids[a] if k < a and tree.dep[k] in ("advmod", "npadvmod", "prep") and not tree.kids[k]
        ]
        return Lead(a, (*modifiers, a), inner, is_time(scene, a))
    return None


def fixed(scene: Scene, found: Clause, objects: Sequence[int]) -> Lead | None:
    """Return what a fixed phrase of the ontology leads to: "was home to | migrants", "took part in | the march"."""
    tree, last = scene.tree, found.last
    nouns = [*objects[:1], *([found.complement] if found.complement is not None else [])]
    nouns += [a for a in found.adjuncts if tree.dep[a] == "advmod" and a > last] if tree.lemma[last] == "be" else []
    for noun in nouns:
        if noun < last:
            continue
        for k in sorted((*tree.kids[noun], *found.adjuncts)):
            inner = tree.child(k, "pobj") if tree.dep[k] == "prep" and k > noun else None
            if inner is None:
                continue
            if scene.relations.by_verb(f"{tree.lemma[last]} {tree.lemma[noun]} {tree.lower[k]}"):
                words = tuple(i for i in range(tree.first[noun], k + 1) if i > last and tree.pos[i] != "PUNCT")
                return Lead(k if k in found.adjuncts else noun, words, inner, False)
    return None


def adjective(scene: Scene, found: Clause, complement: int) -> tuple[Phrase, tuple[int, ...]]:
    """Return the adjective of a copula as its object, and the predicate without it: "is | unreachable"."""
    tree = scene.tree
    start, end = strip(tree, tree.first[complement], tree.last[complement] + 1)
    start, end = (start, end) if start <= complement < end else (complement, complement + 1)
    return Phrase(start, end, complement), tuple(w for w in found.group if not start <= w < end)


def further(
    scene: Scene, found: Clause, heads: Sequence[int], target: Phrase | None, subject: Phrase
) -> tuple[Phrase, ...]:
    """Return the further arguments of a clause with their roles."""
    taken = [target, subject] if target is not None else [subject]
    phrases = []
    for head in heads:
        built = _argument(scene, head, found)
        if built is None or any(t.start <= built.start < t.end for t in taken):
            continue
        phrases.append(built)
    return tuple(phrases)


def _argument(scene: Scene, head: int, found: Clause) -> Phrase | None:
    tree = scene.tree
    dep = tree.dep[head]
    if dep in ("prep", "agent") or (dep == "dative" and tree.pos[head] == "ADP"):
        return prepositional(scene, head, role_of(scene, head))
    if dep == "advmod":
        if tree.tag[head] in ("WRB", "RP") and head not in scene.time:
            return None
        start, end = strip(tree, tree.first[head], tree.last[head] + 1)
        if not start <= head < end:
            return None
        return Phrase(start, end, head, role_of(scene, head), value_of(scene, start, end, head))
    if dep in ("xcomp", "ccomp", "pcomp") and tree.pos[head] in VERBAL:
        return Phrase(*clause(tree, head), head, "other", claim=head)
    if dep == "dative":
        return phrase(scene, head, "recipient")
    role: Role = "theme" if dep in ("dobj", "oprd", "attr") else role_of(scene, head)
    if dep == "dobj" and any(scene.tree.dep[o] == "ccomp" for o in found.objects):
        role = "recipient"  # "told | AFP | that …"
    return phrase(scene, head, role)


def prepositional(scene: Scene, adjunct: int, role: Role) -> Phrase | None:
    """Return a prepositional phrase as an argument; its head is the noun: "on the border" → border."""
    tree = scene.tree
    inner = tree.child(adjunct, "pobj", "pcomp")
    if inner is None:
        nested = tree.child(adjunct, "prep")
        inner = tree.child(nested, "pobj") if nested is not None else None
    if inner is None:
        start, end = strip(tree, tree.first[adjunct], tree.last[adjunct] + 1)
        return Phrase(start, end, adjunct, role) if start <= adjunct < end and end - start > 1 else None
    _, end = noun_phrase(tree, inner) if tree.pos[inner] not in VERBAL else clause(tree, inner)
    start, end = strip(tree, tree.first[adjunct], max(end, adjunct + 1))
    claim = inner if tree.pos[inner] in VERBAL else None
    built = Phrase(start, end, inner, role, value_of(scene, start, end, inner), claim)
    whole = part_of(scene, inner) if role == "place" else None
    return built if whole is None else replace(built, entity=scene.entity[whole])


def freed_times(scene: Scene, target: Phrase) -> tuple[Phrase, tuple[Phrase, ...]]:
    """Take dates off a noun that can't have one: "dismantled | a camp on the outskirts | on Friday".

    The parser hangs "on Friday" on the nearest noun; a happening may be dated, a camp is not.
    """
    tree = scene.tree
    for i in range(target.end - 1, target.head, -1):
        if tree.dep[i] not in ("prep", "npadvmod") or tree.last[i] + 1 < target.end:
            continue
        inner = tree.child(i, "pobj") if tree.dep[i] == "prep" else i
        if inner is None or inner not in scene.time or scene.time[inner].kind != "date":
            continue
        if typing.noun_type(scene, tree.head[i]) == "Event":
            continue
        start, end = strip(tree, target.start, tree.first[i])
        if not start <= target.head < end:
            continue
        hung = Phrase(tree.first[i], target.end, inner, "time", scene.time[inner].value)
        return replace(target, start=start, end=end, value=value_of(scene, start, end, target.head)), (hung,)
    return target, ()


def further_typed(scene: Scene, fact: Fact) -> Iterator[Fact]:
    """Yield the typed triples that further arguments give: "travelled from France | to Britain"."""
    for argument in fact.arguments:
        inner = argument.head
        preposition = scene.tree.head[inner]
        if scene.tree.dep[inner] != "pobj" or argument.role in ("agent", "time") or inner not in scene.entity:
            continue
        if not argument.start <= preposition < inner:
            continue
        target = phrase(scene, inner)
        whom = of_whom(scene.tree, inner)
        lemma = f"{fact.lemma.split(' ')[0]} {scene.tree.lower[preposition]}"
        built = replace(
            fact,
            rule="clause-argument",
            object=target if whom == inner else replace(target, head=whom),
            words=(*[w for w in fact.words if w <= fact.anchor], preposition),
            lemma=lemma,
            arguments=tuple(a for a in fact.arguments if a is not argument),
            relation=None,
        )
        typed = typing.retyped(scene, built)
        if typed.relation is not None and typed.relation != fact.relation and not fact.inverse:
            yield typed
