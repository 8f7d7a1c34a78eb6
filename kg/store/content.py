"""What stands in a named graph: its lines, the hash that tells whether it changed, and a canonical form.

Stores change the spelling of literals and keep the value: Virtuoso makes "3500.0" 3500 and true 1, Oxigraph makes
"007" 7. Two graphs are compared by a form in which both are the same; what a store changes beyond that is a difference.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Store,
    Triple,
)

XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = re.compile(
    "decimal|integer|long|int|short|byte|unsigned(Long|Int|Short|Byte)|(non)?(Positive|Negative|positive|negative)Integer"
)
MOMENTS = frozenset({"date", "dateTime", "time", "gYear", "gYearMonth", "dateTimeStamp"})
# A literal has a quotation mark after its last blank.
_BLANK = re.compile(r'^_:| _:[^\s"]+$')
_FRACTION = re.compile(r"(:\d\d)\.(\d*?)0*(?=Z|[+-]|$)")


def names(store: Store) -> list[str]:
    """Return the IRIs of the named graphs, sorted."""
    return sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))


def triples(store: Store, graph: str) -> Iterator[Triple]:
    """Yield the triples of a named graph; of the empty name, those that stand in no named graph."""
    if graph:
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
            yield quad.triple
        return
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        if all(
            isinstance(other.graph_name, DefaultGraph)
            for other in store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        ):
            yield quad.triple


def has_blank_nodes(lines: Iterable[str]) -> bool:
    """Return whether an N-Triples line has a blank node.

    >>> has_blank_nodes(['<urn:a> <urn:p> "no _:b"']), has_blank_nodes(["<urn:a> <urn:p> _:b"])
    (False, True)
    """
    return any(_BLANK.search(line) for line in lines)


def lines(graph: Iterable[Triple]) -> list[str]:
    """Return triples as N-Triples without the dot, sorted, each once, with blank nodes named by what is said of them.

    >>> lines([Triple(BlankNode("x7"), NamedNode("urn:p"), Literal("a"))])
    ['_:c14n0 <urn:p> "a"']
    """
    found = list(graph)
    if any(isinstance(term, BlankNode) for triple in found for term in (triple.subject, triple.object)):
        dataset = Dataset(Quad(*triple) for triple in found)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found = [quad.triple for quad in dataset]
    return sorted({str(triple) for triple in found})


def digest(graph: Iterable[str]) -> str:
    """Return a hash of lines, whatever their order.

    >>> digest(["b", "a"]) == digest(["a", "b"])
    True
    """
    found = hashlib.sha256()
    for line in sorted(graph):
        found.update(line.encode())
        found.update(b"\n")
    return found.hexdigest()


def canonical_lines(graph: Iterable[Triple]) -> frozenset[str]:
    """Return triples as lines in which two spellings of one value are one."""
    return frozenset(lines(Triple(s, p, canonical(o) if isinstance(o, Literal) else o) for s, p, o in graph))


def canonical(literal: Literal) -> Literal:
    """Return the literal by which all spellings of its value are compared.

    Integers and decimals are numbers of one kind without leading and trailing zeros; booleans are true and false;
    moments end in Z and have no zeros at the end of a fraction; tags of languages are in small letters.

    >>> print(canonical(Literal("3500.0", datatype=NamedNode(XSD + "decimal"))))
    "3500"^^<http://www.w3.org/2001/XMLSchema#decimal>
    >>> print(canonical(Literal("Lyon", language="en-GB")))
    "Lyon"@en-gb
    """
    if literal.language:
        return Literal(literal.value, language=literal.language.lower(), direction=literal.direction)
    kind = literal.datatype.value.removeprefix(XSD)
    if NUMBERS.fullmatch(kind):
        return Literal(_number(literal.value), datatype=NamedNode(XSD + "decimal"))
    if kind == "boolean":
        value = {"1": "true", "0": "false"}.get(literal.value, literal.value)
        return Literal(value, datatype=literal.datatype)
    if kind in ("double", "float"):
        return Literal(_float(literal.value), datatype=literal.datatype)
    if kind in MOMENTS:
        value = re.sub(r"[+-]00:00$", "Z", literal.value)
        return Literal(_FRACTION.sub(lambda m: m[1] + (f".{m[2]}" if m[2] else ""), value), datatype=literal.datatype)
    return literal


def _number(value: str) -> str:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    plain = f"{number:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _float(value: str) -> str:
    try:
        return repr(float(value.replace("INF", "inf")))
    except ValueError:
        return value
