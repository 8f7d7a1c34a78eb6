"""Offices that verbs give: "served as | ambassador", "was elected | president", "took over as | head of the firm"."""

from collections.abc import Iterator

from kg.extract.rules.modality import Stance, stance
from kg.extract.rules.verb_forms import is_verb
from kg.extract.rules.verbs import Clause, read
from kg.extract.scene import Scene

_HELD = "holdsPosition"
_NOUNS = ("NOUN", "PROPN")


def serving(scene: Scene) -> Iterator[tuple[int, int, Stance]]:
    """Yield (head of the holder, noun of the office, stance) for the verbs that the ontology has for it."""
    tree = scene.tree
    for v in range(tree.n):
        named = any(tree.dep[k] == "oprd" or tree.lower[k] == "as" for k in tree.kids[v])
        found = read(tree, v) if named and is_verb(tree, v) else None
        if found is None:
            continue
        for key, noun in _offices(scene, found):
            if any(relation.name == _HELD for relation, _ in scene.relations.by_verb(key)):
                for subject in found.subjects:
                    yield subject, noun, stance(tree, found.chain)


def _offices(scene: Scene, found: Clause) -> Iterator[tuple[str, int]]:
    """Yield (key into the trigger words, noun): ("serve as", ambassador), ("be elected", president)."""
    tree = scene.tree
    particle = tree.child(found.last, "prt")
    verb = f"be {tree.lower[found.last]}" if found.passive else tree.lemma[found.last]
    verb = verb if particle is None else f"{verb} {tree.lower[particle]}"
    for k in tree.kids[found.last]:
        if found.passive and tree.dep[k] == "oprd" and tree.pos[k] in _NOUNS:
            yield verb, k
        inner = tree.child(k, "pobj") if tree.dep[k] == "prep" and tree.lower[k] == "as" else None
        if inner is not None and tree.pos[inner] in _NOUNS:
            yield f"{verb} as", inner
