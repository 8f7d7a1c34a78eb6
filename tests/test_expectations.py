"""Rows of words against annotations made by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.expectations import Expectation, find, fits, of_example, read_table
from kg.model import Annotation, Argument, Entity, Mention, Predicate, Triple
from kg.ontology import Example, Ontology, load

TEXT = "French police demolished the camp. It was home to migrants, Darmanin said. He met Johnson."
ENTITIES = (
    Entity("e1", "x:1", "SecurityForce", ("SecurityForce", "Organization", "Actor", "Entity"), "French police"),
    Entity("e2", "x:2", "Camp", ("Camp", "Facility", "Place", "Entity"), "camp"),
    Entity("e3", "x:3", "Group", ("Group", "Actor", "Entity"), "migrants"),
    Entity("e4", "x:4", "Person", ("Person", "Actor", "Entity"), "Gerald Darmanin"),
    Entity("e5", "x:5", "Person", ("Person", "Actor", "Entity"), "Johnson"),
)
MENTIONS = (
    Mention("m1", 29, 33, "camp", "nominal", "e2"),
    Mention("m2", 35, 37, "It", "pronoun", "e2"),
    Mention("m3", 60, 68, "Darmanin", "name", "e4"),
)


def triple(subject: Argument, relation: str | None, object_: Argument | None, **more: object) -> Triple:
    said = Triple("t", subject, Predicate("x", None, relation, False), object_, (), False, "asserted", None, 1.0, 0, 34)
    return replace(said, **more)  # type: ignore[arg-type]


POLICE, CAMP = Argument("French police", entity="e1"), Argument("the camp", entity="e2")
IT, MIGRANTS = Argument("It", entity="e2"), Argument("migrants", entity="e3")
HE, JOHNSON = Argument("He", entity="e4"), Argument("Johnson", entity="e5")
DEMOLISHED = triple(POLICE, "destroyed", CAMP)
HOME = triple(IT, "livesIn", MIGRANTS, predicate=Predicate("was home to", None, "livesIn", True), attribution="e4")
MET = triple(HE, "metWith", JOHNSON)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def annotation(*triples: Triple) -> Annotation:
    return Annotation("d", TEXT, MENTIONS, ENTITIES, triples, ())


@pytest.mark.parametrize(
    "row",
    [
        Expectation(False, "police", "destroyed", "camp"),
        Expectation(False, "French police", "destroyed", "*", attributed="-"),
        Expectation(False, "*", "related", "camp"),
        Expectation(False, "migrants", "livesIn", "camp", attributed="Darmanin"),
        Expectation(False, "Darmanin", "metWith", "Johnson"),
        Expectation(False, "Johnson", "metWith", "Darmanin"),
    ],
    ids=str,
)
def test_what_is_said_is_found(ontology: Ontology, row: Expectation) -> None:
    assert find(annotation(DEMOLISHED, HOME, MET), row, ontology) is not None


@pytest.mark.parametrize(
    "row",
    [
        Expectation(False, "camp", "destroyed", "police"),
        Expectation(False, "police", "dismantled", "camp"),
        Expectation(False, "police", "destroyed", "camp", negated="yes"),
        Expectation(False, "police", "destroyed", "camp", modality="possible"),
        Expectation(False, "police", "destroyed", "camp", attributed="Darmanin"),
        Expectation(False, "police", "destroyed", "-"),
        Expectation(False, "migrants", "livesIn", "camp", attributed="-"),
        Expectation(False, "It", "livesIn", "*"),
    ],
    ids=str,
)
def test_what_is_not_said_is_not_found(ontology: Ontology, row: Expectation) -> None:
    assert find(annotation(DEMOLISHED, HOME, MET), row, ontology) is None


def test_untyped_triples_meet_no_expectation(ontology: Ontology) -> None:
    assert find(annotation(triple(POLICE, None, CAMP)), Expectation(False, "*", "related", "*"), ontology) is None


def test_a_clause_without_object(ontology: Ontology) -> None:
    resigned = annotation(triple(HE, "leftPosition", None))
    assert find(resigned, Expectation(False, "Darmanin", "leftPosition", "-"), ontology) is not None
    assert find(resigned, Expectation(False, "Darmanin", "leftPosition", "office"), ontology) is None


@pytest.mark.parametrize(
    ("wanted", "text", "expected"),
    [
        ("camp", "a makeshift migrant camp on the edge of Calais", True),
        ("mayor of Calais", "the mayor of Calais", True),
        ("head of the region", "the mayor of Calais and the head of the region", True),
        ("houses", "a bridge and dozens of houses in a valley", True),
        ("Karin Holm", "Holm", False),
        ("Calais", "the mayor of Calais", False),
        ("outskirts of Athens", "the outskirts of Athens", True),
        ("Jungle", 'the "Jungle"', True),
    ],
)
def test_head_words(wanted: str, text: str, expected: bool) -> None:
    assert fits(wanted, text) == expected


def test_examples_become_rows() -> None:
    example = Example("Marin refused to resign.", "Marin", "leftPosition", None, negative=True, language="en")
    row = of_example(example)
    assert (row.trap, row.object, row.negated, row.modality) == (True, "-", "no", "asserted")
    assert str(row) == "not Marin | leftPosition | -"


def test_tables_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.expected.tsv"
    file.write_text(
        "# kind\n\nfact\ta\theads\tb\tno\tasserted\t-\ntrap\ta\theads\tc\t*\t*\t*\tno head\t\n", encoding="utf-8"
    )
    fact, trap = read_table(file)
    assert fact == Expectation(False, "a", "heads", "b", "no", "asserted", "-")
    assert trap == Expectation(True, "a", "heads", "c", "*", "*", "*", "no head", "")


@pytest.mark.parametrize("line", ["fact\ta\theads\tb", "guess\ta\theads\tb\tno\tasserted\t-"])
def test_a_bad_row_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "a.expected.tsv"
    file.write_text(f"# kind\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.expected\.tsv, line 2: a row needs the columns kind"):
        read_table(file)
