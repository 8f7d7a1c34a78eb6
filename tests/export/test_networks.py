"""GraphML and GEXF as networkx reads them again."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

import kg
from kg.export import gexf, graphml
from kg.export.base import exporter
from kg.graph.network import edge_attributes, node_attributes
from kg.graph.records import Statement
from kg.graph.ties import ties

GEXF = "{http://gexf.net/1.3}"


def written(source: Path, tmp_path: Path, form: str) -> Path:
    (path,) = exporter(form).write(kg.open(source), tmp_path / f"graph.{form}")
    return path


def parsed(path: Path) -> "ElementTree.Element[str]":
    return ElementTree.parse(path).getroot()  # noqa: S314


def _edges(graph: Any) -> dict[str, tuple[str, str, dict[str, object]]]:
    return {key: (source, target, said) for source, target, key, said in graph.edges(keys=True, data=True)}


@pytest.mark.parametrize("name", ["built", "hostile"])
def test_graphml_comes_back_as_it_was(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    source = request.getfixturevalue(name)
    network = kg.open(source).to_networkx()
    read = networkx.read_graphml(written(source, tmp_path, "graphml"), force_multigraph=True)
    assert list(read.nodes(data=True)) == list(network.nodes(data=True))
    edges, expected = (_edges(some) for some in (read, network))
    assert edges == expected
    assert edges


def test_attributes_are_those_of_the_records(built: Path) -> None:
    graph = kg.open(built)
    kinds = {str: "string", int: "int", float: "double", bool: "boolean"}
    for declared, records in (
        (graphml.NODE, map(node_attributes, graph.entities())),
        (graphml.EDGE, map(edge_attributes, graph.statements())),
    ):
        found = {name: kinds[type(value)] for said in records for name, value in said.items()}
        assert found == declared
    assert gexf.NODE.keys() == {"begin_date", "end_date", *graphml.NODE} - {"begin", "end", "label"}


def test_gexf_has_an_edge_for_each_thing_said(built: Path, tmp_path: Path) -> None:
    graph = kg.open(built)
    read = networkx.read_gexf(written(built, tmp_path, "gexf"))
    entities = {entity.iri: entity for entity in graph.entities()}
    assert {node: said["label"] for node, said in read.nodes(data=True)} == {e.iri: e.label for e in entities.values()}
    found = [tie for tie in ties(graph.statements()) if {tie.source, tie.target} <= entities.keys()]
    expected = sorted((t.source, t.target, t.relation, t.standing, float(len(t.statements))) for t in found)
    edges = [(a, b, e["relation"], e["standing"], e["weight"]) for a, b, e in read.edges(data=True)]
    assert sorted(edges) == expected
    # Ostend Police attacked Jan Maes: claimed there, denied here. Gephi must not add them up.
    kinds = {e.get("kind") for e in parsed(tmp_path / "graph.gexf").iter(f"{GEXF}edge")}
    assert {"attacked (claimed)", "attacked (denied)"} <= kinds


def test_gexf_has_times_colours_and_sizes(built: Path, tmp_path: Path) -> None:
    root = parsed(written(built, tmp_path, "gexf"))
    (graph,) = root.iter(f"{GEXF}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    dated = [edge for edge in graph.iter(f"{GEXF}edge") if edge.get("start")]
    assert ("2023-05-02", "2023-05-02") in {(edge.get("start"), edge.get("end")) for edge in dated}
    nodes = list(graph.iter(f"{GEXF}node"))
    assert all(node.find("{http://gexf.net/1.3/viz}color") is not None for node in nodes)
    sizes = [node.find("{http://gexf.net/1.3/viz}size") for node in nodes]
    assert len({size.get("value") for size in sizes if size is not None}) > 2
    declared = {a.get("id") for a in graph.iter(f"{GEXF}attribute")}
    assert {value.get("for") for value in graph.iter(f"{GEXF}attvalue")} <= declared


def test_gexf_without_dates_has_no_timeline(hostile: Path, tmp_path: Path) -> None:
    text = written(hostile, tmp_path, "gexf").read_text(encoding="utf-8")
    assert 'mode="dynamic"' not in text
    read = networkx.read_gexf(tmp_path / "graph.gexf")
    assert {said["label"] for _, said in read.nodes(data=True)} == {e.label for e in kg.open(hostile).entities()}


def test_what_is_said_twice_is_one_tie(built: Path) -> None:
    (first, *_) = (s for s in kg.open(built).statements() if s.relation == "heads")
    fields = {name: getattr(first, name) for name in Statement.__dataclass_fields__}
    again = Statement(**{**fields, "document": "other", "iri": f"{first.iri}-2", "begin": "2024-01-01", "end": None})
    denied = Statement(**{**fields, "negated": True, "iri": f"{first.iri}-3"})
    one, two = ties([first, again, denied])
    assert (one.kind, one.documents, len(one.statements)) == ("heads", (first.document, "other"), 2)
    assert one.spells == (("2024-01-01", None),)
    assert two.kind == "heads (denied)"


def test_control_characters_of_foreign_files_break_no_xml(tmp_path: Path) -> None:
    odd = tmp_path / "odd.ttl"
    kind = "<https://w3id.org/actors-places/ontology#Entity>"
    odd.write_text(f'<https://e.org/a> a {kind} ; <http://www.w3.org/2000/01/rdf-schema#label> "a\\u0001\\uFFFF]]>" .')
    for form in ("graphml", "gexf"):
        assert "a\ufffd\ufffd]]&gt;" in written(odd, tmp_path, form).read_text(encoding="utf-8")
        parsed(tmp_path / f"graph.{form}")
