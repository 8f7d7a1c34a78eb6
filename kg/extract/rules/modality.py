"""Whether a clause says that something was so, was not, may be, is meant to be, or would be."""

from dataclasses import dataclass

from kg.extract import reporting
from kg.extract.rules.syntax import words
from kg.extract.rules.verb_forms import SUBJECTS, group, infinitive, is_verb
from kg.extract.rules.verbs import chained
from kg.model import Modality
from kg.parse.tree import Tree

_STRENGTH: dict[Modality, int] = {"asserted": 0, "intended": 1, "possible": 2, "conditional": 3}


@dataclass(frozen=True, slots=True)
class Stance:
    """Polarity and modality of a clause."""

    negated: bool = False
    modality: Modality = "asserted"

    def under(self, outer: "Stance") -> "Stance":
        """Return the stance of a clause that depends on another one: the weaker modality of the two."""
        stronger = max(self.modality, outer.modality, key=_STRENGTH.__getitem__)
        return Stance(self.negated != outer.negated, stronger)


def stance(tree: Tree, chain: tuple[int, ...]) -> Stance:
    """Return the stance of a chain of verbs, the clauses that it depends on taken into account.

    "failed to reach the coast" → negated; "may have crossed" → possible; "plans to visit" → intended; "if he had
    paid" → conditional.
    """
    found = _own(tree, chain)
    outer = _outer(tree, chain[0])
    if outer is not None:
        found = found.under(outer)
    return found


def _own(tree: Tree, chain: tuple[int, ...]) -> Stance:
    negated, modality = False, "asserted"
    for position, v in enumerate(chain):
        if _negative(tree, v):
            negated = not negated
        if position and _negating(tree, chain[position - 1]):
            negated = not negated
        modal = _modal(tree, v)
        if modal == "conditional" and _unreal(tree, v):
            negated = not negated
        if modal == "asserted" and position:
            modal = _of_complement(tree, chain[position - 1], v)
        if _STRENGTH[modal] > _STRENGTH[modality]:  # type: ignore[index]
            modality = modal
    if modality == "asserted" and _question(tree, chain[0]):
        modality = "possible"
    return Stance(negated, modality)  # type: ignore[arg-type]


def _negative(tree: Tree, v: int) -> bool:
    """Tell whether a negation, a negative subject or a negative object denies the verb."""
    negative = words("negative", "words")
    for k in group(tree, v):
        if tree.dep[k] == "neg" or (k != v and tree.lower[k] in negative):
            return True
    for k in tree.kids[v]:
        dep = tree.dep[k]
        if dep == "neg" or (dep in ("advmod", "preconj") and tree.lower[k] in negative):
            return True
        if dep in SUBJECTS or dep in ("dobj", "attr"):
            if tree.lower[k] in words("negative", "subjects"):
                return True
            if any(
                tree.dep[d] in ("det", "preconj", "cc") and tree.lower[d] in ("no", "neither") for d in tree.kids[k]
            ):
                return True  # "no camp", "neither France nor Germany"
        if dep == "advmod" and tree.lower[k] == "longer" and any(tree.lower[d] == "no" for d in tree.kids[k]):
            return True
        if dep == "acomp" and any(tree.dep[d] == "neg" for d in tree.kids[k]):
            return True
        if dep == "advmod" and tree.lower[k] == "yet" and tree.lemma[v] in ("have", "be") and chained(tree, v):
            return True  # "has yet to sign"
    return False


def _negating(tree: Tree, v: int) -> bool:
    particle = tree.child(v, "prt")
    lemma = tree.lemma[v] if particle is None else f"{tree.lemma[v]} {tree.lower[particle]}"
    return lemma in words("negative", "verbs")


def _modal(tree: Tree, v: int) -> Modality:
    for k in group(tree, v):
        if tree.dep[k] == "aux" and tree.tag[k] == "MD":
            if tree.lower[k] in words("modal", "possible"):
                return "possible"
            return "conditional" if _counterfactual(tree, v, k) else "intended"
    if any(tree.dep[k] == "advmod" and tree.lower[k] in words("hedge", "adverbs") for k in tree.kids[v]):
        return "possible"
    if tree.lower[v] == "going" and any(tree.dep[k] == "xcomp" for k in tree.kids[v]):
        return "intended"
    return "asserted"


def _counterfactual(tree: Tree, v: int, modal: int) -> bool:
    """Tell whether "would" speaks of what was not: "would have crossed"; "would pay if …"."""
    if tree.lower[modal] not in ("would", "'d"):
        return False
    has = any(tree.dep[k] == "aux" and tree.lower[k] == "have" for k in tree.kids[v])
    conditions = words("condition", "marks")
    return has or any(
        tree.dep[k] == "advcl" and any(tree.dep[m] == "mark" and tree.lower[m] in conditions for m in tree.kids[k])
        for k in tree.kids[v]
    )


def _unreal(tree: Tree, v: int) -> bool:
    """Tell whether a clause says what would have been, so that it was not: "the port would have closed"."""
    lower = {tree.lower[k] for k in group(tree, v) if tree.dep[k] == "aux"}
    return bool(lower & {"would", "'d", "could", "might"}) and "have" in lower


