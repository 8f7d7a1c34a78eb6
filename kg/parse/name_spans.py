"""Where a name begins and ends: titles, articles, possessives, hyphens, line ends, foreign words."""

from collections.abc import Sequence
from dataclasses import dataclass

from kg.parse.lexicons import word_set
from kg.parse.name_words import KEPT_TITLES, gender_of_first_name, is_title, is_title_modifier, noun_class
from kg.parse.tree import Tree

_EDGE = frozenset("\"'“”‘’`«»()[],;:-–—…/|*") | {"''", "``", "--", "...", "."}
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"})
_HYPHENS = frozenset("-–‑")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens start..end (exclusive) that may be a name, with spaCy's label ("" when spaCy did not find it)."""

    start: int
    end: int
    label: str
    titled: bool = False


def glued(tree: Tree, left: int) -> bool:
    """Is there no white space between token `left` and the next one?"""
    return 0 <= left < tree.n - 1 and tree.end[left] == tree.start[left + 1]


def is_capital(word: str) -> bool:
    """Does `word` begin as a name does: "Calais", "al-Shabaab" no, "iPhone" no?"""
    return word[:1].isupper()


def clean(tree: Tree, start: int, end: int, label: str) -> Candidate | None:
    """The name in tokens start..end, or None when nothing of it is one.

    "Interior Minister Gerald Darmanin" → "Gerald Darmanin", "the United Nations'" → "United Nations". A line end and an
    opening bracket end a name.
    """
    end = _cut(tree, start, end)
    start, end = _trim(tree, start, end)
    while (
        end - start > 1 and end < tree.n and tree.words[end] == ":" and tree.words[end - 1] in word_set("not_names.txt")
    ):
        end -= 1
    titled = False
    if label in ("PERSON", "ORG", "GPE", "NORP", "") and end - start > 1:
        begin = skip_titles(tree, start, end, person=label == "PERSON")
        titled = begin > start
        start = begin
        if (
            label == "PERSON"
            and end - start > 2
            and _describes(tree.words[start])
            and gender_of_first_name(tree.words[start + 1])
        ):
            start += 1
    elif end - start == 1 and is_title(tree.words[start]) and label in ("PERSON", "ORG", "PRODUCT", "WORK_OF_ART"):
        return None
    while end - start > 2 and label in ("PERSON", "ORG", "") and tree.words[end - 1] in word_set("postnominals.txt"):
        end -= 1
    start, end = _trim(tree, start, end)
    if end <= start:
        return None
    start, end = _grow_hyphens(tree, start, end)
    end = grow_foreign(tree, start, end)
    if not any(is_capital(word) or word[:1].isdigit() for word in tree.words[start:end]):
        return None
    if all(not word[:1].isalpha() for word in tree.words[start:end]):
        return None
    return Candidate(start, end, label, titled or before_is_title(tree, start))


