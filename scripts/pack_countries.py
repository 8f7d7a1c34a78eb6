"""Countries of world-atlas (TopoJSON) as the map draws them: rings cut at the antimeridian, simpler, in few bytes.

Borders are simplified as arcs, before they are put together into rings, so that neighbours still touch (Visvalingam
and Whyatt, 1993). In world-atlas the rings of Russia, Fiji and Antarctica cross the antimeridian, which on a flat map
is a stripe from edge to edge: here each ring lies wholly on one side, its points at most 180 degrees apart.

A ring is a string of numbers: the first point, then the steps from point to point, longitude and latitude in
hundredths of a degree, each number as in Google's encoded polylines but from a printable alphabet that JSON need not
escape. `kg/view/templates/map.js` reads it.
"""

import heapq
import json
from collections.abc import Iterator, Sequence

Point = tuple[float, float]
Ring = list[Point]

UNITS = 100  # a degree
LEAST = 0.004  # square degrees of the triangle that a point must make to be kept
SMALLEST = 0.01  # square degrees of an island, unless it is the largest of its country
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def packed(topology: dict) -> str:
    """JSON of the countries: `[{"name", "code", "rings": ["…"]}]`, by name; the code is ISO 3166-1's number."""
    arcs = [simpler(arc) for arc in decoded(topology)]
    rows = []
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [country["arcs"]], "MultiPolygon": country["arcs"]}[country["type"]]
        whole = [ring for polygon in polygons for ring in (joined(part, arcs) for part in polygon)]
        rings = [part for ring in whole for part in cut(ring)]
        largest = max(abs(area(ring)) for ring in rings)
        kept = [ring for ring in rings if abs(area(ring)) >= min(SMALLEST, largest)]
        lines = [line for ring in kept if (line := encoded(ring))]
        if lines:  # Monaco is smaller than a point
            rows.append({"name": country["properties"]["name"], "code": country.get("id", ""), "rings": lines})
    rows.sort(key=lambda row: (row["name"], row["code"]))
    return "[\n" + ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows) + "\n]\n"


def decoded(topology: dict) -> Iterator[Ring]:
    """The arcs in degrees."""
    (across, up), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * across + left, y * up + bottom))
        yield points


def simpler(arc: Ring) -> Ring:
    """The arc without the points that make the smallest triangles; its ends stay, where other arcs begin."""
    before, after = [i - 1 for i in range(len(arc))], [i + 1 for i in range(len(arc))]
    gone = [False] * len(arc)

    def size(i: int) -> float:
        (ax, ay), (bx, by), (cx, cy) = arc[before[i]], arc[i], arc[after[i]]
        if max(ax, bx, cx) - min(ax, bx, cx) > 180:
            return 1e9  # on both sides of the antimeridian
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2

    sizes = [size(i) if 0 < i < len(arc) - 1 else 1e9 for i in range(len(arc))]
    heap = [(value, i) for i, value in enumerate(sizes)]
    heapq.heapify(heap)
    left = len(arc)
    closed = arc[0] == arc[-1]
    while heap and left > (5 if closed else 2):
        value, i = heapq.heappop(heap)
        if value >= LEAST:
            break
        if gone[i] or value != sizes[i]:
            continue
        gone[i], left = True, left - 1
        after[before[i]], before[after[i]] = after[i], before[i]
        for other in (before[i], after[i]):
            if 0 < other < len(arc) - 1:
                sizes[other] = max(size(other), value)
                heapq.heappush(heap, (sizes[other], other))
    return [point for point, missing in zip(arc, gone, strict=True) if not missing]


def joined(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """The closed ring of some arcs; the number of an arc that is walked backwards is its complement."""
    ring: Ring = []
    for number in numbers:
        points = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += points if not ring else points[1:]
    return ring


def cut(ring: Ring) -> Iterator[Ring]:
    """The parts of a ring on each side of the antimeridian, each within -180 to 180.

    A ring around the pole (Antarctica) is led down along the antimeridian first, and back on its other side.
    """
    x, flat = ring[0][0], []
    for point in ring:
        x += (point[0] - x + 180) % 360 - 180
        flat.append((x, point[1]))
    if abs(flat[-1][0] - flat[0][0]) > 180:
        flat += [(flat[-1][0], -90.0), (flat[0][0], -90.0)]
    low, high = min(x for x, _ in flat), max(x for x, _ in flat)
    for turn in (-360, 0, 360):
        if low + turn < 180 - 1e-9 and high + turn > -180 + 1e-9:
            part = [(x + turn, y) for x, y in flat]
            part = beside(part, -180.0, 1) if low + turn < -180 else part
            part = beside(part, 180.0, -1) if high + turn > 180 else part
            if len(part) > 2:
                yield part


def beside(ring: Ring, edge: float, side: int) -> Ring:
    """What of a ring lies east (1) or west (-1) of a meridian (Sutherland and Hodgman, 1974)."""
    kept: Ring = []
    for (ax, ay), (bx, by) in zip([ring[-1], *ring], ring, strict=False):
        a_in, b_in = (ax - edge) * side >= 0, (bx - edge) * side >= 0
        if a_in != b_in:
            kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
        if b_in:
            kept.append((bx, by))
    return kept


def area(ring: Ring) -> float:
    """Square degrees."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip([ring[-1], *ring], ring, strict=False)) / 2


def encoded(ring: Ring) -> str:
    """The ring in few letters, without its last point where that is the first, or "" if nothing is left of it."""
    points: list[tuple[int, int]] = []
    for point in ((round(x * UNITS), round(y * UNITS)) for x, y in ring):
        if not points or point != points[-1]:
            points.append(point)
    if points[-1] == points[0]:
        points.pop()
    if len(points) < 3:
        return ""
    x = y = 0
    letters = []
    for px, py in points:
        letters += [letters_of(px - x), letters_of(py - y)]
        x, y = px, py
    return "".join(letters)


def letters_of(value: int) -> str:
    """A whole number, five bits a letter, the lowest first, its sign in the last bit.

    >>> letters_of(0), letters_of(-1), letters_of(9000)
    ('0', '1', 'moH')
    """
    rest = value << 1 if value >= 0 else ~(value << 1)
    text = ""
    while rest >= 32:
        text += ALPHABET[32 | rest & 31]
        rest >>= 5
    return text + ALPHABET[rest]
