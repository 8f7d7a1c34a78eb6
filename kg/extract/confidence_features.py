"""What speaks for or against a triple: how the rules found it, its lengths, its attachments, the kinds of its parts."""

from collections import Counter
from collections.abc import Sequence

from kg.extract.base import Fact, Phrase
from kg.extract.scene import Scene
from kg.parse.tree import Tree

_EDGES = (1, 2, 3, 5, 8, 12, 20, 40)
_MARKS = frozenset({",", ";", ":", "--", "-", "–", "—", "(", ")"})
_VERBAL = frozenset({"VERB", "AUX"})


def features(scene: Scene, facts: Sequence[Fact]) -> list[tuple[str, ...]]:
    """Return the features of each fact, by name; a fact has a feature or not.

    "Police dismantled a camp on Friday." → "rule clause-own", "object noun", "object long 2", "arguments 1", …
    Numbers come in steps ("object long 5": 4 or 5 words), so that a weight can be read, and none is ever extreme.
    """
    by_anchor = Counter(fact.anchor for fact in facts)
    by_sentence = Counter(scene.tree.sent[fact.anchor] for fact in facts)
    cues = frozenset(q.verb for q in scene.quotations if q.verb is not None)
    verbs = _verbs(scene.tree)
    found = []
    for fact in facts:
        sentence = scene.tree.sent[fact.anchor]
        shared = (by_anchor[fact.anchor], by_sentence[sentence], verbs[sentence])
        found.append(tuple(_features(scene, fact, shared, fact.anchor in cues)))
    return found


def _features(scene: Scene, fact: Fact, shared: tuple[int, int, int], cue: bool) -> list[str]:
    tree = scene.tree
    alike, told, verbs = shared
    begin, end = tree.sentence(fact.anchor)
    found = [
        f"rule {fact.rule}",
        f"same verb {_step(alike)}",
        f"triples in sentence {_step(told)}",
        f"verbs in sentence {_step(verbs)}",
        f"sentence long {_step(end - begin)}",
        f"arguments {min(len(fact.arguments), 4)}",
    ]
    found += _manner(tree, fact, cue)
    found += _side(scene, fact.subject, "subject")
    found += _object(scene, fact)
    found += _words(tree, fact)
    found += _further(fact)
    return found


def _manner(tree: Tree, fact: Fact, cue: bool) -> list[str]:
    """Return how the clause stands in its sentence and what it says of itself: a relation, a negation, a doubt."""
    found = [f"verb as {tree.dep[fact.anchor]}", f"verb form {tree.tag[fact.anchor]}"]
    if fact.relation is not None:
        found.append("relation")
    if fact.inverse:
        found.append("inverse")
    if fact.negated:
        found.append("negated")
    if fact.modality != "asserted":
        found.append(f"modality {fact.modality}")
    if cue:
        found.append("reports")
    return found


def _side(scene: Scene, phrase: Phrase, side: str) -> list[str]:
    """Return what is common to both arguments: length, what it refers to, what is inside."""
    tree, start, end = scene.tree, phrase.start, phrase.end
    inside = range(start, end)
    found = [f"{side} long {_step(end - start)}", f"{side} {_kind(scene, phrase.head)}"]
    found.append(f"{side} as {tree.dep[phrase.head]}")
    commas = sum(tree.words[i] in _MARKS for i in inside)
    if commas:
        found.append(f"{side} marks {min(commas, 3)}")
    if any(tree.pos[i] in _VERBAL for i in inside if i != phrase.head):
        found.append(f"{side} has verb")
    prepositions = sum(tree.dep[i] == "prep" for i in inside)
    if prepositions:
        found.append(f"{side} prepositions {min(prepositions, 3)}")
    if any(tree.dep[i] == "conj" for i in inside):
        found.append(f"{side} coordinated")
    if tree.dep[phrase.head] == "conj" or any(
        tree.dep[k] == "conj" and not start <= k < end for k in tree.kids[phrase.head]
    ):
        found.append(f"{side} split")
    return found


def _kind(scene: Scene, head: int) -> str:
    """Return what a phrase's head is: a name, a pronoun, another mention, a time, a word class."""
    mention = scene.mention.get(head)
    if scene.tree.pos[head] == "PRON":
        return f"pronoun {scene.tree.tag[head]}"
    if mention is not None:
        return mention.kind
    if head in scene.time:
        return "time"
    return f"word {scene.tree.pos[head]}"


def _object(scene: Scene, fact: Fact) -> list[str]:
    """Return what the object is, and how far both sides stand from the words between them."""
    target, tree = fact.object, scene.tree
    gap = fact.anchor - fact.subject.head
    found = [f"subject {'after' if gap < 0 else 'before'} by {_step(abs(gap))}"]
    between = range(min(fact.anchor, fact.subject.end), max(fact.anchor, fact.subject.start))
    found.append(f"marks before verb {min(sum(tree.words[i] in _MARKS for i in between), 3)}")
    if target is None:
        return [*found, "object none"]
    kind = "clause" if target.claim is not None else "noun"
    found += [f"object {kind}", *_side(scene, target, "object")]
    if target.role is not None:
        found.append(f"object role {target.role}")
    last = fact.words[-1] if fact.words else fact.anchor
    gap = target.start - last
    found.append(f"object {'fronted' if gap < 0 else 'gap'} {_step(abs(gap))}")
    return found


def _words(tree: Tree, fact: Fact) -> list[str]:
    """Return what the predicate is made of: how many words, with a preposition at its end, "be" or "have"."""
    words = fact.words
    if fact.implied is not None or not words:
        return ["predicate implied"]
    found = [f"predicate long {_step(len(words))}", f"predicate ends {tree.pos[words[-1]]}"]
    found.append(f"predicate begins {tree.pos[words[0]]} {tree.tag[words[0]]}")
    if words[-1] - words[0] + 1 != len(words):
        found.append("predicate broken")
    lemma = tree.lemma[fact.anchor]
    if lemma in ("be", "have"):
        found.append(f"verb {lemma}")
    if tree.pos[words[-1]] in ("ADP", "SCONJ"):
        found.append(f"predicate ends {tree.lower[words[-1]]}")
    return found


def _further(fact: Fact) -> list[str]:
    """Return what the further arguments are: their roles, their length, one that stands before the subject."""
    found = [f"argument {role}" for role in sorted({a.role for a in fact.arguments if a.role is not None})]
    length = sum(a.end - a.start for a in fact.arguments)
    if fact.arguments:
        found.append(f"arguments long {_step(length)}")
    if any(a.start < fact.subject.start for a in fact.arguments):
        found.append("argument first")
    if any(a.claim is not None for a in fact.arguments):
        found.append("argument clause")
    return found


def _verbs(tree: Tree) -> Counter[int]:
    return Counter(tree.sent[i] for i in range(tree.n) if tree.pos[i] == "VERB")


def _step(number: int) -> int:
    """Return the upper edge of the step that a number falls on.

    >>> [_step(n) for n in (0, 1, 4, 100)]
    [1, 1, 5, 99]
    """
    return next((edge for edge in _EDGES if number <= edge), 99)
