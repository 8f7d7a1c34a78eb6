"""Attachments of the parser that the meaning of the words rules out, put right."""

from kg.parse.name_words import noun_class
from kg.parse.tree import Tree

_ACTORS = frozenset({"PERSON", "ORG", "NORP"})
_KINDS = frozenset({
    "Person", "Group", "Organization", "GovernmentBody", "SecurityForce", "Company", "NGO", "PoliticalParty",
    "InternationalOrganization", "MediaOrganization",
})  # fmt: skip


def repair(tree: Tree) -> Tree:
    """Move what hangs on the wrong word, in the tree and in its Doc; the tree is returned.

    "the head of the region and mayor of Calais": the parser joins "mayor" with "region", but persons are coordinated
    with persons, so it belongs to "head". "around 800 in the camp dismantled on Friday": a participle says nothing of a
    bare number, so it belongs to the noun before it. "accused the rebels of shelling the town": a person is not "of
    doing". "the founder of Acme, Ann Lee": a person is in apposition to a person. "Writing in May, Lee called it …":
    the subject of a participle doesn't follow it. "Rome accused Paris; Paris denied it": what a semicolon parts from a
    verb is not what it reports. "criticised the arrest by police": an active verb has no doer beside its subject, so
    whom "by" names did what the object says. The commas around go along.
    """
    moves = [(i, head) for i in range(tree.n) if (head := _better(tree, i)) is not None]
    for i, head in moves:
        old = tree.head[i]
        if head == i:
            tree.dep[i] = tree.doc[i].dep_ = "parataxis"
            continue
        if tree.dep[i] == "nsubj":
            tree.dep[old] = tree.doc[old].dep_ = "advcl"
        for k in [k for k in tree.kids[old] if tree.dep[k] == "punct" and k > old and i > old]:
            _move(tree, k, head)
        _move(tree, i, head)
    if moves:
        tree.measure()
    return tree


def _move(tree: Tree, i: int, head: int) -> None:
    tree.attach(i, head)
    tree.doc[i].head = tree.doc[head]


def _better(tree: Tree, i: int) -> int | None:
    """Return the head that a token should have, itself where it should stand alone; None: all is well."""
    dep, head = tree.dep[i], tree.head[i]
    if dep == "ccomp" and i < head and any(tree.words[k] == ";" for k in range(i + 1, head)):
        return i
    if dep == "acl" and tree.tag[i] in ("VBN", "VBD") and tree.pos[head] == "NUM" and head < i - 1:
        return i - 1 if tree.pos[i - 1] in ("NOUN", "PROPN") else None
    if dep == "prep" and tree.lower[i] == "of" and tree.child(i, "pcomp") is not None and tree.dep[head] == "dobj":
        return tree.head[head] if noun_class(tree.lower[head]) in ("Person", "Group") else None
    if dep in ("prep", "agent") and tree.lower[i] == "by":
        return _done_by(tree, i, head)
    if dep == "nsubj" and tree.dep[head] == "csubj" and tree.tag[head] == "VBG" and i > head:
        return tree.head[head]
    if dep == "appos" and _is_person(tree, i) and tree.dep[head] == "pobj" and not _is_person(tree, head):
        upper = tree.head[tree.head[head]]
        return upper if tree.pos[upper] in ("NOUN", "PROPN") and noun_class(tree.lower[upper]) == "Person" else None
    return _upper(tree, i) if dep == "conj" and tree.pos[i] == "NOUN" else None


def _done_by(tree: Tree, i: int, verb: int) -> int | None:
    """Return the object of an active verb that a doer stands right behind: "announced a visit | by the Pope"."""
    doer = tree.child(i, "pobj")
    target = tree.child(verb, "dobj")
    if doer is None or target is None or tree.pos[target] != "NOUN" or tree.last[target] + 1 != i:
        return None
    if any(tree.dep[k] in ("auxpass", "nsubjpass") for k in tree.kids[verb]):
        return None
    actor = tree.doc[doer].ent_type_ in _ACTORS or noun_class(tree.lower[doer]) in _KINDS
    return target if actor else None


def _is_person(tree: Tree, i: int) -> bool:
    return bool(tree.doc[i].ent_type_ == "PERSON")


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
