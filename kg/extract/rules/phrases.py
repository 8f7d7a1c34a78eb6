"""Where the words of an argument begin and end."""

from kg.extract.base import Phrase
from kg.extract.rules.syntax import words
from kg.extract.scene import Scene
from kg.model import Role
from kg.parse.tree import Tree

TAILS = frozenset({"relcl", "appos"})
_CLOSERS = frozenset({")", "''", '"', "”", "’", "%", "]"})
_OPENERS = frozenset({"(", "``", '"', "“", "$", "£", "€", "#", "@"})
VERBAL = frozenset({"VERB", "AUX"})


def strip(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Return the span without punctuation, white space and conjunctions at its edges."""
    while end > start and _loose(tree, end - 1, _CLOSERS):
        end -= 1
    while start < end and _loose(tree, start, _OPENERS):
        start += 1
    if end > start and tree.words[end - 1] in _CLOSERS and tree.words[end - 1] not in ("%", ")"):
        inner = tree.words[start : end - 1]
        if not any(w in _OPENERS for w in inner):
            return strip(tree, start, end - 1)
    opened = end > start and tree.words[start] in ("(", '"', "“", "``")
    if opened and not any(w in _CLOSERS for w in tree.words[start + 1 : end]):
        return strip(tree, start + 1, end)
    return start, end


def _loose(tree: Tree, i: int, kept: frozenset[str]) -> bool:
    if tree.words[i] in kept:
        return False
    return tree.pos[i] in ("PUNCT", "SPACE") or tree.dep[i] == "cc" or tree.words[i].isspace()


def noun_phrase(tree: Tree, head: int, *, joint: bool = True, tails: frozenset[str] = TAILS) -> tuple[int, int]:
    """Return the span of the phrase around `head`, without relative clauses and appositions that follow.

    "the camp, which was home to hundreds" → "the camp". Without `joint` what is coordinated is left out:
    "police and soldiers" → "police".
    """
    start, end = tree.first[head], tree.last[head] + 1
    cut = _cut(tree, head, joint, tails)
    if cut is not None:
        end = cut
    before = [k for k in tree.kids[head] if k < head and tree.dep[k] in tails]
    if before:
        start = tree.last[before[-1]] + 1
    if not joint and tree.dep[start] == "preconj":
        start += 1
    start, end = strip(tree, start, end)
    if end - 1 > head and tree.tag[end - 1] == "POS":
        end -= 1
    return (start, end) if start <= head < end else (head, head + 1)


def _cut(tree: Tree, head: int, joint: bool, tails: frozenset[str]) -> int | None:
    """Return the token at which the first tail to the right of `head` begins."""
    for k in tree.kids[head]:
        if k < head:
            continue
        dep = tree.dep[k]
        if dep == "appos" and k in tree.kids[head] and _named_by(tree, head, k):
            continue
        if dep in tails or (not joint and dep in ("conj", "cc", "preconj")):
            return max(tree.first[k], head + 1)
        if dep == "acl" and "acl" in tails and tree.tag[k] in ("VBN", "VBG", "VBD"):
            return max(tree.first[k], head + 1)
        inner = _cut(tree, k, True, tails)
        if inner is not None:
            return inner
    return None


def _named_by(tree: Tree, noun: int, name: int) -> bool:
    """Tell whether a name follows its noun without a comma: "the passenger ship | Doña Paz"."""
    return tree.pos[name] == "PROPN" and tree.first[name] == noun + 1


def clause(tree: Tree, head: int) -> tuple[int, int]:
    """Return the whole span of the clause around a verb."""
    start, end = strip(tree, tree.first[head], tree.last[head] + 1)
    return (start, end) if start <= head < end else (head, head + 1)


def phrase(scene: Scene, head: int, role: Role | None = None, *, joint: bool = True) -> Phrase:
    """Return the argument around a noun: its phrase, and the value of its time or quantity."""
    start, end = noun_phrase(scene.tree, head, joint=joint)
    return Phrase(start, end, head, role, value_of(scene, start, end, head))


def value_of(scene: Scene, start: int, end: int, head: int) -> str | None:
    """Return the normalised value of the time that a phrase is, or of the number that stands before its noun.

    "last Friday" → 2021-07-02; "around 1,500 migrants" → 1500; "the treaty of 1988" → None: it is no time.
    """
    time = scene.time.get(head)
    if time is not None:
        return time.value
    counted = range(start, min(head + 1, end)) if start <= head else range(start, end)
    quantity = next((scene.quantity[i] for i in counted if i in scene.quantity), None)
    return quantity.value if quantity is not None else None


def of_whom(tree: Tree, head: int) -> int:
    """Return what a partitive counts: "hundreds of people" → people, "a group of teenagers" → teenagers.

    Without a counting word the head itself.
    """
    if tree.pos[head] not in ("NOUN", "NUM", "DET", "PRON", "ADJ"):
        return head
    of = next((k for k in tree.kids[head] if tree.dep[k] == "prep" and tree.lower[k] == "of"), None)
    if of is None or (tree.lower[head] not in words("counting", "nouns") and tree.pos[head] not in ("NUM", "DET")):
        return head
    inner = tree.child(of, "pobj")
    return head if inner is None else inner


def is_adjective(scene: Scene, i: int) -> bool:
    """Tell whether a token is the adjective of a people, which stands for its country: "the | French | president"."""
    span, kind = scene.mention.get(i), scene.type_of(i)
    if span is None or kind is None or span.kind != "nominal" or scene.tree.pos[i] not in ("ADJ", "PROPN"):
        return False
    return span.end - span.start == 1 and scene.relations.ontology.is_a(kind, "Place")
