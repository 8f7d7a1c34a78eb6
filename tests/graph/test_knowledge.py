"""A graph, opened: records, rdflib and networkx see the same data."""

import shutil
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.graph.knowledge import is_source, open_graph, split

PEOPLE = "SELECT ?person { ?person a kg:Person }"
SAID = "SELECT ?statement { ?relation rdfs:subPropertyOf* kg:said . ?statement rdf:predicate ?relation }"


def test_a_folder_a_file_and_both_give_the_same_answers(built: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(built / "graph.nq", bare)
    expected = sorted(str(row["person"]) for row in open_graph(built).query(PEOPLE))
    assert len(expected) == 3
    for sources in ([built / "graph.ttl"], [built / "graph.nq"], [bare], [built, built / "graph.ttl"]):
        graph = open_graph(*sources)
        assert sorted(str(row["person"]) for row in graph.query(PEOPLE)) == expected
        # The ontology is there, whatever was opened.
        assert len(graph.query(SAID)) == 1


def test_claims_are_records(built: Path) -> None:
    claims = list(open_graph(built).claims())
    assert len(claims) == 17
    denied = next(claim for claim in claims if claim.negated)
    assert denied.subject is not None
    assert denied.speaker is not None
    assert (denied.subject.name, denied.relation, denied.speaker.name) == ("Ostend Police", "attacked", "Lena Brandt")
    assert denied.sentence == "Brandt denied that Ostend Police had beaten Jan Maes."
    passive = next(claim for claim in claims if claim.subject is None)
    assert passive.object is not None
    assert passive.object.name == "warehouse"
    weather = next(claim for claim in claims if claim.label == "The weather was mild")
    assert weather.relation is None
    assert weather.object is not None
    assert (weather.object.name, weather.object.iri) == ("mild", None)


def test_rdflib_sees_the_union(built: Path) -> None:
    from rdflib import RDF, Graph, Namespace

    graph = open_graph(built).rdflib()
    assert isinstance(graph, Graph)
    kg = Namespace("https://w3id.org/actors-places/ontology#")
    assert len(set(graph.subjects(RDF.type, kg.Person))) == 3
    rows = list(graph.query("SELECT ?who { ?who kg:heads ?what }"))
    assert [str(row[0]).rpartition("/")[2] for row in rows] == ["lena-brandt-fa019538"]  # type: ignore[index]


def test_networkx_has_an_edge_for_each_statement_between_entities(built: Path) -> None:
    graph = open_graph(built)
    network = graph.networkx()
    joined = [c for c in graph.claims() if c.subject and c.object and c.subject.iri and c.object.iri]
    joined = [c for c in joined if c.relation != "denied"]
    assert sorted(key for _, _, key in network.edges(keys=True)) == sorted(claim.iri for claim in joined)
    labels = {data["label"]: data for _, data in network.nodes(data=True)}
    assert (labels["Ostend"]["type"], labels["Ostend"]["latitude"]) == ("City", 51.21551)
    assert labels["France"]["types"] == "Country Actor Place Entity"
    assert labels["France"]["type"] == "Country"


def test_arguments_are_data_or_one_question(built: Path) -> None:
    assert split([str(built), "timeline"]) == ([str(built)], "timeline")
    assert split([str(built)]) == ([str(built)], None)
    assert is_source(str(built / "graph.ttl"))
    assert not is_source(str(built / "report.json"))
    with pytest.raises(UsageError, match="more than one question"):
        split(["timeline", "places"])
    with pytest.raises(UsageError, match=r"other/graph.ttl: no such folder"):
        split(["other/graph.ttl", "places"])


def test_what_is_no_graph_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph in it"):
        open_graph(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        open_graph(tmp_path / "none")
    (tmp_path / "a.txt").touch()
    with pytest.raises(UsageError, match="not an RDF file"):
        open_graph(tmp_path / "a.txt")
    (tmp_path / "bad.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(StoreError, match=r"bad\.ttl: can't be read as RDF"):
        open_graph(tmp_path / "bad.ttl")
    (tmp_path / "graph" / "store").mkdir(parents=True)
    with pytest.raises(StoreError, match="build it again"):
        open_graph(tmp_path / "graph")
