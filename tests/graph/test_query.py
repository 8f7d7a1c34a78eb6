"""Named questions give the rows that a reader of the articles expects; parameters can't break out of their quotes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

import kg
from kg.errors import QueryError, UsageError
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.query import fill, find, named, parameters, text_of
from kg.graph.terms import clean

QUESTIONS = [query.name for query in named()]

# Question, values → the columns that matter, all rows in their order.
EXPECTED: list[tuple[str, dict[str, str], list[tuple[object, ...]]]] = [
    ("who-ordered-what who ordered says", {}, [("Lena Brandt", "clearance", "Lena Brandt")]),
    ("who-ordered-what who", {"actor": "peeters"}, []),
    ("who-heads-what person heads says", {"what": "harbour"}, [("Lena Brandt", "Harbour Council", "the document")]),
    (
        "what-happened what where",
        {"place": "ostend", "since": "2023-05-01", "until": "2023-05-03"},
        [("Ostend Police cleared a squatted warehouse", "Ostend")],
    ),
    # Ghent lies nowhere in these articles, Ostend within Belgium.
    (
        "what-happened where",
        {"place": "Belgium", "until": "2023-05-04"},
        [("Ostend",), ("Ostend",), ("Belgium",)],
    ),
    (
        "who-said-what-about says whom what",
        {"speaker": "Brandt", "about": "Maes"},
        [("Lena Brandt", "Jan Maes", "Ostend Police had beaten Jan Maes")],
    ),
    (
        "who-said-what-about whom what",
        {"speaker": "peeters"},
        [("Ostend", "quotation")],
    ),
    ("denied-claims claim says", {}, [("Ostend Police had beaten Jan Maes", "Lena Brandt")]),
    (
        "event-actors happening who patient where begin",
        {"event": "clear"},
        [("clearance", "Ostend Police", "squatted warehouse", "Ostend", "2023-05-02")],
    ),
    (
        "timeline first dated what",
        {"actor": "tom"},
        [
            ("2023-05-04", "article", "Tom Peeters may travel to France"),
            ("2023-05-05", "text", "Tom Peeters met Lena Brandt"),
        ],
    ),
    (
        "document subject predicate object",
        {"id": "odd/"},
        [
            ('<b>"Jo"\\ O\'Neil</b>\ufffd \u202egroup\u202c', "visited", "Ostend"),
            ("Open Door", "supported", "the back\\slash"),
        ],
    ),
    (
        "places place lat long countryCode documents",
        {"country": "be"},
        [("Ostend", 51.21551, 2.927, "BE", 3), ("Belgium", 50.75, 4.5, "BE", 1), ("Ghent", 51.05, 3.71667, "BE", 1)],
    ),
    (
        "contradictions claim says denial deniedBy",
        {},
        [("Ostend Police beat Jan Maes", "Open Door", "Ostend Police had beaten Jan Maes", "Lena Brandt")],
    ),
    ("contradictions claim", {"about": "France"}, []),
    # Whatever two of these articles say of one thing, one of them denies.
    ("consensus subject sources", {}, []),
    (
        "who-was-where who relation where status",
        {"actor": "peeters"},
        [("Tom Peeters", "travelledTo", "France", "possible")],
    ),
    ("who-was-where who where", {"place": "warehouse"}, [("residents", "squatted warehouse")]),
    (
        "most-connected actor entities statements",
        {"relation": "attacked"},
        [("Jan Maes", 1, 2), ("Ostend Police", 1, 2)],
    ),
    ("relation from to status", {"relation": "travelledTo", "subject": "Tom"}, [("Tom Peeters", "France", "possible")]),
    # visited is below travelledTo
    ("relation verb", {"relation": "travelledTo"}, [("visited",), ("travelledTo",)]),
    ("quotations says words", {"speaker": "Peeters"}, [("Tom Peeters", '"We will not leave Ostend,"')]),
    (
        "between claim status",
        {"one": "police", "other": "Maes"},
        [("Ostend Police had beaten Jan Maes", "denied"), ("Ostend Police beat Jan Maes", "")],
    ),
]


@pytest.mark.parametrize(("asked", "values", "expected"), EXPECTED)
def test_a_question_gives_its_rows(
    built: Path, asked: str, values: dict[str, str], expected: list[tuple[object, ...]]
) -> None:
    name, *columns = asked.split()
    rows = [tuple(row[column] for column in columns) for row in kg.open(built).query(name, **values)]
    assert rows == expected


def test_every_question_is_tested() -> None:
    assert {asked.split()[0] for asked, _, _ in EXPECTED} == set(QUESTIONS)
    assert len(QUESTIONS) >= 12


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_asks_and_who_says_so(built: Path, name: str) -> None:
    query = find(name)
    assert query.title.endswith((".", "?"))
    assert query.text.startswith("# ")
    for parameter in query.parameters:
        assert parameter.example, f"{name}: {parameter.name} has no example"
        assert f"?{parameter.name} " not in query.text, f"{name}: ${parameter.name} is one of its variables"
        kg.open(built).query(name, **{parameter.name: parameter.example})
    if name not in ("places", "most-connected"):
        assert "?says" in query.text


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_stands_alone(name: str) -> None:
    # No prefix of ours: any store can run the file as it is.
    Store().query(find(name).text)


@given(st.text(alphabet=st.characters(codec=None)))
def test_a_value_stays_a_string(value: str) -> None:
    graph = KnowledgeGraph(Store())
    assert graph.query("SELECT ?x { BIND($value AS ?x) }", value=value) == [{"x": clean(value)}]


def test_a_line_with_a_parameter_that_is_not_given_is_left_out() -> None:
    query = "# Who?\n#\n# param place: a name, e.g. Lille\n\nSELECT * {\n  ?s ?p $place .\n  ?s ?p $other .\n}"
    assert fill(query, {}) == query.replace("  ?s ?p $place .\n", "")
    assert fill(query, {"place": "Lille"}) == query.replace("$place", '"Lille"')


def test_a_value_fills_variables_only() -> None:
    query = """# $place
    SELECT * { <https://example.org/$place> ?p "$place", '''$place''' FILTER(?n < $n && ?m > 1 && $place = 'x') }"""
    assert fill(query, {"place": "A", "n": "3"}) == query.replace("&& $place", '&& "A"').replace("< $n", '< "3"')


@pytest.mark.parametrize(
    ("question", "close"),
    [
        ("who-order-what", "who-ordered-what"),
        ("timelines", "timeline"),
        ("heads", "who-heads-what"),
        ("xyzzy", "--list"),
    ],
)
def test_an_unknown_question_names_those_that_sound_like_it(question: str, close: str) -> None:
    with pytest.raises(UsageError, match=close):
        find(question)


def test_a_question_is_a_file_a_text_or_a_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("ASK {}", encoding="utf-8")
    assert text_of(str(file)) == "ASK {}"
    assert text_of("SELECT * {}") == "SELECT * {}"
    assert text_of("timeline") == find("timeline").text
    with pytest.raises(UsageError):
        text_of(str(tmp_path / "none.rq"))


def test_errors_say_what_and_what_to_do(built: Path) -> None:
    graph = kg.open(built)
    with pytest.raises(QueryError, match="not SPARQL"):
        graph.query("SELECT * {")
    with pytest.raises(QueryError, match="no SELECT"):
        graph.query("ASK { ?s ?p ?o }")
    with pytest.raises(UsageError, match="no parameter 'town': it has place, since, until"):
        graph.query("what-happened", town="Ostend")
    with pytest.raises(UsageError, match="place=Calais"):
        parameters(["place"])


def test_an_update_is_refused(built: Path) -> None:
    with pytest.raises(QueryError):
        kg.open(built).query("DELETE WHERE { ?s ?p ?o }")
