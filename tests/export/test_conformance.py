"""All registered exporters: same bytes for the same graph, and back again where the format can hold it."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Store, Triple

import kg
from kg.errors import ExportError, UsageError
from kg.export.base import exporter, formats
from kg.export.rdf import reified, triples

RDF = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
QUADS = {"trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
CLOCK = re.compile(rb"20[2-9]\d-\d\d-\d\d")
REIFIES = "http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies"


def target(form: str, folder: Path) -> Path:
    return folder / f"graph{exporter(form).suffix}"


def test_all_formats_of_the_house_are_registered() -> None:
    house = {*RDF, *QUADS, "graphml", "gexf", "csv", "parquet", "neo4j", "ftm", "geojson"}
    assert house | {f"{form}-rdf12" for form in ("ttl", "nt", "trig", "nq")} <= set(formats())


@pytest.mark.parametrize("form", formats())
@pytest.mark.parametrize("name", ["built", "hostile", "graph.ttl", "empty"])
def test_the_same_graph_gives_the_same_bytes(
    request: pytest.FixtureRequest, built: Path, tmp_path: Path, form: str, name: str
) -> None:
    source = request.getfixturevalue(name) if name in ("built", "hostile") else built / name
    if name == "empty":
        source = tmp_path / "empty.nt"
        source.touch()
    written = []
    for number in ("one", "two"):
        (tmp_path / number).mkdir()
        files = exporter(form).write(kg.open(source), target(form, tmp_path / number))
        assert files
        there = {path for path in (tmp_path / number).rglob("*") if path.is_file()}
        assert set(files) == there
        assert all(path.name.endswith(exporter(form).suffix) for path in files)
        assert name == "empty" or all(path.stat().st_size for path in files)
        written.append([path.read_bytes() for path in files])
    assert written[0] == written[1]
    if form != "parquet":
        for data in written[0]:
            assert not [day for day in CLOCK.findall(data) if not day.startswith((b"2023-05-", b"2024-02-"))]


@pytest.mark.parametrize("form", sorted(QUADS))
@pytest.mark.parametrize("name", ["built", "hostile"])
def test_named_graphs_come_back(request: pytest.FixtureRequest, tmp_path: Path, form: str, name: str) -> None:
    graph = kg.open(request.getfixturevalue(name))
    (path,) = exporter(form).write(graph, tmp_path / f"graph.{form}")
    store = Store()
    store.load(path=path, format=QUADS[form])
    named = {str(quad) for quad in graph.store if str(quad.graph_name) != "DEFAULT"}
    assert {str(quad) for quad in store} == named


@pytest.mark.parametrize("form", sorted(RDF))
@pytest.mark.parametrize("name", ["built", "hostile"])
def test_triples_come_back(request: pytest.FixtureRequest, tmp_path: Path, form: str, name: str) -> None:
    graph = kg.open(request.getfixturevalue(name))
    (path,) = exporter(form).write(graph, tmp_path / f"graph.{form}")
    store = Store()
    store.load(path=path, format=RDF[form])
    found = list(triples(graph))
    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in store} == set(found)
    assert found == sorted(set(found))
    ontology = {
        str(quad) for quad in graph.store if str(quad.graph_name) == "<https://w3id.org/actors-places/ontology>"
    }
    assert len(found) + len(ontology) == len(graph)


@pytest.mark.parametrize("form", ["ttl", "nt", "trig", "nq"])
@pytest.mark.parametrize("name", ["built", "hostile"])
def test_in_rdf_1_2_the_statement_is_the_reifier(
    request: pytest.FixtureRequest, tmp_path: Path, form: str, name: str
) -> None:
    graph = kg.open(request.getfixturevalue(name))
    (path,) = exporter(f"{form}-rdf12").write(graph, tmp_path / f"graph.{form}")
    store, plain = Store(), Store()
    store.load(path=path, format={**RDF, **QUADS}[form])
    (bare,) = exporter(form).write(graph, tmp_path / f"plain.{form}")
    plain.load(path=bare, format={**RDF, **QUADS}[form])
    more = {quad for quad in store if quad not in plain}
    assert {quad.predicate.value for quad in more} == {REIFIES}
    assert {quad for quad in plain if quad not in store} == set()
    expected = {
        s.iri
        for s in graph.statements()
        if s.subject is not None and s.subject.iri is not None and s.object is not None
    }
    assert {str(quad.subject)[1:-1] for quad in more} == expected
    assert all(_same(store, quad) for quad in more)


def _same(store: Store, quad: Quad) -> bool:
    """Return whether rdf:subject, rdf:predicate and rdf:object of a reifier say what its triple term says."""
    assert isinstance(quad.object, Triple)
    said = {str(q.predicate): q.object for q in store.quads_for_pattern(quad.subject, None, None, None)}
    rdf = REIFIES.removesuffix("reifies")
    parts = (said[f"<{rdf}{part}>"] for part in ("subject", "predicate", "object"))
    return tuple(parts) == (quad.object.subject, quad.object.predicate, quad.object.object)


def test_a_statement_without_an_object_reifies_nothing() -> None:
    assert list(reified([("<s>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#subject>", "<x>")])) == []


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


@pytest.mark.parametrize("name", ["built", "hostile"])
def test_pyld_expands_json_ld_to_the_same_quads(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    import json

    from pyld import jsonld

    def refuse(url: str, _: object) -> None:
        raise AssertionError(f"the document asks for {url}")

    graph = kg.open(request.getfixturevalue(name))
    (path,) = exporter("jsonld").write(graph, tmp_path / "graph.jsonld")
    told = json.loads(path.read_text(encoding="utf-8"))
    lines = jsonld.to_rdf(told, {"format": "application/n-quads", "documentLoader": refuse})
    store = Store()
    store.load(lines.encode(), format=RdfFormat.N_QUADS)
    assert {str(quad) for quad in store} == {str(q) for q in graph.store if str(q.graph_name) != "DEFAULT"}


def test_errors_say_what_and_where(built: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no exporter 'xls'"):
        exporter("xls")
    for form in ("ttl", "parquet"):
        with pytest.raises(ExportError, match="can't be written"):
            exporter(form).write(kg.open(built), tmp_path / "none" / "graph.ttl")
