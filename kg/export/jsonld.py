"""JSON-LD: the named graphs as one document that brings its context (`ontology/context.jsonld`) with it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from pyoxigraph import Literal as RdfLiteral

from kg import resources
from kg.export.base import save
from kg.export.rdf import graphs
from kg.graph.knowledge import KnowledgeGraph
from kg.graph.terms import RDF, XSD

Json = str | int | bool | dict[str, str]


@dataclass(frozen=True, slots=True)
class JsonLdExporter:
    """Writes JSON-LD 1.1."""

    suffix: str = ".jsonld"

    def write(self, graph: KnowledgeGraph, path: Path) -> tuple[Path, ...]:
        """Write the file."""
        return (save(path, (piece.encode() for piece in _document(graph))),)


EXPORTER = JsonLdExporter()


@cache
def context() -> dict[str, str | dict[str, str]]:
    """Return the context: the names by which JSON-LD calls classes and properties."""
    text = (resources.ontology() / "context.jsonld").read_text(encoding="utf-8")
    return cast("dict[str, str | dict[str, str]]", json.loads(text)["@context"])


@cache
def names() -> dict[str, tuple[str, str | None]]:
    """Return IRI → (its name in the context, the type that the context gives its values)."""
    found: dict[str, tuple[str, str | None]] = {}
    for name, meaning in context().items():
        told = meaning if isinstance(meaning, dict) else {"@id": str(meaning)}
        prefix, colon, local = told.get("@id", "").partition(":")
        if colon and not local.startswith("//"):
            kind = told.get("@type")
            found[f"{context()[prefix]}{local}"] = (name, _expanded(kind) if kind else None)
    return found


def _document(graph: KnowledgeGraph) -> Iterator[str]:
    """Yield the document, one node a line: large graphs stay readable, and two can be compared."""
    yield '{"@context": ' + json.dumps(context(), ensure_ascii=False) + ',\n"@graph": [\n'
    between = ""
    for name, quads in graphs(graph):
        lines = ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes(quads))
        yield f'{between}{{"id": {json.dumps(name)}, "@graph": [\n{lines}\n]}}' if name else f"{between}{lines}"
        between = ",\n"
    yield "\n]}\n"


def nodes(quads: Iterable[Quad | Triple]) -> Iterable[dict[str, object]]:
    """Return the nodes of triples, in the order of their subjects, as the context calls things."""
    found: dict[str, dict[str, object]] = {}
    for quad in quads:
        identifier = _identifier(quad.subject)
        _add(found.setdefault(identifier, {"id": identifier}), quad.predicate.value, quad.object)
    return found.values()


def _add(node: dict[str, object], predicate: str, value: object) -> None:
    if predicate == f"{RDF}type" and isinstance(value, NamedNode):
        key: str = "type"
        item: Json = names().get(value.value, (value.value, None))[0]
    else:
        key, kind = names().get(predicate, (predicate, None))
        item = _value(value, kind)
    if key in node:
        others = node[key]
        node[key] = [*others, item] if isinstance(others, list) else [others, item]
    else:
        node[key] = item


def _value(value: object, kind: str | None) -> Json:
    """Return a value as short as the context lets it be."""
    if not isinstance(value, RdfLiteral):
        identifier = _identifier(value)
        return identifier if kind == "@id" else {"id": identifier}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    datatype = value.datatype.value
    if datatype == (kind or f"{XSD}string"):
        return _native(value.value, datatype)
    return {"@value": value.value, "@type": datatype}


def _identifier(term: object) -> str:
    return f"_:{term.value}" if isinstance(term, BlankNode) else str(getattr(term, "value", term))


def _native(words: str, datatype: str) -> Json:
    """Return a number or truth value as JSON has it; a decimal stays a string, since JSON's numbers become doubles."""
    if datatype == f"{XSD}boolean" and words in ("true", "false"):
        return words == "true"
    return int(words) if datatype == f"{XSD}integer" and str(int(words)) == words else words


def _expanded(kind: str) -> str:
    prefix, colon, local = kind.partition(":")
    return f"{context()[prefix]}{local}" if colon else kind
