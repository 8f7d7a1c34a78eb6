"""IRIs of entities."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.iri import entity_iri
from kg.naming import canonical_name
from kg.parse.spans import Link, Place

BASE = "https://example.org/id/"
LOCAL = re.compile(r"[a-z][a-z0-9-]*")


def test_a_place_has_its_key() -> None:
    link = Link(Place("geonames-3029162", "Calais", "City", 50.9, 1.9), 0.9)
    assert entity_iri(BASE, "d1", "the town", "City", "name", link) == f"{BASE}entity/geonames-3029162"


def test_a_full_name_is_the_same_in_every_document() -> None:
    first = entity_iri(BASE, "d1", "Francois Guennoc", "Person", "name")
    assert first == entity_iri(BASE, "d2", "François  Guennoc", "Person", "name")
    assert first == entity_iri(BASE, "d2", "François Guennoc", "Organization", "name"), "the type is no part of it"


@pytest.mark.parametrize(("name", "kind"), [("Smith", "name"), ("the camp", "nominal"), ("he", "pronoun")])
def test_what_has_no_full_name_is_another_one_elsewhere(name: str, kind: str) -> None:
    here = entity_iri(BASE, "d1", name, "Person", kind)  # type: ignore[arg-type]
    assert here != entity_iri(BASE, "d2", name, "Person", kind)  # type: ignore[arg-type]


def test_an_ordinal_tells_two_apart() -> None:
    iris = {entity_iri(BASE, "d1", "migrants", "Group", "nominal", ordinal=n) for n in range(3)}
    assert len(iris) == 3


@given(st.text(max_size=40), st.text(max_size=10), st.sampled_from(["Person", "Group"]))
def test_local_names_need_no_escape(name: str, document: str, kind: str) -> None:
    iri = entity_iri(BASE, document, name, kind, "name")
    assert iri.isascii()
    assert LOCAL.fullmatch(iri.removeprefix(f"{BASE}entity/"))


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=30))
def test_canonical_names_are_stable(name: str) -> None:
    once = canonical_name(name)
    assert canonical_name(once) == once or not once
