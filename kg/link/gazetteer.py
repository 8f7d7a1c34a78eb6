"""Places by name: two kinds of table behind one look-up.

The large one (`gazetteer.bin`: countries, subdivisions and cities of GeoNames, CC BY 4.0) is read a block at a time,
see `kg.link.table`. The small one (`kg/lang/en/places.tsv`: seas, rivers, mountains, regions …) is written by hand.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg import resources
from kg.errors import GazetteerError
from kg.link.forms import bare, normal, variants
from kg.link.table import Row, Table
from kg.parse.spans import Place

FILE = Path(__file__).parent / "gazetteer.bin"
REMEDY = "pip install --force-reinstall --no-deps kg-actors-places"
_WATER = frozenset(
    ("OCN", "SEA", "GULF", "BAY", "STRT", "CHN", "CNL", "STM", "LK", "LKS", "SD", "FLLS", "RF", "SHOL", "HBR", "GLCR")
)
_LANDFORM = frozenset(
    ("MTS", "MT", "VLC", "HLL", "ISL", "ISLS", "PEN", "CAPE", "VAL", "CNYN", "DSRT", "PLAT", "DLTA", "SWMP", "CAPG")
)
_FACILITY = frozenset(("S", "BLDG", "BDG", "TNL", "SQR", "ST", "MNMT", "PAL", "AIRP", "INSM", "PRK"))
# how well known a place of the hand-written table is: counted as inhabitants where the large table has those
_STANDING = {
    "CONT": 10**9,
    "OCN": 10**9,
    "RGN": 10**7,
    "SEA": 10**7,
    "PCLH": 10**7,
    "STM": 10**6,
    "MTS": 10**6,
    "GULF": 10**7,
    "CHN": 10**7,
    "STRT": 10**7,
}
_LESS = 10**5
_SPREAD = 2.5  # how many times the people of its capital a region needs to be more than that city
_NAMESAKE = 1.5  # … and the people of another city of its name
_SAME_KM = 400.0  # a region of the hand-written table this near to a subdivision of that name is that subdivision
_DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a form may mean.

    `variant` counts how far the form had to be changed to find it (0: not at all), `near` holds country codes of which
    the text must name one ("the Channel" needs France or Britain), empty where that does not matter.
    """

    place: Place
    variant: int = 0
    near: tuple[str, ...] = ()


def distance(a: Place, b: Place) -> float:
    """Kilometres between two places, infinite when one has no point (equirectangular, good to a percent nearby)."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    turn = abs(a.longitude - b.longitude)
    x = min(turn, 360 - turn) * math.cos(math.radians((a.latitude + b.latitude) / 2))
    return _DEGREE_KM * math.hypot(x, a.latitude - b.latitude)


def type_of(feature: str) -> str:
    """The ontology's class of a GeoNames feature code: "STM" → Water, "PCLI" → Country."""
    if feature.startswith("PCL"):
        return "Country"
    for kind, codes in (("Water", _WATER), ("Landform", _LANDFORM), ("Facility", _FACILITY)):
        if feature in codes:
            return kind
    return "City" if feature.startswith("PPL") else "Region"


def _stream_names(names: list[str], feature: str) -> list[str]:
    """Names of a river or lake with the word for it: "Nile" → "Nile", "Nile River", "River Nile"."""
    if feature != "STM" or "River" in names[0]:
        return names
    return [*names, f"{names[0]} River", f"River {names[0]}"]


def read_places(rows: Iterable[tuple[str, ...]]) -> dict[str, tuple[Candidate, ...]]:
    """The hand-written table by key: rows of `places.tsv` → {"nile": (Candidate(…),), …}."""
    found: dict[str, list[Candidate]] = {}
    for names, feature, lat, lon, countries, geonames in rows:
        forms = _stream_names(names.split("|"), feature)
        name = forms[0].split("~")[0]
        slug = normal(name).replace(" ", "-")
        inside = tuple(c for c in countries.split(",") if c)
        place = Place(
            key=f"geonames-{geonames}" if geonames else slug.encode("ascii", "ignore").decode(),
            name=name.split(" (")[0],
            type=type_of(feature),
            latitude=float(lat),
            longitude=float(lon),
            country=inside[0] if len(inside) == 1 else None,
            feature=feature,
            population=_STANDING.get(feature, _LESS),
            geonames=int(geonames) if geonames else None,
        )
        for form in dict.fromkeys(forms):
            form, _, near = form.partition("~")
            found.setdefault(normal(form), []).append(Candidate(place, 0, tuple(n for n in near.split(",") if n)))
    return {key: tuple(places) for key, places in found.items()}


