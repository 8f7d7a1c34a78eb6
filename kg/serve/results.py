"""Answers of the store as bytes, row by row, in the formats of SPARQL 1.1.

Oxigraph writes these formats itself, but all at once: who counts rows, and sends the first before the last is known,
writes them here.
"""

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolution,
    RdfFormat,
    Triple,
    serialize,
)

from kg.graph.terms import clean
from kg.graph.turtle import document

Term = NamedNode | BlankNode | Literal | Triple
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'


class Form(NamedTuple):
    """A format: the media type that is sent, and what writes it."""

    media: str
    write: Callable[[list[str], Iterable[QuerySolution]], Iterator[str]]


def as_json(names: list[str], rows: Iterable[QuerySolution]) -> Iterator[str]:
    """Yield SPARQL 1.1 Query Results JSON."""
    keys = [(name, f"{_quoted(name)}:") for name in names]
    yield f'{{"head":{{"vars":{_quoted(names)}}},"results":{{"bindings":['
    comma = ""
    for row in rows:
        cells = (key + _json(term) for name, key in keys if (term := row[name]) is not None)
        yield f"{comma}\n{{{','.join(cells)}}}"
        comma = ","
    yield "\n]}}\n"


def as_xml(names: list[str], rows: Iterable[QuerySolution]) -> Iterator[str]:
    """Yield the SPARQL Query Results XML Format."""
    yield _HEAD + "".join(f'<variable name="{html.escape(name)}"/>' for name in names) + "</head><results>"
    keys = [(name, f'<binding name="{html.escape(name)}">') for name in names]
    for row in rows:
        cells = (f"{key}{_xml(term)}</binding>" for name, key in keys if (term := row[name]) is not None)
        yield f"\n<result>{''.join(cells)}</result>"
    yield "\n</results></sparql>\n"


def as_csv(names: list[str], rows: Iterable[QuerySolution]) -> Iterator[str]:
    """Yield SPARQL 1.1 Query Results CSV: values without what they are."""
    yield ",".join(names) + "\r\n"
    for row in rows:
        yield ",".join("" if (term := row[name]) is None else _csv(term) for name in names) + "\r\n"


def as_tsv(names: list[str], rows: Iterable[QuerySolution]) -> Iterator[str]:
    """Yield SPARQL 1.1 Query Results TSV: terms as in Turtle."""
    yield "\t".join(f"?{name}" for name in names) + "\n"
    for row in rows:
        cells = ("" if (term := row[name]) is None else str(term).replace("\t", "\\t") for name in names)
        yield "\t".join(cells) + "\n"


ROWS: Mapping[str, Form] = {
    "application/sparql-results+json": Form("application/sparql-results+json", as_json),
    "application/json": Form("application/json", as_json),
    "application/sparql-results+xml": Form("application/sparql-results+xml", as_xml),
    "application/xml": Form("application/xml", as_xml),
    "text/xml": Form("text/xml", as_xml),
    "text/csv": Form("text/csv; charset=utf-8; header=present", as_csv),
    "text/tab-separated-values": Form("text/tab-separated-values; charset=utf-8", as_tsv),
}
_TRUTH = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tab-separated-values": QueryResultsFormat.TSV,
}
GRAPHS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/x-turtle": RdfFormat.TURTLE,
}


def truth(answer: QueryBoolean, form: Form) -> bytes:
    """Return yes or no in a format of rows."""
    kind = re.split(r"[/+]", form.media.partition(";")[0])[-1]
    return answer.serialize(format=_TRUTH[kind]) or b""


def graph(triples: Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Return a graph: each triple once, in an order that does not depend on the store."""
    found = {(str(triple.subject), str(triple.predicate), str(triple.object)): triple for triple in triples}
    if form == RdfFormat.TURTLE and not any(isinstance(triple.object, Triple) for triple in found.values()):
        return document(sorted(found), prefixes).encode()
    known = None if form == RdfFormat.N_TRIPLES else prefixes
    return serialize((found[key] for key in sorted(found)), format=form, prefixes=known) or b""


def _json(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f'{{"type":"uri","value":{_quoted(term.value)}}}'
    if isinstance(term, Literal):
        more = ""
        if term.language is not None:
            more = f',"xml:lang":{_quoted(term.language)}'
        elif term.datatype.value != _STRING:
            more = f',"datatype":{_quoted(term.datatype.value)}'
        return f'{{"type":"literal","value":{_quoted(term.value)}{more}}}'
    if isinstance(term, BlankNode):
        return f'{{"type":"bnode","value":{_quoted(term.value)}}}'
    parts = (f'"{name}":{_json(part)}' for name, part in zip(_PARTS, term, strict=True))
    return f'{{"type":"triple","value":{{{",".join(parts)}}}}}'


def _xml(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{_text(term.value)}</uri>"
    if isinstance(term, Literal):
        more = ""
        if term.language is not None:
            more = f' xml:lang="{html.escape(term.language)}"'
        elif term.datatype.value != _STRING:
            more = f' datatype="{html.escape(term.datatype.value)}"'
        return f"<literal{more}>{_text(term.value)}</literal>"
    if isinstance(term, BlankNode):
        return f"<bnode>{_text(term.value)}</bnode>"
    parts = (f"<{name}>{_xml(part)}</{name}>" for name, part in zip(_PARTS, term, strict=True))
    return f"<triple>{''.join(parts)}</triple>"


def _csv(term: Term) -> str:
    value = term.value if isinstance(term, NamedNode | Literal) else str(term)
    return '"' + value.replace('"', '""') + '"' if any(mark in value for mark in ',"\r\n') else value


def _text(value: str) -> str:
    # A reader of XML makes a line feed of a carriage return that stands there as itself.
    return html.escape(clean(value), quote=False).replace("\r", "&#13;")


_PARTS = ("subject", "predicate", "object")
_quoted = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
