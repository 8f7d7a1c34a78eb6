"""Every figure of a report, counted by hand on three articles, and by SPARQL on a folder."""

from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.graph.knowledge import KnowledgeGraph
from kg.model import Annotation, Entity, Mention, Quote
from kg.view.report.figures import MOST, figures
from kg.view.report.records import Bar, Figures, Speaker, Spot
from kg.view.templating import clean

PERSON, CITY = ("Person", "Actor", "Entity"), ("City", "Place", "Entity")
ANN = Entity("a", "https://example.org/a", "Person", PERSON, "Ann")
BEN = Entity("b", "https://example.org/b", "Person", PERSON, "Ben")
GHENT = Entity("g", "https://example.org/g", "City", CITY, "Ghent", latitude=51.05, longitude=3.72)
QUAY = Entity("q", "https://example.org/q", "City", CITY, "the quay")


def _article(name: str, text: str, *named: tuple[str, Entity], **more: object) -> Annotation:
    """An article of sentences that end with a full stop; `named` are found one after the other."""
    mentions, at = [], 0
    for number, (words, entity) in enumerate(named):
        at = text.index(words, at)
        mentions.append(Mention(f"m{number}", at, at + len(words), words, "name", entity.id))
        at += len(words)
    ends = [n + 1 for n, letter in enumerate(text) if letter == "."]
    starts = [0, *(end + 1 for end in ends[:-1])]
    entities = tuple(dict.fromkeys(entity for _, entity in named))
    sentences = tuple(zip(starts, ends, strict=True))
    return Annotation(name, text, tuple(mentions), entities, (), (), sentences=sentences, **more)  # type: ignore[arg-type]


@pytest.fixture
def three() -> list[Annotation]:
    first = _article(
        "one", "Ann met Ben in Ghent. Ann left. It rained.", ("Ann", ANN), ("Ben", BEN), ("Ghent", GHENT), ("Ann", ANN),
        date="2024-03-05", url="https://www.example.org/1", title="First",
    )  # fmt: skip
    quotes = (
        Quote(0, 3, "Ann", "a", direct=True), Quote(0, 3, "Ann", "a", direct=False),
        Quote(4, 7, "saw", "b", direct=True), Quote(0, 7, "Ann saw", None, direct=True),
    )  # fmt: skip
    second = _article(
        "two", "Ann saw the quay.", ("Ann", ANN), ("the quay", QUAY), date="2024-03", url="ftp://example.org/"
    )
    third = _article("three", "It rained.", date="2024-03-05T10:00:00", url="http://example.org:8080/3")
    return [first, replace(second, quotes=quotes), third]


def test_documents_days_and_sources(three: list[Annotation]) -> None:
    found = figures(three)
    assert (found.documents, found.undated, found.days) == (3, 1, (("2024-03-05", 2),))
    assert (found.hosts, found.addressless) == ((Bar("example.org", 2),), 1)


def test_entities_by_mentions(three: list[Annotation]) -> None:
    found = figures(three)
    assert (found.entities, found.mentions) == (4, 6)
    assert found.who == (Bar("Ann", 3, "person", "2 documents"), Bar("Ben", 1, "person", "1 document"))
    assert found.where == (Bar("Ghent", 1, "place", "1 document"), Bar("the quay", 1, "place", "1 document"))
    assert found.spots == (Spot("Ghent", 51.05, 3.72, 1),)
    assert found.unplaced == 1
    assert found.families == (Bar("People", 2, "person"), Bar("Places", 2, "place"))
    assert found.classes == (Bar("City", 2), Bar("Person", 2))


def test_quotations_by_speaker(three: list[Annotation]) -> None:
    found = figures(three)
    assert (found.quotations, found.direct, found.indirect, found.unattributed) == (4, 3, 1, 1)
    # The second article does not have Ben: his quotation is counted, and is nobody's there.
    assert found.speakers == (Speaker("Ann", 1, 1, "person"),)


def test_sentences_without_a_triple(three: list[Annotation]) -> None:
    found = figures(three)
    assert (found.acting, found.gaps) == (3, 3)
    told = [(row.document, row.sentences, row.gaps, row.example) for row in found.unread]
    assert told == [("one", 2, 2, "Ann met Ben in Ghent."), ("two", 1, 1, "Ann saw the quay.")]


def test_statements_by_how_they_are_said(news: tuple[Annotation, ...]) -> None:
    found = figures(news[:2])
    assert (found.statements, found.typed) == (15, 15)
    said = {bar.name: bar.count for bar in found.standing}
    # Of the first article: one that Brandt says, one denied, two that may be and one that is meant to be.
    assert said == {"asserted": 10, "attributed": 1, "possible": 3, "denied": 1}
    counted = {bar.name: bar.count for bar in found.relations}
    assert (counted["heads"], counted["met with"], sum(counted.values())) == (2, 1, 15)


