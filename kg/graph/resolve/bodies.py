"""How well two names of organizations agree: the same, of common words only, one fuller, an acronym."""

from functools import cache, lru_cache
from typing import Literal

from kg import resources
from kg.graph.resolve.spelling import sound, spelt_alike

BodyAgreement = Literal["same", "generic", "fuller", "variant", "acronym", "placed", "headed"]


@lru_cache(maxsize=1 << 18)
def agreement(a: str, b: str) -> BodyAgreement | None:
    """Return how two canonical names of organizations agree. A name of common words only is "generic".

    >>> agreement("baltmar shipping ltd", "baltmar shipping"), agreement("green party", "green party")
    ('same', 'generic')
    >>> agreement("national union of teachers", "nut"), agreement("baltmar", "baltmar shipping")
    ('acronym', 'fuller')
    >>> agreement("port authority", "almeria port authority"), agreement("red crescent", "moroccan red crescent")
    ('placed', 'generic')
    """
    first, second = _significant(a), _significant(b)
    if not first or not second:
        return "same" if a == b else None
    if sorted(first) == sorted(second):
        return "same" if _telling(first) else "generic"
    if is_acronym(first, _all(b)) or is_acronym(second, _all(a)):
        return "acronym"
    peoples = [{w for w in words if w in _peoples()} for words in (first, second)]
    if not all(peoples) and sorted(_but_people(first)) == sorted(_but_people(second)):
        return "generic"
    short, long = sorted((first, second), key=len)
    if len(short) == len(long) or not all(any(spelt_alike(a, b) for b in long) for a in short):
        return _respelt(first, second)
    if not _telling(short):
        return "placed" if len(short) > 1 and sorted(short) == sorted(w for w in long if w in _common()) else None
    if len(_telling(short)) == len(_telling(long)) or len(short) > 1:
        return "fuller"
    return "headed" if spelt_alike(short[0], long[0]) else None


def is_telling(name: str) -> bool:
    """Return whether a canonical name of an organization has a word that is its own.

    >>> is_telling("auberge des migrants"), is_telling("interior ministry")
    (True, False)
    """
    return bool(_telling(_significant(name)))


def is_local(name: str) -> bool:
    """Return whether every town has a body of this name.

    >>> is_local("city council"), is_local("interior ministry")
    (True, False)
    """
    return not resources.word_set("en", "local_bodies.txt").isdisjoint(name.split())


def where_it_is(a: str, b: str) -> frozenset[str]:
    """Return the words by which a longer name places a body that a shorter one leaves open; empty if nothing does.

    >>> sorted(where_it_is("port authority", "almeria port authority"))
    ['almeria']
    """
    short, long = sorted((_significant(a), _significant(b)), key=len)
    return frozenset(long) - frozenset(short)


def is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether `short` is one word of the initials of `long`.

    >>> is_acronym(("nut",), ("national", "union", "teachers"))
    True
    """
    return len(short) == 1 and len(long) >= 3 and len(short[0]) == len(long) and short[0] == "".join(w[0] for w in long)


def keys(name: str) -> set[str]:
    """Return the telling word by its sound, the initials, the common words: names that share none never agree.

    >>> sorted(keys("national union of teachers"))
    ['national teachers union', 'nut']
    """
    words = _significant(name)
    if not words:
        return {name}
    telling = _telling(words)
    letters = _all(name)
    initials = {"".join(w[0] for w in letters)} if len(letters) >= 3 else set()
    common = " ".join(sorted(w for w in words if w in _common()))
    alone = {words[0]} if len(words) == 1 else set()
    return {*map(sound, telling), *initials, *alone, *({common} if " " in common else ())}


def _respelt(first: tuple[str, ...], second: tuple[str, ...]) -> BodyAgreement | None:
    if len(first) != len(second) or not all(spelt_alike(a, b) for a, b in zip(first, second, strict=True)):
        return None
    return "variant"


def _significant(name: str) -> tuple[str, ...]:
    """Return the words of an organization's name that say which it is."""
    words = list(_all(name))
    while len(words) > 1 and words[-1] in resources.word_set("en", "legal_forms.txt"):
        words.pop()
    return tuple(words)


def _all(name: str) -> tuple[str, ...]:
    """Return the words of which an acronym takes the initials, the legal form too."""
    return tuple(w for w in name.split() if w not in _small())


def _telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that name this one body and no other: "Baltmar" of "Baltmar Shipping"."""
    return tuple(w for w in words if w not in _common() and w not in _peoples())


def _but_people(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in _peoples())


@cache
def _small() -> frozenset[str]:
    """Words that no acronym has a letter of: articles, prepositions, particles of foreign names."""
    lists = (resources.word_set("en", name) for name in ("after_nouns.txt", "foreign_particles.txt"))
    return frozenset(("the", "a", "an")).union(*lists)


@cache
def _common() -> frozenset[str]:
    """Words that names of organizations share: "ministry", "national"."""
    tables = ("heads.tsv", "organizations.tsv", "organization_first_words.tsv", "place_words.tsv")
    nouns = {row[0] for name in tables for row in resources.table("en", name)}
    return frozenset({*nouns, *(f"{w}s" for w in nouns), *resources.lexicon("en", "common_in_names.txt")} - {""})


@cache
def _peoples() -> frozenset[str]:
    """Countries and their adjectives, as they stand in names: "Swedish", "Norway"."""
    rows = resources.table("en", "demonyms.tsv")
    return frozenset(word.lower() for row in rows for cell in row for word in cell.split("|"))
