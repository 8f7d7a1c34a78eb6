"""Which relation of the ontology a triple expresses, if one."""

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.base import Fact, Phrase
from kg.extract.relations import ANY, Reading
from kg.extract.rules.phrases import is_adjective, of_whom
from kg.extract.rules.syntax import words
from kg.extract.rules.verbs import Clause
from kg.extract.scene import Scene
from kg.parse.tree import Tree

PRONOUNS = {
    "he": "Person", "she": "Person", "him": "Person", "her": "Person", "i": "Person", "me": "Person", "who": "Person",
    "we": "Group", "us": "Group", "they": "Group", "them": "Group", "nobody": "Group", "somebody": "Person",
    "someone": "Person", "everyone": "Group", "everybody": "Group",
}  # fmt: skip
_UNKEYED = frozenset({"aux", "auxpass", "neg", "det", "agent", "amod", "nummod"})


def lemma(tree: Tree, found: Clause, words: Sequence[int]) -> str:
    """Return the key of a clause into the trigger words: "break up", "call for", "be home to", "be born in".

    The verb with its particle, the noun or adjective of a fixed phrase, and the preposition that brings the object.
    """
    parts = [tree.lemma[found.last]]
    particle = tree.child(found.last, "prt")
    if particle is not None:
        parts.append(tree.lower[particle])
    for w in sorted(set(words)):
        if (
            w > found.last
            and w != particle
            and tree.dep[w] not in ("aux", "auxpass", "neg", "det", "agent", "amod", "nummod")
        ):
            parts.append(tree.lower[w] if tree.pos[w] in ("ADP", "SCONJ", "PART", "ADJ") else tree.lemma[w])
    return " ".join(parts)


def happening_key(tree: Tree, noun: int) -> str:
    """Return the key of a noun of a happening; with its compound where that makes it another one: "phone call"."""
    before = next((k for k in tree.kids[noun] if tree.dep[k] == "compound" and k == noun - 1), None)
    whole = f"{tree.lower[before]} {tree.lemma[noun]}" if before is not None else ""
    return whole if whole in words("elsewhere", "compounds") else tree.lemma[noun]


def noun_type(scene: Scene, head: int) -> str | None:
    """Return the class of what a noun refers to: that of its entity, or Event for a noun of a happening."""
    counted = of_whom(scene.tree, head)
    known = scene.type_of(head) or scene.type_of(counted)
    if known is not None and known != "Entity":
        return known
    pronoun = PRONOUNS.get(scene.tree.lower[head])
    if pronoun is not None:
        return pronoun
    if scene.tree.pos[head] == "NOUN" and scene.relations.by_event_noun(scene.tree.lemma[head]):
        return "Event"
    return None


def typed(scene: Scene, fact: Fact, found: Clause) -> Fact:
    """Return the triple with its relation, if its words and the types of its arguments express one."""
    relations = scene.relations
    if fact.lemma == "be" and fact.object is not None and is_adjective(scene, fact.object.head):
        return _with(scene, fact, "be from", relations.by_verb("be from")) or fact
    light = _light(scene, fact) or _commanding(scene, fact, found)
    if light is not None:
        return light
    if fact.inverse or (fact.object is not None and fact.object.role != "time"):
        for key in _keys(scene.tree, fact, found):
            built = _with(scene, fact, key, relations.by_verb(key))
            if built is not None:
                return built
    bare = None if fact.inverse else _bare(scene, fact, found)
    if bare is not None:
        built = _with(scene, bare, bare.lemma, relations.by_intransitive_verb(bare.lemma))
        if built is not None:
            return built
    return fact


def _bare(scene: Scene, fact: Fact, found: Clause) -> Fact | None:
    """Return a clause whose object is none of its verb without it: "resigned on | Friday" → "resigned", on Friday."""
    tree, target = scene.tree, fact.object
    if target is None:
        return fact
    words = tuple(w for w in fact.words if w <= found.last or tree.dep[w] == "prt")
    start = min((w for w in fact.words if w not in words), default=target.start)
    if target.claim is not None or (start == target.start and target.role != "time"):
        return None
    kind = noun_type(scene, target.head)
    place = kind is not None and scene.relations.ontology.is_a(kind, "Place")
    rest = replace(target, start=min(start, target.start), role=target.role or ("place" if place else "other"))
    return replace(fact, words=words, lemma=lemma(tree, found, words), object=None, arguments=(rest, *fact.arguments))


