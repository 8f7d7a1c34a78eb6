"""The forms of verbs: what heads a clause, passives, auxiliaries, infinitives."""

from kg.extract.rules.phrases import VERBAL
from kg.extract.rules.syntax import words
from kg.parse.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")
GROUP = frozenset({"aux", "auxpass", "neg", "prt"})


def is_verb(tree: Tree, i: int) -> bool:
    """Tell whether the token heads a clause: a verb that is no auxiliary and no modifier of a noun."""
    if tree.pos[i] not in VERBAL or tree.dep[i] in ("aux", "auxpass", "amod", "compound", "prep"):
        return False
    if tree.words[i] == "IS" and any(w.islower() for w in tree.words[slice(*tree.sentence(i))] if len(w) > 1):
        return False  # the group, not the verb
    if tree.lower[i] == "according" or (tree.lower[i] == "aged" and any(tree.pos[k] == "NUM" for k in tree.kids[i])):
        return False
    return tree.tag[i].startswith("VB") or tree.tag[i] == "MD"


def infinitive(tree: Tree, v: int) -> bool:
    """Tell whether "to" stands before the verb."""
    return any(tree.dep[k] == "aux" and tree.lower[k] == "to" for k in tree.kids[v])


def passive(tree: Tree, v: int) -> bool:
    """Tell whether the verb is passive, also by an auxiliary that it shares: "was arrested and questioned"."""
    if any(tree.dep[k] in ("auxpass", "nsubjpass", "csubjpass") for k in tree.kids[v]):
        return True
    if tree.tag[v] not in ("VBN", "VBD") or any(tree.dep[k] == "aux" for k in tree.kids[v]):
        return False
    if tree.dep[v] == "ccomp" and tree.lemma[tree.head[v]] in words("perception", "verbs") and v > tree.head[v]:
        gets = tree.child(v, "dobj") is None or tree.lemma[v] in words("ditransitive", "verbs")
        return tree.tag[v] == "VBN" or (gets and tree.child(v, "mark") is None)
    if any(tree.dep[k] == "nsubj" for k in tree.kids[v]):
        return False
    if tree.dep[v] == "conj" and tree.tag[v] == "VBN" and is_verb(tree, tree.head[v]):
        return passive(tree, tree.head[v])
    if tree.dep[v] in ("acl", "advcl"):
        return tree.tag[v] == "VBN" or (tree.dep[v] == "acl" and tree.child(v, "dobj") is None)
    return False


def group(tree: Tree, v: int) -> list[int]:
    """Return the verb with its auxiliaries, negation and particle, shared auxiliaries of a coordination among them."""
    found = [v, *(k for k in tree.kids[v] if tree.dep[k] in GROUP)]
    bare = not any(tree.dep[k] in ("aux", "auxpass") or tree.dep[k] in SUBJECTS for k in tree.kids[v])
    if tree.dep[v] == "conj" and bare and tree.tag[v] in ("VB", "VBN", "VBG") and is_verb(tree, tree.head[v]):
        h = tree.head[v]
        while tree.dep[h] == "conj" and not any(tree.dep[k] in ("aux", "auxpass") for k in tree.kids[h]):
            h = tree.head[h]
        if tree.tag[h] == tree.tag[v]:
            found += [k for k in tree.kids[h] if tree.dep[k] in ("aux", "auxpass", "neg") and k < v]
    return found
