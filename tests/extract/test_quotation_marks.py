"""Pairs of quotation marks in a text, without any model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quotation_marks import find_quoted

PAIRS = [
    ("He said “we go on” and left.", ["“we go on”"]),
    ('He said "we go on" and left.', ['"we go on"']),
    ("He said ''we go on'' and left.", ["''we go on''"]),
    ("He said ``we go on'' and left.", ["``we go on''"]),
    ("He said «we go on» and left.", ["«we go on»"]),
    ("“One,” he said, “and two.”", ["“One,”", "“and two.”"]),
    ('Mixed “marks" and "marks” too.', ['“marks"', '"marks”']),
    ('He is 6\' 2" tall and said "no".', ['"no"']),
    ("“He said, ‘go,’ and I went.”", ["“He said, ‘go,’ and I went.”"]),
    ("‘The teachers’ union agrees,’ he said.", ["‘The teachers’ union agrees,’"]),
    ("'It isn't over,' she said.", ["'It isn't over,'"]),
    ("The ministers' plan and the '90s.", []),
    ("Rock 'n' roll is dead.", []),
    ("A closing mark” alone.", []),
    ('Empty "" marks.', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_pairs(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quoted(text)] == expected


def test_a_forgotten_mark_costs_its_paragraph_only() -> None:
    text = "“We waited all night, he said.\n\nThen the train came. “At last,” she said."
    first, second = find_quoted(text)
    assert (text[first.start : first.end], first.closed) == ("“We waited all night, he said.", False)
    assert (text[second.start : second.end], second.closed) == ("“At last,”", True)


def test_a_mark_that_opens_again_closes_the_one_before() -> None:
    text = "“We waited all night. “At last,” she said."
    assert [text[q.start : q.end] for q in find_quoted(text)] == ["“We waited all night.", "“At last,”"]


def test_a_speech_over_paragraphs() -> None:
    text = "“One paragraph.\n\n“A second one.\n\n“A third,” he said."
    assert [(q.closed, q.continued) for q in find_quoted(text)] == [(False, False), (False, True), (True, True)]


def test_a_speech_that_opens_once_and_closes_paragraphs_later() -> None:
    text = '"One paragraph.\nA second one without marks.\nA third one."\nHe left.'
    found = find_quoted(text)
    assert [text[q.start : q.end] for q in found] == [
        '"One paragraph.',
        "A second one without marks.",
        'A third one."',
    ]
    assert [q.continued for q in found] == [False, True, True]


@given(st.text(alphabet="“”\"'‘’«» \nabcABC.,", max_size=60))
def test_what_is_found_is_in_order_and_inside_the_text(text: str) -> None:
    end = 0
    for quoted in find_quoted(text):
        assert end <= quoted.start < quoted.end <= len(text)
        end = quoted.end
