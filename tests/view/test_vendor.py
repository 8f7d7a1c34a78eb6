"""What is vendored is what is listed, with its licence; the countries are cut where a flat map ends."""

import hashlib
import importlib.util
import json
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.view import vendored

PACKAGES: list[dict[str, Any]] = tomllib.loads(vendored.text("vendor.toml"))["package"]
FILES = {file["name"]: file["sha256"] for package in PACKAGES for file in package["files"]}
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"


def test_nothing_unlisted_lies_there() -> None:
    assert {path.name for path in vendored.FOLDER.iterdir()} == {*FILES, "vendor.toml", "README.md"}


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_is_the_one_that_was_fetched(name: str) -> None:
    assert hashlib.sha256((vendored.FOLDER / name).read_bytes()).hexdigest() == FILES[name]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_each_package_comes_with_its_licence(package: dict[str, Any]) -> None:
    assert f"{package['name']}.LICENSE.txt" in {file["name"] for file in package["files"]}
    assert "opyright" in vendored.text(f"{package['name']}.LICENSE.txt")
    row = f"| {package['name']} | {package['version']} | {package['licence']}"
    assert row in vendored.text("README.md")
    assert package["integrity"].startswith("sha512-")


@pytest.mark.parametrize("name", sorted(name for name in FILES if name.endswith((".js", ".css"))))
def test_no_file_loads_another(name: str) -> None:
    text = vendored.text(name)
    assert "sourceMappingURL" not in text
    assert "</script" not in text.lower()
    assert "url(" not in text or name.endswith(".js")
    assert "new Function" not in text


def _rings(country: dict[str, Any]) -> list[list[tuple[float, float]]]:
    return [_points(ring) for ring in country["rings"]]


def _points(ring: str) -> list[tuple[float, float]]:
    """The ring's points, read as the page's script reads them."""
    numbers: list[int] = []
    value = shift = 0
    for letter in ring:
        digit = ALPHABET.index(letter)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    x = y = 0
    points = []
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / 100, y / 100))
    return points


@pytest.fixture(scope="module")
def countries() -> dict[str, list[list[tuple[float, float]]]]:
    return {country["name"]: _rings(country) for country in json.loads(vendored.text("countries.json"))}


def test_no_border_runs_from_edge_to_edge(countries: dict[str, list[list[tuple[float, float]]]]) -> None:
    assert len(countries) > 200
    for name, rings in countries.items():
        assert rings, name
        for ring in rings:
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring), name
            jumps = [abs(a[0] - b[0]) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
            if name != "Antarctica":  # whose ring comes back below the map
                assert max(jumps) < 180, name


@pytest.mark.parametrize("name", ["Russia", "Fiji"])
def test_countries_reach_over_the_antimeridian(
    countries: dict[str, list[list[tuple[float, float]]]], name: str
) -> None:
    xs = [x for ring in countries[name] for x, _ in ring]
    assert max(xs) == 180
    assert min(xs) == -180
    for ring in countries[name]:
        assert max(x for x, _ in ring) - min(x for x, _ in ring) < 170, "on one side only"


def test_antarctica_comes_back_along_the_pole(countries: dict[str, list[list[tuple[float, float]]]]) -> None:
    ring = max(countries["Antarctica"], key=len)
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        assert abs(ax - bx) < 180 or ay == by == -90


def test_neighbours_share_their_border(countries: dict[str, list[list[tuple[float, float]]]]) -> None:
    france, spain = ({point for ring in countries[name] for point in ring} for name in ("France", "Spain"))
    assert len(france & spain) > 10


def test_the_map_is_small() -> None:
    assert (vendored.FOLDER / "countries.json").stat().st_size < 150_000


@pytest.fixture(scope="module")
def packing(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("pack_countries", root / "scripts" / "pack_countries.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_ring_over_the_antimeridian_is_cut_in_two(packing: ModuleType) -> None:
    ring = [(170.0, 0.0), (-170.0, 0.0), (-170.0, 10.0), (170.0, 10.0), (170.0, 0.0)]
    east, west = sorted(packing.cut(ring), key=lambda part: -min(x for x, _ in part))
    assert {x for x, _ in east} == {170, 180}
    assert {x for x, _ in west} == {-180, -170}
    assert abs(packing.area(east)) + abs(packing.area(west)) == 200


def test_what_is_written_can_be_read(packing: ModuleType) -> None:
    ring = [(-180.0, -16.55), (179.99, 71.2), (0.0, 0.0)]
    assert _points(packing.encoded(ring)) == ring
