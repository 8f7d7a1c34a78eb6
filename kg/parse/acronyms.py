"""Acronyms: beside their long forms in brackets, known to everybody, or made of a name's initials."""

from collections.abc import Iterable, Mapping, Sequence

from kg.parse.name_spans import is_capital
from kg.parse.name_words import known_organization
from kg.parse.tree import Tree

_LINKS = frozenset({"of", "for", "and", "the", "on", "&"})


def in_brackets(
    tree: Tree, organizations: Sequence[tuple[int, int]] = ()
) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Long forms and the acronyms that follow them in brackets: "Korean Central News Agency (KCNA)".

    The long form is the shortest run of words before the bracket whose capitals begin with the acronym's letters, in
    order; or one of `organizations` that ends there, whose acronym may be of another language; or one in brackets
    behind the acronym.
    """
    found = _behind_acronyms(tree, dict(organizations))
    ends = {end: start for start, end in organizations}
    for index in range(2, tree.n - 1):
        short = tree.words[index].replace(".", "")
        if tree.words[index - 1] != "(" or tree.words[index + 1] not in {")", ";", ","}:
            continue
        if not (
            2 <= len(short) <= 8 and short[0].isupper() and sum(c.isupper() for c in short) >= 2 and short.isalnum()
        ):
            continue
        start = _long_form(tree, index - 2, short)
        if start is None and short.isupper() and short.isalpha() and len(short) > 2:
            start = ends.get(index - 1)
        if start is not None:
            found.append(((start, index - 1), (index, index + 1)))
    return found


def _behind_acronyms(tree: Tree, organizations: Mapping[int, int]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Organisations (start → end) in brackets behind their acronym: "CEI (Italian Episcopal Conference)"."""
    found = []
    for index in range(tree.n - 3):
        short = tree.words[index]
        end = organizations.get(index + 2) if tree.words[index + 1] == "(" else None
        if end is None or tree.words[end : end + 1] != [")"]:
            continue
        if short.isupper() and short.isalpha() and 2 <= len(short) <= 6:
            found.append(((index + 2, end), (index, index + 1)))
    return found


def _long_form(tree: Tree, last: int, short: str) -> int | None:
    wanted = [letter.upper() for letter in short if letter.isalpha()]
    position = last
    capitals: list[str] = []
    while position >= 0 and last - position < 12:
        word = tree.words[position]
        if not (
            is_capital(word) or word in _LINKS or word.islower() or word in "-'’" or word == "'s" or word.isdigit()
        ):
            return None
        if is_capital(word):
            capitals.insert(0, word[0].upper())
            if capitals == wanted or (
                len(capitals) >= len(wanted) > 1 and _inside(wanted, capitals) and capitals[0] == wanted[0]
            ):
                return position
        elif word.islower() and word not in _LINKS and tree.pos[position] == "VERB":
            return None
        position -= 1
    return None


def _inside(wanted: Sequence[str], letters: Sequence[str]) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


def famous(tree: Tree, free: Sequence[bool]) -> list[int]:
    """Organisations that everybody knows, where spaCy has no name: "AFP", and "Labour" before a noun ("Labour MP")."""
    return [
        index
        for index in range(tree.n)
        if free[index] and tree.pos[index] in {"PROPN", "NOUN"} and known_organization((tree.words[index],))
        and len(tree.words[index]) > 1 and (tree.words[index].isupper() or _modifies(tree, index))
    ]  # fmt: skip


def _modifies(tree: Tree, index: int) -> bool:
    return is_capital(tree.words[index]) and tree.dep[index] in {"compound", "nmod"} and tree.head[index] > index


def initials(tree: Tree, free: Sequence[bool], organizations: Iterable[tuple[int, int]]) -> list[int]:
    """Acronyms of organisations that the text has in full too: "Lunden Harbour Council … LHC"."""
    known = set()
    for start, end in organizations:
        capitals = "".join(word[0] for word in tree.words[start:end] if is_capital(word))
        if len(capitals) > 2:
            known.add(capitals)
    return [i for i, word in enumerate(tree.words) if free[i] and word in known]
