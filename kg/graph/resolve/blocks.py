"""Which pairs are compared: those in a common block, in big blocks one profile for all that are alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, combinations

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


def alike(block: Sequence[Profile]) -> list[list[Profile]]:
    """Return the profiles of a block as groups that can't be told apart; in a small block each is its own.

    A name in the news of a whole year would give millions of pairs.
    """
    if len(block) <= BIG:
        return [[profile] for profile in block]
    groups: defaultdict[tuple[tuple[str, ...], ...], list[Profile]] = defaultdict(list)
    for profile in block:
        groups[likeness(profile)].append(profile)
    return list(groups.values())


def likeness(profile: Profile) -> tuple[tuple[str, ...], ...]:
    """Return what profiles have in common that can't be told apart: names, classes, roles, ties, countries."""
    where = profile.countries or profile.context.countries
    return profile.names, profile.types, *(tuple(sorted(s)) for s in (profile.roles, profile.ties, where))


def pairs(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs that are worth comparing, each once, the smaller key first."""
    for key, block in blocks(profiles).items():
        yield from block_pairs(key, block)


def block_pairs(key: str, block: Sequence[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Yield the pairs of one block that no other block gives, the smaller key first; `block` is in order.

    It is every pair, or, where that would be too many, each profile with the first one that is like it and those with
    each other.
    """
    groups = alike(block)
    keys = {profile.key: block_keys(profile) for profile in block}
    near = ((group[0], other) for group in groups for other in group[1:])
    for a, b in chain(near, combinations((group[0] for group in groups), 2)):
        if a.context.document != b.context.document and min(keys[a.key] & keys[b.key]) == key:
            yield (a, b) if a.key < b.key else (b, a)


def belongs(key: str, a: Profile, b: Profile) -> bool:
    """Return whether this block, of all that two profiles share, is where they are compared."""
    return a.context.document != b.context.document and min(block_keys(a) & block_keys(b)) == key


@lru_cache(maxsize=1 << 18)
def _keys(names: tuple[str, ...], person: bool) -> frozenset[str]:
    return frozenset((*keys(names, person=person), names[0]))
