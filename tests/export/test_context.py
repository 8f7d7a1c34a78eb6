"""The JSON-LD context and the ontology name the same things."""

from pyoxigraph import NamedNode, RdfFormat, parse

from kg import resources
from kg.export.jsonld import context, names
from kg.settings import ONTOLOGY

OWL = "http://www.w3.org/2002/07/owl#"
# Properties that kg.ttl uses to say something of itself; no graph of articles has them.
OF_ITSELF = "AnnotationProperty"


def typed(*kinds: str) -> set[str]:
    quads = parse(path=resources.ontology() / "kg.ttl", format=RdfFormat.TURTLE)
    return {
        quad.subject.value.removeprefix(ONTOLOGY)
        for quad in quads
        if isinstance(quad.subject, NamedNode)
        and isinstance(quad.object, NamedNode)
        and quad.subject.value.startswith(ONTOLOGY)
        if quad.predicate.value.endswith("#type") and quad.object.value.removeprefix(OWL) in kinds
    }


def test_every_class_and_property_of_the_graph_has_a_name() -> None:
    # A relation that somebody adds to kg.ttl needs no line in the context: it is written with its IRI.
    wanted = typed("Class") | typed("DatatypeProperty")
    missing = {name for name in wanted if f"{ONTOLOGY}{name}" not in names()}
    assert not missing


def test_no_name_is_stale() -> None:
    known = typed(
        "Class", "DatatypeProperty", "ObjectProperty", OF_ITSELF, "http://www.w3.org/1999/02/22-rdf-syntax-ns#Property"
    )
    stale = {iri for iri in names() if iri.startswith(ONTOLOGY) and iri.removeprefix(ONTOLOGY) not in known}
    assert not stale


def test_values_have_the_type_that_the_ontology_gives() -> None:
    for term, kind in (
        ("start", "xsd:integer"),
        ("negated", "xsd:boolean"),
        ("beginDate", "xsd:date"),
        ("heads", "@id"),
    ):
        meaning = context()[term]
        assert isinstance(meaning, dict)
        assert meaning["@type"] == kind
