"""How well names agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.resolve import bodies, people
from kg.graph.resolve.names import best, keys
from kg.naming import canonical_name


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Elena Vásquez", "Elena Vasquez", "same"),
        ("Elena Vasquez", "Elena Vasquez Moreno", "fuller"),
        ("John A. Smith", "John Smith", "fuller"),
        ("John A. Smith", "John B. Smith", None),
        ("Mohammed al-Sayed", "Mohamed Al Sayyed", "variant"),
        ("Mohamed Benali", "Mohammed Ben Ali", "variant"),
        ("Bill Hayes", "William Hayes", "variant"),
        ("K. Hayes", "William Hayes", None),
        ("W. Hayes", "Bill Hayes", "initial"),
        ("Raj Patel", "Rajesh Patel", "variant"),
        ("E. Vasquez", "Elena Vasquez", "initial"),
        ("Vasquez", "Elena Vasquez", "surname"),
        ("Elena", "Elena Vasquez", None),
        ("Alarcón Peña", "Beatriz Alarcón Peña", "surname"),
        ("Antonio Reyes Jr.", "Antonio Reyes Sr.", None),
        ("Antonio Reyes Jr.", "Antonio Reyes", "same"),
        ("Maria Moran", "Maria Marin", None),
        ("Kim Min-jun", "Min-jun Kim", "variant"),
        ("Al Gore", "Al Gore", "same"),
        ("Robert De Niro", "De Niro", "surname"),
    ],
)
def test_people(first: str, second: str, expected: str | None) -> None:
    a, b = canonical_name(first), canonical_name(second)
    assert people.agreement(a, b) == expected
    assert people.agreement(b, a) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Auberge des migrants", "L'Auberge des Migrants", None),
        ("Baltmar Ltd", "Baltmar", "same"),
        ("Baltmar", "Baltmar Shipping", "fuller"),
        ("Interior Ministry", "Ministry of the Interior", "generic"),
        ("Green Party", "Swedish Green Party", "generic"),
        ("Norwegian Green Party", "Swedish Green Party", None),
        ("Port Authority", "Gdansk Port Authority", "placed"),
        ("National Union of Teachers", "NUT", "acronym"),
        ("Nordhavn", "Nordhavn Dredging", "headed"),
        ("Hallbrück GmbH", "Hallbrueck", "variant"),
        ("Supreme Court", "Constitutional Court", None),
        ("Ministry of Health", "Ministry of Defence", None),
    ],
)
def test_bodies(first: str, second: str, expected: str | None) -> None:
    a, b = canonical_name(first), canonical_name(second)
    assert bodies.agreement(a, b) == expected
    assert bodies.agreement(b, a) == expected


def test_of_two_full_names_only_they_are_compared() -> None:
    assert best(("elena vasquez", "vasquez"), ("marta vasquez", "vasquez"), person=True) is None
    assert best(("elena vasquez", "vasquez"), ("vasquez",), person=True) == "surname"


NAMES = st.lists(
    st.sampled_from(
        [
            "anna",
            "bill",
            "william",
            "mohamed",
            "muhammad",
            "ben",
            "ali",
            "al",
            "sayed",
            "smith",
            "j",
            "party",
            "green",
            "national",
            "union",
            "nut",
        ]
    ),
    min_size=1,
    max_size=4,
).map(" ".join)


@given(NAMES, NAMES, st.booleans())
def test_names_that_agree_share_a_block_and_order_does_not_matter(a: str, b: str, person: bool) -> None:
    agreement = best((a,), (b,), person=person)
    assert agreement == best((b,), (a,), person=person)
    if agreement is not None:
        assert a == b or keys((a,), person=person) & keys((b,), person=person)


def test_a_name_without_a_word_is_like_no_other() -> None:
    assert people.tokens("") == ()
    assert people.agreement("", "elena vasquez") is None
    assert best(("",), ("elena maria vasquez",), person=True) is None
    assert not people.is_common("")
