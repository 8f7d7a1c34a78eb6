"""Which pairs are compared: those in a common block, in big blocks one profile for all that are alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, combinations, islice

from kg.graph.resolve.names import keys
from kg.graph.resolve.profiles import Profile

# In a block of more profiles, those with equal names, roles, ties and countries are taken together before pairing.
BIG = 300


def blocks(profiles: Iterable[Profile]) -> dict[str, list[Profile]]:
    """Return block → its profiles, both in order. Whose names share no block are never compared."""
    found: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        for key in block_keys(profile):
            found[key].append(profile)
    return {key: sorted(found[key], key=lambda p: p.key) for key in sorted(found)}


def block_keys(profile: Profile) -> frozenset[str]:
    """Return the blocks of a profile: surnames by sound, the telling word of a body's name, initials, the name."""
    return _keys(profile.names, profile.person) | profile.same_as


def likeness(profile: Profile) -> tuple[tuple[str, ...], ...]:
    """Return what profiles have in common that can't be told apart: names, classes, roles, ties, countries."""
    where = profile.countries or profile.context.countries
    return profile.names, profile.types, *(tuple(sorted(s)) for s in (profile.roles, profile.ties, where))


def pairs(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs that are worth comparing, each once, the smaller key first."""
    for key, block in blocks(profiles).items():
        yield from block_pairs(key, block)


def block_pairs(key: str, block: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs of one block that no other block gives, the smaller key first; `block` is in order.

    It is every pair, or, where that would be too many, each profile with the first one that is like it and those with
    each other: a name in the news of a whole year would give millions. Of a big block only the first of each kind stay
    in memory.
    """
    waiting = iter(block)
    first = list(islice(waiting, BIG + 1))
    heads = first
    if len(first) > BIG:
        by_likeness: dict[tuple[tuple[str, ...], ...], Profile] = {}
        for profile in chain(first, waiting):
            head = by_likeness.setdefault(likeness(profile), profile)
            if head is not profile and belongs(key, head, profile):
                yield head, profile
        heads = list(by_likeness.values())
    keys = {profile.key: block_keys(profile) for profile in heads}
    for a, b in combinations(heads, 2):
        if a.context.document != b.context.document and min(keys[a.key] & keys[b.key]) == key:
            yield a, b


def belongs(key: str, a: Profile, b: Profile) -> bool:
    """Return whether this block, of all that two profiles share, is where they are compared."""
    return a.context.document != b.context.document and min(block_keys(a) & block_keys(b)) == key


@lru_cache(maxsize=1 << 18)
def _keys(names: tuple[str, ...], person: bool) -> frozenset[str]:
    return frozenset((*keys(names, person=person), names[0]))
