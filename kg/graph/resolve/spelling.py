"""Spellings of one word: compared by their consonants, then by Jaro-Winkler similarity (Winkler 1990)."""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

from kg import resources

# Two spellings of one name have so many letters and are at least so much alike.
SHORTEST, ALIKE = 4, 0.86

_LATIN = re.compile(r"[a-z]+")
# Letters that transcriptions from other scripts exchange for each other.
_SOUNDS = (
    ("ph", "f"), ("kh", "h"), ("gh", "g"), ("ch", "c"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("zh", "z"), ("ck", "k"),
    ("x", "ks"), ("q", "k"), ("c", "k"), ("w", "v"), ("j", "i"), ("y", "i"),
)  # fmt: skip


@cache
def sound(token: str) -> str:
    """Return the consonants of a word, spellings that transcriptions mix taken together.

    >>> sound("yusuf") == sound("youssef"), sound("aleksandr") == sound("alexander")
    (True, True)
    """
    if not _LATIN.fullmatch(token):
        return token
    token = re.sub(r"ou(?=[aei])", "v", token)
    for letters, sounded in _SOUNDS:
        token = token.replace(letters, sounded)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouhj]", "", token)) or token


@lru_cache(maxsize=1 << 16)
def spelt_alike(a: str, b: str) -> bool:
    """Return whether two words are one or two spellings of one.

    They have the same consonants, begin alike and differ little; or they are variants in name_variants.tsv.

    >>> spelt_alike("mohamed", "muhammad"), spelt_alike("ouazzani", "wazzani")
    (True, True)
    >>> spelt_alike("marin", "moran"), spelt_alike("henderson", "anderson"), spelt_alike("martin", "morton")
    (False, False, False)
    """
    if a == b or (a in _variants() and _variants()[a] == _variants().get(b)):
        return True
    if min(len(a), len(b)) < SHORTEST or sound(a) != sound(b) or _begins(a) != _begins(b):
        return False
    return JaroWinkler.similarity(a, b) >= ALIKE


def _begins(word: str) -> str:
    """Return the sound with which a word begins: "ou" and "w" are one, and "Ye" and "E"."""
    if re.match("[yij]e", word):
        return "e"
    for letters, sounded in _SOUNDS:
        if word.startswith(letters):
            return sounded
    return "v" if re.match("ou[aei]", word) else word[0]


@cache
def _variants() -> dict[str, int]:
    return {name: n for n, row in enumerate(resources.table("en", "name_variants.tsv")) for name in row}
