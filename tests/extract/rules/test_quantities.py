"""Numbers of things, on frozen parses: sentence → words, value, unit."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.rules.quantities import find_quantities
from kg.extract.rules.times import TimeSpan
from kg.parse.frozen import thaw

PARSES = json.loads((Path(__file__).parents[2] / "parses" / "values.json").read_text(encoding="utf-8"))

# name of the frozen parse, words, value, approximate, unit, kind
QUANTITIES = [
    ("plain", "568", "568", False, "people", "count"),
    ("about", "Around 1,500", "1500", True, "residents", "count"),
    ("more than", "More than 3,500", "3500/..", False, "people", "count"),
    ("at least", "At least two", "2/..", False, "soldiers", "count"),
    ("up to", "up to 400", "../400", False, "guests", "count"),
    ("hundreds", "Hundreds", "200/999", True, "officers", "count"),
    ("tens of thousands", "Tens of thousands", "20000/99999", True, "voters", "count"),
    ("millions", "Millions", "2000000/..", True, "birds", "count"),
    ("dozens", "Dozens", "24/99", True, None, "count"),
    ("half a dozen", "Half a dozen", "6", False, "boats", "count"),
    ("couple", "A couple", "2", True, "students", "count"),
    ("several hundred", "Several hundred", "200/999", True, "guests", "count"),
    ("range", "10 to 20 percent", "10/20", False, "percent", "percent"),
    ("between", "Between 300 and 400", "300/400", False, "farmers", "count"),
    ("or more", "50 or more", "50/..", False, "drivers", "count"),
    ("dollars", "$3.5 million", "3500000", False, "$", "money"),
    ("euros", "about two million euros", "2000000", True, "euros", "money"),
    ("half million", "half a million pounds", "500000", False, "pounds", "money"),
    ("percent", "61.4%", "61.4", False, "%", "percent"),
    ("per cent", "three per cent", "3", False, "cent", "percent"),
    ("measure", "12 km", "12", False, "km", "measure"),
    ("words", "Two hundred and fifty thousand", "250000", False, "workers", "count"),
    ("alone", "12", "12", False, None, "count"),
    ("group", "six", "6", False, "member", "count"),
    ("age comma", "34", "34", False, None, "age"),
    ("age old", "19-year-old", "19", False, None, "age"),
    ("age at", "sixteen", "16", False, None, "age"),
    ("age be", "twelve", "12", False, None, "age"),
]

NOTHING = ["year", "date", "duration", "ordinal", "score", "phone", "share", "one", "article"]


def parse(name: str) -> Doc:
    return thaw(PARSES[name])


@pytest.mark.parametrize(("name", "words", "value", "approximate", "unit", "kind"), QUANTITIES)
def test_quantity(name: str, words: str, value: str, approximate: bool, unit: str | None, kind: str) -> None:
    doc = parse(name)
    (found,) = find_quantities(doc)
    assert doc[found.start : found.end].text == words
    assert (found.value, found.approximate, found.kind) == (value, approximate, kind)
    assert (None if found.unit is None else doc[found.unit].text) == unit


@pytest.mark.parametrize("name", NOTHING)
def test_no_quantity(name: str) -> None:
    assert find_quantities(parse(name)) == ()


def test_given_times_are_not_looked_for_again() -> None:
    doc = parse("plain")
    assert find_quantities(doc, [TimeSpan(2, 3, None, "date")]) == ()
    assert len(find_quantities(doc, [])) == 1


@given(st.lists(st.sampled_from(["two", "10", "-", "of", "a", "dozen", "hundreds", "to", "$", "%", "people", "years"])))
def test_any_words_in_any_order(words: list[str]) -> None:
    doc = Doc(parse("plain").vocab, words=words)
    end = 0
    for found in find_quantities(doc):
        assert end <= found.start < found.end <= len(doc)
        end = found.end
