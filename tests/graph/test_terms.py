"""Terms: what RDF refuses is kept out, whatever comes in."""

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.graph import terms

# All code points: NUL, lone surrogates, right-to-left marks, noncharacters.
ANYTHING = st.text(alphabet=st.characters(codec=None))
PREDICATE = "<https://example.org/p>"


def read(line: str) -> object:
    return next(parse(line.encode(), format=RdfFormat.N_TRIPLES)).object


@given(ANYTHING)
def test_a_literal_can_be_read_back(words: str) -> None:
    value = read(f"<https://example.org/s> {PREDICATE} {terms.text(words)} .")
    assert isinstance(value, Literal)
    assert value.value == terms.clean(words)


@given(ANYTHING)
def test_cleaning_changes_one_character_for_one(words: str) -> None:
    assert len(terms.clean(words)) == len(words)


@given(ANYTHING)
def test_any_words_make_an_iri_that_can_be_read(words: str) -> None:
    value = read(f"<https://example.org/s> {PREDICATE} {terms.iri('https://example.org/' + words)} .")
    assert isinstance(value, NamedNode)


@given(ANYTHING)
def test_a_document_iri_is_ascii_with_a_safe_local_name(identifier: str) -> None:
    term = terms.document("https://example.org/", identifier)
    local = term.removeprefix("<https://example.org/document/").removesuffix(">")
    assert local.isascii()
    assert local.replace("-", "").replace("_", "").isalnum() or set(local) <= set("-_")


@given(ANYTHING, ANYTHING)
def test_two_documents_have_two_iris(one: str, other: str) -> None:
    same = terms.document("https://example.org/", one) == terms.document("https://example.org/", other)
    assert same == (one == other)


def test_decimals_have_no_exponent_and_no_noise() -> None:
    assert [terms.decimal(value)[:12] for value in (1e-5, 0.1 + 0.2)] == ['"0.00001"^^<', '"0.3"^^<http']
    assert terms.decimal(-1e-9).startswith('"0.0"')
