"""Names that spaCy cut: the rest of "Mutale | Chisanda", "Burkina | Faso", "Social | Democrats" taken in.

spaCy's names end early where it does not know a word. What hangs on a name as a part of it by grammar, and is a proper
noun that means nothing else, belongs to it.
"""

from collections.abc import Sequence
from dataclasses import replace

from kg.parse.lexicons import word_set, word_table
from kg.parse.name_spans import Candidate, is_capital
from kg.parse.name_words import (
    Gazetteer,
    gender_of_first_name,
    is_demonym,
    is_title,
    is_title_modifier,
    joined,
    known_organization,
    noun_class,
    organization_class,
    place_class,
)
from kg.parse.tree import Tree

_PARTS = frozenset({"compound", "nmod", "flat"})
_LABELS = frozenset({"PERSON", "GPE", "LOC", "NORP", "ORG"})

# So many words the full name of a person has at most.
_LONGEST = 4


def grown(tree: Tree, candidates: Sequence[Candidate], gazetteer: Gazetteer) -> list[Candidate]:
    """The candidates, those that are cut in full: "Osaretin" of "Professor Osaretin Ighodaro" → both words."""
    taken = {i for c in candidates for i in range(c.start, c.end)}
    found = []
    for candidate in candidates:
        start, end = candidate.start, candidate.end
        if candidate.label in _LABELS and end - start == 1 and not known_organization(tree.words[start:end]):
            start = _before(tree, candidate, taken)
            end = _behind(tree, candidate, taken, gazetteer) if start == candidate.start else end
        found.append(replace(candidate, start=start, end=end))
    return found


def full_names(tree: Tree, free: Sequence[bool], gazetteer: Gazetteer) -> list[Candidate]:
    """Known first names with the proper nouns that they hang on, where spaCy has no name: "Isabel Navarro Ruiz"."""
    found = []
    for index in range(tree.n - 1):
        if not (free[index] and gender_of_first_name(tree.words[index]) and tree.dep[index] in _PARTS):
            continue
        end = index
        while end < tree.n and free[end] and tree.tag[end] in {"NNP", "NNPS"}:
            end += 1
        last = end - 1
        whole = all(_is_part(tree, i) for i in range(index, end)) and (
            end >= tree.n or tree.tag[end] not in {"NNP", "NNPS"}
        )
        parts = all(tree.head[i] == last and tree.dep[i] in _PARTS for i in range(index, last))
        begins = index == 0 or not (free[index - 1] and _is_part(tree, index - 1))
        fits = whole and parts and begins and 2 <= end - index <= _LONGEST
        if fits and not gazetteer.candidates(joined(tree.words[index:end])):
            found.append(Candidate(index, end, ""))
    return found


def _before(tree: Tree, candidate: Candidate, taken: set[int]) -> int:
    """The start of a person's or party's name with what stands before it: "Mutale | Chisanda"."""
    start = candidate.start
    first = start - 1
    if candidate.label not in {"PERSON", "NORP", "ORG"} or first < 0 or first in taken or candidate.titled:
        return start
    if not (_is_part(tree, first) and tree.dep[first] in _PARTS and tree.head[first] == start):
        return start
    if candidate.label == "NORP":
        return first if tree.tag[start] == "NNPS" else start
    if candidate.label == "ORG" and not gender_of_first_name(tree.words[first]):
        return start
    alone = first == 0 or not _is_part(tree, first - 1)
    return first if alone and tree.sent[first] == tree.sent[start] else start


def _behind(tree: Tree, candidate: Candidate, taken: set[int], gazetteer: Gazetteer) -> int:
    """The end of a person's or place's name with what stands behind it: "Burkina | Faso", "Osaretin | Ighodaro"."""
    end = candidate.end
    last = end - 1
    if end >= tree.n or end in taken or not _is_part(tree, end) or tree.sent[end] != tree.sent[last]:
        return end
    if tree.dep[last] not in _PARTS or tree.head[last] != end:
        return end
    if candidate.label == "PERSON":
        return end + 1 if not organization_class(tree.words[last : end + 1]) else end
    whole = gazetteer.candidates(joined(tree.words[last : end + 1]))
    unknown = not gazetteer.candidates(tree.words[last]) and not is_demonym(tree.words[last])
    return end + 1 if candidate.label in {"GPE", "LOC"} and (whole or unknown) else end


def _is_part(tree: Tree, index: int) -> bool:
    """Is this a proper noun that is no title, people, month or common noun, so that it is a part of a name?"""
    word = tree.words[index]
    return (
        tree.tag[index] in {"NNP", "NNPS"}
        and is_capital(word)
        and word[1:].islower()
        and word.isalpha()
        and not (is_title(word) or is_title_modifier(word) or is_demonym(word) or known_organization((word,)))
        and word not in word_set("not_names.txt")
        and (gender_of_first_name(word) is not None or not _common(word))
    )


def _common(word: str) -> bool:
    """Is it a noun for people, bodies or places: "Striker", "Ministry", "Road"?"""
    low = word.lower()
    return noun_class(low) is not None or low in word_table("organizations.tsv") or bool(place_class(("X", word)))
