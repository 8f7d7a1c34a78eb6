"""A graph, opened: records, rdflib and networkx see the same data."""

import shutil
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import StoreError, UsageError
from kg.graph.knowledge import is_source, split
from kg.model import Annotation

PEOPLE = "SELECT ?person { ?person a kg:Person }"
SAID = "SELECT ?statement { ?relation rdfs:subPropertyOf* kg:said . ?statement rdf:predicate ?relation }"


def test_a_folder_a_file_and_both_give_the_same_answers(built: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    shutil.copy(built / "graph.nq", bare)
    expected = sorted(str(row["person"]) for row in kg.open(built).query(PEOPLE))
    assert len(expected) == 3
    for sources in ([built / "graph.ttl"], [built / "graph.nq"], [bare], [built, built / "graph.ttl"]):
        graph = kg.open(*sources)
        assert sorted(str(row["person"]) for row in graph.query(PEOPLE)) == expected
        # The ontology is there, whatever was opened.
        assert len(graph.query(SAID)) == 1


def test_statements_are_records(built: Path) -> None:
    found = list(kg.open(built).statements())
    assert len(found) == 17
    denied = next(claim for claim in found if claim.negated)
    assert denied.subject is not None
    assert denied.speaker is not None
    assert (denied.subject.name, denied.relation, denied.speaker.name) == ("Ostend Police", "attacked", "Lena Brandt")
    assert denied.sentence == "Brandt denied that Ostend Police had beaten Jan Maes."
    passive = next(claim for claim in found if claim.subject is None)
    assert passive.object is not None
    assert passive.object.name == "warehouse"
    weather = next(claim for claim in found if claim.label == "The weather was mild")
    assert weather.relation is None
    assert weather.object is not None
    assert (weather.object.name, weather.object.iri) == ("mild", None)


def test_rdflib_sees_the_union(built: Path) -> None:
    from rdflib import RDF, Graph, Namespace

    graph = kg.open(built).to_rdflib()
    assert isinstance(graph, Graph)
    vocabulary = Namespace("https://w3id.org/actors-places/ontology#")
    assert len(set(graph.subjects(RDF.type, vocabulary.Person))) == 3
    rows = list(graph.query("SELECT ?who { ?who kg:heads ?what }"))
    assert [str(row[0]).rpartition("/")[2] for row in rows] == ["lena-brandt-fa019538"]  # type: ignore[index]


def test_networkx_has_an_edge_for_each_statement_between_entities(built: Path) -> None:
    graph = kg.open(built)
    network = graph.to_networkx()
    joined = [c for c in graph.statements() if c.subject and c.object and c.subject.iri and c.object.iri]
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
        kg.open(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        kg.open(tmp_path / "none")
    (tmp_path / "a.txt").touch()
    with pytest.raises(UsageError, match="not an RDF file"):
        kg.open(tmp_path / "a.txt")
    (tmp_path / "bad.ttl").write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(StoreError, match=r"bad\.ttl: can't be read as RDF"):
        kg.open(tmp_path / "bad.ttl")
    (tmp_path / "graph" / "store").mkdir(parents=True)
    with pytest.raises(StoreError, match="build it again"):
        kg.open(tmp_path / "graph")


@pytest.mark.parametrize("source", ["", "graph.nq", "graph.ttl"])
def test_records_are_the_same_whatever_was_opened(built: Path, source: str) -> None:
    graph, other = kg.open(built), kg.open(built / source)
    for kind in ("documents", "entities", "statements", "mentions"):
        records = list(getattr(graph, kind)())
        assert records
        assert records == list(getattr(other, kind)())


def test_records_come_in_an_order_that_is_told(built: Path) -> None:
    graph = kg.open(built)
    assert [d.id for d in graph.documents()] == ["harbour-1", "harbour-2", "odd/ü 3"]
    iris = [entity.iri for entity in graph.entities()]
    assert iris == sorted(iris)
    places = [(s.document, s.start) for s in graph.statements()]
    assert places == sorted(places)
    at = [(m.document, m.start) for m in graph.mentions()]
    assert at == sorted(at)


def test_an_entity_has_what_the_documents_say_of_it(built: Path) -> None:
    found = {entity.label: entity for entity in kg.open(built).entities()}
    ostend = found["Ostend"]
    assert (ostend.type, ostend.types) == ("City", ("City", "Place", "Entity"))
    assert (ostend.latitude, ostend.longitude, ostend.country, ostend.documents) == (51.21551, 2.927, "BE", 3)
    assert found["Belgium"].iri in ostend.within
    assert found["Mayor"].position_in == (ostend.iri,)
    clearance = next(e for e in kg.open(built).entities() if e.iri.endswith("clearance-33333333"))
    assert (clearance.begin, clearance.end, clearance.precision) == ("2023-05-02", "2023-05-02", "day")
    assert clearance.places == (ostend.iri,)


def test_a_statement_says_how_it_is_meant(built: Path) -> None:
    found = {s.label: s for s in kg.open(built).statements()}
    assert found["Ostend Police had beaten Jan Maes"].standing == "denied"
    assert found["Tom Peeters may travel to France"].standing == "possible"
    cleared = found["Ostend Police cleared a squatted warehouse"]
    assert (cleared.standing, cleared.plain, cleared.begin) == ("asserted", True, "2023-05-02")
    assert cleared.places
    # Open Door says so, and not the article.
    claimed = found["Ostend Police beat Jan Maes"]
    assert (claimed.standing, claimed.plain) == ("claimed", False)
    # Brandt tells her own deed.
    own = next(s for s in found.values() if s.relation == "ordered")
    assert own.speaker is not None
    assert (own.standing, own.plain) == ("asserted", True)


def test_mentions_stand_in_the_text(built: Path, articles: tuple[Annotation, ...]) -> None:
    texts = {article.id: article.text for article in articles}
    found = list(kg.open(built).mentions())
    assert all(texts[m.document][m.start : m.end] == m.text for m in found)
    assert {(m.document, m.start, m.end) for m in found} == {
        (a.id, m.start, m.end) for a in articles for m in a.mentions
    }


def test_pandas_has_three_tables(built: Path) -> None:
    graph = kg.open(built)
    frames = graph.to_pandas()
    assert list(frames.documents["id"]) == [d.id for d in graph.documents()]
    assert list(frames.entities["iri"]) == [e.iri for e in graph.entities()]
    assert [(r.iri, r.standing) for r in frames.statements.itertuples()] == [
        (s.iri, s.standing) for s in graph.statements()
    ]
    assert frames.statements["negated"].dtype == bool
    assert frames.entities["latitude"].max() == max(e.latitude or 0 for e in graph.entities())


def test_an_empty_graph_has_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "empty.nt").touch()
    graph = kg.open(tmp_path / "empty.nt")
    assert [len(frame) for frame in graph.to_pandas()] == [0, 0, 0]
    assert "sentence" in graph.to_pandas().statements
    assert list(graph.statements()) == []


def test_without_pandas_it_is_said_what_to_install(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"pip install 'kg-actors-places\[tables\]'"):
        kg.open(built).to_pandas()
