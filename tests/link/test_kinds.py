"""What nouns beside a name say it is."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.link import kinds
from kg.parse.spans import Span

MakeDoc = Callable[..., Doc]


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("In/IN Washington/NNP state/NN", 1, "state"),
        ("the/DT village/NN of/IN Niles/NNP", 3, "town"),
        ("Harvey/NNP ,/, Harper/NNP and/CC Kingman/NNP counties/NNS", 0, "county"),
        ("Harvey/NNP ,/, who/WP knew/VBD counties/NNS", 0, None),
        ("the/DT counties/NNS of/IN Taiwan/NNP ./.", 3, None),
        ("the/DT villages/NNS of/IN Niles/NNP and/CC Calais/NNP", 3, "town"),
        ("Niles/NNP voted/VBD", 0, None),
    ],
)
def test_nouns_tell_the_kind(make_doc: MakeDoc, text: str, at: int, kind: str | None) -> None:
    assert kinds.called(make_doc(text), Span(at, at + 1, at, "name", "Place")) == kind


@pytest.mark.parametrize(
    ("text", "there"), [("LIMA/NNP (/( AP/NNP", True), ("LIMA/NNP is/VBZ", False), ("Lima/NNP -/: It/PRP", False)]
)
def test_datelines(make_doc: MakeDoc, text: str, there: bool) -> None:
    assert kinds.in_dateline(make_doc(text), 0, 1) is there
