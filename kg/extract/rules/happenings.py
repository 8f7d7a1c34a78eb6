"""Triples that nouns of happenings bear: "the dismantling of the camp by police", "X's arrest", "a raid on Y"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from kg import resources
from kg.extract.base import Fact
from kg.extract.relations import ANY, Reading
from kg.extract.rules.modality import stance
from kg.extract.rules.phrases import phrase
from kg.extract.rules.typing import noun_type
from kg.extract.rules.verb_forms import is_verb
from kg.extract.rules.verbs import read
from kg.extract.scene import Scene
from kg.model import Modality
from kg.parse.tree import Tree
from kg.relation import Relation

_TARGET = frozenset({"on", "against", "to", "in", "at", "with", "for", "over", "into", "from"})


@cache
def words(section: str, key: str = "nouns") -> frozenset[str]:
    """Return one list of `lang/en/happenings.toml`."""
    table = cast("dict[str, dict[str, list[str]]]", resources.toml("en", "happenings.toml"))
    return frozenset(table[section][key])


@dataclass(frozen=True, slots=True)
class Participants:
    """Heads of the phrases around a noun of a happening."""

    by: int | None
    of: int | None
    owner: int | None
    compound: int | None
    target: int | None


def happening_facts(scene: Scene) -> list[Fact]:
    """Return the triples of the nouns of happenings, where the text says that they happened."""
    facts: list[Fact] = []
    for noun in range(scene.tree.n):
        if scene.tree.pos[noun] == "NOUN" and noun not in scene.entity:
            candidates = scene.relations.by_event_noun(scene.tree.lemma[noun])
            if candidates:
                modality = realised(scene, noun)
                facts += (f for f in _facts(scene, noun, modality) if f is not None)
                facts += _initiative(scene, noun, candidates)
    return facts


def _initiative(scene: Scene, noun: int, candidates: Sequence[Reading]) -> Iterator[Fact]:
    """Yield who had a clause's deed done: "was launched at | his initiative" → he ordered it."""
    tree = scene.tree
    owner = next((k for k in tree.kids[noun] if tree.dep[k] == "poss" and k in scene.entity), None)
    preposition = tree.head[noun]
    verb = tree.head[preposition]
    if owner is None or tree.dep[noun] != "pobj" or tree.lower[preposition] not in ("at", "on", "under", "upon"):
        return
    found = read(tree, verb) if is_verb(tree, verb) else None
    if found is None:
        return
    done = found.subjects[0] if found.passive else next((o for o in found.objects if tree.dep[o] == "dobj"), None)
    chosen = scene.relations.choose(
        candidates, scene.type_of(owner), noun_type(scene, done) if done is not None else "Event"
    )
    if chosen is None or done is None:
        return
    view = stance(tree, found.chain)
    yield Fact(
        "initiative",
        noun,
        phrase(scene, owner),
        (noun,),
        tree.lemma[noun],
        phrase(scene, done),
        relation=chosen[0].name,
        trigger=tree.lemma[noun],
        negated=view.negated,
        modality=view.modality,
    )


def participants(scene: Scene, noun: int) -> Participants:
    """Return who takes part in a happening as the phrase of its noun has it."""
    tree = scene.tree
    found: dict[str, int] = {}
    for k in tree.kids[noun]:
        if tree.dep[k] in ("prep", "agent"):
            inner = tree.child(k, "pobj")
            if tree.lower[k] == "between" and inner is not None and len(tree.conjuncts(inner)) == 2:
                found["by"], found["of"] = tree.conjuncts(inner)
                continue
            name = {"by": "by", "of": "of"}.get(tree.lower[k], "target" if tree.lower[k] in _TARGET else "")
            if name and inner is not None and inner not in scene.time:
                found.setdefault(name, inner)
        elif tree.dep[k] == "poss" and k in scene.entity:
            found.setdefault("owner", k)
        elif tree.dep[k] in ("compound", "nmod") and k in scene.entity and k < noun:
            found.setdefault("compound", k)
    return Participants(*(found.get(n) for n in ("by", "of", "owner", "compound", "target")))


