"""Rows behave as the list of dicts that they are, and know the names of what they link to."""

import pickle
from pathlib import Path

import kg
from kg.graph.rows import SHOWN, Rows

WHO = "SELECT ?node ?name { ?node a kg:Person ; rdfs:label ?name } ORDER BY ?name"


def test_rows_are_a_list_of_dicts(built: Path) -> None:
    rows = kg.open(built).query(WHO)
    plain = [dict(row) for row in rows]
    assert isinstance(rows, list)
    assert rows == plain
    assert plain == rows
    assert rows != plain[1:]
    assert [row["name"] for row in rows] == ["Jan Maes", "Lena Brandt", "Tom Peeters"]
    assert rows[0] == plain[0]
    assert repr(rows) == repr(plain)


def test_some_of_the_rows_are_rows_too(built: Path) -> None:
    rows = kg.open(built).query(WHO)
    some = rows[1:]
    assert isinstance(some, Rows)
    assert (some, some.columns, some.labels) == (list(rows)[1:], ("node", "name"), rows.labels)
    again = pickle.loads(pickle.dumps(some))  # noqa: S301
    assert (again, again.columns, again.labels) == (some, some.columns, some.labels)


def test_iris_have_the_names_of_what_they_are(built: Path) -> None:
    graph = kg.open(built)
    rows = graph.query(WHO)
    assert rows.labels == {str(row["node"]): row["name"] for row in rows}
    (document,) = graph.query('SELECT ?d { ?d a kg:Document ; dcterms:title ?t FILTER(CONTAINS(?t, "Ostend")) }')[:1]
    titles = {d.iri: d.title for d in graph.documents()}
    assert graph.query(f"SELECT ?d {{ BIND(<{document['d']}> AS ?d) }}").labels == {
        document["d"]: titles[str(document["d"])]
    }
    # What the graph does not know is called by its IRI.
    assert graph.query("SELECT ?x { BIND(<https://example.org/x> AS ?x) }").labels == {
        "https://example.org/x": "https://example.org/x"
    }


def test_names_are_looked_up_for_what_is_shown(built: Path) -> None:
    rows = kg.open(built).query("SELECT ?s { ?s kg:inDocument ?d } ORDER BY ?s")
    assert len(rows) > SHOWN
    assert {str(row["s"]) for row in rows[:SHOWN]} == set(rows.labels)


def test_no_rows_still_have_columns(built: Path) -> None:
    rows = kg.open(built).query("SELECT ?who ?what { ?who a kg:Nothing ; ?p ?what }")
    assert rows == []
    assert not rows
    assert rows.columns == ("who", "what")
