"""Attachments of the parser that the meaning of the words rules out, put right."""

from kg.parse.repair_nouns import NOUN_RULES, title_of
from kg.parse.repair_verbs import VERB_RULES
from kg.parse.tree import Tree


def repair(tree: Tree) -> Tree:
    """Move what hangs on the wrong word, in the tree and in its Doc; the tree is returned.

    "the head of the region and mayor of Calais": the parser joins "mayor" with "region", but persons are coordinated
    with persons, so it belongs to "head". The rules of `repair_nouns` and `repair_verbs` say
    what they mend. The commas around go along.
    """
    for i in range(tree.n):
        title = title_of(tree, i)
        if title is not None:
            _raise(tree, i, title)
    moves = [(i, *found) for i in range(tree.n) if (found := _better(tree, i)) is not None]
    for i, head, dep in moves:
        old = tree.head[i]
        tree.dep[i] = tree.doc[i].dep_ = dep
        if head == i:
            continue
        for k in [k for k in tree.kids[old] if tree.dep[k] == "punct" and k > old and i > old]:
            _move(tree, k, head)
        _move(tree, i, head)
    if moves:
        tree.measure()
    return tree


def _raise(tree: Tree, name: int, title: int) -> None:
    """Make a name the head of the title before it, with all that hung on the title behind it."""
    head = tree.head[title]
    tree.dep[name] = tree.doc[name].dep_ = tree.dep[title]
    tree.dep[title] = tree.doc[title].dep_ = "compound"
    tree.attach(name, name if head == title else head)
    tree.doc[name].head = tree.doc[tree.head[name]]
    for k in [title, *(k for k in tree.kids[title] if k > name)]:
        _move(tree, k, name)
    tree.measure()


def _move(tree: Tree, i: int, head: int) -> None:
    if head not in (i, *_below(tree, i)):
        tree.attach(i, head)
        tree.doc[i].head = tree.doc[head]


def _below(tree: Tree, i: int) -> list[int]:
    """Return what hangs on a token, however deep: it can't be its head."""
    return [j for k in tree.kids[i] for j in (k, *_below(tree, k))]


def _better(tree: Tree, i: int) -> tuple[int, str] | None:
    """Return the head and label that a token should have, itself where it stands alone; None: all is well."""
    for rule in (*NOUN_RULES.get(tree.dep[i], ()), *VERB_RULES.get(tree.dep[i], ())):
        found = rule(tree, i)
        if found is not None:
            return found
    return None
