"""Which mentions are one entity, on frozen parses."""

import json
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.coref.clusters import resolve
from kg.parse.frozen import thaw
from kg.parse.names import find_names
from kg.parse.spans import Cluster, Link
from tests.parse.places import SmallGazetteer

PARSES = json.loads((Path(__file__).parent.parent / "parses" / "coreference.json").read_text(encoding="utf-8"))
PLACES = SmallGazetteer()

# name of the frozen parse, and clusters that it must have: type, name, texts of the mentions
CLUSTERS = [
    ("role", "Person", "Maria Ortega", ["Maria Ortega", "the mayor of Lunden", "The mayor", "She"]),
    ("predicate", "Person", "Karl Brandt", ["Karl Brandt", "the minister", "The minister"]),
    ("negated", "Person", "Karl Brandt", ["Karl Brandt"]),
    ("modal", "Person", "Karl Brandt", ["Karl Brandt"]),
    ("camp", "Camp", "new migrant camp", ["a new migrant camp", "The temporary camp"]),
    ("two camps", "Camp", "camp", ["a camp"]),
    ("two camps", "Camp", "second camp", ["A second camp"]),
    ("town", "City", "Calais", ["Calais", "The town"]),
    ("country", "Country", "United States", ["United States", "America", "U.S."]),
    ("relatives", "Person", "John Smith", ["John Smith", "His"]),
    ("father", "Person", "George Bush", ["George Bush"]),
    ("father", "Person", "George Bush Jr.", ["George Bush Jr."]),
    ("numbers", "Group", "568 people", ["568 people"]),
    ("coordinated", "Group", "Campaign groups", ["Campaign groups"]),
    ("coordinated", "NGO", "NGOs", ["NGOs"]),
    ("coordinated", "Group", "hundreds of refugees", ["hundreds of refugees"]),
    ("police", "SecurityForce", "French police", ["French police", "Police"]),
    ("barred", "Person", "Maria Ortega", ["Maria Ortega"]),
    ("women", "Person", "Anna Lindqvist", ["Anna Lindqvist", "She"]),
    ("women", "Person", "Karl Brandt", ["Karl Brandt", "him"]),
    (
        "acronym",
        "NGO",
        "Lunden Harbour Workers Association",
        ["Lunden Harbour Workers Association", "LHWA"],
    ),
    ("inside", "GovernmentBody", "Supreme Court", ["Supreme Court", "Supreme Court"]),
    (
        "group",
        "Organization",
        "Amicale des marins",
        ["The Amicale des marins group", "Amicale des marins", "The group"],
    ),
    ("headline", "Person", "Anna Lindqvist", ["Swedish sailor", "Anna Lindqvist", "a Swedish sailor", "She"]),
    ("title not mention", "Person", "Maria Ortega", ["Maria Ortega"]),
    ("mother", "Person", "her mother", ["her mother", "Her mother"]),
    (
        "father named",
        "Person",
        "John Ortega",
        ["her father", "Her father", "John Ortega"],
    ),
    ("generations", "Person", "Antonio Reyes Jr.", ["Antonio Reyes Jr.", "His", "Reyes Jr."]),
    ("legal form", "Company", "Carse Holdings Ltd", ["Carse Holdings Ltd", "Carse Holdings", "it"]),
    ("two surnames", "Person", "Isabel Navarro Ruiz", ["Isabel Navarro Ruiz", "the prosecutor", "Navarro"]),
    ("called camp", "Camp", "Quarry", ["A notorious camp", "Quarry"]),
]


def clusters(doc: Doc) -> tuple[Cluster, ...]:
    """The entities of a document."""
    names = find_names(doc, PLACES)
    links = {}
    for index, span in enumerate(names):
        places = PLACES.candidates(doc[span.start : span.end].text)
        if places:
            links[index] = Link(places[0], 0.9)
    return resolve(doc, names, links)


@pytest.mark.parametrize(("parse", "kind", "name", "mentions"), CLUSTERS, ids=[f"{c[0]}-{c[2]}" for c in CLUSTERS])
def test_a_cluster(parse: str, kind: str, name: str, mentions: list[str]) -> None:
    doc = thaw(PARSES[parse])
    rows = [(c.type, c.name, [doc[s.start : s.end].text for s in c.spans]) for c in clusters(doc)]
    assert (kind, name, mentions) in rows


@pytest.mark.parametrize("parse", ["rain", "bare"])
def test_nobody_is_meant(parse: str) -> None:
    """Neither "it is likely", "it rained" nor "court", "prison" without an article refer to an actor or place."""
    doc = thaw(PARSES[parse])
    assert not [s for c in clusters(doc) for s in c.spans if s.kind == "pronoun" or c.type == "GovernmentBody"]
    assert not [c for c in clusters(doc) if c.type == "Facility"]


@pytest.mark.parametrize("parse", sorted(PARSES))
def test_mentions_are_sound(parse: str) -> None:
    doc = thaw(PARSES[parse])
    found = clusters(doc)
    spans = [s for c in found for s in c.spans]
    assert len({(s.start, s.end) for s in spans}) == len(spans), "a mention is in two entities"
    for cluster in found:
        assert cluster.spans
        assert list(cluster.spans) == sorted(cluster.spans, key=lambda s: (s.start, s.end))
    for span in spans:
        assert 0 <= span.start <= span.head < span.end <= len(doc)


def test_a_link_is_kept_with_its_cluster() -> None:
    found = [c for c in clusters(thaw(PARSES["country"])) if c.link is not None]
    assert [c.link.place.key for c in found if c.link] == ["geonames-6252001"]


def test_two_runs_are_equal() -> None:
    assert clusters(thaw(PARSES["role"])) == clusters(thaw(PARSES["role"]))


@pytest.mark.model
def test_with_the_model(nlp: Language) -> None:
    text = (
        "Anna Lindqvist, head of the harbour board, met reporters in Lunden. Lindqvist said she was tired. "
        "The reporters left, and they were angry."
    )
    doc = nlp(text)
    rows = {c.name: [doc[s.start : s.end].text for s in c.spans] for c in clusters(doc)}
    assert rows["Anna Lindqvist"] == ["Anna Lindqvist", "head of the harbour board", "Lindqvist", "she"]
    assert rows["reporters"] == ["reporters", "The reporters", "they"]
