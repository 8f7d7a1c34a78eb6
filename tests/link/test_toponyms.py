"""Place names put right."""

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from kg.link import evidence, toponyms
from kg.link.gazetteer import Gazetteer
from kg.parse.spans import Span

MakeDoc = Callable[..., Doc]


def spans(*found: tuple[int, int, str]) -> tuple[Span, ...]:
    return tuple(Span(start, end, end - 1, "name", kind) for start, end, kind in found)


def read(doc: Doc, names: tuple[Span, ...], gazetteer: Gazetteer) -> list[tuple[str, str]]:
    return [(doc[s.start : s.end].text, s.type) for s in toponyms.correct(doc, names, gazetteer)]


def test_a_country_is_no_organisation(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Ships/NNS left/VBD for/IN France/NNP", ents=["O", "O", "O", "B-ORG"])
    assert read(doc, spans((3, 4, "Organization")), gazetteer) == [("France", "Country")]


def test_a_man_called_jordan_stays_a_man(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc(
        "Michael/NNP Jordan/NNP won/VBD ;/: Jordan/NNP smiled/VBD",
        ents=["B-PERSON", "I-PERSON", "O", "O", "B-PERSON", "O"],
    )
    names = spans((0, 2, "Person"), (4, 5, "Person"))
    assert read(doc, names, gazetteer) == [("Michael Jordan", "Person"), ("Jordan", "Person")]


def test_organisations_named_after_places_stay(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc(
        "Calais/NNP University/NNP and/CC Ohio/NNP State/NNP University/NNP agreed/VBD",
        ents=["B-ORG", "I-ORG", "O", "B-ORG", "I-ORG", "I-ORG", "O"],
    )
    names = spans((0, 2, "Organization"), (3, 6, "Organization"))
    assert [kind for _, kind in read(doc, names, gazetteer)] == ["Organization", "Organization"]


def test_missing_names_are_added(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("People/NNS in/IN Calais/NNP ,/, France/NNP ,/, left/VBD", ents=["O"] * 7)
    assert read(doc, (), gazetteer) == [("Calais", "City"), ("France", "Country")]


def test_words_that_the_gazetteer_does_not_know_are_not_added(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("People/NNS in/IN Zorgon/NNP left/VBD", ents=["O"] * 4)
    assert read(doc, (), gazetteer) == []


@pytest.mark.parametrize(
    ("text", "kind", "parts"),
    [
        ("Niles/NNP ,/, Ohio/NNP", "Place", ["Niles", "Ohio"]),
        ("France/NNP -/HYPH Jordan/NNP", "Organization", ["France", "Jordan"]),
        ("D/NNP -/HYPH Ohio/NNP", "Organization", ["Ohio"]),
        ("Smith/NNP ,/, Jones/NNP", "Organization", ["Smith , Jones"]),
        ("Paris/NNP -/HYPH Calais/NNP", "Organization", ["Paris - Calais"]),
    ],
)
def test_joined_names_are_cut(make_doc: MakeDoc, gazetteer: Gazetteer, text: str, kind: str, parts: list[str]) -> None:
    doc = make_doc(f"{text} voted/VBD")
    (span,) = spans((0, 3, kind))
    found = [doc[s.start : s.end].text for s in toponyms.parted(doc, span, gazetteer)]
    assert found == parts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Paris/NNP", "City"),
        ("Texas/NNP", "Region"),
        ("Ohio/NNP River/NNP", "Water"),
        ("Zorgon/NNP Airport/NNP", "Facility"),
        ("Lake/NNP Zorgon/NNP", "Water"),
        ("Zorgon/NNP", "Place"),
    ],
)
def test_classes_of_places(make_doc: MakeDoc, gazetteer: Gazetteer, text: str, kind: str) -> None:
    doc = make_doc(f"{text} lies/VBZ")
    (span,) = spans((0, len(text.split()), "Place"))
    assert toponyms.specific(doc, span, "Place", gazetteer) == kind


def test_facilities_and_events_are_left_alone(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Calais/NNP Games/NNP and/CC Calais/NNP Stadium/NNP opened/VBD", ents=["O"] * 6)
    names = spans((0, 2, "Event"), (3, 5, "Facility"))
    assert read(doc, names, gazetteer) == [("Calais Games", "Event"), ("Calais Stadium", "Facility")]


@pytest.mark.parametrize(
    ("text", "at", "facts"),
    [
        ("in/IN Calais/NNP", 1, {"behind_in", "known_behind_in"}),
        ("from/IN Calais/NNP", 1, {"behind_going"}),
        ("Mr/NNP Paris/NNP", 1, {"behind_title", "capital_before"}),
        ("a/DT Calais/NNP man/NN", 1, {"modifies_local"}),
        ("the/DT village/NN of/IN Calais/NNP", 3, {"called_place", "behind_going"}),
        ("Ann/NNP ,/, 31/CD ,/, of/IN Calais/NNP", 5, {"behind_age", "behind_going"}),
        ("12/CD Mill/NNP Road/NNP ,/, Calais/NNP", 4, {"behind_street"}),
        ("the/DT Creek/NNP", 1, {"generic", "behind_the"}),
        ("St./NNP Calais/NNP 's/POS pupils/NNS", 1, {"owns", "capital_before"}),
        ("Calais/NNP ,/, a/DT port/NN", 0, {"begins", "called_place"}),
        ("Ann/NNP ,/, 31/CD", 0, {"age_follows"}),
        ("CALAIS/NNP —/: Ships/NNS", 0, {"capitals", "dateline"}),
        ("Calais/NNP 's/POS mayor/NN", 0, {"owns"}),
    ],
)
def test_evidence_is_seen(make_doc: MakeDoc, gazetteer: Gazetteer, text: str, at: int, facts: set[str]) -> None:
    doc = make_doc(f"{text} waited/VBD", ents=["O"] * (len(text.split()) + 1))
    (span,) = spans((at, at + 1, "Place"))
    known = evidence.knowledge(doc, (span,), gazetteer)
    row = dict(zip(evidence.FEATURES, evidence.features(doc, [(span, "Place")], known, gazetteer), strict=True))
    assert {name for name, value in row.items() if value} >= facts


def test_shipped_weights_fit_the_features() -> None:
    assert len(toponyms.name_weights()) == len(evidence.FEATURES)
    assert len(set(evidence.FEATURES)) == len(evidence.FEATURES)
    assert toponyms.place_chance([0.0] * len(evidence.FEATURES)) == 0.5


def test_washington_and_dc_are_one_name(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("in/IN Washington/NNP ,/, D.C./NNP ,/, talks/NNS began/VBD")
    joined = toponyms.read_again(doc, spans((1, 2, "Place"), (3, 4, "Place")), gazetteer)
    assert [doc[s.start : s.end].text for s in joined] == ["Washington , D.C."]


def test_a_land_taken_for_a_people_is_weighed(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("the/DT UK/NNP left/VBD", ents=["O", "B-NORP", "O"])
    assert [s.type for s in toponyms.read_again(doc, spans((1, 2, "Group")), gazetteer)] == ["Place"]


def test_weather_is_no_place(make_doc: MakeDoc) -> None:
    doc = make_doc("El/NNP Niño/NNP came/VBD")
    (span,) = spans((0, 2, "Place"))
    assert toponyms.decide(doc, span, "Place", 0.9) is None
