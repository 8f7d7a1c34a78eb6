"""Which places lie within each other, and which two can't both be where something happened once.

What is not known keeps nothing apart: a hospital that no gazetteer has may stand in Ghent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from math import asin, cos, radians, sin, sqrt

from kg.graph.terms import TYPE, Fact, name

# Settlements nearer to each other than this (km) may be a city and its suburb.
NEAR = 30.0
_EARTH = 6371.0
_CITY = name("kg:City")


@dataclass(frozen=True, slots=True)
class Places:
    """What the graph says of places; all by the place's term, points in degrees."""

    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    countries: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cities: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def around(self, place: str) -> frozenset[str]:
        """Return a place and all that it lies within: Ostend → Ostend, West Flanders, Belgium."""
        found, waiting = {place}, [place]
        while waiting:
            waiting = [p for p in {p for q in waiting for p in self.within.get(q, ())} if p not in found]
            found.update(waiting)
        return frozenset(found)

    def nested(self, one: str, other: str) -> bool:
        """Return whether two places are the same, or one lies within the other."""
        return one in self.around(other) or other in self.around(one)

    def exclusive(self, one: str, other: str) -> bool:
        """Return whether what happened in one place surely didn't happen in the other.

        That is so where the gazetteer has them in different countries, or knows both as settlements far enough apart,
        and neither lies within the other.
        """
        if self.nested(one, other):
            return False
        ours, theirs = (self.countries.get(place, frozenset()) for place in (one, other))
        if ours and theirs and not ours & theirs:
            return True
        return one in self.cities and other in self.cities and distance(self.cities[one], self.cities[other]) > NEAR


def read(facts: Iterable[Fact]) -> Places:
    """Return what facts about entities say of places.

    >>> places = read([("<a>", name("kg:within"), "<b>"), ("<b>", name("kg:countryCode"), '"BE"')])
    >>> places.nested("<a>", "<b>"), places.exclusive("<a>", "<c>")
    (True, False)
    """
    wanted = ("kg:within", "kg:countryCode", "wgs:lat", "wgs:long")
    found: dict[str, defaultdict[str, set[str]]] = {name(prop): defaultdict(set) for prop in wanted}
    towns = set()
    for subject, predicate, value in facts:
        if predicate in found:
            found[predicate][subject].add(value)
        elif predicate == TYPE and value == _CITY:
            towns.add(subject)
    inside, codes, latitudes, longitudes = (
        {node: frozenset(values) for node, values in found[name(prop)].items()} for prop in wanted
    )
    located = towns & latitudes.keys() & longitudes.keys()
    points = {node: (_number(latitudes[node]), _number(longitudes[node])) for node in located}
    return Places(inside, codes, points)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the kilometres between two points in degrees, by the haversine formula.

    >>> round(distance((51.05, 3.72), (51.22, 2.93)))
    58
    """
    (a, b), (c, d) = (tuple(map(radians, point)) for point in (one, other))
    return 2 * _EARTH * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


def apart(some: Iterable[str], others: Iterable[str], places: Places) -> bool:
    """Return whether both name places and none of the one is, holds or lies within one of the other.

    "He did not meet her in Paris" is no word against "He met her in Berlin".
    """
    pairs = list(product(some, others))
    return bool(pairs) and not any(places.nested(one, other) for one, other in pairs)


def _number(values: Iterable[str]) -> float:
    return float(min(values).partition('"')[2].partition('"')[0])
