"""Colours that can be told apart, by everybody, on both backgrounds."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.view import palette

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
}


def linear(color: str) -> NDArray[np.float64]:
    values = np.array([int(color[start : start + 2], 16) for start in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(one: str, other: str) -> float:
    light, dark = sorted((float(linear(color) @ [0.2126, 0.7152, 0.0722]) for color in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_families_differ_in_colour_or_in_shape(vision: str, theme: str) -> None:
    for one, other in itertools.combinations(palette.FAMILIES, 2):
        first, second = (lab(VISION[vision] @ linear(getattr(family, theme))) for family in (one, other))
        distance = float(np.linalg.norm(first - second))
        assert distance > 12 or one.shape != other.shape, f"{one.name} and {other.name}: {distance:.0f}"
        assert distance > 5, f"{one.name} and {other.name}: {distance:.0f}"


@pytest.mark.parametrize("theme", [0, 1])
def test_contrasts(theme: int) -> None:
    ink = {name: pair[theme] for name, pair in palette.INK.items()}
    for family in palette.FAMILIES:
        assert contrast((family.light, family.dark)[theme], ink["paper"]) >= 3, family.name
    for name in ("text", "muted", "accent", "denied", "subject", "predicate", "object", "speaker", "time"):
        assert contrast(ink[name], ink["surface"]) >= 4.5, name
    for role in ("subject", "predicate", "object", "speaker", "time"):
        assert contrast(ink["text"], ink[f"{role}-tint"]) >= 7, role


def test_shapes_are_those_that_the_script_draws(root: object) -> None:
    assert {family.shape for family in palette.FAMILIES} <= {
        "dot", "square", "triangle", "triangleDown", "diamond", "hexagon",
    }  # fmt: skip


def test_a_camp_is_a_place_and_an_agency_an_organization() -> None:
    assert palette.family_of(("Camp", "Facility", "Place", "Entity")).name == "place"
    assert palette.family_of(("MediaOrganization", "Organization", "Actor", "Entity")).name == "organization"
    assert palette.family_of(("Country", "Place", "Actor", "Entity")).name == "place"
    assert palette.family_of(()).name == "other"
