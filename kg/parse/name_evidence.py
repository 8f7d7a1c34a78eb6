"""What the places where a name stands say about its class: what is beside it, what it does, what is its own."""

from collections.abc import Callable

from kg.parse.lexicons import word_set, word_table
from kg.parse.name_spans import Candidate
from kg.parse.name_words import (
    coarse,
    gender_of_first_name,
    is_demonym,
    measured,
    noun_class,
    reporting_verbs,
    singular,
)
from kg.parse.tree import Tree

Votes = dict[str, float]
Adder = Callable[[str, float], None]

_LABELS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "Group",
    "EVENT": "Event", "PRODUCT": "Other", "WORK_OF_ART": "Other", "LAW": "Other",
}  # fmt: skip
_MODIFIERS = frozenset({"amod", "compound", "nmod"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PEOPLE = (
    "s", "an", "ese", "ish", "ch", "i", "ic", "men", "man", "ene", "ite", "ist", "crat", "ine", "ot", "ek", "ab", "aq",
)  # fmt: skip


def local_votes(tree: Tree, candidate: Candidate) -> Votes:
    """The weights of the classes that the surroundings of one occurrence give: "captain | Harry Kane" → Person."""
    votes: Votes = {}

    def add(name: str, weight: float) -> None:
        votes[name] = votes.get(name, 0.0) + weight

    if candidate.label:
        doubtful = candidate.label == "NORP" and not _is_people(tree.words[candidate.end - 1])
        label = _LABELS[candidate.label]
        if candidate.end - candidate.start == 1 and is_demonym(tree.words[candidate.start]):
            label = "Group"
        add(label, 0.3 if doubtful else 1.2)
        people = tree.tag[candidate.end - 1] == "NNPS" and tree.lower[candidate.start - 1 : candidate.start] == ["the"]
        if people and candidate.end - candidate.start == 1 and candidate.label in {"PRODUCT", "NORP", "GPE"}:
            add("Group", 1.5)
    if tree.tag[candidate.end - 1] == "NNPS" and candidate.end - candidate.start > 1:
        add("Person", -1.2)  # "Cleveland Cavaliers"
        add("Organization", 0.3)
    if candidate.titled:
        add("Person", 2.5)
    head = root(tree, candidate.start, candidate.end)
    before = tree.lower[candidate.start - 1] if candidate.start else ""
    if before == "in" and singular_of(tree, candidate.start - 2) in word_set("invested.txt"):
        add("Organization", 2.5)  # "shares in Acme"
        add("Person", -1.0)
    elif before in word_set("place_prepositions.txt"):
        add("Place", 0.8)
        add("Person", -0.6)
    elif before in {"the", "a", "an"} and tree.dep[head] not in {"compound", "nmod", "poss"}:
        add("Person", -1.2)
    if in_quotes(tree, candidate) and candidate.label != "PERSON":
        add("Other", 1.5)  # a title: `her novel "The Silt Ledger"`
    for described in descriptions(tree, candidate):
        add(coarse(described), 2.0 if described in {"Other", "Facility"} else 1.6)
    if before == "of" and candidate.start > 1:
        _owned(tree.lower[candidate.start - 2], add)
    if before == "to" and tree.lemma[tree.head[candidate.start - 1]] in word_set("motion_verbs.txt"):
        add("Place", 1.5)
        add("Person", -1.0)
    _behind(tree, candidate, head, add)
    if tree.dep[head] in _SUBJECTS:
        _acting(tree, tree.head[head], add)
    return votes


def _acting(tree: Tree, verb: int, add: Adder) -> None:
    """Weigh what the name does: "X said | it would close" is a firm, "X said | she was ill" a woman."""
    lemma = tree.lemma[verb]
    if lemma in word_set("organization_verbs.txt"):
        add("Organization", 1.0)
        add("Person", -0.6)
    elif lemma in word_set("person_verbs.txt"):
        add("Person", 0.8)
    if lemma not in reporting_verbs():
        return
    clauses = [kid for kid in tree.kids[verb] if tree.dep[kid] == "ccomp" and kid > verb]
    said = {tree.lower[k] for clause in clauses for k in tree.kids[clause] if tree.dep[k] in _SUBJECTS and k > verb}
    if "it" in said:
        add("Organization", 1.2)
        add("Person", -0.4)
    else:
        add("Person", 0.6)
        add("Organization", 0.4)
    if not said.isdisjoint({"he", "she"}):
        add("Person", 0.6)


def _owned(noun: str, add: Adder) -> None:
    """Weigh what stands before the "of" before a name: "the town | of X" is a place, whatever X looks like."""
    if noun_class(noun) == "City":
        add("Place", 1.5)
    owned = word_table("of_nouns.tsv").get(singular(noun))
    if owned:
        add(owned, 1.5)


def descriptions(tree: Tree, candidate: Candidate) -> list[str]:
    """The classes of the common nouns that stand right before the name or in apposition and say what it is.

    "captain | Harry Kane" → Person, "Hitwise, a company" → Company, "the cruise ship | Aurora" → Facility.
    """
    head = root(tree, candidate.start, candidate.end)
    nouns = [k for k in tree.kids[head] if tree.dep[k] == "appos" and not candidate.start <= k < candidate.end]
    if tree.dep[head] == "appos":
        nouns.append(tree.head[head])
    if (
        tree.dep[head] == "nsubj"
        and tree.lemma[tree.head[head]] == "be"
        and not any(tree.dep[k] == "neg" for k in tree.kids[tree.head[head]])
    ):
        nouns += [k for k in tree.kids[tree.head[head]] if tree.dep[k] == "attr"]
    previous = candidate.start - 1
    if previous >= 0 and tree.words[previous].islower() and (tree.tag[previous] == "NN" or _press(tree, previous)):
        nouns.append(previous)
    elif (
        previous > 0 and tree.words[previous] == "of" and noun_class(tree.lower[previous - 1]) in {"City", "Region"}
    ) or (previous > 0 and tree.words[previous] in "\"“'‘" and tree.tag[previous - 1] == "NN"):
        nouns.append(previous - 1)
    nouns = [noun for noun in nouns if tree.pos[noun] == "NOUN" or _press(tree, noun)]
    found = [_class_beside(tree, candidate, noun) for noun in nouns]
    one = {noun_class(tree.lower[noun]) for noun in nouns if tree.tag[noun] == "NN"}
    return ["Organization" if name == "Group" and name in one else name for name in found if name]


def _class_beside(tree: Tree, candidate: Candidate, noun: int) -> str | None:
    """The class that a noun gives to a name beside it; a "contractor" is a person only with a known first name."""
    word = tree.lower[noun]
    found = word_table("works.tsv").get(word) or noun_class(word)
    kind = word_table("either.tsv").get(word)
    if found != "Person" or kind is None or gender_of_first_name(tree.words[candidate.start]):
        return found
    firm = kind == "firm" or candidate.label == "ORG" or candidate.end - candidate.start == 1
    return "Organization" if firm else None


def in_quotes(tree: Tree, candidate: Candidate) -> bool:
    """Does the name stand alone in quotation marks, an article aside?"""
    before = candidate.start - 1
    if before > 0 and tree.lower[before] in {"the", "a", "an"}:
        before -= 1
    behind = candidate.end
    if behind + 1 < tree.n and tree.words[behind] in {",", "."}:
        behind += 1
    marks = {'"', "“", "”", "``", "''"}
    return before >= 0 and behind < tree.n and tree.words[before] in marks and tree.words[behind] in marks


def _press(tree: Tree, word: int) -> bool:
    """Is this an adjective that names a paper: "the | daily | El Día"?"""
    return tree.tag[word] == "JJ" and noun_class(tree.lower[word]) == "MediaOrganization"


def singular_of(tree: Tree, index: int) -> str:
    """The lemma of a noun at `index`, "" when there is none."""
    return tree.lemma[index] if index >= 0 and tree.pos[index] == "NOUN" else ""


def _is_people(word: str) -> bool:
    """Does a word look like that of a people or its adjective: "Syrians", "French", "Jewish"?"""
    return word.lower().endswith(_PEOPLE)


def _behind(tree: Tree, candidate: Candidate, head: int, add: Adder) -> None:
    end = candidate.end
    words = tree.words
    if end + 2 < tree.n and words[end] == "," and words[end + 1].isdigit() and words[end + 2] == ",":
        add("Person", 2.0)
    if end + 1 < tree.n and words[end] in {"'s", "’s", "'"}:
        owned = tree.head[head]
        owner = word_table("owned_nouns.tsv").get(tree.lemma[owned]) if owned >= end else None
        if owner:
            add(owner, 1.6)
            add("Person" if owner == "Organization" else "Organization", -0.5)
    if tree.lower[end : end + 3] == [",", "made", "by"]:
        add("Other", 2.0)  # "Tussolan, made by Adomvale Laboratories"
    if measured(tree.lower[end : end + 6]):
        add("Place", 2.5)
        add("Person", -1.0)
    for kid in tree.kids[head]:
        if tree.dep[kid] == "relcl" and any(tree.lower[k] in {"who", "whom", "whose"} for k in tree.kids[kid]):
            add("Person", 1.6)
        if tree.dep[kid] == "relcl" and any(tree.lower[k] == "which" for k in tree.kids[kid]):
            add("Person", -1.6)
        if tree.dep[kid] == "relcl" and kid > head and any(tree.lower[k] == "where" for k in tree.kids[kid]):
            add("Place", 2.0)
    _before_noun(tree, candidate, head, add)


def _before_noun(tree: Tree, candidate: Candidate, head: int, add: Adder) -> None:
    """Weigh the common noun that the name stands before: "the Mandimba | crossing", "the Amnesty | group"."""
    owner = tree.head[head]
    if not (tree.dep[head] in {"compound", "nmod", "amod"} and tree.pos[owner] == "NOUN" and owner >= candidate.end):
        return
    add("Person", -0.5)
    if owner != candidate.end or tree.tag[owner] != "NN":
        return
    if coarse(noun_class(tree.lower[owner]) or "Person") == "Place":
        add("Place", 0.8)
        add("Person", -0.6)
    if coarse(word_table("anaphors.tsv").get(tree.lower[owner], "Place").split()[0]) == "Organization":
        add("Organization", 1.0)


def root(tree: Tree, start: int, end: int) -> int:
    """The token of start..end whose head lies outside of it; the last such."""
    for index in range(end - 1, start - 1, -1):
        if not start <= tree.head[index] < end or tree.head[index] == index:
            return index
    return end - 1


def names_people(tree: Tree, candidate: Candidate) -> bool:
    """Does a people's name stand for the people: "Syrians fled", "the French", and not "French police"?"""
    head = candidate.end - 1
    if tree.dep[head] in _MODIFIERS:
        return False
    if tree.words[head].lower().endswith(("s", "men")) and tree.tag[head] in {"NNPS", "NNS", "NNP"}:
        return True
    before = tree.lower[candidate.start - 1] if candidate.start else ""
    collective = tree.lower[head].endswith(("sh", "ch", "ese", "ss"))
    return before == "the" and collective and tree.dep[head] in {"nsubj", "nsubjpass", "dobj", "pobj"}
