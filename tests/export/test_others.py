"""Tables, GeoJSON, Neo4j and FollowTheMoney, each read again as its target reads it."""

import csv
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.export.base import exporter
from kg.export.csv import contents
from kg.export.followthemoney import identifier, mapping
from kg.export.neo4j import BETWEEN, relationship

SOURCES = ["built", "hostile"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize("name", SOURCES)
def test_csv_has_a_row_for_each_record(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    graph = kg.open(request.getfixturevalue(name))
    files = exporter("csv").write(graph, tmp_path / "graph.csv")
    assert [path.name for path in files] == [
        f"graph-{table}.csv" for table in ("documents", "entities", "statements", "mentions")
    ]
    documents, entities, statements, mentions = map(rows, files)
    assert [row["id"] for row in documents] == [d.id for d in graph.documents()]
    assert [row["label"] for row in entities] == [e.label for e in graph.entities()]
    assert [(row["subject_iri"], row["sentence"], row["standing"]) for row in statements] == [
        ((s.subject.iri or "") if s.subject else "", s.sentence, s.standing) for s in graph.statements()
    ]
    assert [(row["text"], row["entity"]) for row in mentions] == [(m.text, m.entity) for m in graph.mentions()]


@pytest.mark.parametrize("name", SOURCES)
def test_parquet_has_the_same_cells_with_types(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    from pyarrow.parquet import read_table

    graph = kg.open(request.getfixturevalue(name))
    files = exporter("parquet").write(graph, tmp_path / "graph.parquet")
    for path, (table, records) in zip(files, contents(graph), strict=True):
        read = read_table(path)
        assert read.column_names == list(table.columns)
        found = [tuple(row.values()) for row in read.to_pylist()]
        assert found == [table.row(record) for record in records]
        kinds = {"string": "string", "int": "int64", "float": "double", "bool": "bool"}
        assert [str(field.type) for field in read.schema] == [kinds[kind] for kind in table.columns.values()]


def test_geojson_is_valid_and_on_the_map(built: Path, tmp_path: Path) -> None:
    import geojson

    graph = kg.open(built)
    (path,) = exporter("geojson").write(graph, tmp_path / "graph.geojson")
    collection = geojson.loads(path.read_text(encoding="utf-8"))
    assert collection.is_valid
    assert all(feature.is_valid and feature.geometry.is_valid for feature in collection.features)
    by_kind: dict[str, list[Any]] = {}
    for feature in collection.features:
        by_kind.setdefault(feature.properties["feature"], []).append(feature)
    ostend = next(f for f in by_kind["place"] if f.properties["label"] == "Ostend")
    # East first, then north.
    assert ostend.geometry.coordinates == [2.927, 51.21551]
    assert ostend.properties["geonames"] == "https://sws.geonames.org/2789786/"
    (clearance,) = by_kind["event"]
    assert (clearance.properties["place"], clearance.properties["begin"]) == ("Ostend", "2023-05-02")
    assert any("cleared a squatted warehouse" in s["sentence"] for s in clearance.properties["statements"])
    meant = {s.iri: s.standing for s in graph.statements()}
    assert {meant[f.properties["iri"]] for f in by_kind["statement"]} == {"asserted"}
    located = [e for e in graph.entities() if e.latitude is not None]
    assert len(by_kind["place"]) == len(located)
    identifiers = [feature["id"] for feature in collection.features if "id" in feature]
    assert len(identifiers) == len(set(identifiers))


@pytest.mark.parametrize("name", SOURCES)
def test_neo4j_import_finds_all_nodes(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    graph = kg.open(request.getfixturevalue(name))
    files = exporter("neo4j").write(graph, tmp_path / "neo4j")
    assert {path.name for path in files} == {
        *("entities.csv", "documents.csv", "statements.csv", "links.csv", "import.sh", "load.cypher")
    }
    folder = tmp_path / "neo4j"
    entities, documents = rows(folder / "entities.csv"), rows(folder / "documents.csv")
    ids = [row["iri:ID"] for row in (*entities, *documents)]
    assert len(ids) == len(set(ids))
    assert ids == [e.iri for e in graph.entities()] + [d.iri for d in graph.documents()]
    # No field has a line break or ends a row early, and an alias is never cut.
    for path in folder.glob("*.csv"):
        head, *lines = path.read_text(encoding="utf-8").split("\n")
        assert len(lines) - 1 == len(rows(path))
        assert all(None not in row and None not in row.values() for row in rows(path)), head
    expected = {e.iri: [" ".join(alias.split()) for alias in e.aliases] for e in graph.entities()}
    assert {
        row["iri:ID"]: row["aliases:string[]"].split(BETWEEN) if row["aliases:string[]"] else [] for row in entities
    } == expected
    for file in ("statements.csv", "links.csv"):
        assert all({row[":START_ID"], row[":END_ID"]} <= set(ids) for row in rows(folder / file))
        assert rows(folder / file)


def test_neo4j_says_assertions_by_their_type_only(built: Path, tmp_path: Path) -> None:
    graph = kg.open(built)
    exporter("neo4j").write(graph, tmp_path)
    found = rows(tmp_path / "statements.csv")
    assert {row[":TYPE"] for row in found if row["standing"] != "asserted"} == {"CLAIMED"}
    assert "CLAIMED" not in {row[":TYPE"] for row in found if row["standing"] == "asserted"}
    assert "MET_WITH" in {row[":TYPE"] for row in found}
    assert {relationship(s) for s in graph.statements() if s.relation is None and s.standing == "asserted"} == {
        "RELATED"
    }


@pytest.mark.parametrize("name", SOURCES)
def test_the_cypher_script_can_be_parsed(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    from antlr4 import CommonTokenStream, InputStream
    from antlr4.error.ErrorListener import ErrorListener
    from antlr4_cypher import CypherLexer, CypherParser

    class Strict(ErrorListener):  # type: ignore[misc]
        def syntaxError(self, *details: Any) -> None:  # noqa: N802
            raise AssertionError(details[2:5])

    graph = kg.open(request.getfixturevalue(name))
    exporter("neo4j").write(graph, tmp_path)
    script = (tmp_path / "load.cypher").read_text(encoding="utf-8")
    parts = [part for part in re.split(r";\n", script) if part.strip()]
    merges = [part for part in parts if "CREATE CONSTRAINT" not in part]
    assert len(parts) - len(merges) == 2
    strings = [json.loads(text) for part in merges for text in re.findall(r'"(?:[^"\\]|\\.)*"', part)]
    assert {" ".join(e.label.split()) for e in graph.entities()} <= set(strings)
    for part in merges:
        assert part.startswith("UNWIND [")
        # Long names teach the parser nothing and take it seconds.
        short = re.sub(r"x{100,}", "x", part)
        lexer = CypherLexer(InputStream(short))
        parser = CypherParser(CommonTokenStream(lexer))
        for each in (lexer, parser):
            each.removeErrorListeners()
            each.addErrorListener(Strict())
        parser.script()


def model() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((Path(__file__).parent / "followthemoney_model.json").read_text("utf-8"))
    return told


@pytest.mark.parametrize("name", SOURCES)
def test_followthemoney_entities_are_what_its_model_wants(
    request: pytest.FixtureRequest, tmp_path: Path, name: str
) -> None:
    # The model as scripts/check_followthemoney.py read it out of the package, which needs a compiler to install.
    (path,) = exporter("ftm").write(kg.open(request.getfixturevalue(name)), tmp_path / "graph.ftm.json")
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    kinds = {line["id"]: model()[line["schema"]] for line in lines}
    assert len(kinds) == len(lines)
    for line in lines:
        schema, said = kinds[line["id"]], line["properties"]
        assert re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?", line["id"])
        assert set(schema["required"]) <= said.keys() <= schema["properties"].keys(), line
        for prop, values in said.items():
            wanted = schema["properties"][prop]
            assert values
            assert all(isinstance(value, str) and value for value in values)
            if wanted[0].isupper():
                assert all(wanted in kinds[value]["is"] for value in values), (line["schema"], prop)
            elif wanted == "date":
                assert all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value) for value in values)


def test_only_what_is_asserted_becomes_a_link(built: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    graph = kg.open(built)
    with caplog.at_level(logging.INFO, logger="kg.export"):
        (path,) = exporter("ftm").write(graph, tmp_path / "graph.ftm.json")
    assert "left out" in caplog.text
    assert "1 denied" in caplog.text
    lines = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    links = [line for line in lines if line["id"].startswith("link-")]
    asserted = {s.iri.rpartition("/")[2] for s in graph.statements() if s.standing == "asserted" and s.relation}
    assert {record for link in links for record in link["properties"]["recordId"]} <= asserted
    (heads,) = (link for link in links if link["schema"] == "Directorship")
    assert heads["properties"]["director"] == ["entity-lena-brandt-fa019538"]
    assert heads["properties"]["proof"] == ["document-harbour-1"]
    assert heads["properties"]["sourceUrl"] == ["https://news.example/harbour-1"]
    assert "attacked" not in {role for link in links for role in link["properties"].get("role", ())}
    event = next(line for line in lines if line["id"] == "entity-clearance-33333333")
    assert (event["schema"], event["properties"]["startDate"]) == ("Event", ["2023-05-02"])
    assert event["properties"]["addressEntity"]


def test_the_mapping_names_what_both_sides_have() -> None:
    from kg.ontology import load

    ontology, known = load(), model()
    told = mapping()
    assert told["schemata"].keys() <= ontology.classes.keys()
    assert told["links"].keys() <= ontology.relations.keys()
    for schema in set(told["schemata"].values()):
        sides = {"Person", "Organization", "LegalEntity", "Asset", "Position"} & set(known[schema]["is"])
        assert set(told["kinds"][schema]) == sides
    for link in told["links"].values():
        for prop, wanted in (link["subject"], link["object"]):
            assert known[link["schema"]]["properties"][prop] == wanted


def test_nodes_of_elsewhere_have_an_id_too() -> None:
    assert identifier("http://www.wikidata.org/entity/Q42", "https://example.org/").startswith("node-")
