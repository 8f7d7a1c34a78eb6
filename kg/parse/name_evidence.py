"""What the places where a name stands say about its class: what is beside it, what it does, what is its own."""

from collections.abc import Callable

from kg.parse.lexicons import word_set, word_table
from kg.parse.name_descriptions import Votes, descriptions, root
from kg.parse.name_spans import Candidate
from kg.parse.name_words import (
    coarse,
    is_demonym,
    measured,
    noun_class,
    reporting_verbs,
    singular,
)
from kg.parse.tree import Tree

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
        if candidate.label == "NORP" and tree.tag[candidate.end - 1] == "JJ":
            add("Group", 2.0)  # "a Roman Catholic nun"
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
    if before in word_set("directions.txt") and tree.words[candidate.start - 1].islower():
        add("Place", 1.5)  # "northern Evia"
        add("Person", -1.0)
    _titled_work(tree, candidate, add)
    if before == "of" and candidate.start > 1:
        _owned(tree.lower[candidate.start - 2], add)
    if before == "to" and tree.lemma[tree.head[candidate.start - 1]] in word_set("motion_verbs.txt"):
        add("Place", 1.5)
        add("Person", -1.0)
    _behind(tree, candidate, head, add)
    if tree.dep[head] in _SUBJECTS:
        _acting(tree, tree.head[head], add)
    return votes


def _titled_work(tree: Tree, candidate: Candidate, add: Adder) -> None:
    """Weigh signs of the title of a work: `her novel "The Silt Ledger"`, "The Silt Ledger (1967)"."""
    if candidate.label == "PERSON" or descriptions(tree, candidate):
        return
    start, end = candidate.start, candidate.end
    titled = tree.words[start - 1] in {"The", "A", "An"} and start > 1
    if in_quotes(tree, candidate):
        add("Other", 4.0 if titled and end - start > 1 else 1.5)
    year = tree.words[end : end + 3]
    if end - start > 1 and year[:1] == ["("] and year[2:] == [")"] and year[1].isdigit() and len(year[1]) == 4:
        add("Other", 4.0 if titled else 1.5)


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
