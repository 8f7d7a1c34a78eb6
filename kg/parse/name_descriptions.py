"""What nouns beside a name say that it is: in apposition, right before it, behind "is", behind it."""

from kg.parse.lexicons import word_table
from kg.parse.name_spans import Candidate
from kg.parse.name_words import coarse, gender_of_first_name, noun_class
from kg.parse.tree import Tree

Votes = dict[str, float]

_WEIGHTS = {"Other": 3.2, "Facility": 2.6}
_MODIFIERS = frozenset({"amod", "compound", "nmod"})


def described_votes(tree: Tree, candidate: Candidate) -> Votes:
    """The weights that nouns beside one occurrence give: "the Stella Nova, | a ship" → Place."""
    votes: Votes = {}
    for described in descriptions(tree, candidate):
        name = coarse(described)
        votes[name] = votes.get(name, 0.0) + _WEIGHTS.get(described, 1.6)
        if name == "Organization":
            votes["Person"] = votes.get("Person", 0.0) - 0.6
    return votes


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
    nouns += _before_comma(tree, candidate)
    nouns = [noun for noun in dict.fromkeys(nouns) if tree.pos[noun] == "NOUN" or _press(tree, noun)]
    found = [_class_beside(tree, candidate, noun) for noun in nouns]
    one = {noun_class(tree.lower[noun]) for noun in nouns if tree.tag[noun] == "NN"}
    return ["Organization" if name == "Group" and name in one else name for name in found if name]


def holders(tree: Tree, candidate: Candidate) -> list[str]:
    """The class of the noun right behind the name that says what it is: "the National Accord | party"."""
    head = root(tree, candidate.start, candidate.end)
    owner = tree.head[head]
    if tree.dep[head] not in _MODIFIERS or owner != candidate.end or tree.tag[owner] != "NN":
        return []
    called = word_table("anaphors.tsv").get(tree.lower[owner], "Place").split()
    return called if len(called) == 1 and coarse(called[0]) == "Organization" else []


def _class_beside(tree: Tree, candidate: Candidate, noun: int) -> str | None:
    """The class that a noun gives to a name beside it; a "contractor" is a person only with a known first name."""
    word = tree.lower[noun]
    found = word_table("works.tsv").get(word) or noun_class(word)
    kind = word_table("either.tsv").get(word)
    if found != "Person" or kind is None or gender_of_first_name(tree.words[candidate.start]):
        return found
    firm = kind == "firm" or candidate.label == "ORG" or candidate.end - candidate.start == 1
    return "Organization" if firm else None


def _before_comma(tree: Tree, candidate: Candidate) -> list[int]:
    """The noun in "a freight | company|, Tirrena Scali, whose owner …", whatever the parser makes of it.

    Only for firms, bodies and towns, and not behind a preposition that begins the sentence: "At the agency, Lee, …".
    """
    noun = candidate.start - 2
    start, _ = tree.sentence(candidate.start)
    if (
        noun <= start
        or tree.words[noun + 1] != ","
        or tree.words[candidate.end : candidate.end + 1] not in ([","], ["."])
    ):
        return []
    if tree.tag[noun] != "NN" or gender_of_first_name(tree.words[candidate.start]):
        return []
    found = noun_class(tree.lower[noun])
    first = next(
        (i for i in range(noun - 1, max(start, noun - 5) - 1, -1) if tree.lower[i] in {"a", "an", "the"}), None
    )
    if found is None or coarse(found) not in {"Organization", "Place"} or first is None:
        return []
    return [] if tree.pos[start] == "ADP" and first - start < 2 else [noun]


def _press(tree: Tree, word: int) -> bool:
    """Is this an adjective that names a paper: "the | daily | El Día"?"""
    return tree.tag[word] == "JJ" and noun_class(tree.lower[word]) == "MediaOrganization"


def root(tree: Tree, start: int, end: int) -> int:
    """The token of start..end whose head lies outside of it; the last such."""
    for index in range(end - 1, start - 1, -1):
        if not start <= tree.head[index] < end or tree.head[index] == index:
            return index
    return end - 1
