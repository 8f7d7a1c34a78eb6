"""What corrections do to a graph: each kind, what no longer applies, what contradicts itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg.corpus.build import build as write
from kg.errors import CorrectionError
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.report import Report
from kg.graph.validate import validate
from kg.model import Annotation, Entity
from kg.settings import BASE, Settings

Build = Callable[..., tuple[KnowledgeGraph, Report]]
SIGN = "  by: anna\n  date: 2026-11-25\n  reason: I asked her\n"
PARIS = "https://sws.geonames.org/4717560/"


def places(iri: str) -> tuple[Entity, ...]:
    """A gazetteer of one place."""
    if iri != PARIS:
        return ()
    types = ("City", "Place", "Entity")
    texas = Entity("x", f"{BASE}entity/geonames-4736286", "Region", ("Region", "Place", "Entity"), "Texas")
    paris = Entity("p", f"{BASE}entity/geonames-4717560", "City", types, "Paris", same_as=(PARIS,), latitude=33.66,
                   longitude=-95.55, country="US", within=texas.iri)  # fmt: skip
    return paris, texas


@pytest.fixture
def build(articles: tuple[Annotation, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Builds the graph of the three articles under corrections."""
    monkeypatch.setattr("kg.corpus.deciding.gazetteer", lambda *_: places)

    def call(corrections: str) -> tuple[KnowledgeGraph, Report]:
        out = tmp_path / "out"
        out.mkdir(exist_ok=True)
        (out / "corrections.yaml").write_text(corrections, encoding="utf-8")
        report = write(articles, out, Settings())
        graph = kg.open(out)
        assert not [finding for finding in validate(graph) if finding.severity == "violation"]
        return graph, report

    return call


def ask(graph: KnowledgeGraph, select: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in graph.query(f"SELECT {select}")]


def test_a_merge_makes_one_node_and_says_who_did(build: Build) -> None:
    graph, report = build(f"- merge: [Jan Maes @ harbour-1, Tom Peeters @ harbour-1]\n{SIGN}")
    assert (report.corrections, report.stale) == (1, ())
    assert ask(graph, '?label { ?node rdfs:label "Tom Peeters" ; rdfs:label ?label }') in ([], [("Tom Peeters",)])
    both = '?node rdfs:label|skos:altLabel "Jan Maes" , "Tom Peeters" ; a kg:Person'
    names = {name for (name,) in ask(graph, f"?n {{ {both} ; rdfs:label|skos:altLabel ?n }}")}
    assert {"Jan Maes", "Tom Peeters"} <= names
    rows = ask(
        graph, "?by ?why ?date { ?c a kg:Correction ; dcterms:creator ?by ; rdfs:comment ?why ; dcterms:date ?date }"
    )
    assert rows == [("anna", "I asked her", "2026-11-25")]
    assert len(ask(graph, "?old { ?old owl:sameAs ?new . ?new a kg:Person }")) == 1


def test_without_people_nothing_is_same_as(build: Build) -> None:
    graph, _ = build("")
    assert not ask(graph, "?a { ?a owl:sameAs ?b }")


def test_a_split_keeps_documents_apart(build: Build, articles: tuple[Annotation, ...]) -> None:
    shared = ask(build("")[0], "?a { ?a rdfs:label 'Ostend Police' }")
    assert len(shared) == 1
    first, second = (a.id for a in articles if any(e.name == "Ostend Police" for e in a.entities))
    graph, report = build(f"- split: Ostend Police @ {first}\n  apart: [Ostend Police @ {second}]\n{SIGN}")
    assert report.stale == ()
    assert len(ask(graph, "?a { ?a rdfs:label 'Ostend Police' }")) == 2


def test_a_name_a_class_and_a_link(build: Build) -> None:
    graph, report = build(
        f"- rename: Open Door @ harbour-1\n  name: Open Door Ostend\n{SIGN}"
        f"- retype: Open Door @ harbour-1\n  type: Company\n{SIGN}"
        f"- link: Open Door @ harbour-1\n  to: https://www.wikidata.org/entity/Q42\n{SIGN}"
    )
    assert (report.corrections, report.stale) == (3, ())
    links = "skos:altLabel ?old ; skos:exactMatch ?to ; owl:sameAs ?same"
    (row,) = ask(graph, f"?old ?to ?same {{ ?x rdfs:label 'Open Door Ostend' ; a kg:Company ; {links} }}")
    assert row == ("Open Door", "https://www.wikidata.org/entity/Q42", "https://www.wikidata.org/entity/Q42")


def test_a_place_is_put_where_people_say_in_that_document_only(build: Build) -> None:
    graph, report = build(f"- link: Ostend @ harbour-1\n  to: {PARIS}\n{SIGN}")
    assert report.stale == ()
    told = "wgs:lat ?lat ; kg:countryCode ?country ; kg:within/rdfs:label ?in"
    (row,) = ask(graph, f"?lat ?country ?in {{ entity:geonames-4717560 {told} }}")
    assert row == (33.66, "US", "Texas")
    assert ask(graph, "?x { ?x a kg:City ; rdfs:label 'Ostend' ; kg:countryCode 'BE' }"), "other documents keep theirs"


