"""SHACL: a built graph conforms, and what is broken is named with its place."""

from pathlib import Path

import pytest

import kg
from kg.errors import StoreError
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.validate import validate

PREFIXES = """
@prefix kg: <https://w3id.org/actors-places/ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wgs: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix entity: <https://w3id.org/actors-places/id/entity/> .
@prefix mention: <https://w3id.org/actors-places/id/mention/> .
@prefix statement: <https://w3id.org/actors-places/id/statement/> .
"""


def test_a_built_graph_conforms(built: Path) -> None:
    assert validate(kg.open(built)) == ()


@pytest.mark.parametrize(
    ("turtle", "severity", "node", "message"),
    [
        (
            "statement:x a kg:Statement ; rdf:predicate kg:heads .",
            "violation",
            "statement:x",
            "needs a subject or an object",
        ),
        ("statement:x a kg:Statement ; kg:negated 1 .", "violation", "statement:x", "needs kg:negated"),
        (
            "statement:x a kg:Statement ; kg:modality kg:sure .",
            "violation",
            "statement:x",
            "asserted, possible, intended",
        ),
        (
            "statement:x a kg:Statement ; kg:contradicts entity:y .",
            "violation",
            "statement:x",
            "contradicts something that is no kg:Statement",
        ),
        ("statement:x a kg:Statement ; kg:confidence 1.5 .", "violation", "statement:x", "decimal from 0 to 1"),
        (
            'mention:x a kg:Mention ; kg:start 4 ; kg:end 9 ; kg:exact "camp" .',
            "violation",
            "mention:x",
            "length of",
        ),
        (
            'mention:x a kg:Mention ; kg:start 9 ; kg:end 4 ; kg:exact "camp" .',
            "violation",
            "mention:x",
            "before kg:end",
        ),
        (
            'entity:x a kg:Person, kg:Place, kg:Entity ; rdfs:label "x" .',
            "violation",
            "entity:x",
            "no organization",
        ),
        (
            'entity:x a kg:Event, kg:Actor, kg:Entity ; rdfs:label "x" .',
            "violation",
            "entity:x",
            "no actor and no place",
        ),
        (
            'entity:x a kg:Place, kg:Entity ; rdfs:label "x" ; wgs:lat 4.0 .',
            "violation",
            "entity:x",
            "both latitude and",
        ),
        ('entity:x a kg:Place, kg:Entity ; rdfs:label "x" ; wgs:lat 94.0 .', "violation", "entity:x", "from -90 to 90"),
        ("entity:x a kg:Entity .", "violation", "entity:x", "needs one rdfs:label"),
        (
            'entity:x a kg:Event, kg:Entity ; rdfs:label "x" . '
            "statement:x rdf:predicate kg:heads ; rdf:subject entity:x .",
            "warning",
            "statement:x",
            "the subject is of no class",
        ),
        (
            'entity:x a kg:Person, kg:Entity ; rdfs:label "x" . '
            "statement:x rdf:predicate kg:bornIn ; rdf:object entity:x .",
            "warning",
            "statement:x",
            "the object is of no class",
        ),
    ],
)
def test_what_is_broken_is_named(tmp_path: Path, turtle: str, severity: str, node: str, message: str) -> None:
    (tmp_path / "x.ttl").write_text(PREFIXES + turtle, encoding="utf-8")
    found = [finding for finding in validate(kg.open(tmp_path / "x.ttl")) if message in finding.message]
    assert [(finding.severity, finding.node) for finding in found] == [(severity, node)]


def test_a_country_may_act(tmp_path: Path) -> None:
    country = 'entity:x a kg:Country, kg:Place, kg:Entity ; rdfs:label "x" .'
    says = "statement:x rdf:predicate kg:said ; rdf:subject entity:x ."
    (tmp_path / "x.ttl").write_text(f"{PREFIXES}{country} {says}", encoding="utf-8")
    assert not [finding for finding in validate(kg.open(tmp_path / "x.ttl")) if finding.severity == "warning"]


def test_a_finding_says_where(built: Path, tmp_path: Path) -> None:
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    assert text.count('kg:exact "Ghent" ') == 1
    (tmp_path / "x.ttl").write_text(text.replace('kg:exact "Ghent" ', 'kg:exact "Ghentt" '), encoding="utf-8")
    (finding,) = validate(kg.open(tmp_path / "x.ttl"))
    assert str(finding).startswith("mention:")
    assert str(finding).endswith("“Ghentt” (document harbour-2): kg:end minus kg:start is not the length of kg:exact")


def test_own_shapes_and_shapes_that_are_none(built: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "shapes.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/actors-places/ontology#> .\n"
        "<urn:s> a sh:NodeShape ; sh:targetClass kg:NGO ; sh:property [ sh:path kg:founded ; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    graph: KnowledgeGraph = kg.open(built)
    assert {finding.name for finding in validate(graph, shapes)} == {
        "Open Door",
        '<b>"Jo"\\ O\'Neil</b>\ufffd \u202egroup\u202c',
    }
    shapes.write_text("not Turtle", encoding="utf-8")
    with pytest.raises(StoreError, match="not shapes that can be read"):
        validate(graph, shapes)
