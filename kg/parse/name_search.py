"""Names that spaCy missed: behind titles, in brackets or quotation marks, with an organisation's head word, repeats."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from kg.parse.lexicons import word_set, word_table
from kg.parse.name_spans import Candidate, clean, glued, grow_foreign, is_capital
from kg.parse.name_words import is_title, known_organization, noun_class
from kg.parse.tree import Tree

NAMING = frozenset({"know", "call", "name", "dub", "nickname", "title", "brand"})
_OPEN = frozenset("\"“'‘«") | {"``"}
_CLOSE = frozenset("\"”'’»") | {"''"}
_NAMED_BEHIND = frozenset(
    {"Person", "Company", "Organization", "NGO", "MediaOrganization", "PoliticalParty", "SecurityForce", "City"}
)
_FOREIGN = frozenset({"des", "du", "aux", "sans", "pour", "della", "del", "für", "der"})
_FUNCTION = frozenset(
    [
        "of",
        "for",
        "and",
        "the",
        "on",
        "against",
        "with",
        "in",
        "at",
        "by",
        "to",
        "from",
        "as",
        "or",
        "a",
        "an",
        "is",
        "was",
        "says",
        "said",
    ]
)
_LINKS = frozenset({"of", "for", "and", "the", "on", "&"})


def behind_titles(tree: Tree, free: Sequence[bool]) -> list[Candidate]:
    """The capitalised words behind a title: "Undersecretary for Education Mr. | Toccafondi"."""
    found = []
    for index in range(tree.n - 1):
        word = tree.words[index]
        follows = free[index + 1] and is_capital(tree.words[index + 1]) and tree.lower[index + 1] not in _FUNCTION
        if not (is_capital(word) and is_title(word) and follows):
            continue
        end = index + 1
        while end < tree.n and end < index + 4 and free[end] and is_capital(tree.words[end]) and tree.tag[end] == "NNP":
            end += 1
        candidate = clean(tree, index + 1, end, "") if end > index + 1 else None
        if candidate is not None and not is_title(tree.words[candidate.start]):
            found.append(Candidate(candidate.start, candidate.end, "", titled=True))
    return found


def behind_nouns(tree: Tree, free: Sequence[bool]) -> list[Candidate]:
    """The capitalised words behind a noun that says what they name: "the company | Hitwise UK"."""
    found = []
    for index in range(tree.n - 1):
        if not (free[index + 1] and is_capital(tree.words[index + 1]) and _names_next(tree, index)):
            continue
        if noun_class(tree.lower[index]) not in _NAMED_BEHIND:
            continue
        end = index + 1
        while end < tree.n and free[end] and is_capital(tree.words[end]) and tree.tag[end].startswith("NNP"):
            end += 1
        candidate = clean(tree, index + 1, end, "") if end > index + 1 else None
        if candidate is not None:
            found.append(candidate)
    return found


def _names_next(tree: Tree, index: int) -> bool:
    """Is this a common noun whose name may stand right behind it: "the company | X", not "in the company | X"?"""
    if tree.tag[index] != "NN" or not tree.words[index].islower():
        return False
    joined = tree.dep[index] in {"compound", "nmod", "appos"} or tree.head[index + 1] == index
    return joined or tree.dep[index + 1] == "appos" or (tree.dep[index] != "pobj" and tree.tag[index + 1] == "NNP")


def called(tree: Tree) -> list[tuple[int, int, int]]:
    """Names in quotation marks behind a verb of naming: `the camp known as the "Jungle"` → "Jungle".

    Each is (start, end, noun), where `noun` ("camp") is the token that says what kind of thing it is.
    """
    found = []
    for index in range(1, tree.n - 2):
        if tree.words[index] not in _OPEN or not is_capital(tree.words[index + 1]):
            continue
        close = next((k for k in range(index + 2, min(index + 7, tree.n)) if tree.words[k] in _CLOSE), None)
        if close is None or any(not (is_capital(w) or w in _LINKS or w == "-") for w in tree.words[index + 1 : close]):
            continue
        naming = next((k for k in range(index - 1, max(-1, index - 5), -1) if tree.lemma[k] in NAMING), None)
        if naming is None:
            explained = [k for j in range(index + 1, close) for k in tree.kids[j] if tree.dep[k] == "appos"]
            noun = explained[0] if explained else index - 1
            if tree.tag[noun] != "NN":
                continue
        else:
            noun = tree.head[naming]
        found.append((index + 1, close, noun))
    return found


def with_head_word(tree: Tree, free: Sequence[bool]) -> list[tuple[int, int]]:
    """Runs of capitalised words around the head word of an organisation: "Ministry of Public Works"."""
    table = word_table("organizations.tsv")
    firsts = word_table("organization_first_words.tsv")
    found = []
    for index in range(tree.n):
        word = tree.words[index]
        if (
            not free[index]
            or not is_capital(word)
            or tree.tag[index] not in {"NNP", "NNPS"}
            or word.lower() not in table
        ):
            continue
        start = index
        while start > 0 and free[start - 1] and _part(tree, start - 1):
            start -= 1
        end = index + 1
        if word.lower() in firsts and end + 1 < tree.n and tree.words[end] in {"of", "for"}:
            position = end + 1 + (tree.words[end + 1] == "the")
            while (
                position < tree.n
                and free[position]
                and is_capital(tree.words[position])
                and tree.tag[position].startswith("NNP")
            ):
                position += 1
                end = position
        if end - start > 1 and tree.sentence(start)[0] <= start:
            found.append((start, end))
    return found


def _part(tree: Tree, index: int) -> bool:
    word = tree.words[index]
    if word[:1].isdigit() and word[-1:].isalpha() and len(word) > 2:
        return True
    return (
        is_capital(word)
        and tree.tag[index] in {"NNP", "NNPS", "JJ"}
        and not is_title(word)
        and word not in word_set("not_names.txt")
    )


def well_known(tree: Tree) -> list[tuple[int, int]]:
    """Organisations of several words that everybody knows, found by spaCy or not: "Transparency International"."""
    found = []
    for index in range(tree.n - 1):
        if is_capital(tree.words[index]) and tree.words[index] in _known_beginnings():
            for end in range(min(index + 9, tree.n), index + 1, -1):
                if known_organization(tree.words[index:end]):
                    found.append((index + (tree.words[index] == "The"), end))
                    break
    return found


@cache
def _known_beginnings() -> frozenset[str]:
    return frozenset(name.split("-")[0].split()[0] for name in word_table("known_organizations.tsv") if " " in name)


def ships(tree: Tree) -> list[tuple[int, int]]:
    """The names of ships behind letters that say so: "the MV | Santa Filomena"."""
    found = []
    for index in range(tree.n - 1):
        if tree.words[index] in word_set("ship_prefixes.txt") and is_capital(tree.words[index + 1]):
            end = index + 1
            while end < min(tree.n, index + 4) and is_capital(tree.words[end]) and tree.tag[end] == "NNP":
                end += 1
            if end > index + 1 and tree.words[index + 1][1:2].islower():
                found.append((index + 1, end))
    return found


def foreign(tree: Tree, free: Sequence[bool]) -> list[tuple[int, int]]:
    """Capitalised words with foreign ones behind: "Auberge des migrants"."""
    found = []
    for index in range(tree.n - 2):
        if (
            free[index]
            and is_capital(tree.words[index])
            and tree.words[index + 1] in _FOREIGN
            and free[index + 1]
            and free[index + 2]
        ):
            end = grow_foreign(tree, index, index + 1)
            if end > index + 2:
                found.append((index, end))
    return found


def repeats(tree: Tree, forms: Mapping[tuple[str, ...], str], free: Sequence[bool]) -> list[tuple[int, int, str]]:
    """Further places where one of `forms` stands (tokens → class), the longest form first: (start, end, class)."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in forms:
        by_first.setdefault(form[0], []).append(form)
    for known in by_first.values():
        known.sort(key=lambda form: (-len(form), form))
    common = frozenset(word for word in tree.words if word.islower())
    found = []
    index = 0
    while index < tree.n:
        end = index + 1
        if free[index]:
            for form in by_first.get(tree.words[index], ()):
                stop = index + len(form)
                if (
                    tuple(tree.words[index:stop]) == form
                    and all(free[index:stop])
                    and _standing(tree, index, stop, common)
                ):
                    found.append((index, stop, forms[form]))
                    end = stop
                    break
        index = end
    return found


def _standing(tree: Tree, start: int, end: int, common: frozenset[str]) -> bool:
    """Is this a word of its own, no part of a hyphenated one or an address, and no `common` word at its start?"""
    if not is_capital(tree.words[start]):
        return False
    if glued(tree, start - 1) and tree.words[start - 1] in "-.@/_#&":
        return False
    if (
        end + 1 < tree.n
        and glued(tree, end - 1)
        and tree.words[end] in ".@_/"
        and glued(tree, end)
        and tree.words[end + 1].isalnum()
    ):
        return False
    if end - start > 1 or tree.tag[start] in {"NNP", "NNPS"}:
        return True
    return tree.tag[start] != "JJ" if tree.sentence(start)[0] != start else tree.lower[start] not in common


def free_tokens(length: int, spans: Iterable[tuple[int, int]]) -> list[bool]:
    """For each token: does it lie outside of all `spans`?"""
    free = [True] * length
    for start, end in spans:
        free[start:end] = [False] * (end - start)
    return free
