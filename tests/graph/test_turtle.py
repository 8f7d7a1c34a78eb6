"""Turtle that two other readers understand as it was meant."""

import warnings
from pathlib import Path

import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, RdfFormat, parse

from kg.graph import terms
from kg.graph.turtle import Shortener, comment, document

IRIS = st.builds(
    lambda prefix, local: terms.iri(prefix + local),
    st.sampled_from(["https://example.org/", "https://example.org/entity/", terms.PREFIXES["kg"]]),
    st.text(max_size=12),
)
LITERALS = st.one_of(
    st.text(alphabet=st.characters(codec=None)).map(terms.text),
    st.integers().map(terms.integer),
    st.booleans().map(terms.boolean),
    st.floats(min_value=-1e9, max_value=1e9).map(terms.decimal),
    st.dates().map(lambda day: terms.typed(day.isoformat(), "date")),
)
FACTS = st.lists(st.tuples(IRIS, IRIS, st.one_of(IRIS, LITERALS)), max_size=8)


def read(turtle: str) -> set[tuple[str, str, str]]:
    quads = parse(turtle.encode(), format=RdfFormat.TURTLE)
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}


@given(FACTS)
def test_what_is_written_is_what_is_read(facts: list[terms.Fact]) -> None:
    lines = "".join(f"{s} {p} {o} .\n" for s, p, o in facts)
    quads = parse(lines.encode(), format=RdfFormat.N_TRIPLES)
    expected = {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in quads}
    assert read(document(facts, terms.prefixes("https://example.org/"))) == expected


@given(st.text(alphabet=st.characters(codec=None)))
def test_a_comment_stays_on_its_line(words: str) -> None:
    assert len(f"# {comment(words)}".splitlines()) == 1
    assert comment(words).encode("utf-8").decode("utf-8") == comment(words)


def test_only_names_that_need_no_escape_are_shortened() -> None:
    short = Shortener({"e": "https://example.org/"})
    assert short("<https://example.org/a-b_1>") == "e:a-b_1"
    for local in ("a.b", "a%20b", "é", "-a", "a-", "a/b", ""):
        assert short(f"<https://example.org/{local}>") == f"<https://example.org/{local}>"


def test_rdflib_and_oxigraph_read_one_graph(built: Path) -> None:
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    theirs = rdflib.Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs.parse(data=text, format="turtle")
    lines = theirs.serialize(format="nt", encoding="utf-8")
    again = {(str(q.subject), str(q.predicate), str(q.object)) for q in parse(lines, format=RdfFormat.N_TRIPLES)}
    assert again == read(text)
    assert len(again) > 500


def test_turtle_and_quads_say_the_same(built: Path) -> None:
    quads = parse(path=built / "graph.nq", format=RdfFormat.N_QUADS)
    said = {
        (str(q.subject), str(q.predicate), str(q.object)) for q in quads if str(q.graph_name) != terms.ONTOLOGY_GRAPH
    }
    assert said == read((built / "graph.ttl").read_text(encoding="utf-8"))


def test_there_is_no_blank_node(built: Path) -> None:
    for quad in parse(path=built / "graph.nq", format=RdfFormat.N_QUADS):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_a_reader_finds_sections_and_sentences(built: Path) -> None:
    text = (built / "graph.ttl").read_text(encoding="utf-8")
    headings = [line for line in text.splitlines() if line.startswith("# ==")]
    assert headings[:3] == ["# == Where it comes from ==", "# == Actors ==", "# == Places =="]
    assert "# == Document harbour-1: Warehouse cleared in Ostend ==" in headings
    assert "\n# Ostend Police cleared a squatted warehouse in Ostend on Tuesday.\nstatement:" in text
    assert text.count("\n# Brandt denied that Ostend Police had beaten Jan Maes.\n") == 1
