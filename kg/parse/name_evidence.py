"""What the places where a name stands say about its class: what is beside it, what it does, what is its own."""

from collections.abc import Callable

from kg.parse.lexicons import word_set, word_table
from kg.parse.name_spans import Candidate
from kg.parse.name_words import coarse, demonyms, noun_class, reporting_verbs, singular
from kg.parse.tree import Tree

Votes = dict[str, float]
Adder = Callable[[str, float], None]

_LABELS = {
    "PERSON": "Person", "ORG": "Organization", "GPE": "Place", "LOC": "Place", "FAC": "Place", "NORP": "Group",
    "EVENT": "Event", "PRODUCT": "Other", "WORK_OF_ART": "Other", "LAW": "Other",
}  # fmt: skip
_KIN = frozenset(
    {"father", "mother", "son", "daughter", "brother", "sister", "wife", "husband", "widow", "parent", "family"}
)
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
        if candidate.end - candidate.start == 1 and tree.words[candidate.start] in demonyms():
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
    if before in word_set("place_prepositions.txt"):
        add("Place", 0.8)
        add("Person", -0.6)
    elif before in {"the", "a", "an"} and tree.dep[head] not in {"compound", "nmod", "poss"}:
        add("Person", -1.2)
    for described in descriptions(tree, candidate):
        add(coarse(described), 2.0 if described == "Other" else 1.6)
    if before == "of" and candidate.start > 1:
        _owned(tree.lower[candidate.start - 2], add)
    if before == "to" and tree.lemma[tree.head[candidate.start - 1]] in word_set("motion_verbs.txt"):
        add("Place", 1.5)
        add("Person", -1.0)
    _behind(tree, candidate, head, add)
    if tree.dep[head] in _SUBJECTS:
        verb = tree.lemma[tree.head[head]]
        if verb in reporting_verbs():
            add("Person", 0.6)
            add("Organization", 0.4)
        elif verb in word_set("person_verbs.txt"):
            add("Person", 0.8)
    return votes


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
    things = word_table("works.tsv")
    nouns = [noun for noun in nouns if tree.pos[noun] == "NOUN" or _press(tree, noun)]
    found = [things.get(tree.lower[noun]) or noun_class(tree.lower[noun]) for noun in nouns]
    one = {noun_class(tree.lower[noun]) for noun in nouns if tree.tag[noun] == "NN"}
    return ["Organization" if name == "Group" and name in one else name for name in found if name]


def _press(tree: Tree, word: int) -> bool:
    """Is this an adjective that names a paper: "the | daily | El Día"?"""
    return tree.tag[word] == "JJ" and noun_class(tree.lower[word]) == "MediaOrganization"


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
        if tree.lemma[owned] in _KIN and owned >= end:
            add("Person", 1.6)
    for kid in tree.kids[head]:
        if tree.dep[kid] == "relcl" and any(tree.lower[k] in {"who", "whom", "whose"} for k in tree.kids[kid]):
            add("Person", 1.6)
        if tree.dep[kid] == "relcl" and any(tree.lower[k] == "which" for k in tree.kids[kid]):
            add("Person", -1.6)
        if tree.dep[kid] == "relcl" and kid > head and any(tree.lower[k] == "where" for k in tree.kids[kid]):
            add("Place", 2.0)
    owner = tree.head[head]
    if tree.dep[head] in {"compound", "nmod", "amod"} and tree.pos[owner] == "NOUN" and owner >= end:
        add("Person", -0.5)
        if owner == end and tree.tag[owner] == "NN" and coarse(noun_class(tree.lower[owner]) or "Person") == "Place":
            add("Place", 0.8)  # "the Mandimba crossing"
            add("Person", -0.6)
        if (
            owner == end
            and tree.tag[owner] == "NN"
            and coarse(word_table("anaphors.tsv").get(tree.lower[owner], "Place").split()[0]) == "Organization"
        ):
            add("Organization", 1.0)


def root(tree: Tree, start: int, end: int) -> int:
    """The token of start..end whose head lies outside of it; the last such."""
    for index in range(end - 1, start - 1, -1):
        if not start <= tree.head[index] < end or tree.head[index] == index:
            return index
    return end - 1
