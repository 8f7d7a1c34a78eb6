"""However a question is put to Oxigraph, its rows are those of the SPARQL that lies in its file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, Store

import kg
from kg.graph import plans, terms
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.query import NamedQuery, fill, named

BY_NAME = (
    "SELECT ?node WHERE { ?node a kg:Entity ; rdfs:label|skos:altLabel ?n FILTER(CONTAINS(LCASE(?n), LCASE(%s))) }"
)
NAMES = ("Ostend", "BRANDT", "e", "no such name", 'a"b', "%s \\ {}", "")


def cases() -> Iterator[tuple[NamedQuery, dict[str, str]]]:
    for question in named():
        yield question, {}
        for parameter in question.parameters:
            for value in (parameter.example or "", "Ostend", "police", "2023-05-04", "BE", "travelledTo", "o"):
                if parameter.name not in ("since", "until") or value[:1] == "2":
                    yield question, {parameter.name: value}


@pytest.mark.parametrize(
    ("question", "values"), [pytest.param(q, v, id=f"{q.name} {' '.join(v.values())}") for q, v in cases()]
)
def test_the_rows_are_those_of_the_file(built: Path, question: NamedQuery, values: dict[str, str]) -> None:
    graph = kg.open(built)
    assert graph.names is not None
    # The whole store is searched for names where none of its graphs is known to have them all.
    for asked in (graph, KnowledgeGraph(graph.store)):
        assert _rows(asked.ask(question.name, **values)) == _plain(graph.store, fill(question.text, values))


@pytest.mark.parametrize("part", NAMES)
def test_names_are_found_by_any_part_of_them(built: Path, part: str) -> None:
    graph = kg.open(built)
    expected = sorted({node for (node,) in _plain(graph.store, BY_NAME % terms.text(part))})
    for names in (None, graph.names):
        assert list(plans.entities_named(graph.store, part, names)) == expected
        first = plans.known_first(graph.store, BY_NAME % terms.text(part), names)
        assert "CONTAINS" not in first
        assert sorted(node for (node,) in _plain(graph.store, first)) == expected
    assert bool(expected) == (part in ("Ostend", "BRANDT", "e", ""))


def test_what_has_no_graph_of_entities_is_searched_whole(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(
        "@prefix kg: <https://w3id.org/actors-places/ontology#> . @prefix rdfs: "
        '<http://www.w3.org/2000/01/rdf-schema#> . <https://x.example/a> a kg:Entity ; rdfs:label "Anna Ode" .',
        encoding="utf-8",
    )
    graph = kg.open(file)
    assert graph.names is None
    assert plans.entities_named(graph.store, "ode", graph.names) == ("<https://x.example/a>",)


@pytest.mark.parametrize(
    ("line", "scanned"),
    [
        ("?s kg:negated true .", "{ SELECT * { ?s kg:negated true } }"),
        ("?s a ?c . ?c rdfs:label ?l .", "{ SELECT * { ?s a ?c } } { SELECT * { ?c rdfs:label ?l } }"),
        (
            "OPTIONAL { ?s rdf:subject ?n OPTIONAL { ?n rdfs:label ?l } }",
            "OPTIONAL { { SELECT * { ?s rdf:subject ?n } } OPTIONAL { { SELECT * { ?n rdfs:label ?l } } } }",
        ),
        ("?s kg:within* ?whole .", None),
        ("?s kg:begins ?day FILTER(?day > ?other)", None),
        ("OPTIONAL { ?s kg:begins ?day FILTER(?day > ?other) }", None),
        ("FILTER EXISTS { ?s a kg:Entity }", None),
        ("BIND(?s AS ?node)", None),
    ],
)
def test_only_plain_patterns_are_read_whole(line: str, scanned: str | None) -> None:
    assert plans.scanned(f"# scan\n  {line}", ()) == f"# scan\n  {scanned or line}"
    assert plans.scanned(f"# Who?\n  {line}", ()) == f"# Who?\n  {line}"
    assert plans.scanned(f"# scan without one, other\n  {line}", ("other",)).endswith(line)


def _rows(answer: object) -> list[tuple[str, ...]]:
    assert isinstance(answer, QuerySolutions)
    return [tuple(str(value) for value in row) for row in answer]


def _plain(store: Store, text: str) -> list[tuple[str, ...]]:
    return _rows(store.query(text, prefixes=terms.PREFIXES))
