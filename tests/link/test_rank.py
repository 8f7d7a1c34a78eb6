"""Which place a name means."""

from collections.abc import Callable

import numpy as np
import pytest
from spacy.tokens import Doc

from kg.link import features, rank
from kg.link.gazetteer import Gazetteer
from kg.link.scene import scene
from kg.parse.spans import Span

MakeDoc = Callable[..., Doc]


def spans(doc: Doc, *found: tuple[int, int, str]) -> tuple[Span, ...]:
    return tuple(Span(start, end, end - 1, "name", kind) for start, end, kind in found)


def test_what_follows_a_comma_contains(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Niles/NNP ,/, Ohio/NNP ,/, voted/VBD")
    links = rank.link(doc, spans(doc, (0, 1, "Place"), (2, 3, "Place")), gazetteer)
    assert [(i, link.place.geonames) for i, link in links.items()] == [(0, 8), (1, 7)]
    assert 0.5 < links[0].confidence <= 1


def test_a_state_named_elsewhere_decides(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Niles/NNP voted/VBD as/IN Illinois/NNP did/VBD")
    links = rank.link(doc, spans(doc, (0, 1, "City"), (3, 4, "Region")), gazetteer)
    assert links[0].place.geonames == 10


def test_one_form_is_one_place(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Paris/NNP ,/, Texas/NNP ,/, waited/VBD ;/: Paris/NNP slept/VBD")
    links = rank.link(doc, spans(doc, (0, 1, "City"), (2, 3, "Place"), (6, 7, "City")), gazetteer)
    assert links[0].place == links[2].place
    assert links[0].place.country == "US"


def test_without_other_evidence_the_large_one_is_meant(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Paris/NNP slept/VBD")
    link = rank.link(doc, spans(doc, (0, 1, "Place")), gazetteer)[0]
    assert link.place.country == "FR"


def test_only_names_of_places_that_are_known_get_a_link(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Jordan/NNP left/VBD Zorgon/NNP for/IN Calais/NNP")
    links = rank.link(doc, spans(doc, (0, 1, "Person"), (2, 3, "Place"), (4, 5, "Place")), gazetteer)
    assert list(links) == [2]


@pytest.mark.parametrize(("country", "linked"), [("France", True), ("Ohio", False)])
def test_the_channel_needs_one_of_its_shores(
    make_doc: MakeDoc, gazetteer: Gazetteer, country: str, linked: bool
) -> None:
    doc = make_doc(f"They/PRP crossed/VBD the/DT Channel/NNP from/IN {country}/NNP")
    links = rank.link(doc, spans(doc, (3, 4, "Place"), (5, 6, "Place")), gazetteer)
    assert (0 in links) is linked


def test_the_people_name_the_country(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("French/JJ police/NN crossed/VBD the/DT Channel/NNP")
    found = scene(doc, spans(doc, (4, 5, "Place")), [0], gazetteer)
    assert found.countries == {"FR": 1}
    assert [form.key for form in found.forms] == ["channel"]


def test_names_of_organisations_are_evidence(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("University/NNP of/IN Illinois/NNP students/NNS left/VBD Niles/NNP")
    names = spans(doc, (0, 3, "Organization"), (5, 6, "Place"))
    assert rank.link(doc, names, gazetteer)[1].place.geonames == 10


def test_a_site_stands_in_its_town(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Port/NNP of/IN Calais/NNP staff/NNS left/VBD")
    link = rank.link(doc, spans(doc, (0, 3, "Facility")), gazetteer)[0]
    assert link.place.key == "port-of-calais-in-geonames-3"
    assert (link.place.name, link.place.type, link.place.geonames) == ("Port of Calais", "Facility", None)
    assert (link.place.latitude, link.place.parents) == (50.95, ("geonames-3", "geonames-2", "geonames-1"))


def test_a_street_is_in_the_town_of_its_sentence_and_a_country_is_no_pin(
    make_doc: MakeDoc, gazetteer: Gazetteer
) -> None:
    doc = make_doc("Mill/NNP Road/NNP burned/VBD in/IN Calais/NNP")
    assert rank.link(doc, spans(doc, (0, 2, "Facility"), (4, 5, "City")), gazetteer)[0].place.name == "Mill Road"
    doc = make_doc("Mill/NNP Road/NNP burned/VBD in/IN France/NNP")
    assert 0 not in rank.link(doc, spans(doc, (0, 2, "Facility"), (4, 5, "Country")), gazetteer)


def test_the_address_of_the_outlet_counts(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Paris/NNP slept/VBD")
    names = spans(doc, (0, 1, "Place"))
    plain = rank.link(doc, names, gazetteer)[0].confidence
    french = rank.link(doc, names, gazetteer, url="https://www.exemple.fr/a")[0].confidence
    assert french > plain
    assert rank.link(doc, names, gazetteer, url="not an address")[0].confidence == plain


def test_features_are_explained(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    doc = make_doc("Niles/NNP ,/, Ohio/NNP ,/, voted/VBD")
    found = scene(doc, spans(doc, (0, 1, "Place"), (2, 3, "Place")), [0, 1], gazetteer)
    rows = dict(zip(features.FEATURES, features.matrices(found)[0].T.tolist(), strict=True))
    here = [c.place.geonames for c in found.forms[0].candidates]
    assert here == [10, 8]
    assert rows["most_populous"] == [1, 0]
    assert rows["container_follows"] == [0, 1]
    assert rows["own_name"] == [1, 1]
    assert rows["country"] == [0, 0]
    assert rows["population"][0] > rows["population"][1]


def test_probabilities_leave_room_for_none_of_these() -> None:
    rows = np.array([[1.0], [0.0]])
    sure = rank.chances(rows, np.array([2.0]))
    assert sure.sum() == pytest.approx(1)
    doubtful = rank.chances(rows, np.array([2.0]), none=2.0)
    assert doubtful.sum() < 0.6
    assert doubtful[0] / doubtful[1] == pytest.approx(sure[0] / sure[1])


def test_no_names_no_links(make_doc: MakeDoc, gazetteer: Gazetteer) -> None:
    assert rank.link(make_doc("They/PRP slept/VBD"), (), gazetteer) == {}
