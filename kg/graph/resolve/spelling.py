"""Spellings of one word: compared by their consonants, then by Jaro-Winkler similarity (Winkler 1990)."""

import re
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler

# Two spellings of one name have the same consonants and are at least so much alike; short words more so.
ALIKE, SHORT_ALIKE, SHORT = 0.79, 0.86, 5

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

    >>> spelt_alike("mohamed", "muhammad"), spelt_alike("marin", "moran")
    (True, False)
    """
    if a == b:
        return True
    if min(len(a), len(b)) < 4 or sound(a) != sound(b):
        return False
    return JaroWinkler.similarity(a, b) >= (SHORT_ALIKE if min(len(a), len(b)) < SHORT else ALIKE)
