"""All registered exporters: same bytes for the same graph, and back again where the format can hold it."""

import csv
import re
from pathlib import Path

import networkx
import pytest
from pyoxigraph import RdfFormat, Store

import kg
from kg.errors import ExportError, UsageError
from kg.export.base import exporter, formats
from kg.export.rdf import triples

RDF = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
QUADS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
CLOCK = re.compile(rb"20[2-9]\d-\d\d-\d\d")


def test_all_formats_of_the_house_are_registered() -> None:
    assert {"ttl", "nt", "trig", "nq", "jsonld", "graphml", "gexf", "csv"} <= set(formats())


@pytest.mark.parametrize("form", formats())
def test_the_same_graph_gives_the_same_bytes(built: Path, tmp_path: Path, form: str) -> None:
    chosen = exporter(form)
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        files = chosen.write(kg.open(built), tmp_path / name / f"graph{chosen.suffix}")
        assert files
        assert {path.name for path in files} == {path.name for path in (tmp_path / name).iterdir()}
        assert all(path.suffix == chosen.suffix and path.stat().st_size for path in files)
        written.append([path.read_bytes() for path in files])
    assert written[0] == written[1]
    for data in written[0]:
        assert not [day for day in CLOCK.findall(data) if not day.startswith(b"2023-05-")]


@pytest.mark.parametrize("form", sorted(QUADS))
def test_named_graphs_come_back(built: Path, tmp_path: Path, form: str) -> None:
    graph = kg.open(built)
    (path,) = exporter(form).write(graph, tmp_path / f"graph.{form}")
    store = Store()
    store.load(path=path, format=QUADS[form])
    named = {str(quad) for quad in graph.store if str(quad.graph_name) != "DEFAULT"}
    assert {str(quad) for quad in store} == named


@pytest.mark.parametrize("form", sorted(RDF))
def test_triples_come_back(built: Path, tmp_path: Path, form: str) -> None:
    graph = kg.open(built)
    (path,) = exporter(form).write(graph, tmp_path / f"graph.{form}")
    store = Store()
    store.load(path=path, format=RDF[form])
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in store} == set(triples(graph))


@pytest.mark.parametrize("form", ["ttl", "trig", "nq", "jsonld"])
def test_triples_without_a_named_graph_are_kept(built: Path, tmp_path: Path, form: str) -> None:
    graph = kg.open(built / "graph.ttl")
    (path,) = exporter(form).write(graph, tmp_path / f"graph.{form}")
    assert set(triples(kg.open(path))) == set(triples(graph))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_rdflib_reads_json_ld_alike(built: Path, tmp_path: Path) -> None:
    import rdflib

    (path,) = exporter("jsonld").write(kg.open(built / "graph.ttl"), tmp_path / "graph.jsonld")
    theirs = rdflib.Graph().parse(path, format="json-ld")
    (again,) = exporter("nt").write(kg.open(built / "graph.ttl"), tmp_path / "graph.nt")
    ours = rdflib.Graph().parse(again, format="nt")
    # The ontology is a graph of its own there; rdflib reads the default graph.
    assert {tuple(map(str, triple)) for triple in theirs} == {tuple(map(str, triple)) for triple in ours}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_networkx_reads_its_graph_again(built: Path, tmp_path: Path, form: str) -> None:
    graph = kg.open(built).to_networkx()
    (path,) = exporter(form).write(kg.open(built), tmp_path / f"graph.{form}")
    read = networkx.read_graphml(path, force_multigraph=True) if form == "graphml" else networkx.read_gexf(path)
    labels = {node: said["label"] for node, said in graph.nodes(data=True)}
    assert {node: said["label"] for node, said in read.nodes(data=True)} == labels
    sentences = sorted(said["sentence"] for _, _, said in graph.edges(data=True))
    assert sorted(said["sentence"] for _, _, said in read.edges(data=True)) == sentences
    assert sorted(read.edges()) == sorted(graph.edges())


def test_csv_is_a_pair_of_nodes_and_edges(built: Path, tmp_path: Path) -> None:
    graph = kg.open(built).to_networkx()
    nodes, edges = exporter("csv").write(kg.open(built), tmp_path / "graph.csv")
    assert (nodes.name, edges.name) == ("graph-nodes.csv", "graph-edges.csv")
    with nodes.open(encoding="utf-8", newline="") as file:
        rows = {row["Id"]: row for row in csv.DictReader(file)}
    assert rows.keys() == set(graph)
    assert {row["Label"] for row in rows.values() if row["type"] == "NGO"} == {
        "Open Door",
        '<b>"Jo"\\ O\'Neil</b>\ufffd \u202egroup\u202c',
    }
    with edges.open(encoding="utf-8", newline="") as file:
        joined = list(csv.DictReader(file))
    assert {(row["Source"], row["Target"], row["Id"]) for row in joined} == set(graph.edges(keys=True))
    assert {row["negated"] for row in joined} == {"true", "false"}


def test_errors_say_what_and_where(built: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no exporter 'xls'"):
        exporter("xls")
    with pytest.raises(ExportError, match="can't be written"):
        exporter("ttl").write(kg.open(built), tmp_path / "none" / "graph.ttl")
