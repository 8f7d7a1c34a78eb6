"""Answers in the formats of SPARQL 1.1, read back by another reader."""

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.graph.terms import clean
from kg.serve import results
from kg.serve.results import Term

TEXT = st.text(max_size=20).map(clean)
TERMS: st.SearchStrategy[Term] = st.one_of(
    TEXT.map(Literal),
    st.sampled_from(['a"b,c\r\nd\te', "<&>'", "", " ", "\\", "\n", "]]>"]).map(Literal),
    TEXT.map(lambda text: Literal(text, language="en-gb")),
    st.integers().map(Literal),
    st.just(Literal("2026-12-01", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))),
    st.just(NamedNode("https://example.org/é?a=1&b='2'#c")),
)


def _solutions(terms: list[Term]) -> QuerySolutions:
    store = Store()
    for number, term in enumerate(terms):
        store.add(Quad(NamedNode(f"https://example.org/{number}"), NamedNode("https://example.org/p"), term))
    found = store.query("SELECT ?nothing ?o { ?s ?p ?o } ORDER BY STRLEN(STR(?s)) STR(?s)")
    assert isinstance(found, QuerySolutions)
    return found


def _written(media: str, terms: list[Term]) -> bytes:
    found = _solutions(terms)
    return "".join(results.ROWS[media].write([v.value for v in found.variables], found)).encode()


@pytest.mark.parametrize(
    ("media", "form"),
    [
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("text/tab-separated-values", QueryResultsFormat.TSV),
    ],
)
@given(terms=st.lists(TERMS, max_size=6))
def test_terms_come_back_as_they_were(media: str, form: QueryResultsFormat, terms: list[Term]) -> None:
    read = parse_query_results(_written(media, terms), format=form)
    assert isinstance(read, QuerySolutions)
    assert [v.value for v in read.variables] == ["nothing", "o"]
    assert [(row["nothing"], row["o"]) for row in read] == [(None, term) for term in terms]


@given(terms=st.lists(TERMS, max_size=6))
def test_xml_has_every_character(terms: list[Term]) -> None:
    """Read by a parser of XML: that of the store takes off white space."""
    place = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(_written("application/sparql-results+xml", terms))  # noqa: S314
    read = [binding[0].text or "" for binding in root.iter(f"{place}binding")]
    assert read == [term.value for term in terms if not isinstance(term, Triple)]


@given(terms=st.lists(TERMS, max_size=6))
def test_csv_has_the_values(terms: list[Term]) -> None:
    text = _written("text/csv", terms).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert rows[0] == ["nothing", "o"]
    assert [row[1] for row in rows[1:]] == [term.value for term in terms if not isinstance(term, Triple)]


def test_blank_nodes_and_triples_are_written() -> None:
    store = Store()
    inner = Triple(NamedNode("a:a"), NamedNode("a:b"), Literal("<"))
    store.add(Quad(BlankNode("x"), NamedNode("a:r"), inner))
    for media, form in (
        ("application/sparql-results+json", QueryResultsFormat.JSON),
        ("application/sparql-results+xml", QueryResultsFormat.XML),
    ):
        found = store.query("SELECT ?o ?s { ?s ?p ?o }")
        assert isinstance(found, QuerySolutions)
        read = parse_query_results("".join(results.ROWS[media].write(["o", "s"], found)), format=form)
        assert isinstance(read, QuerySolutions)
        (row,) = read
        assert row["o"] == inner
        assert isinstance(row["s"], BlankNode)


@pytest.mark.parametrize(("media", "form"), results.GRAPHS.items())
def test_a_graph_has_each_triple_once_and_in_order(media: str, form: RdfFormat) -> None:
    a, b = (Triple(NamedNode("a:a"), NamedNode("a:p/q"), Literal(text)) for text in ("a", 'b"\n'))
    written = results.graph([b, a, b], results.GRAPHS[media], {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"})
    assert written == results.graph([a, b], form, {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"})
    assert {quad.triple for quad in parse(written, form)} == {a, b}
    assert written.index(b"a") < written.index(b"b")
