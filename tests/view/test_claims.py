"""Triples as the page tells them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Annotation, Argument, Predicate, Role, Triple
from kg.view.claims import Claim, Mark, claims_of, marks_within, turned, utf16_offsets, words_of

CAMP, POLICE, PARIS = Argument("the camp"), Argument("French police"), Argument("Paris")


def triple(
    subject: Argument, patient: Argument | None, *more: Argument, inverse: bool = False, relation: str | None = None
) -> Triple:
    predicate = Predicate("was cleared by", "clear", relation, inverse)
    return Triple("t1", subject, predicate, patient, more, False, "asserted", None, 1.0, 0, 10)


def with_role(argument: Argument, role: Role) -> Argument:
    return replace(argument, role=role)


@pytest.mark.parametrize(
    ("given_triple", "doer", "patient"),
    [
        pytest.param(triple(POLICE, CAMP), "French police", "the camp", id="as it stands"),
        pytest.param(triple(POLICE, None), "French police", None, id="no object"),
        pytest.param(triple(CAMP, POLICE, inverse=True), "French police", "the camp", id="by-agent as object"),
        pytest.param(
            triple(CAMP, with_role(PARIS, "theme"), with_role(POLICE, "agent"), inverse=True),
            "French police", "the camp", id="agent among the arguments",
        ),
        pytest.param(triple(CAMP, with_role(PARIS, "place"), inverse=True), None, "the camp", id="doer not named"),
        pytest.param(triple(CAMP, None, inverse=True), None, "the camp", id="passive alone"),
    ],
)  # fmt: skip
def test_turned(given_triple: Triple, doer: str | None, patient: str | None) -> None:
    first, second = turned(given_triple)
    assert (first and first.text, second and second.text) == (doer, patient)


def claims(annotation: Annotation) -> dict[str, Claim]:
    return {claim.label: claim for claim in claims_of(annotation)}


def marked(claim: Claim) -> list[tuple[str, str]]:
    return [(claim.sentence[mark.start : mark.end], mark.role) for mark in claim.marks]


def test_status_follows_how_it_is_said(news: tuple[Annotation, ...]) -> None:
    found = claims(news[0])
    assert {label: claim.status for label, claim in found.items()} == {
        "dismantled": "asserted", "ordered": "asserted", "heads": "asserted", "attacked": "attributed",
        "arrested": "denied", "met with": "possible", "visited": "possible", "provided": "asserted",
        "crossed": "asserted", "travelled to": "possible", "owns": "asserted",
    }  # fmt: skip


def test_a_speakers_own_deed_is_not_attributed() -> None:
    article = Annotation(
        "a", "I ordered it.", (), (), (replace(triple(replace(POLICE, entity="e1"), CAMP), attribution="e1"),), ()
    )
    assert next(claims_of(article)).status == "asserted"


def test_marks_of_a_plain_sentence(news: tuple[Annotation, ...]) -> None:
    claim = claims(news[0])["dismantled"]
    assert marked(claim) == [
        ("Police", "subject"), ("cleared", "predicate"), ("the Dockside camp", "object"), ("in Brenholm", "place"),
        ("on Tuesday", "time"),
    ]  # fmt: skip
    assert [(part.text, part.role, part.value) for part in claim.others] == [
        ("in Brenholm", "place", None), ("on Tuesday", "time", "2024-03-05"),
    ]  # fmt: skip


def test_marks_of_a_passive_and_of_a_speaker(news: tuple[Annotation, ...]) -> None:
    found = claims(news[0])
    assert marked(found["provided"]) == [
        ("The charity", "object"), ("was given", "predicate"), ("40 tents", "theme"),
        ("by the Ministry of Housing", "subject"),
    ]  # fmt: skip
    assert ("Élise Brandt", "speaker") in marked(found["attacked"])


def test_a_shorter_span_lies_on_a_longer_one() -> None:
    assert marks_within([(0, 10, "object"), (3, 5, "predicate")], "x" * 20, 0, 20, None) == (
        Mark(0, 3, "object"), Mark(3, 5, "predicate"), Mark(5, 10, "object"),
    )  # fmt: skip


def test_a_span_outside_the_sentence_is_left_out() -> None:
    assert marks_within([(0, 4, "subject"), (8, 40, "object")], "x" * 40, 6, 20, None) == (Mark(2, 14, "object"),)


def test_no_mark_begins_or_ends_with_a_space() -> None:
    title = "Minister Ann Lee spoke."
    assert marks_within([(0, 16, "subject"), (0, 8, "object")], title, 0, len(title), None) == (
        Mark(0, 8, "object"), Mark(9, 16, "subject"),
    )  # fmt: skip


spans = st.tuples(st.integers(0, 30), st.integers(0, 30), st.sampled_from(["subject", "predicate", "object"]))


@given(st.lists(spans), st.text(min_size=30, max_size=30), st.integers(0, 15), st.integers(0, 15))
def test_marks_never_overlap_and_stay_inside(
    found: list[tuple[int, int, str]], text: str, start: int, length: int
) -> None:
    end = start + length
    marks = marks_within(found, text, start, end, utf16_offsets(text))
    units = len(text[start:end].encode("utf-16-le", "surrogatepass")) // 2
    edges = [edge for mark in marks for edge in (mark.start, mark.end)]
    assert edges == sorted(edges)
    assert all(0 <= mark.start < mark.end <= units for mark in marks)


@given(st.text())
def test_offsets_are_those_of_utf16(text: str) -> None:
    table = utf16_offsets(text)
    for index in range(len(text) + 1):
        units = len(text[:index].encode("utf-16-le", "surrogatepass")) // 2
        assert (index if table is None else table[index]) == units


def test_words_of_a_relation() -> None:
    assert words_of("holdsPosition") == "holds position"
