"""What the page of questions gets from the server."""

import pytest

from kg.graph import plans, query
from kg.serve.query_page import filled, known

from .conftest import Server


def test_the_page_lists_all_named_questions_and_loads_only_from_here(server: Server) -> None:
    page = server.get("/query").text
    assert all(f'value="{question.name}"' in page for question in query.named())
    assert "<script>" not in page
    assert "//" not in page.replace("http-equiv", "").split("<body>")[0].replace("data:,", "").replace("<!", "")
    for name in ("codemirror.js", "codemirror.sparql.js", "codemirror.css"):
        assert server.get(f"/static/vendor/{name}").status_code == 200
    assert server.get("/static/vendor/../page.py").status_code == 404


def test_the_vocabulary_has_prefixes_classes_and_properties(server: Server) -> None:
    told = server.get("/api/vocabulary").json()
    assert told["prefixes"]["kg"] == "https://w3id.org/actors-places/ontology#"
    terms = {name: (kind, meaning) for name, kind, meaning in told["terms"]}
    assert terms["kg:Person"][0] == "class"
    assert terms["kg:heads"] == ("property", "Is at the head of an organization, a group, or a place.")
    assert {"rdfs:label", "rdf:type", "dcterms:issued", "rdf:subject"} <= set(terms)
    assert told["terms"] == sorted(told["terms"])
    [was] = [question for question in told["questions"] if question["name"] == "who-was-where"]
    assert [parameter["name"] for parameter in was["parameters"]] == ["actor", "place"]


def test_a_named_question_is_filled_as_kg_query_fills_it(server: Server) -> None:
    told = server.get("/api/questions/who-was-where", params={"place": 'Ca"lais', "actor": ""}).json()["query"]
    assert told.startswith("# Who was, lived, went or came from where?\n")
    assert ("# param place: " in told, "# scan" in told) == (True, False)
    assert 'LCASE("Ca\\"lais")' in told
    assert "$" not in told
    assert "actorName" not in told
    wrong = server.get("/api/questions/who-was-where?planet=Mars", headers={"Accept": "application/json"})
    assert (wrong.status_code, "no parameter 'planet'" in wrong.json()["error"]) == (400, True)
    assert server.get("/api/questions/who-was-why").status_code == 400


@pytest.mark.parametrize("question", query.named(), ids=lambda question: question.name)
def test_each_question_can_be_asked_as_it_is_shown(question: query.NamedQuery, server: Server) -> None:
    import kg

    store = kg.open(server.folder)
    values = {parameter.name: parameter.example or "x" for parameter in question.parameters}
    shown = filled(question, values)
    assert ("# scan" in shown) == (plans.is_scanned(question.text, values))
    assert list(map(str, query.ask(store.store, shown))) == list(map(str, store.ask(question.name, **values)))  # type: ignore[arg-type]


def test_terms_are_those_of_the_folder(server: Server) -> None:
    assert len(known(server.folder)) > 150
