"""Who or what a verb is said of: its own subject, or one that it inherits."""

from typing import Literal

from kg.extract import reporting
from kg.extract.rules.phrases import VERBAL
from kg.extract.rules.syntax import words
from kg.extract.rules.verb_forms import SUBJECTS, infinitive, is_verb, passive
from kg.parse.name_words import noun_class
from kg.parse.tree import Tree

Kind = Literal["own", "inherited", "relative", "participle", "control"]


def subjects(tree: Tree, v: int, depth: int = 0) -> tuple[list[int], Kind]:
    """Return the heads of the subjects of a verb, its own or inherited, and how they were found.

    "police arrested and questioned the boy": questioned → police; "asked them to leave": leave → them.
    """
    own = [k for k in tree.kids[v] if tree.dep[k] in SUBJECTS and tree.dep[k] != "expl"]
    if own:
        return _antecedents(tree, v, own)
    if depth > 6:
        return [], "own"
    head, dep = tree.head[v], tree.dep[v]
    if dep == "conj" and is_verb(tree, head) and _coordinated(tree, v):
        found, kind = subjects(tree, head, depth + 1)
        return found, "relative" if kind == "relative" else "inherited"
    if dep == "xcomp" and tree.dep[head] == "acomp" and tree.lemma[head] not in words("tough", "adjectives"):
        return subjects(tree, tree.head[head], depth + 1)[0], "control"
    if dep == "xcomp" and tree.pos[head] in VERBAL:
        controlled = tree.child(head, "dobj") or tree.child(head, "dative") or _called_on(tree, head, v)
        if controlled is not None and controlled < v and tree.pos[controlled] != "ADP":
            return [controlled], "control"
        return subjects(tree, head, depth + 1)[0], "control"
    if dep == "advcl" and (tree.tag[v] in ("VBG", "VBN") or infinitive(tree, v)):
        return subjects(tree, head, depth + 1)[0], "inherited"
    if dep == "pcomp" and tree.tag[v] == "VBG":
        return _of_gerund(tree, v, depth)
    if dep == "acl" and tree.tag[v] in ("VBG", "VBN", "VBD"):
        return [head], "participle"
    return ([head], "relative") if dep == "relcl" and tree.pos[head] in ("NOUN", "PROPN") else ([], "own")


def _of_gerund(tree: Tree, v: int, depth: int) -> tuple[list[int], Kind]:
    """Return the subject of a gerund after a preposition of the clause: "after leaving the group, he was arrested"."""
    preposition = tree.head[v]
    governor = tree.head[preposition]
    if tree.pos[governor] == "ADJ" and tree.dep[governor] in ("acomp", "oprd"):
        judged = tree.child(tree.head[governor], "dobj") if tree.dep[governor] == "oprd" else None
        return (
            ([judged], "control")
            if judged is not None
            else (subjects(tree, tree.head[governor], depth + 1)[0], "control")
        )
    if preposition == governor or not is_verb(tree, governor) or tree.lemma[governor] == "be":
        return [], "own"
    if tree.lower[preposition] == "by" and passive(tree, governor):
        return [], "own"  # "was caused by mixing up labels": not what was caused mixes
    kept = tree.child(governor, "dobj")
    row = reporting.words().get((tree.lemma[governor], "verb"))
    accused = row is not None and "of" in row.frames and tree.lower[preposition] in ("of", "for")
    kept_from = tree.lower[preposition] == "from" and tree.lemma[governor] in words("negative", "preventing")
    blamed = (
        tree.lower[preposition] == "for" and kept is not None and noun_class(tree.lower[kept]) in ("Person", "Group")
    )
    named = (
        tree.lower[preposition] == "for" and kept is not None and tree.doc[kept].ent_type_ in ("PERSON", "ORG", "NORP")
    )
    if kept is not None and (accused or kept_from or blamed or named):
        return [kept], "control"
    return subjects(tree, governor, depth + 1)[0], "inherited"


def _coordinated(tree: Tree, v: int) -> bool:
    """Tell whether a conjunction stands in the row that a verb is coordinated in: not "the deal, signed the bill"."""
    h = v
    while tree.dep[h] == "conj":
        h = tree.head[h]
    return any(tree.dep[k] == "cc" for w in tree.conjuncts(h) for k in tree.kids[w])


def _called_on(tree: Tree, v: int, verb: int) -> int | None:
    """Return whom a verb of asking turns to with a preposition: "called on | the government | to block the deal"."""
    if (tree.lemma[v], "verb") not in reporting.words() or not infinitive(tree, verb):
        return None
    for k in tree.kids[v]:
        if tree.dep[k] == "prep" and v < k < verb and tree.lower[k] in ("on", "upon", "to"):
            return tree.child(k, "pobj")
    return None


def _antecedents(tree: Tree, v: int, own: list[int]) -> tuple[list[int], Kind]:
    """Put the noun that a relative clause hangs on in the place of "who" and "which"."""
    found: list[int] = []
    kind: Kind = "own"
    for s in own:
        clause = v
        while tree.dep[clause] == "conj" and is_verb(tree, tree.head[clause]):
            clause = tree.head[clause]
        relative = tree.tag[s] in ("WDT", "WP") or (tree.lower[s] == "that" and tree.pos[s] == "PRON")
        if relative and tree.dep[clause] == "relcl":
            found.append(tree.head[clause])
            kind = "relative"
        else:
            found.append(s)
    return found, kind