class Gazetteer:
    """Places by name, and what contains them; everything that was looked up once is kept."""

    def __init__(
        self,
        table: Table,
        places: Iterable[tuple[str, ...]] = (),
        demonyms: Iterable[tuple[str, ...]] = (),
    ) -> None:
        """Join a packed table, rows of `places.tsv` and rows of `demonyms.tsv`."""
        self._table = table
        self._own = read_places(places)
        self._own_places = {c.place.key: c.place for found in self._own.values() for c in found}
        self._demonyms = _demonyms(demonyms)
        self.lookup = lru_cache(maxsize=32768)(self._lookup)
        self._place = lru_cache(maxsize=32768)(self._make)
        self._of = lru_cache(maxsize=4096)(self._first)

    def candidates(self, form: str) -> tuple[Place, ...]:
        """The places that a name can mean, the most populous first: "Paris" → Paris (France), Paris (Texas).

        Abbreviations ("Calif."), "City of X", "X County", accents, "St." and possessives are understood.
        """
        found = {c.place.key: c.place for c in self.lookup(form)}
        return tuple(sorted(found.values(), key=lambda p: (-p.population, p.key)))

    def demonym(self, word: str) -> Place | None:
        """The place that an adjective or people noun belongs to: "French" → France, "Syrians" → Syria."""
        name = self._demonyms.get(word) or self._demonyms.get(word.removesuffix("s"))
        return self._of(name) if name else None

    def place(self, key: str) -> Place | None:
        """The place of that key: "geonames-3017382" → France."""
        if key in self._own_places:
            return self._own_places[key]
        digits = key.removeprefix("geonames-")
        number = self._table.number_of(int(digits)) if digits.isdecimal() else None
        return None if number is None else self._place(number)

    def within(self, place: Place) -> tuple[Place, ...]:
        """The places that contain a place, the nearest first: Calais → Pas-de-Calais, Hauts-de-France, France."""
        return tuple(found for key in place.parents if (found := self.place(key)) is not None)

    def _lookup(self, form: str) -> tuple[Candidate, ...]:
        """What a form may mean, with how it was found; the first variant that gives something ends the search."""
        for number, key in enumerate(variants(form)):
            table = _likely([Candidate(self._place(n), number) for n in self._table.numbers(key)], key)
            areas = [c.place for c in table if c.place.feature in ("PCLI", "ADM1", "ADM2")]
            own = [
                replace(c, variant=number)
                for c in self._own.get(key, ())
                if c.place.type == "Water" or c.near or not any(distance(c.place, a) < _SAME_KM for a in areas)
            ]
            ids = {c.place.key for c in own}
            found = own + [c for c in table if c.place.key not in ids]
            if found:
                return tuple(found)
        return ()

    def _make(self, number: int) -> Place:
        """The place of a row, with all that contains it."""
        row: Row = self._table.row(number)
        parents: tuple[str, ...] = ()
        if row.parent >= 0:
            above = self._place(row.parent)
            parents = (above.key, *above.parents)
        return Place(
            key=f"geonames-{row.geonames}",
            name=row.name,
            type=row.type,
            latitude=row.latitude,
            longitude=row.longitude,
            country=row.country or None,
            feature=row.feature,
            population=row.population,
            geonames=row.geonames,
            parents=parents,
        )

    def _first(self, name: str) -> Place | None:
        """The one place of the widest kind that a name of `demonyms.tsv` means ("Georgia, GE": the country's)."""
        name, _, country = name.partition(", ")
        rank = ("PCLI", "PCLH", "CONT", "ADM1", "RGN")
        found = [c.place for c in self.lookup(name) if not country or c.place.country == country]
        order = {feature: i for i, feature in enumerate(rank)}
        return min(found, key=lambda p: (order.get(p.feature or "", 9), -p.population, p.key), default=None)


def _likely(found: list[Candidate], key: str) -> list[Candidate]:
    """The candidates of a key without those that nobody means by it.

    Small towns that once were called "Florida" give way to the state, the province of Taiwan to the country; a region
    that is hardly more than its city ("Moscow", Mombasa County) is that city.
    """
    lands = {c.place.key for c in found if c.place.feature == "PCLI" and normal(c.place.name) == key}
    found = [c for c in found if not (c.place.type == "Region" and lands.intersection(c.place.parents))]
    large = {c.place.key for c in found if c.place.feature in ("PCLI", "ADM1") and normal(c.place.name) == key}
    if large:
        found = [c for c in found if normal(c.place.name).startswith(key) or c.place.population >= _LESS]
    filled: dict[str, float] = {}
    for city in (c.place for c in found if c.place.type == "City"):
        spread = _SPREAD if city.feature == "PPLC" else _NAMESAKE if normal(city.name) == key else 0.0
        for above in city.parents[:-1]:
            filled[above] = max(filled.get(above, 0.0), spread * city.population)
    return [c for c in found if c.place.population > filled.get(c.place.key, -1.0)]


def _demonyms(rows: Iterable[tuple[str, ...]]) -> dict[str, str]:
    words: dict[str, str] = {}
    for place, adjectives, people in rows:
        for word in (*adjectives.split("|"), *people.split("|")):
            if word:
                words.setdefault(word, place)
    return words


def read_table(file: Path) -> Table:
    """The packed table in a file.

    Raises:
        GazetteerError: the file is missing, damaged or of another version; the message says what to do.
    """
    try:
        return Table(file.read_bytes())
    except OSError as error:
        fault = f"can't be read ({error.strerror})"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        fault = f"is damaged or of another version of kg ({error})"
    raise GazetteerError(f"the table of places {file} {fault}: {REMEDY}")


@lru_cache(maxsize=1)
def load() -> Gazetteer:
    """The gazetteer that ships: about 290,000 places, of which it unpacks only what is asked for.

    Raises:
        GazetteerError: the file is missing, damaged or of another version; the message says what to do.
    """
    return Gazetteer(read_table(FILE), resources.table("en", "places.tsv"), resources.table("en", "demonyms.tsv"))


__all__ = ["Candidate", "Gazetteer", "bare", "distance", "load", "read_places", "read_table", "type_of"]
