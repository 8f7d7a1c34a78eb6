"""What `repair` puts right around nouns: titles, appositions, coordinated nouns, relative clauses.

A rule returns the right head and label of a token, or None.
"""

from collections.abc import Callable

from kg.parse.name_words import is_title, noun_class
from kg.parse.tree import Tree

Rule = Callable[[Tree, int], tuple[int, str] | None]

SUBJECTS = ("nsubj", "nsubjpass")
NOMINAL = ("NOUN", "PROPN")
KINDS = frozenset({
    "Person", "Group", "Organization", "GovernmentBody", "SecurityForce", "Company", "NGO", "PoliticalParty",
    "InternationalOrganization", "MediaOrganization",
})  # fmt: skip
PLACES = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME"})


def title_of(tree: Tree, i: int) -> int | None:
    """Return the title that a name hangs on, though it is the head: "commander Vice Admiral | Quiambao said".

    Also that of two titles with one article ("the singer and composer | Ann Lee").
    """
    if not is_person(tree, i) or tree.pos[i] != "PROPN" or tree.sentence(i)[0] == tree.first[i]:
        return None
    dep, title, before = tree.dep[i], tree.head[i], tree.first[i] - 1
    if dep == "appos" and title == before:
        return title if _titles(tree, title) and tree.head[title] != i else None
    if dep == "conj" and title < before and tree.dep[before] == "cc" and _titles(tree, title):
        return title if noun_class(tree.lower[tree.first[i]]) == "Person" and tree.tag[title] == "NN" else None
    return None


def _titles(tree: Tree, i: int) -> bool:
    if any(tree.dep[k] == "poss" for k in tree.kids[i]):
        return False  # "his father | Ali Khan" is an apposition
    return not is_person(tree, i) and (is_title(tree.words[i]) or noun_class(tree.lower[i]) == "Person")


