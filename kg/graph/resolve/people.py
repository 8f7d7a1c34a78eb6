"""How well two names of people agree: the same, one fuller, a variant, initials, the surname alone."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from kg import resources
from kg.graph.resolve.spelling import sound, spelt_alike

if TYPE_CHECKING:
    from nicknames import NickNamer

PersonAgreement = Literal["same", "fuller", "variant", "initial", "surname"]

_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
# Parts of a surname that are never left out of it: "Ben Ali", "Abu Bakr", "Mac Donald".
_SONS = frozenset(("ben", "bin", "ibn", "bint", "abu", "abd", "abdel", "abdul", "mac", "mc", "o"))
# A given name may be cut to so many letters.
_SHORTENED = 3


@lru_cache(maxsize=1 << 18)
def agreement(a: str, b: str) -> PersonAgreement | None:
    """Return how two canonical names of people agree.

    The shorter one's words must stand in the longer one in their order, given name with given name.

    >>> agreement("john a smith", "john smith"), agreement("john a smith", "john b smith")
    ('fuller', None)
    >>> agreement("mohamed al sayyed", "mohammed al sayed"), agreement("bill hayes", "william hayes")
    ('variant', 'variant')
    >>> agreement("e vasquez", "elena vasquez"), agreement("elena vasquez", "vasquez")
    ('initial', 'surname')
    """
    if generation(a) and generation(b) and generation(a) != generation(b):
        return None
    if a == b and " " in a:
        return "same"
    first, second = sorted((tokens(a), tokens(b)), key=len)
    if not first:
        # A name of signs alone has no word left.
        return None
    if len(first) == 1:
        return _lone(first[0], second)
    if len(first) < len(second) and first == second[-len(first) :]:
        return "surname"
    if first == second:
        return "same"
    if sorted(first) == sorted(second) and {first[0], second[0]} & resources.word_set("en", "family_first.txt"):
        return "variant"
    kinds = _aligned(first, second)
    if kinds is None:
        return None
    ways: tuple[PersonAgreement, ...] = ("initial", "variant")
    return next((way for way in ways if way in kinds), "fuller" if len(first) < len(second) else "same")


def generation(name: str) -> str | None:
    """Return what tells father and son apart in a canonical name.

    >>> generation("antonio reyes jr")
    'jr'
    """
    return next((_GENERATIONS[word] for word in name.split()[1:] if word in _GENERATIONS), None)


@lru_cache(maxsize=1 << 16)
def is_common(name: str) -> bool:
    """Return whether so many people bear a surname that two of one full name are no surprise.

    >>> is_common("john smith"), is_common("francois guennoc")
    (True, False)
    """
    return bool(words := tokens(name)) and words[-1] in resources.word_set("en", "common_surnames.txt")


def keys(name: str) -> set[str]:
    """Return the surnames of a canonical name by their sound: names that share none never agree.

    >>> sorted(keys("mohammed al sayed"))
    ['sd']
    """
    words = tokens(name)
    return {
        sound(word)
        for n, word in enumerate(words)
        if n or len(words) == 1 or word in resources.word_set("en", "family_first.txt")
    }


@lru_cache(maxsize=1 << 18)
def tokens(name: str) -> tuple[str, ...]:
    """Return the words of a person's name: no titles, particles before surnames left out or glued to them.

    >>> tokens("dr leila ben ali"), tokens("yusuf al tahiri"), tokens("antonio reyes jr")
    (('leila', 'benali'), ('yusuf', 'tahiri'), ('antonio', 'reyes'))
    """
    words = name.split()
    while len(words) > 1 and words[0] in _titles():
        words = words[1:]
    found: list[str] = []
    glue = ""
    for n, word in enumerate(words):
        last = n == len(words) - 1
        if word in _SONS and not last:
            glue += word
        elif (n and word in _GENERATIONS) or (
            word in resources.word_set("en", "foreign_particles.txt") and not last and (n or len(word) > 1)
        ):
            continue
        else:
            found.append(glue + word)
            glue = ""
    return tuple(found) or tuple(words)


def _lone(word: str, others: tuple[str, ...]) -> PersonAgreement | None:
    if len(others) == 1:
        return "surname" if word == others[0] else None
    return "surname" if any(spelt_alike(word, other) for other in others[1:]) else None


def _aligned(short: tuple[str, ...], long: tuple[str, ...]) -> set[str] | None:
    """Return the ways in which the words of `short` agree with words of `long`, in order; None when some don't."""
    first = _same_given(short[0], long[0])
    if first is None:
        return None
    kinds = {first}
    at = 1
    for n, word in enumerate(short[1:], start=2):
        while at < len(long):
            kind = _same_word(word, long[at])
            at += 1
            if kind is not None and not (kind == "initial" and n == len(short)):
                kinds.add(kind)
                break
        else:
            return None
    return kinds


def _same_given(a: str, b: str) -> str | None:
    """Return how two given names agree: as words do, as a nickname, as its own beginning ("Raj" of "Rajesh")."""
    kind = _same_word(a, b)
    if kind is not None:
        return kind
    if b in _nicknames(a) or a in _nicknames(b):
        return "variant"
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return "initial" if any(name[0] == short for name in _nicknames(long)) else None
    return "variant" if len(short) >= _SHORTENED and long.startswith(short) else None


def _same_word(a: str, b: str) -> str | None:
    if a == b:
        return "same"
    if 1 in (len(a), len(b)):
        return "initial" if a[0] == b[0] else None
    return "variant" if spelt_alike(a, b) else None


@cache
def _nicknames(name: str) -> frozenset[str]:
    """Return the short forms of a given name and the names that it is short for."""
    return frozenset((*_nicknamer().nicknames_of(name), *_nicknamer().canonicals_of(name)))


@cache
def _nicknamer() -> "NickNamer":
    from nicknames import NickNamer

    return NickNamer()


@cache
def _titles() -> frozenset[str]:
    return frozenset(w.lower().rstrip(".") for w in resources.lexicon("en", "titles.txt"))
