"""Dates that a clause has from another one: "on Monday, when | X spoke", "died when | it sank on Sunday"."""

from kg.extract.base import Phrase
from kg.extract.rules.adjuncts import is_time
from kg.extract.rules.phrases import strip
from kg.extract.rules.verb_forms import is_verb
from kg.extract.rules.verbs import Clause
from kg.extract.scene import Scene
from kg.parse.tree import Tree

_PAST = ("VBD", "VBN")


def shared_time(scene: Scene, found: Clause) -> Phrase | None:
    """Return the date of a clause that gives none itself, by the clause that it belongs to.

    "On Monday, when he resigned": what happened when is dated by its antecedent. "They died when the ship sank on
    Sunday": both happened on Sunday, in the past tense. "On Monday the court fined and closed the firm": a date before
    the first of several verbs of one subject is that of all.
    """
    tree, v = scene.tree, found.verb
    head = tree.head[v]
    if _when(tree, v):
        if tree.dep[v] == "relcl" and head in scene.time:
            return _date(scene, head)
        if tree.dep[v] == "advcl" and is_verb(tree, head) and _past(tree, v):
            return _own(scene, head)
    inside = next((k for k in tree.kids[v] if tree.dep[k] == "advcl" and _when(tree, k)), None)
    if inside is not None and _past(tree, v) and _past(tree, inside):
        return _own(scene, inside)
    if tree.dep[v] == "conj" and found.kind == "inherited" and is_verb(tree, head):
        return _own(scene, head, before=True)
    return None


def _when(tree: Tree, v: int) -> bool:
    return any(tree.lower[k] == "when" and k < v for k in tree.kids[v])


def _past(tree: Tree, v: int) -> bool:
    return tree.tag[v] in _PAST and not any(tree.tag[k] == "MD" for k in tree.kids[v])


def _own(scene: Scene, v: int, *, before: bool = False) -> Phrase | None:
    """Return the one date of a verb; with `before` one that stands before it."""
    tree = scene.tree
    dates = [
        k
        for k in tree.kids[v]
        if tree.dep[k] in ("prep", "npadvmod") and is_time(scene, k) and (k < v or not before)
        if tree.lower[k] not in ("since", "until", "before", "after", "by", "for", "within")
    ]
    if len(dates) != 1:
        return None
    inner = tree.child(dates[0], "pobj") if tree.dep[dates[0]] == "prep" else dates[0]
    return _date(scene, inner) if inner is not None else None


def _date(scene: Scene, head: int) -> Phrase | None:
    """Return the words of a date as an argument; None for one that is open at an end ("since March")."""
    span = scene.time[head]
    if span.kind != "date" or (span.value is not None and ".." in span.value):
        return None
    start, end = strip(scene.tree, span.start, span.end)
    return Phrase(start, end, head, "time", span.value)
