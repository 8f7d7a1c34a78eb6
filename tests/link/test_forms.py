"""Written forms of place names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.forms import abbreviations, bare, expand, normal, variants


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("St. Louis", "saint louis"),
        ("St Albans", "saint albans"),
        ("Saint-Étienne", "saint etienne"),
        ("Mt. Etna", "mount etna"),
        ("Ft. Worth", "fort worth"),
        ("The Hague", "hague"),
        ("Łódź", "lodz"),
        ("Malmö", "malmo"),
        ("D.C.", "dc"),
        ("Côte d’Ivoire", "cote divoire"),
        ("LONDON", "london"),
        ("Stone", "stone"),
    ],
)
def test_keys_forget_how_a_name_is_written(name: str, key: str) -> None:
    assert normal(name) == key


@given(st.text("abtmsef -'.éø", max_size=30))
def test_capitals_and_accents_make_no_difference(text: str) -> None:
    key = normal(text)
    assert normal(text.upper()) == key
    assert key == " ".join(key.split())
    assert key.isascii()


@pytest.mark.parametrize(
    ("form", "full"),
    [
        ("Calif.", "California"),
        ("D.C.", "District of Columbia"),
        ("U.S.", "United States"),
        ("N. H.", "New Hampshire"),
        ("Miss.", "Mississippi"),
        ("Miss", None),
        ("Ill", None),
        ("us", None),
        ("Ohio", None),
    ],
)
def test_abbreviations_need_their_full_stop_where_they_are_words(form: str, full: str | None) -> None:
    assert expand(form) == full


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        ("Orange County", ("orange county", "orange")),
        ("City of Niles", ("city of niles", "niles")),
        ("northern Mali", ("northern mali", "mali")),
        ("South-East Asia", ("south east asia", "asia")),
        ("Western U.S.", ("western us", "united states")),
        ("the Netherlands'", ("netherlands",)),
        ("Ohio's", ("ohio",)),
        ("Wash.", ("washington state",)),
        ("…", ()),
    ],
)
def test_variants_come_likeliest_first(form: str, keys: tuple[str, ...]) -> None:
    assert variants(form) == keys


def test_bare_forms_keep_short_words() -> None:
    assert bare("the ’s") == "’s"


def test_no_abbreviation_is_listed_twice_or_stands_for_another_abbreviation() -> None:
    assert all(full for full, _ in abbreviations().values())
    assert not {full for full, _ in abbreviations().values()} & set(abbreviations())