def test_a_statement_is_rejected_by_id_or_words(build: Build) -> None:
    before, _ = build("")
    (row,) = ask(before, "?s { ?s a kg:Statement ; rdfs:label 'Lena Brandt head of Harbour Council' }")
    identifier = str(row[0]).rpartition("/")[2]
    for key in (identifier, "0123456789abcdef"):
        graph, report = build(
            f"- reject: {key}\n  document: harbour-1\n  says: Lena Brandt head of Harbour Council\n{SIGN}"
        )
        assert report.stale == ()
        assert not ask(graph, "?s { ?s a kg:Statement ; rdfs:label 'Lena Brandt head of Harbour Council' }")
        assert not ask(graph, "?a { ?a kg:heads ?b }")
        assert ask(graph, "?said { ?c kg:rejects ?said }") == [("Lena Brandt head of Harbour Council",)]


def test_a_statement_is_added_with_its_evidence_and_its_author(build: Build) -> None:
    graph, report = build(
        f"- add: Tom Peeters @ harbour-1\n  relation: worksFor\n  object: Open Door @ harbour-1\n"
        f"  text: The residents were offered beds by Open Door.\n{SIGN}"
    )
    assert report.stale == ()
    added = "?s kg:ruleName 'correction' ; rdf:predicate kg:worksFor ; kg:evidence/kg:exact ?sentence"
    rows = ask(graph, f"?sentence ?who {{ {added} ; prov:wasGeneratedBy/dcterms:creator ?who }}")
    assert rows == [("The residents were offered beds by Open Door.", "anna")]
    assert ask(graph, "?a { ?p kg:worksFor ?o . ?p rdfs:label ?a }") == [("Tom Peeters",)]


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("- rename: Nobody @ harbour-1\n  name: X\n", "names no 'Nobody'"),
        ("- rename: Jan Maes @ gone\n  name: X\n", "no document 'gone'"),
        ("- rename: jan-maes-00000000\n  name: X\n", "no entity has the IRI"),
        ("- rename: Jan Maes @ harbour-1:3\n  name: X\n", "at character 3"),
        ("- retype: Jan Maes @ harbour-1\n  type: Wizard\n", "no class 'Wizard'"),
        ("- link: Jan Maes @ harbour-1\n  to: not an iri\n", "is no IRI"),
        ("- link: Ostend @ harbour-1\n  to: https://sws.geonames.org/1/\n", "the gazetteer has no place"),
        ("- split: Jan Maes @ harbour-1\n  apart: [Tom Peeters @ harbour-1]\n", "both stand in document"),
        ("- merge: [Jan Maes @ harbour-1, Nobody @ harbour-1]\n", "names no 'Nobody'"),
        ("- reject: 0123456789abcdef\n  document: harbour-1\n  says: nothing\n", "no longer says"),
        ("- add: Jan Maes @ harbour-1\n  relation: loves\n  object: Open Door @ harbour-1\n", "no relation 'loves'"),
        (
            "- add: Jan Maes @ harbour-1\n  relation: heads\n  object: Open Door @ harbour-1\n  text: no\n",
            "no such text",
        ),
    ],
)
def test_what_does_not_apply_is_reported_and_changes_nothing(build: Build, entry: str, reason: str) -> None:
    graph, report = build(f"- rename: Open Door @ harbour-1\n  name: Open Door Ostend\n{SIGN}{entry}{SIGN}")
    assert report.corrections == 1
    (stale,) = report.stale
    assert stale.line == 6
    assert reason in stale.reason
    assert ask(graph, "?x { ?x rdfs:label 'Open Door Ostend' }"), "the others apply"
    assert not ask(graph, "?x { ?x rdfs:label 'X' }")


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            f"- merge: [Jan Maes @ harbour-1, Tom Peeters @ harbour-1]\n{SIGN}"
            f"- merge: [Tom Peeters @ harbour-1, Jan Maes @ harbour-1]\n{SIGN}",
            "line 5: merges go round in a circle",
        ),
        ("- merge: [\n", "not YAML"),
    ],
)
def test_what_contradicts_itself_stops_the_build_and_leaves_the_old_graph(
    build: Build, tmp_path: Path, entries: str, said: str
) -> None:
    build("")
    before = (tmp_path / "out" / "graph.ttl").read_bytes()
    with pytest.raises(CorrectionError, match=said):
        build(entries)
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == before


def test_a_split_and_a_merge_of_the_same_are_refused(build: Build, articles: tuple[Annotation, ...]) -> None:
    first, second = (a.id for a in articles if any(e.name == "Ostend Police" for e in a.entities))
    a, b = f"Ostend Police @ {first}", f"Ostend Police @ {second}"
    with pytest.raises(CorrectionError, match="merges what another entry splits"):
        build(f"- split: {a}\n  apart: [{b}]\n{SIGN}- merge: [{a}, {b}]\n{SIGN}")


def test_corrections_survive_a_rebuild_byte_for_byte(build: Build, tmp_path: Path) -> None:
    entry = f"- rename: Open Door @ harbour-1\n  name: Open Door Ostend\n{SIGN}"
    build(entry)
    first = (tmp_path / "out" / "graph.nq").read_bytes()
    build(entry)
    assert (tmp_path / "out" / "graph.nq").read_bytes() == first
