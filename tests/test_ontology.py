"""The ontology that ships, and files of users, as records."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, RdfFormat, parse

from kg import resources
from kg.errors import OntologyError
from kg.ontology import Ontology, load, sources
from kg.settings import ONTOLOGY

PREFIXES = f"""@prefix kg: <{ONTOLOGY}> .
@prefix my: <https://example.org/ns#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ADDITION = "<https://example.org/ns> owl:imports <https://w3id.org/actors-places/ontology> .\n"
REQUIRED = frozenset(
    """heads memberOf worksFor holdsPosition locatedIn livesIn basedIn bornIn ordered calledFor demanded metWith
criticised supported opposed accused arrested charged attacked killed injured dismantled destroyed provided travelledTo
travelledFrom crossed visited signed announced said denied founded won participatedIn partOf spouseOf childOf familyOf
originatesFrom agreedWith appointed owns warned leftPosition expelled blocked controls deployedTo defeated candidateFor
diedIn siblingOf""".split()  # noqa: SIM905
)
OPEN = {"said", "announced", "denied", "calledFor", "demanded"}


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def write(folder: Path, text: str) -> str:
    file = folder / "mine.ttl"
    file.write_text(PREFIXES + text, encoding="utf-8")
    return str(file)


def test_has_30_classes_and_every_required_relation(ontology: Ontology) -> None:
    assert len(ontology.classes) == 30
    assert not REQUIRED - set(ontology.relations)


def test_every_relation_between_entities_is_below_related(ontology: Ontology) -> None:
    apart = {name for name in ontology.relations if not ontology.is_a(name, "related")}
    assert apart == OPEN
    assert all(not ontology.relations[name].range for name in OPEN - {"denied"})


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("Camp", ("Camp", "Facility", "Place", "Entity")),
        ("NGO", ("NGO", "Organization", "Actor", "Entity")),
        ("Entity", ("Entity",)),
        ("Quantity", ("Quantity",)),
        ("heads", ("heads", "worksFor", "related")),
        ("demanded", ("demanded", "calledFor")),
    ],
)
def test_ancestors_begin_with_the_thing_itself(ontology: Ontology, name: str, above: tuple[str, ...]) -> None:
    assert ontology.ancestors(name) == above


def test_ancestors_of_what_is_not_there_is_an_error(ontology: Ontology) -> None:
    with pytest.raises(OntologyError, match="no class or relation 'Spaceship'"):
        ontology.ancestors("Spaceship")


@pytest.mark.parametrize(
    ("low", "high"),
    [("demanded", "calledFor"), ("visited", "travelledTo"), ("signed", "agreedWith"), ("announced", "said"),
     ("denied", "said"), ("spouseOf", "familyOf"), ("childOf", "familyOf"), ("siblingOf", "familyOf"),
     ("bornIn", "originatesFrom"), ("heads", "worksFor")],
)  # fmt: skip
def test_kinds_of_relations(ontology: Ontology, low: str, high: str) -> None:
    assert ontology.is_a(low, high)


def test_symmetric_relations(ontology: Ontology) -> None:
    symmetric = {name for name, relation in ontology.relations.items() if relation.symmetric}
    assert symmetric == {"familyOf", "spouseOf", "siblingOf", "metWith", "agreedWith"}


def test_functional_relations(ontology: Ontology) -> None:
    # Each one makes contradictions of two assertions: only what happens once, in one place.
    assert {name for name, relation in ontology.relations.items() if relation.functional} == {"bornIn", "diedIn"}


