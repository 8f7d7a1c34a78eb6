"""Places on an outline of the countries, as the parts of an SVG: what of the world holds them, and no more.

The countries are those of the page's map (kg/view/vendor/countries.json, of Natural Earth): each ring is a first point
and steps, in hundredths of a degree, five bits a letter. Degrees are drawn as they are, narrower by the cosine of the
middle latitude, so that a country far north keeps its shape.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.view import vendored
from kg.view.report.records import Spot

WIDTH = 900
_LEAST, _TALLEST = 360, 640  # pixels of height
_ALPHABET = {letter: n for n, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")}
_SPAN = 12.0  # degrees of latitude that are shown at least
_NAMED = 14
_LETTER, _LINE = 7.6, 15.0  # pixels

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """A place as it is drawn; `label` where there is room for its name, to the left or right of it."""

    name: str
    mentions: int
    x: float
    y: float
    radius: float
    label: str = ""
    left: bool = False


@dataclass(frozen=True, slots=True)
class Worldmap:
    """A height in pixels, the path of the land, and the dots, larger ones first."""

    height: int
    land: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What of the world is shown: degrees, and how many pixels a degree of longitude and of latitude has."""

    west: float
    north: float
    across: float
    down: float
    height: int

    def place(self, longitude: float, latitude: float) -> Point:
        """Return where a point is drawn."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.down


def worldmap(spots: Sequence[Spot]) -> Worldmap | None:
    """Return the map of some places; None where there is none."""
    good = [s for s in spots if -90 <= s.latitude <= 90 and -180 <= s.longitude <= 180]
    if not good:
        return None
    frame = _frame(good)
    return Worldmap(frame.height, _land(frame), tuple(_dots(good, frame)))


def _frame(spots: Sequence[Spot]) -> _Frame:
    """Return the frame around all places, with room beside them."""
    latitudes = [spot.latitude for spot in spots]
    longitudes = [spot.longitude for spot in spots]
    middle = (min(latitudes) + max(latitudes)) / 2
    narrow = max(0.35, math.cos(math.radians(middle)))
    high = max(_SPAN, (max(latitudes) - min(latitudes)) * 1.25)
    wide = max(_SPAN * 1.8 / narrow, (max(longitudes) - min(longitudes)) * 1.2, high * 1.5 / narrow)
    wide = min(wide, 360.0)
    across = WIDTH / wide
    down = across / narrow
    height = round(min(max(high * down, _LEAST), _TALLEST))
    high = height / down
    if high < (max(latitudes) - min(latitudes)) * 1.08:
        down = height / ((max(latitudes) - min(latitudes)) * 1.16)
        high = height / down
    west = (min(longitudes) + max(longitudes)) / 2 - wide / 2
    west = min(max(west, -180.0), 180.0 - wide)
    return _Frame(west, middle + high / 2, across, down, height)


@cache
def _rings() -> tuple[tuple[Point, ...], ...]:
    countries = json.loads(vendored.text("countries.json"))
    return tuple(tuple(decoded(ring)) for country in countries for ring in country["rings"])


def decoded(ring: str) -> Iterator[Point]:
    """Yield the points of a ring in degrees.

    >>> list(decoded("moH0"))
    [(90.0, 0.0)]
    """
    numbers, value, shift = [], 0, 0
    for letter in ring:
        bits = _ALPHABET[letter]
        value |= (bits & 31) << shift
        shift += 5
        if not bits & 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    x = y = 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x / 100, y / 100


def _land(frame: _Frame) -> str:
    """Return the path of the countries that are in the frame; points closer than a pixel are left out."""
    parts = []
    for ring in _rings():
        points = [frame.place(*point) for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > frame.height:
            continue
        if max(max(xs) - min(xs), max(ys) - min(ys)) < 2:
            continue
        kept = [points[0]]
        for point in points[1:]:
            if math.dist(point, kept[-1]) >= 1.2:
                kept.append(point)
        if len(kept) > 2:
            parts.append("M" + "L".join(f"{_clip(x)},{_clip(y)}" for x, y in kept) + "Z")
    return "".join(parts)


def _clip(pixel: float) -> str:
    """Return a coordinate in few letters; what is far outside is nearer, where nobody sees it."""
    return f"{min(max(pixel, -4000.0), 5000.0):.1f}".removesuffix(".0")


def _dots(spots: Sequence[Spot], frame: _Frame) -> Iterator[Dot]:
    """Yield the dots, their areas by mentions, with the names of the largest where they hide nothing."""
    most = max(spot.mentions for spot in spots)
    placed = [(spot, *frame.place(spot.longitude, spot.latitude), _radius(spot.mentions, most)) for spot in spots]
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _, x, y, r in placed[:_NAMED]]
    for number, (spot, x, y, radius) in enumerate(placed):
        label, left = "", False
        if number < _NAMED:
            name = " ".join(spot.name.split())
            name = name if len(name) <= 24 else name[:23] + "…"
            for side in (False, True):
                box = _label_box(name, x, y, radius, side)
                others = taken[:number] + taken[number + 1 :]
                inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= frame.height
                if inside and not any(_overlap(box, other) for other in others):
                    label, left = name, side
                    taken.append(box)
                    break
        yield Dot(spot.name, spot.mentions, round(x, 1), round(y, 1), round(radius, 1), label, left)


def _radius(mentions: int, most: int) -> float:
    return max(2.5, 20 * math.sqrt(mentions / most))


def _label_box(name: str, x: float, y: float, radius: float, left: bool) -> Box:
    width = len(name) * _LETTER
    start = x - radius - 4 - width if left else x + radius + 4
    return start, y - _LINE / 2, start + width, y + _LINE / 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
