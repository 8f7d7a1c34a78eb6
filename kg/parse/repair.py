"""Attachments of the parser that the meaning of the words rules out, put right."""

from kg.parse.name_words import noun_class
from kg.parse.tree import Tree


def repair(tree: Tree) -> Tree:
    """Move what hangs on the wrong noun; the tree is changed and returned.

    "the head of the region and mayor of Calais": the parser joins "mayor" with "region"; persons are coordinated with
    persons, so it belongs to "head". "around 800 in the camp dismantled on Friday": a participle says nothing of a bare
    number, so it belongs to the noun before it. "accused the rebels of shelling the town": a person is not "of doing".
    """
    moved = False
    for i in range(tree.n):
        counted = tree.dep[i] == "acl" and tree.tag[i] == "VBN" and tree.pos[tree.head[i]] == "NUM"
        if counted and tree.pos[i - 1] in ("NOUN", "PROPN") and tree.head[i] < i - 1:
            tree.attach(i, i - 1)
            moved = True
        if tree.dep[i] == "prep" and tree.lower[i] == "of" and tree.child(i, "pcomp") is not None:
            noun = tree.head[i]
            if tree.dep[noun] == "dobj" and noun_class(tree.lower[noun]) in ("Person", "Group"):
                tree.attach(i, tree.head[noun])
                moved = True
        if tree.dep[i] == "conj" and tree.pos[i] == "NOUN":
            upper = _upper(tree, i)
            if upper is not None:
                tree.attach(i, upper)
                moved = True
    if moved:
        tree.measure()
    return tree


def _upper(tree: Tree, i: int) -> int | None:
    """Return the noun above a prepositional phrase that a conjunct belongs with by its class; None: all is well."""
    lower = tree.head[i]
    preposition = tree.head[lower]
    if tree.dep[lower] != "pobj" or tree.dep[preposition] != "prep" or tree.pos[lower] != "NOUN":
        return None
    upper = tree.head[preposition]
    kind = noun_class(tree.lower[i])
    if kind != "Person" or noun_class(tree.lower[lower]) in (None, "Person", "Group"):
        return None
    return upper if tree.pos[upper] == "NOUN" and noun_class(tree.lower[upper]) == "Person" else None
