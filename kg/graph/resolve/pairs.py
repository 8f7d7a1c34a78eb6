"""Are two profiles one? A sum of weighted reasons, each with a name, from nothing but the two."""

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from kg.graph.resolve.bodies import is_local, where_it_is
from kg.graph.resolve.names import Agreement, best
from kg.graph.resolve.people import generation, is_common
from kg.graph.resolve.profiles import Profile, fields
from kg.graph.resolve.topics import likeness

# So many other actors make a document's company one that could be shared.
ENOUGH = 3
# From here on two documents have something in common, are about the like, are about one affair (cosine of their words).
TOPIC = (0.02, 0.05, 0.09)
YEARS = 3 * 365
# Fields between which people change.
PUBLIC = frozenset(
    ("politics", "business", "diplomacy", "justice", "activism", "labour", "royalty", "military", "militancy")
)
UNSPECIFIC = frozenset(("Organization", "Actor", "Entity", "Group", "Place", "Facility"))

Weight = float | list[float]


# Reasons that no company outweighs when clusters are made.
CONFLICTS = frozenset(("other_field", "kind", "generation", "generic_other_country"))
# Names that say little: they join one profile to another, and never speak against two clusters.
WEAK = frozenset(("initial", "acronym", "surname", "headed", "placed"))


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for two profiles being one (weight above 0) or against it, in log-odds.

    `name` is the weight's name in weights.toml, `words` what it says of these two.
    """

    name: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """What comparing two profiles gives: the sum of the reasons, and what it is worth.

    `weak`: their names alone would not do. `conflict`: something says that they are two, whatever their company.
    """

    score: float
    weak: bool
    conflict: bool


def agreement(a: Profile, b: Profile) -> Agreement | None:
    """Return how well the names of two profiles agree, None where they don't."""
    return _agreement(a.names, b.names, a.person and b.person)


def reasons(a: Profile, b: Profile) -> tuple[Reason, ...] | None:
    """Return what speaks for and against two profiles being one; None where their names already say no.

    It is the same whichever comes first.
    """
    if a.context.document == b.context.document:
        return None
    if a.same_as & b.same_as:
        return (_reason("known", "same_as", f"both are {min(a.same_as & b.same_as)}"),)
    names = agreement(a, b)
    if names is None:
        return None
    if a.person and b.person:
        return tuple(_people(a, b, names))
    if a.person or b.person:
        if a.names[0] != b.names[0]:
            return None
        return (_reason("mixed", "same", "one is called a person"), *_surroundings(a, b, "person"))
    return tuple(_bodies(a, b, names))


def compare(a: Profile, b: Profile) -> Pair | None:
    """Return the score of two profiles, in log-odds: above 0 they are rather one than two. None: other names."""
    found = reasons(a, b)
    if found is None:
        return None
    total = sum(reason.weight for reason in found)
    names = {reason.name for reason in found}
    return Pair(total, bool(names & WEAK), total < 0 and bool(names & CONFLICTS))


def probability(log_odds: float) -> float:
    """Return log-odds as a probability.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-log_odds))


def _people(a: Profile, b: Profile, names: Agreement) -> Iterator[Reason]:
    yield _reason("person", names, "names agree")
    if {generation(name) for name in a.names} != {generation(name) for name in b.names}:
        yield _reason("person", "generation", "one is junior or senior")
    if is_common(a.names[0]) and is_common(b.names[0]):
        yield _reason("person", "common", "a common surname")
    shared = a.roles & b.roles
    first, second = _fields(a.roles), _fields(b.roles)
    if shared:
        yield _reason("person", "role", f"both are {min(shared)}")
    elif first & second:
        yield _reason("person", "field", f"both are in {min(first & second)}")
    elif first and second:
        near = bool(PUBLIC & first and PUBLIC & second)
        yield _reason(
            "person", "near_field" if near else "other_field", f"one is in {min(first)}, one in {min(second)}"
        )
    elif a.roles and b.roles:
        yield _reason("person", "other_role", f"one is {min(a.roles)}, one {min(b.roles)}")
    yield from _surroundings(a, b, "person")
    yield from _countries(a, b, "person", "country", "other_country")


def _bodies(a: Profile, b: Profile, names: Agreement) -> Iterator[Reason]:
    yield _reason("body", names, "names agree")
    other = a.type != b.type and a.type not in b.types and b.type not in a.types
    if names != "generic" and other and not {a.type, b.type} & UNSPECIFIC:
        yield _reason("body", "kind", f"one is a {a.type}, one a {b.type}")
    yield from _surroundings(a, b, "body")
    if names == "placed" and where_it_is(a.names[0], b.names[0]) <= a.context.towns & b.context.towns:
        yield _reason("body", "placed_there", "the place in the name is in both")
    if names not in ("generic", "placed"):
        yield from _countries(a, b, "body", "country", "other_country")
        return
    here = "local_country" if is_local(a.names[0]) else "generic_country"
    yield from _countries(a, b, "body", here, "generic_other_country")
    if a.context.places and b.context.places:
        met = bool(a.context.places & b.context.places)
        yield _reason(
            "body", "generic_place" if met else "generic_other_place", "towns agree" if met else "other towns"
        )


def _surroundings(a: Profile, b: Profile, kind: str) -> Iterator[Reason]:
    names = {*a.names, *b.names}
    ties = a.ties & b.ties - names
    if ties:
        yield _reason(kind, "tie", f"both belong to {min(ties).rpartition('/')[2]}")
    first, second = a.context.company, b.context.company
    common = (first & second) - names
    if common:
        yield _reason(kind, "company", f"in both: {', '.join(sorted(common)[:3])}", len(common))
    elif len(first - names) >= ENOUGH and len(second - names) >= ENOUGH:
        yield _reason(kind, "strangers", "no other actor is in both")
    alike = likeness(a.context.topic, b.context.topic)
    if alike is not None:
        step = sum(alike >= bound for bound in TOPIC)
        yield _reason(kind, "topic", ("other topics", "little in common", "near topics", "one topic")[step], step)
    if a.context.places & b.context.places:
        yield _reason(kind, "place", "a place is in both")
    if a.context.day is not None and b.context.day is not None and abs(a.context.day - b.context.day) > YEARS:
        yield _reason(kind, "years", "years lie between")


def _countries(a: Profile, b: Profile, kind: str, same: str, other: str) -> Iterator[Reason]:
    first, second = a.countries or a.context.countries, b.countries or b.context.countries
    if first & second:
        yield _reason(kind, same, f"both in {min(first & second)}")
    elif first and second and not (first & b.context.abroad and second & a.context.abroad):
        yield _reason(kind, other, f"one in {min(first)}, one in {min(second)}")


@lru_cache(maxsize=1 << 18)
def _agreement(first: tuple[str, ...], second: tuple[str, ...], person: bool) -> Agreement | None:
    return best(first, second, person=person)


@lru_cache(maxsize=1 << 16)
def _fields(roles: frozenset[str]) -> frozenset[str]:
    return frozenset(field for role in roles for field in fields()[role])


def _reason(kind: str, name: str, words: str, count: int = 1) -> Reason:
    value = _weights()[kind][name]
    return Reason(name, value[min(count, len(value) - 1)] if isinstance(value, list) else value, words)


@cache
def _weights() -> dict[str, dict[str, Weight]]:
    return tomllib.loads((Path(__file__).parent / "weights.toml").read_text(encoding="utf-8"))
