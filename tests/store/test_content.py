"""The form in which graphs are compared."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.store import content
from kg.store.content import XSD, canonical, canonical_lines, digest, lines
from tests.store.graphs import document, store


def typed(value: str, kind: str) -> Literal:
    return Literal(value, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("3500.0", "decimal"), typed("3500", "decimal")),
        (typed("-0.0", "decimal"), typed("0", "decimal")),
        (typed("007", "integer"), typed("7", "integer")),
        (typed("12345678901234567890", "integer"), typed("12345678901234567890", "decimal")),
        (typed("7", "nonNegativeInteger"), typed("7", "integer")),
        (typed("true", "boolean"), typed("1", "boolean")),
        (typed("1.0E3", "double"), typed("1000.0", "double")),
        (typed("2021-06-26T10:00:00.500+00:00", "dateTime"), typed("2021-06-26T10:00:00.5Z", "dateTime")),
        (typed("2021-06-26T10:00:00.000", "dateTime"), typed("2021-06-26T10:00:00", "dateTime")),
        (typed("a", "string"), Literal("a")),
        (Literal("Lyon", language="en-GB"), Literal("Lyon", language="en-gb")),
    ],
)
def test_two_spellings_of_a_value_are_one(one: Literal, other: Literal) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (typed("0.1", "decimal"), typed("0.10000000149", "decimal")),
        (typed("10", "integer"), typed("1", "integer")),
        (typed("1", "integer"), typed("1", "boolean")),
        (typed("2021-06-26", "date"), typed("2021-06-26Z", "date")),
        (typed("2021", "gYear"), Literal("2021")),
        (typed("P1D", "duration"), typed("86400.0", "duration")),
        (Literal("a"), Literal("a", language="en")),
        (Literal("a "), Literal("a")),
        (typed("x", "integer"), typed("y", "integer")),
    ],
)
def test_two_values_are_two(one: Literal, other: Literal) -> None:
    assert canonical(one) != canonical(other)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5))
def test_a_decimal_keeps_its_value(value: Decimal) -> None:
    found = canonical(typed(f"{value:f}", "decimal"))
    assert Decimal(found.value) == value
    assert canonical(found) == found


def test_the_order_of_triples_does_not_change_the_hash() -> None:
    there = lines(quad.triple for quad in store(document(1)))
    assert digest(there) == digest(reversed(there))
    assert digest(there) != digest(there[1:])


def test_blank_nodes_are_named_by_what_is_said_of_them() -> None:
    def ring(*names: str) -> list[Triple]:
        nodes = [BlankNode(name) for name in names]
        return [Triple(a, NamedNode("urn:p"), b) for a, b in zip(nodes, [*nodes[1:], nodes[0]], strict=True)]

    assert lines(ring("a", "b", "c")) == lines(ring("z", "x", "y"))
    assert canonical_lines(ring("a", "b", "c")) != canonical_lines(ring("a", "b"))
    assert content.has_blank_nodes(lines(ring("a")))


def test_what_is_in_a_named_graph_is_not_loose() -> None:
    both = "<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> <urn:b> <urn:g> .\n<urn:a> <urn:p> <urn:c> .\n"
    assert lines(content.triples(store(both), "")) == ["<urn:a> <urn:p> <urn:c>"]
    assert content.names(store(both)) == ["urn:g"]
