"""The figures of a graph, counted by other means too."""

from collections import Counter
from pathlib import Path

from pyoxigraph import Store

import kg
from kg.graph.summary import MOST, summary


def test_the_figures_are_those_of_the_records(built: Path) -> None:
    graph = kg.open(built)
    found = summary(graph.store)
    entities, statements = list(graph.entities()), list(graph.statements())
    assert found.documents == len(list(graph.documents())) == 3
    assert found.entities == len(entities)
    assert found.statements == len(statements) == 17
    assert [found.quotations] == [row["n"] for row in graph.query("SELECT (COUNT(*) AS ?n) { ?q a kg:Quotation }")]
    assert found.classes == Counter(kind for entity in entities for kind in entity.types)
    days = sorted(document.date for document in graph.documents() if document.date)
    assert (found.begin, found.end) == (days[0], days[-1])


def test_most_connected_are_those_in_most_statements(built: Path) -> None:
    graph = kg.open(built)
    counted: Counter[str] = Counter()
    for statement in graph.statements():
        counted.update({side.iri for side in (statement.subject, statement.object) if side and side.iri})
    names = {entity.iri: entity.label for entity in graph.entities()}
    expected = sorted(((names[iri], count) for iri, count in counted.items() if iri in names), key=lambda row: -row[1])
    found = [(one.name, one.statements) for one in summary(graph.store).connected]
    assert len(found) == min(MOST, len(expected))
    assert sorted(found, key=lambda row: -row[1]) == found
    assert set(found) <= set(expected)
    assert [count for _, count in found] == [count for _, count in expected][: len(found)]


def test_an_empty_graph_has_figures() -> None:
    found = summary(Store())
    assert (found.documents, found.entities, found.statements, found.connected) == (0, 0, 0, ())
    assert (found.classes, found.begin, found.end) == ({}, None, None)
