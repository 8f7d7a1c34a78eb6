"""How deep and how long a query is, and whether it asks another server."""

import socket
from concurrent.futures import ThreadPoolExecutor
from string import Template

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.errors import QueryError
from kg.graph.query import named
from kg.serve.depth import CHAINED, NESTED, calls, check, measure

BRACKETS = st.sampled_from(["{}", "()", "[]"])
# What may hold brackets without nesting anything.
TEXTS = st.text(alphabet="{}()[]!^ab#<>'\"\\", max_size=12)
HIDDEN = st.one_of(
    TEXTS.map(lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'),
    TEXTS.map(lambda text: "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"),
    TEXTS.map(lambda text: '"""\n' + text.replace("\\", "\\\\").replace('"', '\\"') + '"""'),
    TEXTS.map(lambda text: f"# {text}\n"),
    st.text(alphabet="()[]!#'ab;", max_size=12).map(lambda text: f"<http://example.org/{text}>"),
)


@given(st.lists(BRACKETS, max_size=60), st.lists(HIDDEN, max_size=8))
def test_brackets_count_and_what_holds_them_does_not(pairs: list[str], hidden: list[str]) -> None:
    opening, closing = "".join(pair[0] for pair in pairs), "".join(pair[1] for pair in reversed(pairs))
    depth, _ = measure(f"{opening} {' . '.join(hidden)} {closing}")
    assert depth == len(pairs)


@given(st.text(), st.integers(0, 30))
def test_no_text_breaks_it(text: str, times: int) -> None:
    depth, length = measure(text * times)
    assert 0 <= depth <= len(text) * times
    assert length >= 0
    calls(text * times)


@pytest.mark.parametrize(
    "deep",
    [
        "ASK " + "{" * 10_000 + "}" * 10_000,
        "ASK { FILTER" + "(" * 10_000 + "1" + ")" * 10_000 + "}",
        "ASK { ?s ?p " + "[ ?p " * 10_000 + "]" * 10_000 + "}",
        "ASK { ?s ?p " + "(" * 1_000 + "1" + ")" * 1_000 + "}",
        "ASK { ?s ?p ?o FILTER(" + "!" * 10_000 + "1) }",
        "ASK { ?s ?p ?o FILTER(" + "! " * 10_000 + "1) }",
        "ASK { ?s " + "^" * 10_000 + "<a:b> ?o }",
        "ASK { ?s " + "(" * 200 + "<a:b>" + ")*" * 200 + " ?o }",
        "ASK { ?s ?p (" + " 1" * 10_000 + ") }",
        "ASK { ?s ?p (" + " ?a" * 10_000 + ") }",
        "ASK { ?s " + "/".join(["<a:b>"] * 10_000) + " ?o }",
        "ASK { ?s ?p ?o FILTER(" + "+".join(["1"] * 10_000) + ") }",
        "ASK { ?s ?p ?o FILTER(" + "||".join(["?o"] * 10_000) + ") }",
        "ASK { " + "?s ?p ?o . " * 10_000 + "}",
        "ASK { ?s ?p " + ", ".join(["?o"] * 10_000) + "}",
        "ASK { " + "{ ?s ?p ?o }" * 10_000 + "}",
        "SELECT " + "(1 AS ?a)" * 10_000 + " { }",
    ],
    ids=lambda text: text[:30],
)
def test_what_ends_the_process_is_refused(deep: str) -> None:
    with pytest.raises(QueryError, match="at most"):
        check(deep)


@pytest.mark.parametrize(
    "query",
    [
        *(question.text for question in named()),
        "SELECT * { VALUES ?x {" + " 1.5" * 10_000 + "} }",
        "SELECT * { VALUES (?x ?y) {" + " (1 <http://example.org/a#b>)" * 5_000 + "} }",
        "ASK { ?s ?p ?o FILTER(?o IN (" + ", ".join(["1"] * 10_000) + ")) }",
        "ASK { ?s ?p '" + "{" * 10_000 + "' }",
        "ASK { ?s ?p ?o } #" + "{" * 10_000,
        "ASK " + "{" * NESTED + "}" * NESTED,
        "ASK { " + "?s ?p ?o . " * CHAINED + "}",
    ],
    ids=lambda text: text[:30],
)
def test_what_people_and_programs_write_is_not(query: str) -> None:
    check(query)


SMUGGLED = [
    "ASK { ?s ?p ?o . SERVICE <$url> { ?a ?b ?c } }",
    "ASK { ?s ?p ?o.SERVICE<$url>{ ?a ?b ?c } }",
    "ASK { ?s ?p ?o . service SILENT<$url>{ ?a ?b ?c } }",
    "ASK { ?s ?p 1SERVICE<$url>{ ?a ?b ?c } }",
    "ASK { ?s ?p trueSERVICE<$url>{ ?a ?b ?c } }",
    "PREFIX x: <$url> ASK { ?s ?p ?o . SERVICEx:{ ?a ?b ?c } }",
    "PREFIX : <$url> ASK { ?s ?p ?o . SERVICE:{ ?a ?b ?c } }",
    "ASK { BIND(<$url> AS ?u) SERVICE?u{ ?a ?b ?c } }",
    "ASK { ?s ?p ?b . BIND(1 AS ?a) FILTER(?a<?b#>\n) SERVICE<$url>{ ?x ?y ?z } }",
    'ASK { ?s ?p ?b FILTER(?s<?b#>"""\n) ?s ?q <http://x#y> . SERVICE <$url> { ?x ?y ?z }\n#"""\n}',
    "ASK { ?s ?p ?b FILTER(?s<?b#>'''\n||true) SERVICE <$url> { ?x ?y ?z }\n#'''\n}",
    "ASK { ?s ?p <http://x#'> . SERVICE <$url> { ?x ?y ?z } } #'",
    'ASK { ?s ?p "\\"" . SERVICE <$url> { ?x ?y ?z } } #"',
    "ASK { ?s ?p '''a'b''' . SERVICE <$url> { ?x ?y ?z } } #'''",
]


@pytest.mark.parametrize("query", SMUGGLED)
def test_service_is_found_wherever_the_parser_would(query: str) -> None:
    assert calls(query)


def test_the_store_would_ask_another_server() -> None:
    """Why the check is there: without it a query sends requests from this machine."""
    store = Store()
    store.update("INSERT DATA { <a:a> <a:b> 1 }")
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as reached:
        listening.settimeout(20)
        asked = reached.submit(lambda: listening.accept()[0].close())
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(OSError, match=r"."):
            store.query(Template(SMUGGLED[0]).substitute(url=url))
        assert asked.result() is None


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE' }",
        'ASK { ?s ?p """\nSERVICE <http://x/> {}""" }',
        "ASK { ?s <http://example.org/service#service> ?o }",
        "ASK { ?service ?p $service . ?s ex:service 'x'@service }",
        "# SERVICE\nASK { }",
        "ASK { ?s ex:publicService ?o ; ex:public-service ?o }",
        "PREFIX e: <http://example.org/#> ASK { ?s a <http://example.org/#T> . # service\n ?s ?p ?o }",
        "ASK { ?s a <http://example.org/a#T> ; rdfs:label 'the service' }",
    ],
)
def test_the_word_elsewhere_is_no_call(query: str) -> None:
    assert not calls(query)