def participle_of_number(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "around 800 in the camp | dismantled": a bare number has no participle, the noun before it has."""
    head = tree.head[i]
    if tree.tag[i] in ("VBN", "VBD") and tree.pos[head] == "NUM" and head < i - 1 and tree.pos[i - 1] in NOMINAL:
        return i - 1, "acl"
    return None


def person_beside_place(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "At a school in Nacala, nurse Abdala said …": a place is no person, and the verb needs a subject."""
    head = tree.head[i]
    if not is_person(tree, i) or tree.doc[head].ent_type_ not in PLACES:
        return None
    for verb in tree.ancestors(head):
        bare = tree.tag[verb] in ("VBD", "VBZ", "VBP") and not any(tree.dep[k] in SUBJECTS for k in tree.kids[verb])
        if bare and i < verb:
            return verb, "nsubj"
    return None


def person_beside_role(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "the founder of Acme, | Ann Lee": a person is in apposition to a person."""
    head = tree.head[i]
    if not is_person(tree, i) or tree.dep[head] != "pobj" or is_person(tree, head):
        return None
    upper = tree.head[tree.head[head]]
    if noun_class(tree.lower[head]) == "Person":
        return None
    return (upper, "appos") if tree.pos[upper] in NOMINAL and noun_class(tree.lower[upper]) == "Person" else None


def role_of_person(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Ann Lee, D-Ariz., | chairman of the panel": a role is a person's, not that of what stands between."""
    head = tree.head[i]
    if tree.pos[i] != "NOUN" or noun_class(tree.lower[i]) != "Person" or tree.dep[head] != "appos":
        return None
    upper = tree.head[head]
    between = is_person(tree, head) or noun_class(tree.lower[head]) in KINDS
    return (upper, "appos") if is_person(tree, upper) and not between else None


def person_beside_person(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "Lyon and the trade minister, | Ann Lee": a name goes with the role before it, not with a name."""
    head = tree.head[i]
    if not is_person(tree, i) or not is_person(tree, head):
        return None
    for k in tree.conjuncts(head)[1:]:
        role = tree.pos[k] == "NOUN" and noun_class(tree.lower[k]) == "Person" and not is_person(tree, k)
        if role and head < k < i and tree.words[tree.first[i] - 1] == ",":
            return k, "appos"
    return None


def _called_before(tree: Tree, i: int) -> int | None:
    """Return the noun for an actor or place that stands right before a name: "the newspaper | Le Monde"."""
    before = tree.first[i] - 1
    called = before >= 0 and tree.pos[i] == "PROPN" and tree.pos[before] == "NOUN"
    return before if called and noun_class(tree.lower[before]) is not None else None


def name_behind_noun(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "chairman of the exporters' association | Frutasur": a name without a comma names the noun before it."""
    before, head = _called_before(tree, i), tree.head[i]
    return (before, "appos") if before is not None and before > head and head in tree.ancestors(before) else None


def name_of_object(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "told the broadcaster | TV Nord that …": a name right behind an object names it."""
    before = _called_before(tree, i)
    beside = before is not None and tree.dep[before] == "dobj" and tree.head[before] == tree.head[i]
    return (before, "appos") if before is not None and beside else None


def name_of_subject(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "a letter in the newspaper | Le Monde accused …": of two subjects the second names the noun before it."""
    before = _called_before(tree, i)
    if before is None:
        return None
    rivals = [k for k in tree.kids[tree.head[i]] if tree.dep[k] in SUBJECTS and k < before]
    return (before, "appos") if any(k in tree.ancestors(before) for k in rivals) else None


def role_with_role(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "the head of the region and | mayor of Calais": persons are coordinated with persons."""
    lower = tree.head[i]
    preposition = tree.head[lower]
    if tree.pos[i] != "NOUN" or tree.dep[lower] != "pobj" or tree.dep[preposition] != "prep":
        return None
    if tree.pos[lower] != "NOUN" or noun_class(tree.lower[i]) != "Person":
        return None
    if noun_class(tree.lower[lower]) in (None, "Person", "Group"):
        return None
    upper = tree.head[preposition]
    return (upper, "conj") if tree.pos[upper] == "NOUN" and noun_class(tree.lower[upper]) == "Person" else None


def participle_with_participle(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "a campaign, financed by Gavi and | run by the ministry": a participle goes with one, not with a noun."""
    noun = tree.head[i]
    participle = tree.tag[i] in ("VBN", "VBD") or tree.child(i, "agent") is not None
    if tree.pos[noun] not in NOMINAL or not participle or tree.pos[i] != "VERB":
        return None
    before = [k for k in tree.kids[noun] if tree.dep[k] == "acl" and tree.tag[k] == "VBN" and noun < k < i]
    return (before[-1], "conj") if before else None


def who_is_a_person(tree: Tree, i: int) -> tuple[int, str] | None:
    """Mend "a photographer for the daily El Día, | who was struck": "who" is the person, not what it belongs to."""
    head = tree.head[i]
    subject = tree.child(i, *SUBJECTS)
    thing = tree.doc[head].ent_type_ in {*PLACES, "ORG", "EVENT", "PRODUCT", "WORK_OF_ART"}
    if subject is None or tree.lower[subject] != "who" or not thing or tree.dep[head] != "pobj":
        return None
    upper = tree.head[tree.head[head]]
    person = tree.pos[upper] in NOMINAL and noun_class(tree.lower[upper]) in ("Person", "Group")
    return (upper, "relcl") if person or is_person(tree, upper) else None


def is_person(tree: Tree, i: int) -> bool:
    """Tell whether the tagger took a token for part of a person's name."""
    return bool(tree.doc[i].ent_type_ == "PERSON")


NOUN_RULES: dict[str, tuple[Rule, ...]] = {
    "acl": (participle_of_number,),
    "appos": (person_beside_place, role_of_person, person_beside_role, person_beside_person, name_behind_noun),
    "dobj": (name_of_object,),
    "nsubj": (name_of_subject,),
    "conj": (role_with_role, participle_with_participle),
    "relcl": (who_is_a_person,),
}
"""The rules by the label that the parser gave."""