def split(tree: Tree, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a span that spaCy ran together.

    "Rathbun the Senate" → "Rathbun", "Senate"; "Volunteer organization Comic Corps" → "Comic Corps"; "Critics of
    Smith" → "Smith".
    """
    words = tree.words
    for index in range(start + 1, end - 1):
        word = words[index]
        if word == "the" and is_capital(words[index - 1]) and is_capital(words[index + 1]):
            return [(start, index), *split(tree, index + 1, end)]
        common = word.islower() and tree.tag[index] == "NN" and noun_class(word) and is_capital(words[index + 1])
        if common and words[index - 1] not in {"of", "and", "for", "de"}:
            return split(tree, index + 1, end)
    plural = (
        end - start > 2
        and words[start + 1] == "of"
        and tree.tag[start] in {"NNS", "NN"}
        and tree.sentence(start)[0] >= start - 1
    )
    if plural and noun_class(words[start].lower()) in {"Person", "Group"}:
        return split(tree, start + 2, end)
    return [(start, end)]


def before_is_title(tree: Tree, start: int) -> bool:
    """Does a title stand right before token `start`: "Minister | Darmanin"?"""
    if start == 0 or not is_title(tree.words[start - 1]) or "\n" in tree.words[start - 1]:
        return False
    word = tree.words[start - 1]
    if word.islower():
        return tree.pos[start - 1] in {"NOUN", "PROPN"} and noun_class(word) == "Person"
    return True


def skip_titles(tree: Tree, start: int, end: int, *, person: bool) -> int:
    """The first token of start..end behind the titles before a person's name, `start` when there are none.

    "former Deputy Prime Minister John Smith" → "John". "Dean Smith" keeps "Dean": a title that is a first name too
    counts only when a name of two words is left. "Prince Harry" and "Pope Francis" keep their titles.
    """
    while tree.words[start] in word_set("honorifics.txt") and start + 1 < end and is_capital(tree.words[start + 1]):
        start += 1
        person = True
    position = start
    seen = -1
    while position < end:
        word = tree.words[position]
        if is_title(word):
            seen = position
        elif not (is_title_modifier(word) or word in {"of", "and", "-", "for"}) or (
            word in {"of", "and", "for"} and seen < 0
        ):
            break
        position += 1
    if seen < 0 or seen + 1 >= end:
        return start
    if not person and not tree.words[seen].endswith(".") and not _looks_personal(tree, seen + 1, end):
        return start
    last = tree.words[seen]
    left = end - seen - 1
    if last in KEPT_TITLES:
        return seen if left <= 2 else seen + 1
    if seen == start and left == 1 and gender_of_first_name(last):
        return start
    return seen + 1


def _describes(word: str) -> bool:
    """Is a capitalised word before a first name a description of the person: "Scientist Marie Curie", "Democrat"?"""
    return gender_of_first_name(word) is None and (
        noun_class(word.lower()) == "Person" or word.endswith(("ist", "ian", "crat"))
    )


def _looks_personal(tree: Tree, start: int, end: int) -> bool:
    return gender_of_first_name(tree.words[start]) is not None and 1 < end - start <= 4


def _cut(tree: Tree, start: int, end: int) -> int:
    depth = 0
    for index in range(start, end):
        word = tree.words[index]
        if "\n" in word or word in {"|", ";"}:
            return index
        if word in "([":
            if not any(other in ")]" for other in tree.words[index:end]) or index > start:
                return index
            depth += 1
        elif word in ")]":
            if not depth:
                return index
            depth -= 1
    return end


def _trim(tree: Tree, start: int, end: int) -> tuple[int, int]:
    words = tree.words
    particles = word_set("foreign_particles.txt")
    while start < end and (
        words[start] in _EDGE or words[start].lower() in _ARTICLES or words[start].isspace()
        or words[start] in _POSSESSIVE
        or (words[start].islower() and words[start] not in particles and not words[start].isdigit())
        or (words[start].islower() and end - start == 1)
    ):  # fmt: skip
        start += 1
    while end > start and (words[end - 1] in _EDGE or words[end - 1] in _POSSESSIVE or words[end - 1].isspace()):
        end -= 1
    while end - 1 > start and words[end - 1].islower() and words[end - 1].isalpha() and words[end - 1].isascii():
        if words[end - 2] in particles and end - 2 > start:
            break
        end -= 1
    while end > start and (words[end - 1] in _EDGE or words[end - 1] in _POSSESSIVE):
        end -= 1
    return start, end


def _grow_hyphens(tree: Tree, start: int, end: int) -> tuple[int, int]:
    """Take in what is joined by a hyphen: "Bailey|-|Ross", "al|-|Shabaab"; not "Paris-based"."""
    words = tree.words
    particles = word_set("foreign_particles.txt")
    while start > 1 and words[start - 1] in _HYPHENS and glued(tree, start - 1) and glued(tree, start - 2):
        other = words[start - 2]
        if not (is_capital(other) and other.isalpha()) and other not in particles:
            break
        start -= 2
    while end + 1 < tree.n and words[end] in _HYPHENS and glued(tree, end - 1) and glued(tree, end):
        other = words[end + 1]
        lower_part = other.islower() and tree.pos[end + 1] == "PROPN" and words[end - 1] not in particles
        if not (is_capital(other) and other.isalpha()) and not lower_part:
            break
        end += 2
    return start, end


def grow_foreign(tree: Tree, start: int, end: int) -> int:
    """The end of a name with what follows of its foreign words: "Auberge | des migrants", "Banco | del Sur"."""
    particles = word_set("foreign_particles.txt")
    while (
        end + 1 < tree.n
        and tree.words[end] in particles
        and tree.words[end] not in {"do", "y", "e", "das", "den", "dos", "pour"}
    ):
        following = end + 1
        while following < tree.n and tree.words[following] in particles and following - end < 3:
            following += 1
        if following >= tree.n or not tree.words[following].isalpha():
            break
        end = following + 1
    return end


def with_first_names(tree: Tree, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with a first name and the word behind it in one: "Alia" + "Salem" → "Alia Salem"."""
    found: list[Candidate] = []
    for candidate in candidates:
        before = found[-1] if found else None
        joins = (
            before is not None
            and before.end == candidate.start
            and before.end - before.start == candidate.end - candidate.start == 1
        )
        if before is not None and joins and gender_of_first_name(tree.words[before.start]):
            found[-1] = Candidate(before.start, candidate.end, "PERSON", before.titled)
        else:
            found.append(candidate)
    return [_with_surname(tree, candidate, found) for candidate in found]


def _with_surname(tree: Tree, candidate: Candidate, others: Sequence[Candidate]) -> Candidate:
    """A first name alone with the capitalised word behind it that spaCy took for something else: "Theresa" + "May"."""
    end = candidate.end
    alone = candidate.label == "PERSON" and end - candidate.start == 1 and end < tree.n
    if not alone or not gender_of_first_name(tree.words[candidate.start]) or any(c.start == end for c in others):
        return candidate
    if tree.tag[end] != "NNP" or not tree.words[end][:1].isupper() or not tree.words[end].isalpha():
        return candidate
    return Candidate(candidate.start, end + 1, "PERSON", candidate.titled)