def test_order_makes_no_difference(three: list[Annotation], news: tuple[Annotation, ...]) -> None:
    assert figures([*three, *news]) == figures([*reversed(news), *reversed(three)])


def test_nothing_counts_nothing() -> None:
    found = figures([])
    assert (found.documents, found.entities, found.days, found.who, found.unread) == (0, 0, (), (), ())


def test_what_is_many_is_cut(three: list[Annotation]) -> None:
    many = [
        replace(three[0], id=f"d{n}", entities=tuple(replace(e, iri=f"{e.iri}{n}") for e in three[0].entities))
        for n in range(20)
    ]
    found = figures(many)
    assert (found.entities, len(found.who), len(found.where), len(found.spots)) == (60, MOST, MOST, 20)
    # Equals stand in the order of their IRIs.
    assert [bar.count for bar in found.who] == [2] * MOST


@pytest.fixture(scope="module")
def counted(built: Path) -> tuple[Figures, KnowledgeGraph]:
    from kg.corpus.build import settings_of
    from kg.corpus.deciding import planned
    from kg.corpus.opening import reading

    with reading(built) as ledger:
        settings = settings_of(ledger)
        found = figures(planned(ledger, settings, (), built / "none").annotations(), settings)
    return found, kg.open(built)


@pytest.mark.parametrize(
    ("figure", "pattern"),
    [
        ("documents", "?x a kg:Document"),
        ("entities", "?x a kg:Entity"),
        ("statements", "?x a kg:Statement"),
        ("typed", "?x a kg:Statement ; rdf:predicate ?p FILTER(?p != kg:related)"),
        ("quotations", "?x a kg:Quotation"),
        ("direct", "?x a kg:Quotation ; kg:direct true"),
        ("mentions", "?x kg:refersTo ?e"),
    ],
)
def test_figures_are_those_of_the_graph(counted: tuple[Figures, KnowledgeGraph], figure: str, pattern: str) -> None:
    found, graph = counted
    assert graph.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}") == [{"n": getattr(found, figure)}]
    assert getattr(found, figure) > 0


def test_lists_are_those_of_the_graph(counted: tuple[Figures, KnowledgeGraph]) -> None:
    found, graph = counted
    rows = graph.query(
        "SELECT ?e ?name (COUNT(?m) AS ?n) { ?m kg:refersTo ?e . ?e rdfs:label ?name"
        " FILTER(EXISTS { ?e a kg:Person } || EXISTS { ?e a kg:Organization } || EXISTS { ?e a kg:Group }) }"
        " GROUP BY ?e ?name ORDER BY DESC(?n) ?e"
    )
    assert [(clean(bar.name), bar.count) for bar in found.who] == [(row["name"], row["n"]) for row in rows][:MOST]
    rows = graph.query(
        "SELECT ?e ?name (COUNT(?m) AS ?n) { ?m kg:refersTo ?e . ?e a kg:Place ; rdfs:label ?name }"
        " GROUP BY ?e ?name ORDER BY DESC(?n) ?e"
    )
    assert [(bar.name, bar.count) for bar in found.where] == [(row["name"], row["n"]) for row in rows][:MOST]
    rows = graph.query(
        "SELECT ?name (COUNT(?q) AS ?n) { ?q a kg:Quotation ; kg:attributedTo ?e . ?e rdfs:label ?name }"
        " GROUP BY ?e ?name ORDER BY DESC(?n) ?e"
    )
    assert [(one.name, one.count) for one in found.speakers] == [(row["name"], row["n"]) for row in rows]
    rows = graph.query(
        "SELECT ?r (COUNT(?s) AS ?n) { ?s a kg:Statement ; rdf:predicate ?r FILTER(?r != kg:related) }"
        " GROUP BY ?r ORDER BY DESC(?n) ?r"
    )
    assert [bar.count for bar in found.relations] == [row["n"] for row in rows][:MOST]
    (denied,) = graph.query("SELECT (COUNT(*) AS ?n) { ?s a kg:Statement ; kg:negated true }")
    assert next(bar.count for bar in found.standing if bar.name == "denied") == denied["n"]
    rows = graph.query("SELECT ?day (COUNT(?d) AS ?n) { ?d dcterms:issued ?day } GROUP BY ?day ORDER BY ?day")
    assert list(found.days) == [(row["day"], row["n"]) for row in rows]
