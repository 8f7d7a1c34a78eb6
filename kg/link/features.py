"""What speaks for a place: the features that the ranker weighs, one row a candidate.

Features of a candidate are its own (population, class), those of its document (its country is named, other names lie
near), and those of its neighbours ("X, Y"). In a second round it sees what the other names probably mean.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.link.forms import normal
from kg.link.gazetteer import Candidate
from kg.link.kinds import kind_of
from kg.link.scene import Form, Scene, first_order

Matrix = NDArray[np.float64]

FEATURES = (
    "population",  # tenth of the logarithm of the inhabitants
    "large",  # more than 100,000 inhabitants, how far on the way to ten millions
    "most_populous",  # of the candidates of this form
    "country",
    "country_by_name",  # a country, and the form is its usual name
    "capital",
    "first_order",  # a state, a province
    "second_order",  # a county, a district, and below
    "city",
    "village",  # fewer than 1000 inhabitants
    "water",
    "landform",
    "region",  # of the hand-written table
    "facility",
    "continent",
    "own_name",  # the form is the usual name and not an alias
    "by_alias",  # an alias of a place of fewer than 100,000 inhabitants
    "changed",  # the form had to be changed to be found
    "in_namesake",  # lies in a country or state that the form may mean as well: the city of New York
    "identified",  # has a GeoNames id
    "conditional",  # "the Channel", where France or Britain is named
    "country_named",  # its country, or the people, is named elsewhere
    "main_country",  # the country named most
    "first_order_named",  # its state or province is named elsewhere
    "second_order_named",
    "container_follows",  # "X, Y" and it lies in Y
    "contains_before",  # "X, Y" and X may lie in it
    "country_share",  # of the other forms that have a candidate in its country
    "first_order_share",
    "near_likely",  # the most populous places of the other forms lie near
    "near_any",  # some place of each of the other forms lies near
    "called_so",  # a noun beside the name says what it is: "Washington state", "Ellis and Hill counties"
    "called_otherwise",
    "city_in_dateline",
    "capital_named",  # the capital of a country that is named
    "kind_word",  # "Orange County" a county, "the Ohio River" a water
)
SECOND = (
    "likely_country",  # the share of the other forms that probably lie in its country
    "likely_first_order",
    "likely_near",  # … within about 100 km
    "likely_close",  # … within about 20 km
    "likely_container",  # another form probably means the state or county it lies in
    "in_likely_country",  # another form probably means its country
    "likely_content",  # another form probably means a place in it
)
_RADIUS = 6371.0
_COUNTY = frozenset({"county", "parish", "borough", "district", "province", "governorate", "prefecture"})


def own_features(form: Form, candidate: Candidate, top: int) -> dict[str, float]:
    """What a candidate brings by itself."""
    place, feature = candidate.place, candidate.place.feature or ""
    words = set(form.key.split())
    by_hand = place.geonames is None
    lands = any(c.place.feature == "PCLI" and normal(c.place.name) == form.key for c in form.candidates)
    usual = (form.key,) if lands else (form.key, f"{form.key} city")  # "Mexico" is no name of Mexico City
    named = bool(candidate.near) or normal(place.name) in usual
    county = feature in ("ADM2", "ADM3") and bool(words & _COUNTY)
    return {
        "population": math.log10(1 + place.population) / 10,
        "large": max(0.0, min(1.0, (math.log10(1 + place.population) - 5) / 2)),
        "most_populous": float(place.population == top > 0),
        "country": float(place.type == "Country"),
        "country_by_name": float(feature == "PCLI" and named),
        "capital": float(feature == "PPLC"),
        "first_order": float(feature == "ADM1"),
        "second_order": float(feature in ("ADM2", "ADM3", "ADM0")),
        "city": float(feature.startswith("PPL")),
        "village": float(feature.startswith("PPL") and place.population < 1000),
        "water": float(place.type == "Water"),
        "landform": float(place.type == "Landform"),
        "region": float(by_hand and place.type == "Region"),
        "facility": float(place.type == "Facility"),
        "continent": float(feature == "CONT"),
        "own_name": float(named),
        "by_alias": float(not named and place.population < 100_000),
        "changed": float(candidate.variant > 0),
        "identified": float(not by_hand),
        "conditional": float(bool(candidate.near)),
        "called_so": float(kind_of(place) in form.kinds),
        "called_otherwise": float(bool(form.kinds) and kind_of(place) not in form.kinds),
        "city_in_dateline": float(form.dateline and place.type == "City"),
        "kind_word": float(county or (place.type in ("Water", "Landform") and len(words) > 1)),
    }


def context_features(scene: Scene, number: int, candidate: Candidate) -> dict[str, float]:
    """What the document says for a candidate of form `number`, apart from distances."""
    form, place = scene.forms[number], candidate.place
    count = len(form.names) or 1
    country, state = place.country, first_order(place)
    itself = count if place.type == "Country" else 0
    named = scene.countries.get(country or "", 0.0) - itself
    main = max(scene.countries.values(), default=0.0)
    also = {c.place.key for c in form.candidates if c.place.feature in ("PCLI", "ADM1")}
    above = [key for key in place.parents if key not in also]
    counties = [key for key in above[:-2] if key in scene.places]
    behind = [c.place for other in scene.follows.get(number, ()) for c in scene.forms[other].candidates]
    fronts = [other for other, found in scene.follows.items() if number in found]
    before = [c.place for other in fronts for c in scene.forms[other].candidates]
    return {
        "country_named": math.log1p(max(0.0, named)) / 2 if place.type != "Country" else 0.0,
        "capital_named": float(place.feature == "PPLC" and named > 0),
        "main_country": float(country is not None and named > 0 and scene.countries[country] == main),
        "first_order_named": math.log1p(scene.places.get(state or "", 0.0)) / 2 if state in above else 0.0,
        "second_order_named": float(bool(counties)),
        "in_namesake": float(not also.isdisjoint(place.parents)),
        "container_follows": float(any(p.key in place.parents for p in behind)),
        "contains_before": float(any(place.key in p.parents for p in before)),
    }


def matrices(scene: Scene) -> tuple[Matrix, ...]:
    """The features of the candidates of each form: an array of candidates × FEATURES."""
    found = []
    shares = _shares(scene)
    near = _nearness(scene)
    at = 0
    for number, form in enumerate(scene.forms):
        top = max(c.place.population for c in form.candidates)
        rows = []
        for candidate in form.candidates:
            row = own_features(form, candidate, top) | context_features(scene, number, candidate)
            row |= {"country_share": shares[at][0], "first_order_share": shares[at][1]}
            row |= {"near_likely": near[at][0], "near_any": near[at][1]}
            rows.append([row[name] for name in FEATURES])
            at += 1
        found.append(np.array(rows))
    return tuple(found)


def _shares(scene: Scene) -> list[tuple[float, float]]:
    """For each candidate the share of the other forms that have a candidate in its country, and in its state."""
    countries: dict[str, float] = defaultdict(float)
    states: Counter[str] = Counter()
    for form in scene.forms:
        inside = {c.place.country for c in form.candidates if c.place.country}
        for code in inside:
            countries[code] += 1 / (1 + 0.3 * len(inside))
        states.update({state for c in form.candidates if (state := first_order(c.place))})
    total = len(scene.forms)
    found = []
    for form in scene.forms:
        inside = {c.place.country for c in form.candidates if c.place.country}
        own = 1 / (1 + 0.3 * len(inside))
        for c in form.candidates:
            state = first_order(c.place)
            country = (countries[c.place.country] - own) / total if c.place.country else 0.0
            found.append((country, (states[state] - 1) / total if state else 0.0))
    return found


def kilometres(scene: Scene) -> Matrix:
    """Great-circle distances between all candidates of all forms; without a point, far from everything."""
    places = [c.place for form in scene.forms for c in form.candidates]
    lat = np.radians([np.nan if p.latitude is None else p.latitude for p in places])
    lon = np.radians([np.nan if p.longitude is None else p.longitude for p in places])
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)
    apart = _RADIUS * np.arccos(np.clip(unit @ unit.T, -1.0, 1.0))
    return np.asarray(np.nan_to_num(apart, nan=np.pi * _RADIUS))


def owners(scene: Scene) -> NDArray[np.int64]:
    """The number of the form of each candidate."""
    return np.repeat(np.arange(len(scene.forms)), [len(form.candidates) for form in scene.forms])


def _nearness(scene: Scene) -> Matrix:
    """For each candidate how near the likely and how near any places of the other forms are (countries apart)."""
    owner = owners(scene)
    total = len(owner)
    if total == 0:
        return np.zeros((0, 2))
    apart = kilometres(scene)
    broad = np.array([c.place.feature in ("PCLI", "CONT") for form in scene.forms for c in form.candidates])
    likely, any_near = np.zeros(total), np.zeros(total)
    others = 0
    starts = np.searchsorted(owner, np.arange(len(scene.forms)))
    for number in range(len(scene.forms)):
        mine = slice(starts[number], starts[number] + len(scene.forms[number].candidates))
        if broad[mine][0]:
            continue
        others += 1
        foreign = owner != number
        likely += foreign * np.exp(-apart[:, starts[number]] / 300)
        any_near += foreign * np.exp(-apart[:, mine].min(axis=1) / 80)
    return np.stack([likely, any_near], axis=1) / (1 + others)


def second_matrices(scene: Scene, first: Sequence[Matrix], chances: Sequence[Matrix]) -> tuple[Matrix, ...]:
    """The features FEATURES and SECOND of each form's candidates, given the first chances of all candidates."""
    if not scene.forms:
        return ()
    owner = owners(scene)
    places = [c.place for form in scene.forms for c in form.candidates]
    chance = np.concatenate(list(chances))
    weight = chance * np.log2([1 + max(1, len(scene.forms[o].names)) for o in owner])
    foreign = owner[:, None] != owner[None, :]
    total = 1.0 + len(scene.forms)
    apart = kilometres(scene)
    area = np.array([p.type == "Country" or p.feature in ("CONT", "ADM1") for p in places])
    spots = weight * ~area
    country = _same([p.country or "" for p in places]) & foreign
    state = _same([first_order(p) or "" for p in places]) & foreign
    inside = np.array([[q.type != "Country" and q.key in p.parents for q in places] for p in places]) & foreign
    nation = np.array([[q.type == "Country" and q.key in p.parents for q in places] for p in places]) & foreign
    extra = np.stack(
        [
            country @ weight / total,
            state @ weight / total,
            (foreign * np.exp(-apart / 100)) @ spots / total,
            (foreign * np.exp(-apart / 20)) @ spots / total,
            np.minimum(1.0, inside @ chance),
            np.minimum(1.0, nation @ chance),
            np.minimum(1.0, inside.T @ chance),
        ],
        axis=1,
    )
    found, at = [], 0
    for rows in first:
        found.append(np.concatenate([rows, extra[at : at + len(rows)]], axis=1))
        at += len(rows)
    return tuple(found)


def _same(labels: list[str]) -> NDArray[np.bool_]:
    """Which labels are equal, empty ones never."""
    numbers = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    ids = np.array([numbers[label] if label else -1 - i for i, label in enumerate(labels)])
    return np.asarray(ids[:, None] == ids[None, :])