def realised(scene: Scene, noun: int) -> Modality:
    """Return "asserted" where the happening is told as a fact: not what was called for, planned, feared or denied."""
    tree, i = scene.tree, noun
    while tree.head[i] != i:
        h = tree.head[i]
        unsure = tree.dep[i] in ("pobj", "pcomp") and tree.lower[h] in words("unrealised", "prepositions")
        if unsure and tree.lemma[tree.head[h]] not in words("unrealised"):
            return "intended" if tree.lower[h] == "for" and is_verb(tree, tree.head[h]) else "possible"
        if tree.pos[h] == "NOUN" and tree.lemma[h] in words("unrealised"):
            return "possible"
        if is_verb(tree, h):
            subject = tree.dep[i] in ("nsubj", "nsubjpass", "csubj")
            if (
                subject
                and i == noun
                and any(tree.dep[k] in ("det", "poss") and tree.lower[k] != "a" for k in tree.kids[noun])
            ):
                return (
                    "asserted"
                    if not (tree.dep[i] == "nsubjpass" and tree.lemma[h] in words("unrealised", "verbs"))
                    else "intended"
                )
            view = stance(tree, (h,))
            if view.modality != "asserted" or view.negated:
                return view.modality if view.modality != "asserted" else "possible"
            if tree.lemma[h] in words("unrealised", "verbs") and (not subject or tree.dep[i] == "nsubjpass"):
                return "intended"
            return "asserted"
        i = h
    return "asserted"


def _facts(scene: Scene, noun: int, modality: Modality) -> Iterator[Fact | None]:
    tree, found = scene.tree, participants(scene, noun)
    if tree.dep[noun] == "compound" or any(tree.dep[k] == "det" and tree.lower[k] == "no" for k in tree.kids[noun]):
        return
    for agent, patient in _readings(found):
        built = _fact(scene, noun, agent, patient, modality)
        if built is not None:
            yield built
            return


def _readings(found: Participants) -> list[tuple[int | None, int | None]]:
    """Return (agent, patient) pairs, the most explicit first."""
    agents = [a for a in (found.by, found.owner, found.compound) if a is not None]
    patients = [p for p in (found.of, found.target) if p is not None]
    pairs: list[tuple[int | None, int | None]] = [(a, p) for a in agents for p in patients]
    if found.of is not None and found.target is not None:
        pairs.append((found.of, found.target))
    if found.by is not None and found.owner is not None:
        pairs.append((found.by, found.owner))
    if found.compound is not None and found.owner is not None:
        pairs.append((found.owner, found.compound))
    pairs += [(None, p) for p in (found.of, found.owner) if p is not None]
    return pairs


def _fact(scene: Scene, noun: int, agent: int | None, patient: int | None, modality: Modality) -> Fact | None:
    if patient is None or patient not in scene.entity or (agent is not None and agent not in scene.entity):
        return None
    tree = scene.tree
    candidates = scene.relations.by_event_noun(tree.lemma[noun])
    doer = noun_type(scene, agent) if agent is not None else ANY
    chosen = scene.relations.choose(candidates, doer, noun_type(scene, patient))
    if chosen is None or (agent is not None and scene.entity[agent] == scene.entity[patient]):
        return None
    if agent is None and not _suffers(tree, patient, chosen[0]):
        return None
    if tree.lower[tree.head[patient]] in words("setting", "prepositions") and not _moves(scene, chosen[0]):
        return None
    target = phrase(scene, patient)
    return Fact(
        "happening",
        noun,
        phrase(scene, agent, joint=False) if agent is not None else target,
        (noun,),
        tree.lemma[noun],
        target if agent is not None else None,
        relation=chosen[0].name,
        trigger=tree.lemma[noun],
        inverse=agent is None,
        modality=modality,
    )


def _suffers(tree: Tree, patient: int, relation: Relation) -> bool:
    """Tell whether a lone participant suffers it: "the dismantling of the camp", "his arrest"; not "his trip"."""
    return (relation.of_names if tree.dep[patient] == "pobj" else relation.owner_names) == "object"


def _moves(scene: Scene, relation: Relation) -> bool:
    """Tell whether "in" brings the relation's object: "his arrival in Oslo"; in "a shooting in Oslo" it says where."""
    return all(scene.relations.ontology.is_a(kind, "Place") for kind in relation.range)
