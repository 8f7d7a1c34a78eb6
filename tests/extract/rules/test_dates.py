"""Dates of a text: words → ISO value, without any model. The publication day is Friday, 2 July 2021."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.rules.date_context import Tense
from kg.extract.rules.dates import find_dates

PUBLISHED = "2021-07-02"

ABSOLUTE = [
    ("on 3 October 2016", "3 October 2016", "2016-10-03"),
    ("on October 3, 2016", "October 3, 2016", "2016-10-03"),
    ("on Monday, 3 October 2016", "Monday, 3 October 2016", "2016-10-03"),
    ("the 3rd of October 2016", "the 3rd of October 2016", "2016-10-03"),
    ("Sept. 11, 2001", "Sept. 11, 2001", "2001-09-11"),
    ("on 2016-10-03", "2016-10-03", "2016-10-03"),
    ("at 2016-10-03T10:30", "2016-10-03T10:30", "2016-10-03T10:30"),
    ("31/12/2016", "31/12/2016", "2016-12-31"),
    ("in October 2016", "October 2016", "2016-10"),
    ("in 2016", "2016", "2016"),
    ("the 2016 election", "2016", "2016"),
    ("between 2010 and 2012", "2010 and 2012", "2010-01-01/2012-12-31"),
    ("from 2010 to 2012", "2010 to 2012", "2010-01-01/2012-12-31"),
    ("in 2010–12", "2010–12", "2010-01-01/2012-12-31"),
    ("from March to June 2016", "March to June 2016", "2016-03-01/2016-06-30"),
    ("from December to February 2016", "December to February 2016", "2015-12-01/2016-02-29"),
    ("3 to 5 October 2016", "3 to 5 October 2016", "2016-10-03/2016-10-05"),
    ("October 3-5, 2016", "October 3-5, 2016", "2016-10-03/2016-10-05"),
    ("in the summer of 2003", "summer of 2003", "2003-06-01/2003-08-31"),
    ("in winter 2003", "winter 2003", "2003-12-01/2004-02-29"),
    ("in the 1990s", "1990s", "1990-01-01/1999-12-31"),
    ("in the 80s", "80s", "1980-01-01/1989-12-31"),
    ("in the 20th century", "20th century", "1901-01-01/2000-12-31"),
    ("the twenty-first century", "twenty-first century", "2001-01-01/2100-12-31"),
    ("since October 2016", "October 2016", "2016-10-01/.."),
    ("until 2012", "2012", "../2012-12-31"),
    ("before 2010", "2010", "../2010-01-01"),
    ("after 2010", "2010", "2010-12-31/.."),
    ("after the 1999 flood", "1999", "1999"),
    ("Christmas Day 2016", "Christmas Day 2016", "2016-12-25"),
    ("Good Friday 2016", "Good Friday 2016", "2016-03-25"),
]

RELATIVE = [
    ("yesterday", "yesterday", "2021-07-01"),
    ("tomorrow morning", "tomorrow morning", "2021-07-03"),
    ("the day before yesterday", "the day before yesterday", "2021-06-30"),
    ("on Friday", "Friday", "2021-07-02"),
    ("on Thursday", "Thursday", "2021-07-01"),
    ("on Saturday", "Saturday", "2021-06-26"),
    ("last Friday", "last Friday", "2021-06-25"),
    ("next Friday", "next Friday", "2021-07-09"),
    ("this Saturday", "this Saturday", "2021-07-03"),
    ("on Tuesday last week", "Tuesday last week", "2021-06-22"),
    ("on Monday evening", "Monday evening", "2021-06-28"),
    ("last weekend", "last weekend", "2021-06-26/2021-06-27"),
    ("last weekend, from Friday to Monday", "last weekend, from Friday to Monday", "2021-06-25/2021-06-28"),
    ("from Friday to Monday", "Friday to Monday", "2021-06-25/2021-06-28"),
    ("over the weekend", "over the weekend", "2021-06-26/2021-06-27"),
    ("last week", "last week", "2021-06-21/2021-06-27"),
    ("earlier this week", "earlier this week", "2021-06-28/2021-07-02"),
    ("later this month", "later this month", "2021-07-02/2021-07-31"),
    ("last month", "last month", "2021-06"),
    ("this year", "this year", "2021"),
    ("so far this year", "so far this year", "2021-01-01/2021-07-02"),
    ("last year", "last year", "2020"),
    ("next year", "next year", "2022"),
    ("two days ago", "two days ago", "2021-06-30"),
    ("three months ago", "three months ago", "2021-04"),
    ("seventeen years ago", "seventeen years ago", "2004"),
    ("twenty-five years ago", "twenty-five years ago", "1996"),
    ("in the past three years", "the past three years", "2018-07-02/2021-07-02"),
    ("over the next two weeks", "the next two weeks", "2021-07-02/2021-07-16"),
    ("over the next decade", "the next decade", "2021-07-02/2031-07-02"),
    ("since March", "March", "2021-03-01/.."),
    ("in August", "August", "2020-08"),
    ("October 3", "October 3", "2021-10-03"),
    ("in March last year", "March last year", "2020-03"),
    ("on 3 May last year", "3 May last year", "2020-05-03"),
    ("since November of last year", "November of last year", "2020-11-01/.."),
    ("on 30 January", "30 January", "2021-01-30"),
    ("last summer", "last summer", "2020-06-01/2020-08-31"),
    ("by Thursday night", "Thursday night", "../2021-07-01"),
    ("at 10:30 on Monday", "10:30 on Monday", "2021-06-28T10:30"),
    ("Monday at 3 p.m.", "Monday at 3 p.m.", "2021-06-28T15:00"),
    ("at noon on Tuesday", "noon on Tuesday", "2021-06-29T12:00"),
    ("on Christmas Eve", "Christmas Eve", "2021-12-24"),
]

UNKNOWN = [
    ("03/10/2016", "date"),
    ("31 June 2016", "date"),
    ("a few days ago", "date"),
    ("three days later", "date"),
    ("at 10:30 local time", "time"),
    ("at 15:11 GMT", "time"),
    ("for three hours", "duration"),
    ("a two-day strike", "duration"),
    ("every Friday", "set"),
    ("on Mondays", "set"),
    ("aged 34", "age"),
    ("a 34-year-old man", "age"),
]

NOTHING = [
    "protesters may march",
    "Theresa May said so",
    "2016 people came",
    "the 1900 block of Main Street",
    "1,500 people came",
    "it cost $2016",
    "flight 1998",
    "No. 1998",
    "twice a week",
    "",
]


@pytest.mark.parametrize(("text", "words", "value"), ABSOLUTE)
def test_absolute_dates_need_no_publication_date(text: str, words: str, value: str) -> None:
    for published in (None, PUBLISHED):
        (found,) = find_dates(text, published)
        assert (text[found.start : found.end], found.value, found.kind) == (words, value, "date")


@pytest.mark.parametrize(("text", "words", "value"), RELATIVE)
def test_relative_dates(text: str, words: str, value: str) -> None:
    (found,) = find_dates(text, PUBLISHED)
    assert (text[found.start : found.end], found.value, found.kind) == (words, value, "date")
    (unresolved,) = find_dates(text)
    assert (unresolved.start, unresolved.end, unresolved.value) == (found.start, found.end, None)


@pytest.mark.parametrize(("text", "kind"), UNKNOWN)
def test_what_has_no_value(text: str, kind: str) -> None:
    (found,) = find_dates(text, PUBLISHED)
    assert (found.value, found.kind) == (None, kind)


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_time(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    ("tense", "text", "value"),
    [
        ("future", "on Saturday", "2021-07-03"),
        ("future", "on Friday", "2021-07-02"),
        ("past", "on Saturday", "2021-06-26"),
        ("future", "in March", "2022-03"),
        ("past", "in March", "2021-03"),
        ("future", "on February 9", "2022-02-09"),
        ("past", "on October 3", "2020-10-03"),
        ("future", "over the weekend", "2021-07-03/2021-07-04"),
    ],
)
def test_the_tense_decides(tense: Tense, text: str, value: str) -> None:
    (found,) = find_dates(text, PUBLISHED, lambda _: tense)
    assert found.value == value


def test_a_broken_publication_date_resolves_nothing() -> None:
    (found,) = find_dates("on Friday", "yesterday")
    assert found.value is None


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@given(DAYS)
def test_a_written_day_is_that_day(day: date) -> None:
    for text in (f"{day:%d %B %Y}", f"{day:%B} {day.day}, {day.year}", day.isoformat()):
        (found,) = find_dates(f"It fell on {text} or so.")
        assert found.value == day.isoformat()


@given(DAYS, st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))
def test_a_weekday_is_within_a_week(published: date, name: str) -> None:
    (behind,) = find_dates(f"on {name}", published.isoformat())
    (ahead,) = find_dates(f"on {name}", published.isoformat(), lambda _: "future")
    assert behind.value is not None
    assert ahead.value is not None
    days = date.fromisoformat(behind.value), date.fromisoformat(ahead.value)
    assert all(f"{day:%A}" == name for day in days)
    assert published - timedelta(days=7) < days[0] <= published <= days[1] < published + timedelta(days=7)


@given(st.text(alphabet="0123456789 -/:.,MonTuJaMyFrilst agdy'’\n", max_size=80), st.none() | DAYS)
def test_any_text(text: str, published: date | None) -> None:
    end = 0
    for found in find_dates(text, None if published is None else published.isoformat()):
        assert end <= found.start < found.end <= len(text)
        end = found.end


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time(published: str) -> None:
    text = (
        "last week, next year, on Friday, 9999 years ago, over the next decade, yesterday, last century, next weekend"
    )
    assert len(find_dates(text, published)) >= 7