def test_every_relation_has_words_label_and_an_example_of_its_own(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        if relation.name == "related":
            continue
        assert relation.label
        assert relation.verbs or relation.role_nouns, relation.name
        assert any(e.relation == relation.name and not e.negative for e in relation.examples), relation.name


def test_every_relation_has_two_examples_and_a_counter_example_of_its_own(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        if relation.name == "related":
            continue
        negative = [example.negative for example in relation.examples if example.relation == relation.name]
        assert negative.count(False) >= 2, relation.name
        assert negative.count(True) >= 1, relation.name


def test_examples_name_relations_that_exist_and_words_of_their_sentence(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        for example in relation.examples:
            assert example.relation in ontology.relations, example
            for side in (example.subject, example.object):
                assert side is None or example.negative or side in example.sentence, example


def test_light_verbs_have_nouns_to_carry(ontology: Ontology) -> None:
    for relation in ontology.relations.values():
        assert not relation.light_verbs or relation.event_nouns, relation.name


def test_plover_codes_are_concepts_of_the_file(ontology: Ontology) -> None:
    quads = list(parse(path=resources.ontology() / "kg.ttl", format=RdfFormat.TURTLE))
    notations = {
        q.object.value for q in quads if q.predicate.value.endswith("core#notation") and isinstance(q.object, Literal)
    }
    codes = {relation.plover for relation in ontology.relations.values() if relation.plover}
    assert codes <= notations


def test_no_blank_nodes_and_every_term_described() -> None:
    quads = list(parse(path=resources.ontology() / "kg.ttl", format=RdfFormat.TURTLE))
    assert not any(isinstance(term, BlankNode) for q in quads for term in (q.subject, q.object))
    own = {q.subject.value for q in quads if q.subject.value.startswith(ONTOLOGY)}
    described = {q.subject.value for q in quads if q.predicate.value.endswith(("comment", "prefLabel"))}
    assert not own - described
    used = {q.predicate.value for q in quads if q.predicate.value.startswith(ONTOLOGY)}
    used |= {q.object.value for q in quads if not isinstance(q.object, Literal) and q.object.value.startswith(ONTOLOGY)}
    assert not used - own


def test_no_file_is_loaded_twice() -> None:
    assert load() is load()


def test_an_addition_comes_on_top_of_ours(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        ADDITION
        + """kg:Drone a owl:Class ; rdfs:subClassOf kg:Entity .
        my:fined rdfs:subPropertyOf kg:charged ; rdfs:label "fined"@en ; rdfs:domain kg:GovernmentBody ;
            rdfs:range kg:Company ; kg:verb "slap"@en .
        kg:dismantled kg:verb "unbuild"@en .""",
    )
    mine = load(path)
    assert [file.name for file in sources(path)] == ["kg.ttl", "mine.ttl"]
    assert mine.ancestors("fined") == ("fined", "charged", "related")
    assert mine.relations["fined"].iri == "https://example.org/ns#fined"
    assert mine.relations["fined"].range == ("Company",)
    assert mine.is_a("Drone", "Entity")
    assert "unbuild" in [word.text for word in mine.relations["dismantled"].verbs]
    assert "unbuild" not in [word.text for word in load().relations["dismantled"].verbs]


def test_a_complete_file_stands_alone(tmp_path: Path) -> None:
    path = write(
        tmp_path, 'kg:Entity a owl:Class .\nmy:sank a kg:Relation ; rdfs:label "sank"@en ; kg:verb "sink"@en .'
    )
    mine = load(path)
    assert list(mine.classes) == ["Entity"]
    assert list(mine.relations) == ["sank"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("kg:Entity a owl:Class\nmy:x my:y my:z .", r"mine\.ttl, line 7: not Turtle"),
        ("\nmy:fined a kg:Relation ; rdfs:range kg:Compny .", r"mine\.ttl, line 7: fined: range .*Compny is no class"),
        ('my:fined a kg:Relation ; kg:verb "fine" .', r"line 6: fined: kg:verb .* needs a language"),
        ('my:fined a kg:Relation ; kg:verb "Fine  up"@en .', r"line 6: fined: kg:verb .* lower case"),
        ('my:fined a kg:Relation ; kg:example "A fined B."@en .', r"line 6: fined: kg:example .* → subject"),
        ('my:fined a kg:Relation ; kg:ofNames "both" .', r"line 6: fined: kg:ofNames .* must be .subject. or .object."),
        ("my:a a kg:Relation ; rdfs:domain [] .", r"mine\.ttl: it has blank nodes"),
        ("my:heads a kg:Relation .", r"line 6: heads: has the same local name"),
        ("my:a rdfs:subPropertyOf my:b . my:b rdfs:subPropertyOf my:a .", r"a: is below itself: a < b < a"),
    ],
)
def test_bad_files_are_named_with_the_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        load(write(tmp_path, ADDITION + text))


def test_a_file_without_entity_is_told_how_to_add(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"no class Entity; an addition .* must say <> owl:imports"):
        load(write(tmp_path, "my:sank a kg:Relation ."))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"nowhere\.ttl: can't be read: No such file"):
        load(str(tmp_path / "nowhere.ttl"))


def test_which_side_a_lone_genitive_names(ontology: Ontology) -> None:
    arrested, visited, metwith = (ontology.relations[name] for name in ("arrested", "visited", "metWith"))
    assert (arrested.of_names, arrested.owner_names) == ("object", "object")
    assert (visited.of_names, visited.owner_names) == ("subject", "subject")
    assert (metwith.of_names, metwith.owner_names) == (None, "subject")


def test_which_light_nouns_are_objects(ontology: Ontology) -> None:
    assert ontology.relations["said"].noun_as_object
    assert not ontology.relations["attacked"].noun_as_object
