"""Time expressions by tokens; the parse tells which way they look. The publication day is Friday, 2 July 2021."""

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kg.extract.rules.times import find_times
from kg.parse.frozen import thaw

PARSES = json.loads((Path(__file__).parents[2] / "parses" / "values.json").read_text(encoding="utf-8"))

TIMES = [
    ("will", [("Saturday", "2021-07-03", "date")]),
    ("resumed", [("Saturday", "2021-06-26", "date")]),
    ("due", [("Monday", "2021-07-05", "date")]),
    ("scheduled", [("Tuesday", "2021-07-06", "date")]),
    ("begins", [("Wednesday", "2021-07-07", "date")]),
    ("progressive", [("Monday", "2021-07-05", "date")]),
    ("plans", [("March", "2022-03", "date")]),
    ("was closed", [("March", "2021-03", "date")]),
    ("had to", [("Saturday", "2021-06-26", "date")]),
    ("ages and durations", [("three hours", None, "duration"), ("Thursday", "2021-07-01", "date")]),
    ("relative clause", [("2016", "2016", "date"), ("Friday morning", "2021-07-02", "date")]),
    ("date", [("3 October 2016", "2016-10-03", "date")]),
]


def parse(name: str) -> Doc:
    return thaw(PARSES[name])


@pytest.mark.parametrize(("name", "expected"), TIMES, ids=[name for name, _ in TIMES])
def test_times(name: str, expected: list[tuple[str, str | None, str]]) -> None:
    doc = parse(name)
    found = find_times(doc, "2021-07-02")
    assert [(doc[t.start : t.end].text, t.value, t.kind) for t in found] == expected


def test_without_a_publication_date_only_absolute_dates_have_values() -> None:
    assert [t.value for t in find_times(parse("relative clause"), None)] == ["2016", None]


def test_a_text_without_a_time() -> None:
    assert find_times(parse("plain"), "2021-07-02") == ()
    assert find_times(Doc(parse("plain").vocab, words=[]), "2021-07-02") == ()