def _of_complement(tree: Tree, governor: int, v: int) -> Modality:
    """Return what a verb or adjective makes of its infinitive: "plans to", "managed to", "is likely to"."""
    lemma = tree.lemma[governor]
    doubtful = words("doubtful", "words")
    acomp = tree.child(governor, "acomp")
    if lemma in doubtful or (acomp is not None and tree.lemma[acomp] in doubtful):
        return "possible"
    if lemma in words("implicative", "verbs") or _negating(tree, governor):
        return "asserted"
    return "intended" if infinitive(tree, v) else "asserted"


def _outer(tree: Tree, v: int) -> Stance | None:
    """Return the stance that the surroundings of a clause give it; None where it stands on its own."""
    dep, head = tree.dep[v], tree.head[v]
    conditions = words("condition", "marks")
    if dep == "conj" and is_verb(tree, head):
        own = any(tree.dep[k] in SUBJECTS for k in tree.kids[v])
        to = any(tree.dep[k] == "aux" for k in tree.kids[v])
        inherited = _outer(tree, head)
        if not own and not to:
            shared = _modal(tree, head)
            inherited = Stance(False, shared).under(inherited or Stance())
        return inherited
    if _inverted(tree, v) or any(tree.dep[k] == "mark" and tree.lower[k] in conditions for k in tree.kids[v]):
        unreal = dep == "advcl" and tree.pos[head] in ("VERB", "AUX") and _unreal(tree, head)
        return Stance(unreal and any(tree.lower[k] == "had" for k in group(tree, v)), "conditional")
    if dep == "xcomp" and tree.dep[head] == "acomp":
        return Stance(False, _of_complement(tree, tree.head[head], v))
    if dep in ("xcomp", "ccomp") and is_verb(tree, head):
        return _complement_stance(tree, v, head)
    if dep in ("advcl", "acl", "relcl", "csubj", "pcomp") and infinitive(tree, v):
        purpose = dep == "advcl" and is_verb(tree, head) and head < v
        return Stance(purpose and _negative(tree, head), "intended")  # "did not come | to beg"
    if dep == "pcomp" and tree.lower[head] == "from" and tree.lemma[tree.head[head]] in words("negative", "preventing"):
        return Stance(True)
    if dep == "pcomp" and tree.lemma[tree.head[head]] in words("proven", "words"):
        return stance(tree, (governor,)) if (governor := _clause_above(tree, v)) is not None else None
    if dep == "pcomp" and tree.lower[head] in ("for", "of", "against", "without"):
        return Stance(False, "possible")
    if dep == "pcomp" and tree.lower[head] in ("before", "after", "by", "while") and is_verb(tree, tree.head[head]):
        outer = stance(tree, (tree.head[head],))
        return Stance(False, outer.modality)  # "is to fly past Earth before | going into orbit"
    if dep in ("acl", "ccomp", "relcl") and _claimed(tree, v):
        return Stance(False, "possible")
    if dep == "advcl":
        governor = _clause_above(tree, v)
        if governor is not None:
            outer = stance(tree, (governor,))
            return Stance(False, outer.modality) if outer.modality != "asserted" else None
    return None


def _clause_above(tree: Tree, v: int) -> int | None:
    return next((a for a in tree.ancestors(v) if is_verb(tree, a)), None)


def _claimed(tree: Tree, v: int) -> bool:
    """Tell whether a clause says what a noun only claims or fears: "rumours | that the vaccine causes harm"."""
    noun = tree.head[v]
    that = next((k for k in tree.kids[v] if tree.lower[k] == "that" and noun < k < v), None)
    if that is None or tree.dep[that] in SUBJECTS:
        return False
    whole = tree.dep[that] == "mark" or sum(tree.dep[k] == "dobj" for k in tree.kids[v]) > 1
    return whole and tree.pos[noun] == "NOUN" and tree.lemma[noun] in words("doubtful", "nouns")


def _inverted(tree: Tree, v: int) -> bool:
    """Tell whether a clause is a condition by its order: "Had the army intervened, …"."""
    subject = tree.child(v, "nsubj", "nsubjpass")
    first = tree.child(v, "aux", "auxpass")
    if tree.dep[v] != "advcl" or subject is None or first is None or not first < subject:
        return False
    return tree.lower[first] in ("had", "should", "were") and v < tree.head[v]


def _complement_stance(tree: Tree, v: int, head: int) -> Stance:
    own = _of_complement(tree, head, v)
    to = infinitive(tree, v)
    outer = stance(tree, (head,)) if to or tree.dep[v] == "xcomp" else Stance()
    if not to and tree.dep[v] == "ccomp":
        doubtful = tree.lemma[head] in words("doubtful", "words") - words("opinion", "verbs")
        own = "possible" if doubtful else "asserted"
    row = reporting.words().get((tree.lemma[head], "verb"))
    denied = row is not None and "negative" in row.marks and not to
    if to and tree.lemma[head] in words("implicative", "verbs"):
        denied = outer.negated  # "did not come into politics | to beg"
    return Stance(denied, own).under(Stance(False, outer.modality))


def _question(tree: Tree, v: int) -> bool:
    """Tell whether the sentence asks."""
    start, end = tree.sentence(v)
    return any(tree.words[i] == "?" for i in range(max(start, end - 3), end))