def _commanding(scene: Scene, fact: Fact, found: Clause) -> Fact | None:
    """Return the triple of a clause that has somebody do something: "asked | the court | to halt the work"."""
    tree = scene.tree
    claims = [a.claim for a in (fact.object, *fact.arguments) if a is not None and a.claim is not None]
    infinitives = [c for c in claims if tree.dep[c] in ("xcomp", "ccomp", "advcl") and tree.tag[c] == "VB"]
    if not any(tree.tag[k] == "TO" for c in infinitives for k in tree.kids[c]):
        return None
    return _with(scene, fact, fact.lemma, scene.relations.by_infinitive_verb(fact.lemma))


def retyped(scene: Scene, fact: Fact) -> Fact:
    """Return the triple with the relation that its lemma has with its present arguments."""
    bare = replace(fact, relation=None, trigger=None)
    return _with(scene, bare, fact.lemma, scene.relations.by_verb(fact.lemma)) or bare


def _keys(tree: Tree, fact: Fact, found: Clause) -> list[str]:
    keys = []
    target = fact.object
    if found.passive:
        participle = tree.lower[found.last]
        ending = " ".join(fact.lemma.split(" ")[1:])
        by = (
            ["by"]
            if target is not None and target.role is None and any(tree.dep[w] == "agent" for w in fact.words)
            else []
        )
        keys += [" ".join(["be", participle, *([ending] if ending else []), *by])]
    if target is not None and target.claim is None and not found.passive:
        for argument in fact.arguments:
            if argument.end - argument.start == 2:
                keys.append(f"{fact.lemma} {tree.lower[argument.start]} {tree.lower[argument.head]}")
        keys.append(f"{fact.lemma} {tree.lemma[target.head]}")
        judged = tree.child(found.last, "oprd")
        if judged is not None and tree.pos[judged] == "ADJ":
            keys.append(f"{fact.lemma} {tree.lemma[judged]}")
    keys.append(fact.lemma)
    if found.passive and target is not None and target.role is not None:
        particle = tree.child(found.last, "prt")  # "was charged | with theft": the verb alone says what was done
        keys.append(tree.lemma[found.last] if particle is None else f"{tree.lemma[found.last]} {tree.lower[particle]}")
    return keys


def _with(scene: Scene, fact: Fact, key: str, candidates: Sequence[Reading]) -> Fact | None:
    """Return the triple typed by the readings of one key, or None: the types of its two sides decide."""
    if not candidates:
        return None
    target = fact.object
    own = noun_type(scene, fact.subject.head)
    other = noun_type(scene, target.head) if target is not None else ANY
    if fact.inverse:
        named = target is not None and target.role is None
        if key.startswith("be ") and target is None:
            return None  # "was named | chairman" says something, "was named" nothing
        if key.startswith("be "):
            chosen = scene.relations.choose(candidates, own, other)
            if chosen is None:
                return None
            direct = replace(target, role=None) if target is not None else None
            return replace(fact, relation=chosen[0].name, trigger=key, inverse=chosen[1], lemma=key, object=direct)
        chosen = scene.relations.choose(candidates, other if named else ANY, own)
        if chosen is None:
            return None
        typed = replace(fact, relation=chosen[0].name, trigger=key, inverse=not chosen[1])
        if target is not None and not named and chosen[1]:  # "was dismissed | for lying": no object of leaving a post
            cause = replace(target, start=min(target.start, fact.words[-1]))
            words = tuple(w for w in fact.words if w < cause.start)
            return replace(typed, words=words, object=None, arguments=(cause, *fact.arguments))
        return typed
    chosen = scene.relations.choose(candidates, own, other)
    if chosen is None or (chosen[0].name == "said" and not _said(scene, target, key)):
        return None
    return replace(fact, relation=chosen[0].name, trigger=key, inverse=chosen[1], lemma=key)


def _said(scene: Scene, target: Phrase | None, key: str) -> bool:
    """Tell whether the object of a verb of saying can be said: not nothing, nor somebody ("described | Chile")."""
    if target is None:
        return key == "say"  # "responded with air strikes" says nothing
    kind = noun_type(scene, target.head)
    return (
        target.claim is not None
        or kind is None
        or not any(scene.relations.ontology.is_a(kind, above) for above in ("Actor", "Place", "Event"))
    )


def _light(scene: Scene, fact: Fact) -> Fact | None:
    """Return "made | a statement" typed by its noun; of "launched | an attack" what follows the noun is the object."""
    target = fact.object
    if target is None or target.claim is not None or fact.inverse:
        return None
    noun = happening_key(scene.tree, target.head)
    candidates = scene.relations.by_light_verb(fact.lemma, noun)
    chosen = scene.relations.choose(candidates, noun_type(scene, fact.subject.head), "Event")
    if chosen is None or not chosen[0].noun_as_object:
        return None
    return replace(fact, relation=chosen[0].name, trigger=f"{fact.lemma} {noun}", inverse=chosen[1])
