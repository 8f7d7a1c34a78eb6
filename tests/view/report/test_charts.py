"""The drawn parts of a report: columns of a timeline, places on a map."""

import re
from datetime import date, timedelta

import pytest

from kg.view.report.records import Spot
from kg.view.report.timeline import HEIGHT, WIDTH, timeline
from kg.view.report.worldmap import WIDTH as ACROSS
from kg.view.report.worldmap import decoded, worldmap


@pytest.mark.parametrize(
    ("last", "unit", "columns"),
    [
        ("2024-01-02", "day", 2),
        ("2024-02-20", "day", 51),
        ("2024-12-30", "week", 53),
        ("2028-03-01", "month", 51),
        ("2040-01-01", "year", 17),
    ],
)
def test_time_is_parted_as_fits(last: str, unit: str, columns: int) -> None:
    found = timeline([("2024-01-01", 1), (last, 2)])
    assert found is not None
    assert (found.unit, len(found.columns)) == (unit, columns)
    assert sum(column.count for column in found.columns) == 3
    assert all(column.x >= 0 and column.x + column.width <= WIDTH for column in found.columns)


def test_columns_are_as_high_as_their_numbers() -> None:
    found = timeline([("2024-01-01", 4), ("2024-01-02", 1), ("2024-01-04", 2)])
    assert found is not None
    assert [column.count for column in found.columns] == [4, 1, 0, 2]
    height = found.columns[0].height
    assert [column.height for column in found.columns] == [height, height / 4, 0, height / 2]
    (_, low), *_, (top, high) = found.lines
    assert (top, low - high) == (4, height)
    assert found.columns[0].y + height == low < HEIGHT


def test_a_week_is_named_by_its_monday() -> None:
    days = [(date(2024, 1, 3) + timedelta(days=n)).isoformat() for n in range(0, 200, 10)]
    found = timeline((day, 1) for day in days)
    assert found is not None
    assert {date.fromisoformat(column.name).weekday() for column in found.columns} == {0}


def test_odd_days_are_drawn() -> None:
    assert timeline([]) is None
    for days in (["0001-01-01"], ["9999-12-31"], ["0001-01-01", "9999-12-31"]):
        found = timeline((day, 1) for day in days)
        assert found is not None
        assert len(found.columns) <= 10_000


def test_rings_are_read_as_they_were_packed() -> None:
    # By hand: 90.00 is 9000, doubled 18000 = 0b10001_10010_10000; -0.01 is the complement of 0, doubled: 1.
    assert list(decoded("moH0" + "11")) == [(90.0, 0.0), (89.99, -0.01)]


def test_places_lie_in_their_countries() -> None:
    spots = [Spot("Paris", 48.85, 2.35, 9), Spot("Berlin", 52.52, 13.4, 1)]
    found = worldmap(spots)
    assert found is not None
    paris, berlin = found.dots
    assert paris.x < berlin.x
    assert paris.y > berlin.y
    assert paris.radius == pytest.approx(3 * berlin.radius, abs=0.5)
    assert (paris.label, berlin.label) == ("Paris", "Berlin")
    rings = [
        [tuple(map(float, point.split(","))) for point in part[1:].split("L")] for part in found.land.split("Z") if part
    ]
    assert sum(_inside(paris.x, paris.y, ring) for ring in rings) == 1
    assert sum(_inside(berlin.x, berlin.y, ring) for ring in rings) == 1


def _inside(x: float, y: float, ring: list[tuple[float, ...]]) -> bool:
    crossed = False
    for (ax, ay), (bx, by) in zip([ring[-1], *ring], ring, strict=False):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            crossed = not crossed
    return crossed


@pytest.mark.parametrize(
    "places",
    [[(0, 0)], [(89, 179)], [(-90, -180)], [(70, -179), (-55, 179)], [(51, 3.1), (51, 3.2)], [(90, 0), (-90, 0)]],
)
def test_every_place_is_on_the_map(places: list[tuple[float, float]]) -> None:
    found = worldmap([Spot("here", *place, 1) for place in places])
    assert found is not None
    assert all(0 <= dot.x <= ACROSS and 0 <= dot.y <= found.height for dot in found.dots)
    assert re.fullmatch(r"[-MLZ0-9.,]*", found.land)


def test_what_is_nowhere_is_not_drawn() -> None:
    assert worldmap([]) is None
    assert worldmap([Spot("beyond", 91, 0, 1), Spot("lost", float("nan"), 0, 1)]) is None
